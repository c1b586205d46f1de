//! Whether typed sheets may be recorded: by whom, whose, and what the rules of a sheet ask for. Everything wrong is told at once.

use crate::{
    domain::{
        completeness::{Gap, gaps},
        correction::{ProgressRefusal, Stage},
        desk::{LONGEST_COMMENT, Refusal, admit_cell},
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Amount,
        package::Package,
        panel::Role,
        sheet::Declaration,
        table::{
            ActRefusal, Table,
            paper::{Paper, PaperEntry, PaperSheet, sum},
        },
        text::{Explain, Message},
    },
    msg,
};

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

impl Table {
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
    // What is no score at all asks for nothing else.
    let is_score =
        |gap: &Gap| gap.criterion().is_none_or(|id| sheet.cells.get(id).is_none_or(|cell| admit_cell(package, id, cell).is_ok()));
    for gap in gaps(package, &sheet.sheet()).into_iter().filter(is_score) {
        wrong(gap.criterion(), PaperWhy::Open(gap.clone()));
    }
}

fn too_long(criterion: Option<&CriterionId>, text: &str, wrong: &mut dyn FnMut(Option<&CriterionId>, PaperWhy)) {
    let length = text.chars().count();
    if length > LONGEST_COMMENT {
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
