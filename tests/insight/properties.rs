//! What holds for any scores.

use pingyi::insight::{
    agreement::{self, STATISTICS},
    estimate::Estimate,
    ratings::Ratings,
};
use proptest::prelude::*;

use super::{full, turned};

type Rows = Vec<Vec<Option<f64>>>;

/// Two to seven applications by two to five reviewers, half points, about one rating in six missing.
fn rows() -> impl Strategy<Value = Rows> {
    let cell = prop::option::weighted(0.85, (0_u16..41).prop_map(|half| f64::from(half) / 2.0));
    (2_usize..6).prop_flat_map(move |k| prop::collection::vec(prop::collection::vec(cell.clone(), k), 2..8))
}

/// The same without holes.
fn whole() -> impl Strategy<Value = Vec<Vec<f64>>> {
    let cell = (0_u16..41).prop_map(|half| f64::from(half) / 2.0);
    (2_usize..6).prop_flat_map(move |k| prop::collection::vec(prop::collection::vec(cell.clone(), k), 2..8))
}

fn values(rows: Rows) -> Vec<(&'static str, Estimate)> {
    agreement::agreement(&Ratings::new(rows).unwrap()).into_iter().map(|line| (line.id, line.value)).collect()
}

/// The same figure to ten places, or the same reason why there is none.
fn same(a: Estimate, b: Estimate) -> bool {
    match (a, b) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-10 * a.abs().max(1.0),
        (Err(a), Err(b)) => a == b,
        _ => false,
    }
}

/// Rotated by `by`, then two neighbours exchanged: enough to make any order from any other.
fn stirred<T>(mut items: Vec<T>, by: usize) -> Vec<T> {
    let length = items.len();
    items.rotate_left(by % length);
    items.swap(0, 1);
    items
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_applications_and_of_reviewers_changes_nothing(rows in rows(), by in 0_usize..7) {
        let reviewers_stirred = turned(&stirred(turned(&rows), by));
        for other in [stirred(rows.clone(), by), reviewers_stirred] {
            for ((id, a), (_, b)) in values(rows.clone()).into_iter().zip(values(other)) {
                prop_assert!(same(a, b), "{id}: {a:?} became {b:?}");
            }
        }
    }

    #[test]
    fn a_reviewer_who_rated_nothing_and_an_application_that_nobody_rated_change_nothing(rows in rows()) {
        let mut wider = rows.clone();
        wider.iter_mut().for_each(|row| row.push(None));
        wider.push(vec![None; wider[0].len()]);
        for ((id, a), (_, b)) in values(rows).into_iter().zip(values(wider)) {
            prop_assert!(same(a, b), "{id}: {a:?} became {b:?}");
        }
    }

    #[test]
    fn every_figure_is_finite_and_none_is_above_one(rows in rows()) {
        for (id, value) in values(rows) {
            if let Ok(value) = value {
                prop_assert!(value.is_finite() && value <= 1.0 + 1e-12, "{id}: {value}");
            }
        }
    }

    #[test]
    fn points_added_to_every_score_change_no_coefficient_but_the_ratio(rows in whole(), add in 0_u32..2_000_000) {
        let moved: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value + f64::from(add) / 2.0).collect()).collect();
        for (a, b) in agreement::agreement(&full(&rows)).into_iter().zip(agreement::agreement(&full(&moved))) {
            prop_assert!(a.id == "alpha_ratio" || same(a.value, b.value), "{}: {:?} became {:?}", a.id, a.value, b.value);
        }
    }

    #[test]
    fn a_reviewer_who_adds_points_throughout_changes_neither_icc_3_nor_w(rows in whole(), add in 1_u16..200) {
        let mut harsher = rows.clone();
        harsher.iter_mut().for_each(|row| row[0] += f64::from(add));
        for (a, b) in agreement::agreement(&full(&rows)).into_iter().zip(agreement::agreement(&full(&harsher))) {
            if a.id.starts_with("icc_3") || a.id.starts_with("kendall") {
                // All scores the same, or each reviewer's all the same: then only the reason may change.
                let same = same(a.value, b.value) || (a.value.is_err() && b.value.is_err());
                prop_assert!(same, "{}: {:?} became {:?}", a.id, a.value, b.value);
            }
        }
    }

    #[test]
    fn w_and_ordinal_alpha_know_only_higher_and_lower(rows in whole()) {
        let bent: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|value| value * value * value + 1.0).collect()).collect();
        for (a, b) in agreement::agreement(&full(&rows)).into_iter().zip(agreement::agreement(&full(&bent))) {
            if ["alpha_nominal", "alpha_ordinal", "kendall_w", "kendall_w_ties", "fleiss_kappa"].contains(&a.id) {
                prop_assert!(same(a.value, b.value), "{}: {:?} became {:?}", a.id, a.value, b.value);
            }
        }
    }

    #[test]
    fn who_agrees_in_everything_has_one_wherever_there_is_a_figure(scores in prop::collection::vec(0_u16..2000, 2..8), k in 2_usize..6) {
        let rows: Vec<Vec<f64>> = scores.iter().map(|score| vec![f64::from(*score) / 10.0; k]).collect();
        let distinct = scores.iter().collect::<std::collections::BTreeSet<_>>().len();
        for line in agreement::agreement(&full(&rows)) {
            match line.value {
                Err(_) => prop_assert_eq!(distinct, 1, "{} has no figure", line.id),
                // Without the correction, ties keep W below one although all agree.
                Ok(value) if line.id == "kendall_w" && distinct < scores.len() => prop_assert!(value > 0.0 && value < 1.0),
                Ok(value) => prop_assert!((value - 1.0).abs() < 1e-12, "{}: {}", line.id, value),
            }
        }
    }

    #[test]
    fn one_score_throughout_is_no_agreement_and_no_discord(score in 0_u32..1_000_000, n in 2_usize..6, k in 2_usize..6) {
        for line in agreement::agreement(&full(&vec![vec![f64::from(score) / 100.0; k]; n])) {
            prop_assert!(line.value.is_err(), "{}: {:?}", line.id, line.value);
        }
    }

    #[test]
    fn of_one_reviewer_there_is_no_agreement(scores in prop::collection::vec(0_u16..100, 1..8)) {
        for line in agreement::agreement(&full(&scores.iter().map(|score| vec![f64::from(*score)]).collect::<Vec<_>>())) {
            prop_assert!(line.value.is_err(), "{}: {:?}", line.id, line.value);
        }
    }

    #[test]
    fn the_mean_of_a_panel_is_never_less_reliable_than_one_of_it(rows in whole()) {
        let lines = agreement::agreement(&full(&rows));
        let value = |id: &str| lines.iter().find(|line| line.id == id).unwrap().value;
        for model in ["1", "3"] {
            if let (Ok(single), Ok(mean)) = (value(&format!("icc_{model}_1")), value(&format!("icc_{model}_k"))) {
                // Spearman & Brown: the mean of k is k·r / (1 + (k − 1)·r).
                let k = rows[0].len() as f64;
                let stepped = k * single / (1.0 + (k - 1.0) * single);
                prop_assert!((stepped - mean).abs() <= 1e-9 * mean.abs().max(1.0), "{stepped} {mean}");
            }
        }
    }
}

#[test]
fn every_coefficient_has_its_own_name() {
    let names: std::collections::BTreeSet<&str> = STATISTICS.iter().map(|statistic| statistic.id).collect();
    assert_eq!(names.len(), STATISTICS.len());
}
