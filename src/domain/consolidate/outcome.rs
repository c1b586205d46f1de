//! What became of an application: first match wins, and each outcome carries its reason (scoring rule 4).

use crate::{
    domain::{
        consolidate::{NoStandard, Plan, input::ApplicationInput, stages::Figures},
        exact::{Exact, TooLarge},
        ids::{DimensionId, GateId, PersonCode, VetoId},
        rubric::{Band, Rubric},
        text::Message,
    },
    msg,
};

/// What became of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The formal check was not passed.
    GateFailed(Vec<GateId>),
    /// The panel found a ground that ends the review.
    Vetoed(Vec<VetoId>),
    /// It cannot be consolidated.
    Incomplete(Unfinished),
    /// The total is below the pass mark.
    BelowPass {
        /// The total.
        total: String,
        /// The mark.
        mark: Exact,
    },
    /// A dimension is below its floor.
    BelowFloor {
        /// Dimension.
        dimension: DimensionId,
        /// Its figure.
        figure: Exact,
        /// The floor.
        floor: Exact,
    },
    /// It is ranked.
    Eligible,
}

/// Why an application cannot be consolidated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfinished {
    /// There is no valid sheet.
    NoSheet,
    /// There are fewer valid sheets than the rubric insists on.
    TooFew {
        /// Valid sheets.
        valid: usize,
        /// How many the rubric asks for.
        needed: usize,
        /// Whether the panel recorded that the application is left out.
        left_out: bool,
    },
    /// A sheet has no standard score.
    NoStandard {
        /// Reviewer.
        reviewer: PersonCode,
        /// Why.
        why: NoStandard,
    },
}

/// The outcome of `input`; `figures` are there unless it is unfinished.
pub(super) fn outcome(plan: &Plan<'_>, input: &ApplicationInput, figures: Result<&Figures, Unfinished>) -> Result<Outcome, TooLarge> {
    if !input.failed_gates.is_empty() {
        return Ok(Outcome::GateFailed(input.failed_gates.clone()));
    }
    if !input.vetoes.is_empty() {
        return Ok(Outcome::Vetoed(input.vetoes.clone()));
    }
    let figures = match figures {
        Ok(figures) => figures,
        Err(unfinished) => return Ok(Outcome::Incomplete(unfinished)),
    };
    // A sum grows with the number of sheets, and so do the marks it is held against.
    let times = |mark: Exact| if plan.method.divides { Ok(mark) } else { mark.times(figures.kept) };
    let pass = plan.pass.map(times).transpose()?;
    if let Some(mark) = pass.filter(|mark| figures.total.figure.value() < *mark) {
        return Ok(Outcome::BelowPass { total: figures.total.text(), mark });
    }
    for line in &figures.dimensions {
        let (figure, floor) = (line.figure.value(), line.floor.map(times).transpose()?);
        if let Some(floor) = floor.filter(|floor| figure < *floor) {
            return Ok(Outcome::BelowFloor { dimension: line.id.clone(), figure, floor });
        }
    }
    Ok(Outcome::Eligible)
}

impl Outcome {
    /// Stable word for tables; the floor names its dimension.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::GateFailed(_) => "gate-failed".to_owned(),
            Self::Vetoed(_) => "vetoed".to_owned(),
            Self::Incomplete(_) => "incomplete".to_owned(),
            Self::BelowPass { .. } => "below-pass-mark".to_owned(),
            Self::BelowFloor { dimension, .. } => format!("below-floor:{dimension}"),
            Self::Eligible => "eligible".to_owned(),
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(&self, rubric: &Rubric) -> Message {
        match self {
            Self::GateFailed(gates) => msg!("outcome-gate-failed", gates = list(gates)),
            Self::Vetoed(vetoes) => msg!("outcome-vetoed", vetoes = list(vetoes)),
            Self::Incomplete(Unfinished::NoSheet) => msg!("outcome-no-sheet"),
            Self::Incomplete(Unfinished::TooFew { valid, needed, left_out: false }) => {
                msg!("outcome-too-few", valid = valid, needed = needed)
            }
            Self::Incomplete(Unfinished::TooFew { valid, needed, left_out: true }) => {
                msg!("outcome-left-out", valid = valid, needed = needed)
            }
            Self::Incomplete(Unfinished::NoStandard { reviewer, why: NoStandard::TooFew }) => {
                msg!("outcome-standard-few", reviewer = reviewer)
            }
            Self::Incomplete(Unfinished::NoStandard { reviewer, why: NoStandard::NoSpread }) => {
                msg!("outcome-standard-spread", reviewer = reviewer)
            }
            Self::BelowPass { total, mark } => msg!("outcome-below-pass", total = total, mark = mark),
            Self::BelowFloor { dimension, figure, floor } => {
                let title = rubric.dimension(dimension).map(|one| one.title.clone()).unwrap_or_default();
                msg!("outcome-below-floor", id = dimension, figure = figure, floor = floor).with_both("dimension", &title)
            }
            Self::Eligible => msg!("outcome-eligible"),
        }
    }
}

fn list<T: ToString>(ids: &[T]) -> String {
    ids.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

/// The verdict that `total` falls under, where the rubric has verdicts.
#[must_use]
pub fn band(rubric: &Rubric, total: Exact) -> Option<&Band> {
    rubric.bands.iter().find(|band| total >= Exact::from(band.from))
}
