//! A change: the one thing that is ever written. Cell history, autosave, undo, audit trail, recovery and the log inside a
//! bundle are all the list of changes. Each names what was before and what is after, so each has an inverse.

use serde::{Deserialize, Serialize};

use crate::domain::{
    call::Mode,
    ids::{ApplicationId, CallId, CriterionId, PanelId, PersonCode},
    request::Asked,
    sheet::{Cell, Declaration, Status},
    table::act::Act,
    time::Moment,
};

/// Running number of an entry in one journal, from 0 (the opening) without gaps; never reused.
pub type Seq = u64;

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Running number.
    pub seq: Seq,
    /// Claimed time. A claim: order comes from `seq` and the hash chain.
    pub time: Moment,
    /// Who acted.
    pub writer: PersonCode,
    /// What happened.
    pub change: Change,
    /// Whether it takes back or repeats an earlier entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
}

/// That an entry takes back or repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    /// Takes back the entry with this number.
    Undoes(Seq),
    /// Does again what the undo with this number took back.
    Redoes(Seq),
}

/// What happened. Names are written out and for ever: they stand in journals and bundles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Change {
    /// A package was taken in and this journal began. Always entry 0.
    Open(Opening),
    /// A later revision of the same package was taken in; applications and rubric are unchanged.
    Revise {
        /// Digest of the package before.
        before: String,
        /// Digest of the package after.
        after: String,
        /// Its revision.
        revision: u32,
    },
    /// The reviewer accepted the pledge whose text has this digest.
    Pledge {
        /// SHA-256 of the text shown.
        digest: String,
    },
    /// The conflict question of an application was answered.
    Declare {
        /// Application.
        application: ApplicationId,
        /// Answer before.
        before: Option<Declaration>,
        /// Answer after.
        after: Option<Declaration>,
    },
    /// A cell changed.
    Score {
        /// Application.
        application: ApplicationId,
        /// Criterion.
        criterion: CriterionId,
        /// Cell before.
        before: Cell,
        /// Cell after.
        after: Cell,
    },
    /// A comment changed.
    Comment {
        /// Application.
        application: ApplicationId,
        /// Criterion; `None` for the comment on the application as a whole.
        criterion: Option<CriterionId>,
        /// Text before.
        before: String,
        /// Text after.
        after: String,
    },
    /// A sheet was handed in or taken back.
    Submit {
        /// Application.
        application: ApplicationId,
        /// Status before.
        before: Status,
        /// Status after.
        after: Status,
    },
    /// Several changes as one step, for example clearing a sheet.
    Group {
        /// The changes, in order.
        changes: Vec<Change>,
    },
    /// A re-score request of the chair was taken in: its sheets are open again, as far as it asks, and everything else is closed.
    Asked(Asked),
    /// Something was done at the chair's table.
    Table(Act),
    /// A signed score bundle was written.
    Export {
        /// Revision of the bundle, from 1.
        revision: u32,
        /// Digest of the bundle: SHA-256 of its tag manifest.
        digest: String,
        /// File name.
        file: String,
        /// Digest of the bundle it replaces.
        supersedes: Option<String>,
    },
}

/// The first entry of a journal: which package, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// Version of the journal's entries; this program writes and reads 1.
    pub schema: u32,
    /// Random name of this workspace, 32 hexadecimal digits.
    pub workspace: String,
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: PanelId,
    /// Rehearsal or official.
    pub mode: Mode,
    /// Digest of the package: SHA-256 of its tag manifest.
    pub package: String,
    /// Revision of the package.
    pub revision: u32,
    /// The reviewer; at the chair's table, the chair or the deputy.
    pub reviewer: PersonCode,
    /// Seed of the reading order.
    pub order_seed: String,
    /// Whether this is the chair's table; else it is a reviewer's desk.
    #[serde(default, skip_serializing_if = "is_false")]
    pub table: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

impl Change {
    /// The change that takes this one back; `None` for what cannot be taken back (opening, pledge, revision, request, export).
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        match self.clone() {
            Self::Open(_) | Self::Revise { .. } | Self::Pledge { .. } | Self::Asked(_) | Self::Export { .. } => None,
            Self::Declare { application, before, after } => Some(Self::Declare { application, before: after, after: before }),
            Self::Score { application, criterion, before, after } => {
                Some(Self::Score { application, criterion, before: after, after: before })
            }
            Self::Comment { application, criterion, before, after } => {
                Some(Self::Comment { application, criterion, before: after, after: before })
            }
            Self::Submit { application, before, after } => Some(Self::Submit { application, before: after, after: before }),
            Self::Group { changes } => {
                let inverses: Option<Vec<Self>> = changes.iter().rev().map(Self::inverse).collect();
                inverses.map(|changes| Self::Group { changes })
            }
            Self::Table(act) => act.inverse().map(Self::Table),
        }
    }

    /// The application it is about, where it is about one.
    #[must_use]
    pub fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Declare { application, .. }
            | Self::Score { application, .. }
            | Self::Comment { application, .. }
            | Self::Submit { application, .. } => Some(application),
            Self::Group { changes } => changes.first().and_then(Self::application),
            Self::Table(act) => act.application(),
            Self::Open(_) | Self::Revise { .. } | Self::Pledge { .. } | Self::Asked(_) | Self::Export { .. } => None,
        }
    }
}
