//! Attacks on signatures and signers.

use pingyi::bundle::trust::{Trust, TrustedKey};

use super::{Doing, Handed, RECORD, changed};
use crate::support::bundle::*;

fn with_signature(name: &'static str, armor: impl FnOnce(&Members) -> Vec<u8>) -> Handed {
    changed(|members| {
        let armor = armor(members);
        members.insert(name.into(), armor);
    })
}

/// The good bundle under a roster on which R03's key is another one, ended or ran out.
fn under(change: impl FnOnce(&mut TrustedKey)) -> Handed {
    let mut people = people();
    change(&mut people[4].keys[0]);
    Handed { trust: Trust::from_people(people).unwrap(), ..good().into() }
}

pub(super) fn signatures() -> Vec<Doing> {
    const SCORES: &str = "pingyi.scores.v1";
    fn armor_with(change: fn(String) -> String) -> Handed {
        with_signature(SIGNATURE, |members| change(String::from_utf8(members[SIGNATURE].clone()).unwrap()).into_bytes())
    }
    vec![
        ("signature-removed", || changed(|members| drop(members.remove(SIGNATURE)))),
        ("signature-emptied", || with_signature(SIGNATURE, |_| vec![])),
        ("signature-huge", || with_signature(SIGNATURE, |members| [members[SIGNATURE].clone(), vec![b'\n'; 1_000_000]].concat())),
        ("signature-of-another-key", || with_signature(SIGNATURE, |members| sign(members, 66, SCORES))),
        ("signature-of-another-reviewer", || with_signature(SIGNATURE, |members| sign(members, 4, SCORES))),
        ("signature-of-another-bundle", || {
            with_signature(SIGNATURE, |members| {
                let mut other = members.clone();
                replace(&mut other, RECORD, "82.5", "92.5");
                relist(&mut other);
                sign(&other, 3, SCORES)
            })
        }),
        ("signature-for-another-kind", || with_signature(SIGNATURE, |members| sign(members, 3, "pingyi.result.v1"))),
        ("signature-for-git", || with_signature(SIGNATURE, |members| sign(members, 3, "git"))),
        ("text-after-armor", || armor_with(|armor| armor + "and more\n")),
        ("text-before-armor", || armor_with(|armor| format!("more\n{armor}"))),
        ("two-armors", || armor_with(|armor| armor.clone() + &armor)),
        ("armor-windows-line-ends", || armor_with(|armor| armor.replace('\n', "\r\n"))),
        ("signature-under-another-name", || {
            changed(|members| {
                let armor = members.remove(SIGNATURE).unwrap();
                members.insert("signatures/reviewer-r04.sig".into(), armor);
            })
        }),
        ("second-signer-not-asked", || with_signature("signatures/reviewer-r04.sig", |members| sign(members, 4, SCORES))),
        ("signer-not-on-roster", || with_signature("signatures/reviewer-r09.sig", |members| sign(members, 9, SCORES))),
        ("signer-in-another-role", || with_signature("signatures/chair-r03.sig", |members| sign(members, 3, SCORES))),
        ("signer-of-another-role", || with_signature("signatures/office-gz01.sig", |members| sign(members, 101, SCORES))),
        ("signature-in-unknown-role", || with_signature("signatures/king-r03.sig", |members| sign(members, 3, SCORES))),
        ("key-revoked", || under(|key| key.revoked = Some("2026-03-16T15:00:00+08:00".parse().unwrap()))),
        ("key-expired", || under(|key| key.valid_before = Some("2026-03-15T00:00:00+08:00".parse().unwrap()))),
        ("key-not-yet-valid", || under(|key| key.valid_after = Some("2026-03-17T00:00:00+08:00".parse().unwrap()))),
        ("key-replaced", || under(|entry| entry.public = key(77).public())),
    ]
}
