//! The derivation: how every figure of a result came about, as data (scoring rule 7). The "why this rank" page, the report, the
//! result file and `verify` all print this one structure; a number that is shown anywhere is in it.

use crate::{
    domain::{
        consolidate::{
            Drops, NoStandard, Scale,
            input::{Source, Standing},
            outcome::{Outcome, Unfinished},
        },
        deviation::DeviationFlag,
        exact::Exact,
        ids::{ApplicationId, CriterionId, DimensionId, ItemId, PersonCode},
        ranking::{OpenTie, Ranking},
        rubric::RoundingPoint,
        text::Message,
    },
    msg,
};

/// The result of one call item.
#[derive(Debug, Clone)]
pub struct ItemResult {
    /// Item.
    pub id: ItemId,
    /// Applications, by id.
    pub applications: Vec<ApplicationResult>,
    /// Ranks, winners and reserve.
    pub ranking: Ranking,
    /// What must be settled before the item can be sealed.
    pub blocks: Vec<Block>,
}

impl ItemResult {
    /// The result of `application`.
    #[must_use]
    pub fn application(&self, application: &ApplicationId) -> Option<&ApplicationResult> {
        self.applications.iter().find(|one| one.id == *application)
    }
}

/// Something that must be settled before an item can be sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Too few valid sheets under `refuse`; the panel records how to go on.
    TooFew {
        /// Application.
        application: ApplicationId,
        /// Valid sheets.
        valid: usize,
        /// How many the rubric asks for.
        needed: usize,
    },
    /// A reviewer's sheets cannot be standardised; the panel makes them void or the reviewer reads more.
    NoStandard {
        /// Application.
        application: ApplicationId,
        /// Reviewer.
        reviewer: PersonCode,
        /// Why.
        why: NoStandard,
    },
    /// A tie that is open where it matters.
    Tie(OpenTie),
}

impl Block {
    /// What waits, in words.
    #[must_use]
    pub fn text(&self) -> Message {
        match self {
            Self::TooFew { application, valid, needed } => msg!("table-too-few", application = application, valid = valid, needed = needed),
            Self::NoStandard { application, reviewer, .. } => msg!("table-no-standard", application = application, reviewer = reviewer),
            Self::Tie(tie) => {
                let tied = tie.applications.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let waits = tie.waits.as_deref().map_or(msg!("tie-used-up"), |step| msg!("tie-waits", step = step));
                msg!("table-tie", applications = tied, rank = tie.rank).with_message("waits", waits)
            }
        }
    }
}

/// The result of one application, with its derivation.
#[derive(Debug, Clone)]
pub struct ApplicationResult {
    /// Application.
    pub id: ApplicationId,
    /// All sheets, by reviewer; those that do not count say why.
    pub sheets: Vec<SheetLine>,
    /// Number of valid sheets.
    pub valid: usize,
    /// Sum of the sheet weights after trimming.
    pub kept: Exact,
    /// What fell away: one entry for the sheets, or one for each dimension or criterion where the rubric trims those.
    pub trims: Vec<TrimLine>,
    /// Criteria, in reading order; advisory ones are not consolidated.
    pub criteria: Vec<CriterionLine>,
    /// Dimensions, in reading order.
    pub dimensions: Vec<DimensionLine>,
    /// The consolidated total; `None` where it cannot be computed.
    pub total: Option<TotalLine>,
    /// Mean of all valid sheets without trimming or weights; a tie-break step.
    pub untrimmed_mean: Option<Exact>,
    /// What became of it.
    pub outcome: Outcome,
    /// What the panel should look at.
    pub flags: Vec<Flag>,
}

/// One sheet in a derivation.
#[derive(Debug, Clone)]
pub struct SheetLine {
    /// Reviewer.
    pub reviewer: PersonCode,
    /// Digest of the bundle.
    pub bundle: String,
    /// How it came.
    pub source: Source,
    /// Whether it counts.
    pub standing: Standing,
    /// Its cells, one per criterion of the rubric; empty for a sheet that does not count.
    pub cells: Vec<CellLine>,
    /// Subtotals `S_d`, one per dimension.
    pub subtotals: Vec<Exact>,
    /// Total `T`, rounded where the rubric says so. Nought for a sheet that does not count.
    pub total: Figure,
    /// The standard score, where the rubric takes standard scores.
    pub standard: Option<StandardLine>,
    /// Weight after trimming; of trims by dimension or criterion, the weight before them.
    pub weight: Exact,
}

impl SheetLine {
    /// The figure that is consolidated: the standard score where there is one, else the total.
    #[must_use]
    pub fn used(&self) -> Exact {
        self.standard.as_ref().map_or_else(|| self.total.value(), |standard| standard.score)
    }

    /// Whether it is in the numerator and the denominator.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.standing == Standing::Valid
    }
}

/// One cell of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellLine {
    /// Points given; `None` for 不适用 whose points are spread, and for a blank advisory cell.
    pub given: Option<Exact>,
    /// Points that count: as given, or stretched where another criterion of the dimension is 不适用; nought for that one itself.
    pub counted: Exact,
}

/// A standard score 标准分 and what it was computed from.
#[derive(Debug, Clone)]
pub struct StandardLine {
    /// Mean and standard deviation of the reviewer.
    pub scale: Scale,
    /// `centre + spread·(T − mean)/sd`, rounded.
    pub score: Exact,
}

/// What fell away.
#[derive(Debug, Clone)]
pub struct TrimLine {
    /// What was put in order.
    pub of: Trimmed,
    /// How many fall away at either end.
    pub drops: Drops,
    /// One share per valid sheet, by reviewer.
    pub shares: Vec<ShareLine>,
    /// Sum of the weights.
    pub kept: Exact,
}

/// What was put in order before something fell away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trimmed {
    /// Sheet totals.
    Sheets,
    /// Subtotals of a dimension.
    Dimension(DimensionId),
    /// Points of a criterion.
    Criterion(CriterionId),
}

/// How much of one value counts.
#[derive(Debug, Clone)]
pub struct ShareLine {
    /// Reviewer.
    pub reviewer: PersonCode,
    /// The value.
    pub value: Exact,
    /// Share that fell away among the lowest: 0, 1, or a fraction where several are equal.
    pub low: Exact,
    /// Share that fell away among the highest.
    pub high: Exact,
    /// What is left, times the reviewer's weight.
    pub weight: Exact,
}

/// A figure before and after its rounding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Before.
    pub exact: Exact,
    /// After, and by which point; `None` where no rounding is declared.
    pub rounded: Option<(Exact, RoundingPoint)>,
}

impl Figure {
    /// What later stages use.
    #[must_use]
    pub fn value(&self) -> Exact {
        self.rounded.as_ref().map_or(self.exact, |(value, _)| *value)
    }
}

/// A criterion in a derivation.
#[derive(Debug, Clone)]
pub struct CriterionLine {
    /// Criterion.
    pub id: CriterionId,
    /// Sum of weighted points.
    pub sum: Exact,
    /// What the sum was divided by; one for `sum`.
    pub divisor: Exact,
    /// The mean.
    pub mean: Figure,
    /// Weight `w_c` of the criterion.
    pub weight: Exact,
    /// The mean times that weight.
    pub weighted: Figure,
}

/// A dimension in a derivation.
#[derive(Debug, Clone)]
pub struct DimensionLine {
    /// Dimension.
    pub id: DimensionId,
    /// Sum of the weighted means of its criteria.
    pub figure: Figure,
    /// Smallest figure with which an application stays eligible, in points.
    pub floor: Option<Exact>,
}

/// The consolidated total in a derivation.
#[derive(Debug, Clone)]
pub struct TotalLine {
    /// What was added up.
    pub from: AddedUp,
    /// The sum.
    pub sum: Exact,
    /// What the sum was divided by; one where dimensions were added.
    pub divisor: Exact,
    /// The total.
    pub figure: Figure,
    /// Decimal places with which it is written.
    pub places: u32,
}

impl TotalLine {
    /// The total as it is published.
    #[must_use]
    pub fn text(&self) -> String {
        self.figure.value().text(self.places)
    }
}

/// What a total was added up from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddedUp {
    /// Sheet totals times their weights.
    Sheets,
    /// Figures of the dimensions, because something is rounded or trimmed below the total.
    Dimensions,
}

/// Something the panel should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flag {
    /// Nothing fell away, because there were too few valid sheets.
    Untrimmed {
        /// Valid sheets.
        valid: usize,
        /// How many the rubric asks for.
        min_valid: usize,
    },
    /// A score is strikingly high or low, or a fact was scored differently.
    Deviation(DeviationFlag),
}

impl Flag {
    /// The deviation, which the panel must decide on; `None` for what is only said.
    #[must_use]
    pub const fn deviation(&self) -> Option<&DeviationFlag> {
        match self {
            Self::Deviation(flag) => Some(flag),
            Self::Untrimmed { .. } => None,
        }
    }
}

impl ApplicationResult {
    /// What keeps the item of this application from being sealed.
    #[must_use]
    pub fn block(&self) -> Option<Block> {
        match &self.outcome {
            Outcome::Incomplete(Unfinished::TooFew { valid, needed, left_out: false }) => {
                Some(Block::TooFew { application: self.id.clone(), valid: *valid, needed: *needed })
            }
            Outcome::Incomplete(Unfinished::NoStandard { reviewer, why }) => {
                Some(Block::NoStandard { application: self.id.clone(), reviewer: reviewer.clone(), why: *why })
            }
            _ => None,
        }
    }

    /// The total as it is published; empty where there is none.
    #[must_use]
    pub fn total_text(&self) -> String {
        self.total.as_ref().map(TotalLine::text).unwrap_or_default()
    }
}
