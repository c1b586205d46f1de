//! Why a consolidation was not made. Nothing is guessed, so there is no partial result either.

use crate::{
    domain::{
        exact::TooLarge,
        ids::{ApplicationId, CriterionId, PersonCode},
        text::{Explain, Message},
    },
    msg,
};

/// Why a consolidation was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Figures leave the range of exact arithmetic.
    #[error("figures of {application:?} are too large")]
    TooLarge {
        /// Where, when it is one application.
        application: Option<ApplicationId>,
    },
    /// A sheet that should count lacks a counted cell.
    #[error("{reviewer} left {criterion} of {application} blank")]
    Blank {
        /// Application.
        application: ApplicationId,
        /// Reviewer.
        reviewer: PersonCode,
        /// Criterion.
        criterion: CriterionId,
    },
    /// All criteria of a dimension are 不适用, so there is nothing to spread its points over.
    #[error("{reviewer} has nothing to spread on {application}")]
    Hollow {
        /// Application.
        application: ApplicationId,
        /// Reviewer.
        reviewer: PersonCode,
    },
    /// A reviewer has two sheets for one application.
    #[error("two sheets of {reviewer} for {application}")]
    SheetTwice {
        /// Application.
        application: ApplicationId,
        /// Reviewer.
        reviewer: PersonCode,
    },
    /// An application stands twice in one item.
    #[error("{application} twice")]
    ApplicationTwice {
        /// Application.
        application: ApplicationId,
    },
    /// A sheet was made for another rubric.
    #[error("a sheet of {application} does not fit the rubric")]
    OtherRubric {
        /// Application.
        application: ApplicationId,
    },
    /// The rubric was not proved: a tie-break step names nothing.
    #[error("unknown step {step}")]
    Step {
        /// The step.
        step: String,
    },
    /// No item was given.
    #[error("no item")]
    NoItem,
}

impl Trouble {
    /// Names the application in which arithmetic ran out of room.
    pub(crate) fn within(application: &ApplicationId) -> impl FnOnce(TooLarge) -> Self + use<> {
        let application = application.clone();
        move |_| Self::TooLarge { application: Some(application) }
    }
}

impl From<TooLarge> for Trouble {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge { application: None }
    }
}

impl Explain for Trouble {
    fn what(&self) -> Message {
        match self {
            Self::TooLarge { application: Some(application) } => msg!("err-exact-large-of", application = application),
            Self::TooLarge { application: None } => TooLarge.what(),
            Self::Blank { application, reviewer, criterion } => {
                msg!("err-sheet-blank", application = application, reviewer = reviewer, criterion = criterion)
            }
            Self::Hollow { application, reviewer } => msg!("err-sheet-hollow", application = application, reviewer = reviewer),
            Self::SheetTwice { application, reviewer } => msg!("err-sheet-twice", application = application, reviewer = reviewer),
            Self::ApplicationTwice { application } => msg!("err-application-twice", application = application),
            Self::OtherRubric { application } => msg!("err-sheet-other-rubric", application = application),
            Self::Step { step } => msg!("err-rubric-tie-step", step = step),
            Self::NoItem => msg!("err-no-item"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::TooLarge { .. } => TooLarge.advice(),
            Self::Blank { .. } | Self::Hollow { .. } => msg!("rec-sheet-blank"),
            Self::SheetTwice { .. } => msg!("rec-sheet-twice"),
            Self::ApplicationTwice { .. } => msg!("rec-application-twice"),
            Self::OtherRubric { .. } => msg!("rec-sheet-other-rubric"),
            Self::Step { .. } => msg!("rec-rubric-unproved"),
            Self::NoItem => msg!("rec-no-item"),
        }
    }
}
