//! Backups: verified copies of the journal. The program never deletes one while a newer one fails verification.
//!
//! A *whole* backup is a copy of the journal; it is named after its last entry, is never changed, and is written when a session
//! ends. While a session runs, a *part* beside the newest whole one takes the entries since then, a hundred at a time, so that
//! what a backup costs does not grow with the journal. docs/storage.md says why this loses and hides nothing.

mod copy;
mod part;

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    domain::time::Moment,
    store::{
        StoreError,
        chain::{self, Chain, Head, Tail},
        files,
    },
};

pub use copy::backup;

use part::Part;

/// Number of whole backups that are always kept.
pub const KEPT: usize = 20;
/// A backup is written after this many entries …
const ENTRIES: u64 = 100;
/// … or when this many seconds went by since the last one, at the next entry.
const SECONDS: i64 = 600;
/// A part of this many entries is followed by a whole backup, so that a machine on which no session ever ends has some too.
const PART_ENTRIES: u64 = 10_000;

const WHOLE: &str = "journal";
const PART: &str = "part";

/// A backup as it lies in its folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupInfo {
    /// The file.
    pub path: PathBuf,
    /// The last entry: by its name for a whole backup, by its content for a part.
    pub seq: u64,
    /// The last proved entry; `None` when the file is damaged or says something else than its name.
    pub head: Option<Head>,
}

/// When the next backup is due, and what it has to add.
pub(super) struct Schedule {
    place: PathBuf,
    /// The part that takes the next entries; `None` when the next backup has to be a whole one.
    part: Option<Part>,
    /// The lines that no backup has yet, as they stand in the journal. Kept only while there is a part that can take them.
    pending: Vec<u8>,
    /// How many they are.
    count: u64,
    /// Entries since a backup was last tried. One that fails is tried again a hundred entries later, not at every entry.
    since: u64,
    last: Option<Moment>,
}

impl Schedule {
    /// A schedule for the store in `folder` whose journal is `journal`; entries that no backup has yet are pending.
    pub(super) fn new(folder: &Path, journal: &Chain, newest: Option<Newest>) -> Self {
        let entries = journal.lines.len() as u64;
        let newest = newest.filter(|newest| journal.has(&newest.head));
        let saved = newest.as_ref().map_or(0, |newest| newest.head.seq.saturating_add(1));
        let count = entries.saturating_sub(saved);
        let part = newest.and_then(|newest| newest.part).filter(|part| part.entries.saturating_add(count) <= PART_ENTRIES);
        let pending = if part.is_some() { journal.bytes_from(saved) } else { Vec::new() };
        // Entry 0 says only what the workspace is for; a backup of nothing else can wait for the first real entry.
        let count = if saved == 0 { count.saturating_sub(1) } else { count };
        Self { place: folder.join(files::BACKUPS), part, pending, count, since: count, last: None }
    }

    /// Notes an entry that is durable in the journal.
    pub(super) fn count(&mut self, line: &[u8]) {
        if self.part.is_some() {
            self.pending.extend_from_slice(line);
        }
        self.count = self.count.saturating_add(1);
        self.since = self.since.saturating_add(1);
    }

    pub(super) fn is_due(&mut self, now: &Moment) -> bool {
        let since = self.last.get_or_insert_with(|| now.clone());
        let seconds = now.instant().as_second().saturating_sub(since.instant().as_second());
        self.since >= ENTRIES || (self.count > 0 && seconds >= SECONDS)
    }

    /// Adds the pending entries to the part, or writes a whole backup where there is none. The journal ends at `head`.
    ///
    /// # Errors
    /// Why it could not be written; the next one is then a whole one.
    pub(super) fn run(&mut self, folder: &Path, head: &Head, now: &Moment) -> Result<(), StoreError> {
        self.since = 0;
        self.last = Some(now.clone());
        let added = match self.part.as_mut().filter(|part| part.entries.saturating_add(self.count) <= PART_ENTRIES) {
            Some(part) => part.add(&self.pending, self.count),
            None => return self.whole(folder, head),
        };
        self.pending.clear();
        if added.is_err() {
            self.part = None;
        } else {
            self.count = 0;
        }
        added
    }

    /// Writes a whole backup where anything is not in one yet: at the end of a session.
    pub(super) fn finish(&mut self, folder: &Path, head: &Head, now: &Moment) -> Result<(), StoreError> {
        self.last = Some(now.clone());
        let behind = self.count > 0 || self.part.as_ref().is_some_and(|part| part.entries > 0);
        if behind { self.whole(folder, head) } else { Ok(()) }
    }

    fn whole(&mut self, folder: &Path, head: &Head) -> Result<(), StoreError> {
        self.part = None;
        self.pending.clear();
        let info = write(folder, &self.place, head)?;
        self.part = Some(Part::none_yet(&info.path));
        self.count = 0;
        Ok(())
    }
}

/// Copies the journal of the store in `folder`, which must end at `head`, to the folder `place`, reads the copy back, and
/// returns where it is.
fn write(folder: &Path, place: &Path, head: &Head) -> Result<BackupInfo, StoreError> {
    let journal = folder.join(files::JOURNAL);
    let bytes = fs::read(&journal).map_err(|source| StoreError::io(&journal, source))?;
    let chain = chain::read_chain(&bytes);
    if chain.tail != Tail::Clean || chain.head().as_ref() != Some(head) {
        // It was sound when it was opened, and every entry since was written by this session.
        return Err(StoreError::Damaged { path: journal, line: chain.lines.len().saturating_add(1) });
    }
    files::private_folder(place)?;
    let path = place.join(name_of(head));
    write_and_read_back(&path, &bytes)?;
    part::forget(place, &bytes);
    thin_out(place);
    Ok(BackupInfo { path, seq: head.seq, head: Some(head.clone()) })
}

/// A file that holds the same bytes as a proved chain is proved.
fn write_and_read_back(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let same = || fs::read(path).is_ok_and(|copy| copy == bytes);
    if !same() {
        files::write_whole(path, bytes)?;
    }
    if same() { Ok(()) } else { Err(StoreError::NotABackup { path: path.to_owned() }) }
}

/// The backups in `place`, newest first; none where there is no such folder.
///
/// # Errors
/// The folder could not be read: that says nothing about what is in it.
pub(super) fn list(place: &Path) -> Result<Vec<BackupInfo>, StoreError> {
    let mut found: Vec<BackupInfo> = read_names(place)?
        .into_iter()
        .filter_map(|path| {
            let named = named_seq(&path)?;
            let head = verified(&path).and_then(|chain| chain.head());
            Some(match is_part(&path) {
                true => BackupInfo { seq: head.as_ref().map_or(named, |head| head.seq), head, path },
                false => BackupInfo { seq: named, head: head.filter(|head| head.seq == named), path },
            })
        })
        .collect();
    found.sort_by(|one, other| (other.seq, &other.path).cmp(&(one.seq, &one.path)));
    Ok(found)
}

/// What the newest sound backup proves, and where the next entries can go.
pub(super) struct Newest {
    /// Its last entry.
    pub(super) head: Head,
    part: Option<Part>,
}

/// The newest backup that is sound. What is byte for byte the beginning of `journal`, which is proved, is not proved again.
pub(super) fn newest(place: &Path, journal: &Chain) -> Option<Newest> {
    // Newest first; the first that is sound is enough, so that opening does not read twenty files.
    names(place).iter().rev().filter(|path| !is_part(path)).find_map(|path| {
        let bytes = fs::read(path).ok()?;
        let head = journal.proof(&bytes).filter(|proof| proof.tail == Tail::Clean && Some(proof.head.seq) == named_seq(path))?.head;
        let (head, part) = part::beside(path, bytes, head, journal);
        Some(Newest { head, part })
    })
}

/// The chain in a backup file: when all of it is proved, or, for a part, all but an unfinished end.
pub(super) fn verified(path: &Path) -> Option<Chain> {
    if is_part(path) {
        return part::verified(path);
    }
    let chain = chain::read_file(path).ok()?;
    (chain.tail == Tail::Clean && chain.head().is_some()).then_some(chain)
}

fn name_of(head: &Head) -> String {
    format!("{:010}-{}.{WHOLE}", head.seq, head.hash.get(..12).unwrap_or_default())
}

fn named_seq(path: &Path) -> Option<u64> {
    let named = path.extension().is_some_and(|ending| ending == WHOLE || ending == PART);
    path.file_stem()?.to_str().filter(|_| named)?.split_once('-')?.0.parse().ok()
}

fn is_part(path: &Path) -> bool {
    path.extension() == Some(OsStr::new(PART))
}

/// Whole backups and parts in `place`, oldest first, a part after the whole one that it continues; none where it cannot be read.
fn names(place: &Path) -> Vec<PathBuf> {
    read_names(place).unwrap_or_default()
}

fn read_names(place: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let failed = |source| StoreError::io(place, source);
    let entries = match fs::read_dir(place) {
        Ok(entries) => entries,
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed)?.path();
        if named_seq(&path).is_some() {
            names.push(path);
        }
    }
    names.sort();
    Ok(names)
}

/// Deletes the oldest whole backups beyond [`KEPT`]. Called only when the newest was just read back.
fn thin_out(place: &Path) {
    let whole: Vec<PathBuf> = names(place).into_iter().filter(|path| !is_part(path)).collect();
    let surplus = whole.len().saturating_sub(KEPT);
    for old in whole.iter().take(surplus).filter(|path| !path.with_extension(PART).try_exists().unwrap_or(true)) {
        // A backup that cannot be deleted is no harm.
        let _kept: io::Result<()> = fs::remove_file(old);
    }
}
