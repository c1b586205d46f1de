//! A figure, or the reason why there is none.

use crate::{domain::text::Message, msg};

/// Decimal places of a printed figure: far more than anybody should read into it, enough to compare with other software, and few
/// enough that the last one does not depend on the order in which a sum was taken.
pub const PLACES: usize = 10;

/// A figure that is finite, or why it cannot be estimated.
pub type Estimate = Result<f64, CannotEstimate>;

/// Why a figure cannot be estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CannotEstimate {
    /// Too few applications that can be used.
    TooFewApplications {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too few reviewers.
    TooFewReviewers {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// Too few ratings of one application or by one reviewer.
    TooFewRatings {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// No application was rated by two reviewers, so nothing can be compared.
    NothingShared,
    /// All ratings are the same, so that there is nothing to agree or to differ about.
    AllEqual,
    /// All applications have the same mean rating: the share of the differences between them is a share of nothing.
    ApplicationsEqual,
    /// Each reviewer rated all applications alike.
    ReviewersConstant,
    /// The components of the variance add up to nothing or less, which no population can have.
    NotPositive,
    /// A rating below nought, where the ratio of two ratings is asked for.
    BelowNought,
    /// Not every application has the same number of votes.
    UnequalVotes,
    /// The design falls into groups of reviewers that share no application.
    NotConnected {
        /// How many groups.
        groups: usize,
    },
    /// There are as many effects as ratings: a model that fits any ratings tells nothing of these.
    NothingLeftOver,
    /// The scale has no width.
    NoScale,
    /// The figure is larger than a number of this machine can be.
    TooLarge,
}

impl CannotEstimate {
    /// "cannot be estimated because …", without a language yet.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::TooFewApplications { found, needed } => msg!("stat-few-applications", found = found, needed = needed),
            Self::TooFewReviewers { found, needed } => msg!("stat-few-reviewers", found = found, needed = needed),
            Self::TooFewRatings { found, needed } => msg!("stat-few-ratings", found = found, needed = needed),
            Self::NothingShared => msg!("stat-nothing-shared"),
            Self::AllEqual => msg!("stat-all-equal"),
            Self::ApplicationsEqual => msg!("stat-applications-equal"),
            Self::ReviewersConstant => msg!("stat-reviewers-constant"),
            Self::NotPositive => msg!("stat-not-positive"),
            Self::BelowNought => msg!("stat-below-nought"),
            Self::UnequalVotes => msg!("stat-unequal-votes"),
            Self::NotConnected { groups } => msg!("stat-not-connected", groups = groups),
            Self::NothingLeftOver => msg!("stat-nothing-left-over"),
            Self::NoScale => msg!("stat-no-scale"),
            Self::TooLarge => msg!("stat-too-large"),
        }
    }
}

/// `value`, if it is a number.
///
/// # Errors
/// [`CannotEstimate::TooLarge`] where the arithmetic ran over.
pub fn finite(value: f64) -> Estimate {
    if value.is_finite() { Ok(value) } else { Err(CannotEstimate::TooLarge) }
}

/// Errors unless there are `needed` applications and as many reviewers.
///
/// # Errors
/// Of which there are too few.
pub(super) const fn enough(applications: usize, reviewers: usize, needed: usize) -> Result<(), CannotEstimate> {
    if reviewers < needed {
        return Err(CannotEstimate::TooFewReviewers { found: reviewers, needed });
    }
    if applications < needed {
        return Err(CannotEstimate::TooFewApplications { found: applications, needed });
    }
    Ok(())
}

/// A figure as files carry it: [`PLACES`] places, and no `-0`.
#[must_use]
pub fn printed(value: f64) -> String {
    let text = format!("{value:.PLACES$}");
    match text.strip_prefix('-') {
        Some(rest) if rest.bytes().all(|byte| matches!(byte, b'0' | b'.')) => rest.to_owned(),
        _ => text,
    }
}
