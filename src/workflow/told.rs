//! What a step of the office would do, told line by line: the same lines on a terminal and on the screens.

use std::collections::BTreeSet;

use crate::{
    domain::{
        assign::Shortage,
        conflict::Conflict,
        draw::Lot,
        finding::Severity,
        ids::{ApplicationId, PersonCode},
        telling,
        text::Message,
    },
    intake::{
        Problem,
        sheets::{Place, Remark},
    },
    msg,
    workflow::{
        gather::{Fate, Gathering, Unmatched},
        office::assign,
        tables::{
            Preview, RecordView, SheetView, Standing, State,
            draw::{Drawing, Outcome},
        },
    },
};

/// Longest text of a cell or field in a preview, in characters.
const LONGEST: usize = 40;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How much it matters, where something is wrong.
    pub severity: Option<Severity>,
    /// Whether it says more about the line above it.
    pub is_detail: bool,
    /// What it says.
    pub text: Message,
}

fn plain(text: Message) -> Told {
    Told { severity: None, is_detail: false, text }
}

fn detail(text: Message) -> Told {
    Told { severity: None, is_detail: true, text }
}

fn wrong(severity: Severity, place: &str, what: &Message, advice: &Message) -> [Told; 2] {
    let text = msg!("say-remark", place = place).with_message("level", severity.words()).with_message("what", what.clone());
    [Told { severity: Some(severity), is_detail: false, text }, Told { severity: Some(severity), is_detail: true, text: advice.clone() }]
}

/// What taking tables in, or making their changes, would do.
#[must_use]
pub fn preview(preview: &Preview) -> Vec<Told> {
    let mut told: Vec<Told> = preview.sheets.iter().flat_map(sheet).collect();
    told.extend(preview.unread.iter().map(|place| plain(msg!("say-sheet-unread", sheet = where_is(place)))));
    told.extend(preview.records.iter().flat_map(record));
    told.extend(preview.leaving.iter().map(|code| plain(msg!("say-leaves-roster", code = code))));
    told.extend(preview.remarks.iter().flat_map(remark));
    told.extend(standing(&preview.standing));
    let count = |wanted: fn(&State) -> bool| preview.records.iter().filter(|record| wanted(&record.state)).count();
    let (new, changed) = (count(|state| *state == State::New), count(|state| matches!(state, State::Changed(_))));
    told.push(plain(msg!("say-tables-sum", new = new, changed = changed, same = count(|state| *state == State::Unchanged))));
    told
}

/// The lots of a draw, in its order, and who has none; how anybody works them out again comes first.
#[must_use]
pub fn lots(drawing: &Drawing) -> Vec<Told> {
    let Some((first, _)) = drawing.lots.first() else { return Vec::new() };
    let mut told = vec![plain(msg!("say-draw-how")), detail(msg!("say-draw-by-hand", seed = drawing.seed, code = first.code))];
    let lot = |(lot, outcome): &(Lot, Outcome)| {
        plain(msg!("say-lot", digest = lot.digest, code = lot.code).with_message("outcome", outcome.words()))
    };
    told.extend(drawing.lots.iter().map(lot));
    told.extend(drawing.excluded.iter().map(|(code, why)| plain(msg!("say-no-lot", code = code).with_message("why", why.clone()))));
    told
}

fn remark(remark: &Remark) -> [Told; 2] {
    wrong(remark.severity, &where_is(&remark.place), &remark.what, &remark.advice)
}

/// What is wrong in a package folder.
pub fn problems(problems: &[Problem]) -> impl Iterator<Item = Told> {
    problems.iter().flat_map(|problem| {
        let place = format!("{}:{}:{}", problem.file, problem.line, problem.column);
        wrong(problem.severity, &place, &problem.what, &problem.advice)
    })
}

/// What a step would bring into the folder, and what is wrong there already.
fn standing(standing: &Standing) -> Vec<Told> {
    let mut told: Vec<Told> = problems(&standing.new).collect();
    if !standing.open.is_empty() {
        told.push(plain(msg!("say-still-open")));
        told.extend(problems(&standing.open));
    }
    told
}

fn sheet(sheet: &SheetView) -> Vec<Told> {
    let place = where_is(&sheet.place);
    let mut told = vec![plain(if sheet.list.is_empty() {
        msg!("say-sheet", sheet = place, rows = sheet.rows)
    } else {
        msg!("say-sheet-list", sheet = place, rows = sheet.rows, list = sheet.list)
    })];
    told.extend(sheet.columns.iter().map(|(letters, heading, field)| {
        let column = msg!("say-column", column = letters, heading = short(heading));
        detail(match field {
            Some(field) => column.with("field", field),
            None => column.with_message("field", msg!("say-column-unread")),
        })
    }));
    told.extend(sheet.skipped.iter().map(|(row, text)| detail(msg!("say-row-skipped", row = row, text = short(text)))));
    told
}

fn record(record: &RecordView) -> Vec<Told> {
    let (id, name, cell) = (&record.id, short(&record.name), record.place.cell());
    let line = if record.assigned {
        msg!("say-record-assigned", id = id, name = name, cell = cell)
    } else {
        msg!("say-record", id = id, name = name, cell = cell)
    };
    let (state, changes) = match &record.state {
        State::New => (msg!("state-new"), &[][..]),
        State::Unchanged => (msg!("state-unchanged"), &[][..]),
        State::Changed(changes) => (msg!("state-changed"), changes.as_slice()),
    };
    let change = changes
        .iter()
        .map(|change| detail(msg!("say-field-change", path = change.path, before = said(&change.before), after = said(&change.after))));
    std::iter::once(plain(line.with_message("state", state))).chain(change).collect()
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

/// What gathering attachments would do.
#[must_use]
pub fn gathering(gathering: &Gathering) -> Vec<Told> {
    let file = |name: &str, fate: &Fate| plain(msg!("say-file-fate", name = name).with_message("fate", fate_words(fate)));
    let mut told: Vec<Told> = gathering.files.iter().map(|found| file(&found.name, &found.fate)).collect();
    told.extend(standing(&gathering.standing));
    let unmatched = gathering.files.iter().filter(|found| matches!(found.fate, Fate::Unmatched(_) | Fate::Conflict { .. })).count();
    told.push(plain(msg!("say-gathered", copied = gathering.copied(), left = unmatched)));
    told
}

/// What becomes of a file.
#[must_use]
pub fn fate_words(fate: &Fate) -> Message {
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

/// Conflicts that nobody decided on yet.
#[must_use]
pub fn conflicts(conflicts: &[Conflict<'_>]) -> Vec<Told> {
    let of = |one: &Conflict<'_>| {
        let line = msg!("say-conflict", application = one.application.id, code = one.person.code, name = one.person.name);
        let why = one.suggestions.iter().map(|suggestion| {
            let ground = msg!("say-conflict-ground").with_message("ground", telling::ground(suggestion.ground));
            detail(ground.with_message("why", suggestion.why.clone()))
        });
        let line = plain(line.with_both("title", &one.application.title));
        std::iter::once(line).chain(why).collect::<Vec<_>>()
    };
    conflicts.iter().flat_map(of).collect()
}

/// Who would read what.
#[must_use]
pub fn readers(preview: &assign::Preview) -> Vec<Told> {
    let change = |(application, come, go): &(ApplicationId, Vec<PersonCode>, Vec<PersonCode>)| {
        let signs = [("+", come), ("−", go)].into_iter().filter(|(_, people)| !people.is_empty());
        let words = signs.map(|(sign, people)| format!("{sign} {}", codes(people))).collect::<Vec<_>>().join("  ");
        plain(msg!("say-readers", application = application, readers = words))
    };
    let mut told: Vec<Told> = preview.changes.iter().map(change).collect();
    told.extend(preview.unscored.iter().map(|application| plain(msg!("say-assign-unscored", application = application))));
    told.extend(preview.loads.iter().map(|(code, now, then)| plain(msg!("say-load", code = code, now = now, then = then))));
    let counts: BTreeSet<usize> = preview.loads.iter().map(|(_, _, then)| *then).collect();
    let (least, most) = (counts.first().copied().unwrap_or_default(), counts.last().copied().unwrap_or_default());
    told.push(plain(msg!("say-assign-sum", pairs = preview.pairs, least = least, most = most, strangers = preview.strangers)));
    told.push(plain(msg!("say-assign-seed", seed = preview.assigned.seed)));
    told
}

/// Which applications lack readers, and why the others may not read them.
#[must_use]
pub fn shortages(shortages: &[Shortage]) -> Vec<Told> {
    let of = |one: &Shortage| {
        let line = msg!("say-short", application = one.application, wanted = one.wanted, eligible = one.eligible);
        let recused = (!one.recused.is_empty()).then(|| detail(msg!("say-short-recused", codes = codes(&one.recused))));
        let suggested = (!one.suggested.is_empty()).then(|| detail(msg!("say-short-suggested", codes = codes(&one.suggested))));
        let first = Told { severity: Some(Severity::Error), ..plain(line) };
        std::iter::once(first).chain(recused).chain(suggested).collect::<Vec<_>>()
    };
    shortages.iter().flat_map(of).collect()
}

fn codes(codes: &[PersonCode]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
