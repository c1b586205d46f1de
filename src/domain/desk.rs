//! The desk: everything a reviewer recorded for one package, as the fold of all changes.
//!
//! [`Desk::admit`] says whether a change is allowed by the rules of the package; [`Desk::apply`] folds an entry in, without
//! the package, because a journal must be readable when nothing else is left.

use std::collections::BTreeMap;

use crate::domain::{
    change::{Change, Entry, Link, Opening, Seq},
    ids::{ApplicationId, CriterionId},
    request::Asked,
    sheet::{Cell, Declaration, Sheet, Status},
    table::Table,
    time::Moment,
};

mod admit;
mod changes;
mod history;
mod requests;

pub use admit::{LONGEST_COMMENT, Refusal, admit_cell};
pub use history::{CellHistory, PastValue};
pub use requests::CannotAnswer;

/// The current state of a reviewer's workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// What the workspace is for; `None` only before entry 0.
    pub opening: Option<Opening>,
    /// Digest and revision of the package in force.
    pub package: String,
    /// Revision of the package in force.
    pub package_revision: u32,
    /// Digest of the pledge that was accepted.
    pub pledge: Option<String>,
    /// Sheets that have anything on them, by application.
    pub sheets: BTreeMap<ApplicationId, Sheet>,
    /// Bundles that were written, oldest first.
    pub exports: Vec<ExportRecord>,
    /// Requests of the chair that were taken in, oldest first.
    pub requests: Vec<Taken>,
    /// The sheets as the last bundle has them: what a request is about.
    pub sent: BTreeMap<ApplicationId, Sheet>,
    /// What was done at the chair's table; empty on a reviewer's desk.
    pub table: Table,
    /// All entries, oldest first.
    pub entries: Vec<Entry>,
    undo: Vec<Seq>,
    redo: Vec<Seq>,
}

/// A re-score request that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The request.
    pub asked: Asked,
    /// Number of the entry.
    pub seq: Seq,
}

/// A score bundle that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportRecord {
    /// Revision, from 1.
    pub revision: u32,
    /// SHA-256 of its tag manifest.
    pub digest: String,
    /// File name.
    pub file: String,
    /// Claimed time.
    pub time: Moment,
    /// Number of the entry.
    pub seq: Seq,
}

/// An entry that does not fit the state before it: the journal was not written by this program, or not in this order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq} does not follow from the entries before it: {why}")]
pub struct Misfit {
    /// Number of the entry.
    pub seq: Seq,
    /// Which rule of the fold it breaks, as a stable word.
    pub why: &'static str,
}

impl Desk {
    /// Folds `entries` from the beginning.
    pub fn replay(entries: impl IntoIterator<Item = Entry>) -> Result<Self, Misfit> {
        let mut desk = Self::default();
        for entry in entries {
            desk.apply(entry)?;
        }
        Ok(desk)
    }

    /// Number of the next entry.
    #[must_use]
    pub fn next_seq(&self) -> Seq {
        self.entries.last().map_or(0, |entry| entry.seq.saturating_add(1))
    }

    /// The sheet of `application`, empty when nothing was recorded.
    #[must_use]
    pub fn sheet(&self, application: &ApplicationId) -> Sheet {
        self.sheets.get(application).cloned().unwrap_or_default()
    }

    /// Folds one entry in.
    pub fn apply(&mut self, entry: Entry) -> Result<(), Misfit> {
        let misfit = |why| Misfit { seq: entry.seq, why };
        if entry.seq != self.next_seq() {
            return Err(misfit("number"));
        }
        if (entry.seq == 0) != matches!(entry.change, Change::Open(_)) {
            return Err(misfit("opening"));
        }
        self.note_link(&entry).map_err(misfit)?;
        self.fold(&entry.change, &entry).map_err(misfit)?;
        self.entries.push(entry);
        Ok(())
    }

    /// The change that undo would make now, with the link to record beside it.
    #[must_use]
    pub fn undo_step(&self) -> Option<(Change, Link)> {
        let seq = *self.undo.last()?;
        Some((self.entry(seq)?.change.inverse()?, Link::Undoes(seq)))
    }

    /// The change that redo would make now, with the link to record beside it.
    #[must_use]
    pub fn redo_step(&self) -> Option<(Change, Link)> {
        let seq = *self.redo.last()?;
        Some((self.entry(seq)?.change.inverse()?, Link::Redoes(seq)))
    }

    /// The entry numbered `seq`.
    #[must_use]
    pub fn entry(&self, seq: Seq) -> Option<&Entry> {
        self.entries.get(usize::try_from(seq).ok()?)
    }

    /// Keeps the two stacks: a plain act empties redo; an undo moves its target over; a redo moves it back.
    fn note_link(&mut self, entry: &Entry) -> Result<(), &'static str> {
        match entry.link {
            Some(Link::Undoes(target)) => {
                if self.undo.pop() != Some(target) {
                    return Err("undo");
                }
                self.redo.push(entry.seq);
            }
            Some(Link::Redoes(target)) => {
                if self.redo.pop() != Some(target) {
                    return Err("redo");
                }
                self.undo.push(entry.seq);
            }
            None if entry.change.inverse().is_some() => {
                self.redo.clear();
                self.undo.push(entry.seq);
            }
            // What cannot be taken back is also a line that undo does not cross.
            None => {
                self.redo.clear();
                self.undo.clear();
            }
        }
        Ok(())
    }

    fn fold(&mut self, change: &Change, entry: &Entry) -> Result<(), &'static str> {
        let is_table = self.opening.as_ref().is_some_and(|opening| opening.table);
        match change {
            Change::Table(act) if is_table => self.table.fold(act)?,
            Change::Open(_) | Change::Revise { .. } | Change::Group { .. } => self.fold_common(change, entry)?,
            // A table has no sheets, and a desk has no table.
            _ if is_table => return Err("table"),
            Change::Table(_) => return Err("desk"),
            _ => self.fold_sheet(change, entry)?,
        }
        Ok(())
    }

    /// What both desks and tables have.
    fn fold_common(&mut self, change: &Change, entry: &Entry) -> Result<(), &'static str> {
        match change {
            Change::Open(opening) => {
                self.package.clone_from(&opening.package);
                self.package_revision = opening.revision;
                self.opening = Some(opening.clone());
            }
            Change::Revise { before, after, revision } => {
                if *before != self.package {
                    return Err("package");
                }
                self.package.clone_from(after);
                self.package_revision = *revision;
            }
            Change::Group { changes } => {
                for part in changes {
                    self.fold(part, entry)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What only a desk has.
    fn fold_sheet(&mut self, change: &Change, entry: &Entry) -> Result<(), &'static str> {
        match change {
            Change::Pledge { digest } => self.pledge = Some(digest.clone()),
            Change::Declare { application, before, after } => self.fold_declaration(application, before.as_ref(), after.as_ref())?,
            Change::Score { application, criterion, before, after } => self.fold_cell(application, criterion, before, after)?,
            Change::Comment { application, criterion, before, after } => {
                self.fold_comment(application, criterion.as_ref(), before, after)?;
            }
            Change::Submit { application, before, after } => self.fold_status(application, *before, *after)?,
            Change::Asked(asked) => self.fold_request(asked, entry.seq),
            Change::Export { revision, digest, file, .. } => {
                let (revision, digest, file) = (*revision, digest.clone(), file.clone());
                self.exports.push(ExportRecord { revision, digest, file, time: entry.time.clone(), seq: entry.seq });
                self.sent.clone_from(&self.sheets);
            }
            Change::Open(_) | Change::Revise { .. } | Change::Group { .. } | Change::Table(_) => {}
        }
        Ok(())
    }

    fn fold_declaration(
        &mut self,
        application: &ApplicationId,
        before: Option<&Declaration>,
        after: Option<&Declaration>,
    ) -> Result<(), &'static str> {
        let sheet = self.sheets.entry(application.clone()).or_default();
        if sheet.declaration.as_ref() != before {
            return Err("declaration");
        }
        sheet.declaration = after.cloned();
        self.forget_if_empty(application);
        Ok(())
    }

    fn fold_cell(&mut self, application: &ApplicationId, criterion: &CriterionId, before: &Cell, after: &Cell) -> Result<(), &'static str> {
        let sheet = self.sheets.entry(application.clone()).or_default();
        if sheet.cell(criterion) != *before {
            return Err("cell");
        }
        if *after == Cell::Blank {
            sheet.cells.remove(criterion);
        } else {
            sheet.cells.insert(criterion.clone(), after.clone());
        }
        self.forget_if_empty(application);
        Ok(())
    }

    fn fold_comment(
        &mut self,
        application: &ApplicationId,
        criterion: Option<&CriterionId>,
        before: &str,
        after: &str,
    ) -> Result<(), &'static str> {
        let sheet = self.sheets.entry(application.clone()).or_default();
        let stored = criterion.map_or(sheet.overall.as_str(), |id| sheet.comment(id));
        if stored != before {
            return Err("comment");
        }
        match criterion {
            None => after.clone_into(&mut sheet.overall),
            Some(id) if after.is_empty() => {
                sheet.comments.remove(id);
            }
            Some(id) => {
                sheet.comments.insert(id.clone(), after.to_owned());
            }
        }
        self.forget_if_empty(application);
        Ok(())
    }

    fn fold_status(&mut self, application: &ApplicationId, before: Status, after: Status) -> Result<(), &'static str> {
        let sheet = self.sheets.entry(application.clone()).or_default();
        if sheet.status != before {
            return Err("status");
        }
        sheet.status = after;
        self.forget_if_empty(application);
        Ok(())
    }

    /// A sheet from which everything was taken back is no sheet, so that two ways to the same state are equal.
    fn forget_if_empty(&mut self, application: &ApplicationId) {
        if self.sheets.get(application).is_some_and(|sheet| *sheet == Sheet::default()) {
            self.sheets.remove(application);
        }
    }
}
