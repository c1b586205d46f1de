//! What can be asked about one key.

use std::path::PathBuf;

use clap::Args;

use crate::cli::args::KeyName;

/// Who has a key that others must trust before anything verifies: everybody else's stands in the package.
pub(crate) const ROOTS: [&str; 2] = ["office", "province"];

/// `key show`.
#[derive(Debug, Args)]
pub(crate) struct KeyShowArgs {
    /// Name of the key.
    #[command(flatten)]
    pub(crate) name: KeyName,
    /// The file that others pass as `--trust`.
    #[arg(long, value_name = "FILE", requires = "role", help = "cli-arg-key-to")]
    pub(crate) to: Option<PathBuf>,
    /// In which role it signs.
    #[arg(long, value_name = "ROLE", requires = "to", value_parser = ROOTS, help = "cli-arg-key-role")]
    pub(crate) role: Option<String>,
}
