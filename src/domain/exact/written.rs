//! How an exact number is written: as a decimal where it has a last place, else as a fraction in lowest terms.

use std::fmt;

use super::Exact;
use crate::domain::number::RoundingMode;

impl Exact {
    /// With exactly `places` decimal places where so many are enough; otherwise as [`Exact`] is always written.
    #[must_use]
    pub fn text(self, places: u32) -> String {
        match self.digits() {
            Some((number, own)) if own <= places => point(number, own, places),
            _ => self.to_string(),
        }
    }

    /// A fraction in lowest terms even where a decimal would do, as weights are written: `"1/2"`; whole numbers stay whole.
    #[must_use]
    pub fn fraction(self) -> String {
        match self.parts() {
            (whole, 1) => whole.to_string(),
            (numerator, denominator) => format!("{numerator}/{denominator}"),
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
