//! Leniency: how many points more a reviewer gives than the panel would, allowing for which applications he or she was given.
//!
//! The two-way additive model score = application + reviewer + error by least squares on an incomplete design: Searle, Linear
//! Models (1971), section 7.1, with the applications absorbed (eq. 7.13–7.17) and the reviewers' effects adding up to nought.
//! A reviewer's mean alone says little: who was given the better applications has the higher mean.

use crate::insight::{
    connected,
    estimate::{CannotEstimate, finite},
    linear,
    moments::{binade, count, magnitude},
    ratings::Ratings,
};

/// Reviewers it takes to compare.
pub const LEAST_REVIEWERS: usize = 2;
/// Ratings beyond the number of effects: with none, the model repeats the ratings and nothing is left to judge it by.
pub const LEAST_FREEDOM: usize = 1;

/// What the model says.
#[derive(Debug, Clone, PartialEq)]
pub struct Leniency {
    /// For each column the reviewer's effect; `None` for who rated nothing.
    pub reviewers: Vec<Option<Effect>>,
    /// Standard deviation of what neither application nor reviewer explains, in points.
    pub residual_sd: f64,
    /// Degrees of freedom it has.
    pub freedom: usize,
}

/// One reviewer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Points above the panel; below nought for a strict reviewer.
    pub leniency: f64,
    /// Its standard error. An effect within two of them is nothing to speak of.
    pub standard_error: f64,
}

/// Fits the model. Applications with one rating say nothing about reviewers and do not count.
///
/// # Errors
/// Too few reviewers, a design that is not connected, or no more ratings than effects.
pub fn leniency(ratings: &Ratings) -> Result<Leniency, CannotEstimate> {
    let active = ratings.active();
    let reviewers = active.iter().filter(|active| **active).count();
    if reviewers < LEAST_REVIEWERS {
        return Err(CannotEstimate::TooFewReviewers { found: reviewers, needed: LEAST_REVIEWERS });
    }
    let groups = connected::number_of_groups(ratings);
    if groups != 1 {
        return Err(CannotEstimate::NotConnected { groups });
    }
    let design = Design::of(ratings, &active);
    let freedom = design.freedom().filter(|freedom| *freedom >= LEAST_FREEDOM).ok_or(CannotEstimate::NothingLeftOver)?;
    // A connected design always decides; were rounding ever to say otherwise, that is no estimate.
    let solved = linear::solve(design.equations(reviewers)).ok_or(CannotEstimate::NotConnected { groups })?;
    let effects: Vec<f64> = solved.iter().filter_map(|sides| sides.first().copied()).collect();
    let deviation = (design.residual(&effects) / count(freedom)).sqrt();
    let mut estimated = solved.iter().enumerate().map(|(at, sides)| {
        let variance = sides.get(at + 1).copied().unwrap_or_default() - 1.0 / count(reviewers);
        let leniency = finite(sides.first().copied().unwrap_or_default() * design.scale)?;
        Ok(Effect { leniency, standard_error: finite(deviation * variance.max(0.0).sqrt() * design.scale)? })
    });
    let effect = |active: &bool| if *active { estimated.next().transpose() } else { Ok(None) };
    let reviewers = active.iter().map(effect).collect::<Result<_, CannotEstimate>>()?;
    Ok(Leniency { reviewers, residual_sd: finite(deviation * design.scale)?, freedom })
}

/// The ratings that compare reviewers, one row an application, as deviations from the application's mean.
struct Design {
    rows: Vec<Vec<Option<f64>>>,
    scale: f64,
}

impl Design {
    fn of(ratings: &Ratings, active: &[bool]) -> Self {
        let scale = binade(magnitude(ratings.rows().iter().flatten().flatten()));
        let row = |row: &Vec<Option<f64>>| {
            let own = row.iter().zip(active).filter(|(_, active)| **active);
            let cells: Vec<Option<f64>> = own.map(|(cell, _)| cell.map(|value| value / scale)).collect();
            let n = cells.iter().flatten().count();
            let mean = cells.iter().flatten().sum::<f64>() / count(n);
            (n >= 2).then(|| cells.into_iter().map(|cell| cell.map(|value| value - mean)).collect())
        };
        Self { rows: ratings.rows().iter().filter_map(row).collect(), scale }
    }

    /// Ratings less applications less reviewers, and one back for the mean that both share.
    fn freedom(&self) -> Option<usize> {
        let ratings = self.rows.iter().flatten().flatten().count();
        let reviewers = self.rows.first().map_or(0, Vec::len);
        (ratings + 1).checked_sub(self.rows.len() + reviewers)
    }

    /// The reduced normal equations, with 1/k added everywhere so that the effects add up to nought; right-hand sides are the
    /// scores and then the unit vectors, from which the standard errors come.
    fn equations(&self, reviewers: usize) -> Vec<Vec<f64>> {
        let unit = |at: usize| (0..reviewers).map(move |other| f64::from(u8::from(other == at)));
        let equation = |at: usize| {
            let mut coefficients = vec![1.0 / count(reviewers); reviewers];
            let mut scores = 0.0;
            for (row, own) in self.rows.iter().filter_map(|row| Some((row, row.get(at).copied().flatten()?))) {
                let share = 1.0 / count(row.iter().flatten().count());
                coefficients.iter_mut().zip(row).filter(|(_, cell)| cell.is_some()).for_each(|(coefficient, _)| *coefficient -= share);
                coefficients.iter_mut().skip(at).take(1).for_each(|coefficient| *coefficient += 1.0);
                scores += own;
            }
            coefficients.into_iter().chain([scores]).chain(unit(at)).collect()
        };
        (0..reviewers).map(equation).collect()
    }

    /// Sum of squares of what the effects leave over.
    fn residual(&self, effects: &[f64]) -> f64 {
        let left = |row: &Vec<Option<f64>>| {
            let seen: Vec<(f64, f64)> = row.iter().zip(effects).filter_map(|(cell, effect)| Some(((*cell)?, *effect))).collect();
            let mean = seen.iter().map(|(_, effect)| effect).sum::<f64>() / count(seen.len());
            seen.iter().map(|(deviation, effect)| (deviation - (effect - mean)) * (deviation - (effect - mean))).sum::<f64>()
        };
        self.rows.iter().map(left).sum()
    }
}
