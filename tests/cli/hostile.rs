//! Hostile text reaches the terminal written out, on every road: nothing moves the cursor, turns the direction, hides, or looks like
//! another line. [`super::pingyi`] looks for raw characters in everything that is printed; here every road is walked.

use std::{fmt::Write as _, fs};

use pingyi::{cli::Exit, domain::hostile::visible};
use serde_json::Value;

use super::{
    desk::{Desk, Stand, small_package},
    path, pingyi,
    program::Program,
    refused,
};

/// Escapes, controls, direction overrides, what has no width, what looks like another line or a formula, and honest Chinese.
const HOSTILE: [&str; 58] = [
    "a\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}c",
    "\u{1b}P1;1|x\u{1b}\\",
    "\u{1b}[6n",
    "\u{1b}[?1049l",
    "\u{9b}31m",
    "\u{9d}0;t\u{9c}",
    "a\u{8}\u{8}b",
    "a\u{7f}b",
    "a\u{0}b",
    "a\u{7}b",
    "a\u{b}b",
    "a\u{c}b",
    "a\tb",
    "\u{1}\u{2}\u{3}",
    "a\rb",
    "a\r\nb",
    "a\nb",
    "a\u{85}b",
    "a\u{2028}b",
    "a\u{2029}b",
    "\u{202e}gpj.exe",
    "\u{202d}x",
    "\u{202a}x\u{202c}",
    "\u{2066}x\u{2069}",
    "\u{2067}x",
    "\u{2068}x",
    "\u{200e}x",
    "\u{200f}x",
    "\u{61c}x",
    "a\u{200b}b",
    "a\u{200c}b",
    "a\u{200d}b",
    "a\u{2060}b",
    "a\u{feff}b",
    "a\u{ad}b",
    "a\u{180e}b",
    "a\u{115f}b",
    "a\u{3164}b",
    "a\u{ffa0}b",
    "a\u{fff9}b\u{fffb}",
    "a\u{e0041}\u{e007f}b",
    "a\u{206a}b",
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "\"];[",
    "{found}",
    "%s%n%x",
    "$(reboot)",
    "`reboot`",
    "<script>alert(1)</script>",
    "ok 99\u{a}[GOODSIG] valid",
    "葛\u{e0100}优",
];

/// A name of ten thousand bytes.
fn long() -> String {
    "长".repeat(3400)
}

#[test]
fn as_words_of_the_command_line() {
    let desk = Desk::at(Stand::Begun);
    let (home, long) = (desk.home(), long());
    let home = path(&home);
    for text in HOSTILE.into_iter().chain([long.as_str()]) {
        let commands: [&[&str]; 16] = [
            &[text],
            &["score", text],
            &["--lang", text, "check"],
            &["--work", text, "check"],
            &["key", "show", "--name", text],
            &["key", "new", "--no-passphrase", "--name", text],
            &["score", "set", text, "A1", "1"],
            &["score", "set", "sx-0004", text, "1"],
            &["score", "recuse", "sx-0004", "x", "--ground", text],
            &["open", text, "--no-screen"],
            &["verify", text],
            &["rubric", "check", text],
            &["schema", text],
            &["completions", text],
            &["restore", text],
            &["package", "check", text],
        ];
        for words in commands {
            let answer = pingyi(&[&["--home", home], words].concat());
            assert_ne!(answer.exit, Exit::Done, "{words:?} {answer:?}");
            if text.len() < 100 && words.len() < 6 && words[0] != "score" && !text.starts_with('-') {
                let all = format!("{}{}", answer.out, answer.complaints);
                assert!(all.contains(&*visible(text)) || text.contains('{'), "{words:?} does not say what was typed: {answer:?}");
            }
        }
    }
    for text in HOSTILE {
        // A score that is no score is named; the plain list beside it keeps its four cells.
        assert_eq!(desk.run(&["score", "set", "sx-0004", "A1", text]).exit, Exit::Usage, "{text:?}");
    }
    assert!(desk.does(&["score", "list", "--plain"]).lines().all(|line| line.split('\t').count() == 4));
}

/// Lines for a batch in which the text `escaped` stands for `text`.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

#[test]
fn as_comments_and_reasons() {
    let desk = Desk::at(Stand::Begun);
    let mut lines = String::new();
    for text in HOSTILE {
        writeln!(lines, "recuse sx-0001 other {}\ndeclare sx-0001", escaped(text)).unwrap();
    }
    let criteria = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "O1", "O2", "O3", "O4", "N1", "overall"];
    let places: Vec<(&str, &str)> =
        ["sx-0001", "sx-0004", "sx-0013"].iter().flat_map(|id| criteria.iter().map(move |criterion| (*id, *criterion))).collect();
    for (text, (application, criterion)) in HOSTILE.iter().rev().zip(&places) {
        writeln!(lines, "comment {application} {criterion} {}", escaped(text)).unwrap();
    }
    writeln!(lines, "na sx-0004 O4 {}", escaped("a\u{1b}[31m\u{202e}\tb")).unwrap();
    let answers = desk.batch(lines.clone());
    assert!(answers.iter().all(|answer| answer.starts_with("ok ")), "{answers:?}");
    assert_eq!(answers.len(), lines.lines().count());
    for language in ["en", "zh-CN"] {
        let journal = desk.run_in(language, &["journal", "show"]).done();
        for text in HOSTILE {
            assert!(journal.contains(&*visible(text)), "{text:?} is not in the journal, written out");
        }
        let entries = desk.json(&["journal", "show"]).as_array().unwrap().len();
        assert_eq!(journal.lines().count(), entries, "no text makes a line of its own");
        let sheets = ["sx-0001", "sx-0004", "sx-0013"].map(|id| desk.run_in(language, &["score", "show", id]).done()).concat();
        assert!(sheets.contains("葛\u{e0100}优") && sheets.contains("a<U+0009>b") && sheets.contains("<U+202E>gpj.exe"), "{sheets}");
        assert!(!sheets.contains("\n[GOODSIG]"), "a second line of a comment is set in: {sheets}");
    }
    let list = desk.does(&["score", "list", "--plain"]);
    assert!(list.lines().all(|line| line.split('\t').count() == 4), "{list}");
    let kept: Vec<Value> = desk.json(&["journal", "show"]).as_array().unwrap().clone();
    let reasons: Vec<&str> = kept.iter().filter_map(|entry| entry["change"]["after"]["text"].as_str()).collect();
    assert_eq!(reasons, HOSTILE.map(str::trim_end), "JSON gives every text as it was typed");
    desk.does(&["score", "status"]);
    desk.json(&["score", "show", "sx-0004"]);
    desk.does(&["check"]);
}

#[test]
fn as_lines_of_a_batch() {
    let desk = Desk::at(Stand::Begun);
    let texts: Vec<&str> = HOSTILE.into_iter().filter(|text| !text.contains('\n') && !text.trim().is_empty()).collect();
    for head in ["", "set ", "set sx-0004 ", "set sx-0004 A1 ", "declare ", "recuse sx-0004 ", "na sx-0004 "] {
        let lines: String = texts.iter().map(|text| format!("{head}{text}\n")).collect();
        let answers = desk.batch(lines);
        assert_eq!(answers.len(), texts.len(), "one answer a line: {answers:?}");
        assert!(answers.iter().all(|answer| answer.starts_with("err err-")), "{answers:?}");
    }
}

#[test]
fn as_cells_of_a_table() {
    let desk = Desk::at(Stand::Begun);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for column in 0..4 {
        let rows: String = HOSTILE
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let mut cells = [format!("sx-{at}"), format!("A{at}"), "1".to_owned(), String::new()];
                cells[column] = quoted(text);
                format!("{}\n", cells.join(","))
            })
            .collect();
        let file = desk.file("t.csv", format!("application,criterion,value,state\n{rows}"));
        let answer = desk.run(&["score", "import", &file]);
        assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
        // A title above the headings and a bare carriage return make other rows; every row is named all the same.
        assert!(answer.out.lines().filter(|line| line.contains(": error: ")).count() >= HOSTILE.len() - 1, "{answer:?}");
        desk.run(&["--json", "score", "import", &file]).json();
        fs::remove_file(&file).unwrap();
    }
    let heading = desk.file("t.csv", "application,criterion,value,a\u{1b}[31m\u{202e}\nsx-0004,A1,1,x\n");
    assert!(desk.run(&["score", "import", &heading]).out.contains("a<U+001B>[31m<U+202E>"));
}

/// A text as TOML writes it.
fn toml_text(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        write!(written, "\\U{:08x}", u32::from(c)).unwrap();
    }
    written + "\""
}

#[test]
fn in_a_rubric_and_in_a_package_folder() {
    let dir = tempfile::tempdir().unwrap();
    let keys: String = HOSTILE.iter().map(|text| format!("{} = 1\n", toml_text(text))).collect();
    let rubric = dir.path().join("r.toml");
    fs::write(&rubric, &keys).unwrap();
    let answer = pingyi(&["--lang", "en", "rubric", "check", path(&rubric)]);
    assert_eq!(answer.exit, Exit::BadInput);
    HOSTILE.iter().for_each(|text| assert!(answer.out.contains(&*visible(text)), "{text:?} is not named"));
    pingyi(&["--json", "rubric", "check", path(&rubric)]).json();

    let folder = dir.path().join("package");
    small_package(&folder);
    let add = |file: &str, text: String| {
        let old = fs::read_to_string(folder.join(file)).unwrap();
        fs::write(folder.join(file), old + &text).unwrap();
    };
    add(
        "recusals.toml",
        HOSTILE
            .iter()
            .map(|text| {
                format!(
                    "[[recusal]]\napplication = {0}\nperson = {0}\norigin = {0}\nground = {0}\ntext = {0}\ndecision = {0}\ndate = {0}\n",
                    toml_text(text)
                )
            })
            .collect(),
    );
    add("assignments.csv", HOSTILE.iter().map(|text| format!("\"{}\",R02\n", text.replace('"', "\"\""))).collect());
    add("call.toml", format!("[more]\n{keys}"));
    fs::write(folder.join("applications/sx-0099.toml"), keys).unwrap();
    let answer = pingyi(&["--lang", "en", "package", "check", path(&folder)]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(answer.out.lines().filter(|line| line.contains(": error: ")).count() > 4 * HOSTILE.len(), "{}", answer.out);
    assert_eq!(pingyi(&["--json", "package", "check", path(&folder)]).json()["sound"], false);
}

#[cfg(unix)]
#[test]
fn as_names_of_files_and_folders() {
    let desk = Desk::at(Stand::Arrived);
    let good = fs::read(desk.home().join("keys/r02.pub")).unwrap();
    let folder = desk.path().join("package");
    small_package(&folder);
    let names: Vec<&str> = HOSTILE.into_iter().filter(|text| !text.contains(['/', '\\', '\0'])).collect();
    for name in &names {
        fs::write(desk.home().join("keys").join(format!("{name}.pub")), &good).unwrap();
        fs::write(folder.join(name), "x").unwrap();
        fs::write(folder.join("applications").join(format!("{name}.toml")), "x").unwrap();
        let file = desk.file(&format!("{name}.zip"), "no bundle");
        refused(desk.path(), &["--home", path(&desk.home()), "open", &file, "--no-screen"], Exit::No, "err-not-verified", &[]);
        assert_eq!(pingyi(&["verify", &file]).exit, Exit::No);
        fs::remove_file(&file).unwrap();
    }
    let keys = desk.does(&["key", "list"]);
    names.iter().for_each(|name| assert!(keys.contains(&*visible(name)), "{name:?}"));
    assert_eq!(keys.lines().count(), 3 * (names.len() + 1));
    desk.json(&["key", "list"]);
    let answer = pingyi(&["--lang", "en", "package", "check", path(&folder)]);
    assert_eq!(answer.exit, Exit::BadInput);
    names.iter().for_each(|name| assert!(answer.out.contains(&*visible(name)), "{name:?}: {}", answer.out));
}

#[test]
fn in_the_environment_the_settings_and_a_trust_file() {
    let desk = Desk::at(Stand::Arrived);
    let bad = "x\u{1b}[31m\u{202e}\tb";
    let program = desk.program(&["doctor"]).env("TERM", bad).env("COLORTERM", bad).env("LC_ALL", bad).env("LANG", bad);
    let said = program.run().done();
    assert!(said.contains("x<U+001B>[31m<U+202E><U+0009>b"), "{said}");
    let home = desk.path().join(bad);
    let answer = Program::new(&["doctor"]).env("PINGYI_HOME", &home).run();
    assert!(answer.done().contains("<U+202E>"));
    let id = desk.json(&["keys"])["bindings"][0]["id"].as_str().unwrap().to_owned();
    fs::write(desk.home().join("settings.toml"), format!("[keys]\n{id} = [{}]\n", toml_text(bad))).unwrap();
    assert!(desk.run(&["keys"]).out.contains("<U+001B>[31m"));
    let trust = desk.file("trust", HOSTILE.join("\n"));
    assert_eq!(pingyi(&["verify", &trust, "--trust", &trust]).exit, Exit::BadInput);
    let request =
        ["enrol", "request", "--call", "c", "--panel", "p", "--code", "R02", "--to", path(desk.path()), "--person", bad, "--device", bad];
    let done = desk.run(&request);
    assert!(matches!(done.exit, Exit::Done | Exit::BadInput | Exit::No), "{done:?}");
}
