//! The rubric 评分细则: what is scored, on which scale, and by which declared arithmetic.
//!
//! These types *are* the file: their names are the TOML keys, and the JSON Schema beside `rubrics/` is made from them.

pub mod check;
mod kind;
mod scoring;

pub use kind::ReviewKind;
pub use scoring::*;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{CriterionId, DimensionId, GateId, RubricId, VetoId},
    number::{Percent, Points},
    text::{Bilingual, Language},
};

/// A rubric file, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Stable ASCII name of the rubric.
    pub id: RubricId,
    /// Version of the content, for example `2026.1`.
    pub version: String,
    /// The language that is binding where the two differ.
    #[serde(default)]
    pub record: Language,
    /// Title.
    pub title: Bilingual,
    /// The document the rubric rests on.
    pub basis: Basis,
    /// Which kind of review the rubric is for.
    pub kind: ReviewKind,
    /// Reachable maximum of a sheet, in points.
    pub total: Points,
    /// Step of a score where the criterion names none, in points.
    pub step: Points,
    /// The arithmetic.
    pub scoring: Scoring,
    /// Pass mark; omitted when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pass: Option<PassMark>,
    /// When the vote of the panel is needed beside the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteRule>,
    /// When a score is flagged as strikingly high or low 畸高畸低; flags, never drops.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<Deviation>,
    /// Formal check 形式审查.
    #[serde(default, rename = "gate", skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<Gate>,
    /// Dimensions 一级指标, in reading order.
    #[serde(rename = "dimension")]
    pub dimensions: Vec<Dimension>,
    /// Criteria 指标, in reading order.
    #[serde(rename = "criterion")]
    pub criteria: Vec<Criterion>,
    /// Grounds that end a review whatever the score 一票否决.
    #[serde(default, rename = "veto", skip_serializing_if = "Vec::is_empty")]
    pub vetoes: Vec<Veto>,
    /// Verdicts by total, best first.
    #[serde(default, rename = "band", skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
}

/// The document and the clauses that a text rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Document number 文号.
    pub document: String,
    /// Clauses of that document.
    #[serde(default, alias = "clause")]
    pub clauses: Vec<String>,
}

/// One point of the formal check 形式审查.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Gate, for example `G5`.
    pub id: GateId,
    /// What must hold.
    pub text: Bilingual,
    /// Applies only where these fields of the application have these values, for example `{ lead_mode = "park" }`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub when: BTreeMap<String, String>,
    /// What follows when it does not hold.
    pub outcome: GateOutcome,
    /// Clauses.
    pub clause: Vec<String>,
}

/// What follows when a gate does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateOutcome {
    /// The application is not scored.
    Fail,
    /// The applicant may complete the material 补正.
    Fix,
}

/// A dimension 一级指标.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Dimension, for example `A`.
    pub id: DimensionId,
    /// Title.
    pub title: Bilingual,
    /// Maximum `M_d`, in points.
    pub max: Points,
    /// Smallest share of the maximum with which an application stays eligible, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor_pct: Option<Points>,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// A criterion 指标.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Criterion, for example `A2`.
    pub id: CriterionId,
    /// Dimension it belongs to.
    pub dimension: DimensionId,
    /// Title.
    pub title: Bilingual,
    /// Observation point 观测点: what to look for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observe: Option<Bilingual>,
    /// Smallest score, in points.
    #[serde(default)]
    pub min: Points,
    /// Largest score, in points.
    pub max: Points,
    /// Step, in points; the rubric's when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Points>,
    /// Weight `w_c` in the subtotal of its dimension.
    #[serde(default = "one")]
    pub weight: Points,
    /// Who finds the value.
    pub kind: CriterionKind,
    /// Starred core item 核心指标; marked on every screen, no arithmetic of its own.
    #[serde(default)]
    pub core: bool,
    /// Stored and shown, never counted.
    #[serde(default)]
    pub advisory: bool,
    /// What 不适用 does.
    #[serde(default)]
    pub na: NotApplicablePolicy,
    /// When a comment is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<CommentRule>,
    /// How the value is computed; only with `kind = "formula"`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// Levels, best first, each from a share of the maximum upward.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<Anchor>,
    /// Fields of the application shown beside the criterion.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_at: Vec<String>,
    /// Clauses of the policy.
    pub clause: Vec<String>,
}

fn one() -> Points {
    Points::exact(Decimal::ONE).unwrap_or_default()
}

/// Who finds the value of a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionKind {
    /// Judgement of the reviewer.
    Subjective,
    /// A fact: must be equal on every sheet (Order 87 §64).
    Objective,
    /// Computed from the application's record.
    Formula,
}

/// What 不适用 does to the sheet total (scoring rule 1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotApplicablePolicy {
    /// Not allowed.
    #[default]
    Forbid,
    /// Counts as nought.
    Zero,
    /// Its points are spread over the other criteria of the dimension.
    Redistribute,
}

/// When a comment is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommentRule {
    /// Asked for below this share of the maximum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Percent>,
    /// Asked for from this share of the maximum upward.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Percent>,
    /// Always asked for.
    #[serde(default)]
    pub required: bool,
}

/// How a formula criterion is computed. Exactly one of three shapes: `target` (completion rate), `bands`, or `each`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// Field of the application that holds the actual figure.
    pub actual: String,
    /// Field that holds the target; the rate is actual ÷ target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Largest rate that counts; 100 % when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Percent>,
    /// A rate below this gives nought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zero_below: Option<Percent>,
    /// Points per unit of the actual figure, up to the maximum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<Points>,
    /// Points by level of the actual figure (or of the rate in percent, where there is a target), best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<FormulaBand>,
    /// Decimal places of the result, rounded half up.
    #[serde(default = "two")]
    pub places: u32,
}

const fn two() -> u32 {
    2
}

/// One level of a banded formula.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormulaBand {
    /// From this figure upward.
    pub from: Points,
    /// Points given.
    pub points: Points,
}

/// A level of a criterion and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// From this share of the maximum upward, to the next higher anchor.
    pub from: Percent,
    /// What a score at this level says.
    pub text: Bilingual,
}

/// A ground that ends a review whatever the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// Veto, for example `V1`.
    pub id: VetoId,
    /// The ground.
    pub text: Bilingual,
    /// Clauses.
    #[serde(default)]
    pub clause: Vec<String>,
}

/// A verdict by total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Stable name, for example `pass`.
    pub id: String,
    /// The verdict in words.
    pub title: Bilingual,
    /// From this total upward, in points.
    pub from: Points,
}

impl Rubric {
    /// Whether applications get a verdict by their total instead of places to be won: 认定, 授牌 and 绩效评价 judge each by itself (四(二),
    /// 五(二)), where the rubric says by what totals.
    #[must_use]
    pub fn has_verdicts(&self) -> bool {
        let competes = matches!(self.kind, ReviewKind::Selection | ReviewKind::CityCounty);
        !competes && !self.bands.is_empty()
    }

    /// The criterion `id`.
    #[must_use]
    pub fn criterion(&self, id: &CriterionId) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == *id)
    }

    /// The dimension `id`.
    #[must_use]
    pub fn dimension(&self, id: &DimensionId) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.id == *id)
    }

    /// The criteria of one dimension, in reading order.
    pub fn criteria_of(&self, dimension: &DimensionId) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.dimension == *dimension)
    }

    /// The criteria that a reviewer fills in: all but the computed ones.
    pub fn asked(&self) -> impl Iterator<Item = &Criterion> {
        self.criteria.iter().filter(|criterion| criterion.kind != CriterionKind::Formula)
    }

    /// The step of `criterion`: its own, or the rubric's.
    #[must_use]
    pub fn step_of(&self, criterion: &Criterion) -> Points {
        criterion.step.unwrap_or(self.step)
    }
}

impl Criterion {
    /// The anchor that a score of `value` points falls under.
    #[must_use]
    pub fn anchor_at(&self, value: Points) -> Option<&Anchor> {
        self.anchors.iter().filter(|anchor| value.get() >= self.max.share(anchor.from)).max_by_key(|anchor| anchor.from)
    }

    /// Whether a score of `value` points asks for a comment.
    #[must_use]
    pub fn asks_comment(&self, value: Points) -> bool {
        self.comment.as_ref().is_some_and(|rule| {
            rule.required
                || rule.below.is_some_and(|share| value.get() < self.max.share(share))
                || rule.above.is_some_and(|share| value.get() >= self.max.share(share))
        })
    }
}
