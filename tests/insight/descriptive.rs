//! What is told of one application and of one reviewer.

use pingyi::insight::{
    boxplot,
    describe::{self, Scale},
    estimate::{CannotEstimate, Estimate},
    moments,
};
use serde::Deserialize;

use super::{as_printed, cases, line, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Application {
    why: String,
    values: String,
    n: usize,
    mean: String,
    sd: String,
    range: String,
    median: String,
}

fn values(text: &str) -> Vec<f64> {
    line(text).into_iter().flatten().collect()
}

/// The figure as `wanted` prints it, or the id of the reason why there is none.
fn told(estimate: Estimate, wanted: &str) -> String {
    estimate.map_or_else(|why| why.message().id.to_owned(), |value| as_printed(value, wanted))
}

#[test]
fn an_application_in_five_figures() {
    for case in cases::<Application>("descriptive.toml") {
        let found = describe::application(&values(&case.values));
        assert_eq!(found.n, case.n, "{}", case.why);
        for (name, estimate, wanted) in [
            ("mean", found.mean, &case.mean),
            ("sd", found.sd, &case.sd),
            ("range", found.range, &case.range),
            ("median", found.median, &case.median),
        ] {
            assert_eq!(&told(estimate, wanted), wanted, "{}: {name}", case.why);
        }
    }
}

/// Three reviewers, the fourth recused from everything; the last application was rated by one alone.
fn panel() -> Vec<describe::Reviewer> {
    let ratings = table(&["80 90 85 .", "70 . 60 .", ". 95 . ."]);
    describe::reviewers(&ratings, Scale { lowest: 0.0, highest: 100.0 })
}

#[test]
fn a_reviewer_is_compared_with_those_who_rated_the_same_applications() {
    let deviations: Vec<(usize, Estimate)> = panel().iter().map(|reviewer| (reviewer.shared, reviewer.deviation)).collect();
    // 80 against 87.5 and 70 against 60; 90 against 82.5; 85 against 85 and 60 against 70.
    let nobody = CannotEstimate::NothingShared;
    assert_eq!(deviations, [(2, Ok(1.25)), (1, Ok(7.5)), (2, Ok(-5.0)), (0, Err(nobody))]);
}

#[test]
fn scale_use_is_the_share_of_the_scale_between_the_lowest_and_the_highest_score() {
    let uses: Vec<Estimate> = panel().iter().map(|reviewer| reviewer.scale_use).collect();
    let few = CannotEstimate::TooFewRatings { found: 0, needed: 2 };
    assert_eq!(uses, [Ok(0.1), Ok(0.05), Ok(0.25), Err(few)]);
    let ratings = table(&["2 3", "4 9"]);
    for highest in [0.0, -1.0] {
        let none = describe::reviewers(&ratings, Scale { lowest: 0.0, highest });
        assert_eq!(none[0].scale_use, Err(CannotEstimate::NoScale), "a scale from 0 to {highest} has no share to be used");
    }
}

#[test]
fn a_reviewer_has_a_mean_and_a_spread_of_his_or_her_own_scores_only() {
    let found: Vec<(usize, Estimate, String)> =
        panel().iter().map(|reviewer| (reviewer.n, reviewer.mean, told(reviewer.sd, "7.0711"))).collect();
    let expected = [(2, Ok(75.0), "7.0711"), (2, Ok(92.5), "3.5355"), (2, Ok(72.5), "17.6777")];
    let expected = expected.map(|(n, mean, sd)| (n, mean, sd.to_owned()));
    assert_eq!(found[..3], expected);
    assert_eq!(found[3].1, Err(CannotEstimate::TooFewRatings { found: 0, needed: 1 }), "who is recused from everything has no mean");
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BoxCase {
    why: String,
    values: String,
    five: String,
    whiskers: String,
    outside: String,
}

#[test]
fn a_box_plot_has_tukeys_hinges_and_whiskers() {
    for case in cases::<BoxCase>("boxplot.toml") {
        let found = boxplot::of(&values(&case.values)).unwrap();
        let five = [found.lowest, found.lower_hinge, found.median, found.upper_hinge, found.highest];
        assert_eq!(five.to_vec(), values(&case.five), "{}: five numbers", case.why);
        assert_eq!(vec![found.lower_whisker, found.upper_whisker], values(&case.whiskers), "{}: whiskers", case.why);
        assert_eq!(found.outside, values(&case.outside), "{}: outside", case.why);
    }
}

#[test]
fn fewer_than_five_scores_make_points_and_no_box() {
    for n in 0..boxplot::LEAST_FOR_BOX {
        assert_eq!(boxplot::of(&vec![1.0; n]), Err(CannotEstimate::TooFewRatings { found: n, needed: 5 }));
    }
}

#[test]
fn the_sum_of_large_scores_does_not_run_over_and_small_ones_do_not_vanish() {
    assert_eq!(moments::mean(&[1e308, 1.5e308]), Some(1.25e308));
    assert_eq!(moments::mean(&[f64::MAX, f64::MAX, f64::MAX]), Some(f64::MAX));
    assert_eq!(moments::median(&[1.5e308, 1e308]), Some(1.25e308));
    assert_eq!(moments::median(&[5e-324, 5e-324]), Some(5e-324));
    assert_eq!(moments::sample_sd(&[1e-200, 3e-200]).map(|sd| format!("{sd:.3e}")), Some("1.414e-200".to_owned()));
    assert_eq!(moments::sample_sd(&[1e200, 3e200]).map(|sd| format!("{sd:.3e}")), Some("1.414e200".to_owned()));
}

#[test]
fn a_spread_that_is_larger_than_any_number_is_not_called_infinite() {
    let found = describe::application(&[f64::MAX, f64::MIN]);
    assert_eq!((found.mean, found.sd, found.range), (Ok(0.0), Err(CannotEstimate::TooLarge), Err(CannotEstimate::TooLarge)));
    let wide = [f64::MIN, f64::MIN, 0.0, f64::MAX, f64::MAX];
    assert_eq!(boxplot::of(&wide), Err(CannotEstimate::TooLarge));
}

#[test]
fn a_small_spread_on_a_large_score_keeps_its_figures() {
    // The sum of squares in one pass would give nought or less here.
    let values = [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0];
    assert_eq!(moments::sample_sd(&values), Some(30.0_f64.sqrt()));
}
