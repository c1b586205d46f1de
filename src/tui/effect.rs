//! What a screen may ask for. The shell does it; a screen never writes, signs, opens files or quits.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::{
    domain::{
        change::Change,
        deviation::FlagKey,
        ids::{ApplicationId, CriterionId, ItemId, PersonCode, VetoId},
        request::{Asked, Line},
        table::act::Act,
        text::Message,
    },
    tui::{
        action::{Action, Scope},
        ends::{Job, Signed},
        settings::Settings,
        workshop::Tool,
    },
};

/// One thing that a screen asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Records a change.
    Record(Change),
    /// Takes the last change back.
    Undo,
    /// Does again what was taken back.
    Redo,
    /// Accepts the pledge.
    Pledge,
    /// Shows another screen on top.
    Go(Place),
    /// Shows another screen instead.
    Replace(Place),
    /// Back to the screen below.
    Back,
    /// Says something in the status line.
    Tell(Message),
    /// Says that something cannot be done, and what to do instead.
    Refuse(Message, Message),
    /// Opens an attachment in the system's viewer.
    View(ApplicationId, String),
    /// Looks at the package or the request at this path.
    OpenPackage(PathBuf),
    /// Takes in what was looked at, for this person.
    AcceptPackage(String),
    /// Signs and writes the score bundle to this folder.
    Export(PathBuf, Secret),
    /// Opens the chair's table with the package that was looked at, for this person.
    OpenTable(String),
    /// Records what the panel decided.
    Decide(Act),
    /// Takes in the score bundles of this file or folder.
    TakeIn(PathBuf),
    /// Signs a request to score again and writes it to the folder.
    Request(Box<Wish>, PathBuf, Secret),
    /// Signs the result and writes it to this folder.
    Seal(PathBuf, Secret),
    /// Tries the ranks another way, to say how firm they are.
    TryRanks,
    /// Does this after the next frame was drawn: it takes so long that the frame must say what is being done.
    Then(Box<Effect>),
    /// Begins a step that takes long.
    Begin(Box<Job>),
    /// Stops it.
    Stop,
    /// Keeps and applies settings.
    Settings(Box<Settings>),
    /// Does on the screen below what a key would do.
    Act(Action),
    /// Draws everything anew.
    Redraw,
    /// Tries to save again after a failed write.
    Reopen,
    /// Leaves the program.
    Quit,
}

/// A passphrase on its way; printed nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Zeroizing<String>);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

/// What a reviewer is asked to look at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Whom.
    pub reviewer: PersonCode,
    /// What.
    pub line: Line,
}

/// A screen, and what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// First of all.
    Welcome,
    /// Where a request of the chair lies.
    OpenFile,
    /// What was looked at: who signed it, whose work it is, or what the chair asks.
    Arrival(Box<Arrival>),
    /// The pledge.
    Pledge,
    /// The applications.
    Worklist,
    /// The conflict question of an application.
    Declare(ApplicationId),
    /// A score sheet, with the cell that has the cursor.
    Sheet(ApplicationId, Option<CriterionId>),
    /// An application to read.
    Read(ApplicationId),
    /// Own scores side by side.
    Compare,
    /// What is missing, and signing.
    Check,
    /// Where the bundle goes.
    Export,
    /// The chair's table: who handed in, what is still open.
    Board,
    /// The bundles at the table.
    Bundles,
    /// What became of the bundles that were taken in.
    Intake(Box<Intake>),
    /// Scores of all members on all applications.
    Matrix,
    /// Scores the panel must look at.
    Flags,
    /// One of them.
    Flag(ApplicationId, FlagKey),
    /// The ranks of every item.
    Ranking,
    /// How the figure and the rank of an application came about.
    Why(ApplicationId),
    /// An application at the table: everything that the panel may do about it.
    Case(ApplicationId),
    /// The panel's opinion on an application.
    Opinion(ApplicationId),
    /// Opinions and votes, one row an application.
    Opinions,
    /// How members stand to the report.
    Members,
    /// One of them.
    Member(PersonCode),
    /// What is open before signing, and signing the result.
    Seal,
    /// A form to fill in.
    Ask(Ask),
    /// A form of the office or the province.
    Fill(Form),
    /// A step that goes on: what is done, and whether it can be stopped.
    Working(Message, bool),
    /// Results of many panels, put together.
    Register,
    /// A package folder at a glance.
    Office,
    /// What can be done to it out of tables and lists.
    Workshop,
    /// What would be done to it.
    Plan,
    /// A part of it.
    Part(Part),
    /// A bundle that was signed.
    Signed(Box<Signed>),
    /// The order of discussion.
    Meeting,
    /// How the reviewers scored.
    Statistics,
    /// Cities and sectors.
    Map,
    /// What happened.
    Journal,
    /// Help on the screen below.
    Help,
    /// All commands.
    Palette,
    /// Settings.
    Settings,
}

/// What help and commands need to know of the screen on which they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Below {
    /// Where its bindings hold.
    pub scopes: Vec<Scope>,
    /// What cannot be done on it now, and why.
    pub cannot: Vec<(Action, Message)>,
}

/// A package or a request that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Title of the call.
    pub title: crate::domain::text::Bilingual,
    /// Revision.
    pub revision: u32,
    /// Number of applications.
    pub applications: usize,
    /// Groups of the office's key.
    pub office: String,
    /// Whose work it is, where a key says so; else everybody who scores.
    pub people: Vec<(String, String)>,
    /// Who of these may open the chair's table with it.
    pub chairs: Vec<(String, String)>,
    /// What the chair asks, where it is a request; it is then the reviewer who takes it in.
    pub request: Option<Asked>,
}

/// What a form asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Why a flagged score stands.
    Uphold(ApplicationId, FlagKey),
    /// What a reviewer is asked to look at again.
    ReScore(ApplicationId, FlagKey),
    /// Who decided that a sheet is void, and why.
    VoidSheet(ApplicationId, FlagKey),
    /// What was found, for a veto.
    Veto(ApplicationId, VetoId),
    /// Why the panel goes on with too few sheets, taking the plain mean.
    PlainMean(ApplicationId),
    /// Why an application with too few sheets is left out.
    LeaveOut(ApplicationId),
    /// A vote on an application, as counts.
    Vote(ApplicationId),
    /// A vote on a tie, as counts.
    TieVote(ApplicationId),
    /// The chair's order of tied applications.
    TieRuling(ItemId),
    /// A correction after the scores were put together.
    Correct(ApplicationId),
    /// Why all sheets of a member are void.
    Void(PersonCode),
    /// Who takes the place of a member, and why.
    Replace(PersonCode),
    /// What a member disagrees with.
    Dissent(PersonCode),
    /// Who saw that a member refused to sign.
    Refuse(PersonCode),
}

/// What a form of the office or the province asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Where results lie, which offices count, what the register is called.
    Gather,
    /// Where the register goes and who signs it.
    SignRegister,
    /// Where the package folder lies.
    Folder,
    /// Where a new package folder is to be written.
    NewFolder,
    /// Where enrolment requests lie.
    Keys,
    /// What work on the package folder needs.
    Tool(Tool),
    /// Where the package goes and who signs it.
    Build,
}

/// A part of a package folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What is wrong in it.
    Problems,
    /// The formal check of its applications.
    Formal,
    /// Its people and their keys.
    People,
}

/// What became of bundles that were taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intake {
    /// One for each bundle.
    pub lines: Vec<IntakeLine>,
    /// Whether they are at the table now: all of them, or none.
    pub taken: bool,
}

/// What became of one bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntakeLine {
    /// File name.
    pub file: String,
    /// Whose it says it is, and which revision, where it can be read at all.
    pub whose: Option<(PersonCode, u32)>,
    /// Whether it can be taken in.
    pub is_good: bool,
    /// The verdict.
    pub verdict: Message,
    /// What to do, where it was refused.
    pub advice: Option<Message>,
}
