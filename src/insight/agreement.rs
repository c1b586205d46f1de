//! The coefficients of agreement, as a table: what each is called in files, and what it does with missing ratings.

use crate::{
    domain::text::Message,
    insight::{
        alpha::{self, Level},
        concordance::{self, Ties},
        estimate::Estimate,
        icc::{self, Model, Of},
        kappa,
        ratings::{Complete, Ratings},
    },
    msg,
};

/// A coefficient.
pub struct Statistic {
    /// Its name in files; never changes.
    pub id: &'static str,
    /// How it is computed.
    pub method: Method,
}

/// How a coefficient is computed, which says what becomes of missing ratings.
#[derive(Debug, Clone, Copy)]
pub enum Method {
    /// From the applications that every reviewer rated; the others are left out.
    Listwise(fn(&Complete) -> Estimate),
    /// From every application that at least two reviewers rated.
    Available(fn(&Ratings) -> Estimate),
}

/// All coefficients, in the order in which they are printed.
pub const STATISTICS: [Statistic; 13] = [
    Statistic { id: "icc_1_1", method: Method::Listwise(|table| icc::icc(table, Model::One, Of::Single)) },
    Statistic { id: "icc_2_1", method: Method::Listwise(|table| icc::icc(table, Model::Two, Of::Single)) },
    Statistic { id: "icc_3_1", method: Method::Listwise(|table| icc::icc(table, Model::Three, Of::Single)) },
    Statistic { id: "icc_1_k", method: Method::Listwise(|table| icc::icc(table, Model::One, Of::Mean)) },
    Statistic { id: "icc_2_k", method: Method::Listwise(|table| icc::icc(table, Model::Two, Of::Mean)) },
    Statistic { id: "icc_3_k", method: Method::Listwise(|table| icc::icc(table, Model::Three, Of::Mean)) },
    Statistic { id: "alpha_nominal", method: Method::Available(|table| alpha::alpha(table, Level::Nominal)) },
    Statistic { id: "alpha_ordinal", method: Method::Available(|table| alpha::alpha(table, Level::Ordinal)) },
    Statistic { id: "alpha_interval", method: Method::Available(|table| alpha::alpha(table, Level::Interval)) },
    Statistic { id: "alpha_ratio", method: Method::Available(|table| alpha::alpha(table, Level::Ratio)) },
    Statistic { id: "kendall_w", method: Method::Listwise(|table| concordance::w(table, Ties::Uncorrected)) },
    Statistic { id: "kendall_w_ties", method: Method::Listwise(|table| concordance::w(table, Ties::Corrected)) },
    Statistic { id: "fleiss_kappa", method: Method::Listwise(kappa::of_ratings) },
];

/// One coefficient of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Name of the coefficient.
    pub id: &'static str,
    /// Its value, or why there is none.
    pub value: Estimate,
    /// What it was computed from.
    pub basis: Basis,
}

/// What a coefficient was computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Applications that every reviewer rated.
    Complete {
        /// How many.
        used: usize,
        /// Of how many.
        applications: usize,
        /// By how many reviewers each.
        reviewers: usize,
    },
    /// Applications that at least two reviewers rated.
    Pairable {
        /// How many.
        used: usize,
        /// Of how many.
        applications: usize,
        /// Ratings of these.
        ratings: usize,
    },
}

impl Basis {
    /// How much of the table was used, in words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Complete { used, applications, reviewers } => {
                msg!("stat-basis-complete", used = used, applications = applications, reviewers = reviewers)
            }
            Self::Pairable { used, applications, ratings } => {
                msg!("stat-basis-pairable", used = used, applications = applications, ratings = ratings)
            }
        }
    }
}

/// All coefficients of these ratings.
#[must_use]
pub fn agreement(ratings: &Ratings) -> Vec<Line> {
    let complete = ratings.complete();
    let pairable = alpha::pairable(ratings);
    let applications = ratings.rows().len();
    let listwise = Basis::Complete { used: complete.rows.len(), applications, reviewers: complete.reviewers };
    let available = Basis::Pairable { used: pairable.applications, applications, ratings: pairable.ratings };
    let line = |statistic: &Statistic| match statistic.method {
        Method::Listwise(of) => Line { id: statistic.id, value: of(&complete), basis: listwise },
        Method::Available(of) => Line { id: statistic.id, value: of(ratings), basis: available },
    };
    STATISTICS.iter().map(line).collect()
}
