//! Lists, rosters and attachments as the office receives them.

use std::path::PathBuf;

use clap::Args;

/// `package import-table`.
#[derive(Debug, Args)]
pub(crate) struct ImportTableArgs {
    /// Workbooks and text files.
    #[arg(value_name = "FILE", required = true, help = "cli-arg-tables")]
    pub(crate) files: Vec<PathBuf>,
    /// Package folder.
    #[arg(long, value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) into: PathBuf,
    /// What headings mean.
    #[arg(long, value_name = "FILE", help = "cli-arg-columns")]
    pub(crate) columns: Option<PathBuf>,
    /// What assigned identifiers begin with.
    #[arg(long, value_name = "TEXT", help = "cli-arg-prefix")]
    pub(crate) prefix: Option<String>,
    /// Replaces files with other content.
    #[arg(long, help = "cli-arg-replace")]
    pub(crate) replace: bool,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// `package import-roster`.
#[derive(Debug, Args)]
pub(crate) struct ImportRosterArgs {
    /// Workbook or text file.
    #[arg(value_name = "FILE", help = "cli-arg-roster-table")]
    pub(crate) file: PathBuf,
    /// Package folder.
    #[arg(long, value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) into: PathBuf,
    /// What headings mean.
    #[arg(long, value_name = "FILE", help = "cli-arg-columns")]
    pub(crate) columns: Option<PathBuf>,
    /// Replaces what is on the roster.
    #[arg(long, help = "cli-arg-replace")]
    pub(crate) replace: bool,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// `package change`.
#[derive(Debug, Args)]
pub(crate) struct ChangeArgs {
    /// Tables of changes.
    #[arg(long = "from", value_name = "FILE", required = true, help = "cli-arg-changes")]
    pub(crate) files: Vec<PathBuf>,
    /// Package folder.
    #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) folder: PathBuf,
    /// What headings mean.
    #[arg(long, value_name = "FILE", help = "cli-arg-columns")]
    pub(crate) columns: Option<PathBuf>,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// `package attach`.
#[derive(Debug, Args)]
pub(crate) struct AttachArgs {
    /// Folder with the files.
    #[arg(value_name = "DIR", help = "cli-arg-attachments")]
    pub(crate) folder: PathBuf,
    /// Package folder.
    #[arg(long, value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) into: PathBuf,
    /// Whether anything is done.
    #[command(flatten)]
    pub(crate) confirm: ConfirmArgs,
}

/// Whether what was shown is done.
#[derive(Debug, Clone, Args)]
pub(crate) struct ConfirmArgs {
    /// Only shows it.
    #[arg(long, conflicts_with = "yes", help = "cli-arg-dry-run")]
    pub(crate) dry_run: bool,
    /// Does it without asking.
    #[arg(long, help = "cli-arg-confirmed")]
    pub(crate) yes: bool,
}
