//! A folder beside the place where something will lie, for as long as it is being made: what is written there gets its name by one
//! rename. It goes with its owner; where a program was killed, the next one that works in the same place clears it away.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
};

use tempfile::{Builder, NamedTempFile, TempDir};

/// How such folders are called. Nobody else's begin like this.
const PREFIX: &str = ".pingyi-";

/// What the file beside one ends with. Its owner has it locked, so that nobody clears away what is still being made.
const LOCK: &str = ".lock";

/// The folder.
#[derive(Debug)]
pub struct Scratch {
    // In this order: the lock outlives the folder, so no part of one is ever without.
    folder: TempDir,
    _lock: NamedTempFile,
}

impl Scratch {
    /// Makes one in `parent`, which must exist; those of programs that are no more go first.
    ///
    /// # Errors
    /// What the file system reports.
    pub fn within(parent: &Path) -> io::Result<Self> {
        clear(parent);
        let lock = loop {
            let lock = Builder::new().prefix(PREFIX).suffix(LOCK).tempfile_in(parent)?;
            // Somebody who clears away was quicker and takes it for a dead one's. On a medium without locks nobody clears away.
            if !matches!(lock.as_file().try_lock(), Err(TryLockError::WouldBlock)) {
                break lock;
            }
        };
        let name = lock.path().file_stem().unwrap_or_default().to_owned();
        let folder = Builder::new().prefix(&name).rand_bytes(0).tempdir_in(parent)?;
        Ok(Self { folder, _lock: lock })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Clears away what killed programs left in `parent`. What cannot be looked at or removed stays; it harms nobody.
fn clear(parent: &Path) {
    for entry in fs::read_dir(parent).into_iter().flatten().filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(LOCK).filter(|stem| stem.starts_with(PREFIX));
        let (Some(stem), true) = (stem, entry.file_type().is_ok_and(|kind| kind.is_file())) else { continue };
        let Ok(lock) = File::options().write(true).open(entry.path()) else { continue };
        if lock.try_lock().is_ok() {
            let folder = parent.join(stem);
            let is_gone = match fs::remove_dir_all(&folder) {
                Err(error) => error.kind() == io::ErrorKind::NotFound,
                Ok(()) => true,
            };
            if is_gone {
                let _stays_where_it_cannot_go = fs::remove_file(entry.path());
            }
        }
    }
}
