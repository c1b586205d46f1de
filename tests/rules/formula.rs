//! Computed criteria by the worked examples of `formula.toml`.

use std::collections::BTreeMap;

use pingyi::domain::{
    application::Application,
    formula::{Missing, Working, compute},
    rubric::Criterion,
    text::{Explain, Value as Argument},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{
    cases::worked,
    rules::{application, edited, rubric},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    max: String,
    formula: Value,
    figures: BTreeMap<String, Value>,
    expect: Option<String>,
    missing: Option<String>,
}

fn computed(max: &str, formula: &Value, figures: &BTreeMap<String, Value>) -> Result<Working, Missing> {
    let criterion: Criterion = rubric().criteria.into_iter().find(|criterion| criterion.formula.is_some()).unwrap();
    let criterion = edited(&edited(&criterion, "max", json!(max)), "formula", formula.clone());
    let start = application();
    let application: Application = figures.iter().fold(start, |record, (path, value)| edited(&record, path, value.clone()));
    compute(&criterion, &application)
}

#[test]
fn computed_points_come_out_as_the_worked_examples_say() {
    for case in worked::<Case>(include_str!("formula.toml")) {
        match computed(&case.max, &case.formula, &case.figures) {
            Ok(working) => assert_eq!(Some(working.points.to_string()), case.expect, "{}", case.why),
            Err(missing) => assert_eq!(missing.field(), case.missing.as_deref(), "{}", case.why),
        }
    }
}

#[test]
fn the_working_names_every_figure_it_used() {
    let formula = json!({ "actual": "performance.actual.contests", "target": "performance.target.contests" });
    let figures = [("performance.actual.contests", "2"), ("performance.target.contests", "3")];
    let figures = figures.map(|(path, value)| (path.to_owned(), json!(value))).into();
    let text = computed("10", &formula, &figures).unwrap().text;
    assert_eq!(text.id, "working-rate");
    let shown: Vec<(&str, String)> = text
        .args
        .iter()
        .map(|(name, value)| match value {
            Argument::Plain(text) => (*name, text.clone()),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [("actual", "2"), ("target", "3"), ("rate", "66.67"), ("max", "10"), ("points", "6.67")];
    assert_eq!(shown, expected.map(|(name, value)| (name, value.to_owned())));
}

#[test]
fn what_cannot_be_computed_says_what_to_fill_in() {
    let missing = Missing::Figure("sharing.actuals.visits".to_owned());
    assert_eq!((missing.what().id, missing.advice().id), ("err-formula-figure", "rec-formula-figure"));
}
