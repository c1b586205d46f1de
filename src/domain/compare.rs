//! My own scores side by side: applications down, criteria across. A reviewer sees here whether like was scored alike.
//! Only the reviewer's own sheets stand in it.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::domain::{
    application::Application,
    desk::Desk,
    ids::{ApplicationId, CriterionId, DimensionId, ItemId},
    package::Package,
    sheet::Cell,
    total::{SheetTotal, Term, sheet_total},
    worklist::{RowState, in_order, row_of},
};

/// What the rows are ordered by. Rows without the figure come last either way; equal rows keep the reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SortKey {
    /// Reading order.
    #[default]
    Reading,
    /// Application id.
    Application,
    /// Running total.
    Total,
    /// Subtotal of a dimension.
    Dimension(DimensionId),
    /// Score of a criterion.
    Criterion(CriterionId),
}

/// Which way the rows run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Smallest first.
    #[default]
    Rising,
    /// Largest first.
    Falling,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Columns: criteria in reading order.
    pub criteria: Vec<CriterionId>,
    /// Rows, ordered.
    pub rows: Vec<TableRow>,
}

/// One application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Application.
    pub application: ApplicationId,
    /// Item it answers.
    pub item: ItemId,
    /// State of its sheet.
    pub state: RowState,
    /// One cell per column.
    pub cells: Vec<TableCell>,
    /// Subtotals so far, by dimension.
    pub dimensions: Vec<(DimensionId, Decimal)>,
    /// Running total; `None` where nothing is scored.
    pub running: Option<Decimal>,
}

/// One score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableCell {
    /// Not scored.
    Blank,
    /// Scored by hand.
    Scored(Decimal),
    /// Computed from the record.
    Computed(Decimal),
    /// 不适用.
    NotApplicable,
}

impl TableCell {
    /// The points, where there are any.
    #[must_use]
    pub const fn value(self) -> Option<Decimal> {
        match self {
            Self::Scored(value) | Self::Computed(value) => Some(value),
            Self::Blank | Self::NotApplicable => None,
        }
    }
}

/// The table of the reviewer's own sheets, of one `item` or of all. Applications that the reviewer stays out of are left out.
#[must_use]
pub fn table(package: &Package, desk: &Desk, item: Option<&ItemId>, key: &SortKey, order: Order) -> Table {
    let criteria: Vec<CriterionId> = package.rubric.criteria.iter().map(|criterion| criterion.id.clone()).collect();
    let wanted = in_order(package, desk).into_iter().filter(|application| item.is_none_or(|item| application.item == *item));
    let found = wanted.filter_map(|application| row_of(package, desk, application).map(|row| (row, application)));
    let mut rows: Vec<TableRow> = found
        .filter(|(row, _)| !row.state.is_out())
        .map(|(row, application)| table_row(package, desk, &criteria, application, (row.state, row.running)))
        .collect();
    rows.sort_by(|one, other| compare_rows(&criteria, key, order, one, other));
    Table { criteria, rows }
}

fn table_row(
    package: &Package,
    desk: &Desk,
    criteria: &[CriterionId],
    application: &Application,
    (state, running): (RowState, Option<Decimal>),
) -> TableRow {
    let sheet = desk.sheet(&application.id);
    let total = sheet_total(&package.rubric, application, &sheet);
    let cells = criteria.iter().map(|id| cell(&sheet.cell(id), term_of(&total, id))).collect();
    let dimensions = total.dimensions.iter().map(|part| (part.id.clone(), part.subtotal)).collect();
    TableRow { application: application.id.clone(), item: application.item.clone(), state, cells, dimensions, running }
}

fn term_of<'a>(total: &'a SheetTotal, id: &CriterionId) -> Option<&'a Term> {
    total.dimensions.iter().flat_map(|part| &part.terms).find(|term| term.criterion == *id)
}

fn cell(cell: &Cell, term: Option<&Term>) -> TableCell {
    let computed = term.filter(|term| term.working.is_some()).and_then(|term| term.value);
    match (computed, cell) {
        (Some(points), _) => TableCell::Computed(points),
        (None, Cell::Scored { value }) => TableCell::Scored(value.get()),
        (None, Cell::NotApplicable { .. }) => TableCell::NotApplicable,
        (None, Cell::Blank) => TableCell::Blank,
    }
}

fn compare_rows(criteria: &[CriterionId], key: &SortKey, order: Order, one: &TableRow, other: &TableRow) -> Ordering {
    let turned = |ordering: Ordering| if order == Order::Falling { ordering.reverse() } else { ordering };
    let figure = |row: &TableRow| match key {
        SortKey::Reading | SortKey::Application => None,
        SortKey::Total => row.running,
        SortKey::Dimension(id) => {
            row.running.and_then(|_| row.dimensions.iter().find(|(dimension, _)| dimension == id)).map(|(_, sum)| *sum)
        }
        SortKey::Criterion(id) => criteria.iter().zip(&row.cells).find(|(column, _)| *column == id).and_then(|(_, cell)| cell.value()),
    };
    if *key == SortKey::Application {
        return turned(one.application.cmp(&other.application));
    }
    match (figure(one), figure(other)) {
        (Some(one), Some(other)) => turned(one.cmp(&other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
