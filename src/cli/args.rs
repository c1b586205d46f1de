//! What can be typed. The `about` and `help` texts are ids of the language files; [`super::localised`] puts the words in.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(name = "pingyi", version, about = "cli-about", disable_help_subcommand = true, arg_required_else_help = true)]
pub(crate) struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) common: Common,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Data folder.
    #[arg(long, global = true, value_name = "DIR", help = "cli-arg-home")]
    pub(crate) home: Option<PathBuf>,
    /// Language.
    #[arg(long, global = true, value_name = "TAG", help = "cli-arg-lang")]
    pub(crate) lang: Option<String>,
    /// One stable JSON shape instead of sentences.
    #[arg(long, global = true, help = "cli-arg-json")]
    pub(crate) json: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Keys.
    #[command(about = "cli-key", subcommand)]
    Key(KeyCommand),
    /// Verifies a bundle.
    #[command(about = "cli-verify")]
    Verify(VerifyArgs),
    /// Checks rubrics.
    #[command(about = "cli-rubric", subcommand)]
    Rubric(RubricCommand),
    /// Prints the JSON Schema of a file.
    #[command(about = "cli-schema")]
    Schema {
        /// Which file.
        #[arg(value_name = "NAME", help = "cli-arg-schema")]
        name: Option<String>,
    },
    /// Prints a completion script.
    #[command(about = "cli-completions")]
    Completions {
        /// Shell.
        #[arg(value_enum, value_name = "SHELL", help = "cli-arg-shell")]
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    #[command(about = "cli-man")]
    Man,
}

/// `key …`.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Makes a key.
    #[command(about = "cli-key-new")]
    New {
        /// Name of the key.
        #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
        name: String,
        /// File whose first line is the passphrase.
        #[arg(long, value_name = "FILE", help = "cli-arg-passphrase-file")]
        passphrase_file: Option<PathBuf>,
        /// Decides, in words, for a key without passphrase.
        #[arg(long, conflicts_with = "passphrase_file", help = "cli-arg-no-passphrase")]
        no_passphrase: bool,
    },
    /// Shows the public key and its fingerprint.
    #[command(about = "cli-key-show")]
    Show {
        /// Name of the key.
        #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
        name: String,
    },
    /// Lists the keys of this data folder.
    #[command(about = "cli-key-list")]
    List,
}

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    /// Bundle.
    #[arg(value_name = "FILE", help = "cli-arg-bundle")]
    pub(crate) file: PathBuf,
    /// Trust file in OpenSSH's allowed_signers format.
    #[arg(long, value_name = "FILE", help = "cli-arg-trust")]
    pub(crate) trust: Option<PathBuf>,
    /// Moment at which keys are judged.
    #[arg(long, value_name = "TIME", help = "cli-arg-at")]
    pub(crate) at: Option<String>,
}

/// `rubric …`.
#[derive(Debug, Subcommand)]
pub(crate) enum RubricCommand {
    /// Proves a rubric.
    #[command(about = "cli-rubric-check")]
    Check {
        /// Rubric.
        #[arg(value_name = "FILE", help = "cli-arg-rubric")]
        file: PathBuf,
    },
    /// Prints the JSON Schema.
    #[command(about = "cli-rubric-schema")]
    Schema,
}
