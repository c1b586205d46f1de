//! What people are told: every error and finding has both texts, with the same places for values.

use std::{collections::BTreeMap, io, path::PathBuf};

use pingyi::{
    bundle::{
        key::KeyError,
        layer::{Findings, LAYERS, LayerId, Report, State},
        passphrase::WeakPassphrase,
        passport::BadPassport,
        sshsig::SignatureFault,
        stage::StageError,
        trust::TrustError,
        verified::MemberError,
        write::WriteError,
    },
    domain::{
        finding::Severity,
        text::{Bilingual, Explain, Message, Value},
    },
    msg,
};

use crate::support::bundle::*;

fn texts() -> BTreeMap<String, Bilingual> {
    let zh: BTreeMap<String, String> = toml::from_str(include_str!("../../src/i18n/zh-CN.toml")).unwrap();
    let en: BTreeMap<String, String> = toml::from_str(include_str!("../../src/i18n/en.toml")).unwrap();
    zh.into_iter().filter_map(|(id, zh)| en.get(&id).cloned().map(|en| (id, Bilingual { zh, en }))).collect()
}

/// The `{places}` of a text.
fn places(text: &str) -> Vec<&str> {
    let mut places: Vec<&str> = text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn assert_said(message: &Message) {
    let texts = texts();
    let text = texts.get(message.id).unwrap_or_else(|| panic!("no text for {}", message.id));
    let mut given: Vec<&str> = message.args.iter().map(|(name, _)| *name).collect();
    given.sort_unstable();
    assert_eq!(places(&text.zh), given, "{}", message.id);
    for (_, value) in &message.args {
        if let Value::Nested(inner) = value {
            assert_said(inner);
        }
    }
}

fn assert_explained(error: &dyn Explain) {
    assert!(error.what().id.starts_with("err-") || error.what().id.starts_with("note-"));
    assert!(error.advice().id.starts_with("rec-"));
    assert_said(&error.what());
    assert_said(&error.advice());
}

#[test]
fn every_error_says_what_happened_and_what_to_do() {
    let file = || PathBuf::from("x.zip");
    let cause = || io::Error::from(io::ErrorKind::StorageFull);
    let faults = [
        SignatureFault::Malformed,
        SignatureFault::NotCanonical,
        SignatureFault::OtherType,
        SignatureFault::OtherPurpose { found: "git".into() },
        SignatureFault::Forged,
    ];
    faults.iter().for_each(|fault| assert_explained(fault));
    [KeyError::Malformed, KeyError::OtherType, KeyError::NeedsPassphrase, KeyError::WrongPassphrase, KeyError::TooSlow]
        .iter()
        .for_each(|error| assert_explained(error));
    [WeakPassphrase::Short, WeakPassphrase::Monotonous, WeakPassphrase::Untypable].iter().for_each(|error| assert_explained(error));
    let twins = || TrustError::Twins { first: "R03".into(), second: "r03".into() };
    let key = TrustError::Key { code: "R03".into(), cause: KeyError::Malformed };
    [twins(), key, TrustError::Line { line: 2 }].iter().for_each(|error| assert_explained(error));
    [
        StageError::Read { file: file(), cause: cause() },
        StageError::NotAFile { file: file() },
        StageError::TooLarge { file: file(), most: 1 },
        StageError::Copy { file: file(), cause: cause() },
    ]
    .iter()
    .for_each(|error| assert_explained(error));
    let member = || "data/x".to_owned();
    [
        MemberError::Missing { member: member() },
        MemberError::TooLarge { member: member() },
        MemberError::Io { member: member(), cause: cause() },
    ]
    .iter()
    .for_each(|error| assert_explained(error));
    [
        WriteError::Passport(BadPassport::Value("revision")),
        WriteError::Name { name: "X".into() },
        WriteError::Member { member: member(), cause: cause() },
        WriteError::Sign(SignatureFault::OtherType),
        WriteError::Signers(twins()),
        WriteError::Io { file: file(), cause: cause() },
        WriteError::Exists { file: file() },
        WriteError::ReadBack { file: file(), report: Box::new(Report::new("x.zip")) },
    ]
    .iter()
    .for_each(|error| assert_explained(error));
}

#[test]
fn what_a_report_finds_is_explained_in_both_languages_and_names_the_member() {
    let mut members = unpack(&good());
    members.remove("data/journal.txt");
    members.insert("data/extra.txt".into(), vec![]);
    members.remove(SIGNATURE);
    let report = report(&pack(&members));
    let found: Vec<&str> = report.errors().map(|(_, finding)| finding.code).collect();
    assert_eq!(found, ["member-missing", "member-unlisted", "tag-file-content", "signature-missing"]);
    for (_, finding) in report.errors() {
        assert_explained(finding);
        assert!(finding.what.args.iter().any(|(_, value)| *value == Value::Plain(finding.member.clone())), "{finding:?}");
    }
}

#[test]
fn a_layer_passes_only_when_it_was_looked_at_in_full() {
    let error = || {
        let mut found = Findings::default();
        found.error("code", "", msg!("err-bundle-ends"), msg!("rec-bundle-stop"));
        found
    };
    let note = || {
        let mut found = Findings::default();
        found.note("code", "", msg!("note-bundle-repacked"), msg!("rec-bundle-repacked"));
        found
    };
    for (found, complete, state) in [
        (Findings::default(), true, State::Pass),
        (Findings::default(), false, State::NotChecked),
        (note(), true, State::Pass),
        (note(), false, State::NotChecked),
        (error(), true, State::Fail),
        (error(), false, State::Fail),
    ] {
        let mut report = Report::new("x.zip");
        assert_eq!(report.state(LayerId::History), State::NotChecked);
        report.enter(LayerId::History, found, complete);
        assert_eq!(report.state(LayerId::History), state);
    }
}

#[test]
fn a_later_layer_can_fail_a_bundle_but_cannot_save_it() {
    let mut report = Report::new("x.zip");
    assert!(!report.passes());
    for id in LAYERS.into_iter().filter(|id| *id > LayerId::Authority) {
        report.enter(id, Findings::default(), true);
    }
    assert!(!report.passes(), "nothing below was checked");
    for id in LAYERS.into_iter().filter(|id| *id <= LayerId::Authority) {
        assert!(!report.is_authentic());
        report.enter(id, Findings::default(), true);
    }
    assert!(report.is_authentic() && report.passes());
    let mut found = Findings::default();
    found.error("total", "data/results.json", msg!("err-bundle-altered", member = "data/results.json"), msg!("rec-bundle-stop"));
    report.enter(LayerId::Arithmetic, found, true);
    assert!(report.is_authentic() && !report.passes());
    assert!(report.errors().all(|(layer, finding)| layer == LayerId::Arithmetic && finding.severity == Severity::Error));
}
