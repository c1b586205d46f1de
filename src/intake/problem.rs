//! One thing wrong with a file that a person prepared, with its place in that file.

use crate::domain::{
    finding::Severity,
    text::{Explain, Message},
};

/// One thing wrong, with its place. Lines and columns count from 1; columns are characters, not bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file, as it was named.
    pub file: String,
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
    /// How much it matters.
    pub severity: Severity,
    /// What was found and what was expected.
    pub what: Message,
    /// What to do about it.
    pub advice: Message,
}

impl Explain for Problem {
    fn what(&self) -> Message {
        self.what.clone()
    }

    fn advice(&self) -> Message {
        self.advice.clone()
    }
}
