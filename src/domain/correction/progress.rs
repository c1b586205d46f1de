//! How far a result has come: draft → consolidated → signed → published → final (domain reference 3.6).

use serde::{Deserialize, Serialize};

use crate::{
    domain::text::{Explain, Message},
    msg,
};

/// How far a result has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// 汇总前: sheets come in.
    #[default]
    Draft,
    /// 已汇总: changes only by correction.
    Consolidated,
    /// 已签署: changes only by re-review.
    Signed,
    /// 已公示.
    Published,
    /// 已确定.
    Final,
}

/// What is done with a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ResultAct {
    /// Sheets are taken in.
    Import,
    /// The scores are put together; no more sheets come in.
    Consolidate,
    /// A score is corrected on one of the four grounds.
    Correct,
    /// The report is signed.
    Sign,
    /// The result is published.
    Publish,
    /// An objection is recorded.
    Object,
    /// An objection is answered.
    Answer,
    /// The original panel reviews again, and the authority was told.
    ReReview {
        /// Number of the notice to the authority.
        notice: String,
        /// Digest of the result it takes the place of.
        supersedes: String,
    },
    /// The result becomes final.
    Finish,
}

/// A result on its way. Earlier revisions are never deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// How far it has come.
    pub stage: Stage,
    /// How often the panel reviewed again.
    pub re_reviews: u32,
    /// Digest of the result this one takes the place of.
    pub supersedes: Option<String>,
    /// Objections recorded since publication.
    pub objections: u32,
    /// Those of them that were answered.
    pub answered: u32,
}

/// Why something cannot be done with a result now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProgressRefusal {
    /// Not at this stage.
    #[error("not at stage {0:?}")]
    Stage(Stage),
    /// After signing only a re-review changes anything.
    #[error("signed")]
    Signed,
    /// After publication an objection comes first.
    #[error("no objection")]
    NoObjection,
    /// Objections are still open.
    #[error("objections are open")]
    OpenObjections,
    /// A re-review names the notice to the authority and the digest of the old result.
    #[error("no notice or digest")]
    NoNotice,
}

impl Progress {
    /// The result after `act`.
    ///
    /// # Errors
    /// Why it cannot be done now; nothing has changed then.
    pub fn after(&self, act: &ResultAct) -> Result<Self, ProgressRefusal> {
        let to = |stage| Ok(Self { stage, ..self.clone() });
        match (self.stage, act) {
            (Stage::Draft, ResultAct::Import) => to(Stage::Draft),
            (Stage::Draft, ResultAct::Consolidate) | (Stage::Consolidated, ResultAct::Correct) => to(Stage::Consolidated),
            (Stage::Consolidated, ResultAct::Sign) => to(Stage::Signed),
            (Stage::Signed, ResultAct::Publish) => to(Stage::Published),
            (Stage::Published, ResultAct::Object) => Ok(Self { objections: self.objections.saturating_add(1), ..self.clone() }),
            (Stage::Published, ResultAct::Answer) if self.answered < self.objections => {
                Ok(Self { answered: self.answered.saturating_add(1), ..self.clone() })
            }
            (Stage::Published, ResultAct::Answer) => Err(ProgressRefusal::NoObjection),
            (Stage::Published, ResultAct::ReReview { .. }) if self.objections == 0 => Err(ProgressRefusal::NoObjection),
            (Stage::Signed | Stage::Published, ResultAct::ReReview { notice, supersedes }) => self.reviewed_again(notice, supersedes),
            (Stage::Published, ResultAct::Finish) if self.answered < self.objections => Err(ProgressRefusal::OpenObjections),
            (Stage::Published, ResultAct::Finish) => to(Stage::Final),
            (Stage::Signed | Stage::Published | Stage::Final, ResultAct::Correct) => Err(ProgressRefusal::Signed),
            (stage, _) => Err(ProgressRefusal::Stage(stage)),
        }
    }

    fn reviewed_again(&self, notice: &str, supersedes: &str) -> Result<Self, ProgressRefusal> {
        if notice.trim().is_empty() || supersedes.trim().is_empty() {
            return Err(ProgressRefusal::NoNotice);
        }
        let re_reviews = self.re_reviews.saturating_add(1);
        Ok(Self { stage: Stage::Consolidated, re_reviews, supersedes: Some(supersedes.to_owned()), objections: 0, answered: 0 })
    }
}

impl Explain for ProgressRefusal {
    fn what(&self) -> Message {
        match self {
            Self::Stage(stage) => Message::new("err-progress-stage").with_message("stage", stage.name()),
            Self::Signed => msg!("err-progress-signed"),
            Self::NoObjection => msg!("err-progress-no-objection"),
            Self::OpenObjections => msg!("err-progress-open"),
            Self::NoNotice => msg!("err-progress-notice"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Stage(_) => msg!("rec-progress-stage"),
            Self::Signed | Self::NoNotice => msg!("rec-progress-signed"),
            Self::NoObjection | Self::OpenObjections => msg!("rec-progress-objection"),
        }
    }
}

impl Stage {
    /// Whether the result is signed, so that only a re-review changes it.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::Published | Self::Final)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Self::Draft => msg!("stage-draft"),
            Self::Consolidated => msg!("stage-consolidated"),
            Self::Signed => msg!("stage-signed"),
            Self::Published => msg!("stage-published"),
            Self::Final => msg!("stage-final"),
        }
    }
}
