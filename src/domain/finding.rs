//! A finding: one thing wrong with something a person prepared. Checks return all findings, never just the first.

use crate::{
    domain::text::{Explain, Message},
    msg,
};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is refused.
    Note,
    /// A person should look before going on.
    Warning,
    /// The file is refused.
    Error,
}

impl Severity {
    /// In a word.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Error => msg!("level-error"),
            Self::Warning => msg!("level-warning"),
            Self::Note => msg!("level-note"),
        }
    }
}

/// One thing wrong, with the place inside the document and the two sentences about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Place inside the document as a path of keys and 0-based indices, for example `criterion[3].max`; empty for the whole document.
    /// The intake layer turns it into file, line and column.
    pub path: String,
    /// What was found and what was expected.
    pub what: Message,
    /// What to do about it.
    pub advice: Message,
}

impl Finding {
    /// An error at `path`.
    pub fn error(path: impl Into<String>, what: Message, advice: Message) -> Self {
        Self { severity: Severity::Error, path: path.into(), what, advice }
    }

    /// A warning at `path`.
    pub fn warning(path: impl Into<String>, what: Message, advice: Message) -> Self {
        Self { severity: Severity::Warning, path: path.into(), what, advice }
    }

    /// A note at `path`.
    pub fn note(path: impl Into<String>, what: Message, advice: Message) -> Self {
        Self { severity: Severity::Note, path: path.into(), what, advice }
    }
}

impl Explain for Finding {
    fn what(&self) -> Message {
        self.what.clone()
    }

    fn advice(&self) -> Message {
        self.advice.clone()
    }
}
