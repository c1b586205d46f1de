//! The tie-break chain of a rubric, its names looked up once.

use crate::domain::{
    consolidate::trouble::Trouble,
    ranking::{self, Rule},
    rubric::Rubric,
};

/// A figure that a tie-break step compares.
#[derive(Debug, Clone, Copy)]
pub(super) enum Figured {
    Dimension(usize),
    Criterion(usize),
    UntrimmedMean,
}

/// The tie-break chain, and the figures that its steps compare.
pub(super) fn chain(rubric: &Rubric) -> Result<(Rule, Vec<Figured>), Trouble> {
    let mut figures = Vec::new();
    let mut steps = Vec::new();
    for step in &rubric.scoring.tie_break {
        let unknown = || Trouble::Step { step: step.clone() };
        let figured = match step.split_once(':') {
            Some(("dimension", id)) => {
                Some(Figured::Dimension(rubric.dimensions.iter().position(|one| one.id.as_str() == id).ok_or_else(unknown)?))
            }
            Some(("criterion", id)) => {
                Some(Figured::Criterion(rubric.criteria.iter().position(|one| one.id.as_str() == id).ok_or_else(unknown)?))
            }
            _ if step == "untrimmed-mean" => Some(Figured::UntrimmedMean),
            _ => None,
        };
        let compares = match figured {
            Some(figured) => {
                figures.push(figured);
                ranking::Compares::Figure(figures.len().saturating_sub(1))
            }
            None => ranking::Compares::recorded(step).ok_or_else(unknown)?,
        };
        steps.push(ranking::Step { word: step.clone(), compares });
    }
    Ok((Rule { steps, tie_at_cut: rubric.scoring.tie_at_cut }, figures))
}
