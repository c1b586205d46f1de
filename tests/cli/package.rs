//! `package new|check|build`.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, PACKAGE, Stand, bundle, call, small_package},
    golden::golden,
    path, pingyi,
    program::Program,
    refused,
    tree::Tree,
};
use crate::support::stage::copy;

/// An office's machine: the clerk's key and the package folder with everybody's.
struct Office(Desk);

impl Office {
    fn new() -> Self {
        let desk = Desk::at(Stand::Arrived);
        copy(&call().join("homes/of1/keys"), &desk.home().join("keys"));
        copy(&call().join("package"), &desk.path().join("package"));
        Self(desk)
    }

    fn place(&self, name: &str) -> String {
        path(&self.0.path().join(name)).to_owned()
    }

    fn build(&self, more: &[&str]) -> Vec<String> {
        let words = ["package", "build", &self.place("package"), "--to", &self.place("out"), "--key", "OF1"];
        words.iter().chain(more).map(|word| (*word).to_owned()).collect()
    }
}

fn words(all: &[String]) -> Vec<&str> {
    all.iter().map(String::as_str).collect()
}

#[test]
fn a_new_package_folder_is_the_sample_with_a_session_that_begins_today_and_is_sound() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new");
    let answer = Program::new(&["--json", "package", "new", path(&folder)]).env("SOURCE_DATE_EPOCH", "1893456000").run();
    golden("package-new", &answer.json(), dir.path());
    let text = fs::read_to_string(folder.join("call.toml")).unwrap();
    assert!(text.contains("opens = \"2030-01-01T09:00:00+08:00\", closes = \"2030-01-03T18:00:00+08:00\""), "{text}");
    assert!(pingyi(&["--lang", "en", "package", "check", path(&folder)]).done().contains("The package is sound: 24 applications"));
    refused(dir.path(), &["package", "new", path(&folder)], Exit::BadInput, "err-target-exists", &["new"]);
    let file = folder.join("call.toml");
    refused(dir.path(), &["package", "new", path(&file)], Exit::BadInput, "err-file", &["call.toml"]);
}

#[test]
fn an_empty_folder_of_a_kind_lists_what_is_to_be_filled_in_and_an_unknown_kind_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("new");
    let new = |kind| ["package", "new", path(&folder), "--kind", kind].map(str::to_owned);
    refused(dir.path(), &words(&new("open-call")), Exit::Usage, "err-no-kind", &["open-call", "selection, accreditation"]);
    assert!(!folder.exists(), "nothing was written");
    let answer = Program::new(&[&["--json"], &words(&new("city-county"))[..]].concat()).env("SOURCE_DATE_EPOCH", "1893456000").run();
    golden("package-empty", &answer.json(), dir.path());
    for (lang, open) in [("zh-CN", "还没有填写：【待填】组织单位全称"), ("en", "Still to be filled in: [to fill in] Organising office")]
    {
        let checked = pingyi(&["--lang", lang, "package", "check", path(&folder)]);
        assert_eq!(checked.exit, Exit::BadInput, "{checked:?}");
        assert!(checked.out.contains(open) && checked.out.contains("call.toml:"), "{checked:?}");
    }
}

#[test]
fn a_sound_folder_is_shown_application_by_application_with_the_formal_check_in_both_languages() {
    let folder = call().join("package");
    for (lang, title, end) in [("zh-CN", "晋中农谷种业", "评审包可用：3个项目"), ("en", "Jinzhong", "The package is sound: 3 applications")]
    {
        let shown = pingyi(&["--lang", lang, "package", "check", path(&folder)]).done();
        assert!(shown.contains(title) && shown.contains(end), "{shown}");
        assert_eq!(shown.lines().filter(|line| line.starts_with("sx-00")).count(), 3, "{shown}");
    }
    golden("package-check-good", &pingyi(&["--json", "package", "check", path(&folder)]).json(), call());
}

#[test]
fn mistakes_of_a_folder_are_named_together_with_file_line_and_column_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("package");
    small_package(&folder);
    let replace = |file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        assert!(text.contains(from), "{file}");
        fs::write(folder.join(file), text.replacen(from, to, 1)).unwrap();
    };
    replace("call.toml", "tier   =", "teir   =");
    replace("recusals.toml", "person = \"R03\"", "person = \"R99\"");
    replace("assignments.csv", "sx-0004,R02", "sx-0004,R02\nsx-0004,R02");
    fs::write(folder.join("notes.docx"), "x").unwrap();
    let before = Tree::of(dir.path());
    let answer = pingyi(&["--lang", "en", "package", "check", path(&folder)]);
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
    assert!(answer.out.contains("call.toml:6:1: error: Unknown key \"teir\"."), "{}", answer.out);
    assert!(answer.complaints.contains("problems were found"));
    let document = pingyi(&["--json", "package", "check", path(&folder)]);
    assert_eq!(document.exit, Exit::BadInput);
    golden("package-check-bad", &document.json(), dir.path());
    before.is_still(dir.path());
}

#[test]
fn a_folder_that_is_not_there_or_empty_is_bad_input() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let answer = pingyi(&["--lang", "en", "package", "check", path(&empty)]);
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
    assert!(answer.out.contains("call.toml:1:1: error: The file call.toml is missing."), "{answer:?}");
    let (none, file) = (dir.path().join("none"), dir.path().join("file"));
    fs::write(&file, "x").unwrap();
    for folder in [&none, &file] {
        refused(dir.path(), &["package", "check", path(folder)], Exit::BadInput, "err-file", &[path(folder)]);
    }
}

#[test]
fn building_twice_at_one_moment_gives_the_same_bytes_and_leaves_the_first_file_alone() {
    let office = Office::new();
    let build = office.build(&[]);
    let first = office.0.program(&words(&build)).run();
    assert!(first.done().contains("Print the office's key in the meeting notice: "));
    let before = Tree::of(office.0.path());
    let second = office.0.program(&[&["--json"], &words(&build)[..]].concat()).run();
    golden("package-build", &second.json(), office.0.path());
    second.done();
    before.is_still(office.0.path());
    let later = office.0.program(&words(&build)).env("SOURCE_DATE_EPOCH", "1773626401").run();
    assert_eq!(later.exit, Exit::BadInput, "another claimed time is other content: {later:?}");
    before.is_still(office.0.path());
}

#[test]
fn a_package_that_replaces_another_has_the_next_revision() {
    let office = Office::new();
    let build = office.build(&["--supersedes", path(&bundle(PACKAGE))]);
    let built = office.0.program(&[&["--json"], &words(&build)[..]].concat()).run().json();
    assert!(built["file"].as_str().unwrap().ends_with("package-sx-2026-01-p1-r3.zip"), "{built}");
}

#[test]
fn what_keeps_a_package_from_being_built_is_said_and_the_output_folder_is_as_before() {
    let office = Office::new();
    let stranger = office.place("stranger.zip");
    fs::write(&stranger, "no bundle").unwrap();
    office.0.does(&["key", "new", "--name", "S01", "--no-passphrase"]);
    let (folder, out, none) = (office.place("package"), office.place("out"), office.place("none"));
    let built = |folder: &str, to: &str, key: &str, more: &[&str], exit, code: &str, says: &[&str]| {
        let words = [&["package", "build", folder, "--to", to, "--key", key], more].concat();
        office.0.refuses(&words, exit, code, says);
    };
    built(&folder, &out, "OF2", &[], Exit::Usage, "err-no-key", &["of2"]);
    built(&folder, &out, "S01", &[], Exit::Usage, "err-not-on-roster", &["S01", "office"]);
    built(&folder, &out, "x y", &[], Exit::Usage, "err-not-an-id", &["x y"]);
    built(&folder, &format!("{stranger}/below"), "OF1", &[], Exit::BadInput, "err-file", &["below"]);
    built(&none, &out, "OF1", &[], Exit::BadInput, "err-file", &["none"]);
    built(&folder, &none, "OF1", &["--supersedes", &stranger], Exit::No, "err-not-verified", &["stranger.zip"]);
    built(&folder, &out, "OF1", &["--supersedes", &none], Exit::BadInput, "err-stage-read", &["none"]);
    let scores = path(&bundle(super::desk::SCORES)).to_owned();
    let answer = office.0.run(&words(&office.build(&["--supersedes", &scores])));
    assert!(matches!(answer.exit, Exit::No | Exit::BadInput), "a score bundle is no package: {answer:?}");
    fs::remove_file(office.0.home().join("keys/of1.key")).unwrap();
    fs::remove_file(office.0.home().join("keys/of1.pub")).unwrap();
    office.0.does(&["key", "new", "--name", "OF1", "--no-passphrase"]);
    built(&folder, &out, "OF1", &[], Exit::No, "err-not-enrolled", &["OF1"]);
}
