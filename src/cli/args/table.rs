//! The chair's table.

use std::path::PathBuf;

use clap::Args;

/// `import`.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Bundles: the package first of all, then score bundles.
    #[arg(value_name = "FILE", required = true, help = "cli-arg-import-files")]
    pub(crate) files: Vec<PathBuf>,
    /// Who presides, where my key does not say it.
    #[arg(long = "as", value_name = "CODE", help = "cli-arg-import-as")]
    pub(crate) person: Option<String>,
    /// Trust file with the office's public key.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Only says what would become of each file.
    #[arg(long, help = "cli-arg-dry-run")]
    pub(crate) dry_run: bool,
}

/// `consolidate`.
#[derive(Debug, Args)]
pub(crate) struct ConsolidateArgs {
    /// Only this item.
    #[arg(long, value_name = "ID", help = "cli-arg-consolidate-item")]
    pub(crate) item: Option<String>,
    /// The derivation of this application.
    #[arg(long, value_name = "APP", help = "cli-arg-consolidate-explain")]
    pub(crate) explain: Option<String>,
    /// Closes the draft.
    #[arg(long, conflicts_with_all = ["item", "explain"], help = "cli-arg-close")]
    pub(crate) close: bool,
    /// Without it, only says what would be done.
    #[arg(long, requires = "close", help = "cli-arg-yes")]
    pub(crate) yes: bool,
}
