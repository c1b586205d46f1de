//! Where in a spreadsheet something stands, and what is to be said about it.

use crate::domain::{
    finding::Severity,
    text::{Explain, Message},
};

/// A cell, as people name it. Rows and columns count from 1; nought means the sheet or the file as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The sheet; empty in a text file, which has only one.
    pub sheet: String,
    /// Row of a sheet, line of a text file.
    pub row: usize,
    /// Column.
    pub column: usize,
    /// The heading above it, where there is one.
    pub heading: String,
}

impl Place {
    /// The address, for example `C5`; only the row where no column is meant, and nothing for a whole sheet.
    #[must_use]
    pub fn cell(&self) -> String {
        let row = if self.row == 0 { String::new() } else { self.row.to_string() };
        if self.column == 0 { row } else { format!("{}{row}", letters(self.column)) }
    }
}

/// The letters of a column, from 1: `A` to `Z`, then `AA`.
#[must_use]
pub(super) fn letters(column: usize) -> String {
    let mut rest = column;
    let mut found = Vec::new();
    while rest > 0 {
        let digit = rest.saturating_sub(1).checked_rem(26).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default();
        found.push(char::from(b'A'.saturating_add(digit)));
        rest = rest.saturating_sub(1) / 26;
    }
    found.iter().rev().collect()
}

/// One thing to say about a table, at its cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub place: Place,
    /// How much it matters.
    pub severity: Severity,
    /// What was found and what was expected.
    pub what: Message,
    /// What to do about it.
    pub advice: Message,
}

impl Remark {
    /// An error at `place`.
    #[must_use]
    pub const fn error(place: Place, what: Message, advice: Message) -> Self {
        Self { place, severity: Severity::Error, what, advice }
    }

    /// A note at `place`.
    #[must_use]
    pub const fn note(place: Place, what: Message, advice: Message) -> Self {
        Self { place, severity: Severity::Note, what, advice }
    }
}

impl Explain for Remark {
    fn what(&self) -> Message {
        self.what.clone()
    }

    fn advice(&self) -> Message {
        self.advice.clone()
    }
}
