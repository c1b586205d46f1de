//! The roster out of a table: who is on it, in the order of the table. Keys are never in a table; who stays keeps them.

use serde_json::json;

use crate::{
    domain::{
        finding::Finding,
        panel::{Person, Roster},
    },
    intake::{
        self,
        columns::{PEOPLE, Record, Words},
        source::Folder,
    },
    workflow::{
        StepError, files,
        tables::{Order, Preview, RecordView, State, difference, fill, plan, run_checks, text_at, unreadable},
    },
};

const FILE: &str = "roster.toml";

/// What taking people in would do: `roster.toml` becomes what the table says, as its next revision.
///
/// # Errors
/// When a file or the package folder cannot be read at all; what is wrong inside the tables is part of the preview.
pub fn preview(order: &Order<'_>) -> Result<Preview, StepError> {
    let folder = order.into;
    files::must_be_folder(folder)?;
    let source = Folder::new(folder.to_owned());
    let path = folder.join(FILE);
    let before = plan::present(&path)?;
    let old = match &before {
        Some(_) => intake::package::call_and_roster(&source).map_err(StepError::Problems)?.1,
        None => Roster { schema: 1, revision: 0, people: Vec::new() },
    };
    let words = Words::fixed(&PEOPLE.spec);
    let (mut preview, filled, _) = fill(order, &PEOPLE, &words, "", &[("title", json!(""))])?;
    preview.remarks.extend(filled.remarks);
    let mut people = Vec::new();
    for record in &filled.records {
        match person(record, &old) {
            Ok(person) => people.push((person, record)),
            Err(_) if preview.errors() > 0 => {}
            Err(error) => preview.remarks.push(unreadable(record, &error)),
        }
    }
    for (person, record) in &people {
        let state = match old.person(&person.code) {
            None => State::New,
            Some(known) if known == person => State::Unchanged,
            Some(known) => State::Changed(difference::between(Some(known), person)),
        };
        let (id, name) = (record.id.clone(), text_at(&record.tree, &["name"]));
        preview.records.push(RecordView { id, name, assigned: false, place: record.place.clone(), state });
    }
    let stays = |code: &str| people.iter().any(|(person, _)| person.code.as_str() == code);
    preview.leaving = old.people.iter().map(|person| person.code.to_string()).filter(|code| !stays(code)).collect();
    let listed: Vec<Person> = people.iter().map(|(person, _)| person.clone()).collect();
    if listed != old.people {
        let roster = Roster { schema: 1, revision: old.revision.saturating_add(1), people: listed };
        let text = toml::to_string_pretty(&roster).map_err(|error| StepError::io(&path, std::io::Error::other(error)))?;
        preview.planned.push(plan::Planned { name: FILE.to_owned(), path, before, bytes: text.into_bytes() });
    }
    let of = |finding: &Finding| {
        let path = finding.path.strip_prefix("roster.toml#person[")?;
        let (index, rest) = path.split_once(']')?;
        let (_, record) = people.get(index.parse::<usize>().ok()?)?;
        Some(record.place_of(rest.trim_start_matches('.')).clone())
    };
    run_checks(&mut preview, folder, &of);
    Ok(preview)
}

/// The person of a row, with the keys that the roster has of that code.
pub(super) fn person(record: &Record, old: &Roster) -> Result<Person, serde_json::Error> {
    let mut person: Person = serde_json::from_value(record.tree.clone())?;
    if let Some(known) = old.person(&person.code) {
        person.key.clone_from(&known.key);
        person.revoked.clone_from(&known.revoked);
    }
    Ok(person)
}
