//! An application 申报项目 as the applicant filed it (field groups: domain reference 4).
//!
//! Money is in 万元. Codes are those of `reference/codes.toml`. The types are the file: names are the TOML keys.

mod answers;
mod money;
mod parts;

pub use answers::*;
pub use money::*;
pub use parts::*;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    call::Tier,
    ids::{ApplicationId, ItemId},
    number::{Amount, Points},
    text::Bilingual,
    time::Day,
};

/// One file of `applications/`, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Application, for example `sx-0007`.
    pub id: ApplicationId,
    /// Call item it answers.
    pub item: ItemId,
    /// Title.
    pub title: Bilingual,
    /// Tier applied for.
    pub tier: Tier,
    /// Day of receipt.
    pub received: Day,
    /// Who applies.
    pub applicant: Applicant,
    /// Who builds together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consortium: Vec<Member>,
    /// Industry and place in its chain.
    pub direction: Direction,
    /// Evidence of demand.
    #[serde(default)]
    pub demand: Demand,
    /// How it differs from what exists.
    #[serde(default)]
    pub positioning: Positioning,
    /// The five functions, planned or actual.
    #[serde(default, rename = "function", skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<Function>,
    /// Site, buildings, equipment, staff.
    #[serde(default)]
    pub conditions: Conditions,
    /// Who may use it, and how much.
    #[serde(default)]
    pub sharing: Sharing,
    /// Who runs it, and how.
    pub operation: Operation,
    /// Money in, by source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Funding>,
    /// Totals of money.
    #[serde(default)]
    pub money: Money,
    /// Cost lines.
    #[serde(default, rename = "cost", skip_serializing_if = "Vec::is_empty")]
    pub costs: Vec<Cost>,
    /// Forecast or actual yearly income, by source.
    #[serde(default, rename = "income", skip_serializing_if = "Vec::is_empty")]
    pub incomes: Vec<Income>,
    /// When it is built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
    /// Answers to the formal check.
    pub compliance: Compliance,
    /// Task book and earlier results, for accreditation and performance evaluation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// Targets and actual figures of the reporting year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performance: Option<Performance>,
    /// The applicant's own scores 自评.
    #[serde(default, rename = "self_score", skip_serializing_if = "Vec::is_empty")]
    pub self_scores: Vec<SelfScore>,
    /// Files that belong to the application.
    #[serde(default, rename = "attachment", skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<AttachmentEntry>,
    /// The application in words.
    pub narrative: Bilingual,
}

/// Who applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Applicant {
    /// Name of the unit 申报单位.
    pub name: String,
    /// Kind (二(二)).
    pub kind: ApplicantKind,
    /// City code, one of the eleven.
    pub city: String,
    /// County or district.
    #[serde(default)]
    pub county: String,
    /// Unified social credit code 统一社会信用代码.
    pub code: String,
    /// Legal representative.
    #[serde(default)]
    pub legal_rep: String,
    /// Contact; never in a public export.
    #[serde(default)]
    pub contact: String,
    /// Recommending unit 推荐单位.
    #[serde(default)]
    pub recommender: String,
}

/// Kind of applicant (二(二): 五类申报主体).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ApplicantKind {
    /// 市政府.
    CityGov,
    /// 高等学校.
    University,
    /// 职业院校.
    Vocational,
    /// 开发区.
    DevZone,
    /// 行业骨干企业.
    Enterprise,
}

/// A file that belongs to an application, as the applicant named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachmentEntry {
    /// File name in `attachments/<application>/`, lower-case ASCII.
    pub file: String,
    /// Name of the file as the applicant sent it, and what it is.
    pub title: Bilingual,
    /// What it proves: a field or a gate, for example `demand.gap_evidence` or `G2`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proves: Vec<String>,
}

/// The applicant's own score of one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelfScore {
    /// Criterion.
    pub criterion: String,
    /// Points.
    pub value: Points,
    /// Where the evidence stands.
    #[serde(default)]
    pub evidence: String,
}

impl Application {
    /// Sum of the funding lines, in 万元.
    #[must_use]
    pub fn funding_total(&self) -> Decimal {
        self.funding.iter().map(|line| line.amount.get()).sum()
    }

    /// Government money asked for, in 万元.
    #[must_use]
    pub fn government(&self) -> Decimal {
        let lines = self.funding.iter().filter(|line| line.kind == FundingKind::Gov);
        lines.fold(Decimal::ZERO, |sum, line| sum.saturating_add(line.amount.get()))
    }

    /// Whether any of the money is the government's.
    #[must_use]
    pub fn has_gov_funding(&self) -> bool {
        self.funding.iter().any(|line| line.kind == FundingKind::Gov)
    }

    /// The value of a field by its path in the file; see [`Record::field`].
    #[must_use]
    pub fn field(&self, path: &str) -> Option<serde_json::Value> {
        Record::of(self).field(path).cloned()
    }

    /// The exact figure in a field; see [`Record::figure`].
    #[must_use]
    pub fn figure(&self, path: &str) -> Option<Decimal> {
        Record::of(self).figure(path)
    }
}

/// An application as its file has it, for whoever looks up several fields.
#[derive(Debug, Clone)]
pub struct Record(serde_json::Value);

impl Record {
    /// The record of `application`.
    #[must_use]
    pub fn of(application: &Application) -> Self {
        Self(serde_json::to_value(application).unwrap_or_default())
    }

    /// The value of a field by its path in the file, for example `sharing.targets.visits`; an array is reached by its
    /// name alone (`function`) and gives the whole array. `None` when the field is absent.
    #[must_use]
    pub fn field(&self, path: &str) -> Option<&serde_json::Value> {
        path.split('.').try_fold(&self.0, |here, key| here.get(key))
    }

    /// The exact figure in a field: a quantity, or the number of entries of a list.
    #[must_use]
    pub fn figure(&self, path: &str) -> Option<Decimal> {
        match self.field(path)? {
            serde_json::Value::String(text) => text.parse::<Amount>().ok().map(Amount::get),
            serde_json::Value::Number(number) => number.as_u64().map(Decimal::from),
            serde_json::Value::Array(entries) => u64::try_from(entries.len()).ok().map(Decimal::from),
            _ => None,
        }
    }
}
