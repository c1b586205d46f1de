//! The two ends of the process: what office and province ask for, and what their screens are handed. Their steps take long, so each
//! is done on a thread of its own, and the program hears of it by and by.

use std::{path::PathBuf, sync::Arc};

use crate::{
    domain::{
        finding::Severity,
        rubric::ReviewKind,
        text::{Bilingual, Language, Message},
    },
    msg,
    tui::{
        acts::{Outcome, Trouble},
        effect::Secret,
        text,
        theme::Role,
        workshop::{Plan, Task, Tool},
    },
};

/// A step that takes long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Verifies results and puts them together.
    Gather(Gathering),
    /// The same once more, as when files were added.
    GatherAgain,
    /// Signs the register.
    SignRegister(Sealing),
    /// Reads a package folder.
    Open(PathBuf),
    /// Writes the folder to start from – the sample where no kind of review is named – and reads it.
    Start(PathBuf, Option<ReviewKind>),
    /// Reads the package folder once more.
    Check,
    /// Takes in the enrolment requests of a file or folder.
    TakeKeys(PathBuf),
    /// Works out what would be done to the package folder.
    Plan(Task),
    /// Does what was worked out last.
    TakeIn,
    /// Builds and signs the package.
    Build(Sealing),
}

impl Job {
    /// What is being done, while it is done.
    #[must_use]
    pub fn words(&self) -> Message {
        match self {
            Self::Gather(_) | Self::GatherAgain => msg!("working-gather"),
            Self::Open(_) | Self::Start(..) | Self::Check => msg!("working-check"),
            Self::TakeKeys(_) => msg!("working-keys"),
            Self::Plan(_) => msg!("working-plan"),
            Self::TakeIn => msg!("working-take-in"),
            Self::SignRegister(_) | Self::Build(_) => msg!("working-sign"),
        }
    }

    /// Whether it can be stopped half-way, nothing having been written.
    #[must_use]
    pub const fn can_stop(&self) -> bool {
        matches!(self, Self::Gather(_) | Self::GatherAgain | Self::SignRegister(_))
    }
}

/// What a register is put together from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathering {
    /// Result bundles, or folders of them.
    pub paths: Vec<PathBuf>,
    /// The list of offices whose packages count.
    pub offices: PathBuf,
    /// Name of the register.
    pub register: String,
    /// What followed the recommendations, where something did.
    pub record: Option<PathBuf>,
}

/// Who signs what, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealing {
    /// Folder of the bundle.
    pub folder: PathBuf,
    /// The bundle that it replaces.
    pub supersedes: Option<PathBuf>,
    /// Code of the key.
    pub code: String,
    /// Passphrase of the key.
    pub passphrase: Secret,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pace {
    /// Files looked at.
    pub done: usize,
    /// Files in all.
    pub of: usize,
    /// Files a second.
    pub rate: u128,
    /// Seconds that are left at this pace.
    pub left: u128,
}

/// What is heard of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// How far it is.
    Going(Pace),
    /// What came of it.
    Done(Outcome<Came>),
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// A register was put together.
    Gathered,
    /// A package folder was read.
    Opened,
    /// What is on the screen was made current; in words.
    Current(Message),
    /// What a form asked for was done; in words.
    Taken(Message),
    /// What would be done was worked out.
    Planned(Tool),
    /// A bundle was signed.
    Signed(Box<Signed>),
}

/// A bundle that was signed and lies on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Where it lies.
    pub file: String,
    /// Its digest.
    pub digest: String,
    /// Groups of the key that signed it.
    pub groups: String,
    /// What is to be done with it.
    pub next: Message,
}

/// Results that were put together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register {
    /// Name.
    pub name: String,
    /// How many files, how many count.
    pub files: usize,
    /// Results that count.
    pub counted: usize,
    /// Files with something wrong.
    pub bad: usize,
    /// Recommendations.
    pub winners: usize,
    /// Its tables.
    pub grids: Vec<Grid>,
    /// Where the bundle goes when no other folder is named.
    pub outbox: String,
    /// Code of the only key of this machine, where there is only one.
    pub signer: String,
    /// Four digits of what would be signed.
    pub digits: String,
}

/// A table in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Title.
    pub title: Message,
    /// Heading of each column, and whether its cells are figures.
    pub heads: Vec<(Bilingual, bool)>,
    /// Rows, each with a cell for every column.
    pub rows: Vec<Vec<Bilingual>>,
    /// What to do about each row, where something is to be done.
    pub advice: Vec<Message>,
    widths: [Vec<usize>; 2],
}

/// Columns that a cell of a table is ever given; the whole of it stands below the table.
const WIDEST: usize = 40;
/// Columns of a digest: its beginning is enough to tell two apart.
const DIGEST: usize = 12;

/// How many columns a cell would like to have.
fn wanted(cell: &str) -> usize {
    let is_digest = cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_digest { DIGEST } else { text::width(cell).min(WIDEST) }
}

impl Grid {
    /// A table; how wide its columns would like to be is measured here, once.
    #[must_use]
    pub fn new(title: Message, heads: Vec<(Bilingual, bool)>, rows: Vec<Vec<Bilingual>>) -> Self {
        let measure = |language: Language| {
            let column = |(at, (head, _)): (usize, &(Bilingual, bool))| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| wanted(cell.get(language)));
                cells.chain([wanted(head.get(language)).min(DIGEST)]).max().unwrap_or_default()
            };
            heads.iter().enumerate().map(column).collect()
        };
        let widths = [measure(Language::Zh), measure(Language::En)];
        Self { title, heads, rows, advice: Vec::new(), widths }
    }

    /// The same table with what is to be done about its rows.
    #[must_use]
    pub fn with_advice(self, advice: Vec<Message>) -> Self {
        Self { advice, ..self }
    }

    /// How wide each column would like to be.
    #[must_use]
    pub fn widths(&self, language: Language) -> &[usize] {
        let [zh, en] = &self.widths;
        match language {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}

/// A package folder as it was read last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prepared {
    /// The folder.
    pub folder: String,
    /// Title of the call; none where it cannot be read.
    pub title: Option<Bilingual>,
    /// Everything that was found.
    pub problems: Vec<Problem>,
    /// The formal check of every application; empty while there are errors.
    pub formal: Vec<Checked>,
    /// The people of the roster.
    pub people: Vec<Member>,
    /// Where the package goes when no other folder is named.
    pub outbox: String,
    /// Code of the only key of this machine, where there is only one.
    pub signer: String,
    /// Four digits of what would be signed.
    pub digits: String,
}

impl Prepared {
    /// Problems that keep the package from being signed.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// People with a key.
    #[must_use]
    pub fn enrolled(&self) -> usize {
        self.people.iter().filter(|person| person.groups.is_some()).count()
    }
}

/// Something found in a package folder or a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// File, line and column.
    pub place: String,
    /// How much it matters.
    pub severity: Severity,
    /// What was found.
    pub what: Message,
    /// What to do.
    pub advice: Message,
}

/// How much something matters, as a colour.
#[must_use]
pub const fn severity_role(severity: Severity) -> Role {
    match severity {
        Severity::Error => Role::Bad,
        Severity::Warning => Role::Warn,
        Severity::Note => Role::Muted,
    }
}

/// A path as it was typed, or dropped on the window with marks around it.
#[must_use]
pub fn typed_path(text: &str) -> PathBuf {
    PathBuf::from(text.trim().trim_matches(['"', '\'']))
}

/// Several of them, set apart by semicolons of either width.
#[must_use]
pub fn typed_paths(text: &str) -> Vec<PathBuf> {
    text.split([';', '；']).map(typed_path).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// The formal check of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Application.
    pub application: String,
    /// Its title.
    pub title: Bilingual,
    /// Outcome in a word, and what it means.
    pub outcome: (Role, Message),
    /// Gates that are not passed, with their notes.
    pub gates: Vec<Gate>,
}

/// A gate that is not passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Gate.
    pub id: String,
    /// What must hold.
    pub text: Bilingual,
    /// What follows.
    pub outcome: Message,
    /// The office's note.
    pub note: String,
    /// What the record itself says.
    pub remark: Option<Message>,
}

/// Somebody on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Message,
    /// Groups of the key; none before enrolment.
    pub groups: Option<String>,
    /// Whether the office holds the key.
    pub is_held: bool,
}

/// What wakes the program from another thread.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// What office and province can ask of the world. Where nobody of either sits, there is nothing to ask.
pub trait Ends {
    /// The results that were put together last.
    fn register(&self) -> Option<&Register> {
        None
    }

    /// The package folder that was read last.
    fn office(&self) -> Option<&Prepared> {
        None
    }

    /// What would be done to the package folder, as it was worked out last.
    fn plan(&self) -> Option<&Plan> {
        None
    }

    /// Begins a step on a thread of its own.
    ///
    /// # Errors
    /// Why it cannot even begin.
    fn begin(&mut self, _job: Job) -> Outcome<()> {
        Err(Trouble { what: msg!("err-no-workspace"), advice: msg!("no-work-advice"), unsaved: false })
    }

    /// What was heard since the last time, oldest first.
    fn news(&mut self) -> Option<News> {
        None
    }

    /// Has the step end as soon as it can.
    fn stop(&mut self) {}

    /// Has news rung in with `waker`.
    fn listen(&mut self, _waker: Waker) {}
}
