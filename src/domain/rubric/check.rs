//! Proofs about a rubric: what holds here need not be asked again while scores are given and consolidated.
//!
//! Each part proves one thing about the whole file; none stops at the first finding.

mod anchors;
mod arithmetic;
mod criteria;
mod formulas;
mod identity;
mod references;
mod sums;
mod texts;
mod tie_break;

use rust_decimal::Decimal;

use crate::{
    domain::{finding::Finding, number::Points, rubric::Rubric},
    msg,
};

/// Version of the file format that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// Most decimal places that a rounding may keep.
pub const MOST_PLACES: u32 = 6;

/// Everything wrong with `rubric`; paths are those of the file, for example `criterion[3].max`.
#[must_use]
pub fn check(rubric: &Rubric) -> Vec<Finding> {
    let mut out = Vec::new();
    identity::check(rubric, &mut out);
    texts::check(rubric, &mut out);
    criteria::check(rubric, &mut out);
    sums::check(rubric, &mut out);
    anchors::check(rubric, &mut out);
    formulas::check(rubric, &mut out);
    references::check(rubric, &mut out);
    arithmetic::check(rubric, &mut out);
    tie_break::check(rubric, &mut out);
    out
}

/// A share of a maximum must lie between 0 and 100.
fn check_share(path: &str, percent: Decimal, out: &mut Vec<Finding>) {
    if percent > Decimal::ONE_HUNDRED {
        out.push(Finding::error(path, msg!("err-rubric-share", found = percent), msg!("rec-rubric-share")));
    }
}

fn is_one(weight: Points) -> bool {
    weight.get() == Decimal::ONE
}
