//! Why results were not put together. Nothing was written then.

use std::path::PathBuf;

use crate::{
    domain::text::{Explain, Message},
    msg,
};

/// Why results were not put together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AggregateError {
    /// The person asked to stop.
    #[error("interrupted")]
    Interrupted,
    /// Two looks at one file came out differently.
    #[error("{file} reads differently every time")]
    Unsteady {
        /// Which file.
        file: PathBuf,
    },
    /// Not every bundle counts, and that was asked for.
    #[error("{bad} bundles do not count")]
    Excluded {
        /// How many.
        bad: usize,
    },
}

impl Explain for AggregateError {
    fn what(&self) -> Message {
        match self {
            Self::Interrupted => msg!("err-interrupted"),
            Self::Unsteady { file } => msg!("err-unsteady", file = file.display()),
            Self::Excluded { bad } => msg!("err-excluded", bad = bad),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Interrupted => msg!("rec-interrupted"),
            Self::Unsteady { .. } => msg!("rec-unsteady"),
            Self::Excluded { .. } => msg!("rec-excluded"),
        }
    }
}
