//! `verify`: nine layers, and never "pass" where something was not checked that had to be.

use std::fs;

use pingyi::cli::Exit;
use serde_json::Value;

use super::{
    desk::{Desk, PACKAGE, SCORES, Stand, bundle, call},
    golden::golden,
    path, pingyi, refused,
    tree::Tree,
};

fn trust() -> String {
    path(&call().join("office.allowed_signers")).to_owned()
}

fn states(document: &Value) -> Vec<&str> {
    document["layers"].as_array().unwrap().iter().map(|layer| layer["state"].as_str().unwrap()).collect()
}

#[test]
fn what_is_no_bundle_fails_verification_at_the_first_layer_and_the_rest_is_not_checked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("scores-sx-2026-01-p1-r03-r1.zip");
    fs::write(&file, b"PK rubbish").unwrap();
    let answer = pingyi(&["--json", "verify", path(&file)]);
    assert_eq!(answer.exit, Exit::No);
    let document = answer.json();
    assert_eq!(document["verdict"], "fail");
    let states = states(&document);
    assert_eq!(states[0], "fail");
    assert!(states[1..].iter().all(|state| *state == "not-checked"), "{states:?}");
    golden("verify-rubbish", &document, dir.path());
}

#[test]
fn with_the_offices_key_every_layer_of_a_good_bundle_passes_and_the_shape_stays() {
    // Whether a package rightly replaces another is seen only beside that one.
    for (file, name, history) in [(PACKAGE, "verify-package", "not-checked"), (SCORES, "verify-scores", "pass")] {
        let file = bundle(file);
        let before = Tree::of(call());
        let answer = pingyi(&["--json", "verify", path(&file), "--trust", &trust()]);
        let document = answer.json();
        assert_eq!(answer.exit, Exit::Done, "{document}");
        let states = states(&document);
        assert!(states[..8].iter().all(|state| *state == "pass") && states[8] == history, "{document}");
        golden(name, &document, call());
        for (lang, end) in [("zh-CN", "结论：未发现问题"), ("en", "Verdict: nothing wrong was found")] {
            let said = pingyi(&["--lang", lang, "verify", path(&file), "--trust", &trust()]).done();
            assert_eq!(said.lines().take(9).filter(|line| line.chars().next().unwrap().is_ascii_digit()).count(), 9, "{said}");
            assert!(said.contains(end), "{said}");
        }
        before.is_still(call());
    }
}

#[test]
fn without_the_offices_key_authority_is_not_checked_and_the_verdict_is_no() {
    let answer = pingyi(&["--json", "verify", path(&bundle(SCORES))]);
    assert_eq!(answer.exit, Exit::No);
    let document = answer.json();
    assert_eq!((document["verdict"].as_str(), states(&document)[4]), (Some("fail"), "not-checked"));
}

#[test]
fn keys_can_be_judged_at_another_day_or_moment() {
    let file = bundle(PACKAGE);
    let at = |moment: &str| pingyi(&["--json", "verify", path(&file), "--trust", &trust(), "--at", moment]);
    for moment in ["2026-03-16", "2026-03-16T09:00:00+08:00", "2026-03-16T01:00:00Z"] {
        assert_eq!(at(moment).exit, Exit::Done, "{moment}");
    }
    let dir = tempfile::tempdir().unwrap();
    for moment in ["yesterday", "2026-3-16", "2026-02-30", "2026-03-16 09:00", "1773626400", ""] {
        let trust = trust();
        let words = ["verify", path(&file), "--trust", &trust, "--at", moment];
        refused(dir.path(), &words, Exit::Usage, "err-not-a-moment", &[moment, "2026-03-16T09:00:00+08:00"]);
    }
    let alone = pingyi(&["--lang", "en", "verify", path(&file), "--at", "2026-03-16"]);
    assert_eq!(alone.exit, Exit::Usage, "without a trust file there is no key to be judged: {alone:?}");
    assert!(alone.complaints.contains("--trust"), "{alone:?}");
}

#[test]
fn one_altered_byte_and_another_name_are_found_and_named() {
    let desk = Desk::at(Stand::Arrived);
    let bytes = fs::read(bundle(SCORES)).unwrap();
    let renamed = desk.file("scores-sx-2026-01-p1-r03-r1.zip", &bytes);
    let answer = pingyi(&["--json", "verify", &renamed, "--trust", &trust()]);
    assert_eq!(answer.exit, Exit::No, "{answer:?}");
    for place in [bytes.len() / 3, bytes.len() / 2, bytes.len() - 30] {
        let mut altered = bytes.clone();
        altered[place] ^= 0x10;
        let file = desk.file(SCORES, altered);
        let answer = pingyi(&["--lang", "en", "verify", &file, "--trust", &trust()]);
        assert_eq!(answer.exit, Exit::No, "byte {place}: {answer:?}");
        assert!(answer.out.contains("Verdict: refused.") && answer.out.contains("    ["), "{answer:?}");
    }
}

#[test]
fn what_cannot_be_read_is_bad_input() {
    let desk = Desk::at(Stand::Arrived);
    let none = path(&desk.path().join("none.zip")).to_owned();
    let folder = path(desk.path()).to_owned();
    let file = path(&bundle(SCORES)).to_owned();
    let bad = desk.file("bad", "R02 ssh-rsa AAAA\n");
    refused(desk.path(), &["verify", &none], Exit::BadInput, "err-stage-read", &["none.zip"]);
    refused(desk.path(), &["verify", &folder], Exit::BadInput, "err-stage-not-a-file", &[]);
    refused(desk.path(), &["verify", &file, "--trust", &none], Exit::BadInput, "err-cannot-read", &["none.zip"]);
    refused(desk.path(), &["verify", &file, "--trust", &bad], Exit::BadInput, "err-trust-line", &["Line 1"]);
}
