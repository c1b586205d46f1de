//! Score sheets from paper.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `paper …`.
#[derive(Debug, Subcommand)]
pub(crate) enum PaperCommand {
    /// Records what one of two people typed.
    #[command(about = "cli-paper-enter", after_help = "cli-example-paper-enter")]
    Enter(PaperEnterArgs),
    /// Lists what was typed, by whom.
    #[command(about = "cli-paper-list", after_help = "cli-example-paper-list")]
    List,
}

/// `paper enter`.
#[derive(Debug, Args)]
pub(crate) struct PaperEnterArgs {
    /// Whose sheets.
    #[arg(value_name = "REVIEWER", help = "cli-arg-code")]
    pub(crate) reviewer: String,
    /// Who typed them.
    #[arg(long, value_name = "CODE", help = "cli-arg-typed-by")]
    pub(crate) by: String,
    /// The table; from standard input when omitted.
    #[arg(long, value_name = "FILE", help = "cli-arg-paper-file")]
    pub(crate) file: Option<PathBuf>,
    /// Sum of all points on the paper.
    #[arg(long, value_name = "POINTS", help = "cli-arg-control-total")]
    pub(crate) control_total: String,
    /// A scan or photograph of the paper.
    #[arg(long, value_name = "FILE", help = "cli-arg-image")]
    pub(crate) image: Option<PathBuf>,
}
