//! `conclusions.toml`: what is said about an application, by the kind of its review, and who is on the public list.

use pingyi::{
    domain::{
        consolidate::{
            conclusion,
            input::{ApplicationInput, ItemInput},
            item,
        },
        rubric::Rubric,
        text::{Bilingual, Language},
    },
    i18n,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    support::{
        cases::worked,
        panel::{only_total, small_rubric, totals},
        rules::of,
    },
    tidy::read,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// The rubric whose kind, pass mark, verdicts and vetoes count.
    rubric: String,
    total: String,
    #[serde(default)]
    ahead: Vec<String>,
    #[serde(default)]
    vetoes: Vec<String>,
    says: Bilingual,
    named: bool,
}

/// One criterion of 100 points, with what the shipped rubric makes of a total.
fn rubric(id: &str) -> Rubric {
    let shipped: toml::Value = toml::from_str(&read(&format!("rubrics/{id}.toml"))).unwrap();
    let more: Vec<(&str, serde_json::Value)> = ["kind", "pass", "band", "veto"]
        .into_iter()
        .filter_map(|key| Some((key, serde_json::to_value(shipped.get(key)?).unwrap())))
        .collect();
    let tie_at_cut = shipped["scoring"]["tie_at_cut"].as_str();
    small_rubric(&only_total(), json!({ "method": "mean", "tie_at_cut": tie_at_cut }), &more)
}

#[test]
fn the_conclusion_is_in_the_words_of_the_review() {
    for case in worked::<Case>(include_str!("conclusions.toml")) {
        let rubric = rubric(&case.rubric);
        let ahead = case.ahead.iter().enumerate().map(|(at, total)| ApplicationInput::plain(of(&format!("sx-1{at:03}")), totals(&[total])));
        let mut own = ApplicationInput::plain(of("sx-0001"), totals(&[&case.total]));
        own.vetoes = case.vetoes.iter().map(|id| of(id)).collect();
        let input = ItemInput { winners: 1, candidates_max: 2, ..ItemInput::plain(of("t1"), ahead.chain([own]).collect()) };
        let found = item(&rubric, &input).unwrap();
        let (result, row) = (found.application(&of("sx-0001")).unwrap(), found.ranking.row(&of("sx-0001")));
        let words = conclusion::words(&rubric, result, row);
        let said = Bilingual { zh: i18n::text(Language::Zh, &words), en: i18n::text(Language::En, &words) };
        assert_eq!(said, case.says, "{}", case.why);
        assert_eq!(conclusion::is_named(&rubric, result, row), case.named, "{}", case.why);
    }
}

#[test]
fn nobody_competes_in_a_performance_evaluation_so_a_tie_holds_nothing_up() {
    let rubric = rubric("performance");
    let alike = ["sx-0001", "sx-0002"].map(|id| ApplicationInput::plain(of(id), totals(&["92"])));
    let found = item(&rubric, &ItemInput::plain(of("t1"), alike.to_vec())).unwrap();
    assert_eq!(found.blocks, []);
    for result in &found.applications {
        let words = conclusion::words(&rubric, result, found.ranking.row(&result.id));
        assert_eq!(i18n::text(Language::Zh, &words), "优");
    }
}

#[test]
fn only_a_call_can_end_without_a_winner() {
    for (id, ends) in
        [("selection", true), ("city-county", true), ("performance", false), ("accreditation", false), ("direct-award", false)]
    {
        let found = item(&rubric(id), &ItemInput::plain(of("t1"), Vec::new())).unwrap();
        assert_eq!(conclusion::is_without_winner(&rubric(id), &found.ranking), ends, "{id}");
    }
}
