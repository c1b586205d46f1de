//! What the chair records of the panel's decisions.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::correction::CorrectionGround;

/// `deviation`.
#[derive(Debug, Args)]
pub(crate) struct DeviationArgs {
    /// Only those on which nothing was decided.
    #[arg(long, help = "cli-arg-open")]
    pub(crate) open: bool,
}

/// `decide …`.
#[derive(Debug, Subcommand)]
pub(crate) enum DecideCommand {
    /// On a score that was flagged.
    #[command(about = "cli-decide-flag", after_help = "cli-example-flag")]
    Flag(FlagArgs),
    /// That a veto of the rubric is met.
    #[command(about = "cli-decide-veto", after_help = "cli-example-veto")]
    Veto(VetoArgs),
    /// How to go on with too few valid sheets.
    #[command(about = "cli-decide-go-on", after_help = "cli-example-go-on")]
    GoOn(GoOnArgs),
    /// That a member's opinion is void.
    #[command(about = "cli-decide-remove", after_help = "cli-example-remove")]
    Remove(RemoveArgs),
    /// That another member takes a place.
    #[command(about = "cli-decide-replace", after_help = "cli-example-replace")]
    Replace(ReplaceArgs),
    /// That a member who was out counts again.
    #[command(about = "cli-decide-bring-back", after_help = "cli-example-bring-back")]
    BringBack {
        /// Member.
        #[arg(value_name = "REVIEWER", help = "cli-arg-code")]
        reviewer: String,
    },
    /// The chair's order of tied applications.
    #[command(about = "cli-decide-tie", after_help = "cli-example-tie")]
    Tie(TieArgs),
    /// How a member stands to the report.
    #[command(about = "cli-decide-member", after_help = "cli-example-member")]
    Member(MemberArgs),
    /// That the original panel reviews again after signing.
    #[command(about = "cli-decide-reopen", after_help = "cli-example-reopen")]
    Reopen {
        /// Number of the notice to the authority.
        #[arg(long, value_name = "TEXT", help = "cli-arg-notice")]
        notice: String,
        /// Why.
        #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
        reason: String,
    },
    /// Takes the last decision back.
    #[command(about = "cli-decide-undo", after_help = "cli-example-undo")]
    Undo,
    /// Does again what was taken back.
    #[command(about = "cli-decide-redo", after_help = "cli-example-redo")]
    Redo,
}

/// `decide flag`.
#[derive(Debug, Args)]
pub(crate) struct FlagArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// Decision.
    #[arg(value_enum, value_name = "DECISION", help = "cli-arg-ruling")]
    pub(crate) ruling: RulingWord,
    /// Whose score; omitted for a fact that was scored differently.
    #[arg(long, value_name = "CODE", help = "cli-arg-flag-reviewer")]
    pub(crate) reviewer: Option<String>,
    /// Which criterion; omitted for a total.
    #[arg(long, value_name = "CRIT", help = "cli-arg-flag-criterion")]
    pub(crate) criterion: Option<String>,
    /// Who decided that the sheet is void.
    #[arg(long, value_name = "TEXT", help = "cli-arg-authority")]
    pub(crate) authority: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
    pub(crate) reason: Option<String>,
}

/// What is decided on a flag. Words without texts of their own, because help would print them in one language only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RulingWord {
    Uphold,
    Void,
    Clear,
}

/// `decide veto`.
#[derive(Debug, Args)]
pub(crate) struct VetoArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// Veto.
    #[arg(value_name = "VETO", help = "cli-arg-veto")]
    pub(crate) veto: String,
    /// The finding.
    #[arg(long, value_name = "TEXT", required_unless_present = "withdraw", help = "cli-arg-finding")]
    pub(crate) text: Option<String>,
    /// Takes the finding back.
    #[arg(long, conflicts_with = "text", help = "cli-arg-withdraw")]
    pub(crate) withdraw: bool,
}

/// `decide go-on`.
#[derive(Debug, Args)]
pub(crate) struct GoOnArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// How.
    #[arg(value_enum, value_name = "DECISION", help = "cli-arg-going-on")]
    pub(crate) how: GoOnWord,
    /// Why.
    #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
    pub(crate) reason: Option<String>,
}

/// How to go on with too few valid sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum GoOnWord {
    PlainMean,
    LeaveOut,
    Clear,
}

/// `decide remove`.
#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    /// Member.
    #[arg(value_name = "REVIEWER", help = "cli-arg-code")]
    pub(crate) reviewer: String,
    /// Who decided it.
    #[arg(long, value_name = "TEXT", help = "cli-arg-authority")]
    pub(crate) authority: String,
    /// Why.
    #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
    pub(crate) reason: String,
}

/// `decide replace`.
#[derive(Debug, Args)]
pub(crate) struct ReplaceArgs {
    /// Member who falls out.
    #[arg(value_name = "REVIEWER", help = "cli-arg-code")]
    pub(crate) reviewer: String,
    /// Who takes the place.
    #[arg(long, value_name = "CODE", help = "cli-arg-successor")]
    pub(crate) by: String,
    /// Items; all when omitted.
    #[arg(long = "item", value_name = "ID", help = "cli-arg-replace-item")]
    pub(crate) items: Vec<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", help = "cli-arg-reason")]
    pub(crate) reason: String,
}

/// `decide tie`.
#[derive(Debug, Args)]
pub(crate) struct TieArgs {
    /// Item.
    #[arg(value_name = "ITEM", help = "cli-arg-item")]
    pub(crate) item: String,
    /// First one first.
    #[arg(long, value_name = "APP,APP", value_delimiter = ',', required_unless_present = "withdraw", help = "cli-arg-order")]
    pub(crate) order: Vec<String>,
    /// Why.
    #[arg(long, value_name = "TEXT", required_unless_present = "withdraw", help = "cli-arg-reason")]
    pub(crate) reason: Option<String>,
    /// Takes the ruling back.
    #[arg(long, conflicts_with_all = ["order", "reason"], help = "cli-arg-withdraw")]
    pub(crate) withdraw: bool,
}

/// `decide member`.
#[derive(Debug, Args)]
pub(crate) struct MemberArgs {
    /// Member.
    #[arg(value_name = "PERSON", help = "cli-arg-code")]
    pub(crate) person: String,
    /// How the member stands to the report.
    #[arg(value_enum, value_name = "STATUS", help = "cli-arg-status")]
    pub(crate) status: StatusWord,
    /// Reasons of a dissent.
    #[arg(long, value_name = "TEXT", help = "cli-arg-dissent")]
    pub(crate) text: Option<String>,
    /// Who saw the refusal.
    #[arg(long, value_name = "TEXT", help = "cli-arg-witness")]
    pub(crate) witness: Option<String>,
}

/// How a member stands to the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusWord {
    Signed,
    Dissent,
    Refused,
    Absent,
    Clear,
}

/// `vote …`.
#[derive(Debug, Subcommand)]
pub(crate) enum VoteCommand {
    /// A vote on an application, as counts.
    #[command(about = "cli-vote-on", after_help = "cli-example-vote-on")]
    On(VoteOnArgs),
    /// A vote on a tie.
    #[command(about = "cli-vote-tie", after_help = "cli-example-vote-tie")]
    Tie(VoteTieArgs),
}

/// `vote on`.
#[derive(Debug, Args)]
pub(crate) struct VoteOnArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// 应到.
    #[arg(long, value_name = "N", required_unless_present = "withdraw", help = "cli-arg-due")]
    pub(crate) due: Option<u32>,
    /// 实到.
    #[arg(long, value_name = "N", required_unless_present = "withdraw", help = "cli-arg-present")]
    pub(crate) present: Option<u32>,
    /// 同意.
    #[arg(long, value_name = "N", required_unless_present = "withdraw", help = "cli-arg-approve")]
    pub(crate) approve: Option<u32>,
    /// 反对.
    #[arg(long, value_name = "N", default_value_t = 0, help = "cli-arg-reject")]
    pub(crate) reject: u32,
    /// 弃权.
    #[arg(long, value_name = "N", default_value_t = 0, help = "cli-arg-abstain")]
    pub(crate) abstain: u32,
    /// 无效.
    #[arg(long, value_name = "N", default_value_t = 0, help = "cli-arg-invalid")]
    pub(crate) invalid: u32,
    /// Who counted.
    #[command(flatten)]
    pub(crate) counters: Counters,
    /// Takes the vote back.
    #[arg(long, conflicts_with_all = ["due", "present", "approve", "teller", "scrutineer"], help = "cli-arg-withdraw")]
    pub(crate) withdraw: bool,
}

/// `vote tie`.
#[derive(Debug, Args)]
pub(crate) struct VoteTieArgs {
    /// One of the tied applications.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// Votes in favour.
    #[arg(long, value_name = "N", required_unless_present = "withdraw", help = "cli-arg-votes")]
    pub(crate) votes: Option<u32>,
    /// Who counted.
    #[command(flatten)]
    pub(crate) counters: Counters,
    /// Takes the vote back.
    #[arg(long, conflicts_with_all = ["votes", "teller", "scrutineer"], help = "cli-arg-withdraw")]
    pub(crate) withdraw: bool,
}

/// Who counted votes, and who watched the count.
#[derive(Debug, Args)]
pub(crate) struct Counters {
    /// 计票人.
    #[arg(long, value_name = "CODE", required_unless_present = "withdraw", help = "cli-arg-teller")]
    pub(crate) teller: Option<String>,
    /// 监票人.
    #[arg(long, value_name = "CODE", required_unless_present = "withdraw", help = "cli-arg-scrutineer")]
    pub(crate) scrutineer: Option<String>,
}

/// `opinion`.
#[derive(Debug, Args)]
pub(crate) struct OpinionArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// 总体评价.
    #[arg(long, value_name = "TEXT", help = "cli-arg-overall")]
    pub(crate) overall: Option<String>,
    /// 优势.
    #[arg(long, value_name = "TEXT", help = "cli-arg-strengths")]
    pub(crate) strengths: Option<String>,
    /// 问题.
    #[arg(long, value_name = "TEXT", help = "cli-arg-problems")]
    pub(crate) problems: Option<String>,
    /// 建议.
    #[arg(long, value_name = "TEXT", help = "cli-arg-advice")]
    pub(crate) advice: Option<String>,
    /// 结论.
    #[arg(long, value_name = "TEXT", help = "cli-arg-conclusion")]
    pub(crate) conclusion: Option<String>,
    /// All five parts from a file.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["overall", "strengths", "problems", "advice", "conclusion", "draft"], help = "cli-arg-opinion-file")]
    pub(crate) file: Option<PathBuf>,
    /// Prints a draft and records nothing.
    #[arg(long, conflicts_with_all = ["overall", "strengths", "problems", "advice", "conclusion"], help = "cli-arg-draft")]
    pub(crate) draft: bool,
}

/// `correct`.
#[derive(Debug, Args)]
pub(crate) struct CorrectArgs {
    /// Application.
    #[arg(value_name = "APP", help = "cli-arg-app")]
    pub(crate) application: String,
    /// Whose sheet.
    #[arg(value_name = "REVIEWER", help = "cli-arg-code")]
    pub(crate) reviewer: String,
    /// Criterion; omitted for the sum.
    #[arg(long, value_name = "CRIT", help = "cli-arg-correct-criterion")]
    pub(crate) criterion: Option<String>,
    /// Ground.
    #[arg(long, value_name = "GROUND", value_parser = correction_ground, help = "cli-arg-correct-ground")]
    pub(crate) ground: CorrectionGround,
    /// What stood there; looked up where a criterion is named.
    #[arg(long, value_name = "POINTS", help = "cli-arg-before")]
    pub(crate) before: Option<String>,
    /// What is right.
    #[arg(long, value_name = "POINTS", help = "cli-arg-after")]
    pub(crate) after: String,
    /// The minute of the panel.
    #[arg(long, value_name = "TEXT", help = "cli-arg-minute")]
    pub(crate) minute: String,
}

fn correction_ground(word: &str) -> Result<CorrectionGround, String> {
    match word {
        "sum" => Ok(CorrectionGround::Sum),
        "range" => Ok(CorrectionGround::Range),
        "objective" => Ok(CorrectionGround::Objective),
        "abnormal" => Ok(CorrectionGround::Abnormal),
        _ => Err("sum, range, objective, abnormal".to_owned()),
    }
}
