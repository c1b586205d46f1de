//! Box plots: five numbers, whiskers, and what lies outside.
//!
//! Tukey, Exploratory Data Analysis (1977), ch. 2: the hinges are the medians of the lower and the upper half, the middle value
//! belonging to both halves when their number is odd; a whisker ends at the last value within one step, 1.5 times the distance of
//! the hinges, beyond its hinge. This is not the quartile of spreadsheets, which interpolates.

use crate::insight::{
    estimate::{CannotEstimate, finite},
    moments::median_of_sorted,
};

/// Tukey's step: how many times the distance of the hinges a whisker may reach.
pub const WHISKER: f64 = 1.5;
/// Values that a box takes; with fewer, the five numbers only repeat the values, and a row of points is the better picture.
pub const LEAST_FOR_BOX: usize = 5;

/// The figures of one box.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxPlot {
    /// Lowest value.
    pub lowest: f64,
    /// Where the lower whisker ends.
    pub lower_whisker: f64,
    /// Median of the lower half.
    pub lower_hinge: f64,
    /// Median.
    pub median: f64,
    /// Median of the upper half.
    pub upper_hinge: f64,
    /// Where the upper whisker ends.
    pub upper_whisker: f64,
    /// Highest value.
    pub highest: f64,
    /// Values beyond the whiskers, in order. To be looked at, not to be left out: 畸高畸低 is for the panel to decide.
    pub outside: Vec<f64>,
}

/// The box of these values, in any order.
///
/// # Errors
/// Fewer than [`LEAST_FOR_BOX`], or so far apart that their distance is no number.
pub fn of(values: &[f64]) -> Result<BoxPlot, CannotEstimate> {
    let few = CannotEstimate::TooFewRatings { found: values.len(), needed: LEAST_FOR_BOX };
    if values.len() < LEAST_FOR_BOX {
        return Err(few);
    }
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len().div_ceil(2);
    let lower_hinge = sorted.get(..half).and_then(median_of_sorted).ok_or(few)?;
    let upper_hinge = sorted.get(sorted.len() - half..).and_then(median_of_sorted).ok_or(few)?;
    let step = finite(WHISKER * (upper_hinge - lower_hinge))?;
    let (low_fence, high_fence) = (lower_hinge - step, upper_hinge + step);
    let (inside, outside): (Vec<f64>, Vec<f64>) = sorted.iter().partition(|value| (low_fence..=high_fence).contains(*value));
    // The hinges lie between values, so a value within the fences exists on either side of each.
    Ok(BoxPlot {
        lowest: *sorted.first().ok_or(few)?,
        lower_whisker: *inside.first().ok_or(few)?,
        lower_hinge,
        median: median_of_sorted(&sorted).ok_or(few)?,
        upper_hinge,
        upper_whisker: *inside.last().ok_or(few)?,
        highest: *sorted.last().ok_or(few)?,
        outside,
    })
}
