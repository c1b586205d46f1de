//! `open`, and which workspace a command means.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, PACKAGE, SCORES, Stand, WORK, bundle, call},
    golden::golden,
    path,
    tree::Tree,
};
use crate::support::stage::copy;

fn package() -> String {
    path(&bundle(PACKAGE)).to_owned()
}

fn trust() -> String {
    path(&call().join("office.allowed_signers")).to_owned()
}

#[test]
fn a_package_is_taken_in_once_and_opening_it_again_changes_nothing() {
    let desk = Desk::at(Stand::Arrived);
    let (package, trust) = (package(), trust());
    let words = ["open", &package, "--trust", &trust];
    golden("open-new", &desk.json(&words), desk.path());
    let before = Tree::of(desk.path());
    let again = desk.json(&words);
    assert_eq!(again["outcome"], "same");
    before.is_still(desk.path());
    let said = desk.does(&["open", &package, "--no-screen"]);
    assert!(
        said.starts_with(&format!("This package is in work already: {WORK}\nCompare the office's key with the meeting notice: ")),
        "{said}"
    );
    let said = desk.run_in("zh-CN", &["open", &package, "--trust", &trust, "--no-screen"]).done();
    assert_eq!(said.lines().count(), 1, "with a trust file there is nothing to compare by eye: {said}");
    before.is_still(desk.path());
}

#[test]
fn without_a_terminal_the_package_is_taken_in_and_no_screen_is_asked_for() {
    let desk = Desk::at(Stand::Arrived);
    let answer = desk.program(&["open", &package()]).run();
    assert!(answer.complaints.is_empty(), "{answer:?}");
    answer.done();
    desk.program(&["score", "status"]).run().done();
}

#[test]
fn a_later_revision_is_taken_over_and_an_earlier_one_is_not() {
    let desk = Desk::at(Stand::Arrived);
    let first = path(&bundle("package-sx-2026-01-p1-r1.zip")).to_owned();
    assert_eq!(desk.json(&["open", &first, "--as", "r02"])["outcome"], "new");
    desk.does(&["score", "pledge", "--accept"]);
    desk.does(&["score", "declare", "sx-0004"]);
    desk.does(&["score", "set", "sx-0004", "A1", "7.5"]);
    assert_eq!(desk.json(&["open", &package()])["outcome"], "revised");
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 7.5", "what was scored is untouched");
    desk.refuses(&["open", &first, "--no-screen", "--as", "R02"], Exit::No, "err-stale-package", &["revision 1", "revision 2"]);
}

#[test]
fn whose_work_it_is_must_be_clear() {
    let desk = Desk::at(Stand::Arrived);
    let package = package();
    for (person, exit, code) in
        [("S01", Exit::Usage, "err-not-a-reviewer"), ("R99", Exit::Usage, "err-not-a-reviewer"), ("R 2", Exit::Usage, "err-not-an-id")]
    {
        desk.refuses(&["open", &package, "--no-screen", "--as", person], exit, code, &[person]);
    }
    fs::remove_dir_all(desk.home().join("keys")).unwrap();
    desk.refuses(&["open", &package, "--no-screen"], Exit::Usage, "err-who-are-you", &["R01, R02, R03"]);
}

#[test]
fn what_is_no_package_that_stands_is_refused_and_leaves_the_data_folder_as_it_was() {
    let desk = Desk::at(Stand::Arrived);
    let mut bytes = fs::read(bundle(PACKAGE)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = desk.file(PACKAGE, bytes);
    let rubbish = desk.file("rubbish.zip", "PK");
    let empty = desk.file("empty.zip", "");
    let folder = path(desk.path()).to_owned();
    let scores = path(&bundle(SCORES)).to_owned();
    let none = format!("{folder}/none.zip");
    for (file, exit, code) in [
        (&altered, Exit::No, "err-not-verified"),
        (&rubbish, Exit::No, "err-not-verified"),
        (&empty, Exit::No, "err-not-verified"),
        (&folder, Exit::BadInput, "err-stage-not-a-file"),
        (&none, Exit::BadInput, "err-stage-read"),
    ] {
        let name = file.rsplit('/').next().unwrap();
        desk.refuses(&["open", file, "--no-screen"], exit, code, &[name]);
    }
    let before = Tree::of(desk.path());
    let answer = desk.run(&["open", &scores, "--no-screen"]);
    assert!(matches!(answer.exit, Exit::No | Exit::BadInput), "{answer:?}");
    before.is_still(desk.path());
}

#[test]
fn the_trust_file_must_be_one_and_must_name_the_office() {
    let desk = Desk::at(Stand::Arrived);
    let package = package();
    let bad = desk.file("bad.allowed_signers", "OF1 ssh-rsa AAAA\n");
    let none = path(&desk.path().join("none")).to_owned();
    desk.does(&["key", "new", "--name", "OF9", "--no-passphrase"]);
    let other = desk.json(&["key", "show", "--name", "OF9"])[0]["public"].as_str().unwrap().to_owned();
    let own = fs::read_to_string(trust()).unwrap();
    let listed = own.split("ssh-ed25519").next().unwrap();
    let key: Vec<&str> = other.split(' ').take(2).collect();
    let other = desk.file("other.allowed_signers", format!("{listed}{} office\n", key.join(" ")));
    let words = |trust| ["open", &package, "--no-screen", "--trust", trust];
    desk.refuses(&words(&bad), Exit::BadInput, "err-trust-line", &["Line 1"]);
    desk.refuses(&words(&none), Exit::BadInput, "err-cannot-read", &["none"]);
    desk.refuses(&words(&other), Exit::No, "err-not-verified", &[PACKAGE]);
}

#[test]
fn with_several_workspaces_the_name_decides_and_without_it_nothing_is_touched() {
    let desk = Desk::at(Stand::Begun);
    copy(&desk.home().join("work").join(WORK), &desk.home().join("work/other"));
    let commands: [&[&str]; 9] = [
        &["score", "status"],
        &["score", "list", "--plain"],
        &["score", "set", "sx-0004", "A1", "7"],
        &["score", "undo"],
        &["journal", "show"],
        &["journal", "verify"],
        &["check"],
        &["backup"],
        &["recover", "--yes"],
    ];
    for words in commands {
        desk.refuses(words, Exit::Usage, "err-several-workspaces", &[WORK, "other", "--work"]);
        let elsewhere = [&["--work", "sx-2026-01-p1-r09"], words].concat();
        desk.refuses(&elsewhere, Exit::Usage, "err-no-such-workspace", &["sx-2026-01-p1-r09", WORK]);
    }
    let other = Tree::of(&desk.home().join("work").join(WORK));
    desk.does(&["--work", "other", "score", "set", "sx-0004", "A1", "7"]);
    desk.does(&["score", "--work", "other", "status"]);
    other.is_still(&desk.home().join("work").join(WORK));
    desk.refuses(&["--work", "../work/other", "check"], Exit::Usage, "err-no-such-workspace", &["../work/other"]);
}

#[test]
fn without_a_workspace_every_command_says_what_comes_first() {
    let desk = Desk::at(Stand::Arrived);
    let out = path(&desk.path().join("out")).to_owned();
    let commands: [&[&str]; 16] = [
        &["score", "status"],
        &["score", "list"],
        &["score", "show", "sx-0001"],
        &["score", "history", "sx-0001", "A1"],
        &["score", "set", "sx-0001", "A1", "1"],
        &["score", "na", "sx-0001", "A1", "x"],
        &["score", "declare"],
        &["score", "submit"],
        &["score", "pledge"],
        &["score", "redo"],
        &["export", "scores", "--to", &out],
        &["journal", "show"],
        &["check"],
        &["backup", "--to", &out],
        &["restore", &out, "--yes"],
        &["recover"],
    ];
    for words in commands {
        desk.refuses(words, Exit::Usage, "err-no-workspace", &["No package was opened yet."]);
    }
}
