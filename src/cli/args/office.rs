//! Keys, packages, enrolment.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{
    staffing::{AssignArgs, ConflictsArgs, DrawArgs},
    tables::{AttachArgs, ChangeArgs, ImportRosterArgs, ImportTableArgs},
};

/// `key …`.
#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Makes a key.
    #[command(about = "cli-key-new")]
    New(KeyNewArgs),
    /// Shows the public key and its fingerprint.
    #[command(about = "cli-key-show")]
    Show(super::KeyShowArgs),
    /// Lists the keys of this data folder.
    #[command(about = "cli-key-list")]
    List,
    /// Changes the passphrase.
    #[command(about = "cli-key-passwd")]
    Passwd(KeyPasswdArgs),
    /// Takes a key out of use and says what to hand in.
    #[command(about = "cli-key-revoke")]
    Revoke(KeyName),
}

/// Which key.
#[derive(Debug, Clone, Args)]
pub(crate) struct KeyName {
    /// Name of the key; the code of the person.
    #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
    pub(crate) name: String,
}

/// `key new`.
#[derive(Debug, Args)]
pub(crate) struct KeyNewArgs {
    /// Name of the key.
    #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
    pub(crate) name: String,
    /// Passphrase.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
    /// Decides, in words, for a key without passphrase.
    #[arg(long, conflicts_with = "passphrase_file", help = "cli-arg-no-passphrase")]
    pub(crate) no_passphrase: bool,
}

/// `key passwd`.
#[derive(Debug, Args)]
pub(crate) struct KeyPasswdArgs {
    /// Name of the key.
    #[command(flatten)]
    pub(crate) name: KeyName,
    /// Passphrase now.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
    /// File with the new passphrase.
    #[arg(long, value_name = "FILE", help = "cli-arg-new-passphrase-file")]
    pub(crate) new_passphrase_file: Option<PathBuf>,
}

/// Where the passphrase comes from when nobody types it.
#[derive(Debug, Clone, Args)]
pub(crate) struct PassphraseArgs {
    /// File whose first line is the passphrase.
    #[arg(long, value_name = "FILE", help = "cli-arg-passphrase-file")]
    pub(crate) passphrase_file: Option<PathBuf>,
}

/// `package …`.
#[derive(Debug, Subcommand)]
pub(crate) enum PackageCommand {
    /// Writes a folder to start from: the sample, or an empty one of a kind of review.
    #[command(about = "cli-package-new", after_help = "cli-example-package-new")]
    New {
        /// New folder.
        #[arg(value_name = "DIR", help = "cli-arg-new-folder")]
        folder: PathBuf,
        /// Kind of review of an empty folder.
        #[arg(long, value_name = "KIND", help = "cli-arg-kind")]
        kind: Option<String>,
    },
    /// Runs all load checks and the formal check.
    #[command(about = "cli-package-check")]
    Check {
        /// Package folder.
        #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
        folder: PathBuf,
    },
    /// Applications from the office's tables.
    #[command(about = "cli-package-import-table", after_help = "cli-example-import-table")]
    ImportTable(ImportTableArgs),
    /// The roster from a table.
    #[command(about = "cli-package-import-roster", after_help = "cli-example-import-roster")]
    ImportRoster(ImportRosterArgs),
    /// Attachments by their names.
    #[command(about = "cli-package-attach", after_help = "cli-example-attach")]
    Attach(AttachArgs),
    /// Many changes out of one table.
    #[command(about = "cli-package-change", after_help = "cli-example-change")]
    Change(ChangeArgs),
    /// Recusals that the names suggest.
    #[command(about = "cli-package-conflicts", after_help = "cli-example-conflicts")]
    Conflicts(ConflictsArgs),
    /// Who reads what.
    #[command(about = "cli-package-assign", after_help = "cli-example-assign")]
    Assign(AssignArgs),
    /// Reviewers drawn from a pool.
    #[command(about = "cli-package-draw", after_help = "cli-example-draw")]
    Draw(DrawArgs),
    /// A copy of the folder to rehearse with.
    #[command(about = "cli-package-rehearsal", after_help = "cli-example-rehearsal")]
    Rehearsal {
        /// Package folder.
        #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
        folder: PathBuf,
        /// The copy.
        #[arg(long, value_name = "DIR", help = "cli-arg-new-folder")]
        to: PathBuf,
    },
    /// Folder to signed package.
    #[command(about = "cli-package-build")]
    Build(PackageBuildArgs),
}

/// `package build`.
#[derive(Debug, Args)]
pub(crate) struct PackageBuildArgs {
    /// Package folder.
    #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
    pub(crate) folder: PathBuf,
    /// Where the bundle goes.
    #[arg(long, value_name = "DIR", help = "cli-arg-to")]
    pub(crate) to: PathBuf,
    /// The package this one replaces.
    #[arg(long, value_name = "FILE", help = "cli-arg-supersedes")]
    pub(crate) supersedes: Option<PathBuf>,
    /// The office's key.
    #[command(flatten)]
    pub(crate) signing: SigningArgs,
}

/// Who signs.
#[derive(Debug, Clone, Args)]
pub(crate) struct SigningArgs {
    /// Name of the key.
    #[arg(long, value_name = "CODE", help = "cli-arg-key-name")]
    pub(crate) key: String,
    /// Passphrase.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
}

/// `enrol …`.
#[derive(Debug, Subcommand)]
pub(crate) enum EnrolCommand {
    /// Writes an enrolment request.
    #[command(about = "cli-enrol-request")]
    Request(EnrolRequestArgs),
    /// Takes requests into the roster of a package folder.
    #[command(about = "cli-enrol-accept")]
    Accept {
        /// Package folder.
        #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
        folder: PathBuf,
        /// Requests.
        #[arg(value_name = "FILE", required = true, help = "cli-arg-requests")]
        requests: Vec<PathBuf>,
    },
    /// Ends a key on the roster of a package folder.
    #[command(about = "cli-enrol-revoke")]
    Revoke {
        /// Package folder.
        #[arg(value_name = "DIR", help = "cli-arg-package-folder")]
        folder: PathBuf,
        /// Whose key.
        #[arg(long, value_name = "CODE", help = "cli-arg-code")]
        code: String,
        /// Why.
        #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
        reason: String,
    },
}

/// `enrol request`.
#[derive(Debug, Args)]
pub(crate) struct EnrolRequestArgs {
    /// Call.
    #[arg(long, value_name = "ID", help = "cli-arg-call")]
    pub(crate) call: String,
    /// Panel.
    #[arg(long, value_name = "ID", help = "cli-arg-panel")]
    pub(crate) panel: String,
    /// Code on the roster.
    #[arg(long, value_name = "CODE", help = "cli-arg-code")]
    pub(crate) code: String,
    /// Role on the roster.
    #[arg(long, value_name = "ROLE", default_value = "reviewer", help = "cli-arg-role")]
    pub(crate) role: String,
    /// A rehearsal, not the official review.
    #[arg(long, help = "cli-arg-rehearsal")]
    pub(crate) rehearsal: bool,
    /// The office holds the key.
    #[arg(long, help = "cli-arg-office-custody")]
    pub(crate) office_custody: bool,
    /// Name of the person.
    #[arg(long = "person", value_name = "TEXT", help = "cli-arg-person")]
    pub(crate) person: String,
    /// Label of the device.
    #[arg(long, value_name = "TEXT", default_value = "", help = "cli-arg-device")]
    pub(crate) device: String,
    /// Where the request goes.
    #[arg(long, value_name = "DIR", help = "cli-arg-to")]
    pub(crate) to: PathBuf,
    /// The passphrase of the new key, which has the code's name.
    #[command(flatten)]
    pub(crate) passphrase: PassphraseArgs,
}
