//! Several files, all or none.

use std::{fs, io::Write};

use tempfile::NamedTempFile;

use crate::workflow::{
    StepError, files,
    tables::{
        TableError,
        plan::{Planned, present},
    },
};

/// Writes every planned file. All of them are on the disk under other names before the first gets its own, so that a full disk or a
/// folder without permission changes nothing.
///
/// # Errors
/// When a file is no longer what was planned upon, or the file system refuses; every file is then as before.
pub(in crate::workflow) fn all(planned: &[Planned]) -> Result<(), StepError> {
    let mut ready: Vec<(NamedTempFile, &Planned)> = Vec::new();
    let mut made = Vec::new();
    for file in planned {
        if present(&file.path)? != file.before {
            return Err(TableError::Moved { path: file.path.clone() }.into());
        }
        let failed = |source| StepError::io(&file.path, source);
        let Some(folder) = file.path.parent() else { continue };
        made.push(files::Target::make(folder).map_err(failed)?);
        let mut written = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(folder).map_err(failed)?;
        written.write_all(&file.bytes).and_then(|()| written.as_file().sync_all()).map_err(failed)?;
        ready.push((written, file));
    }
    let mut done: Vec<&Planned> = Vec::new();
    for (written, file) in ready {
        if let Err(error) = written.persist(&file.path) {
            undo(&done);
            return Err(StepError::io(&file.path, error.error));
        }
        done.push(file);
    }
    for folder in planned.iter().filter_map(|file| file.path.parent()) {
        files::sync_folder(folder).map_err(|source| StepError::io(folder, source))?;
    }
    made.into_iter().for_each(files::Target::keep);
    Ok(())
}

/// Puts back what stood there. What cannot be put back is beyond help: the file system just refused another file too.
fn undo(done: &[&Planned]) {
    for file in done {
        let _beyond_help = match &file.before {
            Some(bytes) => files::write_whole(&file.path, bytes),
            None => fs::remove_file(&file.path),
        };
    }
}
