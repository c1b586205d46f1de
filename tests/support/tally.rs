//! A small rubric, tables of scores in a folder of their own, and the command over them.

use std::fs;

use pingyi::cli::{Exit, run};

pub(crate) struct Answer {
    pub(crate) exit: Exit,
    pub(crate) out: String,
    pub(crate) complaints: String,
}

pub(crate) fn pingyi(words: &[&str]) -> Answer {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let words = ["pingyi", "--lang", "en"].iter().chain(words).map(Into::into).collect();
    let exit = run(words, &mut out, &mut complaints);
    Answer { exit, out: String::from_utf8(out).unwrap(), complaints: String::from_utf8(complaints).unwrap() }
}

pub(crate) const RUBRIC: &str = r#"
schema = 1
id = "small"
version = "1"
title = { zh = "小细则", en = "Small rubric" }
basis = { document = "晋发改科教发〔2021〕453号", clauses = ["二(一)"] }
kind = "selection"
total = "30"
step = "0.5"

[scoring]
method = "trimmed-mean"
trim = { low = 1, high = 1, min_valid = 3, on_shortfall = "no-trim" }
tie_break = ["dimension:A", "vote"]

[[dimension]]
id = "A"
title = { zh = "甲", en = "A" }
max = "10"
clause = ["二(一)"]

[[dimension]]
id = "B"
title = { zh = "乙", en = "B" }
max = "20"
clause = ["二(一)"]

[[criterion]]
id = "A1"
dimension = "A"
title = { zh = "甲一", en = "A1" }
max = "10"
kind = "objective"
clause = ["二(一)"]

[[criterion]]
id = "B1"
dimension = "B"
title = { zh = "乙一", en = "B1" }
min = "1"
max = "10"
kind = "objective"
na = "redistribute"
clause = ["二(一)"]

[[criterion]]
id = "B2"
dimension = "B"
title = { zh = "乙二", en = "B2" }
max = "10"
kind = "objective"
na = "redistribute"
clause = ["二(一)"]
"#;

/// A table in a folder of its own.
pub(crate) struct Bench {
    dir: tempfile::TempDir,
}

impl Bench {
    pub(crate) fn new(scores: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("r.toml"), RUBRIC).unwrap();
        fs::write(dir.path().join("s.csv"), scores).unwrap();
        Self { dir }
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.dir.path().join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn tally(&self, more: &[&str]) -> Answer {
        let (rubric, scores) = (self.path("r.toml"), self.path("s.csv"));
        pingyi(&[&["tally", "--rubric", &rubric, "--scores", &scores], more].concat())
    }

    /// Line, column and code of every problem that was listed.
    pub(crate) fn problems(&self) -> Vec<String> {
        let answer = self.tally(&[]);
        assert_eq!(answer.exit, Exit::BadInput, "{}", answer.out);
        let scores = self.path("s.csv");
        let told = answer.out.lines().filter_map(|line| line.strip_prefix(&format!("{scores}:")));
        told.map(str::to_owned).collect()
    }
}

pub(crate) const HEAD: &str = "application,reviewer,criterion,value\n";

/// One full sheet of the small rubric.
pub(crate) fn sheet(application: &str, reviewer: &str, points: [&str; 3]) -> String {
    ["A1", "B1", "B2"].iter().zip(points).map(|(criterion, value)| format!("{application},{reviewer},{criterion},{value}\n")).collect()
}
