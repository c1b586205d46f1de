//! Figures that do not depend on the unit: the same scores, as large or as small as numbers can be, and far from nought.

use pingyi::insight::agreement;

use super::full;

const PANEL: [[f64; 4]; 6] =
    [[9.0, 2.0, 5.0, 8.0], [6.0, 1.0, 3.0, 2.0], [8.0, 4.0, 6.0, 8.0], [7.0, 1.0, 2.0, 6.0], [10.0, 5.0, 6.0, 9.0], [6.0, 2.0, 4.0, 7.0]];

/// The coefficients of the panel, each score put through `change`; only those that are not among `but`.
fn figures(change: impl Fn(f64) -> f64, but: &[&str]) -> Vec<(&'static str, String)> {
    let rows: Vec<Vec<f64>> = PANEL.iter().map(|row| row.iter().map(|value| change(*value)).collect()).collect();
    let lines = agreement::agreement(&full(&rows)).into_iter().filter(|line| !but.contains(&line.id));
    lines.map(|line| (line.id, format!("{:.9}", line.value.unwrap()))).collect()
}

#[test]
fn the_unit_of_the_points_changes_no_coefficient() {
    let plain = figures(|value| value, &[]);
    for unit in [1e-300, 1e-150, 1e-5, 1e5, 1e150, 1e306] {
        assert_eq!(figures(|value| value * unit, &[]), plain, "in units of {unit:e}");
    }
}

#[test]
fn scores_far_from_nought_keep_their_differences() {
    let but = ["alpha_ratio"];
    let plain = figures(|value| value, &but);
    for offset in [1e3, 1e6, 1e9, -1e9] {
        assert_eq!(figures(|value| value + offset, &but), plain, "moved by {offset:e}");
    }
}

#[test]
fn scores_from_the_lowest_to_the_highest_number_do_not_run_over() {
    // 5.5 is the middle of the panel's scale; the range of these scores is larger than any number.
    let but = ["alpha_ratio"];
    let plain = figures(|value| value - 5.5, &but);
    assert_eq!(figures(|value| (value - 5.5) / 4.5 * f64::MAX, &but), plain);
}

#[test]
fn constant_reviewers_are_seen_as_such_however_their_scores_are_rounded() {
    for (a, b, c) in [(0.1, 0.2, 0.3), (1e9 + 0.1, 1e9 + 0.2, 1e9 + 0.3), (1e-9, 3e-9, 7e-9), (99.99, 99.98, 0.01)] {
        for n in 2..30 {
            let rows = vec![vec![a, b, c]; n];
            let lines = agreement::agreement(&full(&rows));
            for id in ["icc_3_1", "icc_1_k", "icc_3_k", "kendall_w"] {
                let line = lines.iter().find(|line| line.id == id).unwrap();
                assert!(line.value.is_err(), "{id} of {n} times {a}, {b}, {c}: {:?}", line.value);
            }
        }
    }
}

#[test]
fn a_difference_of_a_hundredth_among_ten_thousand_points_is_a_difference() {
    let mut rows = vec![vec![0.0, 9999.99]; 40];
    rows[0] = vec![0.01, 9999.99];
    let lines = agreement::agreement(&full(&rows));
    let value = lines.iter().find(|line| line.id == "icc_3_1").unwrap().value;
    // One of the two reviewers tells one application apart, the other none: the two share nothing.
    assert!(value.is_ok_and(|value| value.abs() < 1e-3), "{value:?}");
}
