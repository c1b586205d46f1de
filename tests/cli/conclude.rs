//! `export result`, `cosign`, `verify-diff`: the end of a panel's work on the command line.

use std::{fs, path::Path};

use pingyi::cli::Exit;
use serde_json::Value;

use super::{Answer, golden::golden, path, pingyi, refused};
use crate::support::{
    small_panel,
    stage::{copy, home_of, root},
};

/// A machine with a data folder, and an outbox beside it.
pub(super) struct Desk(pub(super) tempfile::TempDir);

impl Desk {
    /// The chair with everything settled.
    pub(super) fn ready() -> Self {
        let folder = tempfile::tempdir().unwrap();
        small_panel::lay_ready(&folder.path().join("home"));
        Self(folder)
    }

    /// Somebody with a key and nothing else.
    pub(super) fn of(code: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&home_of(code).keys(), &folder.path().join("home/keys"));
        Self(folder)
    }

    pub(super) fn at(&self, name: &str) -> String {
        path(&self.0.path().join(name)).to_owned()
    }

    pub(super) fn says(&self, words: &[&str]) -> Answer {
        pingyi(&[&["--lang", "en", "--home", &self.at("home")], words].concat())
    }

    pub(super) fn json(&self, words: &[&str]) -> Value {
        self.says(&[&["--json"], words].concat()).json()
    }
}

pub(super) fn office() -> String {
    path(&root().join("office.allowed_signers")).to_owned()
}

pub(super) const RESULT: &str = "out/result-sx-2026-01-p1-r1.zip";

#[test]
fn what_is_open_is_listed_in_the_order_of_settling_it_and_the_answer_is_no() {
    let folder = tempfile::tempdir().unwrap();
    small_panel::lay_seated(&folder.path().join("home"));
    let desk = Desk(folder);
    let answer = desk.says(&["export", "result", "--check"]);
    assert_eq!(answer.exit, Exit::No);
    let lines: Vec<&str> = answer.out.lines().collect();
    assert!(lines[0].contains("The score bundle of R01 is not here") && lines[0].contains("  1  "), "{lines:?}");
    assert!(lines.iter().any(|line| line.contains("consolidate --close --yes")), "every point says what to do: {lines:?}");
    assert!(lines.last().unwrap().ends_with("points are open."), "{lines:?}");
    let document = desk.json(&["export", "result", "--check"]);
    golden("export-result-check", &document, desk.0.path());
    let said = desk.says(&["export", "result", "--to", &desk.at("out")]);
    assert!(said.exit == Exit::No && said.complaints.contains("points are still open"), "{said:?}");
    assert!(!desk.0.path().join("out").exists());
}

#[test]
fn the_chair_signs_the_supervisor_co_signs_and_the_chair_takes_it_back() {
    let desk = Desk::ready();
    assert!(desk.says(&["export", "result", "--check"]).done().contains("Nothing is open"));
    let signed = desk.json(&["export", "result", "--to", &desk.at("out")]);
    golden("export-result", &signed, desk.0.path());
    let page = fs::read_to_string(signed["signature_page"].as_str().unwrap()).unwrap();
    assert!(page.contains(signed["digest"].as_str().unwrap()), "the page for ink names the bundle that it belongs to");
    let half = desk.says(&["verify", &desk.at(RESULT), "--trust", &office()]);
    assert!(half.exit == Exit::No && half.out.contains("signatures/supervisor-s01.sig"), "{half:?}");

    let supervisor = Desk::of("S01");
    let cosigned = supervisor.json(&["cosign", &desk.at(RESULT), "--as", "S01", "--trust", &office(), "--to", &supervisor.at("out")]);
    golden("cosign", &cosigned, supervisor.0.path());
    let back = desk.json(&["import", &supervisor.at(RESULT)]);
    golden("import-cosigned", &back, supervisor.0.path());
    let again = desk.says(&["export", "result", "--to", &desk.at("out")]).done();
    assert!(again.contains("All signatures that belong to it are there"), "{again}");
    let whole = desk.says(&["verify", &desk.at(RESULT), "--trust", &office()]).done();
    assert_eq!(whole.matches(": PASS").count(), 9, "{whole}");
    assert!(desk.says(&["import", &supervisor.at(RESULT)]).done().contains("No new signature"), "the same stick again changes nothing");
}

#[test]
fn a_signature_in_the_wrong_hands_changes_nothing() {
    let desk = Desk::of("R06");
    let file = desk.0.path().join(small_panel::result().file_name().unwrap());
    fs::copy(small_panel::result(), &file).unwrap();
    desk.says(&["key", "list"]);
    let home = desk.at("home");
    for (code, word) in [("S01", "err-no-key"), ("T01", "err-no-key")] {
        refused(desk.0.path(), &["--home", &home, "cosign", path(&file), "--as", code], Exit::Usage, word, &[&code.to_lowercase()]);
    }
    let package = desk.0.path().join(small_panel::package().file_name().unwrap());
    fs::copy(small_panel::package(), &package).unwrap();
    let answer = desk.says(&["cosign", path(&package), "--as", "R06"]);
    assert!(answer.exit != Exit::Done, "a package is no result: {answer:?}");
}

#[test]
fn two_results_are_compared_and_what_vanished_is_named() {
    let desk = Desk::of("R06");
    let same = path(small_panel::result()).to_owned();
    let document = desk.json(&["verify-diff", &same, &same, "--trust", &office()]);
    golden("verify-diff", &document, desk.0.path());
    let other = path(&root().join("bundles/result-sx-2026-01-p1-r1.zip")).to_owned();
    let answer = desk.says(&["verify-diff", &same, &other, "--trust", &office()]);
    assert_eq!(answer.exit, Exit::No);
    assert!(answer.out.contains("does not go on") && answer.out.contains("missing or changed"), "{answer:?}");
    assert!(answer.out.contains("sx-0005"), "figures that changed are told: {answer:?}");
    let gone = desk.says(&["verify-diff", &same, path(Path::new("nowhere.zip"))]);
    assert!(gone.exit == Exit::BadInput, "{gone:?}");
}
