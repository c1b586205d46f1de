//! What consolidation is given: sheets as they were accepted, and what the panel recorded about them.

use serde::{Deserialize, Serialize};

use crate::domain::{
    exact::Exact,
    ids::{ApplicationId, GateId, ItemId, PersonCode, VetoId},
    ranking::{Lot, TieRecord},
    rubric::Rubric,
    total::SheetTotal,
};

/// One call item 榜题 with everything that bears on its result.
#[derive(Debug, Clone)]
pub struct ItemInput {
    /// Item.
    pub id: ItemId,
    /// How many may win.
    pub winners: u32,
    /// How many are named in all, winners and reserve.
    pub candidates_max: u32,
    /// Applications, in any order.
    pub applications: Vec<ApplicationInput>,
    /// Votes and rulings of the chair on ties.
    pub ties: TieRecord,
    /// The lot, where it can be drawn: all bundles of the item are in.
    pub lot: Option<Lot>,
}

impl ItemInput {
    /// An item with one winner and three candidates in all, and nothing recorded about ties.
    #[must_use]
    pub fn plain(id: ItemId, applications: Vec<ApplicationInput>) -> Self {
        Self { id, winners: 1, candidates_max: 3, applications, ties: TieRecord::default(), lot: None }
    }
}

/// One application.
#[derive(Debug, Clone)]
pub struct ApplicationInput {
    /// Application.
    pub id: ApplicationId,
    /// Gates of the formal check that it failed.
    pub failed_gates: Vec<GateId>,
    /// Vetoes that the panel found.
    pub vetoes: Vec<VetoId>,
    /// Sheets, in any order, one per reviewer.
    pub sheets: Vec<SheetInput>,
    /// How the panel goes on where there are too few valid sheets.
    pub go_on: Option<GoOn>,
}

impl ApplicationInput {
    /// An application that passed the formal check, with these sheets.
    #[must_use]
    pub const fn plain(id: ApplicationId, sheets: Vec<SheetInput>) -> Self {
        Self { id, failed_gates: Vec::new(), vetoes: Vec::new(), sheets, go_on: None }
    }
}

/// What the panel recorded about an application with too few valid sheets under `refuse`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GoOn {
    /// Take the plain mean of the sheets that there are.
    PlainMean,
    /// Leave the application unranked; it blocks the item no longer.
    LeaveOut,
}

/// One sheet.
#[derive(Debug, Clone)]
pub struct SheetInput {
    /// Whose it is.
    pub reviewer: PersonCode,
    /// Digest of the bundle it came in; empty where there is none.
    pub bundle: String,
    /// How it came.
    pub source: Source,
    /// Whether it counts.
    pub standing: Standing,
    /// One cell per criterion of the rubric, in its order.
    pub cells: Vec<CellInput>,
}

/// How a sheet came to the table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Source {
    /// In a bundle that the reviewer signed.
    #[default]
    Signed,
    /// On paper, typed by two people; said wherever the sheet is shown (domain reference 6.2).
    Paper,
}

/// Whether a sheet counts. Only [`Standing::Valid`] is in the numerator and in the denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Submitted and accepted.
    Valid,
    /// The reviewer stays out 回避.
    Recused,
    /// The reviewer declined.
    Declined,
    /// Made void by the panel (政府采购法实施条例 §75).
    Void,
    /// Another member took the reviewer's place (招标投标法实施条例 §48).
    Replaced,
}

impl Standing {
    /// Stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Recused => "recused",
            Self::Declined => "declined",
            Self::Void => "void",
            Self::Replaced => "replaced",
        }
    }
}

/// One cell as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellInput {
    /// Points; nought where 不适用 counts as nought.
    Points(Exact),
    /// 不适用: its points are spread over the other criteria of the dimension.
    Spread,
    /// No answer. Only an advisory criterion may have none.
    Blank,
}

impl SheetInput {
    /// The sheet whose total was computed as `total` under `rubric`.
    #[must_use]
    pub fn of_total(rubric: &Rubric, reviewer: PersonCode, bundle: String, total: &SheetTotal) -> Self {
        let terms = || total.dimensions.iter().flat_map(|dimension| &dimension.terms);
        let cell = |id| match terms().find(|term| term.criterion == id) {
            Some(term) => match term.value {
                Some(value) => CellInput::Points(Exact::of(value)),
                None if !term.counted && !rubric.criterion(&id).is_some_and(|criterion| criterion.advisory) => CellInput::Spread,
                None => CellInput::Blank,
            },
            None => CellInput::Blank,
        };
        let cells = rubric.criteria.iter().map(|criterion| cell(criterion.id.clone())).collect();
        Self { reviewer, bundle, source: Source::Signed, standing: Standing::Valid, cells }
    }
}
