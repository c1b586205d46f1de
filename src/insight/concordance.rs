//! Kendall's W: whether the reviewers put the applications in the same order.
//!
//! Kendall & Babington Smith, "The problem of m rankings", Annals of Mathematical Statistics 10 (1939) 275–287: W = 12 S / (m² (n³ − n)).
//! With equal ranks: Kendall, Rank Correlation Methods (1948), ch. 6; Siegel, Nonparametric Statistics (1956), p. 234:
//! W = 12 S / (m² (n³ − n) − m Σ T), T = Σ (t³ − t) over the groups of t equal ranks of one reviewer. Equal scores share the mean
//! of their ranks in both. All ranks are whole or half numbers, so that nothing here is rounded before the division.

use crate::insight::{
    estimate::{CannotEstimate, Estimate, enough, finite},
    moments::count,
    ratings::Complete,
};

/// Applications and reviewers it takes: one of either is always in order with itself.
pub const LEAST: usize = 2;

/// What is done about equal scores of one reviewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    /// Nothing: W then stays below 1 although all reviewers agree.
    Uncorrected,
    /// The largest S that these ties allow stands below the line.
    Corrected,
}

/// The coefficient.
///
/// # Errors
/// Fewer than [`LEAST`] applications or reviewers, or no reviewer who told any two applications apart.
pub fn w(complete: &Complete, ties: Ties) -> Estimate {
    enough(complete.rows.len(), complete.reviewers, LEAST)?;
    let (n, m) = (count(complete.rows.len()), count(complete.reviewers));
    let rankings: Vec<Ranking> = (0..complete.reviewers).map(|reviewer| Ranking::of(complete, reviewer)).collect();
    let mean = m * (n + 1.0) / 2.0;
    let sum = |application: usize| rankings.iter().filter_map(|ranking| ranking.ranks.get(application)).sum::<f64>();
    let s: f64 = (0..complete.rows.len()).map(|application| (sum(application) - mean) * (sum(application) - mean)).sum();
    let untied = m * m * (n * n * n - n);
    let corrected = untied - m * rankings.iter().map(|ranking| ranking.ties).sum::<f64>();
    if corrected <= 0.0 {
        return Err(CannotEstimate::ReviewersConstant);
    }
    finite(12.0 * s / if ties == Ties::Corrected { corrected } else { untied })
}

/// One reviewer's order.
struct Ranking {
    /// Rank of each application, 1 for the lowest score, mid-ranks for equal ones.
    ranks: Vec<f64>,
    /// T = Σ (t³ − t).
    ties: f64,
}

impl Ranking {
    fn of(complete: &Complete, reviewer: usize) -> Self {
        let mut scores: Vec<(usize, f64)> = complete.rows.iter().filter_map(|row| row.get(reviewer).copied()).enumerate().collect();
        scores.sort_unstable_by(|(_, a), (_, b)| a.total_cmp(b));
        let (mut ranked, mut ties, mut below) = (Vec::with_capacity(scores.len()), 0.0, 0.0);
        for equal in scores.chunk_by(|(_, a), (_, b)| a.total_cmp(b).is_eq()) {
            let t = count(equal.len());
            ranked.extend(equal.iter().map(|(application, _)| (*application, below + (t + 1.0) / 2.0)));
            ties += t * t * t - t;
            below += t;
        }
        ranked.sort_unstable_by_key(|(application, _)| *application);
        Self { ranks: ranked.into_iter().map(|(_, rank)| rank).collect(), ties }
    }
}
