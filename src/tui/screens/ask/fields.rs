//! Which fields each form has, what stands in them at first, and what is said above them.

use super::{Slot, Value};
use crate::{
    domain::{
        decision::{Ballot, FlagRuling},
        ids::PersonCode,
        rubric::CriterionKind,
        table::{
            act::{Removal, Signature},
            telling,
        },
        text::Message,
    },
    msg,
    tui::{
        effect::Ask,
        table::TableView,
        widgets::{editor::Editor, field::Field},
    },
};

/// The name of the form.
pub(super) fn title(ask: &Ask) -> Message {
    match ask {
        Ask::Uphold(id, _) => msg!("ask-uphold", application = id),
        Ask::ReScore(id, _) => msg!("ask-rescore", application = id),
        Ask::VoidSheet(id, _) => msg!("ask-void-sheet", application = id),
        Ask::Veto(id, _) => msg!("ask-veto", application = id),
        Ask::PlainMean(id) => msg!("ask-plain-mean", application = id),
        Ask::LeaveOut(id) => msg!("ask-leave-out", application = id),
        Ask::Vote(id) => msg!("ask-vote", application = id),
        Ask::TieVote(id) => msg!("ask-tie-vote", application = id),
        Ask::TieRuling(item) => msg!("ask-tie-ruling", item = item),
        Ask::Correct(id) => msg!("ask-correct", application = id),
        Ask::Void(code) => msg!("ask-void-member", code = code),
        Ask::Replace(code) => msg!("ask-replace", code = code),
        Ask::Dissent(code) => msg!("ask-dissent", code = code),
        Ask::Refuse(code) => msg!("ask-refuse", code = code),
    }
}

/// What is said above the fields; `written` is what stands in them now.
pub(super) fn note(ask: &Ask, table: &TableView<'_>, written: &[String]) -> Message {
    match ask {
        Ask::Uphold(_, key) | Ask::ReScore(_, key) | Ask::VoidSheet(_, key) => {
            let row = table.index.flags.iter().find(|row| ask_application(ask) == Some(&row.application) && row.key == *key);
            row.and_then(|row| row.found.as_ref()).map_or_else(|| telling::flag_words(key), |flag| flag.text())
        }
        Ask::Veto(_, veto) => {
            let text = table.package.rubric.vetoes.iter().find(|one| one.id == *veto).map(|one| one.text.clone()).unwrap_or_default();
            msg!("note-veto", id = veto).with_both("text", &text)
        }
        Ask::PlainMean(_) | Ask::LeaveOut(_) => msg!("note-few"),
        Ask::Vote(_) => tally(table, written),
        Ask::TieVote(_) => msg!("note-tie-vote"),
        Ask::TieRuling(_) => msg!("note-tie-ruling"),
        Ask::Correct(_) => msg!("note-correct"),
        Ask::Void(_) => msg!("note-void"),
        Ask::Replace(_) => msg!("note-replace"),
        Ask::Dissent(_) => msg!("note-dissent"),
        Ask::Refuse(_) => msg!("note-refuse"),
    }
}

const fn ask_application(ask: &Ask) -> Option<&crate::domain::ids::ApplicationId> {
    match ask {
        Ask::Uphold(id, _) | Ask::ReScore(id, _) | Ask::VoidSheet(id, _) => Some(id),
        _ => None,
    }
}

/// What the vote comes to with the numbers as they stand.
fn tally(table: &TableView<'_>, written: &[String]) -> Message {
    let (Some(rule), Some(ballot)) = (&table.package.rubric.vote, ballot(written)) else { return msg!("note-vote") };
    let tally = ballot.tally(rule, &table.package.call.panel.quorum);
    match (tally.quorate, tally.carried) {
        (false, _) => msg!("note-not-quorate"),
        (true, true) => msg!("note-carried", needed = tally.needed, base = tally.base),
        (true, false) => msg!("note-not-carried", needed = tally.needed, base = tally.base),
    }
}

/// The vote as it is written, where all numbers are there.
pub(super) fn ballot(written: &[String]) -> Option<Ballot> {
    let [entitled, present, approve, reject, abstain, invalid, teller, scrutineer] = written else { return None };
    let number = |text: &String| text.parse::<u32>().ok();
    Some(Ballot {
        entitled: number(entitled)?,
        present: number(present)?,
        approve: number(approve)?,
        reject: number(reject)?,
        abstain: number(abstain)?,
        invalid: number(invalid)?,
        teller: teller.parse().ok()?,
        scrutineer: scrutineer.parse().ok()?,
    })
}

fn text(label: Message, text: &str) -> Slot {
    Slot { label, value: Value::Text(Editor::new(text)) }
}

fn line(label: Message, text: impl ToString) -> Slot {
    Slot { label, value: Value::Line(Field::new(text.to_string())) }
}

fn choice(label: Message, options: Vec<(Message, String)>, chosen: Option<&str>) -> Slot {
    let at = chosen.and_then(|chosen| options.iter().position(|(_, id)| id == chosen)).unwrap_or_default();
    Slot { label, value: Value::Choice(options, at) }
}

/// Everybody on the roster, or who scores.
fn people(table: &TableView<'_>, scoring: bool) -> Vec<(Message, String)> {
    let roster = table.package.roster.people.iter().filter(|person| !scoring || person.role.scores());
    roster.map(|person| (msg!("option-person", words = table.name(&person.code)), person.code.to_string())).collect()
}

/// The fields of a form.
pub(super) fn slots(ask: &Ask, table: &TableView<'_>) -> Vec<Slot> {
    let reason = |before: &str| text(msg!("ask-reason"), before);
    let authority = |before: &str| line(msg!("ask-authority"), before);
    match ask {
        Ask::Uphold(id, key) | Ask::ReScore(id, key) | Ask::VoidSheet(id, key) => {
            let before = table.table().rulings.get(&(id.clone(), key.clone()));
            match (ask, before) {
                (Ask::Uphold(..), Some(FlagRuling::Uphold { reason: before })) => vec![reason(before)],
                (Ask::Uphold(..), _) => vec![reason("")],
                (Ask::ReScore(..), _) => {
                    let secret = Field { hidden: true, ..Field::default() };
                    let passphrase = Slot { label: msg!("ask-key"), value: Value::Secret(secret) };
                    vec![text(msg!("ask-request"), ""), line(msg!("ask-folder"), table.outbox), passphrase]
                }
                (_, Some(FlagRuling::Void { authority: who, reason: why })) => vec![authority(who), reason(why)],
                _ => vec![authority(""), reason("")],
            }
        }
        Ask::Veto(..) => vec![text(msg!("ask-finding"), "")],
        Ask::PlainMean(_) | Ask::LeaveOut(_) => vec![reason("")],
        Ask::Vote(id) => vote(table, table.table().votes.get(id)),
        Ask::TieVote(id) => {
            let before = table.table().tie_votes.get(id);
            let votes = before.map(|vote| vote.votes.to_string()).unwrap_or_default();
            let mut slots = vec![line(msg!("ask-tie-votes"), votes)];
            slots.extend(counters(table, before.map(|vote| (&vote.teller, &vote.scrutineer))));
            slots
        }
        Ask::TieRuling(item) => tie_ruling(table, item),
        Ask::Correct(_) => correction(table),
        Ask::Void(code) => match table.table().removed.get(code) {
            Some(Removal::Void { authority: who, reason: why }) => vec![authority(who), reason(why)],
            _ => vec![authority(""), reason("")],
        },
        Ask::Replace(_) => vec![choice(msg!("ask-by"), people(table, true), None), line(msg!("ask-items"), ""), reason("")],
        Ask::Dissent(code) => match table.table().members.get(code) {
            Some(Signature::Dissent { text: before }) => vec![text(msg!("ask-dissent-text"), before)],
            _ => vec![text(msg!("ask-dissent-text"), "")],
        },
        Ask::Refuse(_) => vec![line(msg!("ask-witness"), "")],
    }
}

fn counters(table: &TableView<'_>, before: Option<(&PersonCode, &PersonCode)>) -> [Slot; 2] {
    use crate::domain::panel::Role;
    let of = |role| table.package.roster.people.iter().find(|person| person.role == role).map(|person| person.code.to_string());
    let (teller, scrutineer) = match before {
        Some((teller, scrutineer)) => (Some(teller.to_string()), Some(scrutineer.to_string())),
        None => (of(Role::Teller), of(Role::Scrutineer)),
    };
    [
        choice(msg!("ask-teller"), people(table, false), teller.as_deref()),
        choice(msg!("ask-scrutineer"), people(table, false), scrutineer.as_deref()),
    ]
}

fn vote(table: &TableView<'_>, before: Option<&Ballot>) -> Vec<Slot> {
    let numbers = before.map(|one| [one.entitled, one.present, one.approve, one.reject, one.abstain, one.invalid]);
    let shown = |at: usize| numbers.and_then(|numbers| numbers.get(at).copied()).map(|number| number.to_string()).unwrap_or_default();
    let labels =
        [msg!("ask-entitled"), msg!("ask-present"), msg!("ask-approve"), msg!("ask-reject"), msg!("ask-abstain"), msg!("ask-invalid")];
    let mut slots: Vec<Slot> = labels.into_iter().enumerate().map(|(at, label)| line(label, shown(at))).collect();
    slots.extend(counters(table, before.map(|one| (&one.teller, &one.scrutineer))));
    slots
}

/// The tied applications of the item, to be put in order.
fn tie_ruling(table: &TableView<'_>, item: &crate::domain::ids::ItemId) -> Vec<Slot> {
    let before = table.table().tie_rulings.get(item);
    let tied = || {
        let rows = table.index.results.iter().filter(|one| one.id == *item).flat_map(|one| &one.ranking.rows);
        rows.filter(|row| row.tied).map(|row| row.id.to_string()).collect::<Vec<_>>().join(" ")
    };
    let order = before.map_or_else(tied, |ruling| ruling.order.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    vec![line(msg!("ask-order"), order), text(msg!("ask-reason"), before.map(|ruling| ruling.reason.as_str()).unwrap_or_default())]
}

fn correction(table: &TableView<'_>) -> Vec<Slot> {
    let asked = table.package.rubric.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Formula);
    let criteria = asked.map(|one| (msg!("option-criterion", id = one.id).with_both("title", &one.title), one.id.to_string())).collect();
    let given = table.index.members.iter().filter(|code| table.given.contains_key(*code));
    let members = given.map(|code| (msg!("option-person", words = table.name(code)), code.to_string())).collect();
    let grounds = vec![
        (msg!("ground-objective"), "objective".to_owned()),
        (msg!("ground-abnormal"), "abnormal".to_owned()),
        (msg!("ground-range"), "range".to_owned()),
    ];
    vec![
        choice(msg!("ask-reviewer"), members, None),
        choice(msg!("ask-criterion"), criteria, None),
        choice(msg!("ask-ground"), grounds, None),
        line(msg!("ask-after"), ""),
        text(msg!("ask-minute"), ""),
    ]
}
