//! Why a re-score request was not written, or not taken in. Nothing was changed then.

use crate::{
    domain::{
        ids::{ApplicationId, PersonCode},
        text::{Explain, Message},
    },
    msg,
};

/// Why a re-score request was not written, or not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// The key is neither the chair's nor the deputy's.
    #[error("not the key of anybody who presides")]
    NotPresiding {
        /// Who presides.
        codes: Vec<String>,
    },
    /// Whoever stays out of an application asks nothing about it.
    #[error("{code} stays out of {application}")]
    SignerOut {
        /// Who was to sign.
        code: PersonCode,
        /// Application.
        application: ApplicationId,
        /// Who could sign instead.
        others: Vec<String>,
    },
    /// The person whom it asks does no work on this machine.
    #[error("no work of {code} here")]
    NoWork {
        /// Whom it asks.
        code: PersonCode,
    },
    /// It rests on another package than the work.
    #[error("another package")]
    OtherPackage,
}

impl Explain for RequestError {
    fn what(&self) -> Message {
        match self {
            Self::NotPresiding { .. } => msg!("err-ask-not-presiding"),
            Self::SignerOut { code, application, .. } => msg!("err-signer-out", code = code, application = application),
            Self::NoWork { code } => msg!("err-answer-no-work", code = code),
            Self::OtherPackage => msg!("err-answer-package"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NotPresiding { codes } => msg!("rec-ask-not-presiding", codes = codes.join(", ")),
            Self::SignerOut { others, .. } if others.is_empty() => msg!("rec-signer-out-all"),
            Self::SignerOut { others, .. } => msg!("rec-signer-out", codes = others.join(", ")),
            Self::NoWork { .. } => msg!("rec-answer-no-work"),
            Self::OtherPackage => msg!("rec-answer-package"),
        }
    }
}
