//! The derivation of one application as it is written: every figure between the cells and the total.

use serde::Serialize;

use crate::domain::{
    consolidate::derivation::{
        AddedUp, ApplicationResult, CellLine, CriterionLine, DimensionLine, Figure, ShareLine, SheetLine, StandardLine, TotalLine,
        TrimLine, Trimmed,
    },
    exact::Exact,
    ids::{CriterionId, DimensionId, PersonCode},
    rubric::{RoundingPoint, Rubric},
};

/// How the total of one application came about.
#[derive(Debug, Clone, Serialize)]
pub struct Working {
    /// All sheets, by reviewer, with those that do not count.
    pub sheets: Vec<SheetWorking>,
    /// What fell away.
    pub trims: Vec<TrimWorking>,
    /// Criteria, in reading order.
    pub criteria: Vec<CriterionWorking>,
    /// Dimensions, in reading order.
    pub dimensions: Vec<DimensionWorking>,
    /// The total.
    pub total: Option<TotalWorking>,
    /// Mean of all valid sheets without trimming or weights.
    pub untrimmed_mean: Option<String>,
}

/// A sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetWorking {
    /// Reviewer.
    pub reviewer: PersonCode,
    /// Whether it counts: `valid`, `recused`, `declined`, `void`, `replaced`.
    pub state: &'static str,
    /// Cells, in reading order.
    pub cells: Vec<CellWorking>,
    /// Subtotals of dimensions.
    pub subtotals: Vec<PartWorking>,
    /// Total, and its rounding.
    pub total: FigureWorking,
    /// Standard score, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard: Option<StandardWorking>,
    /// Weight after trimming.
    pub weight: String,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
pub struct CellWorking {
    /// Criterion.
    pub criterion: CriterionId,
    /// Points given; null for 不适用.
    pub given: Option<String>,
    /// Points that count.
    pub counted: String,
}

/// A subtotal.
#[derive(Debug, Clone, Serialize)]
pub struct PartWorking {
    /// Dimension.
    pub id: DimensionId,
    /// Subtotal.
    pub subtotal: String,
}

/// A figure before and after its rounding.
#[derive(Debug, Clone, Serialize)]
pub struct FigureWorking {
    /// Before.
    pub exact: String,
    /// The rounding, where one is declared.
    pub rounding: Option<RoundingPoint>,
    /// What later stages use.
    pub value: String,
}

/// A standard score.
#[derive(Debug, Clone, Serialize)]
pub struct StandardWorking {
    /// Valid sheets of the reviewer.
    pub sheets: usize,
    /// Sum of their totals.
    pub sum: String,
    /// Mean as used.
    pub mean: String,
    /// Variance.
    pub variance: String,
    /// Standard deviation as used.
    pub sd: String,
    /// The score.
    pub score: String,
}

/// What fell away of one set of values.
#[derive(Debug, Clone, Serialize)]
pub struct TrimWorking {
    /// `sheets`, `dimension:ID` or `criterion:ID`.
    pub of: String,
    /// Lowest that fall away.
    pub low: usize,
    /// Highest that fall away.
    pub high: usize,
    /// Values, by reviewer.
    pub shares: Vec<ShareWorking>,
    /// Sum of the weights.
    pub kept: String,
}

/// How much of one value counts.
#[derive(Debug, Clone, Serialize)]
pub struct ShareWorking {
    /// Reviewer.
    pub reviewer: PersonCode,
    /// Value.
    pub value: String,
    /// Share that fell away among the lowest.
    pub dropped_low: String,
    /// Share that fell away among the highest.
    pub dropped_high: String,
    /// Weight that is left.
    pub weight: String,
}

/// A criterion.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionWorking {
    /// Criterion.
    pub id: CriterionId,
    /// Sum of weighted points.
    pub sum: String,
    /// What it was divided by.
    pub divisor: String,
    /// Mean.
    pub mean: FigureWorking,
    /// Weight of the criterion.
    pub weight: String,
    /// Mean times weight.
    pub weighted: FigureWorking,
}

/// A dimension.
#[derive(Debug, Clone, Serialize)]
pub struct DimensionWorking {
    /// Dimension.
    pub id: DimensionId,
    /// Sum of its criteria.
    pub sum: FigureWorking,
    /// Smallest figure with which an application stays eligible.
    pub floor: Option<String>,
}

/// The total.
#[derive(Debug, Clone, Serialize)]
pub struct TotalWorking {
    /// `sheets` or `dimensions`.
    pub from: &'static str,
    /// Sum.
    pub sum: String,
    /// What it was divided by.
    pub divisor: String,
    /// The total.
    pub total: FigureWorking,
}

impl Working {
    /// The working of `result`.
    #[must_use]
    pub fn of(rubric: &Rubric, result: &ApplicationResult) -> Self {
        Self {
            sheets: result.sheets.iter().map(|sheet| SheetWorking::of(rubric, sheet)).collect(),
            trims: result.trims.iter().map(TrimWorking::of).collect(),
            criteria: result.criteria.iter().map(CriterionWorking::of).collect(),
            dimensions: result.dimensions.iter().map(DimensionWorking::of).collect(),
            total: result.total.as_ref().map(TotalWorking::of),
            untrimmed_mean: result.untrimmed_mean.map(text),
        }
    }
}

fn text(value: Exact) -> String {
    value.to_string()
}

impl FigureWorking {
    fn of(figure: &Figure) -> Self {
        let rounding = figure.rounded.as_ref().map(|(_, point)| point.clone());
        Self { exact: text(figure.exact), rounding, value: super::figure(figure) }
    }
}

impl SheetWorking {
    fn of(rubric: &Rubric, sheet: &SheetLine) -> Self {
        let cell = |(criterion, cell): (&crate::domain::rubric::Criterion, &CellLine)| CellWorking {
            criterion: criterion.id.clone(),
            given: cell.given.map(text),
            counted: text(cell.counted),
        };
        let part = |(dimension, subtotal): (&crate::domain::rubric::Dimension, &Exact)| PartWorking {
            id: dimension.id.clone(),
            subtotal: text(*subtotal),
        };
        Self {
            reviewer: sheet.reviewer.clone(),
            state: sheet.standing.word(),
            cells: rubric.criteria.iter().zip(&sheet.cells).map(cell).collect(),
            subtotals: rubric.dimensions.iter().zip(&sheet.subtotals).map(part).collect(),
            total: FigureWorking::of(&sheet.total),
            standard: sheet.standard.as_ref().map(StandardWorking::of),
            weight: sheet.weight.fraction(),
        }
    }
}

impl StandardWorking {
    fn of(line: &StandardLine) -> Self {
        let scale = &line.scale;
        Self {
            sheets: scale.sheets,
            sum: text(scale.sum),
            mean: text(scale.mean),
            variance: text(scale.variance),
            sd: scale.deviation.to_string(),
            score: text(line.score),
        }
    }
}

impl TrimWorking {
    fn of(line: &TrimLine) -> Self {
        let of = match &line.of {
            Trimmed::Sheets => "sheets".to_owned(),
            Trimmed::Dimension(id) => format!("dimension:{id}"),
            Trimmed::Criterion(id) => format!("criterion:{id}"),
        };
        let share = |share: &ShareLine| ShareWorking {
            reviewer: share.reviewer.clone(),
            value: text(share.value),
            dropped_low: share.low.fraction(),
            dropped_high: share.high.fraction(),
            weight: share.weight.fraction(),
        };
        Self { of, low: line.drops.low, high: line.drops.high, shares: line.shares.iter().map(share).collect(), kept: text(line.kept) }
    }
}

impl CriterionWorking {
    fn of(line: &CriterionLine) -> Self {
        Self {
            id: line.id.clone(),
            sum: text(line.sum),
            divisor: text(line.divisor),
            mean: FigureWorking::of(&line.mean),
            weight: text(line.weight),
            weighted: FigureWorking::of(&line.weighted),
        }
    }
}

impl DimensionWorking {
    fn of(line: &DimensionLine) -> Self {
        Self { id: line.id.clone(), sum: FigureWorking::of(&line.figure), floor: line.floor.map(text) }
    }
}

impl TotalWorking {
    fn of(line: &TotalLine) -> Self {
        let from = match line.from {
            AddedUp::Sheets => "sheets",
            AddedUp::Dimensions => "dimensions",
        };
        Self { from, sum: text(line.sum), divisor: text(line.divisor), total: FigureWorking::of(&line.figure) }
    }
}
