//! Opening: lock, prove the journal, hold it against sled, and settle every doubt before the first change.

use std::{
    fs::{self, File, TryLockError},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use crate::{
    domain::{
        change::{Change, Entry},
        desk::Desk,
        text::Message,
    },
    msg,
    store::{
        Access, OpenReport, Pen, SCHEMA, Store, StoreError,
        append::{note_head, noted_head},
        backup,
        chain::{self, Chain, Head, Tail},
        files,
        index::{self, Doubt, Index, Seal},
    },
};

/// How often a lock is tried, and the pause between; together well below a second.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(60);

impl Store {
    /// Begins a store in `folder` with its first entry. Until the journal has its name, there is no store.
    ///
    /// # Errors
    /// There is one already, or the file system failed.
    pub fn create(folder: &Path, first: &Entry) -> Result<(), StoreError> {
        let journal = folder.join(files::JOURNAL);
        let refuse_existing = || match files::exists(&journal) {
            Ok(true) => Err(StoreError::Exists { path: journal.clone() }),
            Ok(false) => Ok(()),
            Err(error) => Err(error),
        };
        refuse_existing()?;
        Desk::replay([first.clone()])?;
        files::private_folder(folder)?;
        let _lock = lock(folder)?;
        // Somebody else may have begun one in between.
        refuse_existing()?;
        let (line, hash) = chain::encode(first, None)?;
        files::write_whole(&journal, format!("{line}\n").as_bytes())?;
        note_head(folder, &Head { seq: first.seq, hash });
        Ok(())
    }

    /// Opens the store in `folder`.
    ///
    /// # Errors
    /// Somebody else has it open (for writing), it is damaged beyond what a witness can prove, or it is newer than this program.
    pub fn open(folder: &Path, access: Access) -> Result<(Self, OpenReport), StoreError> {
        refuse_missing(folder)?;
        match (lock(folder), access) {
            (Ok(lock), Access::Write) => open_for_writing(folder, lock),
            (Ok(lock), Access::Read) => match settle(folder) {
                Ok(settled) => {
                    drop(settled.index);
                    drop(lock);
                    Ok(reader(folder, settled.desk, settled.head, settled.notes))
                }
                Err(error) if error.is_unwritable_medium() => open_beside(folder),
                Err(error) => Err(error),
            },
            (Err(_), Access::Read) => open_beside(folder),
            (Err(error), Access::Write) => Err(error),
        }
    }

    /// Opens the store anew after a failed write, for example when space was freed.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn reopen(&mut self) -> Result<OpenReport, StoreError> {
        if let Some(pen) = &mut self.pen {
            pen.index = None;
        }
        // The lock goes with the pen; it is taken again at once.
        self.pen = None;
        let folder = self.folder.clone();
        let (opened, report) = Self::open(&folder, Access::Write)?;
        *self = opened;
        Ok(report)
    }
}

/// The store after every doubt was settled.
struct Settled {
    desk: Desk,
    head: Head,
    length: u64,
    index: Option<Index>,
    backups: backup::Schedule,
    notes: Vec<Message>,
}

fn open_for_writing(folder: &Path, lock: File) -> Result<(Store, OpenReport), StoreError> {
    let settled = settle(folder)?;
    let path = folder.join(files::JOURNAL);
    let journal = files::private_file().write(true).open(&path).map_err(|source| StoreError::io(&path, source))?;
    let pen = Pen { journal, length: settled.length, index: settled.index, blocked: false, backups: settled.backups, _lock: lock };
    let store = Store { folder: folder.to_owned(), desk: settled.desk, head: settled.head, pen: Some(pen) };
    Ok((store, OpenReport { notes: settled.notes }))
}

fn reader(folder: &Path, desk: Desk, head: Head, notes: Vec<Message>) -> (Store, OpenReport) {
    (Store { folder: folder.to_owned(), desk, head, pen: None }, OpenReport { notes })
}

/// Reads the journal alone: beside a writer, on a full disk, on a read-only medium.
fn open_beside(folder: &Path) -> Result<(Store, OpenReport), StoreError> {
    let (chain, head) = read_beside(folder)?;
    let desk = Desk::replay(chain.entries)?;
    Ok(reader(folder, desk, head, vec![msg!("note-store-journal-alone")]))
}

/// The proved journal and its last entry, without a lock. An unfinished last line is one that nobody was told of yet.
pub(super) fn read_beside(folder: &Path) -> Result<(Chain, Head), StoreError> {
    let path = folder.join(files::JOURNAL);
    let mut chain = chain::read_file(&path)?;
    refuse_newer(&path)?;
    let seen = Seen::in_folder(folder, &chain);
    if seen.refuse(&path, &chain).is_err() {
        // A window that is open elsewhere may have added entries since; what others had seen by then must be here now.
        chain = chain::read_file(&path)?;
    }
    if let Tail::Damaged { line, .. } = chain.tail {
        return Err(StoreError::Damaged { path, line });
    }
    let head = chain.head().ok_or_else(|| StoreError::Damaged { path: path.clone(), line: 1 })?;
    seen.refuse(&path, &chain)?;
    Ok((chain, head))
}

fn refuse_missing(folder: &Path) -> Result<(), StoreError> {
    let path = folder.join(files::JOURNAL);
    for name in [files::JOURNAL, files::INDEX, files::BACKUPS] {
        if files::exists(&folder.join(name))? {
            return Ok(());
        }
    }
    Err(StoreError::Missing { path })
}

/// Proves the journal, holds it against sled and the newest backup, and mends what a witness can prove.
fn settle(folder: &Path) -> Result<Settled, StoreError> {
    let path = folder.join(files::JOURNAL);
    let mut notes = Vec::new();
    files::sweep(folder);
    let mut journal = read_journal(&path)?;
    refuse_newer(&path)?;
    let seen = Seen::in_folder(folder, &journal);
    let sound = journal.tail == Tail::Clean && seen.refuse(&path, &journal).is_ok();
    let place = folder.join(files::INDEX);
    let state = index::seal(&place);
    let (mut desk, mut witness) = (None, None);
    if sound {
        // The entries move into the desk; from here on the lines speak for them, and memory holds them once.
        let folded = Desk::replay(std::mem::take(&mut journal.entries))?;
        if let Ok(index) = Index::open_sealed(&place) {
            if index.compare(&journal, &folded).is_ok() {
                return settled(folder, &journal, seen, folded, Some(index), notes);
            }
            witness = index.chain().ok();
        }
        desk = Some(folded);
    } else {
        witness = sled_chain(folder)?;
    }
    mend_journal(folder, &mut journal, witness.as_ref(), &seen, &mut notes)?;
    seen.refuse(&path, &journal)?;
    // A journal that was restored from a witness has its entries anew.
    let desk = match desk.filter(|_| journal.entries.is_empty()) {
        Some(desk) => desk,
        None => Desk::replay(std::mem::take(&mut journal.entries))?,
    };
    // An index without a seal is unfinished, not wrong: the session before died. And what stands in the journal needs no keeping.
    let spare = state == Seal::Absent || witness.as_ref().is_some_and(|proof| journal.covers(proof));
    let index = rebuild(folder, &journal, &desk, spare, &mut notes)?;
    settled(folder, &journal, seen, desk, index, notes)
}

fn settled(
    folder: &Path,
    journal: &Chain,
    seen: Seen,
    desk: Desk,
    index: Option<Index>,
    notes: Vec<Message>,
) -> Result<Settled, StoreError> {
    let head = journal.head().ok_or_else(|| StoreError::Damaged { path: folder.join(files::JOURNAL), line: 1 })?;
    note_head(folder, &head);
    let backups = backup::Schedule::new(folder, journal, seen.newest);
    Ok(Settled { desk, head, length: journal.proved, index, backups, notes })
}

/// What witnesses beside journal and index have seen: the noted head and the newest sound backup.
struct Seen {
    noted: Option<Head>,
    newest: Option<backup::Newest>,
}

impl Seen {
    fn in_folder(folder: &Path, journal: &Chain) -> Self {
        Self { noted: noted_head(folder), newest: backup::newest(&folder.join(files::BACKUPS), journal) }
    }

    /// Refuses a journal without a single entry, one that ends before an entry that was seen, and one in which that entry is
    /// another: a journal whose lines were all computed anew is a chain like any other, but not the one that was seen.
    fn refuse(&self, path: &Path, journal: &Chain) -> Result<(), StoreError> {
        let head = journal.head().ok_or_else(|| StoreError::Damaged { path: path.to_owned(), line: 1 })?;
        let missing = || self.noted.iter().chain(self.newest.iter().map(|newest| &newest.head)).filter(|seen| !journal.has(seen));
        if let Some(seen) = missing().map(|seen| seen.seq).filter(|seen| *seen > head.seq).max() {
            return Err(StoreError::Rolled { path: path.to_owned(), ends: head.seq, seen });
        }
        match missing().map(|seen| seen.seq).min() {
            Some(seq) => Err(StoreError::Rewritten { path: path.to_owned(), seq }),
            None => Ok(()),
        }
    }
}

/// The journal, or an empty chain where the file is gone; that counts as damage, never as a new beginning.
pub(super) fn read_journal(path: &Path) -> Result<Chain, StoreError> {
    let bytes = read_bytes(path)?;
    if bytes.is_empty() {
        return Ok(Chain { entries: Vec::new(), lines: Vec::new(), proved: 0, tail: Tail::Damaged { line: 1, last: true } });
    }
    Ok(chain::read_chain(&bytes))
}

/// The bytes of a file; none where it is gone.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => Ok(bytes),
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(source) => Err(StoreError::io(path, source)),
    }
}

/// What sled can prove; nothing when there is none, its seal is broken, or sled cannot read it. Opening a damaged sled changes it,
/// so a copy is opened, never the only one.
///
/// # Errors
/// It could not be copied, for example on a full disk: that says nothing about what it could prove.
pub(super) fn sled_chain(folder: &Path) -> Result<Option<Chain>, StoreError> {
    let original = folder.join(files::INDEX);
    if !files::exists(&original)? || index::seal(&original) == Seal::Broken {
        return Ok(None);
    }
    let copy = files::scratch(folder).map_err(|source| StoreError::io(folder, source))?;
    let place = copy.path().join(files::INDEX);
    copy_folder(&original, &place).map_err(|source| StoreError::io(&original, source))?;
    let read = || -> Result<Chain, Doubt> { Index::open(&place)?.chain() };
    Ok(read().ok())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy_folder(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Restores lines that sled proves, cuts a torn tail that nobody was told of, and refuses everything else.
fn mend_journal(
    folder: &Path,
    journal: &mut Chain,
    witness: Option<&Chain>,
    seen: &Seen,
    notes: &mut Vec<Message>,
) -> Result<(), StoreError> {
    let path = folder.join(files::JOURNAL);
    let file = read_bytes(&path)?;
    let proof = witness.filter(|proof| proof.covers(journal)).map(|proof| proof.continued(&file));
    if let Some(proof) = proof.filter(|proof| proof.tail == Tail::Clean && proof.lines.len() > journal.lines.len()) {
        if files::exists(&path)? {
            files::copy_aside(&path)?;
        }
        files::write_whole(&path, &proof.bytes())?;
        notes.push(msg!("note-journal-restored", count = proof.lines.len().saturating_sub(journal.lines.len())));
        *journal = proof;
        return Ok(());
    }
    match journal.tail {
        Tail::Clean => Ok(()),
        Tail::Damaged { line, last } if !last || journal.lines.is_empty() => Err(StoreError::Damaged { path, line }),
        Tail::Torn | Tail::Damaged { .. } => cut_tail(&path, journal, seen, notes),
    }
}

/// Cuts what follows the last proved line. Nobody was told that it was saved: the witnesses end where the proof ends.
fn cut_tail(path: &Path, journal: &mut Chain, seen: &Seen, notes: &mut Vec<Message>) -> Result<(), StoreError> {
    seen.refuse(path, journal)?;
    let head = journal.head().ok_or_else(|| StoreError::Damaged { path: path.to_owned(), line: 1 })?;
    files::copy_aside(path)?;
    let file = files::private_file().write(true).open(path).map_err(|source| StoreError::io(path, source))?;
    file.set_len(journal.proved).and_then(|()| file.sync_all()).map_err(|source| StoreError::io(path, source))?;
    journal.tail = Tail::Clean;
    notes.push(msg!("note-journal-cut", seq = head.seq));
    Ok(())
}

/// Puts the index aside and builds a new one. Where that fails the journal carries everything alone.
fn rebuild(folder: &Path, journal: &Chain, desk: &Desk, spare: bool, notes: &mut Vec<Message>) -> Result<Option<Index>, StoreError> {
    let place = folder.join(files::INDEX);
    let existed = files::exists(&place)?;
    if existed && spare {
        fs::remove_dir_all(&place).map_err(|source| StoreError::io(&place, source))?;
    } else if existed {
        files::put_aside(&place)?;
        notes.push(msg!("note-index-rebuilt"));
    }
    let built = Index::build(&place, journal, desk);
    if built.is_err() {
        notes.push(msg!("note-no-index"));
    }
    Ok(built.ok())
}

/// Refuses a journal whose opening names a newer schema, before its unknown entries look like damage.
fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    let mut first = String::new();
    let read = File::open(path).and_then(|file| BufReader::new(file).read_line(&mut first));
    if read.is_err() {
        // No journal, or not text: that is for others to judge.
        return Ok(());
    }
    let payload = first.split('\t').nth(4).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(payload).unwrap_or_default();
    let schema = value.pointer("/change/schema").and_then(serde_json::Value::as_u64);
    match schema.and_then(|schema| u32::try_from(schema).ok()) {
        Some(found) if found > SCHEMA => Err(StoreError::Newer { found }),
        _ => Ok(()),
    }
}

/// Takes the lock, and writes into it who has it.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    let path: PathBuf = folder.join(files::LOCK);
    let options = || files::private_file().read(true).write(true).create(true).truncate(false).open(&path);
    let mut file = options().map_err(|source| StoreError::io(&path, source))?;
    for attempt in 1..=TRIES {
        match file.try_lock() {
            Ok(()) => {
                let holder = format!("pid {} @ {}\n", std::process::id(), host());
                let sign = |file: &mut File| {
                    file.set_len(0).and_then(|()| file.seek(SeekFrom::Start(0))).and_then(|_| file.write_all(holder.as_bytes()))
                };
                let _only_for_people = sign(&mut file);
                return Ok(file);
            }
            Err(TryLockError::WouldBlock) if attempt < TRIES => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(StoreError::io(&path, source)),
        }
    }
    let mut holder = String::new();
    let _only_for_people = file.read_to_string(&mut holder);
    Err(StoreError::Busy { path, holder: holder.trim().to_owned() })
}

fn host() -> String {
    let from_file = fs::read_to_string("/etc/hostname").map(|name| name.trim().to_owned());
    from_file.or_else(|_| std::env::var("COMPUTERNAME")).unwrap_or_default()
}

/// Whether an entry is the beginning of a journal of this schema.
#[must_use]
pub(super) fn is_opening(entry: &Entry) -> bool {
    matches!(&entry.change, Change::Open(opening) if opening.schema <= SCHEMA)
}
