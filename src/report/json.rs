//! A report as one JSON document: every table a list of objects, texts in both languages, numbers as texts. The shape stands in
//! `docs/formats.md` and stays.

use serde_json::{Map, Value, json};

use crate::{
    domain::text::{Bilingual, Language, Message},
    i18n,
    report::{
        CannotMake, Made,
        audience::Audience,
        dossier::{Head, LayerLine},
        table::{Cell, Table},
    },
};

/// Version of the shape.
const SCHEMA: u32 = 1;

pub(super) fn make(audience: &Audience<'_>, _language: Language) -> Result<Made, CannotMake> {
    let mut document = head(audience);
    if let Some(fields) = document.as_object_mut() {
        for table in audience.tables() {
            fields.insert(table.id.to_owned(), rows(&table));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&document).map_err(CannotMake::new)?;
    bytes.push(b'\n');
    Ok(Made::File { ending: "json", bytes })
}

fn head(audience: &Audience<'_>) -> Value {
    let Head { mark, call, title, office, panel, rubric, revision, bundle, digest, claimed, layers, not_proved } = audience.head();
    let layer = |one: &LayerLine| json!({ "n": one.number, "id": one.id, "state": one.state });
    json!({
        "schema": SCHEMA,
        "audience": audience.word(),
        "mark": mark.word(),
        "call": call,
        "title": both(title),
        "office": both(office),
        "panel": panel,
        "rubric": both(rubric),
        "revision": revision,
        "bundle": bundle,
        "digest": digest,
        "claimed_time": claimed,
        "layers": layers.iter().map(layer).collect::<Vec<_>>(),
        "not_proved": not_proved.iter().map(said).collect::<Vec<_>>(),
    })
}

fn rows(table: &Table) -> Value {
    let row = |cells: &Vec<Cell>| {
        let fields = table.columns.iter().zip(cells).map(|(column, cell)| (column.id.clone(), value(cell)));
        Value::Object(fields.collect::<Map<_, _>>())
    };
    table.rows.iter().map(row).collect()
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(_) | Cell::Figure(_) => json!(cell.print(Language::Zh)),
        Cell::Both(text) => both(text),
        Cell::Say(message) => said(message),
    }
}

fn both(text: &Bilingual) -> Value {
    let cell = Cell::Both(text.clone());
    json!({ "zh": cell.print(Language::Zh), "en": cell.print(Language::En) })
}

fn said(message: &Message) -> Value {
    json!({ "zh": i18n::text(Language::Zh, message), "en": i18n::text(Language::En, message) })
}
