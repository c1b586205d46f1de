//! The tables of a report for those who may see everything.

mod record;
mod scores;

use crate::{
    domain::{
        ids::{ApplicationId, ItemId, PersonCode},
        text::Bilingual,
    },
    report::{
        dossier::Dossier,
        table::{Cell, Table},
    },
};

pub(super) use record::{layers, member_rows};
pub(super) use scores::{Line, is_named, lines, list_title, place, standing};

/// All tables, in the order of reading.
pub(super) fn tables(dossier: &Dossier<'_>) -> Vec<Table> {
    vec![
        scores::ranking(dossier),
        scores::means(dossier),
        scores::matrix(dossier),
        scores::comments(dossier),
        record::opinions(dossier),
        record::recusals(dossier),
        record::decisions(dossier),
        record::corrections(dossier),
        record::members(dossier),
        record::journal(dossier),
        record::verification(dossier),
    ]
}

/// Name of a person on the roster.
pub(super) fn name(dossier: &Dossier<'_>, code: &PersonCode) -> String {
    dossier.package.roster.person(code).map(|person| person.name.clone()).unwrap_or_default()
}

/// Title of an application.
pub(super) fn title<'a>(dossier: &'a Dossier<'_>, application: &ApplicationId) -> Option<&'a Bilingual> {
    dossier.package.application(application).map(|one| &one.title)
}

/// Title of an item.
pub(super) fn item_title<'a>(dossier: &'a Dossier<'_>, item: &ItemId) -> Option<&'a Bilingual> {
    dossier.package.call.item(item).map(|one| &one.title)
}

/// The city of an application, by name.
pub(super) fn city(dossier: &Dossier<'_>, application: &ApplicationId) -> Cell {
    let code = dossier.package.application(application).map(|one| one.applicant.city.as_str()).unwrap_or_default();
    match dossier.package.codes.city(code) {
        Some(city) => Cell::Both(city.name.clone()),
        None => Cell::text(code),
    }
}
