//! Previews as JSON; as sentences they are told in one way for the terminal and the screens.

use serde_json::{Value, json};

use crate::{
    cli::{out::Out, print, tables::place_json},
    intake::sheets::Remark,
    workflow::{
        gather::{Fate, Gathering, Unmatched},
        tables::{FieldChange, Preview, RecordView, SheetView, State},
        told,
    },
};

/// What taking tables in would do or did, as JSON.
pub(super) fn document(preview: &Preview, done: bool) -> Value {
    json!({
        "done": done,
        "sheets": preview.sheets.iter().map(sheet_json).collect::<Vec<_>>(),
        "unread": preview.unread.iter().map(|place| json!({ "file": place.file, "sheet": place.sheet })).collect::<Vec<_>>(),
        "records": preview.records.iter().map(record_json).collect::<Vec<_>>(),
        "leaving": preview.leaving,
        "remarks": preview.remarks.iter().map(remark_json).collect::<Vec<_>>(),
        "problems": preview.standing.new.iter().map(print::problem_json).collect::<Vec<_>>(),
        "open": preview.standing.open.iter().map(print::problem_json).collect::<Vec<_>>(),
        "errors": preview.errors(),
        "files": preview.written(),
    })
}

fn sheet_json(sheet: &SheetView) -> Value {
    let column =
        |(letters, heading, field): &(String, String, Option<String>)| json!({ "column": letters, "heading": heading, "field": field });
    json!({ "file": sheet.place.file, "sheet": sheet.place.sheet, "list": sheet.list,
            "columns": sheet.columns.iter().map(column).collect::<Vec<_>>(), "rows": sheet.rows,
            "skipped": sheet.skipped.iter().map(|(row, text)| json!({ "row": row, "text": text })).collect::<Vec<_>>() })
}

fn record_json(record: &RecordView) -> Value {
    let (state, changes): (&str, &[FieldChange]) = match &record.state {
        State::New => ("new", &[]),
        State::Unchanged => ("unchanged", &[]),
        State::Changed(changes) => ("changed", changes),
    };
    let change = |change: &FieldChange| json!({ "field": change.path, "before": change.before, "after": change.after });
    json!({ "id": record.id, "name": record.name, "assigned": record.assigned, "file": record.place.file, "sheet": record.place.sheet,
            "row": record.place.row, "state": state, "changes": changes.iter().map(change).collect::<Vec<_>>() })
}

fn remark_json(remark: &Remark) -> Value {
    let mut row = place_json(&remark.place);
    if let Some(fields) = row.as_object_mut() {
        fields.insert("severity".to_owned(), print::severity_word(remark.severity).into());
        fields.insert("code".to_owned(), remark.what.id.into());
        fields.insert("text".to_owned(), Out::both(&remark.what));
        fields.insert("advice".to_owned(), Out::both(&remark.advice));
    }
    row
}

/// What gathering attachments would do or did, as JSON.
pub(super) fn gathering_document(gathering: &Gathering, done: bool) -> Value {
    let row = |name: &str, fate: &Fate| {
        let (state, application, file) = match fate {
            Fate::New { application, file } => ("new", json!(application), json!(file)),
            Fate::Unchanged { application, file } => ("unchanged", json!(application), json!(file)),
            Fate::Conflict { application, file } => ("conflict", json!(application), json!(file)),
            Fate::Unmatched(Unmatched::None) => ("unmatched", Value::Null, Value::Null),
            Fate::Unmatched(Unmatched::Several(ids)) => ("several", json!(ids), Value::Null),
        };
        json!({ "name": name, "state": state, "application": application, "file": file, "text": Out::both(&told::fate_words(fate)) })
    };
    json!({
        "done": done,
        "files": gathering.files.iter().map(|found| row(&found.name, &found.fate)).collect::<Vec<_>>(),
        "problems": gathering.standing.new.iter().map(print::problem_json).collect::<Vec<_>>(),
        "open": gathering.standing.open.iter().map(print::problem_json).collect::<Vec<_>>(),
        "errors": gathering.errors(),
        "copied": gathering.copied(),
    })
}
