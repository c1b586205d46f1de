//! Ranks, cuts, the lot and quotas by worked examples.

use std::collections::BTreeMap;

use pingyi::{
    digest::sha256,
    domain::{
        call::Quota,
        consolidate::{
            input::{ApplicationInput, ItemInput},
            item,
        },
        ranking::{
            ChairRuling, Cut, Place, Ranked, TieRecord, draw,
            quota::{self, Winner},
        },
        text::{Explain, Language},
    },
    i18n,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{
    cases::worked,
    panel::{Crit, crit, small_rubric, totals, valid_sheet},
    rules::of,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default)]
    tie_break: Vec<String>,
    tie_at_cut: Option<String>,
    rank_on: Option<String>,
    round: Option<Value>,
    trim: Option<Value>,
    pass: Option<String>,
    winners: Option<u32>,
    candidates: Option<u32>,
    applications: BTreeMap<String, Value>,
    #[serde(default)]
    votes: BTreeMap<String, u32>,
    #[serde(default)]
    chair: Vec<Ruling>,
    #[serde(default)]
    bundles: Vec<String>,
    expect: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ruling {
    order: Vec<String>,
    reason: String,
}

impl Case {
    fn criteria() -> Vec<Crit> {
        vec![crit("A1", "50", "1"), crit("A2", "50", "1"), crit("B1", "50", "1")]
    }

    fn run(&self) -> Vec<Ranked> {
        let mut scoring = json!({ "method": "mean", "tie_break": self.tie_break });
        if let Some(trim) = &self.trim {
            scoring["method"] = json!("trimmed-mean");
            scoring["trim"] = trim.clone();
        }
        for (key, value) in [("round", &self.round), ("tie_at_cut", &self.tie_at_cut.as_ref().map(|word| json!(word)))] {
            if let Some(value) = value {
                scoring[key] = value.clone();
            }
        }
        if let Some(word) = &self.rank_on {
            scoring["rank_on"] = json!(word);
        }
        let by_criterion = self.applications.values().any(Value::is_object);
        let criteria = if by_criterion { Self::criteria() } else { vec![crit("A1", "100", "1")] };
        let pass: Vec<(&str, Value)> = self.pass.iter().map(|mark| ("pass", json!({ "total": mark }))).collect();
        let rubric = small_rubric(&criteria, scoring, &pass);
        let application = |(id, value): (&String, &Value)| {
            let sheets = match value {
                Value::String(total) => totals(&[total]),
                Value::Array(values) => totals(&values.iter().map(|value| value.as_str().unwrap()).collect::<Vec<_>>()),
                points => {
                    let mut cells: BTreeMap<String, String> = serde_json::from_value(points.clone()).unwrap();
                    for criterion in &criteria {
                        cells.entry(criterion.id.clone()).or_insert_with(|| "0".to_owned());
                    }
                    vec![valid_sheet(&criteria, "R01", &cells)]
                }
            };
            ApplicationInput::plain(of(id), sheets)
        };
        let mut input = ItemInput::plain(of("t1"), self.applications.iter().map(application).collect());
        input.winners = self.winners.unwrap_or(1);
        input.candidates_max = self.candidates.unwrap_or(3);
        input.ties = TieRecord {
            votes: self.votes.iter().map(|(id, count)| (of(id), *count)).collect(),
            chair: self
                .chair
                .iter()
                .map(|one| ChairRuling { order: one.order.iter().map(|id| of(id)).collect(), reason: one.reason.clone() })
                .collect(),
        };
        let ids: Vec<_> = input.applications.iter().map(|one| one.id.clone()).collect();
        input.lot = draw(&input.id, self.bundles.iter().map(String::as_str), &ids, sha256);
        let result = item(&rubric, &input).unwrap();
        let awaits = self.expect.iter().any(|line| line.contains(" winner") || line.contains(" open"));
        assert_eq!(result.ranking.is_without_winner(), !awaits, "{}", self.why);
        result.ranking.rows
    }
}

fn words(row: &Ranked) -> String {
    let place = match row.place {
        Place::Winner => "winner",
        Place::Reserve => "reserve",
        Place::Open(Cut::Winner | Cut::Reserve) => "open",
        Place::None => "none",
    };
    let shared = if row.tied { "=" } else { "" };
    let by = row.apart.step().map(|step| format!(" by {step}")).unwrap_or_default();
    let waits = row.waits.as_ref().map(|step| format!(" waits for {step}")).unwrap_or_default();
    format!("{}{shared} {} {place}{by}{waits}", row.rank, row.id)
}

#[test]
fn ranks_ties_and_cuts_are_as_the_worked_examples_say() {
    let cases: Vec<Case> = worked(include_str!("ranks.toml"));
    for case in cases {
        let found: Vec<String> = case.run().iter().map(words).collect();
        assert_eq!(found, case.expect, "{}", case.why);
    }
}

/// The lot by the words of the rule, with another program's SHA-256: `printf 'aa\nbb\nt1' | sha256sum`, then the seed's bytes and
/// each id.
#[test]
fn the_lot_can_be_repeated_with_a_pocket_tool() {
    let ids = [of("a"), of("b"), of("c")];
    let lot = draw(&of("t1"), ["bb", "aa", "bb"], &ids, sha256).unwrap();
    assert_eq!(lot.seed, LOT_SEED);
    let order: Vec<&str> = lot.order.iter().map(|id| id.as_str()).collect();
    assert_eq!(order, LOT_ORDER);
}

#[test]
fn the_order_of_bundles_and_applications_does_not_change_the_lot_but_one_more_bundle_and_another_item_do() {
    let ids = [of("a"), of("b"), of("c")];
    let turned = [of("c"), of("a"), of("b")];
    let lot = |item: &str, bundles: &[&str]| draw(&of(item), bundles.iter().copied(), &ids, sha256).unwrap();
    assert_eq!(lot("t1", &["aa", "bb"]), draw(&of("t1"), ["bb", "aa"], &turned, sha256).unwrap());
    assert_ne!(lot("t1", &["aa", "bb"]).seed, lot("t1", &["aa", "bb", "cc"]).seed);
    assert_ne!(lot("t1", &["aa", "bb"]).seed, lot("t2", &["aa", "bb"]).seed);
}

#[test]
fn without_a_bundle_there_is_no_lot_because_its_seed_could_be_known_beforehand() {
    assert_eq!(draw(&of("t1"), ["", ""], &[of("a")], sha256), None);
}

#[test]
fn the_lot_parts_a_tie_and_is_kept_with_the_ranking_that_needed_it() {
    let rubric = small_rubric(&[crit("A1", "100", "1")], json!({ "method": "mean", "tie_break": ["lot"] }), &[]);
    let application = |id: &str, total: &str| ApplicationInput::plain(of(id), totals(&[total]));
    let ranked = |totals: [&str; 3]| {
        let applications = vec![application("a", totals[0]), application("b", totals[1]), application("c", totals[2])];
        let mut input = ItemInput::plain(of("t1"), applications);
        input.lot = draw(&of("t1"), ["aa", "bb"], &[of("a"), of("b"), of("c")], sha256);
        item(&rubric, &input).unwrap()
    };
    let tied = ranked(["80", "80", "80"]);
    let order: Vec<&str> = tied.ranking.rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(order, LOT_ORDER);
    assert!(tied.ranking.lot.is_some() && tied.blocks.is_empty());
    assert_eq!(ranked(["80", "81", "82"]).ranking.lot, None, "no lot is reported where none was needed");
}

const LOT_SEED: &str = "69200fdbe1e1a9d72763f86b006bde0354e1968d2e7e062a59503eb27e040c7f";
const LOT_ORDER: [&str; 3] = ["a", "b", "c"];

fn winner(id: &str, city: &str, sector: &str, government: u32, tied: bool) -> Winner {
    Winner { id: of(id), city: city.to_owned(), sector: sector.to_owned(), government: government.into(), tied }
}

fn winners() -> Vec<Winner> {
    vec![
        winner("a", "140100", "s1", 300, false),
        winner("b", "140100", "s2", 0, false),
        winner("c", "140200", "s1", 250, true),
        winner("d", "140100", "s3", 100, false),
    ]
}

fn quotas(toml_text: &str) -> Vec<(String, String, bool)> {
    let quota: Quota = toml::from_str(toml_text).unwrap();
    let breaches = quota::check(&quota, &winners());
    breaches.iter().map(|one| (i18n::text(Language::En, &one.what()), one.advice().id.to_owned(), one.blocks())).collect()
}

#[test]
fn a_broken_quota_names_the_rule_and_the_applications_that_break_it() {
    let table = [
        ("total = { max = 3, soft = true }", "4 winners in all, more than 3: a, b, c, d", "rec-quota-tied", true),
        ("per_city = { max = 2 }", "3 winners of city 140100, more than 2: a, b, d", "rec-quota-hard", true),
        ("per_city = { max = 2, soft = true }", "3 winners of city 140100, more than 2: a, b, d", "rec-quota-soft", false),
        ("per_sector = { max = 1 }", "2 winners of sector s1, more than 1: a, c", "rec-quota-tied", true),
        (
            "gov_funding_max = \"649.9\"",
            "Government money of all winners is 650 × 10,000 yuan, more than 649.9: a, c, d",
            "rec-quota-tied",
            true,
        ),
    ];
    for (rule, what, advice, blocks) in table {
        assert_eq!(quotas(rule), [(what.to_owned(), advice.to_owned(), blocks)], "{rule}");
    }
}

#[test]
fn a_quota_that_is_just_reached_is_not_broken() {
    assert_eq!(quotas("total = { max = 4 }\nper_city = { max = 3 }\nper_sector = { max = 2 }\ngov_funding_max = \"650\""), []);
    assert_eq!(quotas(""), []);
}
