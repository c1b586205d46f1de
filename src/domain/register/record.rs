//! What follows a recommendation, as the provincial office writes it down 台账: publicity 公示, objections 异议, the decision of the joint
//! conference 联席会议, the title 授予, and what was signed and built 落地 (四(二), 五(一), 五(二)).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    call::{Quota, QuotaRule},
    ids::{ApplicationId, CallId},
    text::Bilingual,
    time::Day,
};

/// `record.toml`, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Quotas of the province over all calls together.
    #[serde(default)]
    pub quota: Quota,
    /// Largest number of recommendations of one region of 一群两区三圈.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quota_per_region: Option<QuotaRule>,
    /// Publicity of each call's recommendations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publicity: Vec<Publicity>,
    /// Objections that came in.
    #[serde(default, rename = "objection", skip_serializing_if = "Vec::is_empty")]
    pub objections: Vec<Objection>,
    /// Decisions of the joint conference.
    #[serde(default, rename = "decision", skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<Decision>,
    /// Titles given or withheld.
    #[serde(default, rename = "award", skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<Award>,
    /// Contracts and task books, and what was done.
    #[serde(default, rename = "landing", skip_serializing_if = "Vec::is_empty")]
    pub landings: Vec<Landing>,
}

/// When and where a call's recommendations were made public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publicity {
    /// Call.
    pub call: CallId,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// Where.
    pub place: Bilingual,
    /// To whom objections go; printed on the public list.
    pub contact: String,
}

/// An objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Running number; never used twice.
    pub no: u32,
    /// Call.
    pub call: CallId,
    /// Application it concerns.
    pub application: ApplicationId,
    /// Day it came in.
    pub received: Day,
    /// From whom; never in a public export.
    #[serde(default)]
    pub from: String,
    /// What it rests on.
    pub ground: Ground,
    /// What it says; never in a public export.
    pub text: String,
    /// The answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
}

/// What an objection rests on. Academic judgement is no ground (自然科学基金条例 §19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// 程序.
    Procedure,
    /// 材料不实.
    Facts,
    /// 应回避未回避.
    Conflict,
    /// 对专家学术判断的异议; it is answered and changes nothing.
    Judgement,
}

/// The answer to an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Day.
    pub date: Day,
    /// Whether the objection is right.
    pub upheld: bool,
    /// What was answered.
    pub text: String,
}

/// A decision of the joint conference on an application. A panel's result is a recommendation; this is the decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Call.
    pub call: CallId,
    /// Application.
    pub application: ApplicationId,
    /// Number of the meeting.
    pub meeting: String,
    /// Day.
    pub date: Day,
    /// What was decided.
    pub outcome: Verdict,
    /// Why; needed where it is not approved.
    #[serde(default)]
    pub reason: String,
}

/// What the joint conference decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// 同意.
    Approve,
    /// 退回.
    Return,
    /// 暂缓.
    Defer,
}

/// What became of the title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Call.
    pub call: CallId,
    /// Application.
    pub application: ApplicationId,
    /// Which of the four.
    pub kind: AwardKind,
    /// Day.
    pub date: Day,
    /// Title that is given, for example 省级产教融合实训基地.
    #[serde(default)]
    pub title: String,
    /// Number of the document.
    #[serde(default)]
    pub document: String,
    /// Last day for 整改, or end of 培育.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// The four ways an accreditation or direct award ends (四(二)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AwardKind {
    /// 授予.
    Grant,
    /// 授牌.
    Plaque,
    /// 整改.
    Rectify,
    /// 培育.
    Cultivate,
}

/// What was signed and done after the decision 揭榜落地.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Landing {
    /// Call.
    pub call: CallId,
    /// Application.
    pub application: ApplicationId,
    /// Number of the contract or task book 任务书.
    pub contract: String,
    /// Day on which it was signed.
    pub signed: Day,
    /// Day by which it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// How far it is.
    #[serde(default)]
    pub note: String,
}

impl AwardKind {
    /// Whether the title is given.
    #[must_use]
    pub const fn gives_title(self) -> bool {
        matches!(self, Self::Grant | Self::Plaque)
    }
}
