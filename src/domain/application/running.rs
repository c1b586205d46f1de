//! How an application is run: operator, money, schedule, compliance, history and figures.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::BaseId,
    number::{Amount, Points},
    time::Day,
};

/// Who runs it, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Lead mode (四(三)).
    pub lead_mode: LeadMode,
    /// Form of cooperation: `ppp`, `share`, `mixed`, `other`.
    #[serde(default)]
    pub cooperation_form: String,
    /// Operator.
    #[serde(default)]
    pub operator: String,
    /// Whether an independent operating body exists or is planned (四(三): 园区应独立设置).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independent_body: Option<bool>,
    /// Rules in writing.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Management team.
    #[serde(default)]
    pub team: String,
    /// Full-time staff, in persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time: Option<Amount>,
    /// Title of state-funded assets.
    #[serde(default)]
    pub asset_title: String,
    /// Supervising department 主管部门.
    #[serde(default)]
    pub supervising_dept: String,
}

/// Lead mode (四(三)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeadMode {
    /// 院校主导.
    School,
    /// 企业主导.
    Enterprise,
    /// 园区主导.
    Park,
}

/// Money from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Funding {
    /// Kind of source (四(二)).
    pub kind: FundingKind,
    /// Amount in 万元.
    pub amount: Amount,
    /// How sure it is.
    pub status: FundingStatus,
    /// From whom, and what for.
    #[serde(default)]
    pub note: String,
}

/// Kind of source (四(二)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FundingKind {
    /// 政府投资.
    Gov,
    /// 自筹.
    #[serde(rename = "self")]
    Own,
    /// 社会资本.
    Social,
    /// 专项债券.
    Bond,
    /// 市场融资.
    Market,
}

/// How sure a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FundingStatus {
    /// 已落实.
    Secured,
    /// 拟申请.
    Planned,
}

/// Totals of money.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Total investment 总投资 in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investment_total: Option<Amount>,
    /// Yearly running cost in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_cost: Option<Amount>,
    /// Yearly income in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_income: Option<Amount>,
    /// Policy support asked for 用地、财税.
    #[serde(default)]
    pub policy_requests: Vec<String>,
}

/// A cost line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// What it buys.
    pub name: String,
    /// Amount in 万元.
    pub amount: Amount,
}

/// Yearly income from one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Income {
    /// From what.
    pub name: String,
    /// Amount in 万元 a year.
    pub amount: Amount,
    /// Paid service, or free and compensated by the public hand.
    #[serde(default)]
    pub paid: bool,
}

/// When it is built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// First day.
    pub start: Day,
    /// Last day.
    pub finish: Day,
    /// Milestones.
    #[serde(default)]
    pub milestones: Vec<Milestone>,
}

/// A milestone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// Day.
    pub date: Day,
    /// What is reached.
    pub text: String,
}

/// Answers to the formal check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compliance {
    /// Answer per gate, by gate id.
    pub gates: BTreeMap<String, GateAnswer>,
    /// Whether the pledge is signed.
    #[serde(default)]
    pub pledge_signed: bool,
    /// Incidents of the last three years.
    #[serde(default)]
    pub incidents: Vec<String>,
    /// Day of the credit check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_check: Option<Day>,
}

/// The office's answer to one gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateAnswer {
    /// Whether it holds.
    pub state: GateState,
    /// Why, or what is missing.
    #[serde(default)]
    pub note: String,
}

/// Whether a gate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateState {
    /// 符合.
    Pass,
    /// 不符合.
    Fail,
    /// 补正.
    Fix,
    /// 不涉及.
    NotConcerned,
}

/// Task book and earlier results.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// SHA-256 of the task book.
    #[serde(default)]
    pub task_book_digest: String,
    /// The base across the years.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseId>,
    /// Reporting year.
    #[serde(default)]
    pub year: u32,
    /// Earlier results.
    #[serde(default)]
    pub prior: Vec<PriorResult>,
}

/// An earlier result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorResult {
    /// Year.
    pub year: u32,
    /// Kind of review.
    pub kind: String,
    /// Consolidated total, in points.
    pub total: Points,
    /// Verdict.
    pub verdict: String,
}

/// Targets and actual figures of the reporting year, for accreditation (T1) and performance evaluation (K, E, S, O).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Performance {
    /// Targets by indicator.
    #[serde(default)]
    pub target: Indicators,
    /// Actual figures by indicator.
    #[serde(default)]
    pub actual: Indicators,
}

/// Indicators of performance; all a year, money in 万元, shares in percent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicators {
    /// Share of the task book completed: area, equipment, investment, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_book_pct: Option<Amount>,
    /// Trainees 实训人次.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trainees: Option<Amount>,
    /// Skill-level assessments 技能等级评价人次.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessments: Option<Amount>,
    /// Contests hosted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contests: Option<Amount>,
    /// Courses, projects and cases developed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resources: Option<Amount>,
    /// Teachers trained 师资培训人次.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teachers_trained: Option<Amount>,
    /// Income received from services and transfer, in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_income: Option<Amount>,
    /// Share of external users, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_pct: Option<Amount>,
    /// Use of open machine-hours, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_hours_pct: Option<Amount>,
    /// Running income ÷ running cost, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_cover_pct: Option<Amount>,
    /// Satisfaction of users, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction_pct: Option<Amount>,
}
