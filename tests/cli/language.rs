//! `--lang`, `--home`, `PINGYI_HOME` and the system's own language.

use std::fs;

use pingyi::cli::Exit;

use super::{
    desk::{Desk, Stand},
    path, pingyi,
    program::Program,
    refused_line,
    tree::Tree,
};

#[test]
fn a_language_is_known_by_the_usual_spellings_wherever_it_stands_and_no_other_is_taken() {
    for (tag, english) in
        [("en", true), ("en-GB", true), ("en_US.UTF-8", true), ("EN", true), ("zh", false), ("zh-CN", false), ("zh_CN.UTF-8", false)]
    {
        for words in [vec!["--lang", tag, "rubric", "check", "selection"], vec!["rubric", "check", "selection", "--lang", tag]] {
            assert_eq!(pingyi(&words).done() == "selection: sound.\n", english, "{words:?}");
        }
        let joined = format!("--lang={tag}");
        assert_eq!(pingyi(&[&joined, "rubric", "check", "selection"]).done() == "selection: sound.\n", english, "{joined}");
    }
    refused_line(&["--lang=fr", "check"], "\"fr\" does not fit --lang <TAG>; expected: zh-CN, en.");
    refused_line(&["--lang=", "check"], "--lang");
    let text = pingyi(&["--lang", "en", "rubric", "check", "/nowhere/--language"]);
    assert!(text.complaints.starts_with("Cannot read"), "a text that looks like the option does not change the language: {text:?}");
}

#[test]
fn without_the_option_the_language_is_the_systems() {
    let check = |locale: &str| {
        let program = Program::new(&["rubric", "check", "selection"]).env("LC_ALL", locale).env("LANG", locale);
        program.env("LC_MESSAGES", locale).run().done()
    };
    assert_eq!(check("en_US.UTF-8"), "selection: sound.\n");
    assert_eq!(check("zh_CN.UTF-8"), "selection：检查通过。\n");
    assert_eq!(check("C"), "selection：检查通过。\n", "the program is at home in Chinese");
    assert_eq!(check("fr_FR.UTF-8"), "selection：检查通过。\n");
}

#[test]
fn the_data_folder_is_the_options_then_the_variables_then_the_systems_own() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    let make = |words: &[&str]| Program::new(&[words, &["key", "new", "--name", "R09", "--no-passphrase"]].concat());
    let outside = |program: Program| program.env("HOME", place("person")).env("XDG_DATA_HOME", place("data")).within(folder.path());
    outside(make(&["--home", path(&place("option"))]).env("PINGYI_HOME", place("variable"))).run().done();
    assert_eq!(Tree::of(folder.path()).names(), ["option", "option/keys", "option/keys/r09.key", "option/keys/r09.pub"]);
    fs::remove_dir_all(place("option")).unwrap();
    outside(make(&[]).env("PINGYI_HOME", place("variable"))).run().done();
    assert!(place("variable/keys/r09.key").is_file() && Tree::of(folder.path()).names().len() == 4);
    fs::remove_dir_all(place("variable")).unwrap();
    for _unset_or_empty in [0, 1] {
        outside(make(&[]).env("PINGYI_HOME", "")).run();
        let names = Tree::of(folder.path());
        assert!(names.names().iter().all(|name| name.starts_with("data") || name.starts_with("person")), "{names:?}");
        assert!(names.names().iter().any(|name| name.ends_with("pingyi/keys/r09.key")), "{names:?}");
    }
}

#[test]
fn every_command_takes_the_common_options_before_and_after_its_name() {
    let desk = Desk::at(Stand::Done);
    let home = desk.home();
    let common = ["--home", path(&home), "--work", super::desk::WORK, "--lang", "en", "--json"];
    let to = path(&desk.path().join("stick")).to_owned();
    let commands: [&[&str]; 21] = [
        &["score", "status"],
        &["score", "list"],
        &["score", "list", "--plain"],
        &["score", "show", "sx-0001"],
        &["score", "history", "sx-0001", "A1"],
        &["score", "pledge"],
        &["score", "declare"],
        &["score", "submit"],
        &["score", "undo"],
        &["score", "redo"],
        &["export", "scores", "--to", &to],
        &["journal", "show"],
        &["journal", "verify"],
        &["check"],
        &["backup"],
        &["recover"],
        &["doctor"],
        &["keys"],
        &["key", "list"],
        &["rubric", "list"],
        &["schema"],
    ];
    for (at, words) in commands.into_iter().enumerate() {
        let all = if at % 2 == 0 { [&common[..], words].concat() } else { [words, &common[..]].concat() };
        let answer = pingyi(&all);
        assert_eq!(answer.exit, Exit::Done, "{all:?} {answer:?}");
        answer.json();
    }
}
