//! Exact numbers. A number travels as text, is read by one strict grammar, and is never a float.

use std::{borrow::Cow, fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Why a text is not a number of the wanted kind. Nothing is clamped or repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadNumber {
    /// No text at all.
    #[error("empty")]
    Empty,
    /// A sign: scores and amounts are never negative, and `-0` is not a second zero.
    #[error("signed")]
    Signed,
    /// Exponent form such as `1e2`.
    #[error("exponent")]
    Exponent,
    /// Digits or points of another script or width, such as `８．５`.
    #[error("full-width")]
    FullWidth,
    /// More digits before or after the point than the kind allows.
    #[error("too many digits")]
    TooManyDigits,
    /// Anything else: letters, separators, leading zeros, a bare point.
    #[error("not digits")]
    NotDigits,
}

/// Reads `0` or a whole number without leading zeros, optionally a point and further digits.
fn read(text: &str, whole: usize, places: usize) -> Result<Decimal, BadNumber> {
    let (before, after) = match text.split_once('.') {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    };
    refuse_odd_characters(text)?;
    let leading_zero = before.len() > 1 && before.starts_with('0');
    let empty_part = before.is_empty() || after.is_some_and(str::is_empty);
    if leading_zero || empty_part || after.is_some_and(|digits| digits.contains('.')) {
        return Err(BadNumber::NotDigits);
    }
    if before.len() > whole || after.is_some_and(|digits| digits.len() > places) {
        return Err(BadNumber::TooManyDigits);
    }
    Decimal::from_str_exact(text).map_err(|_| BadNumber::TooManyDigits)
}

fn refuse_odd_characters(text: &str) -> Result<(), BadNumber> {
    if text.is_empty() {
        return Err(BadNumber::Empty);
    }
    if text.starts_with(['-', '+', '−', '－', '＋']) {
        return Err(BadNumber::Signed);
    }
    if text.chars().any(|c| matches!(c, '０'..='９' | '．' | '。') || (!c.is_ascii() && c.is_numeric())) {
        return Err(BadNumber::FullWidth);
    }
    let starts_like_a_number = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    if starts_like_a_number && text.contains(['e', 'E']) && text.chars().all(|c| c.is_ascii_digit() || "eE.+-".contains(c)) {
        return Err(BadNumber::Exponent);
    }
    if text.chars().any(|c| !c.is_ascii_digit() && c != '.') {
        return Err(BadNumber::NotDigits);
    }
    Ok(())
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident, $whole:literal, $places:literal, $format:literal, $suffix:literal, $pattern:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Decimal);

        impl $name {
            /// Nought.
            pub const ZERO: Self = Self(Decimal::ZERO);

            /// The exact value.
            #[must_use]
            pub const fn get(self) -> Decimal {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = BadNumber;

            fn from_str(text: &str) -> Result<Self, BadNumber> {
                let digits = if $suffix.is_empty() { text } else { text.strip_suffix($suffix).ok_or(BadNumber::NotDigits)? };
                read(digits, $whole, $places).map(|value| Self(value.normalize()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&format!("{}{}", self.0, $suffix))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format, "pattern": $pattern })
            }
        }
    };
}

number!(
    /// Points 分值 of a score, a maximum, a step or a weight: 0 to 9999.99, at most two places, kept without trailing zeros.
    Points, 4, 2, "points", "", r"^(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?$"
);
number!(
    /// An amount of money in 万元 (ten thousand yuan), or another quantity of an application such as m² or persons: up to ten digits, at most four places.
    Amount, 10, 4, "amount", "", r"^(0|[1-9][0-9]{0,9})(\.[0-9]{1,4})?$"
);
number!(
    /// A share of a maximum, written with its sign: `"60%"`.
    Percent, 4, 2, "percent", "%", r"^(0|[1-9][0-9]{0,3})(\.[0-9]{1,2})?%$"
);

impl Points {
    /// Takes an exact value that is known to be points already (a product or sum of points); `None` when it is negative.
    #[must_use]
    pub fn exact(value: Decimal) -> Option<Self> {
        (!value.is_sign_negative() || value.is_zero()).then(|| Self(value.abs().normalize()))
    }

    /// Whether the value is a whole number of `step`s. A step of nought admits every value.
    #[must_use]
    pub fn is_on_step(self, step: Points) -> bool {
        step.0.is_zero() || self.0.checked_rem(step.0).is_some_and(|rest| rest.is_zero())
    }

    /// The share of this maximum, exact.
    #[must_use]
    pub fn share(self, percent: Percent) -> Decimal {
        self.0 * percent.0 * Decimal::new(1, 2)
    }
}

/// How a figure is rounded. The names are those of the rubric file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingMode {
    /// 四舍五入: a half goes away from zero (GB/T 8170 does otherwise, panels do this).
    #[default]
    HalfUp,
    /// 四舍六入五成双: a half goes to the even neighbour.
    HalfEven,
}

/// Rounds `value` to `places` decimal places. `rust_decimal`'s default is half-even, so the mode is always named.
#[must_use]
pub fn round(value: Decimal, places: u32, mode: RoundingMode) -> Decimal {
    let strategy = match mode {
        RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
        RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
    };
    value.round_dp_with_strategy(places, strategy)
}

/// Prints `value` with exactly `places` decimal places, rounding halves up.
#[must_use]
pub fn fixed(value: Decimal, places: u32) -> String {
    let rounded = round(value, places, RoundingMode::HalfUp);
    format!("{rounded:.*}", usize::try_from(places).unwrap_or(2))
}

/// A share such as a quorum, written `"2/3"`. Both parts are 1 to 99 and the share is at most one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    /// Upper part.
    pub numerator: u32,
    /// Lower part.
    pub denominator: u32,
}

impl FromStr for Fraction {
    type Err = BadNumber;

    fn from_str(text: &str) -> Result<Self, BadNumber> {
        let (upper, lower) = text.split_once('/').ok_or(BadNumber::NotDigits)?;
        let part = |digits: &str| -> Result<u32, BadNumber> {
            let plain = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            if plain { digits.parse().map_err(|_| BadNumber::NotDigits) } else { Err(BadNumber::NotDigits) }
        };
        let (numerator, denominator) = (part(upper)?, part(lower)?);
        if numerator > denominator { Err(BadNumber::TooManyDigits) } else { Ok(Self { numerator, denominator }) }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Fraction {
    fn schema_name() -> Cow<'static, str> {
        "Fraction".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "fraction", "pattern": "^[1-9][0-9]?/[1-9][0-9]?$" })
    }
}
