//! Verification of many result bundles at once: all cores, in any order, each bundle let go as soon as its figures are taken.

use std::{
    ffi::OsStr,
    io,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
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
        verify::{self, result::Opened},
    },
};

/// How far the verification is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub done: usize,
    /// Files in all.
    pub of: usize,
}

impl Progress {
    /// Files a second, and seconds that are left at this pace, after so much time.
    #[must_use]
    pub fn pace(self, taken: Duration) -> (u128, u128) {
        let (done, millis) = (self.done as u128, taken.as_millis().max(1));
        let rate = done.saturating_mul(1000).checked_div(millis).unwrap_or_default();
        let left = self.of.saturating_sub(self.done) as u128;
        (rate, left.saturating_mul(millis).checked_div(done.saturating_mul(1000)).unwrap_or_default())
    }
}

/// How the work is done and watched.
pub struct Watch<'a> {
    /// Told after each file, in the thread that called.
    pub told: &'a mut dyn FnMut(Progress),
    /// Once true, nothing more is begun.
    pub stop: &'a AtomicBool,
    /// Gets each verified result before it is let go; what it makes of one must not depend on the others.
    pub each: &'a (dyn Fn(&PanelResult, &Opened) -> Result<(), StepError> + Sync),
}

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
pub fn gather(files: &[PathBuf], trust: &Trust, watch: &mut Watch<'_>) -> Result<Merged, StepError> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    let next = AtomicUsize::new(0);
    let failed: Mutex<Option<StepError>> = Mutex::new(None);
    let (sender, receiver) = mpsc::channel();
    let (mut sound, mut excluded) = (Vec::new(), Vec::new());
    let (stop, each) = (watch.stop, watch.each);
    thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (next, failed) = (&next, &failed);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
                    let looked = look(file, trust, each)
                        .and_then(|looked| sender.send(looked).map_err(|_| StepError::from(AggregateError::Interrupted)));
                    if let Err(error) = looked {
                        if let Ok(mut failed) = failed.lock() {
                            failed.get_or_insert(error);
                        }
                        stop.store(true, Ordering::Relaxed);
                    }
                }
            });
        }
        drop(sender);
        for (at, looked) in receiver.into_iter().enumerate() {
            match looked {
                Looked::Sound(result) => sound.push(*result),
                Looked::Not(one) => excluded.push(one),
            }
            (watch.told)(Progress { done: at.saturating_add(1), of: files.len() });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    if stop.load(Ordering::Relaxed) {
        return Err(AggregateError::Interrupted.into());
    }
    let mut merged = merge(sound);
    merged.excluded.extend(excluded);
    merged.excluded.sort();
    // The same bad file on two sticks is named once.
    merged.excluded.dedup();
    Ok(merged)
}

fn look(file: &Path, trust: &Trust, each: &(dyn Fn(&PanelResult, &Opened) -> Result<(), StepError> + Sync)) -> Result<Looked, StepError> {
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
