//! Computed criteria (scoring rule 2): the points follow from the application's record, and are equal on every sheet.

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::{Application, Record},
        number::{Points, RoundingMode, fixed, round},
        rubric::{Criterion, Formula},
        text::{Explain, Message},
    },
    msg,
};

/// A computed score and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// Points, rounded as the formula says, at most the criterion's maximum.
    pub points: Decimal,
    /// Actual figure.
    pub actual: Decimal,
    /// Target figure, where there is one.
    pub target: Option<Decimal>,
    /// The working in one sentence, with every figure in it.
    pub text: Message,
}

/// Why a criterion cannot be computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    /// The criterion has no formula: the rubric was not checked.
    #[error("no formula")]
    NoFormula,
    /// The application leaves the field empty.
    #[error("{0} has no figure")]
    Figure(String),
    /// The target is nought, so there is no rate.
    #[error("{0} is nought")]
    NoTarget(String),
    /// The figures are too large to compute with.
    #[error("figures too large")]
    TooLarge,
}

impl Missing {
    /// The field to look at, where the reason is one.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Figure(field) | Self::NoTarget(field) => Some(field),
            Self::NoFormula | Self::TooLarge => None,
        }
    }
}

/// Computes `criterion` from the record of `application`.
///
/// # Errors
/// Says which figure is missing; nothing is assumed in its place.
pub fn compute(criterion: &Criterion, application: &Application) -> Result<Working, Missing> {
    compute_from(criterion, &Record::of(application))
}

/// The same from a record that was already taken, for whoever computes several criteria.
///
/// # Errors
/// As [`compute`].
pub fn compute_from(criterion: &Criterion, record: &Record) -> Result<Working, Missing> {
    let formula = criterion.formula.as_ref().ok_or(Missing::NoFormula)?;
    let figures = Figures::read(formula, record)?;
    let exact = match formula.each {
        Some(each) => figures.actual.checked_mul(each.get()),
        None if formula.bands.is_empty() => figures.share_of(criterion.max, formula),
        None => figures.band(formula),
    };
    let exact = exact.ok_or(Missing::TooLarge)?;
    let points = round(exact, formula.places, RoundingMode::HalfUp).min(criterion.max.get()).normalize();
    Ok(Working { points, actual: figures.actual, target: figures.target, text: figures.text(criterion, formula, points) })
}

/// The figures a formula works with.
struct Figures {
    actual: Decimal,
    target: Option<Decimal>,
}

impl Figures {
    fn read(formula: &Formula, record: &Record) -> Result<Self, Missing> {
        let figure = |field: &String| record.figure(field).ok_or_else(|| Missing::Figure(field.clone()));
        let actual = figure(&formula.actual)?;
        let target = formula.target.as_ref().map(|field| (field, figure(field)));
        let target = match target {
            None => None,
            Some((field, Ok(value))) if value.is_zero() => return Err(Missing::NoTarget(field.clone())),
            Some((_, value)) => Some(value?),
        };
        Ok(Self { actual, target })
    }

    /// The actual figure, and a level times what it is measured by: comparing the two compares rate and level without dividing.
    fn against(&self, level: Decimal) -> Option<(Decimal, Decimal)> {
        match self.target {
            Some(target) => Some((self.actual.checked_mul(Decimal::ONE_HUNDRED)?, level.checked_mul(target)?)),
            None => Some((self.actual, level)),
        }
    }

    fn reaches(&self, level: Decimal) -> Option<bool> {
        self.against(level).map(|(reached, wanted)| reached >= wanted)
    }

    /// `max · min(actual ÷ target, cap)`, nought below `zero_below`; one division, at the end.
    fn share_of(&self, max: Points, formula: &Formula) -> Option<Decimal> {
        let cap = formula.cap.map_or(Decimal::ONE_HUNDRED, |cap| cap.get());
        if let Some(least) = formula.zero_below
            && !self.reaches(least.get())?
        {
            return Some(Decimal::ZERO);
        }
        if self.reaches(cap)? {
            return max.get().checked_mul(cap)?.checked_div(Decimal::ONE_HUNDRED);
        }
        max.get().checked_mul(self.actual)?.checked_div(self.target?)
    }

    /// The points of the best level reached; nought below all levels.
    fn band(&self, formula: &Formula) -> Option<Decimal> {
        for band in &formula.bands {
            if self.reaches(band.from.get())? {
                return Some(band.points.get());
            }
        }
        Some(Decimal::ZERO)
    }

    fn text(&self, criterion: &Criterion, formula: &Formula, points: Decimal) -> Message {
        let (actual, max) = (self.actual, criterion.max);
        if let Some(each) = formula.each {
            return msg!("working-each", actual = actual, each = each, max = max, points = points);
        }
        match (self.target, formula.bands.is_empty()) {
            (Some(target), true) => {
                msg!("working-rate", actual = actual, target = target, rate = self.rate(), max = max, points = points)
            }
            (Some(target), false) => msg!("working-rate-band", actual = actual, target = target, rate = self.rate(), points = points),
            (None, _) => msg!("working-band", actual = actual, points = points),
        }
    }

    /// The rate in percent as shown, to two places; the points are never computed from it.
    fn rate(&self) -> String {
        let rate = self.target.and_then(|target| self.actual.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(target));
        rate.map_or_else(String::new, |rate| fixed(rate, 2))
    }
}

impl Explain for Missing {
    fn what(&self) -> Message {
        match self {
            Self::NoFormula => msg!("err-formula-none"),
            Self::Figure(field) => msg!("err-formula-figure", field = field),
            Self::NoTarget(field) => msg!("err-formula-target", field = field),
            Self::TooLarge => msg!("err-formula-large"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoFormula => msg!("rec-formula-none"),
            Self::Figure(_) | Self::NoTarget(_) => msg!("rec-formula-figure"),
            Self::TooLarge => msg!("rec-formula-large"),
        }
    }
}
