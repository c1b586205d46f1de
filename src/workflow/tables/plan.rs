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

/// Plans the file of an application. Attachments that were gathered before stay listed where no table speaks of attachments.
pub(super) fn application(
    preview: &mut Preview,
    folder: &Path,
    application: &mut Application,
    record: &Record,
    has_attachments: bool,
) -> Result<(), StepError> {
    let name = format!("applications/{}.toml", application.id.file_stem());
    let path = folder.join("applications").join(format!("{}.toml", application.id.file_stem()));
    let before = present(&path)?;
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
        let text = write::application(application);
        preview.planned.push(Planned { name, path, before, bytes: text.into_bytes() });
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
