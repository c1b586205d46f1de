//! Documents for people, made from what was recorded: domain in, bytes out.
//!
//! Reports on a verified result: [`dossier`] (what they are made from), [`audience`] (who may read what), [`table`], `internal` and
//! [`notice`] (what is in them), and one file for each of [`FORMATS`]. The other files are single pages and tables.

pub mod agreement;
mod archive;
pub mod audience;
mod csv_tables;
pub mod dossier;
mod html;
mod internal;
mod json;
pub mod notice;
mod page;
pub mod register;
pub mod resultpage;
pub mod scoresheet;
pub mod table;
pub mod tables;
pub mod tally;
mod xlsx;

use crate::{domain::text::Language, report::audience::Audience};

/// A format of reports.
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// Makes the report.
    make: fn(&Audience<'_>, Language) -> Result<Made, CannotMake>,
}

/// All formats, in the order in which they are offered.
pub static FORMATS: [Format; 5] = [
    Format { id: "html", make: html::make },
    Format { id: "xlsx", make: xlsx::make },
    Format { id: "csv", make: csv_tables::make },
    Format { id: "json", make: json::make },
    Format { id: "archive", make: archive::make },
];

/// A report as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// One file.
    File {
        /// How its name ends, without the full stop.
        ending: &'static str,
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A folder of files.
    Folder {
        /// How its name ends.
        ending: &'static str,
        /// Files by name.
        files: Vec<(String, Vec<u8>)>,
    },
}

/// A library refused what it was given.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CannotMake(String);

impl Format {
    /// The format of that name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// Makes the report for this audience. The same input gives the same bytes.
    ///
    /// # Errors
    /// When a library refuses what it is given, for example a workbook with more rows than there may be.
    pub fn make(&self, audience: &Audience<'_>, language: Language) -> Result<Made, CannotMake> {
        (self.make)(audience, language)
    }
}

impl CannotMake {
    fn new(cause: impl ToString) -> Self {
        Self(cause.to_string())
    }
}
