//! The call notice 榜单: what is called for, when, for whom, and how many may win.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{CallId, ItemId, PanelId},
    number::{Amount, Fraction},
    rubric::{Basis, Compare, ReviewKind, VoteBase},
    text::Bilingual,
    time::{Day, Moment},
};

/// `call.toml`, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Call, for example `sx-2026-01`.
    pub id: CallId,
    /// Title.
    pub title: Bilingual,
    /// Kind of review.
    pub kind: ReviewKind,
    /// Tier of the bases called for.
    pub tier: Tier,
    /// Rehearsal or official; the two never mix.
    pub mode: Mode,
    /// File name of the rubric in the package folder, or the id of a shipped rubric.
    pub rubric: String,
    /// The document the call rests on.
    pub basis: Basis,
    /// The office that organises the review 主办.
    pub office: Bilingual,
    /// When scoring is open.
    pub session: Session,
    /// Who is hidden from whom.
    #[serde(default)]
    pub blind: Blind,
    /// The panel.
    pub panel: PanelRule,
    /// Call items 榜题, in the order of the notice.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
    /// Quotas over all items.
    #[serde(default)]
    pub quota: Quota,
}

/// Tier of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// 省级.
    Province,
    /// 市级.
    City,
    /// 县级.
    County,
}

/// Whether the review counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// 演练: to try keys, sticks and versions.
    Rehearsal,
    /// 正式.
    Official,
}

/// When scoring is open. Signer keys are judged against this window, never against "now".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Opening.
    pub opens: Moment,
    /// Closing.
    pub closes: Moment,
}

/// Who is hidden from whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Blind {
    /// Reviewers do not see the applicant's name and contact.
    #[serde(default)]
    pub applicant: bool,
    /// Reviewers do not see each other's names.
    #[serde(default)]
    pub reviewers: bool,
    /// Each reviewer reads the applications in an order of their own, fixed by a recorded seed.
    #[serde(default)]
    pub shuffle_order: bool,
}

/// What makes the panel a lawful one (招标投标法 §37 and the call's own rules).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PanelRule {
    /// Panel, for example `p1`.
    pub id: PanelId,
    /// Title; the call's when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Bilingual>,
    /// Smallest number of members.
    pub min: u32,
    /// Whether the number must be odd.
    #[serde(default)]
    pub odd: bool,
    /// Smallest share of experts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expert_share: Option<Fraction>,
    /// A number of members that this divides is refused (title review: 不等于 3 的倍数).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forbid_multiple_of: Option<u32>,
    /// When the panel may decide.
    pub quorum: Quorum,
    /// How reviewers were drawn from the pool: seed and log, as recorded by the office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draw: Option<Draw>,
    /// How the program worked out who reads what, so that anybody can repeat it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Assigned>,
}

/// How the program worked out `assignments.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// What broke ties.
    pub seed: String,
    /// Readers of each application; everybody who may when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<u32>,
    /// Whether suggested conflicts did not count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ignore_suggested: bool,
}

/// When the panel may decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quorum {
    /// Whose number the share is taken of.
    pub base: VoteBase,
    /// The share that must be present.
    pub at_least: Fraction,
    /// Whether exactly the share is enough.
    #[serde(default = "at_least")]
    pub compare: Compare,
}

const fn at_least() -> Compare {
    Compare::AtLeast
}

/// How reviewers were drawn from the pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Seed of the draw.
    pub seed: String,
    /// Day of the draw.
    pub date: Day,
    /// Who was there.
    pub witness: String,
    /// SHA-256 of the pool's table, where the program drew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
}

/// A call item 榜题: the unit of competition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Item, for example `t1`.
    pub id: ItemId,
    /// Title.
    pub title: Bilingual,
    /// What the item asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Bilingual>,
    /// How many may win.
    #[serde(default = "one")]
    pub winners: u32,
    /// How many are named in all, winners and reserve (招标投标法实施条例 §53: at most three).
    #[serde(default = "three")]
    pub candidates_max: u32,
}

const fn one() -> u32 {
    1
}

const fn three() -> u32 {
    3
}

/// Quotas over all items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// All winners together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<QuotaRule>,
    /// Winners of one city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_city: Option<QuotaRule>,
    /// Winners of one sector family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_sector: Option<QuotaRule>,
    /// Government money of all winners together, in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gov_funding_max: Option<Amount>,
}

/// One quota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuotaRule {
    /// Largest number.
    pub max: u32,
    /// Reported only (soft), or blocks sealing (hard).
    #[serde(default)]
    pub soft: bool,
}

impl Call {
    /// The item `id`.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.iter().find(|item| item.id == *id)
    }
}
