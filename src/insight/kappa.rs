//! Fleiss' kappa: agreement of many people on categories, beyond what chance would give. For votes and grades.
//!
//! Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971) 378–382, eq. (1)–(7):
//! κ = (P̄ − P̄e) / (1 − P̄e). It takes counts and no names, so a secret ballot can be measured as well.

use crate::insight::{
    estimate::{CannotEstimate, Estimate, enough, finite},
    moments::count,
    ratings::Complete,
};

/// Subjects, and people for each, that it takes.
pub const LEAST: usize = 2;

/// The coefficient from votes: one row a subject, in it how many people chose each category.
///
/// # Errors
/// Fewer than [`LEAST`] subjects or votes a subject, another number of votes for one subject than for the others, or one category
/// that everybody chose every time.
pub fn of_votes(subjects: &[Vec<u32>]) -> Estimate {
    let cast = |row: &Vec<u32>| row.iter().fold(0_usize, |sum, votes| sum.saturating_add(*votes as usize));
    let voters = subjects.first().map_or(0, cast);
    enough(subjects.len(), voters, LEAST)?;
    if subjects.iter().any(|row| cast(row) != voters) {
        return Err(CannotEstimate::UnequalVotes);
    }
    let pairs = subjects.iter().flatten().map(|votes| pairs(f64::from(*votes))).sum();
    let categories = subjects.iter().map(Vec::len).max().unwrap_or_default();
    let chosen = |category: usize| subjects.iter().filter_map(|row| row.get(category)).map(|votes| f64::from(*votes)).sum::<f64>();
    beyond_chance(pairs, (0..categories).map(chosen), subjects.len(), voters)
}

/// The coefficient from ratings, every distinct rating being a category of its own: 84 and 84.5 differ as much as 0 and 100.
///
/// # Errors
/// As [`of_votes`].
pub fn of_ratings(complete: &Complete) -> Estimate {
    enough(complete.rows.len(), complete.reviewers, LEAST)?;
    let agreeing: f64 = complete.rows.iter().flat_map(|row| tally(row.clone())).map(pairs).sum();
    let chosen = tally(complete.rows.iter().flatten().copied().collect());
    beyond_chance(agreeing, chosen, complete.rows.len(), complete.reviewers)
}

/// How often each distinct value stands in `values`.
fn tally(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(|equal| count(equal.len())).collect()
}

/// Ordered pairs among `votes` people who chose the same.
fn pairs(votes: f64) -> f64 {
    votes * (votes - 1.0)
}

/// κ from the pairs that agree within subjects and from how often each category was chosen in all.
fn beyond_chance(pairs: f64, chosen: impl IntoIterator<Item = f64>, subjects: usize, voters: usize) -> Estimate {
    let total = count(subjects) * count(voters);
    let shares: Vec<f64> = chosen.into_iter().filter(|chosen| *chosen > 0.0).map(|chosen| chosen / total).collect();
    if shares.len() < 2 {
        return Err(CannotEstimate::AllEqual);
    }
    let observed = pairs / (total * (count(voters) - 1.0));
    let chance: f64 = shares.iter().map(|share| share * share).sum();
    finite((observed - chance) / (1.0 - chance))
}
