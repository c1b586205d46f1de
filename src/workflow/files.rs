//! Files that are there whole or not at all, in folders that only their owner can enter.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{digest, workflow::StepError};

/// Creates `folder` and its parents, readable by the owner alone.
///
/// # Errors
/// What the file system reports.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The mask of the shell must not decide who can read scores.
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Writes a file so that it is there whole or not at all: temporary file, sync, rename, sync of the folder. Readable by the owner alone.
///
/// # Errors
/// What the file system reports; the old file, if any, is still there then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Writes a file of any size so that it is there whole or not at all; `write` fills it.
///
/// # Errors
/// What `write` and the file system report; the old file, if any, is still there then.
pub fn stream_whole(path: &Path, write: impl FnOnce(&mut dyn io::Write) -> Result<(), StepError>) -> Result<(), StepError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let failed = |source| StepError::io(path, source);
    let mut file = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder).map_err(failed)?;
    write(&mut file)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder).map_err(failed)
}

/// Makes a rename in `folder` durable. Other systems than unix do this by themselves.
///
/// # Errors
/// What the file system reports.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Copies a file to another folder under the same name: temporary file, sync, rename, then read again and compared. A file of the
/// same content that is there already is left alone.
///
/// # Errors
/// What the file system reports; `AlreadyExists` where another file has the name; the target folder is then as before.
pub fn copy_whole(from: &Path, folder: &Path) -> io::Result<PathBuf> {
    let target = folder.join(from.file_name().unwrap_or_default());
    let measure = |path: &Path| digest::sha256_reader(&mut fs::File::open(path)?);
    let wanted = measure(from)?;
    match measure(&target) {
        Ok(found) if found == wanted => return Ok(target),
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut file = tempfile::Builder::new().prefix(".pingyi-").suffix(".part").tempfile_in(folder)?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    file.as_file().sync_all()?;
    if measure(file.path())? != wanted {
        return Err(io::ErrorKind::InvalidData.into());
    }
    file.persist_noclobber(&target).map_err(|error| error.error)?;
    sync_folder(folder)?;
    Ok(target)
}

/// Moves a file to another folder of the same medium. One of the same content that is there already is left alone.
///
/// # Errors
/// What the file system reports, or that another file has the name.
pub fn move_whole(from: &Path, folder: &Path) -> Result<PathBuf, StepError> {
    let target = folder.join(from.file_name().unwrap_or_default());
    let failed = |source| StepError::io(&target, source);
    let measure = |path: &Path| digest::sha256_reader(&mut fs::File::open(path)?);
    if target.exists() {
        let same = measure(&target).map_err(failed)? == measure(from).map_err(failed)?;
        return if same { Ok(target) } else { Err(StepError::TargetExists { path: target }) };
    }
    fs::rename(from, &target).and_then(|()| sync_folder(folder)).map_err(failed)?;
    Ok(target)
}

/// A JSON document as bundles carry it: two-space indent, final line feed.
#[must_use]
pub fn json_bytes(value: &serde_json::Value) -> Vec<u8> {
    // A value has no map keys other than texts, so it can always be written.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
