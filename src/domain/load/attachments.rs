//! Attachments: what is listed lies there, what lies there is listed, and every name can travel.

use crate::{
    domain::{
        application::Application,
        fields,
        finding::Finding,
        load::file::{File, application_name},
        package::{Attachment, Package},
    },
    msg,
};

/// Longest file name of an attachment, in ASCII characters.
const LONGEST_NAME: usize = 80;

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    for application in &package.applications {
        check_listed(package, application, &mut File::new(application_name(application), out));
    }
    for attachment in &package.attachments {
        let name = format!("attachments/{}/{}", attachment.application.file_stem(), attachment.file);
        check_file(package, attachment, &mut File::new(name, out));
    }
}

fn check_listed(package: &Package, application: &Application, file: &mut File) {
    let entries = application.attachments.iter().enumerate();
    file.check_unique(entries.clone().map(|(index, entry)| (format!("attachment[{index}].file"), entry.file.as_str())));
    for (index, entry) in entries {
        let path = format!("attachment[{index}].file");
        if !is_travelling_name(&entry.file) {
            file.error(&path, msg!("err-file-name", file = &entry.file), msg!("rec-file-name"));
        } else if !package.attachments_of(&application.id).any(|there| there.file == entry.file) {
            file.error(&path, msg!("err-attachment-missing", file = &entry.file), msg!("rec-attachment-missing"));
        }
        if entry.title.zh.trim().is_empty() {
            file.error(&format!("attachment[{index}].title.zh"), msg!("err-empty"), msg!("rec-empty"));
        }
        for (number, proved) in entry.proves.iter().enumerate() {
            let is_gate = package.rubric.gates.iter().any(|gate| gate.id.as_str() == proved);
            if !is_gate && fields::kind(proved).is_none() {
                let what = msg!("warn-proves-unknown", proved = proved);
                file.warning(&format!("attachment[{index}].proves[{number}]"), what, msg!("rec-proves-unknown"));
            }
        }
    }
}

fn check_file(package: &Package, attachment: &Attachment, file: &mut File) {
    match package.application(&attachment.application) {
        None => file.error("", msg!("err-attachment-stray", application = &attachment.application), msg!("rec-attachment-stray")),
        Some(application) if !application.attachments.iter().any(|entry| entry.file == attachment.file) => {
            file.error("", msg!("err-attachment-unlisted", application = &application.id), msg!("rec-attachment-unlisted"));
        }
        Some(_) => {}
    }
    if attachment.size == 0 {
        file.warning("", msg!("warn-attachment-empty"), msg!("rec-attachment-empty"));
    }
    let is_digest = attachment.sha256.len() == 64 && attachment.sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !is_digest {
        file.error("", msg!("err-attachment-digest"), msg!("rec-attachment-digest"));
    }
}

/// Whether every file system and archive carries the name: `[a-z0-9._-]`, beginning with a letter or digit.
fn is_travelling_name(name: &str) -> bool {
    let starts_well = name.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit());
    let carried = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    starts_well && name.len() <= LONGEST_NAME && name.bytes().all(carried) && !name.ends_with('.')
}
