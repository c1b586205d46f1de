//! Names of attachments that every file system and archive carries; the name that the applicant gave stays as the title.

use crate::domain::{application::AttachmentEntry, ids::ApplicationId};

/// Longest stem that is kept of a name, in characters; room is left for a number and the ending.
const LONGEST_STEM: usize = 60;

/// A name of ASCII letters, digits and `._-` for a file: what of the original can be kept, without the application's number, and a
/// number behind it where the name is taken.
pub(super) fn travelling(original: &str, application: &ApplicationId, taken: &dyn Fn(&str) -> bool) -> String {
    let (stem, end) = original.rsplit_once('.').unwrap_or((original, ""));
    let kept = plain(stem).replace(&application.file_stem(), "-");
    let mut stem = String::new();
    for c in kept.chars().take(LONGEST_STEM) {
        if !(c == '-' && (stem.is_empty() || stem.ends_with('-'))) {
            stem.push(c);
        }
    }
    let stem = stem.trim_matches(['-', '.', '_']);
    let stem = if stem.is_empty() { "file" } else { stem };
    let end: String = plain(end).chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let name = |number: usize| {
        let number = if number == 1 { String::new() } else { format!("-{number}") };
        if end.is_empty() { format!("{stem}{number}") } else { format!("{stem}{number}.{end}") }
    };
    let mut number = 1_usize;
    while taken(&name(number)) {
        number = number.saturating_add(1);
    }
    name(number)
}

/// Lower-case ASCII; everything else is a hyphen.
fn plain(text: &str) -> String {
    let of = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') { c.to_ascii_lowercase() } else { '-' };
    text.chars().map(of).collect()
}

/// The lines that list an attachment in its application's file.
pub(super) fn entry(entry: &AttachmentEntry) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let (zh, en) = (quoted(&entry.title.zh), quoted(&entry.title.en));
    format!("[[attachment]]\nfile = {}\ntitle = {{ zh = {zh}, en = {en} }}\n\n", quoted(&entry.file))
}
