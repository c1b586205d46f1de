//! Changes after consolidation, and how far a result has come (scoring rule 6; Order 87 §64).
//!
//! After the scores are together a score may change on four grounds only, each as a record that is listed in the report. After the
//! report is signed nothing is corrected any more: the original panel reviews again, and a new revision names the old one.

mod progress;

pub use progress::{Progress, ProgressRefusal, ResultAct, Stage};

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        consolidate::{
            derivation::{ApplicationResult, Flag, SheetLine},
            input::{ApplicationInput, CellInput, Standing},
        },
        deviation::FlagKey,
        exact::Exact,
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Points,
        rubric::{Criterion, CriterionKind, Rubric},
        text::{Explain, Message},
    },
    msg,
};

/// Why a score may change after consolidation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionGround {
    /// A total was added up wrongly; only with sheets that were kept on paper.
    Sum,
    /// A score is outside the range or off the step of its criterion; only with sheets that were kept on paper.
    Range,
    /// A fact was scored differently by different members.
    Objective,
    /// The panel itself finds the score strikingly high or low.
    Abnormal,
}

/// A correction as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Ground.
    pub ground: CorrectionGround,
    /// Application.
    pub application: ApplicationId,
    /// Whose sheet.
    pub reviewer: PersonCode,
    /// Which criterion; `None` for the total, and only on the ground [`CorrectionGround::Sum`].
    pub criterion: Option<CriterionId>,
    /// What stood there.
    pub before: Points,
    /// What stands there now.
    pub after: Points,
    /// Who corrected it.
    pub by: PersonCode,
    /// The minute of the panel that records it.
    pub minute: String,
}

/// Why a correction is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefusal {
    /// There is no valid sheet of that reviewer.
    #[error("no valid sheet of {0}")]
    NoSheet(PersonCode),
    /// The target does not fit the ground, or nobody scores it.
    #[error("the ground and the target do not fit")]
    Target,
    /// Something else stands there.
    #[error("{found} stands there")]
    Before {
        /// What stands there.
        found: String,
    },
    /// Nothing would change.
    #[error("nothing changes")]
    Same,
    /// The new score is none of the criterion's.
    #[error("{0} is no score of the criterion")]
    Range(Points),
    /// The ground does not hold.
    #[error("the ground does not hold")]
    Ground(CorrectionGround),
    /// The minute is missing.
    #[error("no minute")]
    Minute,
}

impl Correction {
    /// Whether the correction may be recorded over `result`.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, rubric: &Rubric, result: &ApplicationResult) -> Result<(), CorrectionRefusal> {
        let counts = |sheet: &&SheetLine| sheet.reviewer == self.reviewer && sheet.counts();
        let sheet = result.sheets.iter().find(counts).ok_or_else(|| CorrectionRefusal::NoSheet(self.reviewer.clone()))?;
        if self.minute.trim().is_empty() {
            return Err(CorrectionRefusal::Minute);
        }
        if self.before == self.after {
            return Err(CorrectionRefusal::Same);
        }
        match (&self.criterion, self.ground) {
            (None, CorrectionGround::Sum) => self.check_sum(sheet),
            (Some(criterion), ground) if ground != CorrectionGround::Sum => self.check_score(rubric, result, sheet, criterion),
            _ => Err(CorrectionRefusal::Target),
        }
    }

    /// A sum is only ever corrected to what the cells come to.
    fn check_sum(&self, sheet: &SheetLine) -> Result<(), CorrectionRefusal> {
        if Exact::from(self.after) == sheet.total.exact { Ok(()) } else { Err(CorrectionRefusal::Ground(CorrectionGround::Sum)) }
    }

    fn check_score(
        &self,
        rubric: &Rubric,
        result: &ApplicationResult,
        sheet: &SheetLine,
        id: &CriterionId,
    ) -> Result<(), CorrectionRefusal> {
        let place = rubric.criteria.iter().position(|criterion| criterion.id == *id).ok_or(CorrectionRefusal::Target)?;
        let criterion = rubric.criteria.get(place).filter(|one| one.kind != CriterionKind::Formula).ok_or(CorrectionRefusal::Target)?;
        let given = sheet.cells.get(place).and_then(|cell| cell.given);
        if given != Some(self.before.into()) {
            return Err(CorrectionRefusal::Before { found: given.map(|given| given.to_string()).unwrap_or_default() });
        }
        if !is_score(rubric, criterion, self.after) {
            return Err(CorrectionRefusal::Range(self.after));
        }
        let holds = match self.ground {
            CorrectionGround::Range => !is_score(rubric, criterion, self.before),
            CorrectionGround::Objective => flagged(result, &FlagKey { reviewer: None, criterion: Some(id.clone()) }),
            CorrectionGround::Abnormal => {
                let of = |criterion| FlagKey { reviewer: Some(self.reviewer.clone()), criterion };
                flagged(result, &of(Some(id.clone()))) || flagged(result, &of(None))
            }
            CorrectionGround::Sum => false,
        };
        if holds { Ok(()) } else { Err(CorrectionRefusal::Ground(self.ground)) }
    }

    /// Puts the new score into `input`. A corrected sum changes no cell: the total is always that of the cells.
    pub fn apply(&self, rubric: &Rubric, input: &mut ApplicationInput) {
        let place = rubric.criteria.iter().position(|criterion| Some(&criterion.id) == self.criterion.as_ref());
        let sheets = input.sheets.iter_mut().filter(|sheet| sheet.reviewer == self.reviewer && sheet.standing == Standing::Valid);
        for sheet in sheets {
            if let Some(cell) = place.and_then(|place| sheet.cells.get_mut(place)) {
                *cell = CellInput::Points(self.after.into());
            }
        }
    }
}

fn is_score(rubric: &Rubric, criterion: &Criterion, value: Points) -> bool {
    (criterion.min..=criterion.max).contains(&value) && value.is_on_step(rubric.step_of(criterion))
}

fn flagged(result: &ApplicationResult, key: &FlagKey) -> bool {
    result.flags.iter().any(|flag| matches!(flag, Flag::Deviation(deviation) if deviation.key() == *key))
}

impl Explain for CorrectionRefusal {
    fn what(&self) -> Message {
        match self {
            Self::NoSheet(reviewer) => msg!("err-correction-sheet", reviewer = reviewer),
            Self::Target => msg!("err-correction-target"),
            Self::Before { found } => msg!("err-correction-before", found = found),
            Self::Same => msg!("err-correction-same"),
            Self::Range(value) => msg!("err-correction-range", value = value),
            Self::Ground(CorrectionGround::Sum) => msg!("err-correction-sum"),
            Self::Ground(CorrectionGround::Range) => msg!("err-correction-in-range"),
            Self::Ground(CorrectionGround::Objective) => msg!("err-correction-objective"),
            Self::Ground(CorrectionGround::Abnormal) => msg!("err-correction-abnormal"),
            Self::Minute => msg!("err-correction-minute"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Minute => msg!("rec-correction-minute"),
            Self::Ground(_) => msg!("rec-correction-ground"),
            _ => msg!("rec-correction"),
        }
    }
}
