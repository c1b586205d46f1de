//! Why a step was not taken. Nothing was changed then.

mod explain;

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
        text::Explain,
        time::Moment,
    },
    intake::{Problem, tally::Listing},
    store::StoreError,
    workflow::{aggregate::AggregateError, office::OfficeError, request::RequestError, tables::TableError},
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
    /// The office's step in a package folder was not taken.
    #[error(transparent)]
    Office(#[from] OfficeError),
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
    /// Another report of that name lies in the target folder.
    #[error("another report {}", .path.display())]
    ReportExists {
        /// The file or folder.
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
    /// Results of panels were not put together.
    #[error(transparent)]
    Aggregate(#[from] AggregateError),
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
            Self::Aggregate(AggregateError::Unsteady { .. }) => Class::BadInput,
            Self::Aggregate(_) => Class::No,
            Self::Stopped { cause, .. } => cause.class(),
            Self::Office(error) => error.class(),
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
            | Self::ReportExists { .. }
            | Self::Io { .. } => Class::BadInput,
        }
    }
}

impl From<Listing> for StepError {
    fn from(listing: Listing) -> Self {
        Self::Listing(listing)
    }
}
