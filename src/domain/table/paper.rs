//! Score sheets that were kept on paper, typed in by two people (domain reference 1.7 and 6.2: double entry, and visible as paper
//! ever after). Neither of the two can alter what the other typed: either both typed the same, or there is no sheet.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        completeness::{Gap, gaps},
        correction::{ProgressRefusal, Stage},
        desk::{Desk, Refusal, admit_cell},
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Amount,
        package::Package,
        panel::Role,
        sheet::{Cell, Declaration, Sheet, Status},
        table::{ActRefusal, Table},
        text::{Explain, Message},
    },
    msg,
};

/// Longest text on a sheet, in characters; the same as for a comment on the screen.
const LONGEST_TEXT: usize = crate::domain::desk::LONGEST_COMMENT;

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
    /// SHA-256 of the entry, see [`PaperEntry`] in `docs/formats.md`.
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

/// Something on typed sheets that a rule refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperProblem {
    /// Application.
    pub application: ApplicationId,
    /// Criterion, where it is one's.
    pub criterion: Option<CriterionId>,
    /// Why.
    pub why: PaperWhy,
}

/// Why something on typed sheets is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperWhy {
    /// The reviewer owes no sheet on this application.
    NotDue(PersonCode),
    /// The sheet is not among those that were typed.
    Missing,
    /// The application stands twice.
    Twice,
    /// Scores stand on a sheet of which the reviewer stays out.
    Out,
    /// A rule of the sheet.
    Sheet(Refusal),
    /// Something is open on it.
    Open(Gap),
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

/// Why typed sheets are not taken at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperRefusal {
    /// Only office, teller and scrutineer type paper sheets: who scores or presides must not.
    #[error("{0} may not type sheets")]
    Hand(PersonCode),
    /// Nobody of that code owes sheets here.
    #[error("{0} owes no sheets")]
    NoSheets(PersonCode),
    /// The reviewer has a signed bundle at the table.
    #[error("{0} handed in a bundle")]
    Signed(PersonCode),
    /// The points do not add up to what the person added up.
    #[error("{found} instead of {stated}")]
    ControlTotal {
        /// What the person added up.
        stated: Amount,
        /// What the points add up to.
        found: String,
    },
    /// The same sheets are here already.
    #[error("the same sheets are here")]
    Same,
    /// No other person typed the same.
    #[error("nobody else typed the same")]
    Alone,
    /// Something on the sheets is refused.
    #[error("{} problems", .0.len())]
    Problems(Vec<PaperProblem>),
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
    let ids: std::collections::BTreeSet<&ApplicationId> = ours.keys().chain(theirs.keys()).collect();
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

    /// Whether `entry` may be recorded now.
    ///
    /// # Errors
    /// Why not; of the sheets themselves, everything that is wrong.
    pub fn admit_entry(&self, package: &Package, entry: &PaperEntry) -> Result<(), ActRefusal> {
        self.admit_hand(package, &entry.by)?;
        self.admit_sheets(package, &entry.reviewer, &entry.sheets)?;
        let found = sum(&entry.sheets);
        if found != entry.control_total.get() {
            let found = found.normalize().to_string();
            return Err(PaperRefusal::ControlTotal { stated: entry.control_total, found }.into());
        }
        Ok(())
    }

    /// Whether `paper` may be recorded now: another person typed exactly this before.
    ///
    /// # Errors
    /// Why not.
    pub fn admit_paper(&self, package: &Package, paper: &Paper) -> Result<(), ActRefusal> {
        self.admit_hand(package, &paper.second.by)?;
        self.admit_sheets(package, &paper.reviewer, &paper.sheets)?;
        let fits = |entry: &PaperEntry| {
            entry.by == paper.first.by
                && entry.digest == paper.first.digest
                && entry.sheets == paper.sheets
                && entry.control_total == paper.control_total
        };
        let alike = self.typed_by_others(&paper.reviewer, &paper.second.by).any(fits);
        let before = self.current_paper(&paper.reviewer);
        let follows = paper.supersedes.as_deref() == before.map(|before| before.digest.as_str())
            && paper.revision == before.map_or(0, |before| before.revision).saturating_add(1);
        if alike && follows { Ok(()) } else { Err(PaperRefusal::Alone.into()) }
    }

    /// Office clerks enter paper sheets, teller and scrutineer count votes from paper; nobody who scores, presides or supervises does.
    fn admit_hand(&self, package: &Package, by: &PersonCode) -> Result<(), ActRefusal> {
        let may = |role| matches!(role, Role::Office | Role::Teller | Role::Scrutineer);
        if package.roster.person(by).is_some_and(|person| may(person.role)) { Ok(()) } else { Err(PaperRefusal::Hand(by.clone()).into()) }
    }

    fn admit_sheets(&self, package: &Package, reviewer: &PersonCode, sheets: &[PaperSheet]) -> Result<(), ActRefusal> {
        if self.current(reviewer).is_some() {
            return Err(PaperRefusal::Signed(reviewer.clone()).into());
        }
        let due = self.owes(package, reviewer);
        if due.is_empty() {
            return Err(PaperRefusal::NoSheets(reviewer.clone()).into());
        }
        let before = self.current_paper(reviewer);
        let starts_again = before.is_none() && self.removed.values().any(|removal| removal.successor() == Some(reviewer));
        // After consolidation only whoever starts again in somebody's place still gives sheets.
        if self.progress.stage != Stage::Draft && !starts_again {
            return Err(ProgressRefusal::Stage(self.progress.stage).into());
        }
        if before.is_some_and(|before| before.sheets == sheets) {
            return Err(PaperRefusal::Same.into());
        }
        let due: Vec<&ApplicationId> = due.into_iter().map(|application| &application.id).collect();
        let mut problems: Vec<PaperProblem> = Vec::new();
        for (at, sheet) in sheets.iter().enumerate() {
            let mut wrong = |criterion: Option<&CriterionId>, why| {
                problems.push(PaperProblem { application: sheet.application.clone(), criterion: criterion.cloned(), why });
            };
            if !due.contains(&&sheet.application) {
                wrong(None, PaperWhy::NotDue(reviewer.clone()));
                continue;
            }
            if sheets.iter().take(at).any(|other| other.application == sheet.application) {
                wrong(None, PaperWhy::Twice);
            }
            judge(package, sheet, &mut wrong);
        }
        let is_here = |id: &ApplicationId| sheets.iter().any(|sheet| sheet.application == *id);
        let missing = due.into_iter().filter(|id| !is_here(id));
        problems.extend(missing.map(|id| PaperProblem { application: id.clone(), criterion: None, why: PaperWhy::Missing }));
        if problems.is_empty() { Ok(()) } else { Err(PaperRefusal::Problems(problems).into()) }
    }
}

/// The rules that hold for a sheet on the screen hold for one from paper.
fn judge(package: &Package, sheet: &PaperSheet, wrong: &mut dyn FnMut(Option<&CriterionId>, PaperWhy)) {
    for (criterion, cell) in &sheet.cells {
        if let Err(refusal) = admit_cell(package, criterion, cell) {
            wrong(Some(criterion), PaperWhy::Sheet(refusal));
        }
    }
    for (criterion, text) in &sheet.comments {
        if package.rubric.criterion(criterion).is_none() {
            wrong(Some(criterion), PaperWhy::Sheet(Refusal::NoCriterion(criterion.clone())));
        }
        too_long(Some(criterion), text, wrong);
    }
    too_long(None, &sheet.overall, wrong);
    let reason = match &sheet.declaration {
        Declaration::NoConflict => None,
        Declaration::Conflict { text, .. } => Some(text),
        Declaration::Declined { reason } => Some(reason),
    };
    if let Some(reason) = reason {
        too_long(None, reason, wrong);
        if reason.trim().is_empty() {
            wrong(None, PaperWhy::Sheet(Refusal::NoReason));
        }
        if !sheet.cells.is_empty() {
            wrong(None, PaperWhy::Out);
        }
    }
    for gap in gaps(package, &sheet.sheet()) {
        wrong(gap.criterion(), PaperWhy::Open(gap.clone()));
    }
}

fn too_long(criterion: Option<&CriterionId>, text: &str, wrong: &mut dyn FnMut(Option<&CriterionId>, PaperWhy)) {
    let length = text.chars().count();
    if length > LONGEST_TEXT {
        wrong(criterion, PaperWhy::Sheet(Refusal::TooLong { length }));
    }
}

impl Explain for PaperProblem {
    fn what(&self) -> Message {
        match &self.why {
            PaperWhy::NotDue(reviewer) => msg!("err-paper-not-due", reviewer = reviewer, application = self.application),
            PaperWhy::Missing => msg!("err-paper-missing", application = self.application),
            PaperWhy::Twice => msg!("err-paper-twice", application = self.application),
            PaperWhy::Out => msg!("err-has-scores", application = self.application),
            PaperWhy::Sheet(refusal) => refusal.what(),
            PaperWhy::Open(gap) => gap.what(),
        }
    }

    fn advice(&self) -> Message {
        match &self.why {
            PaperWhy::NotDue(_) => msg!("rec-paper-not-due"),
            PaperWhy::Missing | PaperWhy::Twice => msg!("rec-paper-missing"),
            PaperWhy::Out | PaperWhy::Sheet(_) | PaperWhy::Open(_) => msg!("rec-paper-look"),
        }
    }
}

impl Explain for PaperRefusal {
    fn what(&self) -> Message {
        match self {
            Self::Hand(by) => msg!("err-paper-hand", code = by),
            Self::NoSheets(reviewer) => msg!("err-paper-no-sheets", reviewer = reviewer),
            Self::Signed(reviewer) => msg!("err-paper-signed", reviewer = reviewer),
            Self::ControlTotal { stated, found } => msg!("err-paper-total", stated = stated, found = found),
            Self::Same => msg!("err-paper-same"),
            Self::Alone => msg!("err-paper-alone"),
            Self::Problems(problems) => msg!("err-problems", count = problems.len()),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Hand(_) => msg!("rec-paper-hand"),
            Self::NoSheets(_) => msg!("rec-paper-no-sheets"),
            Self::Signed(_) => msg!("rec-paper-signed"),
            Self::ControlTotal { .. } | Self::Problems(_) => msg!("rec-paper-look"),
            Self::Same => msg!("rec-paper-same"),
            Self::Alone => msg!("rec-paper-alone"),
        }
    }
}
