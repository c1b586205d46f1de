//! A whole panel by the worked example `whole.toml`; and what one item does to another.

use std::collections::BTreeMap;

use pingyi::{
    digest::sha256,
    domain::{
        consolidate::{
            derivation::{Block, ItemResult},
            input::{ApplicationInput, ItemInput, SheetInput, Standing},
            item, items,
            trouble::Trouble,
        },
        ranking::{Cut, Place, draw},
        result::ResultFile,
        rubric::Rubric,
    },
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::{
    panel::{Crit, crit, only_total, small_rubric, totals, valid_sheet},
    rules::of,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    scoring: Value,
    more: BTreeMap<String, Value>,
    floor: BTreeMap<String, String>,
    rows: BTreeMap<String, Vec<String>>,
    expect: Expected,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    total: BTreeMap<String, String>,
    n: BTreeMap<String, usize>,
    kept: BTreeMap<String, String>,
    outcome: BTreeMap<String, String>,
    places: Vec<String>,
    dimension_b: BTreeMap<String, String>,
    flags: BTreeMap<String, usize>,
}

fn criteria() -> Vec<Crit> {
    vec![crit("A1", "40", "1"), crit("B1", "60", "1")]
}

impl Whole {
    fn rubric(&self) -> Rubric {
        let more: Vec<(&str, Value)> = self.more.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        let mut rubric = small_rubric(&criteria(), self.scoring.clone(), &more);
        for dimension in &mut rubric.dimensions {
            dimension.floor_pct = self.floor.get(dimension.id.as_str()).map(|floor| of(floor));
        }
        rubric
    }

    fn sheet(reviewer: usize, text: &str) -> SheetInput {
        let code = format!("R{:02}", reviewer + 1);
        match text.split_once('+') {
            Some((a1, b1)) => {
                let cells = BTreeMap::from([("A1".to_owned(), a1.to_owned()), ("B1".to_owned(), b1.to_owned())]);
                valid_sheet(&criteria(), &code, &cells)
            }
            None => SheetInput { standing: Standing::Recused, ..valid_sheet(&criteria(), &code, &BTreeMap::new()) },
        }
    }

    fn result(&self) -> ItemResult {
        let application = |(id, rows): (&String, &Vec<String>)| {
            let sheets = rows.iter().enumerate().map(|(reviewer, text)| Self::sheet(reviewer, text)).collect();
            ApplicationInput::plain(of(id), sheets)
        };
        item(&self.rubric(), &ItemInput::plain(of("t1"), self.rows.iter().map(application).collect())).unwrap()
    }
}

#[test]
fn a_whole_panel_comes_to_what_paper_and_pencil_give() {
    let whole: Whole = toml::from_str(include_str!("whole.toml")).unwrap();
    let found = whole.result();
    let by_id = |of: &dyn Fn(&pingyi::domain::consolidate::derivation::ApplicationResult) -> String| -> BTreeMap<String, String> {
        found.applications.iter().map(|one| (one.id.to_string(), of(one))).collect()
    };
    let expected = &whole.expect;
    assert_eq!(by_id(&|one| one.total_text()), expected.total);
    assert_eq!(by_id(&|one| one.valid.to_string()), expected.n.iter().map(|(id, n)| (id.clone(), n.to_string())).collect());
    assert_eq!(by_id(&|one| one.kept.to_string()), expected.kept);
    assert_eq!(by_id(&|one| one.outcome.word()), expected.outcome);
    let mut dimensions = by_id(&|one| one.dimensions[1].figure.value().to_string());
    dimensions.retain(|id, _| expected.dimension_b.contains_key(id));
    assert_eq!(dimensions, expected.dimension_b);
    assert_eq!(by_id(&|one| one.flags.len().to_string()), expected.flags.iter().map(|(id, n)| (id.clone(), n.to_string())).collect());
    let places: Vec<String> = found
        .ranking
        .rows
        .iter()
        .map(|row| {
            let place = match row.place {
                Place::Winner => "winner",
                Place::Reserve => "reserve",
                Place::Open(_) => "open",
                Place::None => "none",
            };
            let by = row.apart.step().map(|step| format!(" by {step}")).unwrap_or_default();
            format!("{} {} {place}{by}", row.rank, row.id)
        })
        .collect();
    assert_eq!(places, expected.places);
}

#[test]
fn winners_and_reserve_are_named_from_the_same_rows() {
    let whole: Whole = toml::from_str(include_str!("whole.toml")).unwrap();
    let ranking = whole.result().ranking;
    let names = |rows: Vec<&pingyi::domain::ranking::Ranked>| rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    assert_eq!(names(ranking.winners().collect()), ["b"]);
    assert_eq!(names(ranking.reserve().collect()), ["c", "a"]);
    assert_eq!(ranking.row(&of("f")).map(|row| row.rank), Some(4));
    assert!(ranking.row(&of("d")).is_none(), "who is not eligible has no row");
}

fn plain(tie_break: Value) -> Rubric {
    small_rubric(&only_total(), json!({ "method": "mean", "tie_break": tie_break }), &[])
}

fn application(id: &str, total: &str) -> ApplicationInput {
    ApplicationInput::plain(of(id), totals(&[total]))
}

#[test]
fn an_open_tie_blocks_its_item_with_rank_cut_and_the_record_that_is_missing() {
    let found =
        item(&plain(json!(["vote", "lot"])), &ItemInput::plain(of("t1"), vec![application("a", "80"), application("b", "80")])).unwrap();
    let [Block::Tie(tie)] = found.blocks.as_slice() else { panic!("{:?}", found.blocks) };
    let names: Vec<&str> = tie.applications.iter().map(|id| id.as_str()).collect();
    assert_eq!((names, tie.rank, tie.cut, tie.waits.as_deref()), (vec!["a", "b"], 1, Cut::Winner, Some("vote")));
    assert!(!found.ranking.is_without_winner(), "an item whose winner is open has not ended without one");
}

#[test]
fn each_item_has_its_own_ranks_and_its_own_lot() {
    let input = |id: &str, names: [&str; 2]| {
        let mut input = ItemInput::plain(of(id), names.iter().map(|name| application(name, "80")).collect());
        input.lot = draw(&of(id), ["aa"], &names.map(of), sha256);
        input
    };
    let rubric = plain(json!(["lot"]));
    let found = items(&rubric, &[input("t1", ["a", "b"]), input("t2", ["c", "d"])]).unwrap();
    let ranks: Vec<usize> = found.iter().flat_map(|item| item.ranking.rows.iter().map(|row| row.rank)).collect();
    assert_eq!(ranks, [1, 2, 1, 2]);
    let file = ResultFile::of(&rubric, of("c1"), of("p1"), 1, String::new(), &found);
    let lot = serde_json::to_value(file).unwrap()["lot"].clone();
    assert_eq!((lot["item"].as_str(), lot["further"][0]["item"].as_str()), (Some("t1"), Some("t2")));
    assert_ne!(lot["seed"], lot["further"][0]["seed"]);
}

#[test]
fn an_item_without_applications_ends_without_a_winner() {
    let found = item(&plain(json!([])), &ItemInput::plain(of("t1"), Vec::new())).unwrap();
    assert!(found.ranking.is_without_winner() && found.blocks.is_empty() && found.applications.is_empty());
}

#[test]
fn weights_that_leave_no_room_for_exact_arithmetic_are_refused_by_the_application_they_belong_to() {
    // Every sheet spreads its points by another odd share, so that no common denominator fits.
    let spreads = |id: &str, max: &str| Crit { na: "redistribute".to_owned(), ..crit(id, max, "1") };
    let criteria: Vec<Crit> = (0..12).map(|at| spreads(&format!("A{at}"), &format!("{}.{:02}", 60 + at * 3, at * 7 + 1))).collect();
    let rubric = small_rubric(&criteria, json!({ "method": "mean" }), &[]);
    let sheets = (0..12).map(|reviewer| {
        let cells = criteria.iter().enumerate().map(|(at, one)| (one.id.clone(), if at == reviewer { "na" } else { "0.01" }.to_owned()));
        valid_sheet(&criteria, &format!("R{reviewer:02}"), &cells.collect())
    });
    let input = ItemInput::plain(of("t1"), vec![ApplicationInput::plain(of("sx-0001"), sheets.collect())]);
    assert_eq!(item(&rubric, &input).unwrap_err(), Trouble::TooLarge { application: Some(of("sx-0001")) });
}

#[test]
fn a_dimension_that_is_not_applicable_as_a_whole_is_refused() {
    let criteria: Vec<Crit> = ["A1", "A2"].map(|id| Crit { na: "redistribute".to_owned(), ..crit(id, "10", "1") }).to_vec();
    let rubric = small_rubric(&criteria, json!({ "method": "mean" }), &[]);
    let cells = BTreeMap::from([("A1".to_owned(), "na".to_owned()), ("A2".to_owned(), "na".to_owned())]);
    let input = ItemInput::plain(of("t1"), vec![ApplicationInput::plain(of("sx-0001"), vec![valid_sheet(&criteria, "R01", &cells)])]);
    assert_eq!(item(&rubric, &input).unwrap_err(), Trouble::Hollow { application: of("sx-0001"), reviewer: of("R01") });
}

#[test]
fn a_chain_that_names_nothing_is_refused_before_anything_is_computed() {
    let rubric = plain(json!(["dimension:Z"]));
    let found = item(&rubric, &ItemInput::plain(of("t1"), vec![application("a", "80")])).unwrap_err();
    assert_eq!(found, Trouble::Step { step: "dimension:Z".to_owned() });
}
