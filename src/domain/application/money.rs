//! Money and time: where the money comes from, what it buys, what it earns, and when it is built.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{number::Amount, time::Day};

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
