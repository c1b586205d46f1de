//! What a screen may ask for. The shell does it; a screen never writes, signs, opens files or quits.

use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::{
    domain::{
        change::Change,
        ids::{ApplicationId, CriterionId},
        request::Asked,
        text::Message,
    },
    tui::{
        action::{Action, Scope},
        settings::Settings,
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
    /// What the chair asks, where it is a request; it is then the reviewer who takes it in.
    pub request: Option<Asked>,
}
