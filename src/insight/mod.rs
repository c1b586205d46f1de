//! Advisory statistics 仅供参考: how the reviewers scored, how far they agree, how firm the order is. They never change a result.
//!
//! Reading order: [`ratings`] is what everything is computed from; [`estimate`] is what comes out, a figure or the reason why there
//! is none; [`describe`] and [`boxplot`] tell of one application or one reviewer; [`leniency`] compares reviewers who saw different
//! applications; [`icc`], [`alpha`], [`concordance`] and [`kappa`] are the coefficients of agreement, listed in [`agreement`];
//! [`stability`] asks what would have been decided otherwise. [`connected`], [`linear`] and [`moments`] are their arithmetic.
//!
//! Each file names the paper and the formula that it follows. A figure that is not defined is a [`estimate::CannotEstimate`],
//! never 0, 1, NaN or infinity: a panel would read those as a finding.

#![allow(
    clippy::float_arithmetic,
    reason = "variances, square roots and quotients of agreement have no exact decimal form, and nothing that is decided comes from here"
)]

pub mod agreement;
pub mod alpha;
pub mod boxplot;
pub mod concordance;
pub mod connected;
pub mod describe;
pub mod estimate;
pub mod icc;
pub mod kappa;
pub mod leniency;
pub mod linear;
pub mod moments;
pub mod ratings;
pub mod stability;
