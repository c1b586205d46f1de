//! Who sits on the panel, who stays out, and who reads what.

use std::path::PathBuf;

use clap::Args;

use super::tables::ConfirmArgs;

/// `package conflicts`.
#[derive(Debug, Args)]
pub(crate) struct ConflictsArgs {
    /// Package folder.
    #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) folder: PathBuf,
    /// Orders the recusals.
    #[arg(long, requires = "which", help = "cli-arg-conflicts-add")]
    pub(crate) add: bool,
    /// Which of them.
    #[command(flatten)]
    pub(crate) which: WhichArgs,
}

/// Which suggestions.
#[derive(Debug, Args)]
#[group(id = "which", multiple = false)]
pub(crate) struct WhichArgs {
    /// One pair; may stand several times.
    #[arg(long, value_name = "APP:CODE", requires = "add", help = "cli-arg-conflicts-pick")]
    pub(crate) pick: Vec<String>,
    /// All of them.
    #[arg(long, requires = "add", help = "cli-arg-conflicts-all")]
    pub(crate) all: bool,
}

/// `package assign`.
#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    /// Package folder.
    #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) folder: PathBuf,
    /// Readers of each application.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help = "cli-arg-assign-per")]
    pub(crate) per: Option<u32>,
    /// What breaks ties.
    #[arg(long, value_name = "TEXT", help = "cli-arg-assign-seed")]
    pub(crate) seed: Option<String>,
    /// Suggested conflicts do not count.
    #[arg(long, help = "cli-arg-assign-ignore")]
    pub(crate) ignore_suggested: bool,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// `package draw`.
#[derive(Debug, Args)]
pub(crate) struct DrawArgs {
    /// Table of the pool.
    #[arg(value_name = "FILE", help = "cli-arg-pool")]
    pub(crate) pool: PathBuf,
    /// How many are drawn.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help = "cli-arg-draw-count")]
    pub(crate) count: u32,
    /// How many stand in.
    #[arg(long, value_name = "K", default_value_t = 0, help = "cli-arg-draw-alternates")]
    pub(crate) alternates: u32,
    /// Seed.
    #[arg(long, value_name = "TEXT", help = "cli-arg-draw-seed")]
    pub(crate) seed: String,
    /// Who was there.
    #[arg(long, value_name = "TEXT", help = "cli-arg-draw-witness")]
    pub(crate) witness: String,
    /// Package folder.
    #[arg(long, value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) into: PathBuf,
    /// What headings mean.
    #[arg(long, value_name = "FILE", help = "cli-arg-columns")]
    pub(crate) columns: Option<PathBuf>,
    /// Reviewers of now may leave the roster.
    #[arg(long, help = "cli-arg-replace")]
    pub(crate) replace: bool,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}
