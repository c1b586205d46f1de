//! Ranking inside one call item (scoring rule 5): competition ranks, the declared chain of tie-breaks, and the places that are at stake.
//!
//! The order of files, ids or names never separates anybody. A step that needs a record which is not there yet ends the chain: the
//! vote is not skipped because the lot would be quicker.

mod chain;
mod cut;
mod lot;
pub mod quota;

pub use lot::{Lot, draw};

use std::collections::BTreeMap;

use crate::domain::{consolidate::input::ItemInput, exact::Exact, ids::ApplicationId, rubric::TieAtCut};

/// What ranking needs of an eligible application.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Application.
    pub id: ApplicationId,
    /// Total, rounded or exact as `rank_on` says.
    pub total: Exact,
    /// The figures that steps of the chain compare, in the order of those steps.
    pub figures: Vec<Exact>,
}

/// The declared chain and what happens to a tie at a cut.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) steps: Vec<Step>,
    pub(crate) tie_at_cut: TieAtCut,
}

/// One step of the chain.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// As the rubric writes it.
    pub(crate) word: String,
    pub(crate) compares: Compares,
}

/// What a step compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compares {
    /// A figure of the standing, by its place there; the larger one is ahead.
    Figure(usize),
    /// Votes of the panel on the tie.
    Vote,
    /// The ruling of the chair, with its reason.
    Chair,
    /// The lot.
    Lot,
}

impl Compares {
    /// The step that `word` names, where it needs a record.
    pub(crate) fn recorded(word: &str) -> Option<Self> {
        match word {
            "vote" => Some(Self::Vote),
            "chair" => Some(Self::Chair),
            "lot" => Some(Self::Lot),
            _ => None,
        }
    }
}

/// What the panel recorded about ties of one item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TieRecord {
    /// Votes in favour, for each application that was voted on.
    pub votes: BTreeMap<ApplicationId, u32>,
    /// Rulings of the chair.
    pub chair: Vec<ChairRuling>,
}

/// A ruling of the chair on a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChairRuling {
    /// The tied applications, first one first.
    pub order: Vec<ApplicationId>,
    /// Why; without a reason it rules nothing.
    pub reason: String,
}

/// The ranks of one item and what follows from them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranking {
    /// Eligible applications, best first; those of one rank by id.
    pub rows: Vec<Ranked>,
    /// The lot, where it separated anybody.
    pub lot: Option<Lot>,
}

/// One row of a ranking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Application.
    pub id: ApplicationId,
    /// Competition rank: 1, 2, 2, 4.
    pub rank: usize,
    /// Whether others have the same rank 并列.
    pub tied: bool,
    /// What set it apart from the row above.
    pub apart: Apart,
    /// What the rank brings.
    pub place: Place,
    /// The step of the chain that waits for a record, where it is tied.
    pub waits: Option<String>,
}

/// What set a row apart from the row above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Apart {
    /// It is the first row.
    First,
    /// The totals differ.
    Total,
    /// A step of the chain.
    Step(String),
    /// Nothing: same rank.
    Not,
}

impl Apart {
    /// The tie-break step; `None` where no step was needed or none separated.
    #[must_use]
    pub fn step(&self) -> Option<&str> {
        match self {
            Self::Step(word) => Some(word),
            Self::First | Self::Total | Self::Not => None,
        }
    }
}

/// What a rank brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// It wins.
    Winner,
    /// It is named as reserve.
    Reserve,
    /// A tie is open where a winner or a reserve place is at stake.
    Open(Cut),
    /// Neither.
    None,
}

/// Where a tie is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// Between winners and the others.
    Winner,
    /// Inside the reserve list, or at its end.
    Reserve,
}

/// A tie that must be settled before sealing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenTie {
    /// The tied applications, by id.
    pub applications: Vec<ApplicationId>,
    /// Their rank.
    pub rank: usize,
    /// Where it is at stake.
    pub cut: Cut,
    /// The step of the chain that waits for a record; `None` where the chain is used up.
    pub waits: Option<String>,
}

/// Ranks `standings`, which may stand in any order.
pub(crate) fn rank(rule: &Rule, standings: Vec<Standing>, item: &ItemInput) -> Ranking {
    let groups = chain::groups(rule, standings, item);
    let lot = item.lot.as_ref().filter(|_| groups.iter().any(|group| group.apart.step() == Some("lot"))).cloned();
    Ranking { rows: cut::rows(rule.tie_at_cut, groups, item), lot }
}

impl Ranking {
    /// The applications that win, best first.
    pub fn winners(&self) -> impl Iterator<Item = &Ranked> {
        self.rows.iter().filter(|row| row.place == Place::Winner)
    }

    /// The applications named as reserve, best first.
    pub fn reserve(&self) -> impl Iterator<Item = &Ranked> {
        self.rows.iter().filter(|row| row.place == Place::Reserve)
    }

    /// Whether the item ends without a winner 流榜; a legal outcome. An open tie is not one.
    #[must_use]
    pub fn is_without_winner(&self) -> bool {
        !self.rows.iter().any(|row| matches!(row.place, Place::Winner | Place::Open(_)))
    }

    /// The row of `application`, where it is ranked.
    #[must_use]
    pub fn row(&self, application: &ApplicationId) -> Option<&Ranked> {
        self.rows.iter().find(|row| row.id == *application)
    }

    /// Ties that must be settled before sealing.
    pub fn open_ties(&self) -> impl Iterator<Item = OpenTie> {
        self.rows.chunk_by(|one, other| one.rank == other.rank).filter_map(|tied| {
            let first = tied.first()?;
            let Place::Open(cut) = first.place else { return None };
            let applications = tied.iter().map(|row| row.id.clone()).collect();
            Some(OpenTie { applications, rank: first.rank, cut, waits: first.waits.clone() })
        })
    }
}
