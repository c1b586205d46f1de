//! Reviewers drawn from a pool: the table of the pool, the lots, and a roster with those who were drawn.

use serde_json::json;

use crate::{
    digest::sha256_hex,
    domain::{
        application::Application,
        call::{Call, Draw},
        conflict::suggest,
        draw::{Lot, draw},
        finding::Finding,
        names::same_name,
        panel::{Person, Role, Roster},
        text::Message,
        time::Day,
    },
    intake::{
        self,
        columns::{PEOPLE, Record, Words},
        source::{Folder, Source},
    },
    msg,
    workflow::{
        StepError, files,
        office::{OfficeError, record},
        tables::{Order, Preview, RecordView, State, difference, fill, people, plan, read, run_checks, text_at, unreadable},
    },
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct DrawOrder<'a> {
    /// The pool, and the package folder.
    pub table: Order<'a>,
    /// How many are drawn.
    pub count: usize,
    /// How many are drawn after them to stand in.
    pub alternates: usize,
    /// Seed.
    pub seed: &'a str,
    /// Who was there.
    pub witness: &'a str,
    /// Day of the draw.
    pub date: Day,
}

impl DrawOrder<'_> {
    /// What the lot at a place of the order brings.
    const fn outcome(&self, at: usize) -> Outcome {
        if at < self.count {
            Outcome::Drawn
        } else if at < self.count.saturating_add(self.alternates) {
            Outcome::Alternate
        } else {
            Outcome::Left
        }
    }
}

/// What a lot brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A place on the panel.
    Drawn,
    /// A place among those who stand in.
    Alternate,
    /// None.
    Left,
}

impl Outcome {
    /// As JSON documents have it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Alternate => "alternate",
            Self::Left => "not-drawn",
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Drawn => msg!("say-lot-drawn"),
            Self::Alternate => msg!("say-lot-alternate"),
            Self::Left => msg!("say-lot-left"),
        }
    }
}

/// What a draw would do.
#[derive(Debug)]
pub struct Drawing {
    /// What would be written.
    pub preview: Preview,
    /// What the lots are made of.
    pub seed: String,
    /// All lots in the order of the draw, and what each one brings.
    pub lots: Vec<(Lot, Outcome)>,
    /// Who has no lot, and why.
    pub excluded: Vec<(String, Message)>,
}

/// A person of the pool with the row.
type Row<'a> = (Person, &'a Record);

/// Draws. Those who were reviewers leave the roster; everybody else on it was appointed, and stays.
///
/// # Errors
/// When a file or the folder cannot be read, the pool is too small, or the call cannot be written; what is wrong inside the table is
/// part of the preview.
pub fn preview(order: &DrawOrder<'_>) -> Result<Drawing, StepError> {
    let folder = order.table.into;
    files::must_be_folder(folder)?;
    let source = Folder::new(folder.to_owned());
    let (call, old) = intake::package::call_and_roster(&source).map_err(StepError::Problems)?;
    let defaults = [("title", json!("")), ("role", json!("reviewer"))];
    let (mut preview, filled, _) = fill(&order.table, &PEOPLE, &Words::fixed(&PEOPLE.spec), "", &defaults)?;
    preview.remarks.extend(filled.remarks);
    let mut pool: Vec<Row<'_>> = Vec::new();
    for record in &filled.records {
        match people::person(record, &old) {
            Ok(person) => pool.push((person, record)),
            Err(_) if preview.errors() > 0 => {}
            Err(error) => preview.remarks.push(unreadable(record, &error)),
        }
    }
    if preview.errors() > 0 {
        return Ok(Drawing { preview, seed: order.seed.to_owned(), lots: Vec::new(), excluded: Vec::new() });
    }
    let applications = applications(&source);
    let reason = |person: &Person| twice(person, &pool).or_else(|| excluded(person, &old, &applications));
    let excluded = pool.iter().filter_map(|(person, _)| reason(person).map(|why| (person.code.to_string(), why))).collect();
    let eligible = pool.iter().map(|(person, _)| person).filter(|person| reason(person).is_none()).map(|person| &person.code);
    let lots = draw(order.seed, eligible, &|text| sha256_hex(text.as_bytes()));
    let wanted = order.count.saturating_add(order.alternates);
    if lots.len() < wanted {
        return Err(OfficeError::SmallPool { eligible: lots.len(), wanted }.into());
    }
    let lots: Vec<(Lot, Outcome)> = lots.into_iter().enumerate().map(|(at, lot)| (lot, order.outcome(at))).collect();
    let drawn = drawn(&lots, &pool);
    list(&mut preview, &old, &drawn);
    write(&mut preview, order, &call, &old, &drawn)?;
    check(&mut preview, order, &old, &drawn);
    Ok(Drawing { preview, seed: order.seed.to_owned(), lots, excluded })
}

/// All applications that can be read; a file that cannot is told by the checks, and then nothing is written.
fn applications(source: &Folder) -> Vec<Application> {
    let names = source.names().unwrap_or_default().into_iter().filter(|name| name.starts_with("applications/") && name.ends_with(".toml"));
    let texts = names.filter_map(|name| String::from_utf8(source.read(&name).ok()?).ok());
    texts.filter_map(|text| toml::from_str(&text).ok()).collect()
}

/// One human being has one lot: who stands in the pool under two codes has none until the office says which is right.
fn twice(person: &Person, pool: &[Row<'_>]) -> Option<Message> {
    let is_same =
        |other: &&Person| other.code != person.code && same_name(&other.name, &person.name) && same_name(&other.employer, &person.employer);
    pool.iter().map(|(other, _)| other).find(is_same).map(|other| msg!("say-draw-twice", code = other.code))
}

/// Why a person of the pool has no lot: a place on the roster already, or an employer that applied (政府采购法实施条例 §9).
fn excluded(person: &Person, old: &Roster, applications: &[Application]) -> Option<Message> {
    let is_same =
        |known: &&Person| known.code == person.code || same_name(&known.name, &person.name) && same_name(&known.employer, &person.employer);
    if let Some(known) = old.people.iter().filter(|known| stays(known)).find(is_same) {
        return Some(msg!("say-draw-appointed", code = known.code));
    }
    let found = applications.iter().find_map(|application| Some((&application.id, suggest(person, application).into_iter().next()?)));
    found.map(|(id, suggestion)| msg!("say-draw-conflict", application = id).with_message("why", suggestion.why))
}

fn stays(person: &Person) -> bool {
    person.role != Role::Reviewer
}

/// Those who were drawn, in the order of the draw; the last ones stand in.
fn drawn<'a>(lots: &[(Lot, Outcome)], pool: &[Row<'a>]) -> Vec<Row<'a>> {
    let of = |(lot, outcome): &(Lot, Outcome)| {
        let (person, record) = pool.iter().find(|(person, _)| person.code == lot.code)?;
        let person = Person { role: Role::Reviewer, alternate: *outcome == Outcome::Alternate, replaces: None, ..person.clone() };
        Some((person, *record))
    };
    lots.iter().filter(|(_, outcome)| *outcome != Outcome::Left).filter_map(of).collect()
}

fn list(preview: &mut Preview, old: &Roster, drawn: &[Row<'_>]) {
    for (person, record) in drawn {
        let state = match old.person(&person.code) {
            None => State::New,
            Some(known) if known == person => State::Unchanged,
            Some(known) => State::Changed(difference::between(Some(known), person)),
        };
        let (id, name) = (record.id.clone(), text_at(&record.tree, &["name"]));
        preview.records.push(RecordView { id, name, assigned: false, place: record.place.clone(), state });
    }
    let is_drawn = |person: &Person| drawn.iter().any(|(one, _)| one.code == person.code);
    let leaving = old.people.iter().filter(|person| !stays(person) && !is_drawn(person));
    preview.leaving = leaving.map(|person| person.code.to_string()).collect();
}

/// Plans the roster and the line of the call that records the draw.
fn write(preview: &mut Preview, order: &DrawOrder<'_>, call: &Call, old: &Roster, drawn: &[Row<'_>]) -> Result<(), StepError> {
    let folder = order.table.into;
    let staying = old.people.iter().filter(|person| stays(person)).cloned();
    let people: Vec<Person> = staying.chain(drawn.iter().map(|(person, _)| person.clone())).collect();
    if people != old.people {
        let path = folder.join("roster.toml");
        let roster = Roster { schema: 1, revision: old.revision.saturating_add(1), people };
        let text = toml::to_string_pretty(&roster).map_err(|error| StepError::io(&path, std::io::Error::other(error)))?;
        let before = plan::present(&path)?;
        preview.planned.push(plan::Planned { name: "roster.toml".to_owned(), path, before, bytes: text.into_bytes() });
    }
    let mut pool = Vec::new();
    for file in &order.table.files {
        pool.extend(read(file)?);
    }
    let record = Draw { seed: order.seed.to_owned(), date: order.date, witness: order.witness.to_owned(), pool: Some(sha256_hex(&pool)) };
    let mut recorded = call.clone();
    recorded.panel.draw = Some(record.clone());
    if recorded != *call {
        let path = folder.join("call.toml");
        let before = plan::present(&path)?;
        let text = String::from_utf8_lossy(before.as_deref().unwrap_or_default()).into_owned();
        let bytes = record::in_panel(&text, "draw", &value(&record), &recorded)?.into_bytes();
        preview.planned.push(plan::Planned { name: "call.toml".to_owned(), path, before, bytes });
    }
    Ok(())
}

fn value(draw: &Draw) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    let pool = draw.pool.as_deref().map(|pool| format!(", pool = {}", quoted(pool))).unwrap_or_default();
    format!("{{ seed = {}, date = \"{}\", witness = {}{pool} }}", quoted(&draw.seed), draw.date, quoted(&draw.witness))
}

fn check(preview: &mut Preview, order: &DrawOrder<'_>, old: &Roster, drawn: &[Row<'_>]) {
    let first = old.people.iter().filter(|person| stays(person)).count();
    let of = |finding: &Finding| {
        let path = finding.path.strip_prefix("roster.toml#person[")?;
        let (index, rest) = path.split_once(']')?;
        let (_, record) = drawn.get(index.parse::<usize>().ok()?.checked_sub(first)?)?;
        Some(record.place_of(rest.trim_start_matches('.')).clone())
    };
    run_checks(preview, order.table.into, &of);
}
