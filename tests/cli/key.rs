//! `key new|show|list|passwd|revoke`.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand},
    golden::golden,
    path,
    program::Program,
    refused,
    tree::Tree,
};

use crate::support::stage;

const GOOD: &str = "correct horse battery staple";
const OTHER: &str = "紫气东来照太行山";

#[test]
fn a_key_is_made_once_shown_and_listed() {
    let desk = Desk::at(Stand::Arrived);
    let made = desk.json(&["key", "new", "--name", "R09", "--no-passphrase"]);
    let public = fs::read_to_string(desk.home().join("keys/r09.pub")).unwrap();
    assert!(public.starts_with("ssh-ed25519 "));
    assert_eq!(made[0]["public"].as_str(), Some(public.trim_end()));
    assert_eq!(desk.json(&["key", "show", "--name", "r09"]), made, "the name of a key is the same in either case");
    let listed = desk.json(&["key", "list"]);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(listed[1], made[0]);
    golden("key-list", &listed, desk.path());
    desk.refuses(&["key", "new", "--name", "R09", "--no-passphrase"], Exit::BadInput, "err-key-exists", &["r09.key"]);
}

#[test]
fn a_key_is_shown_as_groups_to_read_aloud_as_fingerprint_and_as_openssh_line() {
    let desk = Desk::at(Stand::Arrived);
    let shown = desk.does(&["key", "show", "--name", "R02"]);
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("r02  ") && lines[0].split('-').count() == 6, "{shown}");
    assert!(lines[1].starts_with("    SHA256:") && lines[2].starts_with("    ssh-ed25519 "), "{shown}");
    assert_eq!(desk.does(&["key", "list"]), shown, "it is the only one");
    assert_eq!(desk.run_in("zh-CN", &["key", "show", "--name", "R02"]).done(), shown, "there is no sentence in it");
}

#[test]
fn without_keys_the_list_is_empty_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let at = |words: &[&str]| super::pingyi(&[&["--home", path(&home)], words].concat());
    assert_eq!(at(&["key", "list"]).done(), "");
    assert_eq!(at(&["--json", "key", "list"]).done(), "[]\n");
    assert!(!home.exists());
}

#[test]
fn what_is_no_name_or_no_key_is_named() {
    let desk = Desk::at(Stand::Arrived);
    for verb in ["show", "revoke", "passwd"] {
        desk.refuses(&["key", verb, "--name", "R05"], Exit::Usage, "err-no-key", &["r05"]);
        for name in ["../r02", "R 02", "", "Ｒ02", "r02.key"] {
            desk.refuses(&["key", verb, "--name", name], Exit::Usage, "err-not-an-id", &[name]);
        }
    }
    desk.refuses(&["key", "new", "--name", "a/b", "--no-passphrase"], Exit::Usage, "err-not-an-id", &["a/b"]);
}

#[test]
fn a_weak_passphrase_is_refused_and_no_key_is_made() {
    let desk = Desk::at(Stand::Arrived);
    for (text, code) in [
        ("12345", "err-passphrase-short"),
        ("", "err-passphrase-short"),
        ("\nsecond line is not read", "err-passphrase-short"),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", "err-passphrase-monotonous"),
        (" correct horse battery staple", "err-passphrase-untypable"),
    ] {
        let file = desk.file("passphrase", format!("{text}\n"));
        desk.refuses(&["key", "new", "--name", "R09", "--passphrase-file", &file], Exit::BadInput, code, &[]);
    }
    let missing = path(&desk.path().join("none")).to_owned();
    desk.refuses(&["key", "new", "--name", "R09", "--passphrase-file", &missing], Exit::BadInput, "err-cannot-read", &["none"]);
}

#[test]
fn a_passphrase_and_the_decision_for_none_do_not_go_together() {
    let desk = Desk::at(Stand::Arrived);
    let file = desk.file("passphrase", GOOD);
    let answer = desk.run(&["key", "new", "--name", "R09", "--no-passphrase", "--passphrase-file", &file]);
    assert_eq!(answer.exit, Exit::Usage, "{answer:?}");
    assert!(!desk.home().join("keys/r09.key").exists());
}

#[test]
fn a_passphrase_that_nobody_can_type_is_asked_for_in_vain_and_the_way_out_is_named() {
    let desk = Desk::at(Stand::Arrived);
    let before = Tree::of(desk.path());
    // A session of its own has no terminal to ask at.
    let tried = std::process::Command::new("setsid").args(["--wait", "true"]).output();
    if !tried.is_ok_and(|output| output.status.success()) {
        eprintln!("NOT RUN: setsid is missing, so a terminal cannot be taken away");
        return;
    }
    let output = std::process::Command::new("setsid")
        .args(["--wait", env!("CARGO_BIN_EXE_pingyi"), "--lang", "en", "--home", path(&desk.home()), "key", "new", "--name", "R09"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(Exit::Usage as i32), "{output:?}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("--passphrase-file"));
    before.is_still(desk.path());
}

#[test]
fn a_changed_passphrase_opens_the_same_key_and_the_old_one_no_more() {
    let desk = Desk::at(Stand::Arrived);
    let (old, new) = (desk.file("old", GOOD), desk.file("new", format!("{OTHER}\r\n")));
    let before = desk.json(&["key", "new", "--name", "R09", "--passphrase-file", &old]);
    let change = |old: &str, new: &str| {
        desk.run(&["--json", "key", "passwd", "--name", "R09", "--passphrase-file", old, "--new-passphrase-file", new])
    };
    golden("key-passwd", &change(&old, &new).json(), desk.path());
    assert_eq!(desk.json(&["key", "show", "--name", "R09"]), before);
    let secret = fs::read(desk.home().join("keys/r09.key")).unwrap();
    let answer = change(&old, &new);
    assert_eq!(answer.exit, Exit::BadInput);
    assert_eq!(answer.json()["error"]["code"], "err-key-wrong-passphrase");
    assert_eq!(fs::read(desk.home().join("keys/r09.key")).unwrap(), secret, "a wrong passphrase changes nothing");
}

#[test]
fn a_retired_key_is_found_by_no_command_and_stays_on_the_disk() {
    let desk = Desk::at(Stand::Arrived);
    let secret = fs::read(desk.home().join("keys/r02.key")).unwrap();
    let answer = desk.program(&["--json", "key", "revoke", "--name", "R02"]).run();
    golden("key-revoke", &answer.json(), desk.path());
    let names: Vec<String> = Tree::of(&desk.home().join("keys")).names().into_iter().map(str::to_owned).collect();
    assert_eq!(names, ["r02.key.retired-20260316020000", "r02.pub.retired-20260316020000"]);
    assert_eq!(fs::read(desk.home().join("keys").join(&names[0])).unwrap(), secret);
    desk.refuses(&["key", "show", "--name", "R02"], Exit::Usage, "err-no-key", &["r02"]);
    assert_eq!(desk.does(&["key", "list"]), "");
    desk.does(&["key", "new", "--name", "R02", "--no-passphrase"]);
    assert!(Program::at(&desk.home(), &["key", "revoke", "--name", "R02"]).run().done().contains("Tell the office"));
}

#[test]
fn a_damaged_key_file_is_bad_input_and_is_left_alone() {
    let desk = Desk::at(Stand::Arrived);
    fs::write(desk.home().join("keys/r02.pub"), "ssh-rsa AAAA\n").unwrap();
    for words in [&["key", "list"][..], &["key", "show", "--name", "R02"]] {
        let answer = desk.run(words);
        assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
        assert_eq!(answer.complaints.lines().count(), 2);
    }
}

#[test]
fn a_key_that_is_handed_out_is_the_file_by_which_others_verify() {
    let folder = tempfile::tempdir().unwrap();
    for (code, role) in [("OF1", "office"), ("P01", "province")] {
        let home = stage::home_of(code);
        let file = folder.path().join(format!("{role}.allowed_signers"));
        let words = ["--home", path(home.root()), "key", "show", "--name", code, "--role", role, "--to", path(&file)];
        let said = super::pingyi(&words).done();
        assert!(said.contains(&stage::key(code).public().groups()), "{said}");
        let expected = fs::read(stage::root().join(format!("{role}.allowed_signers"))).unwrap();
        assert_eq!(fs::read(&file).unwrap(), expected, "{role}");
        super::pingyi(&words).done();
        fs::write(&file, "somebody else's").unwrap();
        refused(home.root(), &words, Exit::BadInput, "err-target-exists", &[path(&file)]);
        assert_eq!(fs::read_to_string(&file).unwrap(), "somebody else's");
    }
}

#[test]
fn a_file_is_handed_out_under_a_bare_name_too() {
    let folder = tempfile::tempdir().unwrap();
    let home = stage::home_of("OF1");
    let words = ["--home", path(home.root()), "key", "show", "--name", "OF1", "--role", "office", "--to", "office.allowed_signers"];
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi")).current_dir(folder.path()).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("office.allowed_signers").is_file());
}
