//! Sheet totals by the worked examples of `sheet-total.toml` and `not-applicable.toml`.

use std::collections::BTreeMap;

use pingyi::domain::{number::Points, rubric::Rubric, total::sheet_total};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{
    cases::worked,
    rules::{FULL, application, edited, of, rubric, sheet},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    dimension: Vec<BTreeMap<String, Value>>,
    criterion: Vec<BTreeMap<String, Value>>,
    sheet: BTreeMap<String, String>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    total: Option<String>,
    running: String,
    dimensions: BTreeMap<String, String>,
}

/// The sample rubric with other dimensions and criteria.
fn small_rubric(case: &Case) -> Rubric {
    let with_title = |row: &BTreeMap<String, Value>, defaults: &[(&str, Value)]| {
        let mut row = row.clone();
        row.insert("title".to_owned(), json!({ "zh": "示例", "en": "Sample" }));
        for (key, value) in defaults {
            row.entry((*key).to_owned()).or_insert_with(|| value.clone());
        }
        json!(row)
    };
    let dimensions: Vec<Value> = case.dimension.iter().map(|row| with_title(row, &[])).collect();
    let defaults = [("kind", json!("subjective")), ("clause", json!([]))];
    let criteria: Vec<Value> = case.criterion.iter().map(|row| with_title(row, &defaults)).collect();
    edited(&edited(&rubric(), "dimension", json!(dimensions)), "criterion", json!(criteria))
}

fn run(text: &str) {
    let cases: Vec<Case> = worked(text);
    for case in cases {
        let rubric = small_rubric(&case);
        let cells: Vec<(&str, &str)> = case.sheet.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect();
        let found = sheet_total(&rubric, &application(), &sheet(&cells));
        let dimensions: BTreeMap<String, String> =
            found.dimensions.iter().map(|part| (part.id.to_string(), part.subtotal.normalize().to_string())).collect();
        assert_eq!(dimensions, case.expect.dimensions, "{}", case.why);
        assert_eq!(found.running.normalize().to_string(), case.expect.running, "{}", case.why);
        assert_eq!(found.total.map(|total| total.normalize().to_string()), case.expect.total, "{}", case.why);
    }
}

#[test]
fn sheets_add_up_as_the_worked_examples_say() {
    run(include_str!("sheet-total.toml"));
}

#[test]
fn not_applicable_counts_as_the_worked_examples_say() {
    run(include_str!("not-applicable.toml"));
}

#[test]
fn a_full_sheet_of_the_sample_rubric_comes_to_eighty_two_with_the_computed_criterion() {
    let found = sheet_total(&rubric(), &application(), &sheet(&FULL));
    assert_eq!(found.total.map(|total| total.to_string()), Some("82.0".to_owned()));
    assert_eq!((found.answered, found.asked), (6, 6));
}

#[test]
fn the_computed_criterion_shows_its_working_and_the_others_show_none() {
    let found = sheet_total(&rubric(), &application(), &sheet(&FULL));
    let terms: Vec<_> = found.dimensions.iter().flat_map(|part| &part.terms).collect();
    let with_working: Vec<&str> = terms.iter().filter(|term| term.working.is_some()).map(|term| term.criterion.as_str()).collect();
    assert_eq!(with_working, ["C2"]);
    let counted: Vec<&str> = terms.iter().filter(|term| !term.counted).map(|term| term.criterion.as_str()).collect();
    assert_eq!(counted, ["X1"], "only the advisory criterion stays out");
}

#[test]
fn a_score_on_a_computed_criterion_changes_nothing() {
    let mut cells = FULL.to_vec();
    cells.push(("C2", "0"));
    let found = sheet_total(&rubric(), &application(), &sheet(&cells));
    assert_eq!(found.total, Some(of::<Points>("82").get()));
}

#[test]
fn a_missing_figure_leaves_the_total_open_and_says_which() {
    let mut application = application();
    application.sharing.actuals.visits = None;
    let found = sheet_total(&rubric(), &application, &sheet(&FULL));
    assert_eq!(found.total, None);
    assert_eq!(found.running, of::<Points>("74.5").get());
    let term = found.dimensions.iter().flat_map(|part| &part.terms).find(|term| term.criterion.as_str() == "C2").unwrap();
    assert_eq!(term.working.as_ref().unwrap().id, "err-formula-figure");
}
