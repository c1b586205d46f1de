//! Leniency on designs as they really are: recusals, unequal shares, panels that never meet.

use pingyi::insight::{
    connected,
    leniency::{self, Effect, Leniency},
    linear,
};
use proptest::prelude::*;
use serde::Deserialize;

use super::{as_printed, cases, full, line, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    applications: Vec<String>,
    #[serde(default)]
    leniency: Vec<String>,
    #[serde(default)]
    standard_error: Vec<String>,
    residual_sd: Option<String>,
    freedom: Option<usize>,
    cannot: Option<String>,
}

/// One figure of every reviewer, as printed in `wanted`.
fn figures(found: &Leniency, of: impl Fn(&Effect) -> f64, wanted: &[String]) -> Vec<String> {
    let printed = |(effect, like): (&Option<Effect>, &String)| effect.as_ref().map_or("none".to_owned(), |e| as_printed(of(e), like));
    found.reviewers.iter().zip(wanted).map(printed).collect()
}

#[test]
fn leniency_allows_for_which_applications_a_reviewer_was_given() {
    for case in cases::<Case>("leniency.toml").iter().filter(|case| case.cannot.is_none()) {
        let found = leniency::leniency(&table(&case.applications)).unwrap_or_else(|why| panic!("{}: {why:?}", case.why));
        assert_eq!(found.reviewers.len(), case.leniency.len(), "{}", case.why);
        assert_eq!(figures(&found, |effect| effect.leniency, &case.leniency), case.leniency, "{}", case.why);
        assert_eq!(figures(&found, |effect| effect.standard_error, &case.standard_error), case.standard_error, "{}", case.why);
        assert_eq!(Some(found.freedom), case.freedom, "{}", case.why);
        let wanted = case.residual_sd.as_deref().unwrap();
        assert_eq!(as_printed(found.residual_sd, wanted), wanted, "{}", case.why);
    }
}

#[test]
fn where_reviewers_cannot_be_compared_no_leniency_is_made_up() {
    for case in cases::<Case>("leniency.toml") {
        if let Some(why) = &case.cannot {
            let found = leniency::leniency(&table(&case.applications));
            assert_eq!(found.map_err(|told| told.message().id), Err(why.as_str()), "{}", case.why);
        }
    }
}

#[test]
fn reviewers_are_joined_through_chains_of_applications() {
    let ratings = table(&["1 1 . . . .", ". . 1 1 . .", ". 1 1 . . .", ". . . . 1 ."]);
    assert_eq!(connected::groups(&ratings), [Some(0), Some(0), Some(0), Some(0), Some(1), None]);
    assert_eq!(connected::number_of_groups(&ratings), 2);
    assert_eq!(connected::number_of_groups(&table(&[". ."])), 0);
}

#[test]
fn a_link_that_comes_late_joins_what_was_apart() {
    let apart = ["1 1 . .", ". . 1 1"];
    assert_eq!(connected::number_of_groups(&table(&apart)), 2);
    let joined = ["1 1 . .", ". . 1 1", "1 . . 1"];
    assert_eq!(connected::number_of_groups(&table(&joined)), 1);
}

#[test]
fn equations_that_decide_nothing_have_no_solution() {
    assert_eq!(linear::solve(vec![vec![1.0, 2.0, 3.0], vec![2.0, 4.0, 6.0]]), None);
    assert_eq!(linear::solve(vec![vec![0.0, 0.0]]), None);
    assert_eq!(linear::solve(vec![vec![1.0, 2.0, 3.0], vec![1.0]]), None, "an equation that is too short");
}

#[test]
fn equations_are_solved_for_every_right_hand_side_and_in_any_order() {
    // x + 2y = 5 and 3x − y = 1, so x = 1, y = 2; and with nought on the right, nought.
    let expected = Some(vec![vec![1.0, 0.0], vec![2.0, 0.0]]);
    assert_eq!(linear::solve(vec![vec![1.0, 2.0, 5.0, 0.0], vec![3.0, -1.0, 1.0, 0.0]]), expected);
    assert_eq!(linear::solve(vec![vec![3.0, -1.0, 1.0, 0.0], vec![1.0, 2.0, 5.0, 0.0]]), expected);
    // The first coefficient is nought, so the second equation has to go first.
    assert_eq!(linear::solve(vec![vec![0.0, 1.0, 2.0], vec![1.0, 0.0, 1.0]]), Some(vec![vec![1.0], vec![2.0]]));
}

proptest! {
    #[test]
    fn exact_effects_come_back_from_any_connected_design(
        qualities in prop::collection::vec(0_i32..100, 4..9),
        effects in prop::collection::vec(-8_i32..8, 2..6),
        holes in prop::collection::vec(any::<bool>(), 54),
    ) {
        let k = effects.len();
        // The first row is whole, so the design is connected whatever else is missing; the second leaves a figure over.
        let row = |(at, quality): (usize, &i32)| {
            let cell = |(j, effect): (usize, &i32)| (at < 2 || !holes[at * k + j]).then(|| f64::from(quality + effect));
            effects.iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        let ratings = pingyi::insight::ratings::Ratings::new(qualities.iter().enumerate().map(row).collect()).unwrap();
        let found = leniency::leniency(&ratings).unwrap();
        let mean = effects.iter().sum::<i32>() as f64 / k as f64;
        for (found, effect) in found.reviewers.iter().zip(&effects) {
            prop_assert!((found.unwrap().leniency - (f64::from(*effect) - mean)).abs() < 1e-9);
        }
        prop_assert!(found.residual_sd < 1e-9);
    }

    #[test]
    fn leniency_adds_up_to_nought_and_scales_with_the_points(
        rows in prop::collection::vec(prop::collection::vec(0_u16..200, 4), 3..8),
        power in -200_i32..200,
    ) {
        let scale = 10_f64.powi(power);
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|half| f64::from(*half) / 2.0).collect()).collect();
        let scaled: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value * scale).collect()).collect();
        let (plain, large) = (leniency::leniency(&full(&rows)).unwrap(), leniency::leniency(&full(&scaled)).unwrap());
        prop_assert!(plain.reviewers.iter().flatten().map(|effect| effect.leniency).sum::<f64>().abs() < 1e-9);
        for (plain, large) in plain.reviewers.iter().flatten().zip(large.reviewers.iter().flatten()) {
            prop_assert!((large.leniency / scale - plain.leniency).abs() < 1e-9, "{large:?} {plain:?}");
            prop_assert!((large.standard_error / scale - plain.standard_error).abs() < 1e-9);
        }
    }
}

#[test]
fn a_line_of_the_examples_is_read_as_it_stands() {
    assert_eq!(line("7.5 . 0"), [Some(7.5), None, Some(0.0)]);
}
