//! The result as it is written down: `data/results.json` of a result bundle, and what every page, report and recomputation prints.
//!
//! Figures are texts: decimals, or fractions such as `"1/2"` where a number has no last place. Reasons and flags are codes with their
//! values, never sentences: a better wording in a later version must not change the bytes of an old result. The order of the keys is the order of
//! the fields here.

mod working;

pub use working::Working;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{
    consolidate::{
        derivation::{ApplicationResult, Figure, Flag, ItemResult, SheetLine},
        input::Source,
    },
    deviation::{DeviationFlag, Distance},
    exact::Exact,
    ids::{ApplicationId, CallId, CriterionId, DimensionId, ItemId, PanelId, PersonCode},
    ranking::{Lot, Ranked, Ranking},
    rubric::Rubric,
    text::{Message, Value},
};

/// `data/results.json`, whole.
#[derive(Debug, Clone, Serialize)]
pub struct ResultFile {
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: PanelId,
    /// Revision of the result, from 1.
    pub revision: u32,
    /// SHA-256 of the rubric file.
    pub rubric_digest: String,
    /// Items, in the order of the notice.
    pub items: Vec<ItemEntry>,
    /// The lot, where one was needed.
    pub lot: Option<LotEntry>,
}

/// An item of a result.
#[derive(Debug, Clone, Serialize)]
pub struct ItemEntry {
    /// Item.
    pub id: ItemId,
    /// `winner` or `no-winner`.
    pub outcome: &'static str,
    /// Applications: ranked ones best first, then the others by id.
    pub applications: Vec<ApplicationEntry>,
}

/// An application of a result.
#[derive(Debug, Clone, Serialize)]
pub struct ApplicationEntry {
    /// Application.
    pub id: ApplicationId,
    /// Valid sheets, by reviewer.
    pub sheets: Vec<SheetEntry>,
    /// Means of criteria, in reading order.
    pub criteria: Vec<MeanEntry<CriterionId>>,
    /// Figures of dimensions, in reading order.
    pub dimensions: Vec<MeanEntry<DimensionId>>,
    /// The consolidated total.
    pub total: Option<String>,
    /// Competition rank, where it is ranked.
    pub rank: Option<usize>,
    /// Whether others have the same rank.
    pub tied: bool,
    /// The tie-break step that set it apart from the row above.
    pub separated_by: Option<String>,
    /// What became of it.
    pub outcome: String,
    /// Why.
    pub reason: ReasonEntry,
    /// What the panel should look at.
    pub flags: Vec<FlagEntry>,
}

/// A sheet of a result.
#[derive(Debug, Clone, Serialize)]
pub struct SheetEntry {
    /// Reviewer.
    pub reviewer: PersonCode,
    /// Digest of the bundle it came in, or of the entry of sheets from paper.
    pub bundle: String,
    /// `paper` where two people typed it from paper; absent for a signed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'static str>,
    /// Its total.
    pub total: String,
    /// Its weight after trimming.
    pub weight: String,
}

/// A consolidated figure of a part.
#[derive(Debug, Clone, Serialize)]
pub struct MeanEntry<T> {
    /// Which part.
    pub id: T,
    /// The figure.
    pub mean: String,
}

/// Why an application has its outcome: a code of the language files, and what stands in the sentence.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonEntry {
    /// Code.
    pub code: &'static str,
    /// Values by name.
    pub values: BTreeMap<&'static str, String>,
}

/// What the panel should look at.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum FlagEntry {
    /// Nothing fell away.
    Untrimmed {
        /// `untrimmed: n < min_valid`.
        mark: String,
    },
    /// A total far from the others.
    DeviationTotal(DistanceEntry),
    /// Points of a criterion far from the others.
    DeviationCriterion {
        /// Criterion.
        criterion: CriterionId,
        /// How far.
        #[serde(flatten)]
        distance: DistanceEntry,
    },
    /// A fact that was scored differently.
    Objective {
        /// Criterion.
        criterion: CriterionId,
        /// Points by reviewer; null for 不适用.
        values: BTreeMap<PersonCode, Option<String>>,
    },
}

/// How far a value is from the others.
#[derive(Debug, Clone, Serialize)]
pub struct DistanceEntry {
    /// Whose.
    pub reviewer: PersonCode,
    /// The value.
    pub value: String,
    /// Mean of the others.
    pub others: String,
    /// Largest distance without a flag.
    pub limit: String,
}

/// A lot of a result.
#[derive(Debug, Clone, Serialize)]
pub struct LotEntry {
    /// Seed.
    pub seed: String,
    /// All applications of the item, first one first.
    pub order: Vec<ApplicationId>,
    /// Item it was drawn for.
    pub item: ItemId,
    /// Lots of further items, where several were needed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<LotEntry>,
}

impl ItemEntry {
    /// The entry of `item`.
    #[must_use]
    pub fn of(rubric: &Rubric, item: &ItemResult) -> Self {
        let ranked = item.ranking.rows.iter().filter_map(|row| Some((item.application(&row.id)?, Some(row))));
        let others = item.applications.iter().filter(|one| item.ranking.row(&one.id).is_none()).map(|one| (one, None));
        let applications = ranked.chain(others).map(|(one, row)| ApplicationEntry::of(rubric, one, row)).collect();
        Self { id: item.id.clone(), outcome: outcome_word(&item.ranking), applications }
    }
}

/// `winner`, or `no-winner` 流榜.
#[must_use]
pub fn outcome_word(ranking: &Ranking) -> &'static str {
    if ranking.is_without_winner() { "no-winner" } else { "winner" }
}

impl ApplicationEntry {
    /// The entry of `application`, which stands in `row` where it is ranked.
    #[must_use]
    pub fn of(rubric: &Rubric, application: &ApplicationResult, row: Option<&Ranked>) -> Self {
        let sheets = application.sheets.iter().filter(|sheet| sheet.counts()).map(SheetEntry::of).collect();
        let criteria = application.criteria.iter().map(|line| mean(&line.id, &line.mean)).collect();
        let dimensions = application.dimensions.iter().map(|line| mean(&line.id, &line.figure)).collect();
        Self {
            id: application.id.clone(),
            sheets,
            criteria,
            dimensions,
            total: application.total.as_ref().map(|total| total.text()),
            rank: row.map(|row| row.rank),
            tied: row.is_some_and(|row| row.tied),
            separated_by: row.and_then(|row| row.apart.step()).map(str::to_owned),
            outcome: application.outcome.word(),
            reason: ReasonEntry::of(&application.outcome.reason(rubric)),
            flags: application.flags.iter().map(FlagEntry::of).collect(),
        }
    }
}

impl SheetEntry {
    fn of(sheet: &SheetLine) -> Self {
        Self {
            reviewer: sheet.reviewer.clone(),
            bundle: sheet.bundle.clone(),
            source: (sheet.source == Source::Paper).then_some("paper"),
            total: figure(&sheet.total),
            weight: sheet.weight.fraction(),
        }
    }
}

fn mean<T: Clone>(id: &T, value: &Figure) -> MeanEntry<T> {
    MeanEntry { id: id.clone(), mean: figure(value) }
}

/// A figure as it is written: with the places of its own rounding.
fn figure(figure: &Figure) -> String {
    match &figure.rounded {
        Some((value, point)) => value.text(point.places),
        None => figure.exact.to_string(),
    }
}

impl ReasonEntry {
    fn of(message: &Message) -> Self {
        let plain = |value: &Value| match value {
            Value::Plain(text) => text.clone(),
            Value::Both(both) => both.zh.clone(),
            Value::Nested(inner) => inner.id.to_owned(),
        };
        Self { code: message.id, values: message.args.iter().map(|(name, value)| (*name, plain(value))).collect() }
    }
}

impl FlagEntry {
    fn of(flag: &Flag) -> Self {
        match flag {
            Flag::Untrimmed { valid, min_valid } => Self::Untrimmed { mark: format!("untrimmed: {valid} < {min_valid}") },
            Flag::Deviation(DeviationFlag::Total(distance)) => Self::DeviationTotal(DistanceEntry::of(distance)),
            Flag::Deviation(DeviationFlag::Criterion(criterion, distance)) => {
                Self::DeviationCriterion { criterion: criterion.clone(), distance: DistanceEntry::of(distance) }
            }
            Flag::Deviation(DeviationFlag::Objective { criterion, values }) => {
                let text = |value: &Option<Exact>| value.map(|value| value.to_string());
                let values = values.iter().map(|(code, value)| (code.clone(), text(value))).collect();
                Self::Objective { criterion: criterion.clone(), values }
            }
        }
    }
}

impl DistanceEntry {
    fn of(distance: &Distance) -> Self {
        Self {
            reviewer: distance.reviewer.clone(),
            value: distance.value.to_string(),
            others: distance.others.to_string(),
            limit: distance.limit.to_string(),
        }
    }
}

impl LotEntry {
    /// The entry of all lots that separated anybody; `None` where none did.
    #[must_use]
    pub fn of<'a>(rankings: impl IntoIterator<Item = &'a Ranking>) -> Option<Self> {
        let mut entries = rankings.into_iter().filter_map(|ranking| ranking.lot.as_ref()).map(Self::one);
        let first = entries.next()?;
        Some(Self { further: entries.collect(), ..first })
    }

    fn one(lot: &Lot) -> Self {
        Self { seed: lot.seed.clone(), order: lot.order.clone(), item: lot.item.clone(), further: Vec::new() }
    }
}

impl ResultFile {
    /// The file of these items.
    #[must_use]
    pub fn of(rubric: &Rubric, call: CallId, panel: PanelId, revision: u32, rubric_digest: String, items: &[ItemResult]) -> Self {
        let lot = LotEntry::of(items.iter().map(|item| &item.ranking));
        Self { call, panel, revision, rubric_digest, items: items.iter().map(|item| ItemEntry::of(rubric, item)).collect(), lot }
    }
}
