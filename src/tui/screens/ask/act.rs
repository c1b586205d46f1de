//! From what was filled in to the act of the panel. The rules judge it afterwards; here only numbers and names are read.

use std::{path::PathBuf, str::FromStr};

use zeroize::Zeroizing;

use super::fields;
use crate::{
    domain::{
        consolidate::input::GoOn,
        correction::{Correction, CorrectionGround},
        decision::FlagRuling,
        deviation::FlagKey,
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Points,
        request::Line,
        sheet::Cell,
        table::act::{Act, GoingOn, Removal, Signature, TieRuling, TieVote},
        text::Message,
    },
    msg,
    tui::{
        effect::{Ask, Effect, Secret, Wish},
        table::TableView,
    },
};

/// What happened and what to do.
type Unreadable = (Message, Message);

/// The act of a form that is filled in like this.
pub(super) fn of(ask: &Ask, table: &TableView<'_>, written: &[String]) -> Result<Act, Unreadable> {
    let text = |at: usize| written.get(at).cloned().unwrap_or_default();
    let held = table.table();
    Ok(match ask {
        Ask::Uphold(id, flag) => ruling(table, (id, flag), FlagRuling::Uphold { reason: text(0) }),
        // A request is signed and written, and rules on its flags itself; see `wish`.
        Ask::ReScore(..) => return Err(unreadable()),
        Ask::VoidSheet(id, flag) => ruling(table, (id, flag), FlagRuling::Void { authority: text(0), reason: text(1) }),
        Ask::Veto(id, veto) => {
            let before = held.vetoes.get(&(id.clone(), veto.clone())).cloned();
            Act::Veto { application: id.clone(), veto: veto.clone(), before, after: Some(text(0)) }
        }
        Ask::PlainMean(id) => going_on(table, id, GoOn::PlainMean, text(0)),
        Ask::LeaveOut(id) => going_on(table, id, GoOn::LeaveOut, text(0)),
        Ask::Vote(id) => {
            let after = fields::ballot(written).ok_or_else(|| (msg!("ask-number"), msg!("ask-number-advice")))?;
            Act::Vote { application: id.clone(), before: held.votes.get(id).cloned(), after: Some(after) }
        }
        Ask::TieVote(id) => {
            let votes = text(0).parse().map_err(|_| (msg!("ask-number"), msg!("ask-number-advice")))?;
            let (teller, scrutineer) = (code(&text(1))?, code(&text(2))?);
            let after = Some(TieVote { votes, teller, scrutineer });
            Act::TieVote { application: id.clone(), before: held.tie_votes.get(id).cloned(), after }
        }
        Ask::TieRuling(item) => {
            let after = Some(TieRuling { order: listed(&text(0))?, reason: text(1) });
            Act::TieRuling { item: item.clone(), before: held.tie_rulings.get(item).cloned(), after }
        }
        Ask::Correct(id) => Act::Correct(correction(table, id, written)?),
        Ask::Void(reviewer) => remove(table, reviewer, Removal::Void { authority: text(0), reason: text(1) }),
        Ask::Replace(reviewer) => {
            let items = listed(&text(1))?;
            remove(table, reviewer, Removal::Replaced { by: code(&text(0))?, items, reason: text(2) })
        }
        Ask::Dissent(person) => member(table, person, Signature::Dissent { text: text(0) }),
        Ask::Refuse(person) => member(table, person, Signature::RefusedDeemedAgreement { witness: text(0) }),
    })
}

/// What a reviewer is asked to look at again, where the form is one that asks it: the criterion that was flagged, or the whole sheet.
pub(super) fn wish(ask: &Ask, written: &[String]) -> Option<Effect> {
    let Ask::ReScore(application, FlagKey { reviewer: Some(reviewer), criterion }) = ask else { return None };
    let text = |at: usize| written.get(at).cloned().unwrap_or_default();
    let criteria = criterion.iter().cloned().collect();
    let line = Line { application: application.clone(), criteria, ground: CorrectionGround::Abnormal, text: text(0) };
    let wish = Wish { reviewer: reviewer.clone(), line };
    Some(Effect::Request(Box::new(wish), PathBuf::from(text(1)), Secret(Zeroizing::new(text(2)))))
}

fn unreadable() -> Unreadable {
    (msg!("ask-unreadable"), msg!("ask-unreadable-advice"))
}

/// Ids, however they are set apart.
fn listed<T: FromStr>(text: &str) -> Result<Vec<T>, Unreadable> {
    let parts = text.split([' ', ',', '，', '、', '>']).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|_| unreadable())).collect()
}

fn code(text: &str) -> Result<PersonCode, Unreadable> {
    text.parse().map_err(|_| unreadable())
}

fn ruling(table: &TableView<'_>, (application, flag): (&ApplicationId, &FlagKey), after: FlagRuling) -> Act {
    let before = table.table().rulings.get(&(application.clone(), flag.clone())).cloned();
    Act::Flag { application: application.clone(), flag: flag.clone(), before, after: Some(after) }
}

fn going_on(table: &TableView<'_>, id: &ApplicationId, how: GoOn, reason: String) -> Act {
    let before = table.table().going_on.get(id).cloned();
    Act::GoOn { application: id.clone(), before, after: Some(GoingOn { how, reason }) }
}

fn remove(table: &TableView<'_>, reviewer: &PersonCode, after: Removal) -> Act {
    let before = table.table().removed.get(reviewer).cloned();
    Act::Remove { reviewer: reviewer.clone(), before, after: Some(after) }
}

fn member(table: &TableView<'_>, person: &PersonCode, after: Signature) -> Act {
    let before = table.table().members.get(person).cloned();
    Act::Member { person: person.clone(), before, after: Some(after) }
}

/// The correction; what stands there now is looked up, so that nobody has to type it.
fn correction(table: &TableView<'_>, id: &ApplicationId, written: &[String]) -> Result<Correction, Unreadable> {
    let text = |at: usize| written.get(at).cloned().unwrap_or_default();
    let number = || (msg!("ask-number"), msg!("ask-number-advice"));
    let reviewer = code(&text(0))?;
    let criterion: CriterionId = text(1).parse().map_err(|_| unreadable())?;
    let ground = match text(2).as_str() {
        "objective" => CorrectionGround::Objective,
        "range" => CorrectionGround::Range,
        _ => CorrectionGround::Abnormal,
    };
    let after: Points = text(3).parse().map_err(|_| number())?;
    let earlier = table.table().corrections.iter().rev();
    let mut earlier =
        earlier.filter(|one| one.application == *id && one.reviewer == reviewer && one.criterion.as_ref() == Some(&criterion));
    let before = match (earlier.next(), table.given.get(&reviewer).map(|given| given.desk.sheet(id).cell(&criterion))) {
        (Some(last), _) => last.after,
        (None, Some(Cell::Scored { value })) => value,
        (None, _) => return Err((msg!("ask-no-score"), msg!("ask-no-score-advice"))),
    };
    let (by, minute) = (table.chair.clone(), text(4));
    Ok(Correction { ground, application: id.clone(), reviewer, criterion: Some(criterion), before, after, by, minute })
}
