//! sled 0.34.7, as a rebuildable index and second witness. What it does not cover is covered here: its `flush` is no fsync on
//! Linux, a start that died can leave a file it then trusts, it panics on some damage, and merely opening a damaged
//! directory changes it. So a directory is sealed with the digests of its files when it is closed, opened only when the seal
//! holds, opened under guard, compared in full, and replaced rather than repaired. A session that died leaves no seal.

use std::{
    cell::Cell,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use sled::{
    Config, Db, Transactional, Tree,
    transaction::{ConflictableTransactionError, TransactionError},
};

use crate::{
    digest,
    domain::desk::Desk,
    quiet,
    store::{
        chain::{Chain, Head, read_chain},
        files,
        views::{self, Views},
    },
};

/// Enough for 100,000 events; sled's own default is 1 GiB.
const CACHE_BYTES: u64 = 32 * 1024 * 1024;

/// After a failed write sled can wait for ever. Nobody waits longer than this for it: the journal has the entry, and the index is
/// rebuilt at the next open.
const PATIENCE: Duration = Duration::from_secs(10);

/// An open index. Dropped under guard, because sled syncs in its destructor and panics when that fails.
pub(super) struct Index {
    folder: PathBuf,
    open: Option<Arc<Trees>>,
    /// Whether everything that was asked of it was done, so that it may be sealed.
    whole: Cell<bool>,
}

/// Whether a directory is as it was when it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// Bit for bit.
    Holds,
    /// It was changed since.
    Broken,
    /// It was not closed: the session died, or there is no index.
    Absent,
}

struct Trees {
    db: Db,
    events: Tree,
    views: Tree,
    meta: Tree,
    /// Our own handle on sled's log, for the fsync that sled does not do.
    log: File,
}

/// sled failed, panicked, or says something else than the journal. Which of these does not matter: it is rebuilt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Doubt(pub(super) String);

impl<E: std::error::Error> From<E> for Doubt {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl Index {
    /// Opens a directory whose seal holds. The seal is taken off until it is closed again.
    pub(super) fn open_sealed(folder: &Path) -> Result<Self, Doubt> {
        if seal(folder) != Seal::Holds {
            return Err(Doubt("not sealed".to_owned()));
        }
        fs::remove_file(seal_path(folder))?;
        Self::open(folder)
    }

    /// Opens the index in `folder`, creating it where there is none.
    pub(super) fn open(folder: &Path) -> Result<Self, Doubt> {
        clean(folder)?;
        guarded(|| {
            let db = Config::new().path(folder).cache_capacity(CACHE_BYTES).flush_every_ms(Some(500)).open()?;
            let trees = Trees {
                events: db.open_tree("events")?,
                views: db.open_tree("views")?,
                meta: db.open_tree("meta")?,
                log: File::open(folder.join("db"))?,
                db,
            };
            files::restrict_all(folder)?;
            Ok(Self { folder: folder.to_owned(), open: Some(Arc::new(trees)), whole: Cell::new(true) })
        })
    }

    /// Opens a fresh index in `folder`, which must not exist, and fills it.
    pub(super) fn build(folder: &Path, chain: &Chain, desk: &Desk) -> Result<Self, Doubt> {
        let index = Self::open(folder)?;
        guarded(|| {
            let trees = index.trees()?;
            let mut events = sled::Batch::default();
            for (seq, line) in (0_u64..).zip(&chain.lines) {
                events.insert(&seq.to_be_bytes(), line.as_bytes());
            }
            trees.events.apply_batch(events)?;
            let mut current = sled::Batch::default();
            for (key, value) in views::of_desk(desk) {
                current.insert(key.as_bytes(), value.as_bytes());
            }
            trees.views.apply_batch(current)?;
            trees.meta.insert("head", head_text(chain.head().as_ref()).as_bytes())?;
            Ok(())
        })?;
        let trees = index.open.clone().ok_or_else(|| Doubt("closed".to_owned()))?;
        bounded(move || trees.sync())?;
        index.compare(chain, desk)?;
        Ok(index)
    }

    /// Whether the index says exactly what the journal says: every event, every view, the head.
    pub(super) fn compare(&self, chain: &Chain, desk: &Desk) -> Result<(), Doubt> {
        guarded(|| {
            let trees = self.trees()?;
            let mut expected = (0_u64..).zip(&chain.lines);
            for pair in trees.events.iter() {
                let (key, line) = pair?;
                let same = expected.next().is_some_and(|(seq, known)| key == seq.to_be_bytes() && line == known.as_bytes());
                if !same {
                    return Err(Doubt("events differ".to_owned()));
                }
            }
            if expected.next().is_some() {
                return Err(Doubt("events are missing".to_owned()));
            }
            let mut stored = Views::new();
            for pair in trees.views.iter() {
                let (key, value) = pair?;
                stored.insert(String::from_utf8(key.to_vec())?, String::from_utf8(value.to_vec())?);
            }
            if stored != views::of_desk(desk) {
                return Err(Doubt("views differ".to_owned()));
            }
            let head = trees.meta.get("head")?.map(|bytes| bytes.to_vec());
            if head.as_deref() == Some(head_text(chain.head().as_ref()).as_bytes()) {
                Ok(())
            } else {
                Err(Doubt("heads differ".to_owned()))
            }
        })
    }

    /// The events as a chain of their own; only what follows from the beginning is in it.
    pub(super) fn chain(&self) -> Result<Chain, Doubt> {
        guarded(|| {
            let mut bytes = Vec::new();
            for line in self.trees()?.lines()? {
                bytes.extend_from_slice(line.as_bytes());
                bytes.push(b'\n');
            }
            Ok(read_chain(&bytes))
        })
    }

    /// Adds one entry and the views it touched, in one transaction, and makes both durable.
    pub(super) fn add(&self, line: &str, head: &Head, before: &Views, after: &Views) -> Result<(), Doubt> {
        let outcome = self.try_add(line, head, before, after);
        self.whole.set(self.whole.get() && outcome.is_ok());
        outcome
    }

    fn try_add(&self, line: &str, head: &Head, before: &Views, after: &Views) -> Result<(), Doubt> {
        let trees = Arc::clone(self.open.as_ref().ok_or_else(|| Doubt("closed".to_owned()))?);
        let (line, head) = (line.to_owned(), head.clone());
        let gone: Vec<String> = before.keys().filter(|key| !after.contains_key(*key)).cloned().collect();
        let new: Views = after.iter().filter(|(key, value)| before.get(*key) != Some(value)).map(|(k, v)| (k.clone(), v.clone())).collect();
        bounded(move || trees.add(&line, &head, &gone, &new))
    }

    fn trees(&self) -> Result<&Trees, Doubt> {
        self.open.as_deref().ok_or_else(|| Doubt("closed".to_owned()))
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        if let Some(trees) = self.open.take() {
            let closed = bounded(move || {
                drop(trees);
                Ok(())
            });
            if closed.is_ok() && self.whole.get() {
                // Whatever goes wrong here, the journal has everything and the next open rebuilds what is not sealed.
                let _sealed = put_seal(&self.folder);
            }
        }
    }
}

impl Trees {
    fn add(&self, line: &str, head: &Head, gone: &[String], new: &Views) -> Result<(), Doubt> {
        let outcome: Result<(), TransactionError<()>> = (&self.events, &self.views, &self.meta).transaction(|(events, current, meta)| {
            events.insert(&head.seq.to_be_bytes(), line.as_bytes())?;
            for key in gone {
                current.remove(key.as_bytes())?;
            }
            for (key, value) in new {
                current.insert(key.as_bytes(), value.as_bytes())?;
            }
            meta.insert("head", head_text(Some(head)).as_bytes())?;
            Ok::<(), ConflictableTransactionError<()>>(())
        });
        outcome.map_err(|error| Doubt(format!("{error:?}")))?;
        self.sync()
    }

    fn lines(&self) -> Result<Vec<String>, Doubt> {
        let mut lines = Vec::new();
        for pair in self.events.iter() {
            lines.push(String::from_utf8(pair?.1.to_vec())?);
        }
        Ok(lines)
    }

    fn sync(&self) -> Result<(), Doubt> {
        self.db.flush()?;
        Ok(self.log.sync_all()?)
    }
}

fn head_text(head: Option<&Head>) -> String {
    head.map(|head| format!("{} {}", head.seq, head.hash)).unwrap_or_default()
}

/// Whether the directory is as it was when it was closed.
pub(super) fn seal(folder: &Path) -> Seal {
    match fs::read_to_string(seal_path(folder)) {
        Ok(text) => match digests(folder) {
            Ok(now) if now == text => Seal::Holds,
            _ => Seal::Broken,
        },
        Err(_) => Seal::Absent,
    }
}

fn put_seal(folder: &Path) -> Result<(), Doubt> {
    let text = digests(folder)?;
    files::write_whole(&seal_path(folder), text.as_bytes()).map_err(|error| Doubt(error.to_string()))
}

/// The seal lies beside the directory, because sled does not like strangers in its own.
fn seal_path(folder: &Path) -> PathBuf {
    folder.with_extension("seal")
}

/// Name and digest of every file below `folder`, one a line, in order.
fn digests(folder: &Path) -> std::io::Result<String> {
    let mut lines = Vec::new();
    let mut queue = vec![folder.to_owned()];
    while let Some(place) = queue.pop() {
        for entry in fs::read_dir(place)? {
            let path = entry?.path();
            if path.is_dir() {
                queue.push(path);
            } else {
                let (digest, _) = digest::sha256_reader(&mut File::open(&path)?)?;
                lines.push(format!("{digest}  {}\n", path.strip_prefix(folder).unwrap_or(&path).display()));
            }
        }
    }
    lines.sort();
    Ok(lines.concat())
}

/// Removes what a start that died may have left and sled would trust: unfinished snapshots, and a `conf` cut short.
fn clean(folder: &Path) -> Result<(), Doubt> {
    if !folder.try_exists()? {
        return Ok(files::private_folder(folder)?);
    }
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let unfinished = name.starts_with("snap.") && name.ends_with(".generating");
        let cut_short = name == "conf" && path.metadata()?.len() < 4;
        if unfinished || cut_short {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

/// Runs `body` on a thread of its own, and gives it up when it does not come back. A thread that was given up keeps what it holds
/// of sled, so nothing else waits for that either.
fn bounded<T: Send + 'static>(body: impl FnOnce() -> Result<T, Doubt> + Send + 'static) -> Result<T, Doubt> {
    let (tell, told) = mpsc::channel();
    thread::Builder::new().name("index".to_owned()).spawn(move || {
        // Nobody listens any more when it was given up.
        let _given_up = tell.send(guarded(body));
    })?;
    told.recv_timeout(PATIENCE)?
}

/// Runs `body` so that a panic inside sled becomes a doubt and prints nothing.
fn guarded<T>(body: impl FnOnce() -> Result<T, Doubt>) -> Result<T, Doubt> {
    quiet::guarded(body).unwrap_or_else(|| Err(Doubt("sled panicked".to_owned())))
}
