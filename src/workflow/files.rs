//! Files that are there whole or not at all, in folders that only their owner can enter.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    bundle::verified::Verified,
    digest,
    workflow::{StepError, scratch::Scratch},
};

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

/// A folder that somebody named for what a command writes. Those that the command had to make for it, parents and all, are gone
/// again when it fails.
pub struct Target {
    made: Vec<PathBuf>,
}

impl Target {
    /// Makes `folder` where it is missing.
    ///
    /// # Errors
    /// What the file system reports; nothing is left then.
    pub fn make(folder: &Path) -> io::Result<Self> {
        let missing = folder.ancestors().take_while(|part| !part.as_os_str().is_empty() && !part.exists());
        let target = Self { made: missing.map(Path::to_owned).collect() };
        fs::create_dir_all(folder)?;
        Ok(target)
    }

    /// What was written lies there: the folder stays.
    pub fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        for folder in &self.made {
            // Only an empty folder goes; whatever lies in it by now is somebody's.
            let _stays_when_in_use = fs::remove_dir(folder);
        }
    }
}

/// Refuses a path that is no folder which can be looked into: what is missing in it would only hide the one mistake there is.
///
/// # Errors
/// What the file system reports.
pub fn must_be_folder(folder: &Path) -> Result<(), StepError> {
    fs::read_dir(folder).map(drop).map_err(|source| StepError::io(folder, source))
}

/// Writes a file so that it is there whole or not at all: temporary file, sync, rename, sync of the folder. Readable by the owner alone.
///
/// # Errors
/// What the file system reports; the old file, if any, is still there then.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    let mut file = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Writes a folder of files so that it is there whole or not at all: a temporary folder, sync, rename. Another folder of the name makes
/// room, and is put back where the new one cannot take its place.
///
/// # Errors
/// What the file system reports; the old folder, if any, is still there then.
pub fn write_folder_whole(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    let parent = folder_of(path);
    let workshop = Scratch::within(parent)?;
    let (new, old) = (workshop.path().join("new"), workshop.path().join("old"));
    make_private(&new)?;
    for (name, bytes) in files {
        write_whole(&new.join(name), bytes)?;
    }
    let made_room = path.symlink_metadata().is_ok();
    if made_room {
        fs::rename(path, &old)?;
    }
    if let Err(error) = fs::rename(&new, path) {
        if made_room {
            fs::rename(&old, path)?;
        }
        return Err(error);
    }
    sync_folder(parent)
}

/// Writes a file of any size so that it is there whole or not at all; `write` fills it.
///
/// # Errors
/// What `write` and the file system report; the old file, if any, is still there then.
pub fn stream_whole(path: &Path, write: impl FnOnce(&mut dyn io::Write) -> Result<(), StepError>) -> Result<(), StepError> {
    let folder = folder_of(path);
    let failed = |source| StepError::io(path, source);
    let mut file = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder).map_err(failed)?;
    write(&mut file)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    sync_folder(folder).map_err(failed)
}

/// Keeps a bundle under `target`: the very bytes that were verified, not the file on the stick a second time. What is there already is
/// the same, because the name is the digest.
///
/// # Errors
/// What the file system reports; there is no half file then.
pub fn keep_bundle(bundle: &mut Verified, target: &Path) -> Result<(), StepError> {
    let folder = target.parent().unwrap_or_else(|| Path::new("."));
    make_private(folder).map_err(|source| StepError::io(target, source))?;
    if target.exists() {
        return Ok(());
    }
    stream_whole(target, |sink| bundle.copy_bundle_to(sink).map_err(|source| StepError::io(target, source)))
}

/// The folder that `path` lies in. A bare name lies in the present one, which has no name of its own and could not be synced.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."))
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
    let wanted = digest::sha256_file(from)?;
    match digest::sha256_file(&target) {
        Ok(found) if found == wanted => return Ok(target),
        Ok(_) => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    let mut file = tempfile::Builder::new().prefix(".pingyi-").suffix(".part").tempfile_in(folder)?;
    io::copy(&mut fs::File::open(from)?, &mut file)?;
    file.as_file().sync_all()?;
    if digest::sha256_file(file.path())? != wanted {
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
    if target.exists() {
        let same = digest::sha256_file(&target).map_err(failed)? == digest::sha256_file(from).map_err(failed)?;
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
