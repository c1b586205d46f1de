//! Requests of the chair on a reviewer's desk. Once one came, the scores lie at the table: from then on a sheet changes only as far as
//! the open request asks, and when that is answered nothing changes without another (Order 87 §64).

use crate::{
    domain::{
        change::Seq,
        desk::{Desk, Refusal, Taken},
        ids::{ApplicationId, CriterionId, PersonCode},
        package::Package,
        request::{Asked, Line, RequestProblem},
        sheet::Status,
        text::{Explain, Message},
    },
    msg,
};

/// Why a request cannot be taken in now; the desk stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotAnswer {
    /// It is for another reviewer.
    #[error("it is for {0}")]
    Other(PersonCode),
    /// It was taken in before.
    #[error("it was taken in before")]
    Twice,
    /// Another one waits for its answer.
    #[error("request {0} is open")]
    Open(u32),
    /// It is about another bundle than the one signed last.
    #[error("it is about revision {about}")]
    About {
        /// The revision that it is about.
        about: u32,
        /// The revision signed last; 0 where none was.
        last: u32,
    },
    /// Sheets changed since the last bundle was signed.
    #[error("sheets changed since revision {0}")]
    Changed(u32),
}

impl Desk {
    /// The request that waits for its answer: the last one, until a bundle is signed after it.
    #[must_use]
    pub fn open_request(&self) -> Option<&Asked> {
        let last = self.requests.last()?;
        let is_answered = self.exports.last().is_some_and(|export| export.seq > last.seq);
        (!is_answered).then_some(&last.asked)
    }

    /// What the open request asks about `application`.
    #[must_use]
    pub fn asked_about(&self, application: &ApplicationId) -> Option<&Line> {
        self.open_request()?.request.line(application)
    }

    /// What is asked about `application` and not answered yet: a criterion, or `None` for the sheet as a whole. The answer is
    /// another score; whoever stays by the old one says why in the comment, on the criterion that is asked about or, where none is
    /// named, on the whole.
    #[must_use]
    pub fn unanswered(&self, application: &ApplicationId) -> Vec<Option<CriterionId>> {
        let Some(line) = self.asked_about(application) else { return Vec::new() };
        let (now, then) = (self.sheet(application), self.sent.get(application).cloned().unwrap_or_default());
        let is_said = |now: &str, then: &str| now != then && !now.trim().is_empty();
        if line.criteria.is_empty() {
            let is_open = now.cells == then.cells && !is_said(&now.overall, &then.overall);
            return if is_open { vec![None] } else { Vec::new() };
        }
        let is_open = |id: &&CriterionId| now.cell(id) == then.cell(id) && !is_said(now.comment(id), then.comment(id));
        line.criteria.iter().filter(is_open).map(|id| Some(id.clone())).collect()
    }

    /// Takes a request in: the sheets that it asks about are open again.
    pub(super) fn fold_request(&mut self, asked: &Asked, seq: Seq) {
        for line in &asked.request.lines {
            if let Some(sheet) = self.sheets.get_mut(&line.application) {
                sheet.status = Status::Draft;
            }
        }
        self.requests.push(Taken { asked: asked.clone(), seq });
    }

    /// Whether a request may be taken in: for this reviewer, on this package, about the bundle signed last and nothing later.
    pub(super) fn admit_request(&self, package: &Package, asked: &Asked) -> Result<(), Refusal> {
        let request = &asked.request;
        let reviewer = &self.opening.as_ref().ok_or(Refusal::Stale)?.reviewer;
        let last = self.exports.last();
        let rules = [
            (request.reviewer != *reviewer, CannotAnswer::Other(request.reviewer.clone())),
            (self.requests.iter().any(|known| known.asked.digest == asked.digest), CannotAnswer::Twice),
            (self.open_request().is_some(), CannotAnswer::Open(self.open_request().map_or(0, |open| open.revision))),
            (
                last.map(|last| &last.digest) != Some(&request.about.digest),
                CannotAnswer::About { about: request.about.revision, last: last.map_or(0, |last| last.revision) },
            ),
            (self.sheets != self.sent, CannotAnswer::Changed(request.about.revision)),
        ];
        if let Some((_, why)) = rules.into_iter().find(|(holds, _)| *holds) {
            return Err(why.into());
        }
        for line in &request.lines {
            self.admit_application(package, &line.application)?;
            if self.sheets.get(&line.application).is_none_or(|sheet| sheet.is_out()) {
                return Err(Refusal::Out(line.application.clone()));
            }
        }
        let problem = request.problems(package).into_iter().next();
        problem.map_or(Ok(()), |problem: RequestProblem| Err(Refusal::Request(Box::new(problem))))
    }

    /// Whether the sheet may be opened or written on as far as requests go.
    pub(super) fn admit_open(&self, id: &ApplicationId) -> Result<(), Refusal> {
        match self.open_request() {
            _ if self.requests.is_empty() => Ok(()),
            None => Err(Refusal::Answered(id.clone())),
            Some(open) if open.request.line(id).is_some() => Ok(()),
            Some(_) => Err(Refusal::NotAsked { application: id.clone(), criterion: None }),
        }
    }

    /// Whether a cell and the comment on it may change as far as requests go; `None` is the comment on the whole.
    pub(super) fn admit_asked(&self, id: &ApplicationId, criterion: Option<&CriterionId>) -> Result<(), Refusal> {
        let is_closed = self.asked_about(id).is_some_and(|line| !line.allows(criterion));
        if is_closed { Err(Refusal::NotAsked { application: id.clone(), criterion: criterion.cloned() }) } else { Ok(()) }
    }

    /// Whether the conflict question may still be answered otherwise: a request asks about scores only.
    pub(super) fn admit_unasked(&self, id: &ApplicationId) -> Result<(), Refusal> {
        self.admit_open(id)?;
        if self.requests.is_empty() { Ok(()) } else { Err(Refusal::NotAsked { application: id.clone(), criterion: None }) }
    }
}

impl Explain for CannotAnswer {
    fn what(&self) -> Message {
        match self {
            Self::Other(code) => msg!("err-answer-other", code = code),
            Self::Twice => msg!("err-answer-twice"),
            Self::Open(revision) => msg!("err-answer-open", revision = revision),
            Self::About { about, last: 0 } => msg!("err-answer-none", about = about),
            Self::About { about, last } => msg!("err-answer-about", about = about, last = last),
            Self::Changed(revision) => msg!("err-answer-changed", revision = revision),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Other(code) => msg!("rec-answer-other", code = code),
            Self::Twice => msg!("rec-answer-twice"),
            Self::Open(_) => msg!("rec-answer-open"),
            Self::About { .. } => msg!("rec-answer-about"),
            Self::Changed(_) => msg!("rec-answer-changed"),
        }
    }
}
