//! What the chair's screens may look at: the table, the present figures, and lists made from both once after every act.

mod index;
mod steady;
pub mod words;

pub use index::{Case, FlagRow, Open, Seat, TableIndex, is_open, signers};
pub use steady::{Firm, Steadiness};

use crate::{
    domain::{
        application::Application,
        change::Entry,
        consolidate::derivation::{ApplicationResult, ItemResult},
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::Person,
        ranking::Ranked,
        table::{Table, input::Submissions},
    },
    tui::text,
};

/// The chair's table.
#[derive(Clone, Copy)]
pub struct TableView<'a> {
    /// The package.
    pub package: &'a Package,
    /// Everything recorded; the table is a part of it.
    pub desk: &'a Desk,
    /// The sheets that count, by reviewer.
    pub given: &'a Submissions,
    /// The present figures, and what lists need at once.
    pub index: &'a TableIndex,
    /// Who presides.
    pub chair: &'a PersonCode,
    /// Whether acts are accepted: not in a second window, and not on a medium that cannot be written.
    pub writable: bool,
    /// Where bundles go when no other folder is named.
    pub outbox: &'a str,
    /// SHA-256, which the lot needs where figures are tried another way.
    pub sha256: fn(&[u8]) -> [u8; 32],
}

impl<'a> TableView<'a> {
    /// What was taken in and decided.
    #[must_use]
    pub const fn table(&self) -> &'a Table {
        &self.desk.table
    }

    /// Everything recorded, oldest first.
    #[must_use]
    pub fn entries(&self) -> &'a [Entry] {
        &self.desk.entries
    }

    /// The application `id` as the chair, who scores too, may see it.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&'a Application> {
        self.index.shelf.shown(self.package, id)
    }

    /// The item and the present result of `id`.
    #[must_use]
    pub fn result(&self, id: &ApplicationId) -> Option<(&'a ItemResult, &'a ApplicationResult)> {
        let case = self.index.case(id)?;
        let item = self.index.results.iter().find(|item| item.id == case.item)?;
        Some((item, item.application(id)?))
    }

    /// The row of `id` in its ranking, where it is ranked.
    #[must_use]
    pub fn ranked(&self, id: &ApplicationId) -> Option<&'a Ranked> {
        self.result(id)?.0.ranking.row(id)
    }

    /// The person with `code`.
    #[must_use]
    pub fn person(&self, code: &PersonCode) -> Option<&'a Person> {
        self.package.roster.person(code)
    }

    /// Code and name of a person.
    #[must_use]
    pub fn name(&self, code: &PersonCode) -> String {
        let name = self.person(code).map(|person| text::safe_line(&person.name)).unwrap_or_default();
        format!("{code} {name}")
    }
}
