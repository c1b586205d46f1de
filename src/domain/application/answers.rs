//! Answers and figures: the formal check, earlier results, and the indicators that computed criteria read.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::BaseId,
    number::{Amount, Points},
    time::Day,
};

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
