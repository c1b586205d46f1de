//! The sample evaluation of three bases, as a stranger works it out with paper and pencil: `evaluation.toml`.

use std::{fs, path::PathBuf};

use pingyi::{
    bundle::allowed,
    domain::{
        panel::Role,
        register::{merge, years},
    },
    workflow::verify::{self, result::Opened},
};
use serde::Deserialize;

use crate::support::stage::root;

#[derive(Deserialize)]
struct Expected {
    base: Vec<Base>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Base {
    application: String,
    base: String,
    /// Criterion, points, and how they come about.
    formula: Vec<[String; 3]>,
    /// Reviewer, the four points that people give (E1, E3, O2, O4), the sheet's total, and its weight after trimming.
    sheets: Vec<[String; 7]>,
    total: String,
    band: String,
}

fn file() -> PathBuf {
    root().join("evaluation/bundles/result-jx-2026-p1-r1.zip")
}

fn opened() -> Box<Opened> {
    let list = fs::read_to_string(root().join("evaluation/office.allowed_signers")).unwrap();
    verify::open_result(&file(), Some(&allowed::read(&list).unwrap())).unwrap()
}

fn expected() -> Vec<Base> {
    toml::from_str::<Expected>(include_str!("evaluation.toml")).unwrap().base
}

#[test]
fn every_formula_gives_the_points_that_the_form_and_the_rubric_say() {
    let opened = opened();
    for base in expected() {
        let result = opened.results[0].applications.iter().find(|one| one.id.as_str() == base.application).unwrap();
        for [criterion, points, why] in &base.formula {
            let line = result.criteria.iter().find(|line| line.id.as_str() == criterion).unwrap();
            assert_eq!(line.mean.value().to_string(), *points, "{} {criterion}: {why}", base.application);
        }
    }
}

#[test]
fn sheets_add_up_and_the_highest_and_the_lowest_fall_away() {
    let opened = opened();
    for base in expected() {
        let result = opened.results[0].applications.iter().find(|one| one.id.as_str() == base.application).unwrap();
        assert_eq!(result.sheets.len(), base.sheets.len());
        for [reviewer, e1, e3, o2, o4, total, weight] in &base.sheets {
            let sheet = result.sheets.iter().find(|sheet| sheet.reviewer.as_str() == reviewer).unwrap();
            let given = |criterion: &str| {
                let at = opened.package.rubric.criteria.iter().position(|one| one.id.as_str() == criterion).unwrap();
                sheet.cells[at].given.unwrap().to_string()
            };
            assert_eq!(
                [given("E1"), given("E3"), given("O2"), given("O4")],
                [e1.clone(), e3.clone(), o2.clone(), o4.clone()],
                "{reviewer}"
            );
            assert_eq!(
                (sheet.total.value().to_string(), sheet.weight.fraction()),
                (total.clone(), weight.clone()),
                "{} {reviewer}",
                base.application
            );
        }
        assert_eq!(result.total_text(), base.total, "{}", base.application);
    }
}

#[test]
fn the_third_party_scores_with_a_key_of_its_own_beside_the_experts() {
    let opened = opened();
    let person = opened.package.roster.people.iter().find(|person| person.code.as_str() == "TP1").unwrap();
    assert_eq!(person.role, Role::ThirdParty);
    let own = person.key.as_ref().unwrap().public.clone();
    assert!(opened.package.roster.people.iter().filter(|other| other.key.as_ref().is_some_and(|key| key.public == own)).count() == 1);
    assert!(
        opened.results[0].applications.iter().all(|one| one.sheets.iter().any(|sheet| sheet.reviewer.as_str() == "TP1" && sheet.counts()))
    );
    let bundle = root().join("evaluation/bundles/scores-jx-2026-p1-tp1-r1.zip");
    let list = fs::read_to_string(root().join("evaluation/office.allowed_signers")).unwrap();
    let report = verify::verify(&bundle, Some(&allowed::read(&list).unwrap())).unwrap();
    assert!(report.passes(), "{report:#?}");
    assert_eq!(report.signers[0].role, Role::ThirdParty);
}

#[test]
fn the_annual_report_has_each_base_with_its_band_and_its_figures() {
    let merged = merge(opened().panel_result("file".to_owned()));
    let lines = years::of(&merged.panels);
    for base in expected() {
        let line = lines.iter().find(|line| line.base.as_str() == base.base).unwrap();
        assert_eq!(
            (line.year, line.total.as_deref(), line.band.as_ref().map(|band| band.zh.as_str())),
            (2025, Some(base.total.as_str()), Some(base.band.as_str()))
        );
        assert_eq!(line.change, None, "nothing is known of the year before");
    }
    assert_eq!(years::bands(&lines)[0].sums["trainees"], "18440");
}
