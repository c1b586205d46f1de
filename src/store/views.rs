//! The current views that sled holds beside the events: one key per cell, comment, declaration and status.

use std::collections::BTreeMap;

use crate::domain::{
    change::Change,
    desk::Desk,
    ids::ApplicationId,
    sheet::{Sheet, Status},
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
    match change.application() {
        None => of_desk_itself(desk),
        Some(application) => {
            let mut views = Views::new();
            for id in applications_of(change, application) {
                if let Some(sheet) = desk.sheets.get(id) {
                    of_sheet(id, sheet, &mut views);
                }
            }
            views
        }
    }
}

fn applications_of<'a>(change: &'a Change, first: &'a ApplicationId) -> Vec<&'a ApplicationId> {
    match change {
        Change::Group { changes } => changes.iter().filter_map(Change::application).collect(),
        _ => vec![first],
    }
}

fn of_desk_itself(desk: &Desk) -> Views {
    let mut views = Views::new();
    views.insert("package".to_owned(), format!("{} r{}", desk.package, desk.package_revision));
    if let Some(pledge) = &desk.pledge {
        views.insert("pledge".to_owned(), pledge.clone());
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
