//! The bare calculator.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// `tally`.
#[derive(Debug, Args)]
pub(crate) struct TallyArgs {
    /// Rubric: a file, or the name of a shipped one.
    #[arg(long, value_name = "FILE", help = "cli-arg-rubric")]
    pub(crate) rubric: String,
    /// Scores: application, reviewer, criterion, value, and optionally state and reason.
    #[arg(long, value_name = "FILE", help = "cli-arg-tally-scores")]
    pub(crate) scores: PathBuf,
    /// Items: application, item.
    #[arg(long, value_name = "FILE", help = "cli-arg-tally-items")]
    pub(crate) items: Option<PathBuf>,
    /// Shape of the answer.
    #[arg(long, value_enum, default_value = "csv", help = "cli-arg-tally-format")]
    pub(crate) format: TableFormat,
    /// File for the answer.
    #[arg(long, value_name = "FILE", help = "cli-arg-tally-output")]
    pub(crate) output: Option<PathBuf>,
}

/// Shape of an answer that is a table: for a spreadsheet, or a document for a program. The variants have no texts of their own,
/// because help and completions would print them in one language only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormat {
    Csv,
    Json,
}
