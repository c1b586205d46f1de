//! Every attack of `tests/bundles/attacks.toml`, each on the good bundle. The list is for everybody; this file does what it says.

use std::collections::BTreeSet;

use pingyi::bundle::{
    bag,
    layer::{LayerId, Report},
    trust::Trust,
};
use serde::Deserialize;

use crate::support::bundle::*;

mod archives;
mod signatures;

#[derive(Deserialize)]
struct List {
    attack: Vec<Attack>,
}

#[derive(Deserialize)]
struct Attack {
    name: String,
    #[serde(rename = "does")]
    _does: String,
    layer: String,
    code: String,
    member: String,
}

/// What somebody hands in.
pub(super) struct Handed {
    file: String,
    bytes: Vec<u8>,
    trust: Trust,
}

impl From<Vec<u8>> for Handed {
    fn from(bytes: Vec<u8>) -> Self {
        Self { file: format!("{STEM}.zip"), bytes, trust: trust() }
    }
}

type Doing = (&'static str, fn() -> Handed);

fn list() -> Vec<Attack> {
    toml::from_str::<List>(include_str!("../../bundles/attacks.toml")).unwrap().attack
}

fn doings() -> Vec<Doing> {
    [content(), lists(), seals(), strangers(), statements(), signatures::signatures(), archives::containers()].concat()
}

#[test]
fn every_attack_on_the_list_is_refused_in_its_layer_by_name() {
    let doings = doings();
    let mut wrong = Vec::new();
    for attack in list() {
        let (_, act) = doings.iter().find(|(name, _)| *name == attack.name).unwrap_or_else(|| panic!("nothing does {}", attack.name));
        let handed = act();
        let inspection = inspect_as(&handed.file, &handed.bytes, Some(&handed.trust));
        let report = inspection.report.clone();
        assert!(inspection.into_verified().is_err(), "{} was accepted", attack.name);
        let said = said(&report);
        let expected = (attack.layer.clone(), attack.code.clone(), attack.member.clone());
        let first_layer = said.first().map(|(layer, ..)| layer.clone());
        if first_layer.as_ref() != Some(&attack.layer) || !said.contains(&expected) {
            wrong.push(format!("{}: expected {expected:?}, said {said:?}", attack.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_list_and_what_is_done_are_the_same_set() {
    let listed: Vec<String> = list().into_iter().map(|attack| attack.name).collect();
    let done: BTreeSet<String> = doings().iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(listed.len(), done.len());
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), done);
}

#[test]
fn a_later_layer_is_not_called_good_when_an_earlier_one_leaves_it_without_footing() {
    let mut members = unpack(&good());
    members.remove(bag::TAG_MANIFEST);
    let report = report(&pack(&members));
    for id in [LayerId::Integrity, LayerId::Signatures, LayerId::Authority] {
        assert_eq!(report.state(id).id(), "not-checked");
    }
    let mut members = unpack(&good());
    replace(&mut members, "data/scores/sx-0001.json", "82.5", "92.5");
    let report = self::report(&pack(&members));
    assert_eq!(report.state(LayerId::Integrity).id(), "fail");
    assert_eq!(report.state(LayerId::Signatures).id(), "pass", "the signature over the list is still good, and that is said");
}

fn report(bytes: &[u8]) -> Report {
    crate::support::bundle::report(bytes)
}

fn said(report: &Report) -> Vec<(String, String, String)> {
    report.errors().map(|(layer, finding)| (layer.id().to_owned(), finding.code.to_owned(), finding.member.clone())).collect()
}

/// Changes the members and packs them again, without any key.
fn changed(change: impl FnOnce(&mut Members)) -> Handed {
    let mut members = unpack(&good());
    change(&mut members);
    pack(&members).into()
}

const RECORD: &str = "data/scores/sx-0001.json";

fn content() -> Vec<Doing> {
    vec![
        ("altered-metadata", || changed(|members| replace(members, "data/bundle.json", "official", "rehearsal"))),
        ("removed-metadata", || changed(|members| drop(members.remove("data/bundle.json")))),
        ("altered-record", || changed(|members| replace(members, RECORD, "82.5", "92.5"))),
        ("removed-record", || changed(|members| drop(members.remove(RECORD)))),
        ("added-record", || changed(|members| drop(members.insert("data/scores/sx-0003.json".into(), b"{}".to_vec())))),
        ("renamed-record", || {
            changed(|members| {
                let record = members.remove(RECORD).unwrap();
                members.insert("data/scores/sx-0009.json".into(), record);
            })
        }),
        ("renamed-record-folder", || {
            changed(|members| {
                let record = members.remove(RECORD).unwrap();
                members.insert("data/sheets/sx-0001.json".into(), record);
            })
        }),
        ("exchanged-records", || {
            changed(|members| {
                let (one, other) = (members[RECORD].clone(), members["data/scores/sx-0002.json"].clone());
                members.insert(RECORD.into(), other);
                members.insert("data/scores/sx-0002.json".into(), one);
            })
        }),
        ("emptied-record", || changed(|members| drop(members.insert(RECORD.into(), vec![])))),
        ("altered-record-listed-again", || {
            changed(|members| {
                replace(members, RECORD, "82.5", "92.5");
                relist(members);
            })
        }),
        ("removed-record-listed-again", || {
            changed(|members| {
                members.remove(RECORD);
                relist(members);
            })
        }),
        ("added-record-listed-again", || {
            changed(|members| {
                members.insert("data/scores/sx-0003.json".into(), b"{}".to_vec());
                relist(members);
            })
        }),
        ("altered-journal", || changed(|members| replace(members, "data/journal.txt", "1 score", "1 other"))),
    ]
}

fn lists() -> Vec<Doing> {
    vec![
        ("tag-manifest-removed-and-info-edited", || {
            changed(|members| {
                members.remove(bag::TAG_MANIFEST);
                replace(members, bag::INFO, "2026-03-16", "2026-03-15");
            })
        }),
        ("payload-and-manifest-rewritten-without-tag-manifest", || {
            changed(|members| {
                replace(members, RECORD, "82.5", "92.5");
                relist(members);
                members.remove(bag::TAG_MANIFEST);
            })
        }),
        ("payload-and-manifest-rewritten", || {
            changed(|members| {
                let tags = members[bag::TAG_MANIFEST].clone();
                replace(members, RECORD, "82.5", "92.5");
                relist(members);
                members.insert(bag::TAG_MANIFEST.into(), tags);
            })
        }),
        ("info-edited", || changed(|members| replace(members, bag::INFO, "2026-03-16", "2026-03-15"))),
        ("comment-in-tag-manifest", || changed(|members| prepend(members, bag::TAG_MANIFEST, "# checked\n"))),
        ("comment-in-manifest", || changed(|members| prepend(members, bag::MANIFEST, "# checked\n"))),
        ("manifest-line-twice", || {
            changed(|members| {
                let first = String::from_utf8(members[bag::MANIFEST].clone()).unwrap().split_inclusive('\n').next().unwrap().to_owned();
                prepend(members, bag::MANIFEST, &first);
            })
        }),
        ("manifest-upper-case", || {
            changed(|members| {
                let text = String::from_utf8(members[bag::MANIFEST].clone()).unwrap();
                let (digest, rest) = text.split_at(64);
                members.insert(bag::MANIFEST.into(), format!("{}{rest}", digest.to_uppercase()).into_bytes());
            })
        }),
        ("manifest-windows-line-ends", || {
            changed(|members| {
                let text = String::from_utf8(members[bag::MANIFEST].clone()).unwrap().replace('\n', "\r\n");
                members.insert(bag::MANIFEST.into(), text.into_bytes());
            })
        }),
        ("manifest-escaped-name", || changed(|members| replace(members, bag::MANIFEST, "data/journal.txt", "data/journal%2etxt"))),
        ("manifest-parent-folder", || changed(|members| replace(members, bag::MANIFEST, "data/journal.txt", "data/../journal.txt"))),
        ("manifest-without-last-line-end", || {
            changed(|members| assert_eq!(members.get_mut(bag::TAG_MANIFEST).unwrap().pop(), Some(b'\n')))
        }),
    ]
}

fn seals() -> Vec<Doing> {
    vec![
        ("manifest-outside-payload", || {
            changed(|members| {
                let line = format!("{}  bagit.txt\n", pingyi::digest::sha256_hex(&members["bagit.txt"]));
                prepend(members, bag::MANIFEST, &line);
            })
        }),
        ("manifest-removed", || changed(|members| drop(members.remove(bag::MANIFEST)))),
        ("manifest-not-in-tag-manifest", || {
            changed(|members| {
                let text = String::from_utf8(members[bag::TAG_MANIFEST].clone()).unwrap();
                let kept: String = text.split_inclusive('\n').filter(|line| !line.contains(bag::MANIFEST)).collect();
                members.insert(bag::TAG_MANIFEST.into(), kept.into_bytes());
                members.insert(SIGNATURE.into(), sign(members, 3, "pingyi.scores.v1"));
            })
        }),
        ("tag-manifest-lists-unknown-file", || {
            changed(|members| {
                members.insert("notes.txt".into(), b"x".to_vec());
                let mut tags = bag::read_manifest(&members[bag::TAG_MANIFEST]).unwrap();
                tags.insert("notes.txt".into(), pingyi::digest::sha256_hex(b"x"));
                members.insert(bag::TAG_MANIFEST.into(), bag::manifest_bytes(&tags));
                members.insert(SIGNATURE.into(), sign(members, 3, "pingyi.scores.v1"));
            })
        }),
        ("declaration-removed", || changed(|members| drop(members.remove(bag::DECLARATION)))),
    ]
}

fn strangers() -> Vec<Doing> {
    vec![
        ("unlisted-file-in-bag", || changed(|members| drop(members.insert("extra-tag.txt".into(), b"x".to_vec())))),
        ("unlisted-file-in-folder", || changed(|members| drop(members.insert("notes/readme.txt".into(), b"x".to_vec())))),
        ("unlisted-file-beside-signatures", || changed(|members| drop(members.insert("signatures/readme.txt".into(), b"x".to_vec())))),
        ("unknown-manifest", || changed(|members| drop(members.insert("manifest-sm3.txt".into(), b"rubbish".to_vec())))),
        ("unknown-tag-manifest", || changed(|members| drop(members.insert("tagmanifest-md5.txt".into(), b"rubbish".to_vec())))),
        ("fetch-file", || changed(|members| drop(members.insert("fetch.txt".into(), b"http://example.org/x - data/x\n".to_vec())))),
    ]
}

fn prepend(members: &mut Members, name: &str, text: &str) {
    let mut bytes = text.as_bytes().to_vec();
    bytes.extend(&members[name]);
    members.insert(name.into(), bytes);
}

/// The right person signs a bundle that contradicts itself.
fn resealed(change: impl FnOnce(&mut Members)) -> Handed {
    changed(|members| {
        change(members);
        reseal(members);
    })
}

/// As [`resealed`], for a tag file that sealing would make right again.
fn resealed_with(name: &'static str, from: &'static str, to: &'static str) -> Handed {
    changed(|members| {
        replace(members, name, from, to);
        let tags: bag::Manifest = bag::read_manifest(&members[bag::TAG_MANIFEST])
            .unwrap()
            .into_keys()
            .map(|name| (name.clone(), pingyi::digest::sha256_hex(&members[&name])))
            .collect();
        members.insert(bag::TAG_MANIFEST.into(), bag::manifest_bytes(&tags));
        members.insert(SIGNATURE.into(), sign(members, 3, "pingyi.scores.v1"));
    })
}

fn statements() -> Vec<Doing> {
    const OTHER: &str = "scores-sx-2026-01-p1-r04-r2";
    vec![
        ("name-differs-from-inside", || {
            let bytes = pack_as(OTHER, &unpack(&good()));
            Handed { file: format!("{OTHER}.zip"), bytes, trust: trust() }
        }),
        ("revision-differs-from-inside", || {
            let name = "scores-sx-2026-01-p1-r03-r3";
            Handed { file: format!("{name}.zip"), bytes: pack_as(name, &unpack(&good())), trust: trust() }
        }),
        ("kind-differs-from-inside", || {
            let name = "result-sx-2026-01-p1-r2";
            Handed { file: format!("{name}.zip"), bytes: pack_as(name, &unpack(&good())), trust: trust() }
        }),
        ("file-name-of-another-bundle", || Handed { file: format!("{OTHER}.zip"), ..good().into() }),
        ("person-inside-is-not-the-signer", || {
            let mut members = unpack(&good());
            replace(&mut members, "data/bundle.json", "\"person\": \"R03\"", "\"person\": \"R04\"");
            replace(&mut members, "data/bundle.json", "\"code\": \"R03\"", "\"code\": \"R04\"");
            reseal(&mut members);
            Handed { file: format!("{OTHER}.zip"), bytes: pack_as(OTHER, &members), trust: trust() }
        }),
        ("newer-schema", || resealed(|members| replace(members, "data/bundle.json", "\"schema\": 1", "\"schema\": 2"))),
        ("unknown-field", || resealed(|members| replace(members, "data/bundle.json", "{\n", "{\n  \"note\": \"x\",\n"))),
        ("field-twice", || resealed(|members| replace(members, "data/bundle.json", "{\n", "{\n  \"revision\": 2,\n"))),
        ("other-blanks", || resealed(|members| replace(members, "data/bundle.json", "\"revision\": 2", "\"revision\":  2"))),
        ("exponent", || resealed(|members| replace(members, "data/bundle.json", "\"revision\": 2", "\"revision\": 2e0"))),
        ("impossible-revision", || resealed(|members| replace(members, "data/bundle.json", "\"revision\": 2", "\"revision\": 0"))),
        ("deep-json", || {
            resealed(|members| drop(members.insert("data/bundle.json".into(), [vec![b'['; 100_000], vec![b']'; 100_000]].concat())))
        }),
        ("somebody-else-required", || resealed(|members| replace(members, "data/bundle.json", "\"code\": \"R03\"", "\"code\": \"R04\""))),
        ("nobody-required", || {
            resealed(|members| {
                let text = String::from_utf8(members["data/bundle.json"].clone()).unwrap();
                let from = text.find("\"required_signers\"").unwrap();
                let to = from + text[from..].find(']').unwrap() + 1;
                let changed = format!("{}\"required_signers\": []{}", &text[..from], &text[to..]);
                members.insert("data/bundle.json".into(), changed.into_bytes());
            })
        }),
        ("other-bag-version", || resealed_with(bag::DECLARATION, "1.0", "0.97")),
        ("info-with-another-line", || resealed_with(bag::INFO, "Payload-Oxum", "Contact-Name: x\nPayload-Oxum")),
        ("info-with-wrong-size", || resealed_with(bag::INFO, "Payload-Oxum: ", "Payload-Oxum: 1")),
    ]
}
