//! Exact fractions, for everything between a score and a published figure.
//!
//! `rust_decimal` adds exactly but divides to 28 digits, and a mean of seven sheets has no last digit. So sums and divisors are
//! carried as one fraction of two 128-bit whole numbers until a declared rounding point. Nothing wraps and nothing is dropped:
//! what does not fit is [`TooLarge`]. A panel of a hundred with weights of two decimals uses less than half of the room.

mod order;
mod root;
mod written;

pub use root::square_root;

use std::cmp::Ordering;

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
        if other.is_zero() {
            return Ok(self);
        }
        if self.is_zero() {
            return Ok(other);
        }
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
        if other.is_one() || self.is_zero() {
            return Ok(self);
        }
        if self.is_one() || other.is_zero() {
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

impl From<Points> for Exact {
    fn from(points: Points) -> Self {
        Self::of(points.get())
    }
}
