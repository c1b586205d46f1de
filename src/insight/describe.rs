//! What can be told of one application, and of one reviewer.
//!
//! Mean, sample standard deviation (n − 1), range and median as in any textbook, for example Snedecor & Cochran, Statistical
//! Methods, 8th ed. (1989), ch. 3. Nothing here says who is right: a reviewer who differs from the others may be the one who read
//! the application.

use crate::insight::{
    estimate::{CannotEstimate, Estimate, finite},
    moments,
    ratings::Ratings,
};

/// Ratings that a spread takes: one rating spreads over nothing, and that is no sign of agreement.
pub const LEAST_FOR_SPREAD: usize = 2;

/// The ratings of one application in five figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Application {
    /// Number of ratings.
    pub n: usize,
    /// Mean.
    pub mean: Estimate,
    /// Sample standard deviation.
    pub sd: Estimate,
    /// Highest less lowest.
    pub range: Estimate,
    /// Median.
    pub median: Estimate,
}

/// How one reviewer rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Reviewer {
    /// Number of ratings.
    pub n: usize,
    /// Mean of the ratings.
    pub mean: Estimate,
    /// Their sample standard deviation.
    pub sd: Estimate,
    /// The share of the scale between lowest and highest rating: 0.25 where a reviewer stayed within a quarter of it.
    pub scale_use: Estimate,
    /// Mean of (own rating − mean of the co-reviewers' ratings of the same application): above nought for a generous reviewer.
    /// Depends on who the co-reviewers were; [`crate::insight::leniency`] allows for that.
    pub deviation: Estimate,
    /// Applications that the deviation is taken over: those that somebody else rated too.
    pub shared: usize,
}

/// The lowest and highest rating that could be given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Lowest.
    pub lowest: f64,
    /// Highest.
    pub highest: f64,
}

/// All applications, in the order of the rows.
#[must_use]
pub fn applications(ratings: &Ratings) -> Vec<Application> {
    ratings.by_application().map(|values| application(&values)).collect()
}

/// The ratings of one application.
#[must_use]
pub fn application(values: &[f64]) -> Application {
    Application { n: values.len(), mean: mean(values), sd: sd(values), range: range(values), median: median(values) }
}

/// All reviewers, in the order of the columns.
#[must_use]
pub fn reviewers(ratings: &Ratings, scale: Scale) -> Vec<Reviewer> {
    (0..ratings.columns()).map(|column| reviewer(ratings, column, scale)).collect()
}

fn reviewer(ratings: &Ratings, column: usize, scale: Scale) -> Reviewer {
    let values: Vec<f64> = ratings.by_reviewer(column).map(|(_, own)| own).collect();
    let deviations: Vec<f64> = ratings.by_reviewer(column).filter_map(|(row, own)| Some(own - others(row, column)?)).collect();
    let deviation = match moments::mean(&deviations) {
        Some(mean) => finite(mean),
        None => Err(CannotEstimate::NothingShared),
    };
    Reviewer {
        n: values.len(),
        mean: mean(&values),
        sd: sd(&values),
        scale_use: range(&values).and_then(|used| share(used, scale)),
        deviation,
        shared: deviations.len(),
    }
}

/// The mean of the ratings in `row` other than the one in `column`.
fn others(row: &[Option<f64>], column: usize) -> Option<f64> {
    let others: Vec<f64> = row.iter().enumerate().filter(|(at, _)| *at != column).filter_map(|(_, cell)| *cell).collect();
    moments::mean(&others)
}

fn share(used: f64, scale: Scale) -> Estimate {
    let width = scale.highest - scale.lowest;
    if width > 0.0 { finite(used / width) } else { Err(CannotEstimate::NoScale) }
}

const fn few(found: usize, needed: usize) -> CannotEstimate {
    CannotEstimate::TooFewRatings { found, needed }
}

fn mean(values: &[f64]) -> Estimate {
    moments::mean(values).ok_or(few(values.len(), 1)).and_then(finite)
}

fn sd(values: &[f64]) -> Estimate {
    moments::sample_sd(values).ok_or(few(values.len(), LEAST_FOR_SPREAD)).and_then(finite)
}

fn median(values: &[f64]) -> Estimate {
    moments::median(values).ok_or(few(values.len(), 1)).and_then(finite)
}

fn range(values: &[f64]) -> Estimate {
    match moments::extremes(values) {
        Some((lowest, highest)) if values.len() >= LEAST_FOR_SPREAD => finite(highest - lowest),
        _ => Err(few(values.len(), LEAST_FOR_SPREAD)),
    }
}
