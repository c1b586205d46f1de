//! Strikingly high or low scores 畸高畸低, and facts that members scored differently (scoring rule 6; Order 87 §64).
//!
//! Flags are raised on untrimmed sheets, because trimming would hide exactly what is looked for. A flag never drops or changes a
//! score: the panel decides on each.

use crate::{
    domain::{
        consolidate::{
            Plan,
            derivation::{ApplicationResult, Flag, SheetLine},
        },
        exact::{Exact, TooLarge},
        ids::{CriterionId, PersonCode},
        number::Points,
        rubric::CriterionKind,
        text::Message,
    },
    msg,
};

/// A score the panel must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviationFlag {
    /// A sheet total is far from the mean of the others.
    Total(Distance),
    /// A score of one criterion is far from the mean of the others.
    Criterion(CriterionId, Distance),
    /// A fact was scored differently.
    Objective {
        /// Criterion.
        criterion: CriterionId,
        /// Every reviewer's points; `None` for 不适用.
        values: Vec<(PersonCode, Option<Exact>)>,
    },
}

/// How far one value is from the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distance {
    /// Whose value.
    pub reviewer: PersonCode,
    /// The value.
    pub value: Exact,
    /// Mean of the other valid sheets.
    pub others: Exact,
    /// Largest distance without a flag, in points.
    pub limit: Exact,
}

impl DeviationFlag {
    /// Which flag it is, so that a decision can name it.
    #[must_use]
    pub fn key(&self) -> FlagKey {
        match self {
            Self::Total(distance) => FlagKey { reviewer: Some(distance.reviewer.clone()), criterion: None },
            Self::Criterion(criterion, distance) => {
                FlagKey { reviewer: Some(distance.reviewer.clone()), criterion: Some(criterion.clone()) }
            }
            Self::Objective { criterion, .. } => FlagKey { reviewer: None, criterion: Some(criterion.clone()) },
        }
    }

    /// The flag in words.
    #[must_use]
    pub fn text(&self) -> Message {
        match self {
            Self::Total(one) => {
                msg!("flag-total", reviewer = one.reviewer, value = one.value, others = one.others.shown(), limit = one.limit)
            }
            Self::Criterion(id, one) => {
                let others = one.others.shown();
                msg!("flag-criterion", reviewer = one.reviewer, criterion = id, value = one.value, others = others, limit = one.limit)
            }
            Self::Objective { criterion, values } => {
                let one = |(code, value): &(PersonCode, Option<Exact>)| {
                    format!("{code} {}", value.map_or_else(|| "–".to_owned(), |value| value.to_string()))
                };
                let values = values.iter().map(one).collect::<Vec<_>>().join(", ");
                msg!("flag-objective", criterion = criterion, values = values)
            }
        }
    }
}

/// Which flag of an application.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct FlagKey {
    /// Whose score; `None` where a fact was scored differently.
    pub reviewer: Option<PersonCode>,
    /// Which criterion; `None` for the total.
    pub criterion: Option<CriterionId>,
}

/// The flags of one application: totals by reviewer, then criteria in reading order.
pub(crate) fn flags(plan: &Plan<'_>, result: &ApplicationResult) -> Result<Vec<Flag>, TooLarge> {
    let valid: Vec<&SheetLine> = result.sheets.iter().filter(|sheet| sheet.counts()).collect();
    let mut found = Vec::new();
    if let Some(rule) = &plan.rubric.deviation {
        let limit = limit(plan.rubric.total.into(), rule.total_pct)?;
        let totals = valid.iter().map(|sheet| (&sheet.reviewer, sheet.total.exact)).collect();
        found.extend(far(totals, limit)?.into_iter().map(DeviationFlag::Total));
    }
    for (place, criterion) in plan.rubric.criteria.iter().enumerate() {
        let given = |sheet: &&SheetLine| sheet.cells.get(place).and_then(|cell| cell.given);
        // An advisory criterion counts nowhere, so no distance matters there; a fact is a fact all the same.
        let percent = plan.rubric.deviation.as_ref().and_then(|rule| rule.criterion_pct).filter(|_| !criterion.advisory);
        if let Some(percent) = percent {
            let values = valid.iter().filter_map(|sheet| Some((&sheet.reviewer, given(sheet)?))).collect();
            let far = far(values, limit(criterion.max.into(), percent)?)?;
            found.extend(far.into_iter().map(|one| DeviationFlag::Criterion(criterion.id.clone(), one)));
        }
        let differs = valid.windows(2).any(|pair| matches!(pair, [one, other] if given(one) != given(other)));
        if differs && criterion.kind != CriterionKind::Subjective {
            let values = valid.iter().map(|sheet| (sheet.reviewer.clone(), given(sheet))).collect();
            found.push(DeviationFlag::Objective { criterion: criterion.id.clone(), values });
        }
    }
    Ok(found.into_iter().map(Flag::Deviation).collect())
}

fn limit(max: Exact, percent: Points) -> Result<Exact, TooLarge> {
    max.times(percent.into())?.over(Exact::whole(100))
}

/// The values farther than `limit` from the mean of the others. One value alone has no others.
fn far(values: Vec<(&PersonCode, Exact)>, limit: Exact) -> Result<Vec<Distance>, TooLarge> {
    let mut found = Vec::new();
    let Some(others) = values.len().checked_sub(1).filter(|others| *others > 0).map(Exact::count) else { return Ok(found) };
    let sum = Exact::sum(values.iter().map(|(_, value)| *value))?;
    for (reviewer, value) in values {
        let mean = sum.minus(value)?.over(others)?;
        if value.minus(mean)?.distance()? > limit {
            found.push(Distance { reviewer: reviewer.clone(), value, others: mean, limit });
        }
    }
    Ok(found)
}
