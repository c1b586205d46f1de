//! Why a step was not taken. Nothing was changed then.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        key::KeyError, kind::Kind, layer::Report, passphrase::WeakPassphrase, stage::StageError, trust::TrustError, verified::MemberError,
        write::WriteError,
    },
    domain::{
        change::Seq,
        consolidate::trouble::Trouble,
        desk::Refusal,
        ids::{ApplicationId, BadId, CriterionId, PersonCode},
        number::BadNumber,
        table::{ActRefusal, open::OpenPoint},
        text::{Explain, Message},
        time::Moment,
    },
    intake::{Problem, tally::Listing},
    msg,
    store::StoreError,
    workflow::{request::RequestError, tables::TableError},
};

/// Why a step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum StepError {
    /// A rule of the review refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store is busy, damaged or could not save.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that should be a bundle cannot be taken in.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// A part of a bundle cannot be read.
    #[error(transparent)]
    Member(#[from] MemberError),
    /// A bundle cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A key cannot be read or made.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A passphrase is too weak.
    #[error(transparent)]
    Passphrase(#[from] WeakPassphrase),
    /// Keys of the roster cannot be used.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// Sheets from paper are not what their digest says.
    #[error("the paper sheets of {reviewer} do not have their digest")]
    PaperAltered {
        /// Whose.
        reviewer: PersonCode,
    },
    /// A bundle does not stand.
    #[error("{} does not verify", .0.file)]
    NotVerified(Box<Report>),
    /// Files that people prepared have mistakes.
    #[error("{} problems", .0.len())]
    Problems(Vec<Problem>),
    /// A table has so many mistakes that only the first are listed.
    #[error("{} problems", .0.total)]
    Listing(Listing),
    /// A consolidation was not made.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// What was computed cannot be written to where the output goes.
    #[error(transparent)]
    Output(#[from] io::Error),
    /// A bundle of another kind is wanted.
    #[error("{file} is a {found} bundle, not {wanted}")]
    WrongKind {
        /// The file.
        file: PathBuf,
        /// What it is.
        found: Kind,
        /// What is wanted.
        wanted: Kind,
    },
    /// There is no workspace yet.
    #[error("no workspace")]
    NoWorkspace,
    /// There are several, and none was named.
    #[error("several workspaces")]
    SeveralWorkspaces {
        /// Their names.
        names: Vec<String>,
    },
    /// There is none of this name.
    #[error("no workspace {name}")]
    NoSuchWorkspace {
        /// The name.
        name: String,
        /// The names there are.
        names: Vec<String>,
    },
    /// A folder's journal has no opening.
    #[error("{} is no workspace", .path.display())]
    NotAWorkspace {
        /// The folder.
        path: PathBuf,
    },
    /// Nobody on the roster has this code, or not in a role that scores.
    #[error("{code} does not score")]
    NotAReviewer {
        /// The code.
        code: PersonCode,
    },
    /// The person is neither chair nor deputy of the panel.
    #[error("{code} does not preside")]
    NotTheChair {
        /// The code.
        code: PersonCode,
    },
    /// No package was taken in at a table yet.
    #[error("no table")]
    NoTable,
    /// A rule of the panel refuses an act at the table.
    #[error(transparent)]
    Act(#[from] ActRefusal),
    /// A re-score request cannot be written, or not be taken in here.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// Tables of the office were not taken in.
    #[error(transparent)]
    Table(#[from] TableError),
    /// Whose work it is cannot be told: no key of this data folder is on the roster.
    #[error("who are you?")]
    WhoAreYou {
        /// Codes of those who score.
        codes: Vec<String>,
    },
    /// The person's key is not on the roster, or another one is.
    #[error("the key of {code} is not on the roster")]
    NotEnrolled {
        /// The code.
        code: PersonCode,
    },
    /// Nobody with that code and role is on the roster.
    #[error("no {role} {code} on the roster")]
    NotOnRoster {
        /// The code.
        code: String,
        /// The role.
        role: &'static str,
    },
    /// A key of that name is there already.
    #[error("{} exists", .path.display())]
    KeyExists {
        /// Its file.
        path: PathBuf,
    },
    /// There is no key of that name.
    #[error("no key {name}")]
    NoKey {
        /// Its name.
        name: String,
    },
    /// A result that was co-signed elsewhere is not the one that was signed here last.
    #[error("{file} is another result")]
    OtherResult {
        /// The file.
        file: PathBuf,
    },
    /// Another revision of the package changes what was scored already.
    #[error("another {what}")]
    OtherPackage {
        /// What differs.
        what: &'static str,
    },
    /// The package is older than the one in use.
    #[error("revision {found} is not after {held}")]
    StalePackage {
        /// Revision offered.
        found: u32,
        /// Revision in use.
        held: u32,
    },
    /// Keys are judged at the session, so one that begins after its end could sign nothing.
    #[error("the session closed at {closes}")]
    SessionOver {
        /// When it closed.
        closes: Moment,
    },
    /// The pledge was not accepted.
    #[error("no pledge")]
    NoPledge,
    /// Sheets are still open.
    #[error("{} sheets are open", .open.len())]
    SheetsOpen {
        /// Applications whose sheets are open.
        open: Vec<ApplicationId>,
    },
    /// Points are still open before the result can be signed.
    #[error("{} points are open", .open.len())]
    PointsOpen {
        /// What is open, in the order in which a chair settles it.
        open: Vec<OpenPoint>,
    },
    /// An attachment is not in the package.
    #[error("no attachment {file} of {application}")]
    NoAttachment {
        /// Application.
        application: ApplicationId,
        /// File.
        file: String,
    },
    /// A bundle with that name and other content lies in the target folder.
    #[error("{} exists with other content", .path.display())]
    TargetExists {
        /// The file.
        path: PathBuf,
    },
    /// A file system call failed.
    #[error("{}", .path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system reported.
        source: io::Error,
    },
    /// Something typed is no identifier.
    #[error(transparent)]
    BadId(#[from] BadId),
    /// Something typed is no score.
    #[error("not points: {found}")]
    NotPoints {
        /// What was typed.
        found: String,
        /// Why.
        why: BadNumber,
    },
    /// A table of scores has nothing on this criterion.
    #[error("no criterion {criterion} in the table")]
    NoSuchCriterion {
        /// The criterion.
        criterion: CriterionId,
        /// Those that it has.
        known: Vec<CriterionId>,
    },
    /// A line of a batch is not one of its commands.
    #[error("not a command: {0}")]
    Command(String),
    /// Entries were recorded, but one of several changes was refused after that.
    #[error("stopped after entry {seq}")]
    Stopped {
        /// The last entry that is durable.
        seq: Seq,
        /// Why the next one was refused.
        cause: Box<StepError>,
    },
}

/// What kind of failure it is; the command line makes its exit code from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// The answer is no: a rule refuses, something is incomplete, a bundle does not verify.
    No,
    /// What was asked for makes no sense here.
    Usage,
    /// A file is wrong or cannot be read or written.
    BadInput,
    /// The store is busy, damaged or could not save.
    Store,
}

impl StepError {
    /// A file system failure at `path`.
    #[must_use]
    pub fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    /// Whether a change was not saved because the store failed, not because a rule refused it.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        matches!(self, Self::Store(_))
    }

    /// A stable word for scripts: the id of its sentence.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.what().id
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Self::Refused(_)
            | Self::Act(_)
            | Self::Request(_)
            | Self::Table(TableError::WouldReplace { .. })
            | Self::NotVerified(_)
            | Self::NoPledge
            | Self::SheetsOpen { .. }
            | Self::PointsOpen { .. }
            | Self::NotEnrolled { .. }
            | Self::SessionOver { .. }
            | Self::OtherPackage { .. }
            | Self::OtherResult { .. }
            | Self::StalePackage { .. } => Class::No,
            Self::NoWorkspace
            | Self::SeveralWorkspaces { .. }
            | Self::NoSuchWorkspace { .. }
            | Self::NotAReviewer { .. }
            | Self::NotTheChair { .. }
            | Self::NoTable
            | Self::WhoAreYou { .. }
            | Self::NotOnRoster { .. }
            | Self::NoKey { .. }
            | Self::NoAttachment { .. }
            | Self::BadId(_)
            | Self::NotPoints { .. }
            | Self::NoSuchCriterion { .. }
            | Self::Command(_) => Class::Usage,
            Self::Store(_) | Self::PaperAltered { .. } | Self::NotAWorkspace { .. } => Class::Store,
            Self::Stopped { cause, .. } => cause.class(),
            Self::Stage(_)
            | Self::Member(_)
            | Self::Write(_)
            | Self::Key(_)
            | Self::Passphrase(_)
            | Self::Trust(_)
            | Self::Problems(_)
            | Self::Table(_)
            | Self::Listing(_)
            | Self::Output(_)
            | Self::Trouble(_)
            | Self::WrongKind { .. }
            | Self::KeyExists { .. }
            | Self::TargetExists { .. }
            | Self::Io { .. } => Class::BadInput,
        }
    }
}

impl Explain for StepError {
    fn what(&self) -> Message {
        match self {
            Self::Refused(cause) => cause.what(),
            Self::Store(cause) => cause.what(),
            Self::Stage(cause) => cause.what(),
            Self::Member(cause) => cause.what(),
            Self::Write(cause) => cause.what(),
            Self::Key(cause) => cause.what(),
            Self::Passphrase(cause) => cause.what(),
            Self::Trust(cause) => cause.what(),
            Self::Stopped { cause, .. } => cause.what(),
            Self::NotVerified(report) => match report.errors().next() {
                Some((_, finding)) => msg!("err-not-verified", file = &report.file).with_message("why", finding.what()),
                None => msg!("err-not-verified-in-full", file = &report.file),
            },
            Self::PaperAltered { reviewer } => msg!("err-paper-altered", reviewer = reviewer),
            Self::Problems(problems) => msg!("err-problems", count = problems.len()),
            Self::Listing(listing) if listing.total > listing.problems.len() => {
                msg!("err-problems-shown", count = listing.total, shown = listing.problems.len())
            }
            Self::Listing(listing) => msg!("err-problems", count = listing.total),
            Self::Trouble(cause) => cause.what(),
            Self::Output(cause) => msg!("err-output", cause = cause),
            Self::WrongKind { file, found, wanted } => msg!("err-wrong-kind", file = file.display(), found = found, wanted = wanted),
            Self::NoWorkspace => msg!("err-no-workspace"),
            Self::SeveralWorkspaces { names } => msg!("err-several-workspaces", names = names.join(", ")),
            Self::NoSuchWorkspace { name, .. } => msg!("err-no-such-workspace", name = name),
            Self::NotAWorkspace { path } => msg!("err-not-a-workspace", path = path.display()),
            Self::NotAReviewer { code } => msg!("err-not-a-reviewer", code = code),
            Self::NotTheChair { code } => msg!("err-not-the-chair", code = code),
            Self::NoTable => msg!("err-no-table"),
            Self::Act(cause) => cause.what(),
            Self::Request(cause) => cause.what(),
            Self::Table(cause) => cause.what(),
            Self::WhoAreYou { .. } => msg!("err-who-are-you"),
            Self::NotEnrolled { code } => msg!("err-not-enrolled", code = code),
            Self::NotOnRoster { code, role } => msg!("err-not-on-roster", code = code, role = role),
            Self::KeyExists { path } => msg!("err-key-exists", path = path.display()),
            Self::NoKey { name } => msg!("err-no-key", name = name),
            Self::OtherPackage { what } => msg!("err-other-package", what = what),
            Self::OtherResult { file } => msg!("err-other-result", file = file.display()),
            Self::StalePackage { found, held } => msg!("err-stale-package", found = found, held = held),
            Self::SessionOver { closes } => msg!("err-session-over", closes = closes),
            Self::NoPledge => msg!("err-no-pledge"),
            Self::SheetsOpen { open } => msg!("err-sheets-open", count = open.len(), applications = list(open)),
            Self::PointsOpen { open } => {
                let first = open.first().map_or(msg!("open-draft"), OpenPoint::what);
                msg!("err-points-open", count = open.len()).with_message("first", first)
            }
            Self::NoAttachment { application, file } => msg!("err-no-attachment", application = application, file = file),
            Self::TargetExists { path } => msg!("err-target-exists", path = path.display()),
            Self::Io { path, source } => msg!("err-file", path = path.display(), cause = source),
            Self::BadId(bad) => msg!("err-not-an-id", found = bad.found),
            Self::NotPoints { found, .. } => msg!("err-score-form", found = found),
            Self::NoSuchCriterion { criterion, .. } => msg!("err-no-such-criterion", criterion = criterion),
            Self::Command(line) => msg!("err-batch-command", line = line),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Refused(cause) => cause.advice(),
            Self::Store(cause) => cause.advice(),
            Self::Stage(cause) => cause.advice(),
            Self::Member(cause) => cause.advice(),
            Self::Write(cause) => cause.advice(),
            Self::Key(cause) => cause.advice(),
            Self::Passphrase(cause) => cause.advice(),
            Self::Trust(cause) => cause.advice(),
            Self::Stopped { seq, cause } => msg!("rec-stopped", seq = seq).with_message("advice", cause.advice()),
            Self::NotVerified(report) => {
                report.errors().next().map_or_else(|| msg!("rec-not-verified-in-full"), |(_, finding)| finding.advice())
            }
            Self::PaperAltered { .. } => msg!("rec-paper-altered"),
            Self::Problems(_) | Self::Listing(_) => msg!("rec-problems"),
            Self::Trouble(cause) => cause.advice(),
            Self::Output(_) => msg!("rec-output"),
            Self::WrongKind { wanted, .. } => msg!("rec-wrong-kind", wanted = wanted),
            Self::NoWorkspace => msg!("rec-no-workspace"),
            Self::SeveralWorkspaces { .. } => msg!("rec-several-workspaces"),
            Self::NoSuchWorkspace { names, .. } => msg!("rec-one-of", words = names.join(", ")),
            Self::NotAWorkspace { .. } => msg!("rec-not-a-workspace"),
            Self::NotAReviewer { .. } => msg!("rec-not-a-reviewer"),
            Self::NotTheChair { .. } => msg!("rec-not-the-chair"),
            Self::NoTable => msg!("rec-no-table"),
            Self::Act(cause) => cause.advice(),
            Self::Request(cause) => cause.advice(),
            Self::Table(cause) => cause.advice(),
            Self::WhoAreYou { codes } => msg!("rec-who-are-you", codes = codes.join(", ")),
            Self::NotEnrolled { .. } => msg!("rec-not-enrolled"),
            Self::NotOnRoster { .. } => msg!("rec-not-on-roster"),
            Self::KeyExists { .. } => msg!("rec-key-exists"),
            Self::NoKey { name } => msg!("rec-no-key", name = name),
            Self::OtherPackage { .. } => msg!("rec-other-package"),
            Self::OtherResult { .. } => msg!("rec-other-result"),
            Self::StalePackage { .. } => msg!("rec-stale-package"),
            Self::SessionOver { .. } => msg!("rec-session-over"),
            Self::NoPledge => msg!("rec-no-pledge"),
            Self::SheetsOpen { .. } => msg!("rec-sheets-open"),
            Self::PointsOpen { .. } => msg!("rec-points-open"),
            Self::NoAttachment { .. } => msg!("rec-no-attachment"),
            Self::TargetExists { .. } => msg!("rec-target-exists"),
            Self::Io { .. } => msg!("rec-file"),
            Self::BadId(_) => msg!("rec-not-an-id"),
            Self::NotPoints { .. } => msg!("rec-score-form"),
            Self::NoSuchCriterion { known, .. } => msg!("rec-one-of", words = list(known)),
            Self::Command(_) => msg!("rec-batch-command"),
        }
    }
}

/// Up to five ids, and how many more there are.
fn list(ids: &[impl ToString]) -> String {
    let shown: Vec<String> = ids.iter().take(5).map(ToString::to_string).collect();
    let more = ids.len().saturating_sub(shown.len());
    if more == 0 { shown.join(", ") } else { format!("{} +{more}", shown.join(", ")) }
}

impl From<Listing> for StepError {
    fn from(listing: Listing) -> Self {
        Self::Listing(listing)
    }
}
