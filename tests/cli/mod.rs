//! The command line: exit codes, both languages, one JSON shape, and nothing half done.

mod find;

use std::{ffi::OsString, fs, path::Path};

use pingyi::cli::{Exit, run};

use crate::tidy::root;

/// What a command printed, and how it ended.
struct Answer {
    exit: Exit,
    out: String,
    complaints: String,
}

fn pingyi(words: &[&str]) -> Answer {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let words: Vec<OsString> = std::iter::once("pingyi").chain(words.iter().copied()).map(OsString::from).collect();
    let exit = run(words, &mut out, &mut complaints);
    Answer { exit, out: String::from_utf8(out).unwrap(), complaints: String::from_utf8(complaints).unwrap() }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn selection() -> String {
    root().join("rubrics/selection.toml").to_str().unwrap().to_owned()
}

#[test]
fn a_sound_rubric_is_said_to_be_sound_in_both_languages() {
    assert!(pingyi(&["--lang", "zh-CN", "rubric", "check", &selection()]).out.ends_with("检查通过。\n"));
    let answer = pingyi(&["--lang", "en", "rubric", "check", &selection()]);
    assert!(answer.out.ends_with("sound.\n"));
    assert_eq!(answer.exit, Exit::Done);
}

#[test]
fn a_wrong_rubric_ends_with_the_code_for_bad_input_and_names_file_line_and_column() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    fs::write(&file, "schema = 1\nidd = \"x\"\n").unwrap();
    let answer = pingyi(&["--lang", "en", "rubric", "check", path(&file)]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(answer.out.contains(&format!("{}:2:1: error: Unknown key \"idd\".", file.display())), "{}", answer.out);
}

#[test]
fn json_gives_line_column_code_and_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    fs::write(&file, "idd = 1\n").unwrap();
    let answer = pingyi(&["--json", "rubric", "check", path(&file)]);
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["sound"], false);
    let first = document["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "err-unknown-key").unwrap();
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(1), Some(1)));
    assert!(first["text"]["zh"].as_str().unwrap().contains("未知") && first["text"]["en"].as_str().unwrap().contains("Unknown"));
}

#[test]
fn a_file_that_is_not_there_is_bad_input_with_advice() {
    let answer = pingyi(&["--lang", "en", "rubric", "check", "/nowhere/r.toml"]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert_eq!(answer.complaints.lines().count(), 2, "what happened, and what to do: {}", answer.complaints);
}

#[test]
fn hostile_text_in_a_file_reaches_the_terminal_written_out() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    fs::write(&file, "\"a\\u001b[31m\\u202eb\" = 1\n").unwrap();
    let answer = pingyi(&["--lang", "en", "rubric", "check", path(&file)]);
    assert!(answer.out.contains("<U+001B>[31m<U+202E>b"), "{}", answer.out);
    assert!(!answer.out.contains('\u{1b}') && !answer.out.contains('\u{202e}'));
}

#[test]
fn a_wrong_command_line_ends_with_the_code_for_usage() {
    assert_eq!(pingyi(&["no-such-command"]).exit, Exit::Usage);
    assert_eq!(pingyi(&["schema", "no-such-schema"]).exit, Exit::Usage);
}

#[test]
fn help_is_in_the_language_asked_for_and_shows_no_text_id() {
    for words in [vec![], vec!["key"], vec!["key", "new"], vec!["verify"], vec!["rubric", "check"], vec!["schema"]] {
        for lang in ["zh-CN", "en"] {
            let all: Vec<&str> = ["--lang", lang].into_iter().chain(words.iter().copied()).chain(["--help"]).collect();
            let answer = pingyi(&all);
            assert_eq!(answer.exit, Exit::Done);
            assert!(!answer.out.contains("cli-"), "{}", answer.out);
            assert_eq!(answer.out.contains("用法"), lang == "zh-CN", "{}", answer.out);
        }
    }
}

#[test]
fn completions_and_manual_page_are_printed() {
    assert!(pingyi(&["completions", "bash"]).out.contains("_pingyi"));
    assert!(pingyi(&["man"]).out.contains(".TH"));
}

#[test]
fn a_key_is_made_once_shown_and_listed() {
    let home = tempfile::tempdir().unwrap();
    let made = pingyi(&["--home", path(home.path()), "key", "new", "--name", "R03", "--no-passphrase"]);
    assert_eq!(made.exit, Exit::Done, "{}", made.complaints);
    let public = fs::read_to_string(home.path().join("keys/r03.pub")).unwrap();
    assert!(public.starts_with("ssh-ed25519 "));
    let shown = pingyi(&["--home", path(home.path()), "--json", "key", "list"]);
    let document: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(document[0]["public"].as_str(), Some(public.trim_end()));
    let secret = fs::read(home.path().join("keys/r03.key")).unwrap();
    let again = pingyi(&["--home", path(home.path()), "key", "new", "--name", "R03", "--no-passphrase"]);
    assert_eq!(again.exit, Exit::BadInput);
    assert_eq!(fs::read(home.path().join("keys/r03.key")).unwrap(), secret, "a key is never overwritten");
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_a_secret_key() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    pingyi(&["--home", path(home.path()), "key", "new", "--name", "R03", "--no-passphrase"]);
    for (name, mode) in [("keys", 0o700), ("keys/r03.key", 0o600)] {
        assert_eq!(fs::metadata(home.path().join(name)).unwrap().permissions().mode() & 0o777, mode, "{name}");
    }
}

#[test]
fn a_weak_passphrase_is_refused_and_no_key_is_made() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("passphrase");
    fs::write(&file, "12345\n").unwrap();
    let answer = pingyi(&["--home", path(home.path()), "key", "new", "--name", "R03", "--passphrase-file", path(&file)]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(!home.path().join("keys/r03.key").exists());
}

#[test]
fn what_is_no_bundle_fails_verification_at_the_first_layer_and_the_rest_is_not_checked() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("scores-sx-2026-01-p1-r03-r1.zip");
    fs::write(&file, b"PK rubbish").unwrap();
    let answer = pingyi(&["--json", "verify", path(&file)]);
    assert_eq!(answer.exit, Exit::No);
    let document: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(document["verdict"], "fail");
    let states: Vec<&str> = document["layers"].as_array().unwrap().iter().map(|layer| layer["state"].as_str().unwrap()).collect();
    assert_eq!(states[0], "fail");
    assert!(states[1..].iter().all(|state| *state == "not-checked"), "{states:?}");
}
