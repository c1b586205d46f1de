//! Rows become records. A record may have several rows – merged cells make them, and lists have a sheet of their own; what they say
//! twice must be the same.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    domain::{names, text::Message},
    intake::{
        columns::{
            Records, Sheet, Words,
            sheet::{Column, Row},
            spec::{GATES, Leaf, Spec},
            tree,
            value::{Reading, Under},
        },
        sheets::{Cell, Place, Remark},
    },
    msg,
};

/// One record as its rows make it.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its identifier.
    pub id: String,
    /// Whether the table had none, so that this one was assigned.
    pub assigned: bool,
    /// Its fields, by the names of its file.
    pub tree: Value,
    /// Its first row.
    pub place: Place,
    /// Where each field comes from.
    pub places: BTreeMap<String, Place>,
}

impl Record {
    /// The cell of a field, or of the nearest above it; the first row where there is none.
    #[must_use]
    pub fn place_of(&self, path: &str) -> &Place {
        let below = |here: &str| {
            let inside = |known: &&String| known.strip_prefix(here).is_some_and(|rest| rest.starts_with(['[', '.']));
            self.places.keys().find(inside).and_then(|known| self.places.get(known))
        };
        if let Some(place) = self.places.get(path).or_else(|| below(path).filter(|_| !path.is_empty())) {
            return place;
        }
        let mut here = path;
        while let Some(above) = here.rfind(['.', '[']).and_then(|at| here.get(..at)) {
            here = above;
            // Another field of the same entry stands in its row; another field of a group says nothing about this one.
            let entry = if here.ends_with(']') { below(here) } else { None };
            if let Some(place) = self.places.get(here).or(entry) {
                return place;
            }
        }
        &self.place
    }
}

/// What the rows came to.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// Records, in the order of their first rows.
    pub records: Vec<Record>,
    /// What is to be said about cells.
    pub remarks: Vec<Remark>,
}

/// Values of fields that a table may leave out.
pub type Defaults<'a> = &'a [(&'a str, Value)];

/// Reads the rows of all sheets. `prefix` makes identifiers where a table has no column of them.
#[must_use]
pub fn read(sheets: &[Sheet<'_>], kind: &Records, words: &Words, prefix: &str, defaults: Defaults<'_>) -> Filled {
    let mut work = Work { kind, words, prefix, filled: Filled::default() };
    let (main, lists): (Vec<&Sheet<'_>>, Vec<&Sheet<'_>>) = sheets.iter().partition(|sheet| work.has_records(sheet));
    for (sheet, is_main) in main.into_iter().map(|sheet| (sheet, true)).chain(lists.into_iter().map(|sheet| (sheet, false))) {
        for row in &sheet.rows {
            work.row(sheet, row, is_main);
        }
    }
    work.complete(defaults);
    work.filled
}

struct Work<'a> {
    kind: &'a Records,
    words: &'a Words,
    prefix: &'a str,
    filled: Filled,
}

impl Work<'_> {
    /// Whether a sheet speaks of records themselves and not only of entries of a list.
    fn has_records(&self, sheet: &Sheet<'_>) -> bool {
        let mut own = sheet.columns.iter().filter_map(|column| column.field.as_deref()).filter(|field| Spec::list_of(field).is_empty());
        sheet.list.is_empty() || own.any(|field| !self.kind.keys.contains(&field))
    }

    fn complain(&mut self, place: Place, (what, advice): (Message, Message)) {
        self.filled.remarks.push(Remark::error(place, what, advice));
    }

    fn row(&mut self, sheet: &Sheet<'_>, row: &Row, is_main: bool) {
        let Some(index) = self.record_of(sheet, row, is_main) else { return };
        let (own, listed): (Vec<&Column>, Vec<&Column>) = sheet
            .columns
            .iter()
            .filter(|column| column.field.is_some())
            .partition(|column| column.field.as_deref().is_some_and(|field| Spec::list_of(field).is_empty()));
        for column in own {
            if let Some(field) = column.field.as_deref() {
                self.own_cell(index, sheet, row, column, field);
            }
        }
        if let Some(group) = row.group.as_deref() {
            self.group(index, group);
        }
        let filled = |column: &&&Column| row.cells.get(column.at).is_some_and(|cell| *cell != Cell::Empty);
        let listed: Vec<&Column> = listed.iter().filter(filled).copied().collect();
        if !listed.is_empty() {
            self.entry(index, sheet, row, &listed);
        }
    }

    /// The record that a row is about, made where it is the first row of one.
    fn record_of(&mut self, sheet: &Sheet<'_>, row: &Row, is_main: bool) -> Option<usize> {
        let [id_key, name_key] = self.kind.keys;
        let here = Place { column: 0, ..sheet.grid.place(row.number, 0, "") };
        let text = |key| sheet.cell(row, key).map(|(column, cell)| (column, cell.shown())).filter(|(_, text)| !text.is_empty());
        if sheet.columns.iter().any(|column| column.field.as_deref() == Some(id_key)) {
            let Some((column, found)) = text(id_key) else {
                self.complain(here, (msg!("err-row-no-id"), msg!("rec-row-no-id")));
                return None;
            };
            let place = sheet.grid.place(row.number, column.at, &column.heading);
            let id = names::folded(&found);
            let known = self.filled.records.iter().position(|record| names::folded(&record.id) == id);
            return known.or_else(|| {
                if is_main {
                    return self.id_of(sheet, row, column).map(|id| self.make(id, false, here));
                }
                self.unknown(place, &found, |record| record.id.clone());
                None
            });
        }
        let Some((column, name)) = text(name_key) else {
            self.complain(here, (msg!("err-row-no-name"), msg!("rec-row-no-name")));
            return None;
        };
        let place = sheet.grid.place(row.number, column.at, &column.heading);
        let named =
            |record: &Record| tree::get(&record.tree, name_key).and_then(Value::as_str).is_some_and(|own| names::same_name(own, &name));
        let same: Vec<usize> = self.filled.records.iter().enumerate().filter(|(_, record)| named(record)).map(|(at, _)| at).collect();
        match same.as_slice() {
            [one] => Some(*one),
            [] if is_main => {
                let number = self.filled.records.len().saturating_add(1);
                Some(self.make(format!("{}-{number:04}", self.prefix), true, here))
            }
            [] => {
                self.unknown(place, &name, |record| {
                    tree::get(&record.tree, name_key).and_then(Value::as_str).unwrap_or_default().to_owned()
                });
                None
            }
            _ => {
                self.complain(place, (msg!("err-row-name-twice", name = name), msg!("rec-row-name-twice")));
                None
            }
        }
    }

    fn id_of(&mut self, sheet: &Sheet<'_>, row: &Row, column: &Column) -> Option<String> {
        let read = self.read_cell(sheet, row, column, self.kind.keys[0])?;
        read.value.as_str().map(str::to_owned)
    }

    fn make(&mut self, id: String, assigned: bool, place: Place) -> usize {
        let mut tree = Value::Object(Map::new());
        tree::set(&mut tree, self.kind.keys[0], id.clone().into());
        self.filled.records.push(Record { id, assigned, tree, place, places: BTreeMap::new() });
        self.filled.records.len().saturating_sub(1)
    }

    fn unknown(&mut self, place: Place, found: &str, of: impl Fn(&Record) -> String) {
        let known: Vec<String> = self.filled.records.iter().map(of).collect();
        let advice = match names::nearest(found, known.iter().map(String::as_str)) {
            Some(near) => msg!("rec-did-you-mean", near = near),
            None => msg!("rec-row-unknown"),
        };
        self.complain(place, (msg!("err-row-unknown", found = found), advice));
    }

    /// Reads a cell as `field` wants it; what is wrong with it is told.
    fn read_cell(&mut self, sheet: &Sheet<'_>, row: &Row, column: &Column, field: &str) -> Option<Reading> {
        let cell = row.cells.get(column.at).unwrap_or(&Cell::Empty);
        let path = without_gate(field);
        let leaf = self.kind.spec.leaves.get(&path).copied().unwrap_or(Leaf::Text);
        let place = sheet.grid.place(row.number, column.at, &column.heading);
        match (Under { path: &path, leaf, heading: &column.heading, words: self.words }).read(cell) {
            Ok(reading) => {
                if let Some((what, advice)) = reading.as_ref().and_then(|reading| reading.note.clone()) {
                    self.filled.remarks.push(Remark::note(place, what, advice));
                }
                reading
            }
            Err(refusal) => {
                self.complain(place, refusal);
                None
            }
        }
    }

    /// A field of the record itself. A row that says it again must say the same.
    fn own_cell(&mut self, index: usize, sheet: &Sheet<'_>, row: &Row, column: &Column, field: &str) {
        let place = sheet.grid.place(row.number, column.at, &column.heading);
        let before =
            self.filled.records.get(index).and_then(|record| tree::get(&record.tree, field).cloned()).filter(|value| !value.is_null());
        let reading = if field == self.kind.keys[0] { None } else { self.read_cell(sheet, row, column, field) };
        let Some(record) = self.filled.records.get_mut(index) else { return };
        match (reading, before) {
            (Some(reading), None) => {
                tree::set(&mut record.tree, field, reading.value);
                record.places.insert(field.to_owned(), place);
            }
            (Some(reading), Some(before)) if reading.value != before && !is_same_name(field, self.kind, &reading.value, &before) => {
                let first = record.place_of(field).cell();
                let what = msg!("err-cell-differs", found = shown(&reading.value), before = shown(&before), first = first);
                self.complain(place, (what, msg!("rec-cell-differs")));
            }
            // An empty cell is where an absent field should have stood.
            _ => drop(record.places.entry(field.to_owned()).or_insert(place)),
        }
    }

    /// The group of rows that a record stands in names its call item, where no column does.
    fn group(&mut self, index: usize, group: &str) {
        let Some(record) = self.filled.records.get_mut(index) else { return };
        if let (None, Ok(item)) = (tree::get(&record.tree, "item"), self.words.code("item", group)) {
            tree::set(&mut record.tree, "item", item.into());
        }
    }

    /// An entry of the list that a sheet holds.
    fn entry(&mut self, index: usize, sheet: &Sheet<'_>, row: &Row, columns: &[&Column]) {
        let mut values = Vec::new();
        for column in columns {
            let Some(field) = column.field.clone() else { continue };
            let place = sheet.grid.place(row.number, column.at, &column.heading);
            if let Some((name, value)) = self.by_name(&field, row, column) {
                values.push((name, value, place));
            } else if let Some(reading) = self.read_cell(sheet, row, column, &field) {
                values.push((field, reading.value, place));
            } else {
                // Its own complaint stands already; that the field is missing would be a second one.
                values.push((field, Value::Null, place));
            }
        }
        self.check_required(sheet, row, columns, &values);
        let Some(record) = self.filled.records.get_mut(index) else { return };
        let prefix = entry_prefix(record, &sheet.list, &values);
        let inner = format!("{}contribution", prefix.trim_end_matches('.').to_owned() + ".");
        let next = tree::len(&record.tree, &inner);
        let mut conflicts = Vec::new();
        for (field, value, place) in values {
            let rest = field.strip_prefix(&sheet.list).unwrap_or(&field).trim_start_matches('.');
            let path = match rest.strip_prefix("contribution[].") {
                Some(rest) => format!("{inner}[{next}].{rest}"),
                None => format!("{prefix}{rest}"),
            };
            match tree::get(&record.tree, &path).filter(|before| !before.is_null() && **before != value) {
                Some(before) => {
                    let first = record.place_of(&path).cell();
                    conflicts.push((place, msg!("err-cell-differs", found = shown(&value), before = shown(before), first = first)));
                }
                None if value.is_null() || (sheet.list == GATES && rest == "gate") => drop(record.places.insert(path, place)),
                None => {
                    tree::set(&mut record.tree, &path, value);
                    record.places.insert(path, place);
                }
            }
        }
        for (place, what) in conflicts {
            self.complain(place, (what, msg!("rec-cell-differs")));
        }
    }

    /// A base compared with that is not in the registry is named instead.
    fn by_name(&self, field: &str, row: &Row, column: &Column) -> Option<(String, Value)> {
        let word = row.cells.get(column.at)?.shown();
        let is_other = field == "positioning.compared[].base" && self.words.code(field, &word).is_err();
        is_other.then(|| ("positioning.compared[].name".to_owned(), word.into()))
    }

    /// An entry has what every entry of its list needs.
    fn check_required(&mut self, sheet: &Sheet<'_>, row: &Row, columns: &[&Column], values: &[(String, Value, Place)]) {
        let touched = |list: &str| columns.iter().any(|column| column.field.as_deref().is_some_and(|field| Spec::list_of(field) == list));
        let needed = self.kind.spec.required.iter().filter(|path| self.kind.spec.leaves.contains_key(*path) && !path.ends_with(".en"));
        let missing: Vec<&String> = needed
            .filter(|path| Spec::list_of(path).starts_with(&sheet.list) && touched(Spec::list_of(path)))
            .filter(|path| !values.iter().any(|(field, ..)| field == *path))
            .collect();
        for path in missing {
            let column = sheet.columns.iter().find(|column| column.field.as_ref() == Some(path));
            let place = match column {
                Some(column) => sheet.grid.place(row.number, column.at, &column.heading),
                None => Place { column: 0, ..sheet.grid.place(row.number, 0, "") },
            };
            let heading = self.name_of(path);
            self.complain(place, (msg!("err-cell-missing", heading = heading), msg!("rec-cell-missing", heading = heading)));
        }
    }

    /// The heading under which a field is best known.
    fn name_of(&self, path: &str) -> String {
        self.kind.headings.get(path).and_then(|names| names.first()).cloned().unwrap_or_else(|| path.to_owned())
    }

    /// Puts in what a table may leave out, and tells what it may not.
    fn complete(&mut self, defaults: Defaults<'_>) {
        for record in &mut self.filled.records {
            for (path, value) in defaults {
                if tree::get(&record.tree, path).is_none_or(Value::is_null) {
                    tree::set(&mut record.tree, path, value.clone());
                }
            }
            complete_titles(&mut record.tree);
        }
        let missing: Vec<(Place, String)> = self.filled.records.iter().flat_map(|record| self.missing(record)).collect();
        for (place, heading) in missing {
            self.complain(place, (msg!("err-cell-missing", heading = heading), msg!("rec-cell-missing", heading = heading)));
        }
    }

    /// The fields without which a record cannot stand and which no cell gave it: where they should stand, and their headings. What
    /// could not be read is told of already.
    fn missing(&self, record: &Record) -> Vec<(Place, String)> {
        let spec = &self.kind.spec;
        let is_there = |path: &str| tree::get(&record.tree, path).is_some_and(|value| !value.is_null());
        let is_told =
            |path: &str| record.places.get(path).is_some_and(|place| self.filled.remarks.iter().any(|remark| remark.place == *place));
        let own = spec.required.iter().filter(|path| spec.leaves.contains_key(*path) && Spec::list_of(path).is_empty());
        own.filter(|path| !is_there(path) && !is_told(path))
            .filter(|path| groups_of(path).all(|group| spec.required.contains(&group) || is_there(&group)))
            .map(|path| (record.place_of(path).clone(), self.name_of(path)))
            .collect()
    }
}

/// `funding[2].`, `consortium[0].`, `compliance.gates.G1.`: a new entry of a list, or the one that a row speaks of again.
fn entry_prefix(record: &Record, list: &str, values: &[(String, Value, Place)]) -> String {
    let base = list.trim_end_matches("[]");
    let of = |field: &str| values.iter().find(|(path, ..)| path == field).and_then(|(_, value, _)| value.as_str());
    if list == GATES {
        return format!("{base}.{}.", of("compliance.gates[].gate").unwrap_or_default());
    }
    let known = tree::len(&record.tree, base);
    let name = of("consortium[].name").filter(|_| list == "consortium[]");
    let is_same = |index: &usize| {
        let own = tree::get(&record.tree, &format!("{base}[{index}].name")).and_then(Value::as_str);
        name.zip(own).is_some_and(|(name, own)| names::same_name(name, own))
    };
    let index = (0..known).find(is_same).unwrap_or(known);
    format!("{base}[{index}].")
}

/// The second language of a title that a table gives in one.
fn complete_titles(tree: &mut Value) {
    for at in 0..tree::len(tree, "attachment") {
        let path = format!("attachment[{at}].title.en");
        if tree::get(tree, &path).is_none() {
            tree::set(tree, &path, "".into());
        }
    }
}

/// The groups that a field lies in: `schedule` for `schedule.start`.
fn groups_of(path: &str) -> impl Iterator<Item = String> + '_ {
    path.match_indices('.').filter_map(|(at, _)| path.get(..at)).map(str::to_owned)
}

/// `compliance.gates.G1.state` is a field like `compliance.gates[].state`.
fn without_gate(field: &str) -> String {
    let rest = field.strip_prefix("compliance.gates.").and_then(|rest| rest.split_once('.'));
    rest.map_or_else(|| field.to_owned(), |(_, field)| format!("{GATES}.{field}"))
}

/// Whether two names by which rows name their record are one apart from spaces and widths.
fn is_same_name(field: &str, kind: &Records, one: &Value, other: &Value) -> bool {
    field == kind.keys[1] && one.as_str().zip(other.as_str()).is_some_and(|(one, other)| names::same_name(one, other))
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(40).collect(),
        Value::Array(entries) => entries.iter().map(shown).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}
