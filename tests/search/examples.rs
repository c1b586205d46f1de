//! Runs the worked examples.

use std::collections::BTreeSet;

use pingyi::{
    domain::text::{Explain, Language},
    i18n,
    search::{
        evaluate::{Line, Tree},
        keys::{FORMS, KEYS},
    },
};
use serde::Deserialize;

use super::Sight;
use crate::tidy::{files, none, read};

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

/// A question and what must come of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What a person would notice if it came out differently.
    why: String,
    query: String,
    #[serde(default = "reviewer")]
    viewer: String,
    ids: Option<String>,
    lines: Option<Vec<String>>,
    columns: Option<Vec<usize>>,
    #[serde(default)]
    errors: Vec<String>,
    says: Option<String>,
}

fn reviewer() -> String {
    "reviewer".to_owned()
}

fn cases() -> Vec<(String, Case)> {
    let names = files("tests/search", ".toml").into_iter().filter(|name| !name.ends_with("desk.toml") && !name.ends_with("figures.toml"));
    names
        .flat_map(|name| {
            let file: File = toml::from_str(&read(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            file.case.into_iter().map(move |case| (format!("{name}: {}: {}", case.why, case.query), case))
        })
        .collect()
}

/// The lines of a list: a head as `# choice (count)`, deeper ones with more signs.
fn lines(sight: &Sight, tree: &Tree) -> Vec<String> {
    let line = |line| match line {
        Line::Row(at) => sight.names(&[at]).concat(),
        Line::Head(depth, branch) => {
            let choice = branch.which.map_or("none", |at| sight.scheme.choices(branch.key)[at].id.as_str());
            format!("{} {choice} ({})", "#".repeat(depth + 1), branch.count)
        }
    };
    tree.lines().into_iter().map(line).collect()
}

/// What came of a case where it is not what the case expects.
fn complaint(case: &Case) -> Option<String> {
    let sight = Sight::named(&case.viewer);
    let differs = |found: String, expected: String| (found != expected).then(|| format!("{found}\n  instead of {expected}"));
    match (sight.parse(&case.query), &case.columns) {
        (Ok(query), None) => {
            let tree = sight.find(&query);
            match (&case.ids, &case.lines) {
                (Some(expected), None) => differs(sight.names(&tree.rows()).join(" "), expected.clone()),
                (None, Some(expected)) => differs(format!("{:?}", lines(sight, &tree)), format!("{expected:?}")),
                _ => Some("expects nothing, or two things".to_owned()),
            }
        }
        (Err(problems), Some(columns)) => {
            let found: Vec<usize> = problems.iter().map(|problem| problem.span.column()).collect();
            let errors: Vec<&str> = problems.iter().map(|problem| problem.what().id).collect();
            let advice = i18n::text(Language::Zh, &problems[0].advice());
            let is_said = case.says.as_ref().is_none_or(|says| advice.contains(says.as_str()));
            differs(format!("{found:?} {errors:?}"), format!("{columns:?} {:?}", case.errors)).or((!is_said).then_some(advice))
        }
        (found, _) => Some(format!("{found:?}")),
    }
}

#[test]
fn every_worked_example_comes_out_as_it_says() {
    let complaints: Vec<String> =
        cases().iter().filter_map(|(place, case)| complaint(case).map(|complaint| format!("{place}: {complaint}"))).collect();
    none("a worked example comes out otherwise", &complaints);
}

#[test]
fn every_key_and_every_form_of_the_help_has_a_worked_example_with_its_own_example() {
    let asked: BTreeSet<String> = cases().into_iter().map(|(_, case)| case.query).collect();
    let examples = KEYS.iter().map(|key| key.example).chain(FORMS.iter().map(|form| form.example));
    let missing: Vec<&str> = examples.flatten().filter(|example| !asked.contains(*example)).collect();
    assert!(missing.is_empty(), "examples that no file of tests/search asks: {missing:?}");
}

#[test]
fn no_case_is_written_twice_and_each_says_why() {
    let mut seen = BTreeSet::new();
    for (place, case) in cases() {
        assert!(!case.why.trim().is_empty(), "{place}");
        assert!(seen.insert((case.viewer, case.query)), "{place} is asked twice");
    }
}
