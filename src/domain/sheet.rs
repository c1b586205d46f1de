//! The score sheet 评分表 of one reviewer for one application. A cell has a state, never a magic number (scoring rule 1).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{ids::CriterionId, number::Points, panel::Ground};

/// One cell of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Cell {
    /// 未评: blocks submission.
    #[default]
    Blank,
    /// 已评. A true 0 is a score.
    Scored {
        /// Points, within range and on the step.
        value: Points,
    },
    /// 不适用, by the criterion's policy.
    #[serde(rename = "na")]
    NotApplicable {
        /// Why.
        reason: String,
    },
}

impl Cell {
    /// The score, where there is one.
    #[must_use]
    pub const fn value(&self) -> Option<Points> {
        match self {
            Self::Scored { value } => Some(*value),
            Self::Blank | Self::NotApplicable { .. } => None,
        }
    }

    /// Stable word for scripts and tables.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Scored { .. } => "scored",
            Self::NotApplicable { .. } => "na",
        }
    }
}

/// What the reviewer declared about an application before opening its sheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Declaration {
    /// No conflict: the sheet is open.
    NoConflict,
    /// 回避: the sheet is out of the numerator and the denominator.
    Conflict {
        /// Ground.
        ground: Ground,
        /// The ground in words.
        text: String,
    },
    /// The reviewer declines for lack of expertise or time (自科基金条例 §15).
    Declined {
        /// Why.
        reason: String,
    },
}

/// Whether a sheet may still change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// 草稿.
    #[default]
    Draft,
    /// 已提交: closed until the reviewer takes it back.
    Submitted,
}

/// A sheet: everything one reviewer recorded about one application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Conflict declaration; `None` until answered, and nothing may be scored before.
    pub declaration: Option<Declaration>,
    /// Cells that are not blank.
    pub cells: BTreeMap<CriterionId, Cell>,
    /// Comments per criterion that are not empty.
    pub comments: BTreeMap<CriterionId, String>,
    /// Comment on the application as a whole.
    pub overall: String,
    /// Whether it may still change.
    pub status: Status,
}

impl Sheet {
    /// The cell of `criterion`.
    #[must_use]
    pub fn cell(&self, criterion: &CriterionId) -> Cell {
        self.cells.get(criterion).cloned().unwrap_or_default()
    }

    /// The comment on `criterion`; empty when there is none.
    #[must_use]
    pub fn comment(&self, criterion: &CriterionId) -> &str {
        self.comments.get(criterion).map_or("", String::as_str)
    }

    /// Whether the reviewer stays out of this application, by own declaration.
    #[must_use]
    pub const fn is_out(&self) -> bool {
        matches!(self.declaration, Some(Declaration::Conflict { .. } | Declaration::Declined { .. }))
    }
}
