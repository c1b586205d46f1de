//! Which places another way of counting would have changed.

use std::collections::BTreeMap;

use pingyi::{
    domain::ids::PersonCode,
    insight::stability::{self, Places, Seat, Variation},
};
use proptest::prelude::*;
use serde::Deserialize;

use super::cases;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    quota: usize,
    declared: String,
    variations: BTreeMap<String, String>,
    places: Vec<String>,
    seats: String,
    band: Vec<usize>,
}

fn places(text: &str) -> Places {
    text.split_whitespace().map(|place| place.parse().ok()).collect()
}

fn reviewer(code: &str) -> PersonCode {
    code.parse().unwrap()
}

/// `R1` is a reviewer who is left out; `mean` and `median` are methods.
fn variation(name: &str) -> Variation {
    match name {
        "mean" => Variation::Method("mean"),
        "median" => Variation::Method("median"),
        code => Variation::Without(reviewer(code)),
    }
}

fn seat(word: &str) -> Seat {
    match word {
        "in" => Seat::Inside,
        "out" => Seat::Outside,
        "edge" => Seat::OnTheEdge,
        other => panic!("{other} is no seat"),
    }
}

#[test]
fn the_unstable_band_is_whom_another_way_of_counting_would_seat_otherwise() {
    for case in cases::<Case>("stability.toml") {
        let others: Vec<(Variation, Places)> = case.variations.iter().map(|(name, text)| (variation(name), places(text))).collect();
        let variations: Vec<Variation> = others.iter().map(|(variation, _)| variation.clone()).collect();
        let rank = |wanted: &Variation| others.iter().find(|(variation, _)| variation == wanted).map(|(_, places)| places.clone());
        let found = stability::stability(&places(&case.declared), case.quota, &variations, rank);
        let intervals: Vec<Places> = found.applications.iter().map(|firmness| vec![firmness.best, firmness.worst]).collect();
        assert_eq!(intervals, case.places.iter().map(|text| places(text)).collect::<Vec<_>>(), "{}", case.why);
        let seats: Vec<Seat> = found.applications.iter().map(|firmness| firmness.seat).collect();
        assert_eq!(seats, case.seats.split_whitespace().map(seat).collect::<Vec<_>>(), "{}", case.why);
        let band: Vec<usize> = (1..).zip(&found.applications).filter(|(_, firmness)| firmness.is_unstable()).map(|(n, _)| n).collect();
        assert_eq!(band, case.band, "{}", case.why);
    }
}

#[test]
fn the_band_says_which_variation_moves_an_application() {
    let variations = stability::variations(&[reviewer("R1"), reviewer("R2")], &["median"]);
    let rank = |variation: &Variation| Some(places(if *variation == Variation::Without(reviewer("R2")) { "2 1" } else { "1 2" }));
    let found = stability::stability(&places("1 2"), 1, &variations, rank);
    for firmness in &found.applications {
        assert_eq!(firmness.otherwise, [Variation::Without(reviewer("R2"))]);
    }
}

#[test]
fn every_reviewer_is_left_out_once_and_every_method_tried_once() {
    let variations = stability::variations(&[reviewer("R1"), reviewer("R2")], &["mean", "trimmed-mean", "median"]);
    let names = ["R1", "R2"].map(|code| Variation::Without(reviewer(code)));
    let methods = ["mean", "trimmed-mean", "median"].map(Variation::Method);
    assert_eq!(variations, names.into_iter().chain(methods).collect::<Vec<_>>());
}

#[test]
fn a_variation_that_makes_no_ranking_is_told_and_changes_no_seat() {
    let variations = stability::variations(&[reviewer("R1"), reviewer("R2")], &[]);
    let rank = |variation: &Variation| (*variation == Variation::Without(reviewer("R1"))).then(|| places("1 2"));
    let found = stability::stability(&places("1 2"), 1, &variations, rank);
    assert_eq!(found.impossible, [Variation::Without(reviewer("R2"))]);
    assert!(found.applications.iter().all(|firmness| !firmness.is_unstable() && firmness.unranked == 0));
}

#[test]
fn a_ranking_that_leaves_an_application_out_counts_as_not_ranking_it() {
    let found = stability::stability(&places("1 2"), 2, &[Variation::Method("median")], |_| Some(places("1")));
    assert_eq!((found.applications[1].unranked, found.applications[1].is_unstable()), (1, true));
}

proptest! {
    #[test]
    fn the_declared_place_lies_within_the_interval_and_quotas_without_an_edge_are_firm(
        scores in prop::collection::vec(0_u8..6, 1..9),
        other in prop::collection::vec(0_u8..6, 9),
    ) {
        let ranked = |scores: &[u8]| -> Places {
            scores.iter().map(|own| Some(1 + scores.iter().filter(|score| *score > own).count())).collect()
        };
        let (declared, varied) = (ranked(&scores), ranked(&other[..scores.len()]));
        let found = stability::stability(&declared, scores.len(), &[Variation::Method("mean")], |_| Some(varied.clone()));
        for (firmness, (own, elsewhere)) in found.applications.iter().zip(declared.iter().zip(&varied)) {
            prop_assert_eq!(firmness.best, (*own).min(*elsewhere));
            prop_assert_eq!(firmness.worst, (*own).max(*elsewhere));
            prop_assert!(!firmness.is_unstable(), "with a place for everybody nobody can lose it");
        }
        let seated = stability::seats(&declared, 3);
        let inside = seated.iter().filter(|seat| **seat == Seat::Inside).count();
        prop_assert!(inside <= 3 && (inside == 3.min(scores.len()) || seated.contains(&Seat::OnTheEdge)));
    }
}
