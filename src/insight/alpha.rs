//! Krippendorff's alpha: agreement beyond chance, for any number of reviewers and with ratings missing.
//!
//! Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section E (any metric, missing data):
//! α = 1 − (n − 1) · Σ o(c,k) δ²(c,k) / Σ n(c) n(k) δ²(c,k), both sums over c < k. An application with one rating cannot be
//! compared with anything and is left out, as there. Two identities save the square of the number of values: the ordinal
//! difference Σ n(g) − (n(c) + n(k))/2 is the difference of mid-ranks, and Σ n(c) n(k) (c − k)² is n · Σ n(c) (c − mean)².

use crate::insight::{
    estimate::{CannotEstimate, Estimate, finite},
    moments::{binade, count},
    ratings::Ratings,
};

/// Ratings of one application that can be compared.
const PAIR: usize = 2;

/// What the differences between ratings mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Same or different.
    Nominal,
    /// Higher or lower: differences count by how many ratings lie between.
    Ordinal,
    /// Differences count by their size.
    Interval,
    /// Differences count by their size against the sum of the two; only above nought.
    Ratio,
}

/// The ratings that alpha is taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pairable {
    /// Applications with two ratings or more.
    pub applications: usize,
    /// Ratings of these.
    pub ratings: usize,
}

/// How much of the table can be used.
#[must_use]
pub fn pairable(ratings: &Ratings) -> Pairable {
    let units = units(ratings);
    Pairable { applications: units.len(), ratings: units.iter().map(Vec::len).sum() }
}

/// The coefficient. One application is enough for it to be defined, which does not make it telling: the note gives the numbers.
///
/// # Errors
/// No application with two ratings, nothing but equal ratings, or at ratio level a rating below nought.
pub fn alpha(ratings: &Ratings, level: Level) -> Estimate {
    let units = units(ratings);
    let values = Values::of(&units);
    let (Some((lowest, _, _)), Some((highest, _, _))) = (values.0.first(), values.0.last()) else {
        return Err(CannotEstimate::NothingShared);
    };
    if lowest >= highest {
        return Err(CannotEstimate::AllEqual);
    }
    if level == Level::Ratio && *lowest < 0.0 {
        return Err(CannotEstimate::BelowNought);
    }
    let place = values.places(level, (*lowest, *highest));
    let observed: f64 = units.iter().map(|unit| disagreement(&unit.iter().map(&place).collect::<Vec<f64>>(), level)).sum();
    let weighted: Vec<(f64, f64)> = values.0.iter().map(|(value, n, _)| (place(value), *n)).collect();
    let n: f64 = weighted.iter().map(|(_, n)| n).sum();
    finite(1.0 - (n - 1.0) * observed / expected(&weighted, n, level))
}

/// The ratings of each application that has two or more.
fn units(ratings: &Ratings) -> Vec<Vec<f64>> {
    ratings.by_application().filter(|values| values.len() >= PAIR).collect()
}

/// Distinct values in order, each with how often it was given and its mid-rank.
struct Values(Vec<(f64, f64, f64)>);

impl Values {
    fn of(units: &[Vec<f64>]) -> Self {
        let mut sorted: Vec<f64> = units.iter().flatten().copied().collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut below = 0.0;
        let values = sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).filter_map(|equal| {
            let n = count(equal.len());
            let rank = below + n / 2.0;
            below += n;
            equal.first().map(|value| (*value, n, rank))
        });
        Self(values.collect())
    }

    /// Where a value stands on the axis on which differences of this level are taken; large and small values alike within [0, 4).
    fn places(&self, level: Level, (lowest, highest): (f64, f64)) -> impl Fn(&f64) -> f64 {
        let scale = binade(lowest.abs().max(highest.abs()));
        let stretch = binade(highest / scale - lowest / scale);
        move |value| match level {
            Level::Nominal => *value,
            Level::Ordinal => self.rank(*value),
            Level::Interval => (value / scale - lowest / scale) / stretch,
            Level::Ratio => value / scale,
        }
    }

    fn rank(&self, value: f64) -> f64 {
        let found = self.0.binary_search_by(|(known, _, _)| known.total_cmp(&value)).ok();
        // Every value comes from the table that was sorted here, so it is found.
        found.and_then(|at| self.0.get(at)).map_or(0.0, |(_, _, rank)| *rank)
    }
}

/// Squared difference of two places.
fn difference(a: f64, b: f64, level: Level) -> f64 {
    match level {
        Level::Nominal => f64::from(u8::from(a.total_cmp(&b).is_ne())),
        Level::Ordinal | Level::Interval => (a - b) * (a - b),
        Level::Ratio if a + b <= 0.0 => 0.0,
        Level::Ratio => ((a - b) / (a + b)) * ((a - b) / (a + b)),
    }
}

/// What one application adds to Σ o(c,k) δ²(c,k): its pairs, each of its ratings weighing one.
fn disagreement(places: &[f64], level: Level) -> f64 {
    let pairs = places.iter().enumerate().flat_map(|(at, a)| places.iter().skip(at + 1).map(move |b| difference(*a, *b, level)));
    pairs.sum::<f64>() / (count(places.len()) - 1.0)
}

/// Σ n(c) n(k) δ²(c,k) over c < k.
fn expected(weighted: &[(f64, f64)], n: f64, level: Level) -> f64 {
    match level {
        Level::Nominal => (n * n - weighted.iter().map(|(_, count)| count * count).sum::<f64>()) / 2.0,
        Level::Ordinal | Level::Interval => {
            let mean = weighted.iter().map(|(place, count)| place * count).sum::<f64>() / n;
            n * weighted.iter().map(|(place, count)| count * (place - mean) * (place - mean)).sum::<f64>()
        }
        Level::Ratio => {
            let later = |at: usize| weighted.iter().skip(at + 1);
            let with = |at: usize, a: f64| later(at).map(|(b, count)| count * difference(a, *b, level)).sum::<f64>();
            weighted.iter().enumerate().map(|(at, (a, count))| count * with(at, *a)).sum()
        }
    }
}
