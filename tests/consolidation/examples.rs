//! The worked examples of one application: `mean.toml`, `trimmed-mean.toml`, `median.toml`, `sum.toml`, `rounding.toml`,
//! `standard.toml`, `outcome.toml`, `deviation.toml`.

use std::collections::{BTreeMap, BTreeSet};

use pingyi::{
    domain::{
        consolidate::{
            METHODS,
            derivation::{ApplicationResult, Block, Flag},
            input::{ApplicationInput, GoOn, Standing},
            item, items,
        },
        deviation::DeviationFlag,
        rubric::{Rubric, check::check},
        text::Language,
    },
    i18n,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    support::{
        panel::{Crit, consolidated, only_total, small_rubric, totals, valid_sheet},
        rules::of,
    },
    tidy::{files, none, read},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cases {
    pub(super) case: Vec<Case>,
}

/// One worked example. `sheets` are totals, or points by criterion where the case has criteria of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) why: String,
    #[serde(default)]
    criterion: Vec<Crit>,
    scoring: Value,
    #[serde(default)]
    more: BTreeMap<String, Value>,
    /// Smallest share of a dimension, by dimension.
    #[serde(default)]
    floor: BTreeMap<String, String>,
    sheets: BTreeMap<String, Value>,
    /// Sheets that do not count, and why.
    #[serde(default)]
    out: BTreeMap<String, String>,
    /// Further applications, whose sheets only bear on standard scores.
    #[serde(default)]
    others: Vec<BTreeMap<String, Value>>,
    #[serde(default)]
    gates: Vec<String>,
    #[serde(default)]
    vetoes: Vec<String>,
    go_on: Option<String>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    total: Option<String>,
    n: Option<usize>,
    kept: Option<String>,
    #[serde(default)]
    weights: BTreeMap<String, String>,
    #[serde(default)]
    criteria: BTreeMap<String, String>,
    #[serde(default)]
    dimensions: BTreeMap<String, String>,
    outcome: Option<String>,
    /// The reason as the English reader sees it.
    reason: Option<String>,
    flags: Option<Vec<String>>,
    untrimmed_mean: Option<String>,
    standard: Option<BTreeMap<String, String>>,
    blocked: Option<bool>,
}

impl Case {
    fn criteria(&self) -> Vec<Crit> {
        if self.criterion.is_empty() { only_total() } else { self.criterion.clone() }
    }

    fn rubric(&self) -> Rubric {
        let more: Vec<(&str, Value)> = self.more.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        let mut rubric = small_rubric(&self.criteria(), self.scoring.clone(), &more);
        for dimension in &mut rubric.dimensions {
            dimension.floor_pct = self.floor.get(dimension.id.as_str()).map(|floor| of(floor));
        }
        rubric
    }

    fn application(&self, id: &str, sheets: &BTreeMap<String, Value>) -> ApplicationInput {
        let cells = |value: &Value| match value {
            Value::String(total) => BTreeMap::from([("A1".to_owned(), total.clone())]),
            points => serde_json::from_value(points.clone()).unwrap(),
        };
        let mut sheets: Vec<_> = sheets.iter().map(|(code, value)| valid_sheet(&self.criteria(), code, &cells(value))).collect();
        for sheet in &mut sheets {
            sheet.standing = match self.out.get(sheet.reviewer.as_str()).map(String::as_str) {
                Some("recused") => Standing::Recused,
                Some("declined") => Standing::Declined,
                Some("void") => Standing::Void,
                Some("replaced") => Standing::Replaced,
                Some(other) => panic!("{other}"),
                None => Standing::Valid,
            };
        }
        ApplicationInput::plain(of(id), sheets)
    }

    fn consolidated(&self) -> (ApplicationResult, bool) {
        let mut first = self.application("sx-0001", &self.sheets);
        first.failed_gates = self.gates.iter().map(|id| of(id)).collect();
        first.vetoes = self.vetoes.iter().map(|id| of(id)).collect();
        first.go_on = match self.go_on.as_deref() {
            Some("plain-mean") => Some(GoOn::PlainMean),
            Some("leave-out") => Some(GoOn::LeaveOut),
            Some(other) => panic!("{other}"),
            None => None,
        };
        let others = self.others.iter().enumerate().map(|(at, sheets)| self.application(&format!("sx-1{at:03}"), sheets));
        let mut result = consolidated(&self.rubric(), std::iter::once(first).chain(others).collect());
        let own = |block: &Block| match block {
            Block::TooFew { application, .. } | Block::NoStandard { application, .. } => application.as_str() == "sx-0001",
            Block::Tie(_) => false,
        };
        let blocked = result.blocks.iter().any(own);
        (result.applications.remove(0), blocked)
    }
}

fn flag_words(result: &ApplicationResult) -> Vec<String> {
    let word = |flag: &Flag| match flag {
        Flag::Untrimmed { valid, min_valid } => format!("untrimmed: {valid} < {min_valid}"),
        Flag::Deviation(DeviationFlag::Total(one)) => format!("total {} {} against {}", one.reviewer, one.value, one.others),
        Flag::Deviation(DeviationFlag::Criterion(id, one)) => format!("{id} {} {} against {}", one.reviewer, one.value, one.others),
        Flag::Deviation(DeviationFlag::Objective { criterion, .. }) => format!("objective {criterion}"),
    };
    result.flags.iter().map(word).collect()
}

fn run(name: &str) {
    let cases: Cases = toml::from_str(&read(&format!("tests/consolidation/{name}"))).unwrap_or_else(|error| panic!("{name}: {error}"));
    for case in cases.case {
        let why = format!("{name}: {}", case.why);
        let rubric = case.rubric();
        let findings: Vec<_> = check(&rubric).into_iter().filter(|finding| finding.path.starts_with("scoring")).collect();
        assert_eq!(findings, [], "{why}: the example's own rubric must be sound");
        let (found, blocked) = case.consolidated();
        let Expected { total, n, kept, weights, criteria, dimensions, outcome, reason, flags, untrimmed_mean, standard, blocked: expected } =
            case.expect;
        assert_eq!(found.total.as_ref().map(|line| line.text()), total, "{why}: total");
        let compare = |found: String, expected: Option<String>, what: &str| {
            if let Some(expected) = expected {
                assert_eq!(found, expected, "{why}: {what}");
            }
        };
        compare(found.valid.to_string(), n.map(|n| n.to_string()), "n");
        compare(found.kept.to_string(), kept, "kept");
        compare(found.outcome.word(), outcome, "outcome");
        compare(i18n::text(Language::En, &found.outcome.reason(&rubric)), reason, "reason");
        compare(found.untrimmed_mean.map(|mean| mean.to_string()).unwrap_or_default(), untrimmed_mean, "untrimmed mean");
        compare(blocked.to_string(), expected.map(|blocked| blocked.to_string()), "blocked");
        if let Some(flags) = flags {
            assert_eq!(flag_words(&found), flags, "{why}: flags");
        }
        for (code, weight) in weights {
            let sheet = found.sheets.iter().find(|sheet| sheet.reviewer.as_str() == code).unwrap();
            assert_eq!(sheet.weight.fraction(), weight, "{why}: weight of {code}");
        }
        for (code, score) in standard.unwrap_or_default() {
            let sheet = found.sheets.iter().find(|sheet| sheet.reviewer.as_str() == code).unwrap();
            assert_eq!(sheet.used().to_string(), score, "{why}: standard score of {code}");
        }
        for (id, mean) in criteria {
            let line = found.criteria.iter().find(|line| line.id.as_str() == id).unwrap();
            assert_eq!(line.mean.value().to_string(), mean, "{why}: {id}");
        }
        for (id, figure) in dimensions {
            let line = found.dimensions.iter().find(|line| line.id.as_str() == id).unwrap();
            assert_eq!(line.figure.value().to_string(), figure, "{why}: {id}");
        }
    }
}

#[test]
fn a_mean_is_as_the_worked_examples_say() {
    run("mean.toml");
}

#[test]
fn a_trimmed_mean_is_as_the_worked_examples_say() {
    run("trimmed-mean.toml");
}

#[test]
fn a_median_is_as_the_worked_examples_say() {
    run("median.toml");
}

#[test]
fn a_sum_is_as_the_worked_examples_say() {
    run("sum.toml");
}

#[test]
fn figures_are_rounded_where_and_as_the_rubric_says() {
    run("rounding.toml");
}

#[test]
fn standard_scores_are_as_the_worked_examples_say() {
    run("standard.toml");
}

#[test]
fn what_becomes_of_an_application_is_decided_in_the_declared_order() {
    run("outcome.toml");
}

#[test]
fn striking_scores_are_flagged_and_nothing_is_changed() {
    run("deviation.toml");
}

#[test]
fn every_method_has_a_file_of_examples_a_name_and_an_explanation() {
    let present: BTreeSet<String> = files("tests/consolidation", ".toml").into_iter().collect();
    let mut lacking = Vec::new();
    for method in &METHODS {
        let file = format!("tests/consolidation/{}.toml", method.id);
        let shown = present.contains(&file) && read(&file).matches(&format!("method = \"{}\"", method.id)).count() > 0;
        lacking.extend((!shown).then(|| format!("{}: no worked example in {file}", method.id)));
        let texts = [method.name, method.explained];
        lacking.extend(texts.iter().filter(|id| !i18n::knows(id)).map(|id| format!("{}: no text {id}", method.id)));
        let word = serde_json::to_value(method.method).unwrap();
        assert_eq!(word, method.id, "the table and the rubric name the method alike");
    }
    none("a method that nobody could dispute", &lacking);
}

#[test]
fn with_standard_scores_all_items_of_a_reviewer_are_the_population() {
    let standard = json!({ "by": "reviewer", "centre": "50", "spread": "10", "sd": "population", "places": 2 });
    let rubric = small_rubric(&only_total(), json!({ "method": "mean", "round": [], "standardise": standard }), &[]);
    let input = |item: &str, application: &str, total: &str| {
        let application = ApplicationInput::plain(of(application), totals(&[total]));
        pingyi::domain::consolidate::input::ItemInput::plain(of(item), vec![application])
    };
    let inputs = [input("t1", "a", "60"), input("t2", "b", "80")];
    let together = items(&rubric, &inputs).unwrap();
    let scores: Vec<String> = together.iter().map(|item| item.applications[0].total_text()).collect();
    assert_eq!(scores, ["40.00", "60.00"]);
    let apart = item(&rubric, &inputs[0]).unwrap();
    assert_eq!(apart.blocks.len(), 1, "one sheet alone has no spread, and the item waits for the panel");
}
