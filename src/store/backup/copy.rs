//! `pingyi backup`: a copy at a place that the person names, for example on a stick.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::store::{
    StoreError,
    backup::{BackupInfo, name_of, write_and_read_back},
    open::{lock, read_beside},
};

/// Copies the proved journal of the store in `folder` to `place` and reads the copy back. Where `place` is a folder, the copy gets
/// the name under which `check` and `recover` find it; otherwise `place` is the file. A window that is open elsewhere may stay
/// open: the copy then holds every entry that was saved when it was read.
///
/// # Errors
/// The journal is damaged or ends before an entry that another witness has seen; or something stands at `place` that is not an
/// earlier copy of this journal; or the file system failed. What stood at `place` is untouched then.
pub fn backup(folder: &Path, place: &Path) -> Result<BackupInfo, StoreError> {
    // Held so that no window begins or mends anything meanwhile; one that is open already only ever adds lines.
    let _lock = match lock(folder) {
        Ok(lock) => Some(lock),
        Err(StoreError::Busy { .. }) => None,
        Err(error) if error.is_unwritable_medium() => None,
        Err(error) => return Err(error),
    };
    let (chain, head) = read_beside(folder)?;
    let path: PathBuf = if place.is_dir() { place.join(name_of(&head)) } else { place.to_owned() };
    let bytes = chain.bytes();
    refuse_stranger(&path, &bytes)?;
    write_and_read_back(&path, &bytes)?;
    Ok(BackupInfo { path, seq: head.seq, head: Some(head) })
}

/// Only an earlier copy of the same journal is written over.
fn refuse_stranger(path: &Path, journal: &[u8]) -> Result<(), StoreError> {
    match fs::read(path) {
        Ok(old) if !old.is_empty() && old.ends_with(b"\n") && journal.starts_with(&old) => Ok(()),
        Ok(_) => Err(StoreError::Stranger { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(StoreError::io(path, source)),
    }
}
