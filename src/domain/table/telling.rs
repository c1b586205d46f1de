//! An act in words, for the journal.

use crate::{
    domain::{
        consolidate::input::GoOn,
        correction::Correction,
        decision::FlagRuling,
        deviation::FlagKey,
        ids::{ItemId, PersonCode},
        table::{
            act::{Act, Removal, Signature},
            paper::Paper,
        },
        text::Message,
    },
    msg,
};

/// What happened, in one sentence without who and when.
#[must_use]
pub fn act(act: &Act) -> Message {
    match act {
        Act::Accept(bundle) => msg!("did-accept", reviewer = bundle.reviewer, revision = bundle.revision),
        Act::Enter(entry) => {
            let (count, total) = (entry.sheets.len(), entry.control_total);
            msg!("did-enter", by = entry.by, reviewer = entry.reviewer, count = count, total = total)
        }
        Act::Paper(paper) => self::paper(paper),
        Act::Keep(bundle) => msg!("did-keep", reviewer = bundle.reviewer, revision = bundle.revision),
        Act::Remove { reviewer, after, .. } => match after {
            None => msg!("did-bring-back", reviewer = reviewer),
            Some(Removal::Void { authority, reason }) => msg!("did-void", reviewer = reviewer, authority = authority, reason = reason),
            Some(Removal::Replaced { by, reason, items }) => replaced(reviewer, by, reason, items),
        },
        Act::Flag { application, flag, after, .. } => ruling(application, flag, after.as_ref()),
        Act::Veto { application, veto, after, .. } => match after {
            None => msg!("did-unveto", application = application, veto = veto),
            Some(text) => msg!("did-veto", application = application, veto = veto, text = text),
        },
        Act::GoOn { application, after, .. } => match after {
            None => msg!("did-wait", application = application),
            Some(going_on) if going_on.how == GoOn::PlainMean => {
                msg!("did-plain-mean", application = application, reason = going_on.reason)
            }
            Some(going_on) => msg!("did-leave-out", application = application, reason = going_on.reason),
        },
        Act::Correct(one) => corrected(one),
        Act::TieVote { application, after, .. } => match after {
            None => msg!("did-untie-vote", application = application),
            Some(vote) => msg!("did-tie-vote", application = application, votes = vote.votes),
        },
        Act::TieRuling { item, after, .. } => match after {
            None => msg!("did-untie", item = item),
            Some(ruling) => {
                let order = ruling.order.iter().map(ToString::to_string).collect::<Vec<_>>().join(" > ");
                msg!("did-tie", item = item, order = order, reason = ruling.reason)
            }
        },
        Act::Vote { application, after, .. } => match after {
            None => msg!("did-unvote", application = application),
            Some(one) => msg!("did-vote", application = application, approve = one.approve, reject = one.reject, abstain = one.abstain),
        },
        Act::Opinion { application, .. } => msg!("did-opinion", application = application),
        Act::Member { person, after, .. } => member(person, after.as_ref()),
        Act::Consolidate => msg!("did-consolidate"),
        Act::Ask(asked) => msg!("did-ask", reviewer = asked.request.reviewer, file = asked.file),
        Act::Reopen { notice, reason } => msg!("did-reopen", notice = notice, reason = reason),
        Act::Seal(sealed) => msg!("did-seal", revision = sealed.revision, file = sealed.file),
    }
}

/// Sheets from paper that two people typed alike.
#[must_use]
pub fn paper(paper: &Paper) -> Message {
    let (reviewer, revision, count) = (&paper.reviewer, paper.revision, paper.sheets.len());
    let (first, second) = (&paper.first.by, &paper.second.by);
    msg!("did-paper", reviewer = reviewer, revision = revision, count = count, first = first, second = second)
}

fn corrected(one: &Correction) -> Message {
    let target = one.criterion.as_ref().map_or(msg!("correct-total"), |criterion| msg!("correct-criterion", criterion = criterion));
    let (application, reviewer, minute) = (&one.application, &one.reviewer, &one.minute);
    msg!("did-correct", application = application, reviewer = reviewer, before = one.before, after = one.after, minute = minute)
        .with_message("target", target)
}

fn replaced(reviewer: &PersonCode, by: &PersonCode, reason: &str, items: &[ItemId]) -> Message {
    if items.is_empty() {
        return msg!("did-replace", reviewer = reviewer, by = by, reason = reason);
    }
    let items = items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    msg!("did-replace-in", reviewer = reviewer, by = by, items = items, reason = reason)
}

fn ruling(application: &impl std::fmt::Display, flag: &FlagKey, after: Option<&FlagRuling>) -> Message {
    let on = flag_words(flag);
    let message = match after {
        None => msg!("did-unrule", application = application),
        Some(FlagRuling::Uphold { reason }) => msg!("did-uphold", application = application, reason = reason),
        Some(FlagRuling::ReScore { request }) => msg!("did-rescore", application = application, request = request),
        Some(FlagRuling::Void { authority, reason }) => {
            msg!("did-void-sheet", application = application, authority = authority, reason = reason)
        }
    };
    message.with_message("flag", on)
}

/// Which flag, in words.
#[must_use]
pub fn flag_words(flag: &FlagKey) -> Message {
    match (&flag.reviewer, &flag.criterion) {
        (Some(reviewer), Some(criterion)) => msg!("flag-of-criterion", reviewer = reviewer, criterion = criterion),
        (Some(reviewer), None) => msg!("flag-of-total", reviewer = reviewer),
        (None, Some(criterion)) => msg!("flag-of-fact", criterion = criterion),
        (None, None) => msg!("flag-of-nothing"),
    }
}

fn member(person: &impl std::fmt::Display, after: Option<&Signature>) -> Message {
    match after {
        None => msg!("did-unsign", person = person),
        Some(Signature::Signed) => msg!("did-sign", person = person),
        Some(Signature::Dissent { text }) => msg!("did-dissent", person = person, text = text),
        Some(Signature::RefusedDeemedAgreement { witness }) => msg!("did-refuse", person = person, witness = witness),
        Some(Signature::Absent) => msg!("did-miss", person = person),
    }
}
