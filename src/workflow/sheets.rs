//! What a score bundle says, made from what was recorded: one JSON document for each application, the declarations, and a score
//! sheet for people. The same record gives the same bytes, so a verifier makes them again and compares.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    domain::{
        application::Application,
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        rubric::{Criterion, CriterionKind},
        sheet::{Cell, Declaration, Sheet},
        total::{SheetTotal, sheet_total},
        worklist,
    },
    workflow::files::json_bytes,
};

/// Where the declarations lie, below `data/`.
pub const DECLARATION: &str = "declaration.json";
/// Where the journal lies, below `data/`.
pub const JOURNAL: &str = "journal.txt";
/// Where the score sheet for people lies, below `data/`.
pub const SCORE_SHEET: &str = "score-sheet.html";
/// Where the package's excerpt lies, below `data/`.
pub const PACKAGE: &str = "package/";

/// Where the sheet of an application lies, below `data/`.
#[must_use]
pub fn member(application: &ApplicationId) -> String {
    format!("scores/{}.json", application.file_stem())
}

/// The members below `data/` that follow from package and record: all sheets of the worklist, and the declarations.
#[must_use]
pub fn members(package: &Package, desk: &Desk, reviewer: &PersonCode, revision: u32) -> BTreeMap<String, Vec<u8>> {
    let mut members = BTreeMap::from([(DECLARATION.to_owned(), declarations(package, desk, reviewer))]);
    for id in mine(package, desk) {
        let Some(application) = package.application(&id) else { continue };
        members.insert(member(&id), json_bytes(&sheet(package, application, desk, reviewer, revision)));
    }
    members
}

/// The applications of the reviewer, by id.
#[must_use]
pub fn mine(package: &Package, desk: &Desk) -> Vec<ApplicationId> {
    let mut ids: Vec<ApplicationId> = worklist::rows(package, desk).into_iter().map(|row| row.application).collect();
    ids.sort();
    ids
}

/// One sheet: `{"application", "reviewer", "revision", "state", "cells", "overall", "total"}`.
#[must_use]
pub fn sheet(package: &Package, application: &Application, desk: &Desk, reviewer: &PersonCode, revision: u32) -> Value {
    let sheet = desk.sheet(&application.id);
    let state = state(package, application, &sheet, reviewer);
    let total = sheet_total(&package.rubric, application, &sheet);
    let is_scored = state == "scored";
    let criteria = package.rubric.criteria.iter().filter(|_| is_scored);
    json!({
        "application": application.id,
        "reviewer": reviewer,
        "revision": revision,
        "state": state,
        "cells": criteria.filter_map(|criterion| cell(criterion, &sheet, &total)).collect::<Vec<_>>(),
        "overall": sheet.overall,
        "total": total.total.filter(|_| is_scored).map(|points| points.normalize().to_string()),
    })
}

/// `scored`, `recused` or `declined`.
#[must_use]
pub fn state(package: &Package, application: &Application, sheet: &Sheet, reviewer: &PersonCode) -> &'static str {
    let by_office = package.recusal(&application.id, reviewer).is_some();
    match sheet.declaration {
        _ if by_office => "recused",
        Some(Declaration::Conflict { .. }) => "recused",
        Some(Declaration::Declined { .. }) => "declined",
        Some(Declaration::NoConflict) | None => "scored",
    }
}

/// One cell: `{"criterion", "state", "value", "reason", "comment"}`, without what does not apply.
fn cell(criterion: &Criterion, sheet: &Sheet, total: &SheetTotal) -> Option<Value> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("criterion", json!(criterion.id));
    if criterion.kind == CriterionKind::Formula {
        let term = total.dimensions.iter().flat_map(|dimension| &dimension.terms).find(|term| term.criterion == criterion.id);
        put("state", json!("computed"));
        put("value", json!(term.and_then(|term| term.value).map(|value| value.normalize().to_string())));
        return Some(Value::Object(fields));
    }
    match sheet.cell(&criterion.id) {
        Cell::Blank => return None,
        Cell::Scored { value } => {
            put("state", json!("scored"));
            put("value", json!(value));
        }
        Cell::NotApplicable { reason } => {
            put("state", json!("na"));
            put("reason", json!(reason));
        }
    }
    let comment = sheet.comment(&criterion.id);
    if !comment.is_empty() {
        put("comment", json!(comment));
    }
    Some(Value::Object(fields))
}

/// `declaration.json`: the pledge that was accepted, and the answer to every conflict question.
fn declarations(package: &Package, desk: &Desk, reviewer: &PersonCode) -> Vec<u8> {
    let rows = mine(package, desk).into_iter().map(|id| {
        let by_office = package.recusal(&id, reviewer);
        match (by_office, desk.sheet(&id).declaration) {
            (Some(recusal), _) => {
                json!({ "application": id, "answer": "recused-by-office", "ground": recusal.ground, "text": recusal.text })
            }
            (None, None) => json!({ "application": id, "answer": null }),
            (None, Some(Declaration::NoConflict)) => json!({ "application": id, "answer": "no-conflict" }),
            (None, Some(Declaration::Conflict { ground, text })) => {
                json!({ "application": id, "answer": "conflict", "ground": ground, "text": text })
            }
            (None, Some(Declaration::Declined { reason })) => json!({ "application": id, "answer": "declined", "reason": reason }),
        }
    });
    json_bytes(&json!({ "reviewer": reviewer, "pledge": desk.pledge, "declarations": rows.collect::<Vec<_>>() }))
}
