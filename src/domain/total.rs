//! The total of one sheet (scoring rule 2), with its derivation: every figure that is shown anywhere is in here.

use rust_decimal::Decimal;

use crate::domain::{
    application::Application,
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
    /// Subtotal `S_d`, in points, exact.
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
    /// Value `v_c`, in points; `None` while blank or not applicable.
    pub value: Option<Decimal>,
    /// Weight `w_c`.
    pub weight: Points,
    /// Whether it counts: not advisory and not N/A.
    pub counted: bool,
    /// The working of a computed criterion, in words.
    pub working: Option<Message>,
}

/// The total of `sheet` under `rubric`; `application` gives the figures of computed criteria.
#[must_use]
pub fn sheet_total(rubric: &Rubric, application: &Application, sheet: &Sheet) -> SheetTotal {
    let dimensions: Vec<(DimensionTotal, bool)> =
        rubric.dimensions.iter().map(|dimension| dimension_total(rubric, dimension, application, sheet)).collect();
    let complete = dimensions.iter().all(|(_, complete)| *complete);
    let dimensions: Vec<DimensionTotal> = dimensions.into_iter().map(|(total, _)| total).collect();
    let running = dimensions.iter().map(|dimension| dimension.subtotal).sum();
    let is_answered = |criterion: &&Criterion| sheet.cell(&criterion.id) != Cell::Blank;
    SheetTotal {
        running,
        total: complete.then_some(running),
        answered: rubric.asked().filter(is_answered).count(),
        asked: rubric.asked().count(),
        dimensions,
    }
}

/// One criterion as it stands on the sheet.
struct Standing<'a> {
    criterion: &'a Criterion,
    state: State,
    working: Option<Message>,
}

/// What a criterion does to its dimension.
enum State {
    /// Adds `w·v`.
    Value(Decimal),
    /// 不适用, counted as nought.
    Nought,
    /// 不适用, its points spread over the others.
    Spread,
    /// Blank, or the record lacks the figure.
    Open,
}

/// The subtotal, and whether nothing in it is open. `S_d = Σ w·v`; where points are spread, `S_d = M_d · Σ w·v / Σ w·max`
/// over what is scored, with one division, at the end.
fn dimension_total(rubric: &Rubric, dimension: &Dimension, application: &Application, sheet: &Sheet) -> (DimensionTotal, bool) {
    let standings: Vec<Standing> = rubric.criteria_of(&dimension.id).map(|criterion| standing(criterion, application, sheet)).collect();
    let counted = || standings.iter().filter(|standing| !standing.criterion.advisory);
    let scored: Decimal = counted().map(Standing::weighted).sum();
    let spreads = counted().any(|standing| matches!(standing.state, State::Spread));
    let reachable: Decimal = counted().filter(|standing| !matches!(standing.state, State::Spread)).map(Standing::weighted_max).sum();
    let open = counted().any(|standing| matches!(standing.state, State::Open));
    let (subtotal, hollow) = match (spreads, open) {
        (true, false) => match (dimension.max.get() * scored).checked_div(reachable) {
            Some(subtotal) => (subtotal, false),
            None => (Decimal::ZERO, true),
        },
        // While a cell is open the share is not known yet; the running figure is the plain sum.
        _ => (scored, false),
    };
    let terms = standings.iter().map(Standing::term).collect();
    (DimensionTotal { id: dimension.id.clone(), subtotal, max: dimension.max, terms }, !open && !hollow)
}

fn standing<'a>(criterion: &'a Criterion, application: &Application, sheet: &Sheet) -> Standing<'a> {
    if criterion.kind == CriterionKind::Formula {
        return match formula::compute(criterion, application) {
            Ok(working) => Standing { criterion, state: State::Value(working.points), working: Some(working.message) },
            Err(missing) => Standing { criterion, state: State::Open, working: Some(missing.what()) },
        };
    }
    let state = match (sheet.cell(&criterion.id), criterion.na) {
        (Cell::Scored { value }, _) => State::Value(value.get()),
        (Cell::NotApplicable { .. }, NotApplicablePolicy::Zero) => State::Nought,
        (Cell::NotApplicable { .. }, NotApplicablePolicy::Redistribute) => State::Spread,
        // A sheet of another program could hold N/A where the rubric forbids it: it counts as open, never as nought.
        (Cell::NotApplicable { .. }, NotApplicablePolicy::Forbid) | (Cell::Blank, _) => State::Open,
    };
    Standing { criterion, state, working: None }
}

impl Standing<'_> {
    fn weighted(&self) -> Decimal {
        match self.state {
            State::Value(value) => value * self.criterion.weight.get(),
            State::Nought | State::Spread | State::Open => Decimal::ZERO,
        }
    }

    fn weighted_max(&self) -> Decimal {
        self.criterion.max.get() * self.criterion.weight.get()
    }

    fn term(&self) -> Term {
        let value = match self.state {
            State::Value(value) => Some(value),
            State::Nought => Some(Decimal::ZERO),
            State::Spread | State::Open => None,
        };
        Term {
            criterion: self.criterion.id.clone(),
            value,
            weight: self.criterion.weight,
            counted: !self.criterion.advisory && !matches!(self.state, State::Spread),
            working: self.working.clone(),
        }
    }
}
