//! Verification of many result bundles at once: all cores, in any order, each bundle let go as soon as its figures are taken.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        kind::KINDS,
        layer::Report,
        stage::{StageError, Staged},
        trust::Trust,
    },
    domain::{
        register::{Excluded, Merged, PanelResult, Why, merge},
        text::Explain,
    },
    workflow::{
        StepError,
        aggregate::AggregateError,
        cores::{self, Watch},
        verify::{self, result::Opened},
    },
};

/// Gets each verified result before it is let go; what it makes of one must not depend on the others.
pub type Each<'a> = dyn Fn(&PanelResult, &Opened) -> Result<(), StepError> + Sync + 'a;

/// What a file turned out to be.
enum Looked {
    /// A result that stands in all layers.
    Sound(Box<PanelResult>),
    /// Something else.
    Not(Excluded),
}

/// Verifies all `files` in all layers and sorts out which results count.
///
/// # Errors
/// What keeps this machine from verifying at all, such as a full disk for copies; or that it was stopped. A file that is at fault
/// itself is named among the excluded.
pub fn gather(files: &[PathBuf], trust: &Trust, each: &Each<'_>, watch: &mut Watch<'_>) -> Result<Merged, StepError> {
    let (mut sound, mut excluded) = (Vec::new(), Vec::new());
    cores::each(files, watch, &|file: &PathBuf| look(file, trust, each), &mut |_, looked| match looked {
        Looked::Sound(result) => sound.push(*result),
        Looked::Not(one) => excluded.push(one),
    })?;
    let mut merged = merge(sound);
    merged.excluded.extend(excluded);
    merged.excluded.sort();
    // The same bad file on two sticks is named once.
    merged.excluded.dedup();
    Ok(merged)
}

fn look(file: &Path, trust: &Trust, each: &Each<'_>) -> Result<Looked, StepError> {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let not = |sha256: &str, why| Ok(Looked::Not(Excluded { sha256: sha256.to_owned(), file: name.clone(), why }));
    let staged = match Staged::copy_of(file, &std::env::temp_dir(), &KINDS) {
        Err(error @ (StageError::Read { .. } | StageError::NotAFile { .. } | StageError::TooLarge { .. })) => {
            return not("", Why::NotAResult { code: error.what().id.to_owned() });
        }
        staged => staged?,
    };
    let sha256 = staged.sha256().map_err(|source| StepError::io(file, source))?;
    match verify::open_staged(staged, file, Some(trust)) {
        Ok(opened) => {
            let Some(result) = opened.panel_result(sha256.clone()) else {
                return not(&sha256, Why::NotAResult { code: "session-closes".to_owned() });
            };
            each(&result, &opened)?;
            Ok(Looked::Sound(Box::new(result)))
        }
        Err(StepError::NotVerified(report)) => {
            // A bundle that is at fault is at fault twice. Where the second look says something else, it is the machine or the
            // medium, and nobody is left out for that.
            let again = Staged::copy_of(file, &std::env::temp_dir(), &KINDS)?;
            match verify::open_staged(again, file, Some(trust)) {
                Err(StepError::NotVerified(second)) if refused(&second) == refused(&report) => not(&sha256, refused(&report)),
                _ => Err(AggregateError::Unsteady { file: file.to_owned() }.into()),
            }
        }
        Err(StepError::WrongKind { found, .. }) => not(&sha256, Why::NotAResult { code: format!("kind-{found}") }),
        Err(error) => Err(error),
    }
}

/// The first thing that is wrong, in the order of the layers.
fn refused(report: &Report) -> Why {
    let first = report.errors().next();
    first.map_or_else(
        || Why::NotAResult { code: "not-checked".to_owned() },
        |(layer, finding)| Why::NotVerified { layer: layer.number(), code: finding.code.to_owned(), member: finding.member.clone() },
    )
}

/// The bundles that `paths` name: files as they are, folders with every `.zip` below them, in byte order.
///
/// # Errors
/// When a folder cannot be read.
pub fn files_in(paths: &[PathBuf]) -> Result<Vec<PathBuf>, StepError> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &mut found).map_err(|source| StepError::io(path, source))?;
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        // A link could lead round in a circle; what it names can be given by itself.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if kind.is_file() && entry.path().extension().is_some_and(|ending| ending == OsStr::new("zip")) {
            found.push(entry.path());
        }
    }
    Ok(())
}
