//! What falls away at either end, and how equal extremes share it (scoring rule 3).

use crate::domain::{
    consolidate::Drops,
    exact::{Exact, TooLarge},
};

/// How much of one value falls away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) low: Exact,
    pub(super) high: Exact,
}

const WHOLE: Share = Share { low: Exact::ZERO, high: Exact::ZERO };

impl Share {
    /// What is left of the value.
    pub(super) fn kept(&self) -> Result<Exact, TooLarge> {
        if self.low.is_zero() && self.high.is_zero() {
            return Ok(Exact::ONE);
        }
        Exact::ONE.minus(self.low)?.minus(self.high)
    }
}

/// The shares of `values` that fall away, in the order of `values`. Where `k` must go of `t` equal ones, each loses `k/t`: which
/// of two equal sheets goes would otherwise be decided by the order of files, and change the means of the criteria.
pub(super) fn shares(values: &[Exact], drops: Drops) -> Result<Vec<Share>, TooLarge> {
    let mut found = vec![WHOLE; values.len()];
    if drops == Drops::default() {
        return Ok(found);
    }
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by_key(|place| values.get(*place).copied());
    fall(values, order.iter().copied(), drops.low, |place, share| {
        if let Some(one) = found.get_mut(place) {
            one.low = share;
        }
    })?;
    fall(values, order.iter().rev().copied(), drops.high, |place, share| {
        if let Some(one) = found.get_mut(place) {
            one.high = share;
        }
    })?;
    Ok(found)
}

/// Lets `count` values fall from the front of `order`, group of equals by group of equals.
fn fall(values: &[Exact], order: impl Iterator<Item = usize>, count: usize, mut set: impl FnMut(usize, Exact)) -> Result<(), TooLarge> {
    let mut left = count;
    let mut order = order.peekable();
    while left > 0 {
        let Some(first) = order.next() else { return Ok(()) };
        let mut equal = vec![first];
        while let Some(next) = order.next_if(|next| values.get(*next) == values.get(first)) {
            equal.push(next);
        }
        let gone = left.min(equal.len());
        let share = if gone == equal.len() { Exact::ONE } else { Exact::count(gone).over(Exact::count(equal.len()))? };
        equal.into_iter().for_each(|place| set(place, share));
        left = left.saturating_sub(gone);
    }
    Ok(())
}
