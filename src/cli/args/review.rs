//! Demo, opening, exporting, verifying, and what is asked about rubrics, journals and tables of scores.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{PassphraseArgs, TableFormat};

/// `demo`.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// No terminal program: every step is done and printed.
    #[arg(long, help = "cli-arg-headless")]
    pub(crate) headless: bool,
    /// Where the files go.
    #[arg(long, value_name = "DIR", help = "cli-arg-demo-out")]
    pub(crate) out: Option<PathBuf>,
    /// Whose screen opens.
    #[arg(long = "as", value_name = "CODE", default_value = "R02", help = "cli-arg-demo-as")]
    pub(crate) person: String,
}

/// `open`.
#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    /// Package.
    #[arg(value_name = "FILE", help = "cli-arg-package-file")]
    pub(crate) file: PathBuf,
    /// Who I am, where my key does not say it.
    #[arg(long = "as", value_name = "CODE", help = "cli-arg-as")]
    pub(crate) person: Option<String>,
    /// Trust file with the office's public key.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Only takes the package in.
    #[arg(long, help = "cli-arg-no-screen")]
    pub(crate) no_screen: bool,
}

/// `export …`.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// The signed score bundle.
    #[command(about = "cli-export-scores")]
    Scores {
        /// Where the bundle goes.
        #[arg(long, value_name = "DIR", help = "cli-arg-to")]
        to: PathBuf,
        /// The passphrase of the reviewer's key.
        #[command(flatten)]
        passphrase: PassphraseArgs,
    },
    /// A signed request to score again.
    #[command(about = "cli-export-request")]
    Request(RequestArgs),
    /// The signed result.
    #[command(about = "cli-export-result")]
    Result(ResultArgs),
}

/// `export result`.
#[derive(Debug, Args)]
pub(crate) struct ResultArgs {
    /// Where the result goes.
    #[arg(long, value_name = "DIR", required_unless_present = "check", help = "cli-arg-to")]
    pub(crate) to: Option<PathBuf>,
    /// Only lists what is still open.
    #[arg(long, conflicts_with = "to", help = "cli-arg-check-open")]
    pub(crate) check: bool,
    /// The passphrase of the key of whoever presides.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
}

/// `cosign`.
#[derive(Debug, Args)]
pub(crate) struct CosignArgs {
    /// Result.
    #[arg(value_name = "FILE", help = "cli-arg-result")]
    pub(crate) file: PathBuf,
    /// Who signs.
    #[arg(long = "as", value_name = "CODE", help = "cli-arg-cosign-as")]
    pub(crate) person: String,
    /// Trust file with the office's public key.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Where the result goes with the signature; else it takes the place of the file.
    #[arg(long, value_name = "DIR", help = "cli-arg-cosign-to")]
    pub(crate) to: Option<PathBuf>,
    /// The passphrase of the key.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
}

/// `verify-diff`.
#[derive(Debug, Args)]
pub(crate) struct VerifyDiffArgs {
    /// The earlier result.
    #[arg(value_name = "OLD", help = "cli-arg-diff-old")]
    pub(crate) old: PathBuf,
    /// The later result.
    #[arg(value_name = "NEW", help = "cli-arg-diff-new")]
    pub(crate) new: PathBuf,
    /// Trust file with the office's public key.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
}

/// `export request`.
#[derive(Debug, Args)]
pub(crate) struct RequestArgs {
    /// Whom.
    #[arg(long, value_name = "CODE", help = "cli-arg-request-reviewer")]
    pub(crate) reviewer: String,
    /// About which applications.
    #[arg(long, value_name = "APP", required = true, help = "cli-arg-request-application")]
    pub(crate) application: Vec<String>,
    /// About which criteria; the whole sheet where there are none.
    #[arg(long, value_name = "CRIT", help = "cli-arg-request-criterion")]
    pub(crate) criterion: Vec<String>,
    /// On which ground.
    #[arg(long, value_name = "GROUND", value_parser = GROUNDS, help = "cli-arg-request-ground")]
    pub(crate) ground: String,
    /// What is asked.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, help = "cli-arg-request-text")]
    pub(crate) text: String,
    /// When the answer is wanted.
    #[arg(long, value_name = "TIME", help = "cli-arg-request-deadline")]
    pub(crate) deadline: Option<String>,
    /// Where the bundle goes.
    #[arg(long, value_name = "DIR", help = "cli-arg-to")]
    pub(crate) to: PathBuf,
    /// Whose key signs; the one of whoever presides at this table where it is left out.
    #[arg(long, value_name = "CODE", help = "cli-arg-request-key")]
    pub(crate) key: Option<String>,
    /// The passphrase of that key.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
}

/// The four grounds, as they stand in the request.
pub(crate) const GROUNDS: [&str; 4] = ["abnormal", "objective", "range", "sum"];

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// Bundle.
    #[arg(value_name = "FILE", help = "cli-arg-bundle")]
    pub(crate) file: PathBuf,
    /// Trust file in OpenSSH's allowed_signers format.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Moment at which keys are judged, instead of the session of the package.
    #[arg(long, value_name = "TIME", requires = "trust", help = "cli-arg-at")]
    pub(crate) at: Option<String>,
}

/// `agreement`.
#[derive(Debug, Args)]
pub(crate) struct AgreementArgs {
    /// Long table of scores.
    #[arg(long, value_name = "FILE", help = "cli-arg-tally-scores")]
    pub(crate) scores: PathBuf,
    /// Only this criterion.
    #[arg(long, value_name = "ID", help = "cli-arg-agreement-criterion")]
    pub(crate) criterion: Option<String>,
    /// Shape of the answer.
    #[arg(long, value_enum, default_value = "csv", help = "cli-arg-agreement-format")]
    pub(crate) format: TableFormat,
}

/// `rubric …`.
#[derive(Debug, Subcommand)]
pub(crate) enum RubricCommand {
    /// Proves a rubric.
    #[command(about = "cli-rubric-check")]
    Check {
        /// Rubric, or the id of a shipped one.
        #[arg(value_name = "FILE", help = "cli-arg-rubric")]
        file: String,
    },
    /// Lists the shipped rubrics.
    #[command(about = "cli-rubric-list")]
    List,
    /// Prints the JSON Schema.
    #[command(about = "cli-rubric-schema")]
    Schema,
}

/// `journal …`.
#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// What happened, with times.
    #[command(about = "cli-journal-show")]
    Show,
    /// Checks the hash chain.
    #[command(about = "cli-journal-verify")]
    Verify,
}
