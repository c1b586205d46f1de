//! Exact fractions, for everything between a score and a published figure.
//!
//! `rust_decimal` adds exactly but divides to 28 digits, and a mean of seven sheets has no last digit. So sums and divisors are
//! carried as one fraction of two 128-bit whole numbers until a declared rounding point. Nothing wraps and nothing is dropped:
//! what does not fit is [`TooLarge`]. A panel of a hundred with weights of two decimals uses less than half of the room.

mod root;

pub use root::square_root;

use std::{cmp::Ordering, fmt};

use rust_decimal::Decimal;

use crate::{
    domain::{
        number::{Points, RoundingMode},
        text::{Explain, Message},
    },
    msg,
};

/// Figures do not fit into an exact fraction, or something was divided by nought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too large for exact arithmetic")]
pub struct TooLarge;

impl Explain for TooLarge {
    fn what(&self) -> Message {
        msg!("err-exact-large")
    }

    fn advice(&self) -> Message {
        msg!("rec-exact-large")
    }
}

/// An exact fraction. Two fractions are equal when they stand for the same number, however they are written.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    numerator: i128,
    /// Above nought. Not always in lowest terms: that is left until a figure is shown or room is short, because it is slow.
    denominator: i128,
}

impl Exact {
    /// Nought.
    pub const ZERO: Self = Self::whole(0);
    /// One.
    pub const ONE: Self = Self::whole(1);

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self { numerator: number as i128, denominator: 1 }
    }

    /// A number of things.
    #[must_use]
    pub fn count(number: usize) -> Self {
        Self { numerator: i128::try_from(number).unwrap_or(i128::MAX), denominator: 1 }
    }

    /// Hundredths of a point: the form in which a table of scores keeps its cells.
    #[must_use]
    pub const fn hundredths(number: u32) -> Self {
        Self { numerator: number as i128, denominator: 100 }
    }

    /// The exact value of `decimal`.
    #[must_use]
    pub fn of(decimal: Decimal) -> Self {
        let plain = decimal.normalize();
        // A decimal has at most 28 places, so the power always fits.
        Self { numerator: plain.mantissa(), denominator: 10_i128.checked_pow(plain.scale()).unwrap_or(1) }
    }

    /// Whether it is nought.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is one.
    #[must_use]
    pub const fn is_one(self) -> bool {
        self.numerator == self.denominator
    }

    /// The distance from nought.
    ///
    /// # Errors
    /// [`TooLarge`] for the one number without a positive twin.
    pub fn distance(self) -> Result<Self, TooLarge> {
        Ok(Self { numerator: self.numerator.checked_abs().ok_or(TooLarge)?, ..self })
    }

    /// The sum.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, TooLarge> {
        if self.denominator == other.denominator {
            let numerator = self.numerator.checked_add(other.numerator).ok_or(TooLarge)?;
            return Ok(Self { numerator, ..self });
        }
        add(self, other).or_else(|| add(self.lowest(), other.lowest()).map(Self::lowest)).ok_or(TooLarge)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, TooLarge> {
        self.plus(Self { numerator: other.numerator.checked_neg().ok_or(TooLarge)?, ..other })
    }

    /// The product.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn times(self, other: Self) -> Result<Self, TooLarge> {
        if other.is_one() {
            return Ok(self);
        }
        if self.is_one() {
            return Ok(other);
        }
        multiply(self, other).or_else(|| multiply_lowest(self.lowest(), other.lowest())).ok_or(TooLarge)
    }

    /// The quotient.
    ///
    /// # Errors
    /// [`TooLarge`], also for a divisor of nought.
    pub fn over(self, other: Self) -> Result<Self, TooLarge> {
        let turned = match other.numerator.signum() {
            0 => return Err(TooLarge),
            1 => Self { numerator: other.denominator, denominator: other.numerator },
            _ => Self {
                numerator: other.denominator.checked_neg().ok_or(TooLarge)?,
                denominator: other.numerator.checked_neg().ok_or(TooLarge)?,
            },
        };
        self.times(turned)
    }

    /// The sum of `terms`.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn sum(terms: impl IntoIterator<Item = Self>) -> Result<Self, TooLarge> {
        terms.into_iter().try_fold(Self::ZERO, |sum, term| if sum.is_zero() { Ok(term) } else { sum.plus(term) })
    }

    /// Rounds to `places` decimal places.
    ///
    /// # Errors
    /// [`TooLarge`].
    pub fn round(self, places: u32, mode: RoundingMode) -> Result<Self, TooLarge> {
        let scale = 10_i128.checked_pow(places).ok_or(TooLarge)?;
        let (scaled, denominator) = match self.numerator.checked_mul(scale) {
            Some(scaled) => (scaled, self.denominator),
            None => {
                let lowest = self.lowest();
                (lowest.numerator.checked_mul(scale).ok_or(TooLarge)?, lowest.denominator)
            }
        };
        let whole = scaled.checked_div(denominator).ok_or(TooLarge)?;
        let rest = scaled.checked_rem(denominator).ok_or(TooLarge)?.checked_abs().ok_or(TooLarge)?;
        let up = match rest.cmp(&denominator.checked_sub(rest).ok_or(TooLarge)?) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => mode == RoundingMode::HalfUp || whole.checked_rem(2) != Some(0),
        };
        let away = if up { scaled.signum() } else { 0 };
        Ok(Self { numerator: whole.checked_add(away).ok_or(TooLarge)?, denominator: scale })
    }

    /// The same number in lowest terms.
    #[must_use]
    pub fn lowest(self) -> Self {
        let divisor = common_divisor(self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        let divide = |part: i128| i128::try_from(divisor).ok().and_then(|divisor| part.checked_div(divisor));
        match (divide(self.numerator), divide(self.denominator)) {
            (Some(numerator), Some(denominator)) if denominator > 0 => Self { numerator, denominator },
            _ => self,
        }
    }

    /// The value to 28 significant digits.
    ///
    /// # Errors
    /// [`TooLarge`] where a part has more digits than a decimal holds.
    pub fn decimal(self) -> Result<Decimal, TooLarge> {
        let (numerator, denominator) = self.parts();
        let part = |number: i128| Decimal::try_from_i128_with_scale(number, 0).map_err(|_| TooLarge);
        part(numerator)?.checked_div(part(denominator)?).ok_or(TooLarge)
    }

    /// Numerator and denominator in lowest terms.
    #[must_use]
    pub fn parts(self) -> (i128, i128) {
        let lowest = self.lowest();
        (lowest.numerator, lowest.denominator)
    }

    /// With exactly `places` decimal places where so many are enough; otherwise as [`Exact`] is always written.
    #[must_use]
    pub fn text(self, places: u32) -> String {
        match self.digits() {
            Some((number, own)) if own <= places => point(number, own, places),
            _ => self.to_string(),
        }
    }

    /// For a sentence: as it is written, and to two places where it has no last place.
    #[must_use]
    pub fn shown(self) -> String {
        match (self.digits(), self.round(2, RoundingMode::HalfUp)) {
            (None, Ok(rounded)) => format!("{self} ≈ {}", rounded.text(2)),
            _ => self.to_string(),
        }
    }

    /// The number as a whole number of units of its last decimal place, and how many places there are; `None` without a last place.
    fn digits(self) -> Option<(i128, u32)> {
        let lowest = self.lowest();
        let (mut rest, mut twos, mut fives) = (lowest.denominator, 0_u32, 0_u32);
        while rest.checked_rem(2)? == 0 {
            (rest, twos) = (rest.checked_div(2)?, twos.checked_add(1)?);
        }
        while rest.checked_rem(5)? == 0 {
            (rest, fives) = (rest.checked_div(5)?, fives.checked_add(1)?);
        }
        let places = twos.max(fives);
        let factor = 10_i128.checked_pow(places)?.checked_div(lowest.denominator)?;
        (rest == 1).then_some((lowest.numerator.checked_mul(factor)?, places))
    }
}

/// `number` units of the place `own`, written with `places` places.
fn point(number: i128, own: u32, places: u32) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let digits = number.unsigned_abs().to_string();
    let own = usize::try_from(own).unwrap_or(0);
    let filled = format!("{digits:0>width$}", width = own.saturating_add(1));
    let (whole, after) = filled.split_at(filled.len().saturating_sub(own));
    match usize::try_from(places).unwrap_or(0) {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}.{after:0<places$}"),
    }
}

fn add(one: Exact, other: Exact) -> Option<Exact> {
    let shared = i128::try_from(common_divisor(one.denominator.unsigned_abs(), other.denominator.unsigned_abs())).ok()?;
    let (left, right) = (other.denominator.checked_div(shared)?, one.denominator.checked_div(shared)?);
    let numerator = one.numerator.checked_mul(left)?.checked_add(other.numerator.checked_mul(right)?)?;
    Some(Exact { numerator, denominator: one.denominator.checked_mul(left)? })
}

fn multiply(one: Exact, other: Exact) -> Option<Exact> {
    let numerator = one.numerator.checked_mul(other.numerator)?;
    Some(Exact { numerator, denominator: one.denominator.checked_mul(other.denominator)? })
}

/// Cancels across before multiplying, so that only a product that does not fit in lowest terms is refused.
fn multiply_lowest(one: Exact, other: Exact) -> Option<Exact> {
    let crossed = |upper: i128, lower: i128| Exact { numerator: upper, denominator: lower }.lowest();
    let (left, right) = (crossed(one.numerator, other.denominator), crossed(other.numerator, one.denominator));
    multiply(left, right)
}

/// The greatest common divisor (Euclid, Elements VII.2); 1 where both are nought. Short numbers take the short way.
fn common_divisor(one: u128, other: u128) -> u128 {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        if let (Ok(short), Ok(other_short)) = (u64::try_from(one), u64::try_from(other)) {
            return u128::from(short_divisor(short, other_short));
        }
        (one, other) = (other, one.checked_rem(other).unwrap_or(0));
    }
    one.max(1)
}

fn short_divisor(one: u64, other: u64) -> u64 {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        (one, other) = (other, one.checked_rem(other).unwrap_or(0));
    }
    one.max(1)
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        let crossed = (self.numerator.checked_mul(other.denominator), other.numerator.checked_mul(self.denominator));
        match crossed {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_parts(self.lowest(), other.lowest()),
        }
    }
}

/// Compares whole parts, then turned-over rests: needs no room at all, and ends because the denominators shrink.
fn compare_by_parts(one: Exact, other: Exact) -> Ordering {
    let (mut left, mut right, mut turned) = (one, other, false);
    loop {
        let wholes = (left.numerator.div_euclid(left.denominator), right.numerator.div_euclid(right.denominator));
        let rests = (left.numerator.rem_euclid(left.denominator), right.numerator.rem_euclid(right.denominator));
        let found = match wholes.0.cmp(&wholes.1) {
            Ordering::Equal if rests.0 == 0 || rests.1 == 0 => Some(rests.0.cmp(&rests.1)),
            Ordering::Equal => None,
            found => Some(found),
        };
        if let Some(found) = found {
            return if turned { found.reverse() } else { found };
        }
        left = Exact { numerator: left.denominator, denominator: rests.0 };
        right = Exact { numerator: right.denominator, denominator: rests.1 };
        turned = !turned;
    }
}

/// A decimal where the number has a last place, otherwise a fraction in lowest terms: `"82.5"`, `"1/3"`.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.digits() {
            Some((number, places)) => f.pad(&point(number, places, places)),
            None => {
                let (numerator, denominator) = self.parts();
                f.pad(&format!("{numerator}/{denominator}"))
            }
        }
    }
}

impl From<Points> for Exact {
    fn from(points: Points) -> Self {
        Self::of(points.get())
    }
}
