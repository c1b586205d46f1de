//! Intraclass correlations: which share of the variance of scores is variance between applications.
//!
//! Shrout & Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological Bulletin 86 (1979) 420–428:
//! mean squares as in their table 1, ICC(1,1), (2,1), (3,1) on pp. 422–424, ICC(1,k), (2,k), (3,k) on p. 426. Model 1: other
//! reviewers for each application. Model 2: these reviewers stand for many. Model 3: these reviewers and no others. `1`: of one
//! reviewer's score; `k`: of the mean over the panel.

use crate::insight::{
    estimate::{CannotEstimate, Estimate, enough, finite},
    moments::{binade, count, extremes},
    ratings::Complete,
};

/// Applications and reviewers it takes: with one of either there is no variance to split.
pub const LEAST: usize = 2;
/// How often the rounding of one number may enter a residual: once as read, and in the four figures that it is taken from.
const ROUNDINGS: f64 = 8.0;
/// A denominator that is so small a part of its own terms is nothing but their rounding.
const CANCELLED: f64 = 1e-12;

/// Which of the six.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// One-way random.
    One,
    /// Two-way random, agreement.
    Two,
    /// Two-way mixed, consistency.
    Three,
}

/// Whose reliability.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Of one reviewer's score.
    Single,
    /// Of the mean of all reviewers.
    Mean,
}

/// Mean squares of the two-way table, up to one common factor that every coefficient loses again.
#[derive(Debug, Clone, Copy)]
struct MeanSquares {
    applications: f64,
    within: f64,
    reviewers: f64,
    error: f64,
    n: f64,
    k: f64,
}

/// The coefficient.
///
/// # Errors
/// Fewer than [`LEAST`] applications or reviewers, or no variance of the kind that stands below the line.
pub fn icc(complete: &Complete, model: Model, of: Of) -> Estimate {
    enough(complete.rows.len(), complete.reviewers, LEAST)?;
    let MeanSquares { applications, within, reviewers, error, n, k } = mean_squares(complete)?;
    let (above, terms, why) = match (model, of) {
        (Model::One, Of::Single) => (applications - within, vec![applications, (k - 1.0) * within], CannotEstimate::AllEqual),
        (Model::One, Of::Mean) => (applications - within, vec![applications], CannotEstimate::ApplicationsEqual),
        (Model::Two, Of::Single) => {
            (applications - error, vec![applications, (k - 1.0 - k / n) * error, k * reviewers / n], CannotEstimate::NotPositive)
        }
        (Model::Two, Of::Mean) => (applications - error, vec![applications, reviewers / n, -error / n], CannotEstimate::NotPositive),
        (Model::Three, Of::Single) => (applications - error, vec![applications, (k - 1.0) * error], CannotEstimate::ReviewersConstant),
        (Model::Three, Of::Mean) => (applications - error, vec![applications], CannotEstimate::ApplicationsEqual),
    };
    let below: f64 = terms.iter().sum();
    let size: f64 = terms.iter().map(|term| term.abs()).sum();
    if below <= size * CANCELLED { Err(why) } else { finite(above / below) }
}

/// Sums of squares over degrees of freedom. A sum that rounding alone can make counts as nought, so that "nothing varies" is seen.
fn mean_squares(complete: &Complete) -> Result<MeanSquares, CannotEstimate> {
    let (n, k) = (count(complete.rows.len()), count(complete.reviewers));
    let (rows, blur) = normalised(&complete.rows)?;
    let row_means: Vec<f64> = rows.iter().map(|row| row.iter().sum::<f64>() / k).collect();
    let column = |at: usize| rows.iter().filter_map(|row| row.get(at)).sum::<f64>() / n;
    let column_means: Vec<f64> = (0..complete.reviewers).map(column).collect();
    let grand = row_means.iter().sum::<f64>() / n;
    let noise = n * k * blur * blur;
    let settled = |sum: f64| if sum <= noise { 0.0 } else { sum };
    let squares = |means: &[f64]| means.iter().map(|mean| (mean - grand) * (mean - grand)).sum::<f64>();
    let (mut within, mut error) = (0.0, 0.0);
    for (row, row_mean) in rows.iter().zip(&row_means) {
        for (value, column_mean) in row.iter().zip(&column_means) {
            let (from_row, residual) = (value - row_mean, value - row_mean - column_mean + grand);
            within += from_row * from_row;
            error += residual * residual;
        }
    }
    Ok(MeanSquares {
        applications: settled(k * squares(&row_means)) / (n - 1.0),
        within: settled(within) / (n * (k - 1.0)),
        reviewers: settled(n * squares(&column_means)) / (k - 1.0),
        error: settled(error) / ((n - 1.0) * (k - 1.0)),
        n,
        k,
    })
}

/// The values moved to begin at nought and stretched to a range between one and two (no coefficient depends on either), and how far
/// rounding may have moved one of them.
fn normalised(rows: &[Vec<f64>]) -> Result<(Vec<Vec<f64>>, f64), CannotEstimate> {
    let (lowest, highest) = extremes(rows.iter().flatten()).ok_or(CannotEstimate::AllEqual)?;
    let scale = binade(lowest.abs().max(highest.abs()));
    let (lowest, highest) = (lowest / scale, highest / scale);
    let range = highest - lowest;
    if range <= 0.0 {
        return Err(CannotEstimate::AllEqual);
    }
    let stretch = binade(range);
    let blur = ROUNDINGS * f64::EPSILON * (1.0 + lowest.abs().max(highest.abs()) / stretch);
    let place = |value: &f64| (value / scale - lowest) / stretch;
    Ok((rows.iter().map(|row| row.iter().map(place).collect()).collect(), blur))
}
