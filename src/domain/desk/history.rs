//! Every earlier value of a cell, with who and when. Nothing is ever overwritten.

use crate::domain::{
    change::{Change, Entry, Link, Seq},
    desk::Desk,
    ids::{ApplicationId, CriterionId, PersonCode},
    sheet::Cell,
    time::Moment,
};

/// The values a cell had, oldest first; the last one is in force.
pub type CellHistory = Vec<PastValue>;

/// One value a cell had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastValue {
    /// Number of the entry.
    pub seq: Seq,
    /// Claimed time.
    pub time: Moment,
    /// Who set it.
    pub writer: PersonCode,
    /// The value.
    pub cell: Cell,
    /// Whether it was an undo or a redo.
    pub link: Option<Link>,
}

impl Desk {
    /// All values the cell had.
    #[must_use]
    pub fn cell_history(&self, application: &ApplicationId, criterion: &CriterionId) -> CellHistory {
        self.entries.iter().flat_map(|entry| values_in(&entry.change, entry, application, criterion)).collect()
    }
}

fn values_in(change: &Change, entry: &Entry, application: &ApplicationId, criterion: &CriterionId) -> CellHistory {
    match change {
        Change::Score { application: a, criterion: c, after, .. } if a == application && c == criterion => vec![PastValue {
            seq: entry.seq,
            time: entry.time.clone(),
            writer: entry.writer.clone(),
            cell: after.clone(),
            link: entry.link,
        }],
        Change::Group { changes } => changes.iter().flat_map(|part| values_in(part, entry, application, criterion)).collect(),
        _ => Vec::new(),
    }
}
