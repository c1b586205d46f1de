//! What can be typed. The `about` and `help` texts are ids of the language files; [`super::localised`] puts the words in.

mod key;
mod office;
mod panel;
mod paper;
mod province;
mod report;
mod review;
mod score;
mod staffing;
mod table;
mod tables;
mod tally;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{domain::text::Language, i18n};

pub(crate) use key::*;
pub(crate) use office::*;
pub(crate) use panel::*;
pub(crate) use paper::*;
pub(crate) use province::*;
pub(crate) use report::ReportArgs;
pub(crate) use review::*;
pub(crate) use score::ScoreCommand;
pub(crate) use staffing::{AssignArgs, ConflictsArgs, DrawArgs};
pub(crate) use table::{ConsolidateArgs, ImportArgs};
pub(crate) use tables::{AttachArgs, ChangeArgs, ConfirmArgs, ImportRosterArgs, ImportTableArgs};
pub(crate) use tally::{TableFormat, TallyArgs};

/// The program's arguments.
#[derive(Debug, Parser)]
#[command(name = "pingyi", version, about = "cli-about", disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) common: Common,
    /// The command; the terminal program when there is none.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(crate) struct Common {
    /// Data folder.
    #[arg(long, global = true, value_name = "DIR", help = "cli-arg-home")]
    pub(crate) home: Option<PathBuf>,
    /// Language.
    #[arg(long, global = true, value_name = "TAG", value_parser = language, help = "cli-arg-lang")]
    pub(crate) lang: Option<Language>,
    /// One stable JSON shape instead of sentences.
    #[arg(long, global = true, help = "cli-arg-json")]
    pub(crate) json: bool,
    /// Workspace, where there are several.
    #[arg(long, global = true, value_name = "NAME", help = "cli-arg-work")]
    pub(crate) work: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The whole process on the sample data.
    #[command(about = "cli-demo")]
    Demo(DemoArgs),
    /// Keys.
    #[command(about = "cli-key", subcommand)]
    Key(KeyCommand),
    /// Review packages, for the office.
    #[command(about = "cli-package", subcommand)]
    Package(PackageCommand),
    /// Enrolment of keys.
    #[command(about = "cli-enrol", subcommand)]
    Enrol(EnrolCommand),
    /// Takes in a package and starts the terminal program.
    #[command(about = "cli-open")]
    Open(OpenArgs),
    /// Scores, comments, declarations, hand-in.
    #[command(about = "cli-score", subcommand)]
    Score(ScoreCommand),
    /// Takes bundles in at the chair's table.
    #[command(about = "cli-import")]
    Import(ImportArgs),
    /// Score sheets from paper.
    #[command(about = "cli-paper", subcommand)]
    Paper(PaperCommand),
    /// What the bundles at the table come to.
    #[command(about = "cli-consolidate")]
    Consolidate(ConsolidateArgs),
    /// Scores that the panel must look at.
    #[command(about = "cli-deviation", after_help = "cli-example-deviation")]
    Deviation(DeviationArgs),
    /// What the panel decides.
    #[command(about = "cli-decide", subcommand)]
    Decide(DecideCommand),
    /// Votes of the panel.
    #[command(about = "cli-vote", subcommand)]
    Vote(VoteCommand),
    /// The panel's opinion on an application.
    #[command(about = "cli-opinion", after_help = "cli-example-opinion")]
    Opinion(OpinionArgs),
    /// Corrects a score after consolidation.
    #[command(about = "cli-correct", after_help = "cli-example-correct")]
    Correct(CorrectArgs),
    /// Writes signed bundles.
    #[command(about = "cli-export", subcommand)]
    Export(ExportCommand),
    /// Adds a signature to a result.
    #[command(about = "cli-cosign")]
    Cosign(CosignArgs),
    /// Verifies a bundle.
    #[command(about = "cli-verify")]
    Verify(VerifyArgs),
    /// Reports on a result, for people.
    #[command(about = "cli-report", after_help = "cli-example-report")]
    Report(ReportArgs),
    /// Compares two results.
    #[command(about = "cli-verify-diff")]
    VerifyDiff(VerifyDiffArgs),
    /// Puts the results of many panels together.
    #[command(about = "cli-aggregate", after_help = "cli-aggregate-example")]
    Aggregate(AggregateArgs),
    /// How far reviewers agree.
    #[command(about = "cli-agreement")]
    Agreement(AgreementArgs),
    /// The bare calculator: a rubric and a table of scores.
    #[command(about = "cli-tally")]
    Tally(TallyArgs),
    /// Checks rubrics, prints schemas.
    #[command(about = "cli-rubric", subcommand)]
    Rubric(RubricCommand),
    /// Prints the JSON Schema of a file.
    #[command(about = "cli-schema")]
    Schema {
        /// Which file.
        #[arg(value_name = "NAME", help = "cli-arg-schema")]
        name: Option<String>,
    },
    /// The journal.
    #[command(about = "cli-journal", subcommand)]
    Journal(JournalCommand),
    /// Checks journal, index and backups against each other.
    #[command(about = "cli-check")]
    Check,
    /// Writes a backup now.
    #[command(about = "cli-backup")]
    Backup {
        /// Second folder for backups, for example on a stick.
        #[arg(long, value_name = "DIR", help = "cli-arg-backup-to")]
        to: Option<PathBuf>,
    },
    /// Puts a backup back.
    #[command(about = "cli-restore")]
    Restore {
        /// The backup.
        #[arg(value_name = "FILE", help = "cli-arg-restore-file")]
        file: PathBuf,
        /// Without it, only says what would be done.
        #[arg(long, help = "cli-arg-yes")]
        yes: bool,
    },
    /// Mends a damaged store from everything that can be proved.
    #[command(about = "cli-recover")]
    Recover {
        /// Without it, only says what would be done.
        #[arg(long, help = "cli-arg-yes")]
        yes: bool,
    },
    /// Looks at the terminal, the disk and the clock.
    #[command(about = "cli-doctor")]
    Doctor,
    /// Prints the key bindings in force.
    #[command(about = "cli-keys")]
    Keys,
    /// Prints a completion script.
    #[command(about = "cli-completions")]
    Completions {
        /// Shell.
        #[arg(value_enum, help = "cli-arg-shell")]
        shell: clap_complete::Shell,
    },
    /// Prints the manual page.
    #[command(about = "cli-man")]
    Man,
}

fn language(tag: &str) -> Result<Language, String> {
    i18n::language_of(tag).ok_or_else(|| i18n::LANGUAGES.map(|file| file.tag).join(", "))
}
