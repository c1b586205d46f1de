//! 去掉最高分和最低分后取平均: the mean of what is left after the declared number of extremes fell away.
//!
//! Source: common practice of Chinese review panels; written out for example in the contest rules of 山东经贸职业学院 (2022)
//! (domain reference 3.2, S4).

use crate::domain::{
    consolidate::{Drops, MethodEntry},
    rubric::{Method, Trim},
};

pub(super) const METHOD: MethodEntry = MethodEntry {
    method: Method::TrimmedMean,
    id: "trimmed-mean",
    name: "method-trimmed-mean",
    explained: "method-trimmed-mean-how",
    falls,
    divides: true,
};

/// Nothing falls away below `min_valid`, because a few opinions cannot show which of them is the outlier.
fn falls(values: usize, trim: Option<&Trim>) -> Drops {
    let Some(trim) = trim else { return Drops::default() };
    let drops = Drops { low: count(trim.low), high: count(trim.high) };
    let enough = values >= count(trim.min_valid) && drops.low.saturating_add(drops.high) < values;
    if enough { drops } else { Drops::default() }
}

fn count(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
