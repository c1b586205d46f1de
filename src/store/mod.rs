//! What must never be lost. Two witnesses: a plain hash-chained journal, which is the truth, and sled, which is its index.
//!
//! A change is appended to the journal and synced before anybody is told "saved"; then event and current view go into sled in
//! one transaction. At every open both are compared in full. On any doubt sled is rebuilt into a new directory, a damaged
//! journal is restored from whoever can prove the missing lines, and what cannot be proved is refused, never cut silently.
//!
//! ```text
//! journal      one line per entry          head       last entry as last seen; advisory
//! index/       sled                        lock       who has it open
//! backups/     verified copies of the journal; NAME.part continues NAME.journal
//! *.damaged-N  what was put aside; never deleted
//! ```

mod append;
mod backup;
mod chain;
mod check;
mod error;
mod files;
mod index;
mod open;
mod recover;
mod views;

use std::{fs::File, path::PathBuf};

use crate::domain::{desk::Desk, text::Message};

pub use backup::{BackupInfo, KEPT, backup};
pub use chain::{Chain, Head, Tail, read_chain};
pub use check::{CheckReport, Witness, check};
pub use error::StoreError;
pub use recover::{RecoverPlan, recover, restore};

use index::Index;

/// Version of the journal's entries that this program writes. It reads this and every earlier one.
pub const SCHEMA: u32 = 1;

/// With which right a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; one at a time.
    Write,
    /// Reads only. Works beside a writer, on a full disk and on a read-only medium.
    Read,
}

/// A store that is open.
pub struct Store {
    folder: PathBuf,
    desk: Desk,
    head: Head,
    /// `None` when opened for reading.
    pen: Option<Pen>,
}

/// What only a writer holds.
struct Pen {
    journal: File,
    /// Length of the journal up to and with the last good line.
    length: u64,
    /// `None` when sled could not be used; the journal alone then carries everything, and sled is rebuilt at the next open.
    index: Option<Index>,
    /// After a failed write nothing more is accepted until the store was opened anew.
    blocked: bool,
    backups: backup::Schedule,
    /// Held for as long as the store is open.
    _lock: File,
}

/// What the store noticed or had to do at opening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// Sentences for the person; empty when all was well.
    pub notes: Vec<Message>,
}

impl Store {
    /// Everything recorded.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The last entry and its hash.
    #[must_use]
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// Whether changes are accepted.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.pen.as_ref().is_some_and(|pen| !pen.blocked)
    }

    /// The journal's lines from entry `from`, as they stand in the file.
    ///
    /// # Errors
    /// What reading the file reports.
    pub fn lines(&self, from: u64) -> Result<Vec<String>, StoreError> {
        let chain = chain::read_file(&self.journal_path())?;
        let skip = usize::try_from(from).unwrap_or(usize::MAX);
        Ok(chain.lines.into_iter().skip(skip).collect())
    }

    fn journal_path(&self) -> PathBuf {
        self.folder.join(files::JOURNAL)
    }
}
