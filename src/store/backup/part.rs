//! A part: the entries after a whole backup, in a file of their own beside it, with the same name and the ending `part`.
//!
//! A part proves nothing alone. It counts as far as its lines follow, hash by hash, from the whole backup that it names; an
//! unfinished end, left by a session that died while it wrote, is never read and is cut off before the next entries are added.

use std::{
    collections::HashSet,
    fs,
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use crate::store::{
    StoreError,
    backup::{PART, WHOLE, is_part, named_seq, names},
    chain::{self, Chain, Head, Tail},
    files,
};

/// The file that takes the entries after a whole backup.
pub(super) struct Part {
    path: PathBuf,
    /// Length of what is proved; the next entries go there.
    length: u64,
    /// Number of entries in it.
    pub(super) entries: u64,
}

impl Part {
    /// The part of `whole`, before its first entry.
    pub(super) fn none_yet(whole: &Path) -> Self {
        Self { path: whole.with_extension(PART), length: 0, entries: 0 }
    }

    /// Adds lines, syncs them, and reads them back.
    pub(super) fn add(&mut self, lines: &[u8], entries: u64) -> Result<(), StoreError> {
        let outcome = if self.length == 0 { files::write_whole(&self.path, lines) } else { self.append(lines) };
        outcome?;
        if !self.ends_with(lines).unwrap_or(false) {
            return Err(StoreError::NotABackup { path: self.path.clone() });
        }
        self.length = self.length.saturating_add(lines.len() as u64);
        self.entries = self.entries.saturating_add(entries);
        Ok(())
    }

    fn append(&self, lines: &[u8]) -> Result<(), StoreError> {
        let write = || -> io::Result<()> {
            let mut file = files::private_file().write(true).open(&self.path)?;
            if file.metadata()?.len() < self.length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            file.set_len(self.length)?;
            file.seek(SeekFrom::Start(self.length))?;
            file.write_all(lines)?;
            file.sync_data()
        };
        write().map_err(|source| StoreError::io(&self.path, source))
    }

    fn ends_with(&self, lines: &[u8]) -> io::Result<bool> {
        let mut file = fs::File::open(&self.path)?;
        file.seek(SeekFrom::Start(self.length))?;
        let mut found = Vec::with_capacity(lines.len());
        file.read_to_end(&mut found)?;
        Ok(found == lines)
    }
}

/// Where the backup `whole`, which is proved, holds `bytes` and ends at `head`, ends together with the part beside it; and that part,
/// unless what stands there does not follow: it is left as it is then, and takes no more.
pub(super) fn beside(whole: &Path, mut bytes: Vec<u8>, head: Head, journal: &Chain) -> (Head, Option<Part>) {
    let mut part = Part::none_yet(whole);
    let base = bytes.len() as u64;
    match fs::read(&part.path) {
        Ok(more) => bytes.extend_from_slice(&more),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return (head, Some(part)),
        Err(_) => return (head, None),
    }
    match journal.proof(&bytes).filter(|proof| matches!(proof.tail, Tail::Clean | Tail::Torn) && proof.length > base) {
        Some(proof) => {
            part.length = proof.length.saturating_sub(base);
            part.entries = proof.head.seq.saturating_sub(head.seq);
            (proof.head, Some(part))
        }
        None => (head, None),
    }
}

/// The whole backup and the part at `path` as one chain; `None` when either is damaged.
pub(super) fn verified(path: &Path) -> Option<Chain> {
    let whole = path.with_extension(WHOLE);
    let mut bytes = fs::read(&whole).ok()?;
    let base = chain::read_chain(&bytes);
    if base.tail != Tail::Clean || base.head().map(|head| head.seq) != named_seq(&whole) {
        return None;
    }
    bytes.extend(fs::read(path).ok()?);
    let chain = chain::read_chain(&bytes);
    (matches!(chain.tail, Tail::Clean | Tail::Torn) && chain.lines.len() > base.lines.len()).then_some(chain)
}

/// Deletes the parts in `place` that a whole backup of `journal`, just written and read back, makes needless: those of which it has every
/// line, apart from pieces of a write that the power cut off: an end without a line feed, and zeros where the disk wrote nothing. A line that
/// was changed is neither, and stays for whoever wants to know.
pub(super) fn forget(place: &Path, journal: &[u8]) {
    let parts: Vec<PathBuf> = names(place).into_iter().filter(|path| is_part(path)).collect();
    if parts.is_empty() {
        return;
    }
    let known: HashSet<&[u8]> = journal.split(|byte| *byte == b'\n').collect();
    for path in parts {
        let Ok(bytes) = fs::read(&path) else { continue };
        let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or_default();
        let lines = bytes.get(..end).unwrap_or_default().split(|byte| *byte == b'\n');
        if lines.into_iter().all(|line| known.contains(line) || line.contains(&0)) {
            // A part that cannot be deleted is no harm.
            let _kept: io::Result<()> = fs::remove_file(&path);
        }
    }
}
