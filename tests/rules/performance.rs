//! What each indicator of a performance evaluation gives, at every step of its band and beside it: `performance.toml`.

use std::collections::BTreeMap;

use pingyi::domain::{
    application::Application,
    formula::{Missing, compute},
    rubric::Rubric,
};
use serde::Deserialize;
use serde_json::json;

use crate::support::{
    cases::worked,
    rules::{application, edited},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    criterion: String,
    actual: BTreeMap<String, String>,
    #[serde(default)]
    target: BTreeMap<String, String>,
    points: String,
}

fn performance() -> Rubric {
    toml::from_str(include_str!("../../rubrics/performance.toml")).unwrap()
}

fn cases() -> Vec<Case> {
    worked::<Case>(include_str!("performance.toml"))
}

/// The application with these figures and no others.
fn with(actual: &BTreeMap<String, String>, target: &BTreeMap<String, String>) -> Application {
    edited(&application(), "performance", json!({ "actual": actual, "target": target }))
}

#[test]
fn every_indicator_gives_the_points_of_its_step_or_its_rate() {
    let rubric = performance();
    for case in cases() {
        let criterion = rubric.criteria.iter().find(|one| one.id.as_str() == case.criterion).unwrap();
        let working = compute(criterion, &with(&case.actual, &case.target)).unwrap_or_else(|why| panic!("{}: {why}", case.criterion));
        assert_eq!(working.points.normalize().to_string(), case.points, "{} with {:?} of {:?}", case.criterion, case.actual, case.target);
    }
}

#[test]
fn every_formula_of_the_rubric_has_examples_and_none_gives_more_than_its_criterion() {
    let rubric = performance();
    let cases = cases();
    for criterion in rubric.criteria.iter().filter(|criterion| criterion.formula.is_some()) {
        let own: Vec<&Case> = cases.iter().filter(|case| case.criterion == criterion.id.as_str()).collect();
        assert!(own.len() >= 4, "{} has {} examples", criterion.id, own.len());
        let most = own.iter().map(|case| case.points.parse::<rust_decimal::Decimal>().unwrap()).max().unwrap();
        assert_eq!(most, criterion.max.get(), "{}: the best example earns all points", criterion.id);
    }
}

#[test]
fn an_indicator_that_is_not_there_is_told_and_nothing_is_assumed() {
    let rubric = performance();
    for criterion in rubric.criteria.iter().filter(|criterion| criterion.formula.is_some()) {
        let missing = compute(criterion, &with(&BTreeMap::new(), &BTreeMap::new())).unwrap_err();
        assert!(matches!(missing, Missing::Figure(ref field) if field.starts_with("performance.")), "{}: {missing:?}", criterion.id);
    }
}

#[test]
fn a_target_of_nought_is_no_target() {
    let rubric = performance();
    let criterion = rubric.criteria.iter().find(|one| one.id.as_str() == "K1").unwrap();
    let figures = |value: &str| BTreeMap::from([("trainees".to_owned(), value.to_owned())]);
    let missing = compute(criterion, &with(&figures("5"), &figures("0"))).unwrap_err();
    assert!(matches!(missing, Missing::NoTarget(ref field) if field == "performance.target.trainees"), "{missing:?}");
}
