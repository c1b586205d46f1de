//! Score sheets that were kept on paper, typed in by two people (domain reference 1.7 and 6.2: double entry, and visible as paper
//! ever after). Neither of the two can alter what the other typed: either both typed the same, or there is no sheet.

mod admit;

pub use admit::{PaperProblem, PaperRefusal, PaperWhy};

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::{
    desk::Desk,
    ids::{ApplicationId, CriterionId, PersonCode},
    number::Amount,
    sheet::{Cell, Declaration, Sheet, Status},
    table::Table,
};

/// A sheet as it was typed from paper. Blank cells have no entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperSheet {
    /// Application.
    pub application: ApplicationId,
    /// What the reviewer declared on it.
    pub declaration: Declaration,
    /// Cells.
    pub cells: BTreeMap<CriterionId, Cell>,
    /// Comments on criteria.
    pub comments: BTreeMap<CriterionId, String>,
    /// Comment on the whole.
    pub overall: String,
}

/// What one person typed. It counts for nothing until another person typed the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperEntry {
    /// Whose sheets.
    pub reviewer: PersonCode,
    /// Who typed them.
    pub by: PersonCode,
    /// Sum of all points on the sheets, as the person added it up on the paper.
    pub control_total: Amount,
    /// SHA-256 of an image of the paper, where there is one.
    pub image: Option<String>,
    /// SHA-256 of everything else here, written as `docs/formats.md` says.
    pub digest: String,
    /// The sheets, by application.
    pub sheets: Vec<PaperSheet>,
}

/// Who typed an entry, and which.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// Who.
    pub by: PersonCode,
    /// SHA-256 of the entry.
    pub digest: String,
}

/// Sheets from paper that two people typed alike. They count as what the reviewer handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Whose sheets.
    pub reviewer: PersonCode,
    /// Revision, from 1.
    pub revision: u32,
    /// Digest of the revision before.
    pub supersedes: Option<String>,
    /// SHA-256 of the canonical entry, which stands where a bundle's digest stands elsewhere.
    pub digest: String,
    /// The first entry.
    pub first: Typed,
    /// The second entry, by another person.
    pub second: Typed,
    /// Sum of all points, which both had added up.
    pub control_total: Amount,
    /// SHA-256 of an image of the paper, where there is one.
    pub image: Option<String>,
    /// The sheets, by application.
    pub sheets: Vec<PaperSheet>,
}

/// Where two people typed differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Application.
    pub application: ApplicationId,
    /// Criterion; `None` for what is said of the whole.
    pub criterion: Option<CriterionId>,
    /// What this entry has.
    pub here: String,
    /// What the other entry has.
    pub there: String,
}

impl PaperSheet {
    /// The sheet as one that was handed in.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        let status = if matches!(self.declaration, Declaration::NoConflict) { Status::Submitted } else { Status::Draft };
        Sheet {
            declaration: Some(self.declaration.clone()),
            cells: self.cells.clone(),
            comments: self.comments.clone(),
            overall: self.overall.clone(),
            status,
        }
    }
}

impl Paper {
    /// The sheets as those of a reviewer's desk.
    #[must_use]
    pub fn desk(&self) -> Desk {
        let mut desk = Desk::default();
        desk.sheets = self.sheets.iter().map(|sheet| (sheet.application.clone(), sheet.sheet())).collect();
        desk
    }
}

/// The sum of all points on `sheets`, advisory ones too: what somebody adds up who goes through the paper with a calculator.
#[must_use]
pub fn sum(sheets: &[PaperSheet]) -> Decimal {
    sheets.iter().flat_map(|sheet| sheet.cells.values()).filter_map(Cell::value).map(|points| points.get()).sum()
}

/// Where `here` and `there` differ, by application and in the order of criteria ids.
#[must_use]
pub fn differences(here: &[PaperSheet], there: &[PaperSheet]) -> Vec<Difference> {
    let by_id = |sheets: &[PaperSheet]| -> BTreeMap<ApplicationId, Sheet> {
        sheets.iter().map(|sheet| (sheet.application.clone(), sheet.sheet())).collect()
    };
    let (ours, theirs) = (by_id(here), by_id(there));
    let mut found = Vec::new();
    let ids: BTreeSet<&ApplicationId> = ours.keys().chain(theirs.keys()).collect();
    for id in ids {
        let [one, other] = [&ours, &theirs].map(|sheets| sheets.get(id).cloned().unwrap_or_default());
        let mut differ = |criterion: Option<&CriterionId>, here: String, there: String| {
            if here != there {
                found.push(Difference { application: id.clone(), criterion: criterion.cloned(), here, there });
            }
        };
        differ(None, answer(&one), answer(&other));
        let places = |sheet: &Sheet| sheet.cells.keys().chain(sheet.comments.keys()).cloned().collect::<Vec<_>>();
        let mut criteria = [places(&one), places(&other)].concat();
        criteria.sort();
        criteria.dedup();
        for criterion in &criteria {
            differ(Some(criterion), written(&one.cell(criterion)), written(&other.cell(criterion)));
            differ(Some(criterion), one.comment(criterion).to_owned(), other.comment(criterion).to_owned());
        }
        differ(None, one.overall, other.overall);
    }
    found
}

fn answer(sheet: &Sheet) -> String {
    match &sheet.declaration {
        None => String::new(),
        Some(Declaration::NoConflict) => "scored".to_owned(),
        Some(Declaration::Conflict { text, .. }) => format!("recused {text}"),
        Some(Declaration::Declined { reason }) => format!("declined {reason}"),
    }
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Scored { value } => value.to_string(),
        Cell::NotApplicable { reason } => format!("na {reason}"),
    }
}

impl Table {
    /// The paper sheets of `reviewer` that count: the last revision.
    #[must_use]
    pub fn current_paper(&self, reviewer: &PersonCode) -> Option<&Paper> {
        self.papers.iter().filter(|paper| paper.reviewer == *reviewer).max_by_key(|paper| paper.revision)
    }

    /// What somebody other than `by` typed of the sheets of `reviewer`, and waits for a second person.
    pub fn typed_by_others<'a>(&'a self, reviewer: &'a PersonCode, by: &'a PersonCode) -> impl Iterator<Item = &'a PaperEntry> {
        self.typed.values().filter(move |entry| entry.reviewer == *reviewer && entry.by != *by)
    }
}
