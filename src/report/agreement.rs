//! The table of the coefficients of agreement, as CSV for a spreadsheet and as JSON for a program.

use std::io;

use serde_json::{Value, json};

use crate::{
    domain::{
        ids::CriterionId,
        text::{Language, Message},
    },
    i18n,
    insight::{agreement::Line, estimate},
    msg,
};

/// What is reported.
pub struct Table<'a> {
    /// The criterion; `None` for the sums of the sheets.
    pub criterion: Option<&'a CriterionId>,
    /// Applications in the table of scores.
    pub applications: usize,
    /// Reviewers who rated anything.
    pub reviewers: usize,
    /// The coefficients.
    pub lines: &'a [Line],
}

/// `stat,value,note`; a value that cannot be estimated is empty, and the note says why.
///
/// # Errors
/// What writing into memory reports, which is nothing.
pub fn csv(table: &Table<'_>, language: Language) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["stat", "value", "note"])?;
    for line in table.lines {
        let value = line.value.map(estimate::printed).unwrap_or_default();
        writer.write_record([line.id, &value, &i18n::text(language, &note(table, line))])?;
    }
    writer.into_inner().map_err(csv::IntoInnerError::into_error)
}

/// The same as one document, with the notes in both languages; a value that cannot be estimated is `null`.
#[must_use]
pub fn json(table: &Table<'_>) -> Value {
    let statistic = |line: &Line| {
        let note = note(table, line);
        let [zh, en] = [Language::Zh, Language::En].map(|language| i18n::text(language, &note));
        json!({ "stat": line.id, "value": line.value.map(estimate::printed).ok(), "note": { "zh": zh, "en": en } })
    };
    json!({
        "advisory": true,
        "criterion": table.criterion,
        "applications": table.applications,
        "reviewers": table.reviewers,
        "statistics": table.lines.iter().map(statistic).collect::<Vec<_>>(),
    })
}

/// That the figure is advisory, what a rating is, what it was computed from, and why there is none.
fn note(table: &Table<'_>, line: &Line) -> Message {
    let of = table.criterion.map_or_else(|| msg!("stat-of-sums"), |criterion| msg!("stat-of-criterion", criterion = criterion));
    let note = match line.value {
        Ok(_) => msg!("stat-note"),
        Err(why) => msg!("stat-note-why").with_message("why", why.message()),
    };
    note.with_message("of", of).with_message("basis", line.basis.message())
}
