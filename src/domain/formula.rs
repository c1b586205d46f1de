//! Computed criteria: completion rates, bands and counts, from the figures of the application's record.
//! They are equal on every sheet; the reviewer sees the working and may object in a comment, not overwrite.

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::Application,
        number::{RoundingMode, fixed, round},
        rubric::{Criterion, Formula},
        text::{Explain, Message},
    },
    msg,
};

/// A computed value and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// Points, rounded half up to the formula's places.
    pub points: Decimal,
    /// The working in words and figures.
    pub message: Message,
}

/// Why a value cannot be computed. It then counts as missing, never as nought.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The criterion declares no formula.
    #[error("{criterion} declares no formula")]
    NoFormula {
        /// Criterion.
        criterion: String,
    },
    /// The record lacks a figure.
    #[error("the record lacks {field}")]
    Figure {
        /// Field.
        field: String,
    },
    /// The target is nought, so there is no rate.
    #[error("{field} is nought")]
    NoTarget {
        /// Field.
        field: String,
    },
}

impl Explain for Missing {
    fn what(&self) -> Message {
        match self {
            Self::NoFormula { criterion } => msg!("err-no-formula", criterion = criterion),
            Self::Figure { field } => msg!("err-no-figure", field = field),
            Self::NoTarget { field } => msg!("err-no-target", field = field),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoFormula { .. } => msg!("rec-no-formula"),
            Self::Figure { field } | Self::NoTarget { field } => msg!("rec-no-figure", field = field),
        }
    }
}

/// The value of a computed criterion for `application`.
///
/// # Errors
/// The record lacks a figure, or the target is nought.
pub fn compute(criterion: &Criterion, application: &Application) -> Result<Working, Missing> {
    let formula = criterion.formula.as_ref().ok_or_else(|| Missing::NoFormula { criterion: criterion.id.to_string() })?;
    let actual = figure(application, &formula.actual)?;
    let measured = match &formula.target {
        Some(target) => Measured { actual, rate: Some(rate(application, actual, target)?) },
        None => Measured { actual, rate: None },
    };
    let exact = if !formula.bands.is_empty() {
        banded(formula, measured)
    } else if let Some(each) = formula.each {
        actual.saturating_mul(each.get())
    } else {
        completion(criterion, formula, measured)
    };
    let points = round(exact.min(criterion.max.get()), formula.places, RoundingMode::HalfUp);
    Ok(Working { points, message: words(criterion, formula, measured, points) })
}

/// The figure, and its share of the target where there is one.
#[derive(Clone, Copy)]
struct Measured {
    actual: Decimal,
    rate: Option<Decimal>,
}

fn figure(application: &Application, field: &str) -> Result<Decimal, Missing> {
    application.figure(field).ok_or_else(|| Missing::Figure { field: field.to_owned() })
}

fn rate(application: &Application, actual: Decimal, target: &str) -> Result<Decimal, Missing> {
    actual.checked_div(figure(application, target)?).ok_or_else(|| Missing::NoTarget { field: target.to_owned() })
}

/// Points of the best level that is reached; bands stand best first, and none reached gives nought.
fn banded(formula: &Formula, measured: Measured) -> Decimal {
    let level = measured.rate.map_or(measured.actual, |rate| rate * Decimal::ONE_HUNDRED);
    formula.bands.iter().find(|band| level >= band.from.get()).map_or(Decimal::ZERO, |band| band.points.get())
}

/// The maximum times the rate, capped; nought below the declared share. Without a target the figure itself is a percentage.
fn completion(criterion: &Criterion, formula: &Formula, measured: Measured) -> Decimal {
    let hundredth = Decimal::new(1, 2);
    let rate = measured.rate.unwrap_or_else(|| measured.actual.saturating_mul(hundredth));
    let share = |percent: crate::domain::number::Percent| percent.get() * hundredth;
    if formula.zero_below.is_some_and(|floor| rate < share(floor)) {
        return Decimal::ZERO;
    }
    rate.min(formula.cap.map_or(Decimal::ONE, share)) * criterion.max.get()
}

fn words(criterion: &Criterion, formula: &Formula, measured: Measured, points: Decimal) -> Message {
    let actual = measured.actual.normalize();
    match measured.rate {
        Some(rate) => {
            msg!(
                "say-working-rate",
                criterion = criterion.id,
                actual = actual,
                percent = fixed(rate * Decimal::ONE_HUNDRED, 2),
                points = points
            )
        }
        None => msg!("say-working-figure", criterion = criterion.id, field = formula.actual, actual = actual, points = points),
    }
}
