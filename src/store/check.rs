//! `pingyi check`: every witness asked, nothing changed.

use std::path::{Path, PathBuf};

use crate::{
    domain::{desk::Desk, text::Message},
    msg,
    store::{
        StoreError,
        append::noted_head,
        backup::{self, BackupInfo},
        chain::{Chain, Head, Tail},
        files,
        open::{lock, read_journal, sled_chain},
    },
};

/// What one witness says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// File or folder.
    pub path: PathBuf,
    /// Last entry it can prove.
    pub head: Option<Head>,
    /// Whether all is well with it.
    pub sound: bool,
    /// In words.
    pub message: Message,
}

/// What all witnesses say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// Journal, index, noted head, backups.
    pub witnesses: Vec<Witness>,
    /// Whether all agree.
    pub sound: bool,
    /// Number of entries that the journal proves.
    pub entries: usize,
}

/// Asks every witness of the store in `folder`, and of further backup folders. Changes nothing.
///
/// # Errors
/// Somebody has it open, or the file system failed.
pub fn check(folder: &Path, more_backups: &[PathBuf]) -> Result<CheckReport, StoreError> {
    let _lock = lock(folder)?;
    let path = folder.join(files::JOURNAL);
    let journal = read_journal(&path)?;
    let folds = Desk::replay(journal.entries.iter().cloned()).is_ok();
    let message = match journal.tail {
        Tail::Clean if folds => msg!("check-journal-sound", count = journal.lines.len()),
        Tail::Clean => msg!("check-journal-misfit"),
        Tail::Torn => msg!("check-journal-torn", count = journal.lines.len()),
        Tail::Damaged { line, .. } => msg!("check-journal-damaged", line = line),
    };
    let mut witnesses = vec![Witness { path, head: journal.head(), sound: journal.tail == Tail::Clean && folds, message }];
    witnesses.push(index_witness(folder, &journal.lines));
    witnesses.extend(noted_head(folder).map(|noted| later(folder.join(files::HEAD), noted, &journal)));
    let places = std::iter::once(folder.join(files::BACKUPS)).chain(more_backups.iter().cloned());
    for place in places {
        witnesses.extend(backup::list(&place)?.into_iter().map(|info| backup_witness(info, &journal)));
    }
    let sound = witnesses.iter().all(|witness| witness.sound);
    Ok(CheckReport { witnesses, sound, entries: journal.lines.len() })
}

fn index_witness(folder: &Path, lines: &[String]) -> Witness {
    let path = folder.join(files::INDEX);
    match sled_chain(folder) {
        Ok(None) if !path.try_exists().unwrap_or(true) => Witness { path, head: None, sound: true, message: msg!("check-index-missing") },
        Ok(None) | Err(_) => Witness { path, head: None, sound: false, message: msg!("check-index-unreadable") },
        Ok(Some(chain)) => {
            let same = chain.lines == lines;
            let message = if same { msg!("check-index-sound") } else { msg!("check-index-differs", count = chain.lines.len()) };
            Witness { path, head: chain.head(), sound: same, message }
        }
    }
}

fn backup_witness(info: BackupInfo, journal: &Chain) -> Witness {
    match info.head {
        Some(saved) => later(info.path, saved, journal),
        None => Witness { path: info.path, head: None, sound: false, message: msg!("check-backup-damaged") },
    }
}

/// A witness that has seen a later entry than the journal proves names a regression: an old copy was put back, or lines are gone.
/// One that has seen another entry in its place names a journal that was written anew.
fn later(path: PathBuf, seen: Head, journal: &Chain) -> Witness {
    let sound = journal.has(&seen);
    let message = if sound {
        msg!("check-backup-sound", seq = seen.seq)
    } else if journal.lines.len() as u64 > seen.seq {
        msg!("check-rewritten", seq = seen.seq)
    } else {
        msg!("check-regression", seq = seen.seq)
    };
    Witness { path, head: Some(seen), sound, message }
}
