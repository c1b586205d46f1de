//! `score …`.

use std::path::PathBuf;

use clap::Subcommand;

use crate::{domain::panel::Ground, intake::scores};

/// `score …`.
#[derive(Debug, Subcommand)]
pub(crate) enum ScoreCommand {
    /// Sets a score.
    #[command(about = "cli-score-set")]
    Set {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Criterion.
        #[arg(value_name = "CRIT", help = "cli-arg-crit")]
        criterion: String,
        /// Points, or `-` to clear.
        #[arg(value_name = "VALUE", allow_hyphen_values = true, help = "cli-arg-value")]
        value: String,
    },
    /// Sets a comment.
    #[command(about = "cli-score-comment")]
    Comment {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Criterion, or `overall`.
        #[arg(value_name = "CRIT", help = "cli-arg-crit-or-overall")]
        criterion: String,
        /// Text; from standard input when omitted.
        #[arg(value_name = "TEXT", allow_hyphen_values = true, help = "cli-arg-text")]
        text: Option<String>,
    },
    /// Marks a criterion as not applicable.
    #[command(about = "cli-score-na")]
    Na {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Criterion.
        #[arg(value_name = "CRIT", help = "cli-arg-crit")]
        criterion: String,
        /// Why.
        #[arg(value_name = "REASON", help = "cli-arg-reason")]
        reason: String,
    },
    /// Declares that there is no conflict of interest.
    #[command(about = "cli-score-declare")]
    Declare {
        /// Application; all that are still open when omitted.
        #[arg(value_name = "APP", help = "cli-arg-app-or-all")]
        application: Option<String>,
    },
    /// Declares a conflict of interest.
    #[command(about = "cli-score-recuse")]
    Recuse {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Ground.
        #[arg(long, value_name = "GROUND", value_parser = ground, help = "cli-arg-ground")]
        ground: Ground,
        /// The ground in words.
        #[arg(value_name = "TEXT", help = "cli-arg-text")]
        text: String,
    },
    /// Declines for lack of expertise or time.
    #[command(about = "cli-score-decline")]
    Decline {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Why.
        #[arg(value_name = "REASON", help = "cli-arg-reason")]
        reason: String,
    },
    /// Accepts the pledge.
    #[command(about = "cli-score-pledge")]
    Pledge {
        /// Accepts it; without it, only prints the text.
        #[arg(long, help = "cli-arg-accept")]
        accept: bool,
    },
    /// Hands in sheets.
    #[command(about = "cli-score-submit")]
    Submit {
        /// Application; all when omitted.
        #[arg(value_name = "APP", help = "cli-arg-app-or-all")]
        application: Option<String>,
    },
    /// Takes a handed-in sheet back.
    #[command(about = "cli-score-withdraw")]
    Withdraw {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
    },
    /// Takes the last change back.
    #[command(about = "cli-score-undo")]
    Undo,
    /// Does again what was taken back.
    #[command(about = "cli-score-redo")]
    Redo,
    /// Shows one sheet with its working.
    #[command(about = "cli-score-show")]
    Show {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
    },
    /// Shows the worklist.
    #[command(about = "cli-score-status")]
    Status {
        /// Only what fits this search line, in its order.
        #[arg(long, value_name = "QUERY", allow_hyphen_values = true, help = "cli-arg-find")]
        find: Option<String>,
    },
    /// Lists every cell.
    #[command(about = "cli-score-list")]
    List {
        /// One line a cell: application, criterion, state, value, with tabs.
        #[arg(long, help = "cli-arg-plain")]
        plain: bool,
        /// Only what fits this search line, in its order.
        #[arg(long, value_name = "QUERY", allow_hyphen_values = true, help = "cli-arg-find")]
        find: Option<String>,
    },
    /// Every value a cell had.
    #[command(about = "cli-score-history")]
    History {
        /// Application.
        #[arg(value_name = "APP", help = "cli-arg-app")]
        application: String,
        /// Criterion.
        #[arg(value_name = "CRIT", help = "cli-arg-crit")]
        criterion: String,
    },
    /// One change a line from standard input.
    #[command(about = "cli-score-batch")]
    Batch,
    /// Scores from a table.
    #[command(about = "cli-score-import")]
    Import {
        /// CSV with reviewer, application, criterion, state, value, comment.
        #[arg(value_name = "FILE", help = "cli-arg-score-file")]
        file: PathBuf,
        /// Only says what would change.
        #[arg(long, help = "cli-arg-dry-run")]
        dry_run: bool,
    },
}

fn ground(word: &str) -> Result<Ground, String> {
    scores::ground(word).ok_or_else(scores::words)
}
