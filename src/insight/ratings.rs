//! Who rated what, and how: a table with holes.

use rust_decimal::Decimal;

/// Ratings by application (row) and reviewer (column). Every row is as long as the others; every rating is a finite number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ratings {
    rows: Vec<Vec<Option<f64>>>,
    reviewers: usize,
}

/// The applications that every reviewer rated.
#[derive(Debug, Clone, PartialEq)]
pub struct Complete {
    /// One row an application, one rating a reviewer.
    pub rows: Vec<Vec<f64>>,
    /// Number of reviewers; known even where no row is left.
    pub reviewers: usize,
}

impl Ratings {
    /// A table; `None` where rows differ in length or a rating is no finite number.
    #[must_use]
    pub fn new(rows: Vec<Vec<Option<f64>>>) -> Option<Self> {
        let reviewers = rows.first().map_or(0, Vec::len);
        let sound = rows.iter().all(|row| row.len() == reviewers && row.iter().flatten().all(|value| value.is_finite()));
        // A nought has no sign here: two reviewers who gave 0 and -0 gave the same.
        let unsigned = |row: Vec<Option<f64>>| row.into_iter().map(|cell| cell.map(|value| value + 0.0)).collect();
        sound.then(|| Self { rows: rows.into_iter().map(unsigned).collect(), reviewers })
    }

    /// The same from exact figures. Equal figures become equal numbers, however many noughts they were written with.
    #[must_use]
    pub fn exact(rows: &[Vec<Option<Decimal>>]) -> Option<Self> {
        let number = |cell: &Option<Decimal>| match cell {
            None => Some(None),
            // Read from its digits, which is the nearest number on every machine.
            Some(value) => value.normalize().to_string().parse().ok().map(Some),
        };
        let rows: Option<Vec<Vec<Option<f64>>>> = rows.iter().map(|row| row.iter().map(number).collect()).collect();
        Self::new(rows?)
    }

    /// One row an application.
    #[must_use]
    pub fn rows(&self) -> &[Vec<Option<f64>>] {
        &self.rows
    }

    /// Number of columns, whether or not a reviewer rated anything.
    #[must_use]
    pub const fn columns(&self) -> usize {
        self.reviewers
    }

    /// The ratings of each application, without the holes.
    pub fn by_application(&self) -> impl Iterator<Item = Vec<f64>> {
        self.rows.iter().map(|row| row.iter().flatten().copied().collect())
    }

    /// The ratings that the reviewer in `column` gave, each with the row it is in.
    pub fn by_reviewer(&self, column: usize) -> impl Iterator<Item = (&[Option<f64>], f64)> {
        self.rows.iter().filter_map(move |row| row.get(column).copied().flatten().map(|value| (row.as_slice(), value)))
    }

    /// For each column whether the reviewer rated anything. Who rated nothing is no part of any design.
    #[must_use]
    pub fn active(&self) -> Vec<bool> {
        (0..self.reviewers).map(|column| self.by_reviewer(column).next().is_some()).collect()
    }

    /// The applications that were rated by every reviewer who rated anything: listwise deletion.
    #[must_use]
    pub fn complete(&self) -> Complete {
        let active = self.active();
        let row = |row: &Vec<Option<f64>>| row.iter().zip(&active).filter(|(_, active)| **active).map(|(cell, _)| *cell).collect();
        let rows = self.rows.iter().filter_map(row).collect();
        Complete { rows, reviewers: active.iter().filter(|active| **active).count() }
    }
}
