//! Good bundles.

use std::{collections::BTreeSet, fs};

use pingyi::{
    bundle::{
        allowed, bag,
        kind::{KINDS, Kind},
        layer::{LAYERS, LayerId, State},
        verified::MemberError,
        write::{Signer, write},
    },
    digest::sha256_hex,
    domain::{
        finding::Severity,
        panel::Role,
        text::{Bilingual, Message},
    },
};
use zip::CompressionMethod;

use crate::support::bundle::*;

#[test]
fn a_bundle_that_was_written_is_verified_and_gives_its_bytes_back() {
    let bytes = good();
    let inspection = inspect_as(&format!("{STEM}.zip"), &bytes, Some(&trust()));
    let report = inspection.report.clone();
    assert!(report.passes(), "{report:#?}");
    assert_eq!(report.layers.iter().map(|layer| layer.findings.len()).sum::<usize>(), 0);
    let mut verified = inspection.into_verified().unwrap();
    assert_eq!(verified.read("data/scores/sx-0001.json").unwrap(), b"{\n  \"total\": \"82.5\"\n}\n");
    assert_eq!(verified.passport(), &draft().passport);
    assert_eq!(verified.name().stem(), STEM);
    assert_eq!(verified.signers()[0].code.as_str(), "R03");
    assert_eq!(verified.signers()[0].key, Some(key(3).public()));
    let tag_manifest = &unpack(&bytes)[bag::TAG_MANIFEST];
    assert_eq!(verified.digest(), sha256_hex(tag_manifest));
}

#[test]
fn a_member_streams_out_whole_and_one_that_is_not_listed_cannot_be_had() {
    let mut verified = inspect_as(&format!("{STEM}.zip"), &good(), Some(&trust())).into_verified().unwrap();
    let mut sink = Vec::new();
    verified.copy_to("data/journal.txt", &mut sink).unwrap();
    assert_eq!(sink, b"0 opening\n1 score\n");
    for absent in [SIGNATURE, bag::TAG_MANIFEST, "data/other", ""] {
        assert!(matches!(verified.read(absent), Err(MemberError::Missing { .. })), "{absent}");
    }
    let names: BTreeSet<String> = verified.members().map(|(name, _)| name.to_owned()).collect();
    let listed: BTreeSet<String> = unpack(&good()).into_keys().filter(|name| name != SIGNATURE && name != bag::TAG_MANIFEST).collect();
    assert_eq!(names, listed);
}

#[test]
fn the_same_content_gives_the_same_bytes_today_tomorrow_and_elsewhere() {
    let now = good_now();
    assert_eq!(now, good_now());
    assert!(now == good(), "the bytes of a bundle changed; what was written before must still open and compare equal");
    assert!(unpack(&now).into_keys().is_sorted());
}

#[test]
fn the_published_bundle_verifies_by_the_published_list_of_signers() {
    let list = include_str!("../bundles/good/allowed_signers");
    assert_eq!(list, allowed::plain(&trust()));
    let trust = allowed::read(list).unwrap();
    assert!(inspect_as(&format!("{STEM}.zip"), &good(), Some(&trust)).report.passes());
}

#[test]
fn every_kind_is_signed_by_its_own_people_and_verified() {
    type Signing = (Role, &'static str, u8);
    let cases: [(Kind, &[Signing]); 6] = [
        (Kind::Package, &[(Role::Office, "GZ01", 101)]),
        (Kind::Enrol, &[(Role::Reviewer, "R03", 3)]),
        (Kind::Scores, &[(Role::Reviewer, "R03", 3)]),
        (Kind::Rescore, &[(Role::Chair, "R01", 1)]),
        (Kind::Result, &[(Role::Chair, "R01", 1), (Role::Supervisor, "JD01", 102), (Role::Reviewer, "R04", 4)]),
        (Kind::Aggregate, &[(Role::Province, "SJ01", 103)]),
    ];
    assert_eq!(cases.map(|(kind, _)| kind), KINDS);
    for (kind, signers) in cases {
        let folder = tempfile::tempdir().unwrap();
        let required: Vec<(Role, &str)> = signers.iter().map(|(role, code, _)| (*role, *code)).collect();
        let draft = pingyi::bundle::draft::Draft::new(passport(kind, &required)).with("note.txt", "x");
        let keys: Vec<_> = signers.iter().map(|(_, _, number)| key(*number)).collect();
        let signing: Vec<Signer<'_>> =
            signers.iter().zip(&keys).map(|((role, code, _), key)| Signer { role: *role, code: code.parse().unwrap(), key }).collect();
        let written = write(&draft, &signing, folder.path()).unwrap();
        let name = written.path.file_name().unwrap().to_str().unwrap().to_owned();
        let inspection = inspect_as(&name, &fs::read(&written.path).unwrap(), Some(&trust()));
        assert!(inspection.report.passes(), "{:#?}", inspection.report);
        assert_eq!(inspection.into_verified().unwrap().digest(), written.digest);
    }
}

#[test]
fn without_anybody_to_trust_the_signatures_are_checked_but_nothing_can_be_read() {
    let inspection = inspect_as(&format!("{STEM}.zip"), &good(), None);
    assert_eq!(inspection.report.state(LayerId::Signatures), State::Pass);
    assert_eq!(inspection.report.state(LayerId::Authority), State::NotChecked);
    assert_eq!(inspection.report.signers[0].state, State::NotChecked);
    assert_eq!(inspection.report.signers[0].key, Some(key(3).public()));
    assert!(!inspection.report.passes());
    assert!(inspection.into_verified().is_err());
}

#[test]
fn a_bundle_packed_again_by_another_program_is_accepted_with_a_note() {
    let repacked = pack_with(STEM, &unpack(&good()), CompressionMethod::Deflated);
    let report = report(&repacked);
    assert!(report.passes(), "{report:#?}");
    assert_eq!(report.layers[0].findings[0].code, "container-repacked");
    assert_eq!(report.layers[0].findings[0].severity, Severity::Note);
}

#[test]
fn a_copy_that_the_system_renamed_is_accepted_with_a_note_and_a_misleading_name_is_not() {
    let renamed = inspect_as("评分包 (1).zip", &good(), Some(&trust())).report;
    assert!(renamed.passes());
    assert_eq!(renamed.layers[0].findings[0].code, "container-renamed");
    let misleading = inspect_as("scores-sx-2026-01-p1-r04-r2.zip", &good(), Some(&trust())).report;
    assert!(!misleading.passes());
    assert_eq!(misleading.layers[0].findings[0].code, "container-file-name");
}

#[test]
fn the_report_has_the_documented_shape() {
    let text = |message: &Message| Bilingual { zh: message.id.to_owned(), en: message.id.to_owned() };
    let mut members = unpack(&good());
    members.remove("data/journal.txt");
    let json = report(&pack(&members)).to_json(&text, &[Message::new("not-proved")]);
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["verdict", "file", "kind", "digest", "layers", "signers", "not_proved"]);
    assert_eq!(json["verdict"], "fail");
    assert_eq!(json["kind"], "scores");
    assert_eq!(json["layers"][1]["state"], "fail");
    assert_eq!(
        json["layers"][1]["findings"][0],
        serde_json::json!({ "code": "member-missing", "member": "data/journal.txt", "text": { "zh": "err-bundle-missing", "en": "err-bundle-missing" } })
    );
    assert_eq!(json["signers"][0]["state"], "pass");
    let numbers: Vec<u8> = LAYERS.map(LayerId::number).to_vec();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(json["layers"][5]["state"], "not-checked");
}
