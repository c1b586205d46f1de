//! Square roots by long division of digits, as once taught on paper: every digit found is final, so the result does not depend
//! on a starting guess or on how often something is repeated.

use rust_decimal::Decimal;

use super::{Exact, TooLarge};

/// Significant digits of a root; what a [`Decimal`] surely holds.
const DIGITS: u32 = 28;

/// The square root of `value` to 28 significant digits, the last one rounded half up.
///
/// # Errors
/// [`TooLarge`] for a negative value, and where the parts of the fraction leave no room for the division.
pub fn square_root(value: Exact) -> Result<Decimal, TooLarge> {
    let (numerator, denominator) = value.parts();
    let (upper, lower) = (u128::try_from(numerator).map_err(|_| TooLarge)?, denominator.unsigned_abs());
    if upper == 0 {
        return Ok(Decimal::ZERO);
    }
    let mut long = LongRoot::of_whole(upper.checked_div(lower).ok_or(TooLarge)?)?;
    let mut rest = upper.checked_rem(lower).ok_or(TooLarge)?;
    let mut places = 0_u32;
    while long.digits() <= DIGITS && places < DIGITS {
        // The next two digits of the radicand.
        let grown = rest.checked_mul(100).ok_or(TooLarge)?;
        rest = grown.checked_rem(lower).ok_or(TooLarge)?;
        long.take(grown.checked_div(lower).ok_or(TooLarge)?)?;
        places = places.checked_add(1).ok_or(TooLarge)?;
    }
    rounded(long.root, places)
}

/// Gives up the last place, half up.
fn rounded(root: u128, places: u32) -> Result<Decimal, TooLarge> {
    let kept = root.checked_add(5).and_then(|root| root.checked_div(10)).ok_or(TooLarge)?;
    let kept = i128::try_from(kept).map_err(|_| TooLarge)?;
    let scale = places.checked_sub(1).ok_or(TooLarge)?;
    Decimal::try_from_i128_with_scale(kept, scale).map(|root| root.normalize()).map_err(|_| TooLarge)
}

/// A root as far as it is known, and what is left of the radicand.
struct LongRoot {
    root: u128,
    rest: u128,
}

impl LongRoot {
    /// Takes the digits of a whole number in pairs, from the front.
    fn of_whole(whole: u128) -> Result<Self, TooLarge> {
        let mut pairs = Vec::new();
        let mut left = whole;
        while left > 0 {
            pairs.push(left.checked_rem(100).ok_or(TooLarge)?);
            left = left.checked_div(100).ok_or(TooLarge)?;
        }
        let mut long = Self { root: 0, rest: 0 };
        pairs.into_iter().rev().try_for_each(|pair| long.take(pair))?;
        Ok(long)
    }

    /// One more digit of the root from two more digits of the radicand: the largest `d` with `(20·root + d)·d ≤ rest`.
    fn take(&mut self, pair: u128) -> Result<(), TooLarge> {
        let rest = self.rest.checked_mul(100).and_then(|rest| rest.checked_add(pair)).ok_or(TooLarge)?;
        let twenty = self.root.checked_mul(20).ok_or(TooLarge)?;
        let used = |digit: u128| twenty.checked_add(digit).and_then(|sum| sum.checked_mul(digit)).ok_or(TooLarge);
        let mut digit = 0;
        while digit < 9 && used(digit + 1)? <= rest {
            digit += 1;
        }
        self.rest = rest.checked_sub(used(digit)?).ok_or(TooLarge)?;
        self.root = self.root.checked_mul(10).and_then(|root| root.checked_add(digit)).ok_or(TooLarge)?;
        Ok(())
    }

    fn digits(&self) -> u32 {
        self.root.checked_ilog10().map_or(0, |log| log.saturating_add(1))
    }
}
