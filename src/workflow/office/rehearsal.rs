//! A copy of a package folder to rehearse with: the same files, another call.

use std::{fs, path::Path};

use crate::{
    domain::call::{Call, Mode},
    intake::{
        self,
        source::{Folder, Source},
    },
    workflow::{
        StepError,
        files::{self, Target},
        office::{OfficeError, text_of},
        scratch::Scratch,
    },
};

/// What the id of the rehearsed call ends in.
const SUFFIX: &str = "-test";

/// Copies the folder `from` to `to`, which must not exist or be empty; the copy is whole or is not there. Only the call's id and mode
/// differ, so that no bundle of the rehearsal can be taken for one of the review.
///
/// # Errors
/// When the folder has anything that is no file, the call is a rehearsal already, or something cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<Call, StepError> {
    files::must_be_folder(from)?;
    let source = Folder::new(from.to_owned());
    let (call, _) = intake::package::call_and_roster(&source).map_err(StepError::Problems)?;
    let (_, text) = text_of(from, "call.toml", "")?;
    let (rehearsed, text) = rehearsed(&call, &text)?;
    let failed = |source| StepError::io(to, source);
    if to.symlink_metadata().is_ok() && fs::read_dir(to).map_err(failed)?.next().is_some() {
        return Err(StepError::TargetExists { path: to.to_owned() });
    }
    let listed = |source| StepError::io(from, source);
    if let Some(odd) = source.oddities().map_err(listed)?.into_iter().next() {
        return Err(StepError::io(&from.join(odd), std::io::ErrorKind::InvalidInput.into()));
    }
    let parent = files::folder_of(to);
    let target = Target::make(parent).map_err(failed)?;
    let workshop = Scratch::within(parent).map_err(failed)?;
    let new = workshop.path().join("new");
    for name in source.names().map_err(listed)? {
        let path = new.join(&name);
        fs::create_dir_all(path.parent().unwrap_or(&new)).map_err(failed)?;
        if name == "call.toml" {
            files::write_whole(&path, text.as_bytes()).map_err(failed)?;
        } else {
            fs::copy(from.join(&name), &path).map_err(|source| StepError::io(&from.join(&name), source))?;
        }
    }
    // An empty folder of the name makes room; on Windows nothing can be renamed onto it.
    if to.symlink_metadata().is_ok() {
        fs::remove_dir(to).map_err(failed)?;
    }
    fs::rename(&new, to).map_err(failed)?;
    files::sync_folder(parent).map_err(failed)?;
    target.keep();
    Ok(rehearsed)
}

/// The call as a rehearsal, and its text with those two lines changed.
fn rehearsed(call: &Call, text: &str) -> Result<(Call, String), StepError> {
    if call.mode == Mode::Rehearsal {
        return Err(OfficeError::RehearsalAlready { call: call.id.clone() }.into());
    }
    let id = format!("{}{SUFFIX}", call.id);
    let wanted = Call { id: id.parse()?, mode: Mode::Rehearsal, ..call.clone() };
    let mut is_top = true;
    let lines = text.split_inclusive('\n').map(|line| {
        is_top = is_top && !line.trim_start().starts_with('[');
        match line.split_once('=') {
            Some((name, value)) if is_top && name.trim() == "id" => format!("{name}={}", value.replacen(call.id.as_str(), &id, 1)),
            Some((name, value)) if is_top && name.trim() == "mode" => format!("{name}={}", value.replacen("official", "rehearsal", 1)),
            _ => line.to_owned(),
        }
    });
    let written: String = lines.collect();
    let reads = toml::from_str::<Call>(&written).is_ok_and(|read| read == wanted);
    let line = format!("id = \"{id}\", mode = \"rehearsal\"");
    if reads { Ok((wanted, written)) } else { Err(OfficeError::NotRecorded { line }.into()) }
}
