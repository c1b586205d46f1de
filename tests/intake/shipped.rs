//! The rubrics that ship: what the domain reference lists is what a reviewer gets.

use std::collections::BTreeMap;

use pingyi::{
    domain::rubric::{Criterion, CriterionKind, Rubric},
    intake::{
        rubric,
        shipped::{self, RUBRICS},
    },
};
use serde::Deserialize;

use crate::tidy::files;

/// What the domain reference lists for one rubric.
#[derive(Deserialize)]
struct Expected {
    criteria: Vec<String>,
    gates: Vec<String>,
    bands: Vec<String>,
    pass: String,
}

fn read(id: &str) -> Rubric {
    rubric::read(id, shipped::find(id).unwrap().text).unwrap().0
}

fn line(criterion: &Criterion) -> String {
    let kind = match criterion.kind {
        CriterionKind::Subjective => "S",
        CriterionKind::Objective => "O",
        CriterionKind::Formula => "F",
    };
    format!("{} {} {kind}", criterion.id, criterion.max)
}

#[test]
fn every_rubric_in_the_folder_ships_with_the_program_and_no_other() {
    let mut shipped: Vec<String> = RUBRICS.iter().map(|rubric| format!("rubrics/{}.toml", rubric.id)).collect();
    shipped.sort();
    assert_eq!(shipped, files("rubrics", ".toml"));
}

#[test]
fn every_criterion_gate_and_band_of_the_domain_reference_is_there_and_no_other() {
    let expected: BTreeMap<String, Expected> = toml::from_str(include_str!("shipped.toml")).unwrap();
    assert_eq!(expected.len(), RUBRICS.len());
    for (id, expected) in expected {
        let rubric = read(&id);
        assert_eq!(rubric.criteria.iter().map(line).collect::<Vec<_>>(), expected.criteria, "{id}");
        assert_eq!(rubric.gates.iter().map(|gate| gate.id.to_string()).collect::<Vec<_>>(), expected.gates, "{id}");
        let bands: Vec<String> = rubric.bands.iter().map(|band| format!("{} {}", band.title.zh, band.from)).collect();
        assert_eq!(bands, expected.bands, "{id}");
        assert_eq!(rubric.pass.unwrap().total.to_string(), expected.pass, "{id}");
    }
}

#[test]
fn every_criterion_says_in_both_languages_what_to_look_for_and_where() {
    for shipped in &RUBRICS {
        for criterion in read(shipped.id).criteria {
            let observe = criterion.observe.unwrap_or_else(|| panic!("{} {}: nothing to look for", shipped.id, criterion.id));
            assert!(!observe.zh.is_empty() && !observe.en.is_empty(), "{} {}", shipped.id, criterion.id);
            assert!(!criterion.look_at.is_empty(), "{} {}: nowhere to look", shipped.id, criterion.id);
            assert!(!criterion.clause.is_empty(), "{} {}: no clause", shipped.id, criterion.id);
            let has_levels = criterion.kind == CriterionKind::Formula || criterion.anchors.len() >= 3;
            assert!(has_levels, "{} {}: no levels to tell apart", shipped.id, criterion.id);
        }
    }
}

#[test]
fn an_accreditation_needs_two_thirds_of_those_present_and_nothing_else_is_voted_on_by_its_rubric() {
    for shipped in &RUBRICS {
        let vote = read(shipped.id).vote;
        assert_eq!(vote.is_some(), shipped.id == "accreditation", "{}", shipped.id);
    }
}

#[test]
fn accreditation_has_a_floor_in_every_group() {
    let floors: Vec<String> = read("accreditation")
        .dimensions
        .iter()
        .map(|dimension| dimension.floor_pct.map(|floor| floor.to_string()).unwrap_or_default())
        .collect();
    assert_eq!(floors, ["60"; 5]);
}
