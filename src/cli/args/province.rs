//! What the provincial office does with the results of many panels.

use std::path::PathBuf;

use clap::Args;

/// `aggregate`.
#[derive(Debug, Args)]
pub(crate) struct AggregateArgs {
    /// Result bundles, and folders with result bundles.
    #[arg(value_name = "PATH", required = true, help = "cli-arg-results")]
    pub(crate) paths: Vec<PathBuf>,
    /// Name of the register.
    #[arg(long, value_name = "ID", help = "cli-arg-register")]
    pub(crate) register: String,
    /// Offices whose packages count.
    #[arg(long, value_name = "FILE", help = "cli-arg-offices")]
    pub(crate) offices: PathBuf,
    /// What followed the recommendations.
    #[arg(long, value_name = "FILE", help = "cli-arg-record")]
    pub(crate) record: Option<PathBuf>,
    /// Refuses all where one bundle does not count.
    #[arg(long, help = "cli-arg-strict")]
    pub(crate) strict: bool,
    /// Where the tables for a database go.
    #[arg(long, value_name = "DIR", help = "cli-arg-table-folder")]
    pub(crate) tables: Option<PathBuf>,
    /// Where the signed register goes.
    #[arg(long, value_name = "DIR", requires = "key", help = "cli-arg-to")]
    pub(crate) to: Option<PathBuf>,
    /// The register that this one replaces.
    #[arg(long, value_name = "FILE", requires = "to", help = "cli-arg-supersedes-register")]
    pub(crate) supersedes: Option<PathBuf>,
    /// The province's key.
    #[command(flatten)]
    pub(crate) signing: MaybeSigningArgs,
}

/// Who signs, where anything is signed.
#[derive(Debug, Args)]
pub(crate) struct MaybeSigningArgs {
    /// Name of the key.
    #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
    pub(crate) key: Option<String>,
    /// Passphrase.
    #[command(flatten)]
    pub(crate) passphrase: super::PassphraseArgs,
}
