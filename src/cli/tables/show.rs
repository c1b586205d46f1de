//! Previews, as sentences and as JSON.

use std::io;

use serde_json::{Value, json};

use crate::{
    cli::{out::Out, print, tables::place_json},
    domain::text::Message,
    intake::sheets::{Place, Remark},
    msg,
    workflow::{
        gather::{Fate, Gathering, Unmatched},
        tables::{FieldChange, Preview, RecordView, SheetView, Standing, State},
    },
};

/// Longest text of a cell or field in a preview, in characters.
const LONGEST: usize = 40;

/// Prints what taking tables in would do.
pub(super) fn preview(out: &mut Out<'_>, preview: &Preview) -> io::Result<()> {
    preview.sheets.iter().try_for_each(|sheet| print_sheet(out, sheet))?;
    for place in &preview.unread {
        out.say(&msg!("say-sheet-unread", sheet = where_is(place)))?;
    }
    preview.records.iter().try_for_each(|record| print_record(out, record))?;
    for code in &preview.leaving {
        out.say(&msg!("say-leaves-roster", code = code))?;
    }
    for remark in &preview.remarks {
        let (level, what, advice) = (out.text(&print::level(remark.severity)), out.text(&remark.what), out.text(&remark.advice));
        out.line(&format!("{}: {level}: {what}", where_is(&remark.place)))?;
        out.line(&format!("    {advice}"))?;
    }
    standing(out, &preview.standing)?;
    let count = |wanted: fn(&State) -> bool| preview.records.iter().filter(|record| wanted(&record.state)).count();
    let (new, changed) = (count(|state| *state == State::New), count(|state| matches!(state, State::Changed(_))));
    out.say(&msg!("say-tables-sum", new = new, changed = changed, same = count(|state| *state == State::Unchanged)))
}

/// What a step would bring into the folder, and what is wrong there already.
fn standing(out: &mut Out<'_>, standing: &Standing) -> io::Result<()> {
    print::problems(out, &standing.new)?;
    if !standing.open.is_empty() {
        out.say(&msg!("say-still-open"))?;
        print::problems(out, &standing.open)?;
    }
    Ok(())
}

fn print_sheet(out: &mut Out<'_>, sheet: &SheetView) -> io::Result<()> {
    let place = where_is(&sheet.place);
    if sheet.list.is_empty() {
        out.say(&msg!("say-sheet", sheet = place, rows = sheet.rows))?;
    } else {
        out.say(&msg!("say-sheet-list", sheet = place, rows = sheet.rows, list = sheet.list))?;
    }
    for (letters, heading, field) in &sheet.columns {
        let field = field.clone().unwrap_or_else(|| out.text(&msg!("say-column-unread")));
        out.line(&format!("    {letters} {} → {field}", short(heading)))?;
    }
    for (row, text) in &sheet.skipped {
        let sentence = out.text(&msg!("say-row-skipped", row = row, text = short(text)));
        out.line(&format!("    {sentence}"))?;
    }
    Ok(())
}

fn print_record(out: &mut Out<'_>, record: &RecordView) -> io::Result<()> {
    let state = out.text(&state_words(&record.state));
    let assigned = if record.assigned { format!("  {}", out.text(&msg!("say-id-assigned"))) } else { String::new() };
    out.line(&format!("{}  {state}  {}  {}{assigned}", record.id, short(&record.name), record.place.cell()))?;
    let State::Changed(changes) = &record.state else { return Ok(()) };
    changes.iter().try_for_each(|change| out.line(&format!("    {}: {} → {}", change.path, said(&change.before), said(&change.after))))
}

fn state_words(state: &State) -> Message {
    match state {
        State::New => msg!("state-new"),
        State::Unchanged => msg!("state-unchanged"),
        State::Changed(_) => msg!("state-changed"),
    }
}

fn said(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { short(text) }
}

fn short(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept: String = line.chars().take(LONGEST).collect();
    if kept == line { line } else { format!("{kept}…") }
}

/// `申报表.xlsx [汇总表] C5 总投资`.
fn where_is(place: &Place) -> String {
    let sheet = if place.sheet.is_empty() { String::new() } else { format!("[{}]", place.sheet) };
    let parts = [place.file.clone(), sheet, place.cell(), short(&place.heading)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

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

/// Prints what gathering attachments would do.
pub(super) fn gathering(out: &mut Out<'_>, gathering: &Gathering) -> io::Result<()> {
    for found in &gathering.files {
        let words = out.text(&fate_words(&found.fate));
        out.line(&format!("{}  {words}", found.name))?;
    }
    standing(out, &gathering.standing)?;
    let unmatched = gathering.files.iter().filter(|found| matches!(found.fate, Fate::Unmatched(_) | Fate::Conflict { .. })).count();
    out.say(&msg!("say-gathered", copied = gathering.copied(), left = unmatched))
}

fn fate_words(fate: &Fate) -> Message {
    match fate {
        Fate::New { application, file } => msg!("fate-new", application = application, file = file),
        Fate::Unchanged { application, file } => msg!("fate-unchanged", application = application, file = file),
        Fate::Conflict { application, file } => msg!("fate-conflict", application = application, file = file),
        Fate::Unmatched(Unmatched::None) => msg!("fate-unmatched"),
        Fate::Unmatched(Unmatched::Several(ids)) => {
            let ids = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            msg!("fate-several", applications = ids)
        }
    }
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
        json!({ "name": name, "state": state, "application": application, "file": file, "text": Out::both(&fate_words(fate)) })
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
