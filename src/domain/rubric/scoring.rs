//! The `[scoring]`, `[pass]`, `[vote]` and `[deviation]` tables of a rubric: its declared arithmetic.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::number::{Fraction, Points, RoundingMode};

/// The declared arithmetic (scoring rules 2 to 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scoring {
    /// How several sheets become one figure.
    pub method: Method,
    /// Which extremes fall away; only with `trimmed-mean`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trim: Option<Trim>,
    /// Where a figure is rounded. Later stages use the rounded figure of an earlier one.
    #[serde(default = "default_rounding")]
    pub round: Vec<RoundingPoint>,
    /// Whether ranks follow the published (rounded) or the exact figure.
    #[serde(default)]
    pub rank_on: RankOn,
    /// Weights of reviewers other than 1, by code; empty in almost every rubric.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub reviewer_weight: BTreeMap<String, Points>,
    /// Standard scores 标准分; off unless declared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standardise: Option<Standardise>,
    /// Ordered steps that separate equal figures: `dimension:ID`, `criterion:ID`, `untrimmed-mean`, `vote`, `chair`, `lot`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tie_break: Vec<String>,
    /// What happens to a tie at the winner, reserve or quota line.
    #[serde(default)]
    pub tie_at_cut: TieAtCut,
}

fn default_rounding() -> Vec<RoundingPoint> {
    vec![RoundingPoint { at: Stage::Total, places: 2, mode: RoundingMode::HalfUp }]
}

/// How several sheets become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Mean after one or more extremes fell away.
    TrimmedMean,
    /// Plain mean.
    Mean,
    /// Median.
    Median,
    /// Sum.
    Sum,
}

/// Which extremes fall away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trim {
    /// Number of lowest that fall away.
    pub low: u32,
    /// Number of highest that fall away.
    pub high: u32,
    /// What is ordered and trimmed.
    #[serde(default)]
    pub scope: TrimScope,
    /// Smallest number of valid sheets with which anything falls away.
    pub min_valid: u32,
    /// What happens below `min_valid`.
    #[serde(default)]
    pub on_shortfall: Shortfall,
}

/// What is ordered and trimmed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrimScope {
    /// The sheet totals.
    #[default]
    Total,
    /// The subtotals of each dimension.
    Dimension,
    /// The scores of each criterion.
    Criterion,
}

/// What happens when there are fewer valid sheets than `min_valid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shortfall {
    /// The plain mean is taken and the result is marked.
    #[default]
    NoTrim,
    /// The item is blocked until the panel records how to go on.
    Refuse,
}

/// One place where a figure is rounded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundingPoint {
    /// Which figure.
    pub at: Stage,
    /// Decimal places, 0 to 6.
    pub places: u32,
    /// What happens to a half.
    #[serde(default)]
    pub mode: RoundingMode,
}

/// A figure on the way from scores to the total, in the order of computation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Each sheet's total.
    Sheet,
    /// The consolidated mean of a criterion.
    Criterion,
    /// That mean times its weight.
    Weighted,
    /// The consolidated figure of a dimension.
    Dimension,
    /// The consolidated total.
    Total,
}

/// Whether ranks follow the published or the exact figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RankOn {
    /// What is published decides.
    #[default]
    Rounded,
    /// The exact figure decides.
    Exact,
}

/// What happens to a tie at a cut.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TieAtCut {
    /// Sealing waits until the tie is resolved.
    #[default]
    Block,
    /// All of the tied are taken.
    AdmitAll,
    /// Only the declared chain decides; what it leaves tied stays out.
    ChainOnly,
}

/// Standard scores: each sheet total becomes `centre + spread·(T − mean)/sd` over the reviewer's valid sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Standardise {
    /// Whose sheets form one population; only `reviewer` is defined.
    pub by: StandardiseBy,
    /// New mean, in points.
    pub centre: Points,
    /// New standard deviation, in points.
    pub spread: Points,
    /// Which standard deviation.
    pub sd: Deviate,
    /// Decimal places of the standard score.
    pub places: u32,
    /// Decimal places of the mean on the way; exact when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round_mean: Option<u32>,
    /// Decimal places of the standard deviation on the way; exact when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round_sd: Option<u32>,
}

/// Whose sheets form one population.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StandardiseBy {
    /// The sheets of one reviewer.
    Reviewer,
}

/// Which standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Deviate {
    /// Divided by n − 1.
    Sample,
    /// Divided by n.
    Population,
}

/// Pass mark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassMark {
    /// Smallest consolidated total that passes, in points.
    pub total: Points,
}

/// The vote that the verdict needs beside the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VoteRule {
    /// Whose number the share is taken of.
    pub base: VoteBase,
    /// The share.
    pub share: Fraction,
    /// Whether exactly the share is enough (`>=`) or more is needed (`>`).
    pub compare: Compare,
    /// Whether an abstention counts in the base.
    #[serde(default)]
    pub abstain_counts: bool,
}

/// Whose number a share is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoteBase {
    /// All members of the panel, without those recused.
    All,
    /// Those present, without those recused.
    Present,
}

/// Whether exactly a share is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Compare {
    /// Exactly the share is enough.
    #[serde(rename = ">=")]
    AtLeast,
    /// More than the share is needed.
    #[serde(rename = ">")]
    MoreThan,
}

/// When a score is flagged for the panel (scoring rule 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// Distance of a sheet total from the mean of the other sheets, in percent of the maximum.
    pub total_pct: Points,
    /// The same for one criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion_pct: Option<Points>,
}
