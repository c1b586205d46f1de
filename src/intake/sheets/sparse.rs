//! Cells in the order in which a file names them, with a bound on what they may grow to. A file can claim a cell in the last row
//! and the last column; the rows between them must not be made before that is looked at.

use std::collections::BTreeMap;

use crate::intake::sheets::{
    MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refusal,
    grid::{Cell, Grid, Span},
    too_large,
};

/// The cells of one sheet that are not empty, by row and column from 0.
#[derive(Default)]
pub(super) struct Sparse {
    cells: BTreeMap<(usize, usize), Cell>,
    columns: usize,
}

impl Sparse {
    /// Puts a cell at its place.
    ///
    /// # Errors
    /// When the sheet is too large.
    pub(super) fn put(&mut self, row: usize, column: usize, cell: Cell) -> Result<(), Refusal> {
        if cell == Cell::Empty {
            return Ok(());
        }
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(too_large());
        }
        self.columns = self.columns.max(column.saturating_add(1));
        self.cells.insert((row, column), cell);
        let rows = self.cells.keys().next_back().map_or(0, |(row, _)| row.saturating_add(1));
        if rows.saturating_mul(self.columns) > MOST_CELLS { Err(too_large()) } else { Ok(()) }
    }

    /// The cell there, to be changed.
    pub(super) fn get_mut(&mut self, row: usize, column: usize) -> Option<&mut Cell> {
        self.cells.get_mut(&(row, column))
    }

    /// The sheet.
    pub(super) fn into_grid(self, sheet: &str, spans: &[Span]) -> Grid {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for ((row, column), cell) in self.cells {
            while rows.len() <= row {
                rows.push(vec![Cell::Empty; self.columns]);
            }
            if let Some(place) = rows.get_mut(row).and_then(|cells| cells.get_mut(column)) {
                *place = cell;
            }
        }
        // A cell merged downwards may reach below the last row that has anything else.
        let used = |span: &&Span| rows.get(span.rows.0).and_then(|row| row.get(span.columns.0)).is_some_and(|cell| *cell != Cell::Empty);
        let lowest = spans.iter().filter(used).filter(|span| span.columns.0 == span.columns.1).map(|span| span.rows.1).max();
        let wanted = lowest.map_or(0, |row| row.saturating_add(1)).min(MOST_ROWS).min(rows.len().saturating_add(200));
        while rows.len() < wanted {
            rows.push(vec![Cell::Empty; self.columns]);
        }
        Grid::new(sheet, rows, spans)
    }
}
