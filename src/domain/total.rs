//! The total of one sheet (scoring rule 2), with its derivation: every figure that is shown anywhere is in here.

use std::{cell::LazyCell, ops::Deref};

use rust_decimal::Decimal;

use crate::domain::{
    application::{Application, Record},
    formula,
    ids::{CriterionId, DimensionId},
    number::Points,
    rubric::{Criterion, CriterionKind, Dimension, NotApplicablePolicy, Rubric},
    sheet::{Cell, Sheet},
    text::{Explain, Message},
};

/// The total of a sheet and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetTotal {
    /// Dimensions, in reading order.
    pub dimensions: Vec<DimensionTotal>,
    /// Sum of what is there so far, in points, exact.
    pub running: Decimal,
    /// The total, in points, exact; `None` while a counted cell is blank or cannot be computed.
    pub total: Option<Decimal>,
    /// Asked criteria that have an answer.
    pub answered: usize,
    /// Asked criteria.
    pub asked: usize,
}

/// The subtotal of one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DimensionTotal {
    /// Dimension.
    pub id: DimensionId,
    /// Subtotal `S_d`, in points, exact; while cells are blank, what it would be if they were nought.
    pub subtotal: Decimal,
    /// Maximum `M_d`, in points.
    pub max: Points,
    /// Terms, in reading order, advisory ones included.
    pub terms: Vec<Term>,
}

/// What one criterion adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Criterion.
    pub criterion: CriterionId,
    /// Value `v_c`, in points; nought where N/A counts as nought, `None` while blank, spread or not computable.
    pub value: Option<Decimal>,
    /// Weight `w_c`.
    pub weight: Points,
    /// Whether it counts: not advisory, and not N/A with its points spread over the others.
    pub counted: bool,
    /// The working of a computed criterion in words, or why it cannot be computed.
    pub working: Option<Message>,
}

/// The total of `sheet` under `rubric`; `application` gives the figures of computed criteria.
#[must_use]
pub fn sheet_total(rubric: &Rubric, application: &Application, sheet: &Sheet) -> SheetTotal {
    // Taken only where a criterion is computed, and then once.
    let record = LazyCell::new(|| Record::of(application));
    let parts: Vec<(DimensionTotal, bool)> =
        rubric.dimensions.iter().map(|dimension| dimension_total(rubric, dimension, &record, sheet)).collect();
    let running = parts.iter().try_fold(Decimal::ZERO, |sum, (part, _)| sum.checked_add(part.subtotal));
    let complete = !parts.is_empty() && parts.iter().all(|(_, complete)| *complete);
    SheetTotal {
        running: running.unwrap_or_default(),
        total: running.filter(|_| complete),
        dimensions: parts.into_iter().map(|(part, _)| part).collect(),
        answered: rubric.asked().filter(|criterion| sheet.cell(&criterion.id) != Cell::Blank).count(),
        asked: rubric.asked().count(),
    }
}

/// The subtotal of one dimension, and whether it is final.
fn dimension_total(rubric: &Rubric, dimension: &Dimension, record: &dyn Deref<Target = Record>, sheet: &Sheet) -> (DimensionTotal, bool) {
    let criteria: Vec<&Criterion> = rubric.criteria_of(&dimension.id).collect();
    let terms: Vec<Term> = criteria.iter().map(|criterion| term(criterion, record, sheet)).collect();
    let counted = || criteria.iter().zip(&terms).filter(|(_, term)| term.counted);
    let spread = criteria.iter().zip(&terms).any(|(criterion, term)| !criterion.advisory && !term.counted);
    let open = counted().any(|(_, term)| term.value.is_none());
    // A dimension whose criteria are all N/A has nothing to spread its points over.
    let hollow = spread && criteria.iter().filter(|criterion| !criterion.advisory).all(|criterion| is_na(criterion, sheet));
    let sum = weigh(counted().map(|(_, term)| (term.weight, term.value.unwrap_or_default())));
    let subtotal = if spread {
        let reach = weigh(counted().map(|(criterion, term)| (term.weight, criterion.max.get())));
        redistribute(dimension.max, sum, reach)
    } else {
        sum
    };
    let complete = !open && !hollow && subtotal.is_some();
    (DimensionTotal { id: dimension.id.clone(), subtotal: subtotal.unwrap_or_default(), max: dimension.max, terms }, complete)
}

fn term(criterion: &Criterion, record: &dyn Deref<Target = Record>, sheet: &Sheet) -> Term {
    let mut term =
        Term { criterion: criterion.id.clone(), value: None, weight: criterion.weight, counted: !criterion.advisory, working: None };
    if criterion.kind == CriterionKind::Formula {
        match formula::compute_from(criterion, record.deref()) {
            Ok(working) => {
                term.value = Some(working.points);
                term.working = Some(working.text);
            }
            Err(missing) => term.working = Some(missing.what()),
        }
        return term;
    }
    match sheet.cell(&criterion.id) {
        Cell::Scored { value } => term.value = Some(value.get()),
        Cell::NotApplicable { .. } if criterion.na == NotApplicablePolicy::Zero => term.value = Some(Decimal::ZERO),
        Cell::NotApplicable { .. } if criterion.na == NotApplicablePolicy::Redistribute => term.counted = false,
        // An N/A that the rubric forbids is no answer.
        Cell::NotApplicable { .. } | Cell::Blank => {}
    }
    term
}

fn is_na(criterion: &Criterion, sheet: &Sheet) -> bool {
    criterion.kind != CriterionKind::Formula && matches!(sheet.cell(&criterion.id), Cell::NotApplicable { .. })
}

/// `Σ w·v`, exact; `None` beyond the range of exact numbers.
fn weigh(terms: impl Iterator<Item = (Points, Decimal)>) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for (weight, value) in terms {
        sum = sum.checked_add(weight.get().checked_mul(value)?)?;
    }
    Some(sum)
}

/// `M_d · Σ(w·v) ÷ Σ(w·max)`: multiplied first and divided once, so that an even share comes out even.
fn redistribute(max: Points, sum: Option<Decimal>, reach: Option<Decimal>) -> Option<Decimal> {
    max.get().checked_mul(sum?)?.checked_div(reach?).map(|subtotal| subtotal.normalize())
}
