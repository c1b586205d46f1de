//! 中位数: the middle sheet, or the mean of the two in the middle.
//!
//! Source: F. Galton, "One vote, one value", Nature 75 (1907), 414: the middlemost estimate of a panel. It is a trimmed mean that
//! leaves one or two sheets, so the means of criteria and dimensions follow from the same sheet weights.

use crate::domain::{
    consolidate::{Drops, MethodEntry},
    rubric::{Method, Trim},
};

pub(super) const METHOD: MethodEntry =
    MethodEntry { method: Method::Median, id: "median", name: "method-median", explained: "method-median-how", falls, divides: true };

/// All but the middle one of an odd number, all but the middle two of an even number.
fn falls(values: usize, _trim: Option<&Trim>) -> Drops {
    let each = values.saturating_sub(1) / 2;
    Drops { low: each, high: each }
}
