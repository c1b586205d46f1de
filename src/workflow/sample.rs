//! The sample call, complete: so that everything can be tried with nothing but the program.

use std::{fs, path::Path};

use include_dir::{Dir, include_dir};

use crate::workflow::{StepError, files};

static PACKAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/package");

/// The fixed list of scores of the sample reviewers.
pub const SCORES: &str = include_str!("../../sample-data/scores.csv");

/// Writes the sample package folder to `folder`, which must not exist or be empty.
///
/// # Errors
/// When there is something in the folder already, or it cannot be written.
pub fn write_package(folder: &Path) -> Result<(), StepError> {
    let failed = |source| StepError::io(folder, source);
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(StepError::TargetExists { path: folder.to_owned() });
    }
    write(&PACKAGE, folder)
}

fn write(dir: &Dir<'_>, folder: &Path) -> Result<(), StepError> {
    for file in dir.files() {
        let path = folder.join(file.path());
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|source| StepError::io(parent, source))?;
        files::write_whole(&path, file.contents()).map_err(|source| StepError::io(&path, source))?;
    }
    dir.dirs().try_for_each(|inner| write(inner, folder))
}
