//! Backups: verified copies of the journal. The program never deletes one while a newer one fails verification.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    domain::time::Moment,
    store::{
        StoreError,
        chain::{self, Chain, Head, Tail},
        files,
        open::lock,
    },
};

/// Number of backups that are always kept.
pub const KEPT: usize = 20;
/// A backup is written after this many entries …
const ENTRIES: u64 = 100;
/// … in a long journal after this fraction of its entries, because a backup copies and proves the whole of it …
const SHARE: u64 = 20;
/// … or when this many seconds went by since the last one, at the next entry.
const SECONDS: i64 = 600;

/// A backup as it lies in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupInfo {
    /// The file.
    pub path: PathBuf,
    /// The last entry, by the file's name.
    pub seq: u64,
    /// The last proved entry; `None` when the file is damaged or says something else than its name.
    pub head: Option<Head>,
}

/// When the next backup is due.
pub(super) struct Schedule {
    pending: u64,
    entries: u64,
    last: Option<Moment>,
}

impl Schedule {
    /// A schedule for a store whose last entry is `head`; entries that no backup has yet are pending.
    pub(super) fn new(folder: &Path, head: &Head) -> Self {
        let saved = newest_head(&folder.join(files::BACKUPS));
        let pending = saved.map_or(head.seq, |saved| head.seq.saturating_sub(saved.seq));
        Self { pending, entries: head.seq, last: None }
    }

    pub(super) fn count(&mut self) {
        self.pending = self.pending.saturating_add(1);
        self.entries = self.entries.saturating_add(1);
    }

    pub(super) fn is_due(&mut self, now: &Moment) -> bool {
        let since = self.last.get_or_insert_with(|| now.clone());
        let seconds = now.instant().as_second().saturating_sub(since.instant().as_second());
        self.pending >= ENTRIES.max(self.entries / SHARE) || (self.pending > 0 && seconds >= SECONDS)
    }

    pub(super) const fn is_behind(&self) -> bool {
        self.pending > 0
    }

    pub(super) fn done(&mut self, now: &Moment) {
        self.pending = 0;
        self.last = Some(now.clone());
    }
}

/// Writes a backup of the store in `folder` to `place`, for example a stick: whole or not at all, read back and proved.
///
/// # Errors
/// Somebody has the store open, or the medium failed.
pub fn backup(folder: &Path, place: &Path) -> Result<BackupInfo, StoreError> {
    let _lock = lock(folder)?;
    write(folder, place)
}

/// Copies the journal of the store in `folder` to `place`, reads the copy back, and returns where it is.
pub(super) fn write(folder: &Path, place: &Path) -> Result<BackupInfo, StoreError> {
    let journal = folder.join(files::JOURNAL);
    let chain = chain::read_file(&journal)?;
    let head = chain.head().ok_or(StoreError::Nothing { path: journal })?;
    files::private_folder(place)?;
    let path = place.join(format!("{:010}-{}.journal", head.seq, head.hash.get(..12).unwrap_or_default()));
    if verified(&path).is_none_or(|copy| copy.lines != chain.lines) {
        files::write_whole(&path, &chain.bytes())?;
    }
    match verified(&path) {
        Some(copy) if copy.lines == chain.lines => {
            thin_out(place);
            Ok(BackupInfo { path, seq: head.seq, head: Some(head) })
        }
        _ => Err(StoreError::NotABackup { path }),
    }
}

/// The backups in `place`, newest first.
pub(super) fn list(place: &Path) -> Vec<BackupInfo> {
    let entries = fs::read_dir(place).map(|entries| entries.flatten().collect::<Vec<_>>()).unwrap_or_default();
    let mut found: Vec<BackupInfo> = entries
        .iter()
        .map(fs::DirEntry::path)
        .filter_map(|path| named_seq(&path).map(|seq| (path, seq)))
        .map(|(path, seq)| BackupInfo { head: verified(&path).and_then(|chain| chain.head()).filter(|head| head.seq == seq), path, seq })
        .collect();
    found.sort_by(|one, other| (other.seq, &other.path).cmp(&(one.seq, &one.path)));
    found
}

/// The head of the newest backup that verifies.
pub(super) fn newest_head(place: &Path) -> Option<Head> {
    let mut names: Vec<PathBuf> =
        fs::read_dir(place).ok()?.flatten().map(|entry| entry.path()).filter(|path| named_seq(path).is_some()).collect();
    names.sort();
    // Newest first; the first that verifies is enough, so that opening does not read twenty files.
    names.iter().rev().find_map(|path| verified(path)?.head())
}

/// The chain in a backup file, when all of it is proved.
pub(super) fn verified(path: &Path) -> Option<Chain> {
    let chain = chain::read_file(path).ok()?;
    (chain.tail == Tail::Clean && chain.head().is_some()).then_some(chain)
}

fn named_seq(path: &Path) -> Option<u64> {
    let name = path.file_name()?.to_str()?;
    name.strip_suffix(".journal")?.split_once('-')?.0.parse().ok()
}

/// Deletes the oldest beyond [`KEPT`], only while the newest verifies.
fn thin_out(place: &Path) {
    let mut names: Vec<PathBuf> = match fs::read_dir(place) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).filter(|path| named_seq(path).is_some()).collect(),
        Err(_) => return,
    };
    names.sort();
    if names.last().and_then(|newest| verified(newest)).is_none() {
        return;
    }
    let surplus = names.len().saturating_sub(KEPT);
    for old in names.iter().take(surplus) {
        // A backup that cannot be deleted is no harm.
        let _kept: io::Result<()> = fs::remove_file(old);
    }
}
