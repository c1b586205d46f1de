//! The re-score request 复评单: what the chair asks one reviewer to look at again, and never what anybody else scored
//! (domain reference 6.8; Order 87 §64). Written at the table, signed, carried to the reviewer, and answered by a later bundle.

mod check;

pub use check::RequestProblem;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        correction::CorrectionGround,
        deviation::FlagKey,
        ids::{ApplicationId, CriterionId, PersonCode},
        text::Message,
        time::Moment,
    },
    msg,
};

/// What is asked of one reviewer. The fields stand in `data/request.json` in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Whom.
    pub reviewer: PersonCode,
    /// The score bundle that was looked at: the answer takes the place of this one and of no other.
    pub about: About,
    /// What is asked, one line for each application.
    pub lines: Vec<Line>,
    /// When the answer is wanted. For people: nothing closes by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Moment>,
}

/// A score bundle, as a request names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Revision.
    pub revision: u32,
    /// SHA-256 of its tag manifest.
    pub digest: String,
}

/// What is asked about one application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Application.
    pub application: ApplicationId,
    /// Criteria whose scores may change; all of them where none is named.
    pub criteria: Vec<CriterionId>,
    /// On which of the four grounds.
    pub ground: CorrectionGround,
    /// What is asked, in the chair's words.
    pub text: String,
}

/// A request that was written: how the table records it, and how the reviewer's desk does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// Revision, from 1, counted for each reviewer.
    pub revision: u32,
    /// SHA-256 of its tag manifest.
    pub digest: String,
    /// File name.
    pub file: String,
    /// What is asked.
    pub request: Request,
}

impl Request {
    /// The applications that it is about, for sentences.
    #[must_use]
    pub fn applications(&self) -> String {
        self.lines.iter().map(|line| line.application.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// The line about `application`.
    #[must_use]
    pub fn line(&self, application: &ApplicationId) -> Option<&Line> {
        self.lines.iter().find(|line| line.application == *application)
    }

    /// Whether it asks about what `flag` on `application` marks. The total moves with every criterion, so each line on the
    /// application asks about its flag too.
    #[must_use]
    pub fn asks_about(&self, application: &ApplicationId, flag: &FlagKey) -> bool {
        let is_of_reviewer = flag.reviewer.as_ref().is_none_or(|reviewer| *reviewer == self.reviewer);
        let covers = |line: &Line| flag.criterion.as_ref().is_none_or(|criterion| line.allows(Some(criterion)));
        is_of_reviewer && self.line(application).is_some_and(covers)
    }
}

impl Line {
    /// Whether the score of `criterion` and the comment on it may change; `None` is the comment on the whole, which may change only
    /// where no criterion is named.
    #[must_use]
    pub fn allows(&self, criterion: Option<&CriterionId>) -> bool {
        self.criteria.is_empty() || criterion.is_some_and(|criterion| self.criteria.contains(criterion))
    }

    /// What is asked, in one sentence without the application.
    #[must_use]
    pub fn told(&self) -> Message {
        let what = match self.criteria.as_slice() {
            [] => msg!("request-whole"),
            criteria => {
                let named = criteria.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                msg!("request-criteria", criteria = named)
            }
        };
        let ground = match self.ground {
            CorrectionGround::Sum => msg!("request-ground-sum"),
            CorrectionGround::Range => msg!("request-ground-range"),
            CorrectionGround::Objective => msg!("request-ground-objective"),
            CorrectionGround::Abnormal => msg!("request-ground-abnormal"),
        };
        msg!("request-line", text = self.text).with_message("what", what).with_message("ground", ground)
    }
}
