//! Computed criteria: exactly one way to compute, from fields that hold figures, and the maximum can be reached.

use rust_decimal::Decimal;

use crate::{
    domain::{
        fields,
        finding::Finding,
        number::{RoundingMode, round},
        rubric::{Criterion, CriterionKind, Formula, Rubric, check::MOST_PLACES},
        wording::unknown_advice,
    },
    msg,
};

pub(super) fn check(rubric: &Rubric, out: &mut Vec<Finding>) {
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let path = format!("criterion[{index}].formula");
        match (&criterion.formula, criterion.kind) {
            (Some(formula), CriterionKind::Formula) => check_formula(&path, criterion, formula, out),
            (None, CriterionKind::Formula) => {
                out.push(Finding::error(path, msg!("err-rubric-formula-none"), msg!("rec-rubric-formula-none")));
            }
            (Some(_), _) => out.push(Finding::error(path, msg!("err-rubric-formula-kind"), msg!("rec-rubric-formula-kind"))),
            (None, _) => {}
        }
    }
}

fn check_formula(path: &str, criterion: &Criterion, formula: &Formula, out: &mut Vec<Finding>) {
    check_field(&format!("{path}.actual"), &formula.actual, out);
    if let Some(target) = &formula.target {
        check_field(&format!("{path}.target"), target, out);
    }
    if formula.places > MOST_PLACES {
        let what = msg!("err-rubric-places", found = formula.places, most = MOST_PLACES);
        out.push(Finding::error(format!("{path}.places"), what, msg!("rec-rubric-places", most = MOST_PLACES)));
    }
    let rounded = round(criterion.max.get(), formula.places, RoundingMode::HalfUp);
    if rounded != criterion.max.get() {
        let what =
            msg!("err-rubric-formula-reach", criterion = &criterion.id, reach = rounded.min(criterion.max.get()), max = criterion.max);
        out.push(Finding::error(format!("{path}.places"), what, msg!("rec-rubric-formula-reach")));
    }
    let is_rate = formula.target.is_some() && formula.bands.is_empty() && formula.each.is_none();
    let is_banded = !formula.bands.is_empty() && formula.each.is_none();
    let is_each = formula.each.is_some() && formula.bands.is_empty() && formula.target.is_none();
    let has_rate_keys = formula.cap.is_some() || formula.zero_below.is_some();
    if !(is_rate || is_banded || is_each) || (has_rate_keys && !is_rate) {
        out.push(Finding::error(path, msg!("err-rubric-formula-shape"), msg!("rec-rubric-formula-shape")));
        return;
    }
    check_rate(path, criterion, formula, out);
    check_bands(path, criterion, formula, out);
    if formula.each.is_some_and(|each| each.get().is_zero()) {
        out.push(Finding::error(format!("{path}.each"), msg!("err-rubric-each"), msg!("rec-rubric-each")));
    }
}

fn check_field(path: &str, field: &str, out: &mut Vec<Finding>) {
    match fields::kind(field) {
        Some(kind) if kind.is_figure() => {}
        Some(_) => out.push(Finding::error(path, msg!("err-rubric-field-figure", field = field), msg!("rec-rubric-field-figure"))),
        None => {
            let known: Vec<&str> = fields::paths().filter(|known| fields::kind(known).is_some_and(fields::FieldKind::is_figure)).collect();
            out.push(Finding::error(path, msg!("err-rubric-field", field = field), unknown_advice(field, &known)));
        }
    }
}

fn check_rate(path: &str, criterion: &Criterion, formula: &Formula, out: &mut Vec<Finding>) {
    if let Some(cap) = formula.cap.filter(|cap| cap.get() < Decimal::ONE_HUNDRED) {
        let reach = criterion.max.share(cap).normalize();
        let what = msg!("err-rubric-formula-reach", criterion = &criterion.id, reach = reach, max = criterion.max);
        out.push(Finding::error(format!("{path}.cap"), what, msg!("rec-rubric-formula-reach")));
    }
    if let Some(least) = formula.zero_below {
        super::check_share(&format!("{path}.zero_below"), least.get(), out);
    }
}

/// Levels fall, their points fall with them, and the best one gives the maximum.
fn check_bands(path: &str, criterion: &Criterion, formula: &Formula, out: &mut Vec<Finding>) {
    if let Some(best) = formula.bands.first().filter(|best| best.points != criterion.max) {
        let what = msg!("err-rubric-formula-reach", criterion = &criterion.id, reach = best.points, max = criterion.max);
        out.push(Finding::error(format!("{path}.bands[0].points"), what, msg!("rec-rubric-formula-reach")));
    }
    for (level, (upper, lower)) in formula.bands.iter().zip(formula.bands.iter().skip(1)).enumerate() {
        let at = format!("{path}.bands[{}]", level.saturating_add(1));
        if lower.from >= upper.from {
            let what = msg!("err-rubric-level-order", found = lower.from, above = upper.from);
            out.push(Finding::error(format!("{at}.from"), what, msg!("rec-rubric-level-order")));
        }
        if lower.points >= upper.points {
            let what = msg!("err-rubric-level-points", found = lower.points, above = upper.points);
            out.push(Finding::error(format!("{at}.points"), what, msg!("rec-rubric-level-order")));
        }
    }
}
