//! From sheets to the total, stage by stage; a later stage uses the rounded figure of an earlier one (scoring rule 3).

use crate::domain::{
    consolidate::{
        Plan,
        derivation::{AddedUp, CriterionLine, DimensionLine, Figure, ShareLine, SheetLine, TotalLine, TrimLine, Trimmed},
    },
    exact::{Exact, TooLarge},
    rubric::{Stage, TrimScope},
};

/// All figures of one application.
pub(super) struct Figures {
    pub(super) kept: Exact,
    pub(super) trims: Vec<TrimLine>,
    pub(super) criteria: Vec<CriterionLine>,
    pub(super) dimensions: Vec<DimensionLine>,
    pub(super) total: TotalLine,
    pub(super) untrimmed_mean: Exact,
}

/// The figures of the valid sheets `lines`, which get their weights.
pub(super) fn figures(plan: &Plan<'_>, lines: &mut [SheetLine]) -> Result<Figures, TooLarge> {
    let totals: Vec<Exact> = lines.iter().map(SheetLine::used).collect();
    let untrimmed_mean = Exact::sum(totals.iter().copied())?.over(Exact::count(totals.len()))?;
    let mut trims = Vec::new();
    if plan.scope() == TrimScope::Total {
        let line = trim(plan, Trimmed::Sheets, lines, totals)?;
        for (sheet, share) in lines.iter_mut().zip(&line.shares) {
            sheet.weight = share.weight;
        }
        trims.push(line);
    }
    let (mut criteria, mut dimensions) = (Vec::with_capacity(plan.criteria.len()), Vec::with_capacity(plan.dimensions.len()));
    for (place, dimension) in plan.dimensions.iter().enumerate() {
        if plan.scope() == TrimScope::Dimension {
            let values = lines.iter().map(|line| line.subtotals.get(place).copied().unwrap_or(Exact::ZERO)).collect();
            trims.push(trim(plan, Trimmed::Dimension(dimension.id.clone()), lines, values)?);
        }
        let mut sum = Exact::ZERO;
        for member in &dimension.members {
            let line = criterion(plan, *member, lines, &mut trims)?;
            sum = sum.plus(line.weighted.value())?;
            criteria.push((*member, line));
        }
        dimensions.push(DimensionLine { id: dimension.id.clone(), figure: plan.figure(Stage::Dimension, sum)?, floor: dimension.floor });
    }
    criteria.sort_by_key(|(member, _)| *member);
    let kept = trims.first().map_or(Exact::ZERO, |line| line.kept);
    let total = total(plan, lines, kept, &dimensions)?;
    let criteria = criteria.into_iter().map(|(_, line)| line).collect();
    Ok(Figures { kept, trims, criteria, dimensions, total, untrimmed_mean })
}

fn trim(plan: &Plan<'_>, of: Trimmed, lines: &[SheetLine], values: Vec<Exact>) -> Result<TrimLine, TooLarge> {
    let (drops, shares) = plan.shares(&values)?;
    let mut lines_out = Vec::with_capacity(lines.len());
    let mut kept = Exact::ZERO;
    for ((sheet, share), value) in lines.iter().zip(shares).zip(values) {
        // A sheet's own weight is still that of its reviewer here.
        let weight = share.kept()?.times(sheet.weight)?;
        kept = kept.plus(weight)?;
        lines_out.push(ShareLine { reviewer: sheet.reviewer.clone(), value, low: share.low, high: share.high, weight });
    }
    Ok(TrimLine { of, drops, shares: lines_out, kept })
}

/// The mean of one criterion, with the weights of the trim that covers it.
fn criterion(plan: &Plan<'_>, member: usize, lines: &[SheetLine], trims: &mut Vec<TrimLine>) -> Result<CriterionLine, TooLarge> {
    let counted = |line: &SheetLine| line.cells.get(member).map_or(Exact::ZERO, |cell| cell.counted);
    if plan.scope() == TrimScope::Criterion
        && let Some(criterion) = plan.criteria.get(member)
    {
        trims.push(trim(plan, Trimmed::Criterion(criterion.id.clone()), lines, lines.iter().map(counted).collect())?);
    }
    let weights = || trims.last().into_iter().flat_map(|line| &line.shares).map(|share| share.weight);
    let sum = weigh(lines.iter().map(counted).zip(weights()))?;
    let kept = trims.last().map_or(Exact::ZERO, |line| line.kept);
    let (divisor, mean) = divide(plan, sum, kept)?;
    let mean = plan.figure(Stage::Criterion, mean)?;
    let (id, weight) = match plan.criteria.get(member) {
        Some(criterion) => (criterion.id.clone(), criterion.weight),
        None => return Err(TooLarge),
    };
    let weighted = plan.figure(Stage::Weighted, mean.value().times(weight)?)?;
    Ok(CriterionLine { id, sum, divisor, mean, weight, weighted })
}

fn total(plan: &Plan<'_>, lines: &[SheetLine], kept: Exact, dimensions: &[DimensionLine]) -> Result<TotalLine, TooLarge> {
    let places = plan.places();
    if plan.adds_dimensions() {
        let sum = Exact::sum(dimensions.iter().map(|line| line.figure.value()))?;
        let figure = plan.figure(Stage::Total, sum)?;
        return Ok(TotalLine { from: AddedUp::Dimensions, sum, divisor: Exact::ONE, figure, places });
    }
    let sum = weigh(lines.iter().map(|line| (line.used(), line.weight)))?;
    let (divisor, mean) = divide(plan, sum, kept)?;
    let figure: Figure = plan.figure(Stage::Total, mean)?;
    Ok(TotalLine { from: AddedUp::Sheets, sum, divisor, figure, places })
}

fn weigh(terms: impl Iterator<Item = (Exact, Exact)>) -> Result<Exact, TooLarge> {
    let mut sum = Exact::ZERO;
    for (value, weight) in terms {
        sum = sum.plus(value.times(weight)?)?;
    }
    Ok(sum)
}

fn divide(plan: &Plan<'_>, sum: Exact, kept: Exact) -> Result<(Exact, Exact), TooLarge> {
    if plan.method.divides { Ok((kept, sum.over(kept)?)) } else { Ok((Exact::ONE, sum)) }
}
