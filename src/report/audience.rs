//! Who may read a report. A format gets one of the two and nothing else: what the public must not see is not in what it is given, so it
//! cannot be printed by mistake.

use crate::report::{
    dossier::{Dossier, Head},
    internal,
    notice::Notice,
    table::Table,
};

/// Who may read a report, with everything that may stand in it.
pub enum Audience<'a> {
    /// The office, the panel, auditors: everything, with names.
    Internal(&'a Dossier<'a>),
    /// Everybody: what is published 公示, without a link from a person to a score.
    Public(&'a Notice),
}

impl Audience<'_> {
    /// What the report says about itself.
    #[must_use]
    pub const fn head(&self) -> &Head {
        match self {
            Self::Internal(dossier) => &dossier.head,
            Self::Public(notice) => &notice.head,
        }
    }

    /// Stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Internal(_) => "internal",
            Self::Public(_) => "public",
        }
    }

    /// Its tables.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        match self {
            Self::Internal(dossier) => internal::tables(dossier),
            Self::Public(notice) => notice.tables(),
        }
    }
}
