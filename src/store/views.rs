//! The current views that sled holds beside the events: one key per cell, comment, declaration and status.

use std::collections::BTreeMap;

use crate::domain::{
    change::Change,
    correction::Progress,
    desk::Desk,
    ids::ApplicationId,
    sheet::{Sheet, Status},
    table::Table,
};

/// Keys and values of the current state. Two equal desks have equal views.
pub(super) type Views = BTreeMap<String, String>;

/// The views of everything.
pub(super) fn of_desk(desk: &Desk) -> Views {
    let mut views = of_desk_itself(desk);
    for (application, sheet) in &desk.sheets {
        of_sheet(application, sheet, &mut views);
    }
    views
}

/// The views that a change can touch, as they are on `desk`.
pub(super) fn touched(desk: &Desk, change: &Change) -> Views {
    let mut views = Views::new();
    match (change, change.application()) {
        (Change::Asked(asked), _) => {
            views = of_desk_itself(desk);
            of_sheets(desk, asked.request.lines.iter().map(|line| &line.application), &mut views);
        }
        (Change::Table(_), _) | (_, None) => views = of_desk_itself(desk),
        (_, Some(application)) => of_sheets(desk, applications_of(change, application), &mut views),
    }
    views
}

fn of_sheets<'a>(desk: &Desk, ids: impl IntoIterator<Item = &'a ApplicationId>, views: &mut Views) {
    for id in ids {
        if let Some(sheet) = desk.sheets.get(id) {
            of_sheet(id, sheet, views);
        }
    }
}

fn applications_of<'a>(change: &'a Change, first: &'a ApplicationId) -> Vec<&'a ApplicationId> {
    match change {
        Change::Group { changes } => changes.iter().filter_map(Change::application).collect(),
        _ => vec![first],
    }
}

/// The chair's table: what may become large is one key each, the rest is counted.
fn of_table(table: &Table, views: &mut Views) {
    for held in &table.arrived {
        let word = if held.is_evidence { "evidence" } else { "counts" };
        views.insert(format!("bundle/{}", held.bundle.digest), format!("{word} {}", json(&held.bundle)));
    }
    for paper in &table.papers {
        views.insert(format!("paper/{}", paper.digest), json(paper));
    }
    for ((reviewer, by), entry) in &table.typed {
        views.insert(format!("typed/{reviewer}/{by}"), json(entry));
    }
    for (code, removal) in &table.removed {
        views.insert(format!("removed/{code}"), json(removal));
    }
    for decision in table.decisions() {
        views.insert(format!("ruling/{}/{}", decision.application, json(&decision.flag)), json(&decision.ruling));
    }
    for ((application, veto), text) in &table.vetoes {
        views.insert(format!("veto/{application}/{veto}"), text.clone());
    }
    for (application, going_on) in &table.going_on {
        views.insert(format!("going-on/{application}"), json(going_on));
    }
    for (at, correction) in table.corrections.iter().enumerate() {
        views.insert(format!("correction/{at}"), json(correction));
    }
    for (application, vote) in &table.tie_votes {
        views.insert(format!("tie-vote/{application}"), json(vote));
    }
    for (item, ruling) in &table.tie_rulings {
        views.insert(format!("tie/{item}"), json(ruling));
    }
    for (application, ballot) in &table.votes {
        views.insert(format!("vote/{application}"), json(ballot));
    }
    for (application, opinion) in &table.opinions {
        views.insert(format!("opinion/{application}"), json(opinion));
    }
    for (person, status) in &table.members {
        views.insert(format!("member/{person}"), json(status));
    }
    for asked in &table.asked {
        views.insert(format!("asked/{}", asked.digest), json(asked));
    }
    for sealed in &table.sealed {
        views.insert(format!("sealed/{}", sealed.revision), json(sealed));
    }
    if table.progress != Progress::default() {
        views.insert("progress".to_owned(), json(&table.progress));
    }
}

fn of_desk_itself(desk: &Desk) -> Views {
    let mut views = Views::new();
    of_table(&desk.table, &mut views);
    views.insert("package".to_owned(), format!("{} r{}", desk.package, desk.package_revision));
    if let Some(pledge) = &desk.pledge {
        views.insert("pledge".to_owned(), pledge.clone());
    }
    for taken in &desk.requests {
        views.insert(format!("request/{}", taken.asked.digest), json(&taken.asked));
    }
    for export in &desk.exports {
        views.insert(format!("export/{}", export.revision), format!("{} {}", export.digest, export.file));
    }
    views
}

fn of_sheet(application: &ApplicationId, sheet: &Sheet, views: &mut Views) {
    if let Some(declaration) = &sheet.declaration {
        views.insert(format!("declaration/{application}"), json(declaration));
    }
    if sheet.status != Status::Draft {
        views.insert(format!("status/{application}"), json(&sheet.status));
    }
    if !sheet.overall.is_empty() {
        views.insert(format!("comment/{application}"), sheet.overall.clone());
    }
    for (criterion, cell) in &sheet.cells {
        views.insert(format!("cell/{application}/{criterion}"), json(cell));
    }
    for (criterion, comment) in &sheet.comments {
        views.insert(format!("comment/{application}/{criterion}"), comment.clone());
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
