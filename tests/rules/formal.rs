//! The formal check 形式审查.

use pingyi::domain::{
    application::{Application, GateState},
    formal::{FormalCheck, FormalOutcome, check},
};
use serde_json::{Value, json};

use crate::support::rules::{Worker, application, edited, of, package, rubric};

fn checked(edits: &[(&str, Value)]) -> FormalCheck {
    let application: Application = edits.iter().fold(application(), |record, (path, value)| edited(&record, path, value.clone()));
    check(&rubric(), &application)
}

fn gates(check: &FormalCheck) -> Vec<&str> {
    check.lines.iter().map(|line| line.gate.as_str()).collect()
}

#[test]
fn an_application_that_meets_every_gate_passes() {
    let found = checked(&[]);
    assert_eq!(found.outcome, FormalOutcome::Pass);
    assert_eq!(gates(&found), ["G1", "G8"], "the park gate does not concern a school");
}

#[test]
fn a_gate_with_a_condition_is_asked_only_where_it_holds() {
    assert_eq!(gates(&checked(&[("operation.lead_mode", json!("park"))])), ["G1", "G5", "G8"]);
}

#[test]
fn a_failed_gate_fails_the_application_or_asks_for_completion_as_the_rubric_says() {
    assert_eq!(checked(&[("compliance.gates.G1.state", json!("fail"))]).outcome, FormalOutcome::Fail);
    assert_eq!(checked(&[("compliance.gates.G8.state", json!("fail"))]).outcome, FormalOutcome::Fix);
}

#[test]
fn completion_asked_for_by_the_office_is_no_failure_even_at_a_hard_gate() {
    assert_eq!(checked(&[("compliance.gates.G1.state", json!("fix"))]).outcome, FormalOutcome::Fix);
}

#[test]
fn a_gate_that_does_not_concern_the_application_passes() {
    assert_eq!(checked(&[("compliance.gates.G1.state", json!("not-concerned"))]).outcome, FormalOutcome::Pass);
}

#[test]
fn a_gate_nobody_answered_asks_for_completion_and_says_so() {
    let found = checked(&[("compliance.gates.G1", Value::Null)]);
    assert_eq!(found.outcome, FormalOutcome::Fix);
    assert_eq!(found.lines[0].state, GateState::Fix);
    assert_eq!(found.lines[0].remark.as_ref().unwrap().id, "formal-no-answer");
}

#[test]
fn a_park_without_independent_body_fails_whatever_the_office_answered() {
    let park = ("operation.lead_mode", json!("park"));
    let answered = ("compliance.gates.G5", json!({ "state": "pass" }));
    let without = checked(&[park.clone(), answered.clone(), ("operation.independent_body", json!(false))]);
    assert_eq!(without.outcome, FormalOutcome::Fail);
    assert_eq!(checked(&[park.clone(), ("operation.independent_body", json!(true))]).outcome, FormalOutcome::Pass);
    assert_eq!(checked(&[park, answered]).outcome, FormalOutcome::Pass, "the office may know more than the record");
}

#[test]
fn what_failed_the_formal_check_is_on_nobodys_worklist_and_cannot_be_scored() {
    let mut package = package();
    package.applications[0] = edited(&package.applications[0], "compliance.gates.G1.state", json!("fail"));
    assert!(!package.is_scored(&of("sx-0001")));
    assert!(!package.is_assigned(&of("sx-0001"), &of("R02")));
    let mut worker = Worker::opens(package, "R02");
    assert!(worker.declares("sx-0001", Some(pingyi::domain::sheet::Declaration::NoConflict)).is_err());
    assert_eq!(pingyi::domain::worklist::rows(&worker.package, &worker.desk).len(), 3);
}

#[test]
fn what_must_be_completed_is_scored_meanwhile() {
    let mut package = package();
    package.applications[0] = edited(&package.applications[0], "compliance.gates.G8.state", json!("fix"));
    assert!(package.is_scored(&of("sx-0001")));
}

#[test]
fn an_application_that_is_not_in_the_package_is_not_scored() {
    assert!(!package().is_scored(&of("sx-0099")));
}
