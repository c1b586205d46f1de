//! The declared arithmetic fits together: trimming, weights, rounding, standard scores, deviation (scoring rules 3 and 6).

use crate::{
    domain::{
        finding::Finding,
        ids::PersonCode,
        rubric::{
            Method, NotApplicablePolicy, Rubric, Scoring, Stage, Standardise, Trim, TrimScope,
            check::{MOST_PLACES, is_one},
        },
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    let scoring = &rubric.scoring;
    check_trim(scoring, out);
    check_trim_spread(rubric, out);
    check_weights(scoring, out);
    check_rounding(scoring, out);
    if let Some(standard) = &scoring.standardise {
        check_standard(scoring, standard, out);
    }
    if let Some(deviation) = &rubric.deviation {
        super::check_share("deviation.total_pct", deviation.total_pct.get(), out);
        if let Some(percent) = deviation.criterion_pct {
            super::check_share("deviation.criterion_pct", percent.get(), out);
        }
    }
}

fn check_trim(scoring: &Scoring, out: &mut Vec<Finding>) {
    match (&scoring.trim, scoring.method) {
        (Some(trim), Method::TrimmedMean) => check_trim_figures(trim, out),
        (None, Method::TrimmedMean) => {
            out.push(Finding::error("scoring.trim", msg!("err-rubric-trim-none"), msg!("rec-rubric-trim-none")));
        }
        (Some(_), _) => out.push(Finding::error("scoring.trim", msg!("err-rubric-trim-method"), msg!("rec-rubric-trim-method"))),
        (None, _) => {}
    }
}

fn check_trim_figures(trim: &Trim, out: &mut Vec<Finding>) {
    let dropped = trim.low.saturating_add(trim.high);
    if dropped == 0 {
        out.push(Finding::error("scoring.trim", msg!("err-rubric-trim-nothing"), msg!("rec-rubric-trim-nothing")));
    }
    if trim.min_valid <= dropped {
        let what = msg!("err-rubric-min-valid", found = trim.min_valid, dropped = dropped);
        out.push(Finding::error("scoring.trim.min_valid", what, msg!("rec-rubric-min-valid", least = dropped.saturating_add(1))));
    }
}

/// Stretched points of one criterion have no order with plain ones, and a criterion that is N/A on one sheet has no value to drop.
fn check_trim_spread(rubric: &Rubric, out: &mut Vec<Finding>) {
    let spreads = rubric.criteria.iter().any(|one| !one.advisory && one.na == NotApplicablePolicy::Redistribute);
    let by_criterion = rubric.scoring.trim.as_ref().is_some_and(|trim| trim.scope == TrimScope::Criterion);
    if spreads && by_criterion {
        out.push(Finding::error("scoring.trim.scope", msg!("err-rubric-trim-spread"), msg!("rec-rubric-trim-spread")));
    }
}

fn check_weights(scoring: &Scoring, out: &mut Vec<Finding>) {
    for (code, weight) in &scoring.reviewer_weight {
        let path = format!("scoring.reviewer_weight.{code}");
        if code.parse::<PersonCode>().is_err() {
            out.push(Finding::error(path.clone(), msg!("err-rubric-weight-code", code = code), msg!("rec-rubric-weight-code")));
        }
        if weight.get().is_zero() {
            out.push(Finding::error(path.clone(), msg!("err-rubric-reviewer-nought"), msg!("rec-rubric-reviewer-nought")));
        }
        if !is_one(*weight) && matches!(scoring.method, Method::Median | Method::TrimmedMean) {
            out.push(Finding::error(path, msg!("err-rubric-weight-method"), msg!("rec-rubric-weight-method")));
        }
    }
}

/// Rounding points follow the order of computation, each figure once.
fn check_rounding(scoring: &Scoring, out: &mut Vec<Finding>) {
    let mut last: Option<Stage> = None;
    for (index, point) in scoring.round.iter().enumerate() {
        check_places(&format!("scoring.round[{index}].places"), point.places, out);
        if last.is_some_and(|last| last >= point.at) {
            out.push(Finding::error(format!("scoring.round[{index}].at"), msg!("err-rubric-round-order"), msg!("rec-rubric-round-order")));
        }
        last = Some(last.map_or(point.at, |last| last.max(point.at)));
    }
}

fn check_places(path: &str, places: u32, out: &mut Vec<Finding>) {
    if places > MOST_PLACES {
        let what = msg!("err-rubric-places", found = places, most = MOST_PLACES);
        out.push(Finding::error(path, what, msg!("rec-rubric-places", most = MOST_PLACES)));
    }
}

/// A standard score replaces the whole total of a sheet. What works on parts of a sheet has no defined order with it.
fn check_standard(scoring: &Scoring, standard: &Standardise, out: &mut Vec<Finding>) {
    let mut clash = |with| {
        out.push(Finding::error("scoring.standardise", msg!("err-rubric-standard-with", with = with), msg!("rec-rubric-standard-with")));
    };
    if scoring.trim.as_ref().is_some_and(|trim| trim.scope != TrimScope::Total) {
        clash("scoring.trim.scope");
    }
    if scoring.method == Method::Sum {
        clash("scoring.method");
    }
    if scoring.reviewer_weight.values().any(|weight| !is_one(*weight)) {
        clash("scoring.reviewer_weight");
    }
    if scoring.round.iter().any(|point| matches!(point.at, Stage::Criterion | Stage::Weighted | Stage::Dimension)) {
        clash("scoring.round");
    }
    if standard.spread.get().is_zero() {
        out.push(Finding::error("scoring.standardise.spread", msg!("err-rubric-spread"), msg!("rec-rubric-spread")));
    }
    let places = [("places", Some(standard.places)), ("round_mean", standard.round_mean), ("round_sd", standard.round_sd)];
    for (key, places) in places {
        check_places(&format!("scoring.standardise.{key}"), places.unwrap_or_default(), out);
    }
}
