//! Whether a request may be made, by the package alone. Asked of the chair before signing, of every bundle by whoever verifies it,
//! and of the reviewer's journal.

use crate::{
    domain::{
        correction::CorrectionGround,
        ids::{ApplicationId, CriterionId, PersonCode},
        package::Package,
        request::{Line, Request},
        rubric::CriterionKind,
        text::{Explain, Message},
    },
    msg,
};

/// Longest text of a line, in characters.
const LONGEST_TEXT: usize = 4000;

/// What keeps a request from being one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestProblem {
    /// Nobody of that code scores here.
    #[error("{0} does not score here")]
    NoReviewer(PersonCode),
    /// Nothing is asked.
    #[error("nothing is asked")]
    Nothing,
    /// An application stands in two lines.
    #[error("{0} twice")]
    Twice(ApplicationId),
    /// The reviewer has no such application.
    #[error("{0} is not assigned")]
    NotAssigned(ApplicationId),
    /// The reviewer stays out of the application.
    #[error("the reviewer stays out of {0}")]
    Recused(ApplicationId),
    /// The rubric has no such criterion, or it is named twice, or nobody scores it.
    #[error("{criterion} cannot be asked about")]
    Criterion {
        /// Application.
        application: ApplicationId,
        /// Criterion.
        criterion: CriterionId,
    },
    /// A fact is asked about and no criterion that is one is named.
    #[error("no fact is named on {0}")]
    NoFact(ApplicationId),
    /// A line says nothing.
    #[error("nothing is said about {0}")]
    NoText(ApplicationId),
    /// A text is too long.
    #[error("{length} characters on {application}")]
    TooLong {
        /// Application.
        application: ApplicationId,
        /// Characters.
        length: usize,
    },
    /// A text names another member: scores stay between their reviewer and the table.
    #[error("{application}: {code} is named")]
    NamesOther {
        /// Application.
        application: ApplicationId,
        /// Who is named.
        code: PersonCode,
    },
}

impl Request {
    /// Everything that keeps it from being a request on `package`.
    #[must_use]
    pub fn problems(&self, package: &Package) -> Vec<RequestProblem> {
        let mut found = Vec::new();
        if !package.roster.person(&self.reviewer).is_some_and(|person| person.role.scores()) {
            found.push(RequestProblem::NoReviewer(self.reviewer.clone()));
        }
        if self.lines.is_empty() {
            found.push(RequestProblem::Nothing);
        }
        for (at, line) in self.lines.iter().enumerate() {
            if self.lines.iter().take(at).any(|other| other.application == line.application) {
                found.push(RequestProblem::Twice(line.application.clone()));
            }
            self.judge_place(package, line, &mut found);
            judge_criteria(package, line, &mut found);
            self.judge_text(package, line, &mut found);
        }
        found
    }

    fn judge_place(&self, package: &Package, line: &Line, found: &mut Vec<RequestProblem>) {
        let id = &line.application;
        if !package.is_assigned(id, &self.reviewer) {
            found.push(RequestProblem::NotAssigned(id.clone()));
        } else if package.recusal(id, &self.reviewer).is_some() {
            found.push(RequestProblem::Recused(id.clone()));
        }
    }

    fn judge_text(&self, package: &Package, line: &Line, found: &mut Vec<RequestProblem>) {
        let application = || line.application.clone();
        let length = line.text.chars().count();
        if line.text.trim().is_empty() {
            found.push(RequestProblem::NoText(application()));
        }
        if length > LONGEST_TEXT {
            found.push(RequestProblem::TooLong { application: application(), length });
        }
        let others = package.roster.people.iter().map(|person| &person.code).filter(|code| **code != self.reviewer);
        let named = others.filter(|code| names(&line.text, code.as_str()));
        found.extend(named.map(|code| RequestProblem::NamesOther { application: application(), code: code.clone() }));
    }
}

fn judge_criteria(package: &Package, line: &Line, found: &mut Vec<RequestProblem>) {
    let kind = |id: &CriterionId| package.rubric.criterion(id).map(|criterion| criterion.kind);
    for (at, id) in line.criteria.iter().enumerate() {
        let is_scored = kind(id).is_some_and(|kind| kind != CriterionKind::Formula);
        if !is_scored || line.criteria.iter().take(at).any(|other| other == id) {
            found.push(RequestProblem::Criterion { application: line.application.clone(), criterion: id.clone() });
        }
    }
    let is_fact = |id: &CriterionId| kind(id) == Some(CriterionKind::Objective);
    if line.ground == CorrectionGround::Objective && !line.criteria.iter().any(is_fact) {
        found.push(RequestProblem::NoFact(line.application.clone()));
    }
}

/// Whether `text` has `code` as a word of its own, in whatever case.
fn names(text: &str, code: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    words.into_iter().any(|word| word.eq_ignore_ascii_case(code))
}

impl Explain for RequestProblem {
    fn what(&self) -> Message {
        match self {
            Self::NoReviewer(code) => msg!("err-request-reviewer", code = code),
            Self::Nothing => msg!("err-request-nothing"),
            Self::Twice(id) => msg!("err-request-twice", application = id),
            Self::NotAssigned(id) => msg!("err-request-assigned", application = id),
            Self::Recused(id) => msg!("err-request-recused", application = id),
            Self::Criterion { application, criterion } => msg!("err-request-criterion", application = application, criterion = criterion),
            Self::NoFact(id) => msg!("err-request-fact", application = id),
            Self::NoText(id) => msg!("err-request-text", application = id),
            Self::TooLong { length, .. } => msg!("err-too-long", length = length, most = LONGEST_TEXT),
            Self::NamesOther { application, code } => msg!("err-request-names", application = application, code = code),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoReviewer(_) | Self::NotAssigned(_) => msg!("rec-request-assigned"),
            Self::Nothing => msg!("rec-request-nothing"),
            Self::Twice(_) => msg!("rec-request-twice"),
            Self::Recused(_) => msg!("rec-request-recused"),
            Self::Criterion { .. } => msg!("rec-see-rubric"),
            Self::NoFact(_) => msg!("rec-request-fact"),
            Self::NoText(_) => msg!("rec-request-text"),
            Self::TooLong { .. } => msg!("rec-too-long", most = LONGEST_TEXT),
            Self::NamesOther { .. } => msg!("rec-request-names"),
        }
    }
}
