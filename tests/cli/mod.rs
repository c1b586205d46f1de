//! The command line: exit codes, both languages, one JSON shape, and nothing half done.
//!
//! Every answer is looked at for characters that do something to a terminal, whatever the test is about.

mod aggregate;
mod agreement;
mod batch;
mod chair;
mod change;
mod clerk;
mod clocks;
mod conclude;
mod decisions;
mod demo;
mod desk;
mod doctor_and_keys;
mod draw;
mod enrol;
mod export;
mod find;
mod golden;
mod help;
mod hostile;
mod import_table;
mod json_shapes;
mod keep;
mod key;
mod language;
mod modes;
mod numbers;
mod open;
mod opinion;
mod package;
mod panel;
mod panel_refusals;
mod paper;
mod program;
mod rehearsal;
mod rehearsal_copy;
mod report;
mod request;
mod rubric;
mod score;
mod seal;
mod signed;
mod sitting;
mod staffing;
mod table;
mod table_import;
mod tree;
mod verify;
mod worklist;

use std::{ffi::OsString, path::Path};

use pingyi::{
    cli::{Exit, run},
    domain::hostile::is_hostile,
};
use serde_json::Value;

use tree::Tree;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) exit: Exit,
    pub(super) out: String,
    pub(super) complaints: String,
}

impl Answer {
    /// The answer of a command that must have done what it was asked for.
    #[track_caller]
    pub(super) fn done(self) -> String {
        assert_eq!(self.exit, Exit::Done, "{self:?}");
        self.out
    }

    /// Its one JSON document.
    #[track_caller]
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs the program inside this process.
#[track_caller]
pub(super) fn pingyi(words: &[&str]) -> Answer {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let all: Vec<OsString> = std::iter::once("pingyi").chain(words.iter().copied()).map(OsString::from).collect();
    let exit = run(all, &mut out, &mut complaints);
    let answer = Answer { exit, out: String::from_utf8(out).unwrap(), complaints: String::from_utf8(complaints).unwrap() };
    harmless(&answer, words.contains(&"--plain"));
    answer
}

/// Nothing that was printed does anything to a terminal or hides: no control character but the line end (and the tab between the
/// cells of a plain list), no direction override, nothing without width.
#[track_caller]
pub(super) fn harmless(answer: &Answer, tabs: bool) {
    for text in [&answer.out, &answer.complaints] {
        let bad = text.chars().find(|c| is_hostile(*c) && *c != '\n' && !(tabs && *c == '\t'));
        assert_eq!(bad, None, "a raw character in {text:?}");
    }
}

pub(super) fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A command that is refused, in both languages and as JSON: the exit code, the code of the sentence, and words that must stand in
/// the English one. What happened is one line, what to do another, and everything in `folder` is as it was.
#[track_caller]
pub(super) fn refused(folder: &Path, words: &[&str], exit: Exit, code: &str, says: &[&str]) {
    let before = Tree::of(folder);
    let sentences = |answer: &Answer| -> (String, String) {
        let lines: Vec<&str> = answer.complaints.lines().collect();
        let [.., what, advice] = lines[..] else { panic!("{words:?}: what happened, and what to do: {answer:?}") };
        assert!(advice.starts_with("  ") && !what.starts_with(' ') && advice.trim() != what, "{words:?} {answer:?}");
        (what.to_owned(), advice.to_owned())
    };
    let english = pingyi(&[&["--lang", "en"], words].concat());
    assert_eq!(english.exit, exit, "{words:?} {english:?}");
    let said = sentences(&english);
    says.iter().for_each(|part| assert!(format!("{} {}", said.0, said.1).contains(part), "{part:?} is not said: {english:?}"));
    let chinese = pingyi(&[&["--lang", "zh-CN", "--json"], words].concat());
    assert_eq!(chinese.exit, exit, "{words:?} {chinese:?}");
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let (what, advice) = sentences(&chinese);
    assert!(is_chinese(&what) && is_chinese(&advice), "{words:?}: not Chinese: {chinese:?}");
    let error = &chinese.json()["error"];
    assert_eq!((error["code"].as_str(), error["exit"].as_u64()), (Some(code), Some(exit as u64)), "{words:?} {chinese:?}");
    let [in_chinese, in_english] = ["zh", "en"].map(|key| error["text"][key].as_str().unwrap_or_default().to_owned());
    assert!(in_chinese == what && in_english == said.0, "{words:?}: the document says otherwise: {error}");
    before.is_still(folder);
}

/// A wrong command line: what is wrong in English, something else in Chinese, both with the usage.
#[track_caller]
pub(super) fn refused_line(words: &[&str], says: &str) {
    let answers = ["en", "zh-CN"].map(|lang| {
        let answer =
            if words.iter().any(|word| word.starts_with("--lang")) { pingyi(words) } else { pingyi(&[&["--lang", lang], words].concat()) };
        assert_eq!((answer.exit, answer.out.as_str()), (Exit::Usage, ""), "{words:?} {answer:?}");
        assert_eq!(answer.complaints.lines().count(), 2, "{words:?} {answer:?}");
        answer.complaints
    });
    let [english, chinese] = answers;
    if english == chinese {
        // The language itself is what was wrong, so the system's was used.
        let parts: Vec<&str> = says.split_whitespace().filter(|part| part.contains("--")).collect();
        assert!(parts.iter().all(|part| chinese.contains(part)), "{words:?}: {chinese}");
    } else {
        assert!(english.contains(says), "{words:?}: {english}");
        assert!(chinese.contains("用法：pingyi") || chinese.contains("pingyi --help"), "{words:?}: {chinese}");
    }
}
