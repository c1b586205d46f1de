//! What the office settles in a package folder before it is signed: who stays out, and who reads what. Every step works out first
//! what it would write and has the whole folder checked as it would be; then all of it is written, or nothing.

pub mod assign;
pub mod conflicts;
pub(super) mod record;
pub mod rehearsal;

use std::path::Path;

use crate::{
    domain::{
        ids::{ApplicationId, CallId, PersonCode},
        text::{Explain, Message},
    },
    intake::{self, package::Intake},
    msg,
    workflow::{
        StepError,
        error::Class,
        tables::{
            overlay::Overlay,
            plan::{Planned, present},
            save,
        },
    },
};

/// Why the office's step was not taken.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// A pair was named that nothing speaks against, or that was decided before.
    #[error("no suggestion for {application} and {person}")]
    NotSuggested {
        /// The application.
        application: ApplicationId,
        /// The person.
        person: PersonCode,
    },
    /// A pair was not written as application, colon, code.
    #[error("not a pair: {found}")]
    NotAPair {
        /// What was found.
        found: String,
    },
    /// A value cannot be written into the call without touching more of it.
    #[error("cannot record {line}")]
    NotRecorded {
        /// The line to write by hand.
        line: String,
    },
    /// Fewer people of the pool may be drawn than are wanted.
    #[error("{eligible} of {wanted} in the pool")]
    SmallPool {
        /// How many have a lot.
        eligible: usize,
        /// Members and alternates that are wanted.
        wanted: usize,
    },
    /// The call is a rehearsal as it is.
    #[error("{call} is a rehearsal")]
    RehearsalAlready {
        /// The call.
        call: CallId,
    },
    /// A file cannot be added to, because it is no text in UTF-8.
    #[error("{file} is not UTF-8")]
    NotText {
        /// The file.
        file: String,
    },
}

impl Explain for OfficeError {
    fn what(&self) -> Message {
        match self {
            Self::NotSuggested { application, person } => msg!("err-not-suggested", application = application, code = person),
            Self::NotAPair { found } => msg!("err-not-a-pair", found = found),
            Self::NotRecorded { .. } => msg!("err-not-recorded"),
            Self::SmallPool { eligible, wanted } => msg!("err-small-pool", eligible = eligible, wanted = wanted),
            Self::RehearsalAlready { call } => msg!("err-rehearsal-already", call = call),
            Self::NotText { file } => msg!("err-not-text", file = file),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NotSuggested { .. } => msg!("rec-not-suggested"),
            Self::NotAPair { .. } => msg!("rec-not-a-pair"),
            Self::NotRecorded { line } => msg!("rec-not-recorded", line = line),
            Self::SmallPool { .. } => msg!("rec-small-pool"),
            Self::RehearsalAlready { .. } => msg!("rec-rehearsal-already"),
            Self::NotText { .. } => msg!("rec-not-text"),
        }
    }
}

impl OfficeError {
    pub(super) const fn class(&self) -> Class {
        match self {
            Self::NotSuggested { .. } | Self::NotAPair { .. } | Self::RehearsalAlready { .. } => Class::Usage,
            Self::SmallPool { .. } => Class::No,
            Self::NotText { .. } | Self::NotRecorded { .. } => Class::BadInput,
        }
    }
}

/// The text of a file of the folder, or what it is where it is not there.
fn text_of(folder: &Path, file: &str, otherwise: &str) -> Result<(Option<Vec<u8>>, String), StepError> {
    let before = present(&folder.join(file))?;
    let text = match &before {
        Some(bytes) => std::str::from_utf8(bytes).map_err(|_| OfficeError::NotText { file: file.to_owned() })?.to_owned(),
        None => otherwise.to_owned(),
    };
    Ok((before, text))
}

/// A file of the folder that would be written.
fn planned(folder: &Path, name: &str, before: Option<Vec<u8>>, text: String) -> Planned {
    Planned { name: name.to_owned(), path: folder.join(name), before, bytes: text.into_bytes() }
}

/// The folder as it would be with these files.
fn checked(folder: &Path, planned: &[Planned]) -> Result<Intake, StepError> {
    intake::package::read(&Overlay::new(folder, planned)).map_err(StepError::Problems)
}

/// Checks the folder as it would be, and writes all files or none.
fn write(folder: &Path, planned: &[Planned]) -> Result<Intake, StepError> {
    let intake = checked(folder, planned)?;
    save::all(planned)?;
    Ok(intake)
}
