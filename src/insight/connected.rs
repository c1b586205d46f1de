//! Whether reviewers can be compared at all: who is joined to whom through applications that both rated.
//!
//! Weeks & Williams, "A note on the determination of connectedness in an n-way cross classification", Technometrics 6 (1964)
//! 319–324: effects are comparable within a connected part of the design, and not between parts.

use crate::insight::ratings::Ratings;

/// For each column the number of the reviewer's group, from 0 in the order of their first members; `None` for who rated nothing.
#[must_use]
pub fn groups(ratings: &Ratings) -> Vec<Option<usize>> {
    let mut labels: Vec<usize> = (0..ratings.columns()).collect();
    for row in ratings.rows() {
        let joined: Vec<usize> = row.iter().zip(&labels).filter(|(cell, _)| cell.is_some()).map(|(_, label)| *label).collect();
        let Some(least) = joined.iter().min().copied() else { continue };
        labels.iter_mut().filter(|label| joined.contains(label)).for_each(|label| *label = least);
    }
    let mut firsts = Vec::new();
    let number = |(label, active): (usize, bool)| {
        if !active {
            return None;
        }
        Some(firsts.iter().position(|first| *first == label).unwrap_or_else(|| {
            firsts.push(label);
            firsts.len() - 1
        }))
    };
    labels.into_iter().zip(ratings.active()).map(number).collect()
}

/// How many groups there are; one where everybody can be compared with everybody.
#[must_use]
pub fn number_of_groups(ratings: &Ratings) -> usize {
    groups(ratings).into_iter().flatten().max().map_or(0, |last| last + 1)
}
