//! Layers 4 and 5: whether the signatures fit, and whether the signers are who may sign.

use std::collections::BTreeMap;

use crate::{
    bundle::{
        inspect::Bag,
        key::PublicKey,
        kind::{Kind, role_id},
        layer::{Findings, LayerId, Report, State},
        name::{signature_member, signer_of},
        sshsig,
        trust::{SignedBy, Trust, Trusted, TrustedKey},
    },
    domain::{
        ids::PersonCode,
        panel::{Custody, Role},
        text::Explain,
        time::Moment,
    },
    msg,
};

/// Enters layers 4 and 5 and everybody who signed into `report`.
pub(super) fn judge(bag: &Bag, armors: &BTreeMap<String, Vec<u8>>, trust: Option<&Trust>, report: &mut Report) {
    let mut signatures = Findings::default();
    judge_missing(bag, armors, trust, &mut signatures);
    let mut authority = Findings::default();
    for (member, armor) in armors {
        let Some((role, stem)) = signer_of(member) else { continue };
        let Ok(code) = stem.parse::<PersonCode>() else { continue };
        let mut signer = SignedBy { code, role, key: None, custody: None, state: State::Fail };
        match sshsig::check(armor, bag.passport.kind.namespace(), &bag.signed) {
            Err(fault) => {
                let what = msg!("err-bundle-signature", member = member).with_message("cause", fault.what());
                signatures.error("signature-invalid", member, what, msg!("rec-bundle-stop"));
            }
            Ok(key) => {
                signer.key = Some(key);
                signer.state = trust.map_or(State::NotChecked, |trust| judge_signer(bag, member, &mut signer, trust, &mut authority));
            }
        }
        report.signers.push(signer);
    }
    // Who was not judged proves nothing: the signatures that matter must be among those that count.
    let counts = |roles: &[Role]| report.signers.iter().any(|signer| signer.state == State::Pass && roles.contains(&signer.role));
    let kind = bag.passport.kind;
    let complete = trust.is_some_and(|trust| trust.awaits_more || trust.required(kind).all(counts))
        && report.signers.iter().any(|signer| signer.state == State::Pass);
    report.enter(LayerId::Signatures, signatures, true);
    report.enter(LayerId::Authority, authority, complete);
}

/// A signature that belongs to the bundle and is not there is an error, never an "unsigned bundle" (reliability row 9). What
/// belongs to it is said by its kind and the roster, and beyond that by the bundle itself.
fn judge_missing(bag: &Bag, armors: &BTreeMap<String, Vec<u8>>, trust: Option<&Trust>, found: &mut Findings) {
    let passport = &bag.passport;
    let mut missing = |member: String| {
        if trust.is_some_and(|trust| trust.awaits_more) {
            found.note("signature-awaited", &member, msg!("note-bundle-signature-awaited", member = &member), msg!("rec-bundle-awaited"));
            return;
        }
        let what = msg!("err-bundle-signature-missing", member = &member);
        found.error("signature-missing", &member, what, msg!("rec-bundle-stop"));
    };
    for one in &passport.required_signers {
        let member = signature_member(one.role, &one.code);
        if !armors.contains_key(&member) {
            missing(member);
        }
    }
    let signed_as = |roles: &[Role]| armors.keys().filter_map(|member| signer_of(member)).any(|(role, _)| roles.contains(&role));
    let by_kind = match trust {
        Some(trust) => trust.required(passport.kind).collect::<Vec<_>>(),
        None => passport.kind.must_sign().iter().copied().take(1).collect(),
    };
    for roles in by_kind.into_iter().filter(|roles| !signed_as(roles)) {
        missing(roles.first().map(|role| format!("signatures/{}-*.sig", role_id(*role))).unwrap_or_default());
    }
}

/// Whether the signer of a fitting signature may sign this bundle. Takes over the roster's spelling of the code.
fn judge_signer(bag: &Bag, member: &str, signer: &mut SignedBy, trust: &Trust, found: &mut Findings) -> State {
    let kind = bag.passport.kind;
    let Some(person) = trust.person(&signer.code.file_stem()) else {
        return judge_stranger(member, signer, trust, found);
    };
    signer.code = person.code.clone();
    let mut here = Findings::default();
    if person.role != signer.role || !kind.may_sign(signer.role) {
        let what = msg!("err-bundle-signer-role", member = member, code = &signer.code, role = role_id(person.role));
        here.error("signer-role", member, what, msg!("rec-bundle-stop"));
    }
    let own = bag.passport.person.as_ref().map(PersonCode::file_stem);
    if kind.signs_for_itself() && own.as_deref() != Some(person.code.file_stem().as_str()) {
        let what = msg!("err-bundle-signer-not-own", member = member, code = &signer.code, person = own.unwrap_or_default());
        here.error("signer-not-own", member, what, msg!("rec-bundle-stop"));
    }
    judge_key(bag, member, signer, person, trust, &mut here);
    let state = if here.refuse() { State::Fail } else { State::Pass };
    found.extend(here);
    state
}

/// Somebody who is not on the list: an error on a roster, and simply not known where the list is known to be partial.
fn judge_stranger(member: &str, signer: &SignedBy, trust: &Trust, found: &mut Findings) -> State {
    if trust.partial {
        let what = msg!("note-bundle-signer-not-judged", member = member, code = &signer.code);
        found.note("signer-not-judged", member, what, msg!("rec-bundle-not-judged"));
        return State::NotChecked;
    }
    let what = msg!("err-bundle-signer-unknown", member = member, code = &signer.code);
    found.error("signer-unknown", member, what, msg!("rec-bundle-stop"));
    State::Fail
}

fn judge_key(bag: &Bag, member: &str, signer: &mut SignedBy, person: &Trusted, trust: &Trust, found: &mut Findings) {
    let known = person.keys.iter().find(|key| signer.key.as_ref() == Some(&key.public));
    let is_enrolment = bag.passport.kind == Kind::Enrol;
    match known {
        Some(key) => {
            signer.custody = Some(key.custody);
            judge_window(bag, member, key, &signer.code, trust, found);
            if key.custody == Custody::Office {
                let what = msg!("note-bundle-custody", member = member, code = &signer.code);
                found.note("signer-custody-office", member, what, msg!("rec-bundle-custody"));
            }
        }
        // An enrolment brings a new key; but never a second one beside a key in use (reliability row 10).
        None if is_enrolment && person.keys.iter().all(|key| key.revoked.is_some()) => {
            let groups = signer.key.as_ref().map(PublicKey::groups).unwrap_or_default();
            let what = msg!("note-bundle-new-key", member = member, code = &signer.code, groups = groups);
            found.note("signer-key-new", member, what, msg!("rec-bundle-new-key"));
        }
        None => {
            let what = msg!("err-bundle-signer-key", member = member, code = &signer.code);
            found.error("signer-key", member, what, msg!("rec-bundle-stop"));
        }
    }
}

/// Judges a key's time at the session's moment, or at the bundle's own claim where no session is known. A revoked key counts only
/// where both lie before its end.
fn judge_window(bag: &Bag, member: &str, key: &TrustedKey, code: &PersonCode, trust: &Trust, found: &mut Findings) {
    let claimed = &bag.passport.claimed_time;
    let at = trust.at.as_ref().unwrap_or(claimed);
    let is_before = |one: &Moment, other: &Moment| one.instant() < other.instant();
    let too_early = key.valid_after.as_ref().is_some_and(|from| is_before(at, from));
    let too_late = key.valid_before.as_ref().is_some_and(|to| is_before(to, at));
    if too_early || too_late {
        let what = msg!("err-bundle-signer-window", member = member, code = code, at = at);
        found.error("signer-window", member, what, msg!("rec-bundle-stop"));
    }
    if let Some(end) = &key.revoked {
        if is_before(at, end) && is_before(claimed, end) {
            let what = msg!("note-bundle-revoked-later", member = member, code = code, end = end);
            found.note("signer-revoked-later", member, what, msg!("rec-bundle-revoked-later"));
        } else {
            let what = msg!("err-bundle-signer-revoked", member = member, code = code, end = end);
            found.error("signer-revoked", member, what, msg!("rec-bundle-stop"));
        }
    }
    let has_times = key.revoked.is_some() || key.valid_after.is_some() || key.valid_before.is_some();
    if trust.at.is_none() && has_times {
        let what = msg!("note-bundle-claimed-time", member = member, at = claimed);
        found.note("signer-time-claimed", member, what, msg!("rec-bundle-claimed-time"));
    }
}
