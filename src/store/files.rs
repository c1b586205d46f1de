//! Files and folders of a store: names, modes, whole writes, and putting things aside.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use crate::store::StoreError;

pub(super) const JOURNAL: &str = "journal";
pub(super) const HEAD: &str = "head";
pub(super) const INDEX: &str = "index";
pub(super) const LOCK: &str = "lock";
pub(super) const BACKUPS: &str = "backups";
/// How the names of unfinished files and of copies to look into begin. Whatever is named so and still there when a store is
/// opened was left by a session that died.
const UNFINISHED: &str = ".store-";

/// Creates a folder that only the owner can enter, whatever the mask of the shell, and makes its name durable.
pub(super) fn private_folder(path: &Path) -> Result<(), StoreError> {
    let create = || -> io::Result<()> {
        if !path.try_exists()? {
            fs::create_dir_all(path)?;
            sync_folder(path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new(".")))?;
        }
        restrict(path, 0o700)
    };
    create().map_err(|source| StoreError::io(path, source))
}

/// Options for a file that only the owner can read.
pub(super) fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes every right from group and others.
#[cfg(unix)]
pub(super) fn restrict(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Other systems give a person's own folders to that person alone.
#[cfg(not(unix))]
pub(super) fn restrict(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

/// Takes every right from group and others in a whole folder; sled creates its files by the mask of the shell.
pub(super) fn restrict_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            restrict(&path, 0o700)?;
            restrict_all(&path)?;
        } else {
            restrict(&path, 0o600)?;
        }
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all: temporary file, sync, rename, sync of the folder.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|error| error.error)?;
        sync_folder(folder)
    };
    write().map_err(|source| StoreError::io(path, source))
}

/// Makes names in `folder` durable. Other systems than unix do this by themselves.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A throw-away folder inside `folder`, for looking into a copy of something.
pub(super) fn scratch(folder: &Path) -> io::Result<tempfile::TempDir> {
    tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(folder)
}

/// Removes what a session that died left unfinished in a store. Only for whoever holds the lock.
pub(super) fn sweep(folder: &Path) {
    for place in [folder.to_owned(), folder.join(BACKUPS)] {
        let Ok(entries) = fs::read_dir(place) else { continue };
        for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED)) {
            let path = entry.path();
            // What cannot be removed now is harmless, and tried again next time.
            let _left: io::Result<()> = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Whether something has this name. An error is an error, not an absence.
pub(super) fn exists(path: &Path) -> Result<bool, StoreError> {
    path.try_exists().map_err(|source| StoreError::io(path, source))
}

/// Puts a file or folder aside as `NAME.damaged-N` and says where. Nothing that was put aside is ever deleted.
pub(super) fn put_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let aside = free_name(path)?;
    fs::rename(path, &aside).map_err(|source| StoreError::io(path, source))?;
    Ok(aside)
}

/// Copies a file beside itself as `NAME.damaged-N`, for when the original is about to be cut.
pub(super) fn copy_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let bytes = fs::read(path).map_err(|source| StoreError::io(path, source))?;
    let aside = free_name(path)?;
    write_whole(&aside, &bytes)?;
    Ok(aside)
}

/// The first `NAME.damaged-N` that nothing has yet.
fn free_name(path: &Path) -> Result<PathBuf, StoreError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut number = 1_u32;
    loop {
        let candidate = path.with_file_name(format!("{name}.damaged-{number}"));
        if !exists(&candidate)? {
            return Ok(candidate);
        }
        number = number.saturating_add(1);
    }
}
