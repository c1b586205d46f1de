//! What a step records in the call: one line of its table `[panel]`; everything else in the file stays, comments and all.

use crate::{domain::call::Call, workflow::office::OfficeError};

/// The text of `call.toml` with `key = value` in its table `[panel]`, in place of a line with that key where there is one.
///
/// # Errors
/// When the file does not read as `wanted` afterwards, for example because the panel is written in another way.
pub(in crate::workflow) fn in_panel(text: &str, key: &str, value: &str, wanted: &Call) -> Result<String, OfficeError> {
    let line = format!("{key} = {value}");
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = text.lines().collect();
    let header = lines.iter().position(|line| table_of(line) == Some("panel"));
    if let Some(header) = header {
        let after = header.saturating_add(1);
        let end =
            lines.iter().skip(after).position(|line| line.trim_start().starts_with('[')).map_or(lines.len(), |at| at.saturating_add(after));
        let is_key = |line: &&str| line.split_once('=').is_some_and(|(name, _)| name.trim() == key);
        match lines.iter().enumerate().take(end).skip(after).find(|(_, line)| is_key(line)).map(|(at, _)| at) {
            Some(at) => lines.splice(at..at.saturating_add(1), [line.as_str()]).for_each(drop),
            None => lines.insert(after, &line),
        }
    }
    let written = lines.join(line_end) + line_end;
    let reads = toml::from_str::<Call>(&written).is_ok_and(|call| call == *wanted);
    if reads { Ok(written) } else { Err(OfficeError::NotRecorded { line }) }
}

/// The table whose header a line is.
fn table_of(line: &str) -> Option<&str> {
    let inner = line.split('#').next().unwrap_or_default().trim().strip_prefix('[')?.strip_suffix(']')?;
    Some(inner.trim())
}
