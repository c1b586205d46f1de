//! Who scores what at the table: the assignments of the package, and the places that members took over (招标投标法实施条例 §48:
//! whoever takes a place starts again, and what the member before gave is void).

use std::iter;

use crate::domain::{
    application::Application,
    ids::{ItemId, PersonCode},
    package::Package,
    panel::Person,
    table::{Table, act::Removal},
};

impl Table {
    /// How `reviewer` fell out of `item`; `None` where the reviewer sits.
    #[must_use]
    pub fn removal(&self, reviewer: &PersonCode, item: &ItemId) -> Option<&Removal> {
        self.removed.get(reviewer).filter(|removal| removal.covers(item))
    }

    /// Whether `reviewer` scores `application`, by assignment or in somebody's place; those who fell out are asked about too.
    #[must_use]
    pub fn sits(&self, package: &Package, application: &Application, reviewer: &PersonCode) -> bool {
        package.is_assigned(&application.id, reviewer) || self.stands_in(package, application, reviewer)
    }

    /// Whether `reviewer` took the place of somebody who was to score `application`, or of whoever had taken it before.
    #[must_use]
    pub fn stands_in(&self, package: &Package, application: &Application, reviewer: &PersonCode) -> bool {
        self.removed.keys().any(|member| {
            package.is_assigned(&application.id, member) && self.successors(member, &application.item).any(|code| code == reviewer)
        })
    }

    /// Who took the place of `member` in `item`, one after the other. A record that was tampered with can name people in a circle, so
    /// there are never more than people who fell out.
    fn successors<'a>(&'a self, member: &PersonCode, item: &'a ItemId) -> impl Iterator<Item = &'a PersonCode> {
        let next = |code: &PersonCode| self.removal(code, item).and_then(Removal::successor);
        iter::successors(next(member), move |code| next(code)).take(self.removed.len())
    }

    /// The applications on which a sheet of `reviewer` is due, by id: own ones and those of a place, without those that the office
    /// ordered the reviewer to stay out of.
    #[must_use]
    pub fn owes<'a>(&self, package: &'a Package, reviewer: &PersonCode) -> Vec<&'a Application> {
        let due = |application: &&Application| {
            self.sits(package, application, reviewer)
                && self.removal(reviewer, &application.item).is_none()
                && package.recusal(&application.id, reviewer).is_none()
        };
        let mut found: Vec<&Application> = package.applications.iter().filter(due).collect();
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found
    }
}

/// Everybody who scores, those who fell out and those who took a place included, in the order of the roster.
pub(super) fn members<'a>(package: &'a Package, table: &'a Table) -> impl Iterator<Item = &'a Person> {
    let took = |code: &PersonCode| table.removed.values().any(|removal| removal.successor() == Some(code));
    let scoring: Vec<&PersonCode> = package.roster.scoring().map(|person| &person.code).collect();
    package.roster.people.iter().filter(move |person| scoring.contains(&&person.code) || took(&person.code))
}
