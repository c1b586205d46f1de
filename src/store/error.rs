//! Why a store cannot be opened, read or written.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::{
    domain::{
        desk::Misfit,
        text::{Explain, Message},
    },
    msg,
};

/// Why a store cannot be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else has it open.
    #[error("{} is locked by {holder}", .path.display())]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// What the holder wrote into it.
        holder: String,
    },
    /// There is no store in this folder.
    #[error("no journal at {}", .path.display())]
    Missing {
        /// Where the journal would be.
        path: PathBuf,
    },
    /// There is a store in this folder already.
    #[error("{} exists", .path.display())]
    Exists {
        /// Its journal.
        path: PathBuf,
    },
    /// The journal is damaged and nobody here can prove the missing lines.
    #[error("{} is damaged at line {line}", .path.display())]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// First line that is not proved.
        line: usize,
    },
    /// The journal ends before an entry that another witness has seen.
    #[error("{} ends at entry {ends} but entry {seen} was seen", .path.display())]
    Rolled {
        /// The journal.
        path: PathBuf,
        /// Last entry.
        ends: u64,
        /// The entry that was seen.
        seen: u64,
    },
    /// An entry of the journal is another than the one that a witness has seen.
    #[error("entry {seq} of {} is not the one that was seen", .path.display())]
    Rewritten {
        /// The journal.
        path: PathBuf,
        /// Number of the entry.
        seq: u64,
    },
    /// The entries are well-formed but do not follow from each other.
    #[error("the journal contradicts itself")]
    Misfit(#[from] Misfit),
    /// Made by a newer version of the program.
    #[error("schema {found} is newer than {known}", known = crate::store::SCHEMA)]
    Newer {
        /// Schema of the store.
        found: u32,
    },
    /// The change could not be made durable. Nothing of it is stored.
    #[error("not saved")]
    NotSaved {
        /// What the file system reported.
        source: io::Error,
    },
    /// An earlier change could not be saved; nothing more is accepted until the store is opened anew.
    #[error("blocked after a failed write")]
    Blocked,
    /// Opened for reading.
    #[error("opened for reading only")]
    ReadOnly,
    /// A backup is no proved chain, or belongs to another workspace.
    #[error("{} is not a backup of this store", .path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
    },
    /// What stands where a copy should go is not an earlier copy of the same journal.
    #[error("{} is not an earlier copy of this journal", .path.display())]
    Stranger {
        /// The file.
        path: PathBuf,
    },
    /// No witness can prove a single entry.
    #[error("nothing can be proved in {}", .path.display())]
    Nothing {
        /// The store.
        path: PathBuf,
    },
    /// An entry cannot be written as JSON.
    #[error("entry cannot be written: {why}")]
    Unwritable {
        /// Why.
        why: String,
    },
    /// The file system failed.
    #[error("{}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What it reported.
        source: io::Error,
    },
}

impl StoreError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    /// Whether the medium refuses to be written: read-only, or full.
    #[must_use]
    pub fn is_unwritable_medium(&self) -> bool {
        let (Self::Io { source, .. } | Self::NotSaved { source }) = self else { return false };
        matches!(
            source.kind(),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied | io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    }
}

impl Explain for StoreError {
    fn what(&self) -> Message {
        match self {
            Self::Busy { path, holder } => msg!("err-store-busy", path = path.display(), holder = holder),
            Self::Missing { path } => msg!("err-store-missing", path = path.display()),
            Self::Exists { path } => msg!("err-store-exists", path = path.display()),
            Self::Damaged { path, line } => msg!("err-store-damaged", path = path.display(), line = line),
            Self::Rolled { path, ends, seen } => msg!("err-store-rolled", path = path.display(), ends = ends, seen = seen),
            Self::Rewritten { path, seq } => msg!("err-store-rewritten", path = path.display(), seq = seq),
            Self::Misfit(misfit) => msg!("err-store-misfit", seq = misfit.seq, why = misfit.why),
            Self::Newer { found } => msg!("err-store-newer", found = found, known = super::SCHEMA),
            Self::NotSaved { source } => msg!("err-not-saved", cause = source),
            Self::Blocked => msg!("err-store-blocked"),
            Self::ReadOnly => msg!("err-store-read-only"),
            Self::NotABackup { path } => msg!("err-not-a-backup", path = path.display()),
            Self::Stranger { path } => msg!("err-store-stranger", path = path.display()),
            Self::Nothing { path } => msg!("err-store-nothing", path = path.display()),
            Self::Unwritable { why } => msg!("err-store-unwritable", why = why),
            Self::Io { path, source } => msg!("err-store-io", path = path.display(), cause = source),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Busy { .. } => msg!("rec-store-busy"),
            Self::Missing { .. } => msg!("rec-store-missing"),
            Self::Exists { .. } => msg!("rec-store-exists"),
            Self::Damaged { .. } | Self::Rolled { .. } | Self::Rewritten { .. } | Self::Misfit(_) => msg!("rec-store-recover"),
            Self::Newer { .. } => msg!("rec-store-newer"),
            Self::NotSaved { .. } | Self::Blocked => msg!("rec-not-saved"),
            Self::ReadOnly => msg!("rec-store-read-only"),
            Self::NotABackup { .. } => msg!("rec-not-a-backup"),
            Self::Stranger { .. } => msg!("rec-store-stranger"),
            Self::Nothing { .. } => msg!("rec-store-nothing"),
            Self::Unwritable { .. } | Self::Io { .. } => msg!("rec-store-io"),
        }
    }
}
