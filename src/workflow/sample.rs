//! The sample call, complete: so that everything can be tried with nothing but the program.

use std::{fs, path::Path};

use include_dir::{Dir, include_dir};

use crate::{
    domain::time::Moment,
    workflow::{StepError, files},
};

static PACKAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/package");

/// When the sample call's session opens and closes.
const OPENS: &str = "2026-03-16T09:00:00+08:00";
const CLOSES: &str = "2026-03-18T18:00:00+08:00";

/// The fixed list of scores of the sample reviewers.
pub const SCORES: &str = include_str!("../../sample-data/scores.csv");

/// What the sample panel decides.
pub const DECISIONS: &str = include_str!("../../sample-data/decisions.toml");
/// The sheets of the alternate R08, as they were kept on paper.
pub const PAPER: &str = include_str!("../../sample-data/paper-R08.csv");
/// What R06 answers when asked to look at a sheet again.
pub const ANSWER: &str = include_str!("../../sample-data/answer-R06.csv");

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

/// Writes the sample package folder as a start for a new call: its session begins today and closes the day after tomorrow.
///
/// # Errors
/// As [`write_package`].
pub fn write_start(folder: &Path, now: &Moment) -> Result<(), StepError> {
    write_package(folder)?;
    let path = folder.join("call.toml");
    let failed = |source| StepError::io(&path, source);
    let text = fs::read_to_string(&path).map_err(failed)?;
    let day = |moment: &Moment| moment.day().map(|day| day.to_string()).unwrap_or_default();
    let closing = now.later(2 * 24 * 3600).unwrap_or_else(|| now.clone());
    let dated = text.replace(OPENS, &format!("{}T09:00:00+08:00", day(now))).replace(CLOSES, &format!("{}T18:00:00+08:00", day(&closing)));
    files::write_whole(&path, dated.as_bytes()).map_err(failed)
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
