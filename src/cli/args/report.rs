//! Reports.

use std::path::PathBuf;

use clap::{Args, builder::PossibleValuesParser};

use crate::{domain::time::Day, report::FORMATS};

/// `report`.
#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// The result bundle.
    #[arg(value_name = "FILE", help = "cli-arg-report-file")]
    pub(crate) file: PathBuf,
    /// The format.
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.id)), help = "cli-arg-report-format")]
    pub(crate) format: String,
    /// For everybody, without a link from a person to a score.
    #[arg(long, help = "cli-arg-report-public")]
    pub(crate) public: bool,
    /// Folder for the report.
    #[arg(long, value_name = "DIR", default_value = ".", help = "cli-arg-report-to")]
    pub(crate) to: PathBuf,
    /// Trust file with the office's public key.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Another report of the same name makes room.
    #[arg(long, help = "cli-arg-report-replace")]
    pub(crate) replace: bool,
    /// First day of the publicity.
    #[arg(long, value_name = "DATE", requires = "public", value_parser = day, help = "cli-arg-report-from")]
    pub(crate) from: Option<Day>,
    /// Last day of the publicity.
    #[arg(long, value_name = "DATE", requires = "public", value_parser = day, help = "cli-arg-report-until")]
    pub(crate) until: Option<Day>,
    /// Where objections are taken.
    #[arg(long, value_name = "TEXT", requires = "public", help = "cli-arg-report-contact")]
    pub(crate) contact: Option<String>,
}

fn day(text: &str) -> Result<Day, String> {
    text.parse().map_err(|_| "2026-03-23".to_owned())
}
