//! Standard scores 标准分: a reviewer's own mean and spread are taken out of the totals (scoring rule 3).
//!
//! Source: the T score, `50 + 10·(x − mean)/sd` (W. A. McCall, How to Measure in Education, 1922), as used by Chinese title and
//! contest rules that let each reviewer read another set. The mean is exact until `round_mean`; the root has 28 digits.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::{
    exact::{Exact, TooLarge, square_root},
    ids::PersonCode,
    number::{RoundingMode, round},
    rubric::{Deviate, Standardise},
};

/// Mean and standard deviation of every reviewer, or why there are none.
#[derive(Debug, Clone, Default)]
pub struct Population {
    reviewers: BTreeMap<PersonCode, Result<Scale, NoStandard>>,
}

/// Mean and standard deviation of one reviewer, as they are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Valid sheets.
    pub sheets: usize,
    /// Sum of their totals.
    pub sum: Exact,
    /// Mean, rounded where `round_mean` says so.
    pub mean: Exact,
    /// Mean of the squared distances from the exact mean, divided by n − 1 or n as the rubric says.
    pub variance: Exact,
    /// Standard deviation, rounded where `round_sd` says so, else to 28 digits.
    pub deviation: Decimal,
}

/// Why a reviewer's sheets cannot be standardised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoStandard {
    /// Fewer than two sheets.
    TooFew,
    /// All totals are equal, or so close that the rounded deviation is nought.
    NoSpread,
}

impl Population {
    /// The scale of `reviewer`.
    pub(crate) fn of(&self, reviewer: &PersonCode) -> Result<&Scale, NoStandard> {
        match self.reviewers.get(reviewer) {
            Some(Ok(scale)) => Ok(scale),
            Some(Err(why)) => Err(*why),
            None => Err(NoStandard::TooFew),
        }
    }
}

/// The population of `totals`.
pub(super) fn population(rule: &Standardise, totals: BTreeMap<PersonCode, Vec<Exact>>) -> Result<Population, TooLarge> {
    let mut reviewers = BTreeMap::new();
    for (reviewer, totals) in totals {
        reviewers.insert(reviewer, scale(rule, &totals)?);
    }
    Ok(Population { reviewers })
}

fn scale(rule: &Standardise, totals: &[Exact]) -> Result<Result<Scale, NoStandard>, TooLarge> {
    let sheets = totals.len();
    if sheets < 2 {
        return Ok(Err(NoStandard::TooFew));
    }
    let count = Exact::count(sheets);
    let sum = Exact::sum(totals.iter().copied())?;
    let mut squares = Exact::ZERO;
    for total in totals {
        squares = squares.plus(total.times(*total)?)?;
    }
    let spread = squares.minus(sum.times(sum)?.over(count)?)?;
    let divisor = match rule.sd {
        Deviate::Sample => count.minus(Exact::ONE)?,
        Deviate::Population => count,
    };
    let variance = spread.over(divisor)?.lowest();
    let root = square_root(variance)?;
    let deviation = rule.round_sd.map_or(root, |places| round(root, places, RoundingMode::HalfUp));
    if deviation.is_zero() {
        return Ok(Err(NoStandard::NoSpread));
    }
    let exact = sum.over(count)?.lowest();
    let mean = match rule.round_mean {
        Some(places) => exact.round(places, RoundingMode::HalfUp)?,
        None => exact,
    };
    Ok(Ok(Scale { sheets, sum, mean, variance, deviation }))
}

/// The standard score of a sheet whose total is `total`. The quotient has 28 digits and is rounded half up to `places`.
pub(super) fn score(rule: &Standardise, scale: &Scale, total: Exact) -> Result<Exact, TooLarge> {
    let distance = total.minus(scale.mean)?.times(rule.spread.into())?.decimal()?;
    let moved = distance.checked_div(scale.deviation).ok_or(TooLarge)?;
    let score = rule.centre.get().checked_add(moved).ok_or(TooLarge)?;
    Ok(Exact::of(round(score, rule.places, RoundingMode::HalfUp)))
}
