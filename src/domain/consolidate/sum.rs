//! 总分相加: the valid sheets are added up and not divided.
//!
//! Source: the score sheets of contests whose published figure is the sum of all judges. A missing sheet lowers the sum, so it
//! suits panels in which everybody scores everything; pass mark and floors are those of one sheet times the weights that count.

use crate::domain::{
    consolidate::{Drops, MethodEntry},
    rubric::{Method, Trim},
};

pub(super) const METHOD: MethodEntry =
    MethodEntry { method: Method::Sum, id: "sum", name: "method-sum", explained: "method-sum-how", falls, divides: false };

const fn falls(_values: usize, _trim: Option<&Trim>) -> Drops {
    Drops { low: 0, high: 0 }
}
