//! Coefficients of agreement against what papers print and exact fractions give.

use std::collections::BTreeMap;

use pingyi::insight::{
    agreement::{self, Basis, Line, STATISTICS},
    estimate::{self, CannotEstimate},
    kappa,
    ratings::Ratings,
};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{as_printed, cases, line, table, turned};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    source: String,
    #[serde(default)]
    applications: Vec<String>,
    #[serde(default)]
    reviewers: Vec<String>,
    #[serde(default)]
    expect: BTreeMap<String, String>,
    #[serde(default)]
    cannot: BTreeMap<String, String>,
}

impl Case {
    fn ratings(&self) -> Ratings {
        let lines = |lines: &[String]| lines.iter().map(|text| line(text)).collect::<Vec<_>>();
        let rows = if self.reviewers.is_empty() { lines(&self.applications) } else { turned(&lines(&self.reviewers)) };
        Ratings::new(rows).unwrap()
    }
}

fn find<'a>(lines: &'a [Line], id: &str) -> &'a Line {
    lines.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("no coefficient {id}"))
}

#[test]
fn every_coefficient_is_what_the_paper_prints() {
    for case in cases::<Case>("agreement.toml") {
        let lines = agreement::agreement(&case.ratings());
        for (id, wanted) in &case.expect {
            let value = find(&lines, id).value.unwrap_or_else(|why| panic!("{}: {id}: {why:?}", case.why));
            assert_eq!(&as_printed(value, wanted), wanted, "{}: {id}, after {}", case.why, case.source);
        }
    }
}

#[test]
fn what_cannot_be_estimated_says_why_and_is_no_figure() {
    let mut reasons = 0;
    for case in cases::<Case>("agreement.toml") {
        let lines = agreement::agreement(&case.ratings());
        for (id, why) in &case.cannot {
            let told = find(&lines, id).value.expect_err(&format!("{}: {id} has a value", case.why));
            assert_eq!(told.message().id, why, "{}: {id}", case.why);
            reasons += 1;
        }
    }
    assert!(reasons >= 20);
}

#[test]
fn every_coefficient_has_a_worked_figure_and_a_case_in_which_there_is_none() {
    let cases = cases::<Case>("agreement.toml");
    for statistic in &STATISTICS {
        assert!(cases.iter().any(|case| case.expect.contains_key(statistic.id)), "{} has no worked figure", statistic.id);
        assert!(cases.iter().any(|case| case.cannot.contains_key(statistic.id)), "{} is never undefined", statistic.id);
    }
}

#[test]
fn the_note_counts_what_was_used_and_what_was_left_out() {
    let lines = agreement::agreement(&table(&["7 8 . .", "9 9 9 .", "5 5 6 .", ". 4 . ."]));
    let complete = Basis::Complete { used: 2, applications: 4, reviewers: 3 };
    let pairable = Basis::Pairable { used: 3, applications: 4, ratings: 8 };
    for line in &lines {
        let wanted = if line.id.starts_with("alpha") { pairable } else { complete };
        assert_eq!(line.basis, wanted, "{}", line.id);
    }
}

#[test]
fn exact_scores_and_their_spelling_make_no_difference() {
    let exact = |text: &str| Some(text.parse::<Decimal>().unwrap());
    let written = Ratings::exact(&[vec![exact("7.50"), exact("7.5")], vec![exact("0.30"), None]]).unwrap();
    assert_eq!(written, table(&["7.5 7.5", "0.3 ."]));
}

#[test]
fn a_table_with_ragged_rows_or_no_numbers_is_no_table() {
    assert_eq!(Ratings::new(vec![vec![Some(1.0)], vec![Some(1.0), None]]), None);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(Ratings::new(vec![vec![Some(bad)]]), None);
    }
    assert!(Ratings::new(Vec::new()).is_some(), "an empty table is a table, of which nothing can be estimated");
}

#[test]
fn of_an_empty_table_nothing_is_estimated_and_nothing_breaks() {
    for line in agreement::agreement(&Ratings::new(Vec::new()).unwrap()) {
        assert!(line.value.is_err(), "{}", line.id);
    }
}

#[test]
fn printed_figures_have_ten_places_and_no_minus_nought() {
    let printed = [-0.0, -1e-12, -0.25, 1.0, 2.0 / 3.0].map(estimate::printed);
    assert_eq!(printed, ["0.0000000000", "0.0000000000", "-0.2500000000", "1.0000000000", "0.6666666667"]);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Votes {
    why: String,
    source: String,
    /// One row a subject: how many chose each category.
    votes: Vec<Vec<u32>>,
    expect: Option<String>,
    cannot: Option<String>,
}

#[test]
fn kappa_of_votes_is_what_the_paper_prints_and_needs_no_names() {
    for case in cases::<Votes>("kappa.toml") {
        let found = kappa::of_votes(&case.votes);
        match (&case.expect, &case.cannot) {
            (Some(wanted), None) => {
                let value = found.unwrap_or_else(|why| panic!("{}: {why:?}", case.why));
                assert_eq!(&as_printed(value, wanted), wanted, "{}, after {}", case.why, case.source);
            }
            (None, Some(why)) => assert_eq!(found.map_err(|told| told.message().id), Err(why.as_str()), "{}", case.why),
            _ => panic!("{}: a case has either a figure or a reason", case.why),
        }
    }
}

#[test]
fn kappa_of_ratings_is_kappa_of_the_votes_that_they_are() {
    let ratings = table(&["1 1 2", "2 2 2", "3 1 3", "1 3 2"]);
    let votes = [vec![2, 1, 0], vec![0, 3, 0], vec![1, 0, 2], vec![1, 1, 1]];
    assert_eq!(kappa::of_ratings(&ratings.complete()), kappa::of_votes(&votes));
}

#[test]
fn every_reason_is_a_sentence_in_both_languages() {
    use pingyi::{domain::text::Language, i18n};
    let (found, needed) = (1, 2);
    let reasons = [
        CannotEstimate::TooFewApplications { found, needed },
        CannotEstimate::TooFewReviewers { found, needed },
        CannotEstimate::TooFewRatings { found, needed },
        CannotEstimate::NothingShared,
        CannotEstimate::AllEqual,
        CannotEstimate::ApplicationsEqual,
        CannotEstimate::ReviewersConstant,
        CannotEstimate::NotPositive,
        CannotEstimate::BelowNought,
        CannotEstimate::UnequalVotes,
        CannotEstimate::NotConnected { groups: 2 },
        CannotEstimate::NothingLeftOver,
        CannotEstimate::NoScale,
        CannotEstimate::TooLarge,
    ];
    for reason in reasons {
        let message = reason.message();
        assert!(i18n::text(Language::En, &message).starts_with("cannot be estimated: "), "{reason:?}");
        assert!(i18n::text(Language::Zh, &message).starts_with("无法估计："), "{reason:?}");
    }
}
