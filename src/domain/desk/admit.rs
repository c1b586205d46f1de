//! Whether a change is allowed. Refused, never clamped: the desk keeps what it had.

use crate::{
    domain::{
        change::Change,
        desk::{CannotAnswer, Desk},
        ids::{ApplicationId, CriterionId},
        number::Points,
        package::Package,
        panel::Recusal,
        request::RequestProblem,
        rubric::{Criterion, CriterionKind, NotApplicablePolicy},
        sheet::{Cell, Declaration, Status},
        text::{Explain, Message},
    },
    msg,
};

/// Longest comment, in characters.
pub const LONGEST_COMMENT: usize = 4000;

/// Why a change is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No such application in the package.
    #[error("no application {0}")]
    NoApplication(ApplicationId),
    /// No such criterion in the rubric.
    #[error("no criterion {0}")]
    NoCriterion(CriterionId),
    /// The application is not among those of this reviewer.
    #[error("{0} is not assigned")]
    NotAssigned(ApplicationId),
    /// The office ordered a recusal for this pair.
    #[error("{} is recused by the office", .0.application)]
    Recused(Box<Recusal>),
    /// The conflict question was not answered yet.
    #[error("{0} has no conflict declaration")]
    Undeclared(ApplicationId),
    /// The reviewer stays out of this application.
    #[error("{0} is out by own declaration")]
    Out(ApplicationId),
    /// The sheet was handed in.
    #[error("{0} is submitted")]
    Submitted(ApplicationId),
    /// The criterion is computed from the record.
    #[error("{0} is computed")]
    Computed(CriterionId),
    /// The value is outside the range.
    #[error("{value} is outside {min} to {max} of {criterion}")]
    OutOfRange {
        /// Criterion.
        criterion: CriterionId,
        /// Value.
        value: Points,
        /// Smallest.
        min: Points,
        /// Largest.
        max: Points,
    },
    /// The value is not a whole number of steps.
    #[error("{value} is off the step {step} of {criterion}")]
    OffStep {
        /// Criterion.
        criterion: CriterionId,
        /// Value.
        value: Points,
        /// Step.
        step: Points,
    },
    /// 不适用 is not allowed here.
    #[error("{0} does not allow N/A")]
    NoNotApplicable(CriterionId),
    /// A reason is needed and was empty.
    #[error("a reason is needed")]
    NoReason,
    /// The comment is too long.
    #[error("{length} characters, at most {LONGEST_COMMENT}")]
    TooLong {
        /// Characters.
        length: usize,
    },
    /// The state is another one than the change starts from.
    #[error("the state has moved on")]
    Stale,
    /// Sheet not ready to be handed in.
    #[error("{application}: {missing} points are open")]
    Incomplete {
        /// Application.
        application: ApplicationId,
        /// Number of findings that block.
        missing: usize,
    },
    /// The chair asked for something else: this stays as it was handed in.
    #[error("{application} is not asked about")]
    NotAsked {
        /// Application.
        application: ApplicationId,
        /// Criterion, where others of the sheet are asked about; `None` for the whole sheet or the comment on it.
        criterion: Option<CriterionId>,
    },
    /// The request was answered: nothing changes any more without another one.
    #[error("{0} was answered")]
    Answered(ApplicationId),
    /// The request is no request on this package.
    #[error(transparent)]
    Request(Box<RequestProblem>),
    /// A request cannot be taken in now.
    #[error(transparent)]
    CannotAnswer(#[from] CannotAnswer),
    /// A recusal was declared while scores stand on the sheet.
    #[error("{0} has scores")]
    HasScores(ApplicationId),
}

impl Desk {
    /// Whether `change` is allowed now, by the rules of `package`.
    ///
    /// # Errors
    /// The first rule that refuses it.
    pub fn admit(&self, package: &Package, change: &Change) -> Result<(), Refusal> {
        match change {
            Change::Open(_) | Change::Revise { .. } | Change::Pledge { .. } | Change::Export { .. } => Ok(()),
            Change::Asked(asked) => self.admit_request(package, asked),
            // Acts of the table need the present figures; [`crate::domain::table::Table::admit`] judges them.
            Change::Table(_) => Err(Refusal::Stale),
            Change::Group { changes } => self.admit_group(package, changes),
            Change::Declare { application, after, .. } => self.admit_declaration(package, application, after.as_ref()),
            Change::Score { application, criterion, after, .. } => {
                self.admit_writing(package, application)?;
                self.admit_asked(application, Some(criterion))?;
                admit_cell(package, criterion, after)
            }
            Change::Comment { application, criterion, after, .. } => self.admit_comment(package, application, criterion.as_ref(), after),
            Change::Submit { application, after, .. } => self.admit_status(package, application, *after),
        }
    }

    /// The parts of a group are judged one after the other, each in the state that the parts before it leave.
    fn admit_group(&self, package: &Package, changes: &[Change]) -> Result<(), Refusal> {
        let mut trial = self.clone();
        let (Some(last), Some(_)) = (self.entries.last(), &self.opening) else { return Err(Refusal::Stale) };
        for change in changes {
            trial.admit(package, change)?;
            let entry = crate::domain::change::Entry { seq: trial.next_seq(), change: change.clone(), link: None, ..last.clone() };
            trial.apply(entry).map_err(|_| Refusal::Stale)?;
        }
        Ok(())
    }

    /// Whether there is such a place for this reviewer: where nothing has to change, this alone is to be asked.
    ///
    /// # Errors
    /// The application is not in the package or not among this reviewer's, or the rubric has no such criterion.
    pub fn admit_place(&self, package: &Package, application: &ApplicationId, criterion: Option<&CriterionId>) -> Result<(), Refusal> {
        package.application(application).ok_or_else(|| Refusal::NoApplication(application.clone()))?;
        let reviewer = &self.opening.as_ref().ok_or(Refusal::Stale)?.reviewer;
        if !package.is_assigned(application, reviewer) {
            return Err(Refusal::NotAssigned(application.clone()));
        }
        match criterion.filter(|id| package.rubric.criterion(id).is_none()) {
            Some(unknown) => Err(Refusal::NoCriterion(unknown.clone())),
            None => Ok(()),
        }
    }

    /// The application is this reviewer's, and nobody ordered a recusal.
    pub(super) fn admit_application(&self, package: &Package, id: &ApplicationId) -> Result<(), Refusal> {
        self.admit_place(package, id, None)?;
        let reviewer = &self.opening.as_ref().ok_or(Refusal::Stale)?.reviewer;
        match package.recusal(id, reviewer) {
            Some(recusal) => Err(Refusal::Recused(Box::new(recusal.clone()))),
            None => Ok(()),
        }
    }

    /// The sheet may be written on: declared, not out, not handed in.
    fn admit_writing(&self, package: &Package, id: &ApplicationId) -> Result<(), Refusal> {
        self.admit_application(package, id)?;
        self.admit_open(id)?;
        let sheet = self.sheets.get(id);
        match sheet.and_then(|sheet| sheet.declaration.as_ref()) {
            None => Err(Refusal::Undeclared(id.clone())),
            Some(Declaration::Conflict { .. } | Declaration::Declined { .. }) => Err(Refusal::Out(id.clone())),
            Some(Declaration::NoConflict) if sheet.is_some_and(|sheet| sheet.status == Status::Submitted) => {
                Err(Refusal::Submitted(id.clone()))
            }
            Some(Declaration::NoConflict) => Ok(()),
        }
    }

    fn admit_declaration(&self, package: &Package, id: &ApplicationId, after: Option<&Declaration>) -> Result<(), Refusal> {
        self.admit_application(package, id)?;
        self.admit_unasked(id)?;
        if let Some(sheet) = self.sheets.get(id) {
            if sheet.status == Status::Submitted {
                return Err(Refusal::Submitted(id.clone()));
            }
            let stays_open = matches!(after, Some(Declaration::NoConflict));
            if !stays_open && !sheet.cells.is_empty() {
                return Err(Refusal::HasScores(id.clone()));
            }
        }
        let reason = match after {
            None | Some(Declaration::NoConflict) => return Ok(()),
            Some(Declaration::Conflict { text, .. }) => text,
            Some(Declaration::Declined { reason }) => reason,
        };
        if reason.trim().is_empty() { Err(Refusal::NoReason) } else { admit_length(reason) }
    }

    fn admit_comment(&self, package: &Package, id: &ApplicationId, criterion: Option<&CriterionId>, after: &str) -> Result<(), Refusal> {
        self.admit_writing(package, id)?;
        if let Some(criterion) = criterion {
            package.rubric.criterion(criterion).ok_or_else(|| Refusal::NoCriterion(criterion.clone()))?;
        }
        self.admit_asked(id, criterion)?;
        admit_length(after)
    }

    fn admit_status(&self, package: &Package, id: &ApplicationId, after: Status) -> Result<(), Refusal> {
        match after {
            Status::Draft => self.admit_application(package, id).and_then(|()| self.admit_open(id)),
            Status::Submitted => {
                self.admit_writing(package, id)?;
                let missing = self.blocking(package, id).len();
                if missing == 0 { Ok(()) } else { Err(Refusal::Incomplete { application: id.clone(), missing }) }
            }
        }
    }
}

fn admit_length(text: &str) -> Result<(), Refusal> {
    let length = text.chars().count();
    if length > LONGEST_COMMENT { Err(Refusal::TooLong { length }) } else { Ok(()) }
}

/// Whether a cell of `id` may hold `after` at all: within range, on the step, N/A only where the rubric allows it.
///
/// # Errors
/// The rule that refuses it.
pub fn admit_cell(package: &Package, id: &CriterionId, after: &Cell) -> Result<(), Refusal> {
    let criterion = package.rubric.criterion(id).ok_or_else(|| Refusal::NoCriterion(id.clone()))?;
    if criterion.kind == CriterionKind::Formula {
        return Err(Refusal::Computed(id.clone()));
    }
    match after {
        Cell::Blank => Ok(()),
        Cell::Scored { value } => admit_value(criterion, package.rubric.step_of(criterion), *value),
        Cell::NotApplicable { .. } if criterion.na == NotApplicablePolicy::Forbid => Err(Refusal::NoNotApplicable(id.clone())),
        Cell::NotApplicable { reason } if reason.trim().is_empty() => Err(Refusal::NoReason),
        Cell::NotApplicable { reason } => admit_length(reason),
    }
}

/// Range first, then step: a reviewer who typed 85 for 8.5 should hear of the range.
fn admit_value(criterion: &Criterion, step: Points, value: Points) -> Result<(), Refusal> {
    if value < criterion.min || value > criterion.max {
        return Err(Refusal::OutOfRange { criterion: criterion.id.clone(), value, min: criterion.min, max: criterion.max });
    }
    if !value.is_on_step(step) {
        return Err(Refusal::OffStep { criterion: criterion.id.clone(), value, step });
    }
    Ok(())
}

impl Explain for Refusal {
    fn what(&self) -> Message {
        match self {
            Self::NoApplication(id) => msg!("err-no-application", application = id),
            Self::NoCriterion(id) => msg!("err-no-criterion", criterion = id),
            Self::NotAssigned(id) => msg!("err-not-assigned", application = id),
            Self::Recused(recusal) => msg!("err-recused", application = &recusal.application, reason = &recusal.text),
            Self::Undeclared(id) => msg!("err-undeclared", application = id),
            Self::Out(id) => msg!("err-out", application = id),
            Self::Submitted(id) => msg!("err-submitted", application = id),
            Self::Computed(id) => msg!("err-computed", criterion = id),
            Self::OutOfRange { criterion, value, min, max } => {
                msg!("err-out-of-range", criterion = criterion, value = value, min = min, max = max)
            }
            Self::OffStep { criterion, value, step } => msg!("err-off-step", criterion = criterion, value = value, step = step),
            Self::NoNotApplicable(id) => msg!("err-no-na", criterion = id),
            Self::NoReason => msg!("err-no-reason"),
            Self::TooLong { length } => msg!("err-too-long", length = length, most = LONGEST_COMMENT),
            Self::Stale => msg!("err-stale"),
            Self::Incomplete { application, missing } => msg!("err-incomplete", application = application, missing = missing),
            Self::HasScores(id) => msg!("err-has-scores", application = id),
            Self::NotAsked { application, criterion: None } => msg!("err-not-asked", application = application),
            Self::NotAsked { application, criterion: Some(criterion) } => {
                msg!("err-not-asked-criterion", application = application, criterion = criterion)
            }
            Self::Answered(id) => msg!("err-answered", application = id),
            Self::Request(problem) => problem.what(),
            Self::CannotAnswer(why) => why.what(),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoApplication(_) | Self::NotAssigned(_) => msg!("rec-see-worklist"),
            Self::NoCriterion(_) => msg!("rec-see-rubric"),
            Self::Recused(_) => msg!("rec-recused"),
            Self::Undeclared(id) => msg!("rec-undeclared", application = id),
            Self::Out(_) => msg!("rec-out"),
            Self::Submitted(_) => msg!("rec-submitted"),
            Self::Computed(_) => msg!("rec-computed"),
            Self::OutOfRange { min, max, .. } => msg!("rec-out-of-range", min = min, max = max),
            Self::OffStep { step, .. } => msg!("rec-off-step", step = step),
            Self::NoNotApplicable(_) => msg!("rec-no-na"),
            Self::NoReason => msg!("rec-no-reason"),
            Self::TooLong { .. } => msg!("rec-too-long", most = LONGEST_COMMENT),
            Self::Stale => msg!("rec-stale"),
            Self::Incomplete { application, .. } => msg!("rec-incomplete", application = application),
            Self::HasScores(_) => msg!("rec-has-scores"),
            Self::NotAsked { .. } => msg!("rec-not-asked"),
            Self::Answered(_) => msg!("rec-answered"),
            Self::Request(_) => msg!("rec-request-wrong"),
            Self::CannotAnswer(why) => why.advice(),
        }
    }
}
