//! A sheet as rows of cells, with merged cells resolved.

use crate::intake::sheets::Place;

/// What stands in a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or only white space.
    #[default]
    Empty,
    /// Text, without white space at either end, lines ended by LF.
    Text(String),
    /// A number in plain decimal digits.
    Number {
        /// The digits.
        digits: String,
        /// Whether the file holds just these. A spreadsheet keeps fifteen digits and shows no more; behind them a computed cell
        /// may hold a remainder of its binary arithmetic, which is left out.
        exact: bool,
    },
    /// A day, `2026-03-16`, or a day with a time behind it.
    Day(String),
    /// Yes or no.
    Truth(bool),
    /// A formula whose result the file does not hold: it was never computed, or written by a program that does not compute.
    NoResult,
    /// A formula that failed, for example `#DIV/0!`.
    Failed(String),
}

impl Cell {
    /// A text cell; blank text is no text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let plain = text.replace("\r\n", "\n").replace('\r', "\n");
        let trimmed = plain.trim();
        if trimmed.is_empty() { Self::Empty } else { Self::Text(trimmed.to_owned()) }
    }

    /// What a person reads in the cell.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty | Self::NoResult => String::new(),
            Self::Text(text) | Self::Day(text) | Self::Failed(text) => text.clone(),
            Self::Number { digits, .. } => digits.clone(),
            Self::Truth(yes) => yes.to_string(),
        }
    }
}

/// A merged region: first and last row, first and last column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) rows: (usize, usize),
    pub(super) columns: (usize, usize),
}

/// A sheet.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The file it stands in.
    pub file: String,
    /// Its name; empty for a text file.
    pub sheet: String,
    /// Whether it is hidden in the workbook.
    pub hidden: bool,
    /// Rows with their number in the file, from 1. Blank rows at the end are left out.
    pub rows: Vec<(usize, Vec<Cell>)>,
    /// Numbers of the rows in which a cell goes over several columns, as titles and group headings do.
    pub(super) wide: Vec<usize>,
}

impl Grid {
    /// A sheet of these rows, counted from 1. A cell that is merged downwards stands in each of its rows; one that is merged
    /// sideways stands in its first column only, because its text belongs to that column or to none.
    pub(super) fn new(sheet: &str, mut rows: Vec<Vec<Cell>>, spans: &[Span]) -> Self {
        let mut wide = Vec::new();
        for span in spans {
            let ((top, bottom), (left, right)) = (span.rows, span.columns);
            let Some(value) = rows.get(top).and_then(|row| row.get(left)).cloned() else { continue };
            if left < right {
                wide.push(top.saturating_add(1));
            }
            for row in rows.iter_mut().take(bottom.saturating_add(1)).skip(top.saturating_add(1)) {
                if let Some(cell) = row.get_mut(left) {
                    cell.clone_from(&value);
                }
            }
        }
        while rows.last().is_some_and(|row| row.iter().all(|cell| *cell == Cell::Empty)) {
            rows.pop();
        }
        let rows = rows.into_iter().enumerate().map(|(at, row)| (at.saturating_add(1), row)).collect();
        Self { sheet: sheet.to_owned(), rows, wide, ..Self::default() }
    }

    /// Whether a cell of this row goes over several columns.
    #[must_use]
    pub fn is_wide(&self, row: usize) -> bool {
        self.wide.contains(&row)
    }

    /// The place of a cell; `column` counts from 0, `row` as the file does.
    #[must_use]
    pub fn place(&self, row: usize, column: usize, heading: &str) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row,
            column: column.saturating_add(1),
            heading: heading.split_whitespace().collect::<Vec<_>>().join(""),
        }
    }
}
