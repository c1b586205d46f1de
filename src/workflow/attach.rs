//! Attachments, laid out for the system's viewer after their digest was checked.

use std::{fs, path::PathBuf};

use crate::{
    domain::{ids::ApplicationId, package::Attachment},
    workflow::{StepError, files, held::Held, home::Workspace, layout, session::Session, table::TableSession},
};

/// Lays the attachment out as a file of its own and returns where. What the viewer changes there changes nothing here.
///
/// # Errors
/// When there is none of that name, its bytes are not the listed ones, or the file cannot be written.
pub fn lay_out(session: &mut Session, application: &ApplicationId, file: &str) -> Result<PathBuf, StepError> {
    let workspace = session.workspace().clone();
    lay_out_of(session.held_mut(), &workspace, application, file)
}

/// The same at the chair's table.
///
/// # Errors
/// As [`lay_out`].
pub fn lay_out_at_table(session: &mut TableSession, application: &ApplicationId, file: &str) -> Result<PathBuf, StepError> {
    let workspace = session.workspace().clone();
    lay_out_of(session.held_mut(), &workspace, application, file)
}

fn lay_out_of(held: &mut Held, workspace: &Workspace, application: &ApplicationId, file: &str) -> Result<PathBuf, StepError> {
    let missing = || StepError::NoAttachment { application: application.clone(), file: file.to_owned() };
    let attachment = held.package().attachments_of(application).find(|one| one.file == file).cloned().ok_or_else(missing)?;
    let folder = workspace.viewing();
    let target = folder.join(name_of(&attachment));
    let failed = |source| StepError::io(&target, source);
    files::make_private(&folder).map_err(failed)?;
    let member = layout::attachment_member(&attachment.application.file_stem(), &attachment.file);
    let mut copy = tempfile::Builder::new().prefix(".pingyi-").tempfile_in(&folder).map_err(failed)?;
    // Fails where the bytes are not those that the office signed.
    held.bundle_mut().copy_to(&member, copy.as_file_mut())?;
    if target.exists() {
        // A viewer may have written into the last copy, or hold it open; it is replaced by the signed bytes.
        fs::remove_file(&target).map_err(failed)?;
    }
    copy.persist(&target).map_err(|error| StepError::io(&target, error.error))?;
    Ok(target)
}

fn name_of(attachment: &Attachment) -> String {
    format!("{}.{}", attachment.application.file_stem(), attachment.file)
}
