//! `doctor`, `keys`, `completions`, `man`.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand, WORK},
    golden::golden,
    path, pingyi,
    program::Program,
    tree::Tree,
};
use crate::tidy::root;

#[test]
fn the_doctor_looks_at_clock_disk_work_terminal_colour_and_language_and_leaves_nothing() {
    let desk = Desk::at(Stand::Opened);
    let before = Tree::of(desk.path());
    let document = desk.json(&["doctor"]);
    let ids: Vec<&str> = document["looks"].as_array().unwrap().iter().map(|look| look["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["clock", "disk", "work", "terminal", "colour", "locale"]);
    assert_eq!(document.as_object().unwrap().keys().collect::<Vec<_>>(), ["sound", "version", "looks"]);
    for look in document["looks"].as_array().unwrap() {
        assert_eq!(look.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "sound", "text"]);
    }
    let said = desk.does(&["doctor"]);
    assert!(said.starts_with(&format!("pingyi {} ", env!("CARGO_PKG_VERSION"))), "{said}");
    assert_eq!(said.lines().filter(|line| line.starts_with("[x] ")).count(), 6, "{said}");
    assert!(said.contains(&format!("workspace: {WORK}")), "{said}");
    before.is_still(desk.path());
}

#[test]
fn what_ails_the_machine_is_marked_and_the_answer_is_no() {
    let desk = Desk::at(Stand::Opened);
    let file = desk.file("file", "x");
    let nowhere = pingyi(&["--lang", "en", "--home", &file, "doctor"]);
    assert_eq!(nowhere.exit, Exit::No, "{nowhere:?}");
    assert!(nowhere.out.contains("[!] disk: "), "{nowhere:?}");
    let clock = desk.program(&["--lang", "en", "doctor"]).env("SOURCE_DATE_EPOCH", "tomorrow").run();
    assert_eq!(clock.exit, Exit::No, "{clock:?}");
    assert!(clock.out.contains("[!] clock: cannot be read"), "{clock:?}");
    let plain = desk.program(&["--lang", "en", "doctor"]).env("NO_COLOR", "1").env("TERM", "x\u{1b}[31m").run();
    assert!(plain.done().contains("switched off by NO_COLOR"));
}

#[test]
fn keys_are_those_of_the_settings_and_a_key_that_means_two_things_is_told() {
    let desk = Desk::at(Stand::Arrived);
    let usual = desk.does(&["keys"]);
    assert!(usual.lines().count() > 20, "{usual}");
    let document = desk.json(&["keys"]);
    assert_eq!(document["bindings"].as_array().unwrap().len(), usual.lines().count());
    assert_eq!(document["conflicts"].as_array().unwrap().len(), 0);
    golden("keys", &document["bindings"][0], desk.path());
    let (one, other) = (document["bindings"][0]["id"].as_str().unwrap(), document["bindings"][1]["id"].as_str().unwrap());
    fs::write(desk.home().join("settings.toml"), format!("[keys]\n{one} = [\"f7\"]\n{other} = [\"f7\"]\n")).unwrap();
    let answer = desk.run(&["--json", "keys"]);
    let clash = answer.json()["conflicts"][0].clone();
    assert_eq!((answer.exit, clash["key"].as_str()), (Exit::No, Some("f7")), "{answer:?}");
    let said = desk.run(&["keys"]);
    assert!(said.out.lines().last().unwrap().contains("f7"), "{said:?}");
    fs::write(desk.home().join("settings.toml"), "no toml at all [").unwrap();
    assert_eq!(desk.does(&["keys"]), usual, "settings that cannot be read are as none");
}

#[test]
fn completion_scripts_name_every_command_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let answer = Program::new(&["completions", shell, "--plain"]).run();
        assert_eq!(answer.exit, Exit::Usage, "it takes no such option: {answer:?}");
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let words = ["pingyi", "completions", shell].map(std::ffi::OsString::from);
        assert_eq!(pingyi::cli::run(words.to_vec(), &mut out, &mut complaints), Exit::Done);
        let script = String::from_utf8(out).unwrap();
        for command in ["score", "verify", "export", "package", "enrol", "recover"] {
            assert!(script.contains(command), "{shell}: {command}");
        }
        assert!(!script.contains("cli-arg-") && complaints.is_empty());
    }
    let wrong = pingyi(&["--lang", "en", "completions", "ksh"]);
    assert_eq!(wrong.exit, Exit::Usage);
    assert!(wrong.complaints.contains("bash, elvish, fish, powershell, zsh"), "{wrong:?}");
}

#[test]
fn the_manual_page_is_in_the_language_asked_for() {
    let english = pingyi(&["--lang", "en", "man"]).done();
    let chinese = pingyi(&["--lang", "zh-CN", "man"]).done();
    assert!(english.contains(".TH") && english.contains("Take a package in and begin"), "{english}");
    assert!(chinese.contains(".TH") && chinese != english);
    assert!(path(&root()).starts_with('/') || cfg!(windows));
}
