//! The sample call, complete: so that everything can be tried with nothing but the program.

use std::{fs, path::Path};

use include_dir::{Dir, include_dir};

use crate::workflow::{StepError, files};

static PACKAGE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/package");
static PERFORMANCE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data/performance");

/// The fixed list of scores of the sample reviewers.
pub const SCORES: &str = include_str!("../../sample-data/scores.csv");

/// What the sample panel decides.
pub const DECISIONS: &str = include_str!("../../sample-data/decisions.toml");
/// The sheets of the alternate R08, as they were kept on paper.
pub const PAPER: &str = include_str!("../../sample-data/paper-R08.csv");
/// What R06 answers when asked to look at a sheet again.
pub const ANSWER: &str = include_str!("../../sample-data/answer-R06.csv");

/// A sample call with everything that its people do, so that the whole process can run on it.
pub struct Kit {
    /// Writes its package folder.
    pub write: fn(&Path) -> Result<(), StepError>,
    /// The clerk of its office.
    pub clerk: &'static str,
    /// Who presides.
    pub chair: &'static str,
    /// Who supervises.
    pub supervisor: &'static str,
    /// The fixed list of scores.
    pub scores: &'static str,
    /// What the panel decides.
    pub decisions: &'static str,
}

/// The selection 揭榜遴选: 24 applications over six items, with every planted case.
pub static SELECTION: Kit =
    Kit { write: write_package, clerk: "OF1", chair: "R01", supervisor: "S01", scores: SCORES, decisions: DECISIONS };
/// The performance evaluation 绩效评价 of three bases, with a third party among the reviewers.
pub static EVALUATION: Kit = Kit {
    write: write_evaluation,
    clerk: "OF2",
    chair: "E01",
    supervisor: "S02",
    scores: include_str!("../../sample-data/performance/scores.csv"),
    decisions: include_str!("../../sample-data/performance/decisions.toml"),
};

/// Writes the package folder of the sample evaluation; reference data and pledges are those of the sample call.
///
/// # Errors
/// As [`write_package`].
pub fn write_evaluation(folder: &Path) -> Result<(), StepError> {
    must_be_empty(folder)?;
    let is_shared = |path: &Path| path.starts_with("reference") || path.starts_with("pledge.zh-CN.md") || path.starts_with("pledge.en.md");
    write(&PACKAGE, folder, &is_shared)?;
    write(&PERFORMANCE, folder, &|path| !path.starts_with("scores.csv") && !path.starts_with("decisions.toml"))
}

/// Writes what every call has alike: code lists and pledges.
pub(super) fn write_common(folder: &Path) -> Result<(), StepError> {
    const COMMON: [&str; 3] = ["reference/codes.toml", "pledge.zh-CN.md", "pledge.en.md"];
    write(&PACKAGE, folder, &|path| COMMON.iter().any(|common| path == Path::new(common)))
}

/// Writes the sample package folder to `folder`, which must not exist or be empty.
///
/// # Errors
/// When there is something in the folder already, or it cannot be written.
pub fn write_package(folder: &Path) -> Result<(), StepError> {
    must_be_empty(folder)?;
    write(&PACKAGE, folder, &|_| true)
}

pub(super) fn must_be_empty(folder: &Path) -> Result<(), StepError> {
    let failed = |source| StepError::io(folder, source);
    fs::create_dir_all(folder).map_err(failed)?;
    let is_empty = fs::read_dir(folder).map_err(failed)?.next().is_none();
    if is_empty { Ok(()) } else { Err(StepError::TargetExists { path: folder.to_owned() }) }
}

fn write(dir: &Dir<'_>, folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<(), StepError> {
    for file in dir.files().filter(|file| wanted(file.path())) {
        let path = folder.join(file.path());
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|source| StepError::io(parent, source))?;
        files::write_whole(&path, file.contents()).map_err(|source| StepError::io(&path, source))?;
    }
    dir.dirs().try_for_each(|inner| write(inner, folder, wanted))
}
