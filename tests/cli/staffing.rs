//! `package conflicts|assign`: what the names suggest, who reads what, and nothing written that was not shown to be sound.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::cli::Exit;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{path, pingyi, refused, refused_line, tree::Tree};
use crate::support::stage::copy;

/// The sample package: R05 works for the applicant of `sx-0006`, and nobody has decided about it.
struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &folder.path().join("package"));
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join("package").join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).unwrap()
    }

    fn edit(&self, name: &str, edit: impl FnOnce(String) -> String) {
        fs::write(self.file(name), edit(self.read(name))).unwrap();
    }

    fn folder(&self) -> String {
        path(&self.file("")).to_owned()
    }

    fn assign(&self, more: &[&str]) -> Value {
        let answer = pingyi(&[&["--json", "package", "assign", &self.folder()], more].concat());
        assert_eq!(answer.exit, Exit::Done, "{answer:?}");
        answer.json()
    }
}

#[test]
fn a_suggested_recusal_is_told_with_its_ground_in_both_languages_and_listing_changes_nothing() {
    let office = Office::new();
    let before = Tree::of(office.0.path());
    for (language, parts) in [
        (
            "zh-CN",
            ["sx-0006:R05  刘示例", "近三年内在该单位任职: 现任职单位“忻州示例锻造集团有限公司”即申报单位", "有 1 条回避提示尚未决定"],
        ),
        ("en", ["sx-0006:R05  刘示例", "Employed there within three years", "1 suggestions are undecided"]),
    ] {
        let out = pingyi(&["--lang", language, "package", "conflicts", &office.folder()]).done();
        parts.iter().for_each(|part| assert!(out.contains(part), "{part}: {out}"));
        assert!(!out.contains("sx-0001:R03"), "decided already: {out}");
    }
    before.is_still(office.0.path());
}

#[test]
fn a_picked_suggestion_becomes_a_recusal_of_the_office_behind_what_stands_in_the_file() {
    let office = Office::new();
    for (words, line_end) in [(&["--pick", "sx-0006:R05"][..], "\n"), (&["--all"], "\r\n")] {
        let office = Office::new();
        office.edit("recusals.toml", |text| text.trim_end().replace('\n', line_end));
        let before = office.read("recusals.toml");
        let answer = pingyi(&[&["--json", "package", "conflicts", &office.folder(), "--add"], words].concat()).json();
        assert_eq!(answer["added"], 1, "{answer}");
        let row = &answer["conflicts"][0];
        assert_eq!(
            (&row["application"], &row["person"], &row["added"], &row["reasons"][0]["ground"]),
            (&json!("sx-0006"), &json!("R05"), &json!(true), &json!("employment"))
        );
        let after = office.read("recusals.toml");
        let added = after.strip_prefix(&before).expect("what stood there stands there still");
        assert_eq!(added.matches('\n').count(), added.matches(line_end).count(), "{added:?}");
        let read: Value = serde_json::to_value(toml::from_str::<toml::Value>(added).unwrap()).unwrap();
        let entry = &read["recusal"][0];
        assert_eq!((&entry["origin"], &entry["decision"]), (&json!("office"), &json!("upheld")));
        assert_eq!(entry["text"], "现任职单位“忻州示例锻造集团有限公司”即申报单位。");
        let again = pingyi(&["--lang", "en", "package", "conflicts", &office.folder()]).done();
        assert!(again.contains("No suggestion is undecided."), "{again}");
        assert!(pingyi(&["package", "check", &office.folder()]).exit == Exit::Done);
    }
    refused_line(&["package", "conflicts", &office.folder(), "--add"], "--pick");
}

#[test]
fn a_pair_that_nothing_speaks_against_or_that_is_no_pair_is_refused() {
    let office = Office::new();
    for (pair, code) in [("sx-0006:R04", "err-not-suggested"), ("sx-0001:R03", "err-not-suggested"), ("sx-0006", "err-not-a-pair")] {
        let words = ["package", "conflicts", &office.folder(), "--add", "--pick", "sx-0006:R05", "--pick", pair];
        refused(office.0.path(), &words, Exit::Usage, code, &[]);
    }
}

#[test]
fn an_assignment_is_shown_first_then_written_with_its_seed_and_is_the_same_whatever_the_order_of_the_roster() {
    let office = Office::new();
    let before = Tree::of(office.0.path());
    let words = ["--per", "5", "--seed", "20260312-0417"];
    let shown = office.assign(&[&words[..], &["--dry-run"]].concat());
    before.is_still(office.0.path());
    let done = office.assign(&[&words[..], &["--yes"]].concat());
    assert_eq!((&shown["done"], &done["done"], &done["pairs"]), (&json!(false), &json!(true), &json!(115)));
    assert_eq!((&shown["loads"], &shown["changes"], &done["unscored"]), (&done["loads"], &done["changes"], &json!(["sx-0022"])));
    let loads: Vec<u64> = done["loads"].as_array().unwrap().iter().map(|row| row["after"].as_u64().unwrap()).collect();
    assert_eq!((loads.iter().min(), loads.iter().max(), loads.iter().sum()), (Some(&16), Some(&17), 115_u64));
    let written = office.read("assignments.csv");
    assert!(!written.contains("sx-0001,R03") && !written.contains("sx-0006,R05"), "recused and suggested: {written}");
    assert_eq!(written.lines().filter(|line| line.starts_with("sx-0006,")).count(), 5);
    assert!(office.read("call.toml").contains("[panel]\nassigned = { seed = \"20260312-0417\", per = 5 }\n"));
    assert!(office.read("call.toml").starts_with("# 榜单。"), "comments stay");
    assert_eq!(pingyi(&["package", "check", &office.folder()]).exit, Exit::Done);

    office.edit("roster.toml", |text| {
        let mut parts: Vec<&str> = text.split("[[person]]\n").collect();
        parts[1..].reverse();
        parts.join("\n[[person]]\n")
    });
    let again = office.assign(&[&words[..], &["--yes"]].concat());
    assert_eq!((&again["done"], &again["changes"]), (&json!(false), &json!([])), "nothing is left to write");
    office.assign(&["--per", "5", "--seed", "another", "--yes"]);
    assert_ne!(office.read("assignments.csv"), written, "another seed, another choice among equals");
    assert_eq!(office.read("call.toml").matches("assigned").count(), 1);
}

#[test]
fn too_few_readers_are_told_by_application_with_who_stays_out_why_and_nothing_is_written() {
    let office = Office::new();
    let words = ["package", "assign", &office.folder(), "--per", "7", "--yes"];
    let before = Tree::of(office.0.path());
    let english = pingyi(&[&["--lang", "en"], &words[..]].concat());
    assert_eq!(english.exit, Exit::No);
    for part in
        ["sx-0001: 7 readers are wanted, 6 may read it.\n    Recused: R03", "sx-0006: 7 readers", "Suggested for recusal, undecided: R05"]
    {
        assert!(english.out.contains(part), "{part}: {english:?}");
    }
    let document = pingyi(&[&["--json"], &words[..]].concat());
    let expected = json!({ "application": "sx-0006", "wanted": 7, "eligible": 6, "recused": [], "suggested": ["R05"] });
    assert_eq!((&document.json()["short"][1], document.exit), (&expected, Exit::No));
    before.is_still(office.0.path());
    let ignoring = pingyi(&[&["--json"], &words[..], &["--ignore-suggested"]].concat()).json();
    assert_eq!(ignoring["short"].as_array().unwrap().len(), 1, "{ignoring}");
}

#[test]
fn without_a_number_everybody_reads_who_may() {
    let office = Office::new();
    let done = office.assign(&["--yes"]);
    assert_eq!((&done["pairs"], &done["per"], &done["seed"]), (&json!(23 * 7 - 2), &Value::Null, &json!("sx-2026-01")));
}

#[test]
fn a_call_whose_panel_is_written_in_another_way_is_not_touched_and_the_line_to_write_is_told() {
    let office = Office::new();
    office.edit("call.toml", |text| text.replace("[panel]\n", "[ \"panel\" ]\n"));
    let words = ["package", "assign", &office.folder(), "--per", "5", "--yes"];
    refused(office.0.path(), &words, Exit::BadInput, "err-not-recorded", &["assigned = { seed = \"sx-2026-01\", per = 5 }"]);
}
