//! What a sheet counts: points of its cells, subtotals and total, exact (scoring rule 2).

use crate::domain::{
    consolidate::{
        Plan,
        derivation::{CellLine, Figure, SheetLine},
        input::{ApplicationInput, CellInput, SheetInput, Source, Standing},
        plan::PlanDimension,
        trouble::Trouble,
    },
    exact::Exact,
    ids::PersonCode,
    rubric::Stage,
};

/// A valid sheet with what it counts.
pub(super) struct CountedSheet {
    pub(super) reviewer: PersonCode,
    pub(super) bundle: String,
    pub(super) source: Source,
    pub(super) cells: Vec<CellLine>,
    pub(super) subtotals: Vec<Exact>,
    pub(super) total: Figure,
}

/// The valid sheets of `application`, by reviewer, so that the order of files never matters.
pub(super) fn valid_sheets(plan: &Plan<'_>, application: &ApplicationInput) -> Result<Vec<CountedSheet>, Trouble> {
    let mut valid: Vec<&SheetInput> = application.sheets.iter().filter(|sheet| sheet.standing == Standing::Valid).collect();
    valid.sort_by(|one, other| one.reviewer.cmp(&other.reviewer));
    for pair in valid.windows(2) {
        if let [one, other] = pair
            && one.reviewer == other.reviewer
        {
            return Err(Trouble::SheetTwice { application: application.id.clone(), reviewer: one.reviewer.clone() });
        }
    }
    valid.into_iter().map(|sheet| counted(plan, application, sheet)).collect()
}

/// The sheets that do not count, as a derivation names them.
pub(super) fn lines_out(application: &ApplicationInput) -> impl Iterator<Item = SheetLine> {
    application.sheets.iter().filter(|sheet| sheet.standing != Standing::Valid).map(|sheet| SheetLine {
        reviewer: sheet.reviewer.clone(),
        bundle: sheet.bundle.clone(),
        source: sheet.source,
        standing: sheet.standing,
        cells: Vec::new(),
        subtotals: Vec::new(),
        total: Figure { exact: Exact::ZERO, rounded: None },
        standard: None,
        weight: Exact::ZERO,
    })
}

fn counted(plan: &Plan<'_>, application: &ApplicationInput, sheet: &SheetInput) -> Result<CountedSheet, Trouble> {
    if sheet.cells.len() != plan.criteria.len() {
        return Err(Trouble::OtherRubric { application: application.id.clone() });
    }
    let blank = sheet.cells.iter().zip(&plan.criteria).find(|(cell, criterion)| **cell == CellInput::Blank && !criterion.advisory);
    if let Some((_, criterion)) = blank {
        let (application, reviewer) = (application.id.clone(), sheet.reviewer.clone());
        return Err(Trouble::Blank { application, reviewer, criterion: criterion.id.clone() });
    }
    let large = || Trouble::within(&application.id);
    let mut cells: Vec<CellLine> = sheet.cells.iter().map(as_given).collect();
    let mut subtotals = Vec::with_capacity(plan.dimensions.len());
    for dimension in &plan.dimensions {
        let spread = dimension.members.iter().any(|place| sheet.cells.get(*place) == Some(&CellInput::Spread));
        if spread {
            stretch(plan, dimension, sheet, &mut cells, application)?;
        }
        let terms = dimension.members.iter().filter_map(|place| Some((plan.criteria.get(*place)?.weight, cells.get(*place)?.counted)));
        let mut sum = Exact::ZERO;
        for (weight, points) in terms {
            sum = points.times(weight).and_then(|term| sum.plus(term)).map_err(large())?;
        }
        subtotals.push(sum);
    }
    let total = Exact::sum(subtotals.iter().copied()).and_then(|total| plan.figure(Stage::Sheet, total)).map_err(large())?;
    let SheetInput { reviewer, bundle, source, .. } = sheet;
    Ok(CountedSheet { reviewer: reviewer.clone(), bundle: bundle.clone(), source: *source, cells, subtotals, total })
}

const fn as_given(cell: &CellInput) -> CellLine {
    match cell {
        CellInput::Points(points) => CellLine { given: Some(*points), counted: *points },
        CellInput::Spread | CellInput::Blank => CellLine { given: None, counted: Exact::ZERO },
    }
}

/// Stretches what was scored over the points of what is 不适用: each counts `M_d ÷ Σ(scored w·max)` times as much, so that the
/// subtotal is that of scoring rule 2 and the parts still add up to it.
fn stretch(
    plan: &Plan<'_>,
    dimension: &PlanDimension,
    sheet: &SheetInput,
    cells: &mut [CellLine],
    application: &ApplicationInput,
) -> Result<(), Trouble> {
    let large = || Trouble::within(&application.id);
    let mut reach = Exact::ZERO;
    let scored = |place: &&usize| matches!(sheet.cells.get(**place), Some(CellInput::Points(_)));
    for place in dimension.members.iter().filter(scored) {
        if let Some(criterion) = plan.criteria.get(*place) {
            reach = criterion.weight.times(criterion.max).and_then(|term| reach.plus(term)).map_err(large())?;
        }
    }
    if reach.is_zero() {
        return Err(Trouble::Hollow { application: application.id.clone(), reviewer: sheet.reviewer.clone() });
    }
    let factor = dimension.max.over(reach).map(Exact::lowest).map_err(large())?;
    for place in dimension.members.iter().filter(scored) {
        if let Some(cell) = cells.get_mut(*place) {
            cell.counted = cell.counted.times(factor).map(Exact::lowest).map_err(large())?;
        }
    }
    Ok(())
}
