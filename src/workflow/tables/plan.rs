//! What is to be written where, and what stands there now.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    domain::application::Application,
    intake::columns::Record,
    workflow::{
        StepError,
        tables::{Preview, RecordView, State, difference, text_at, write},
    },
};

/// A file to be written.
#[derive(Debug)]
pub(in crate::workflow) struct Planned {
    /// Its name in the package folder.
    pub(in crate::workflow) name: String,
    pub(in crate::workflow) path: PathBuf,
    /// What stands there now.
    pub(in crate::workflow) before: Option<Vec<u8>>,
    pub(in crate::workflow) bytes: Vec<u8>,
}

/// What stands in a file, if it is there.
pub(in crate::workflow) fn present(path: &Path) -> Result<Option<Vec<u8>>, StepError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StepError::io(path, error)),
    }
}

/// Name of an application's file in the package folder.
fn name_of(application: &Application) -> String {
    format!("applications/{}.toml", application.id.file_stem())
}

/// What stands in the file of an application.
pub(super) fn application_present(folder: &Path, application: &Application) -> Result<Option<Vec<u8>>, StepError> {
    present(&folder.join(name_of(application)))
}

/// The file of an application as it would be written, in place of `before`.
pub(super) fn application_file(folder: &Path, application: &Application, before: Option<Vec<u8>>) -> Planned {
    let name = name_of(application);
    Planned { path: folder.join(&name), name, before, bytes: write::application(application).into_bytes() }
}

/// Plans the file of an application. Attachments that were gathered before stay listed where no table speaks of attachments.
pub(super) fn application(
    preview: &mut Preview,
    folder: &Path,
    application: &mut Application,
    record: &Record,
    has_attachments: bool,
) -> Result<(), StepError> {
    let before = application_present(folder, application)?;
    let old: Option<Application> =
        before.as_deref().and_then(|bytes| std::str::from_utf8(bytes).ok()).and_then(|text| toml::from_str(text).ok());
    if let Some(old) = old.as_ref().filter(|_| !has_attachments) {
        application.attachments.clone_from(&old.attachments);
    }
    let state = match (&before, &old) {
        (None, _) => State::New,
        (Some(_), Some(old)) if old == application => State::Unchanged,
        (Some(_), old) => State::Changed(difference::between(old.as_ref(), application)),
    };
    if state != State::Unchanged {
        preview.planned.push(application_file(folder, application, before));
    }
    preview.records.push(RecordView {
        id: application.id.to_string(),
        name: text_at(&record.tree, &["title", "zh"]),
        assigned: record.assigned,
        place: record.place.clone(),
        state,
    });
    Ok(())
}
