//! The folder from which a new call is made: the complete sample, to see how everything is written; or an empty one of a review
//! kind, with the rules of that kind and a mark wherever the office has something to fill in.

use std::{fs, path::Path};

use crate::{
    domain::{rubric::ReviewKind, time::Moment},
    intake::shipped,
    workflow::{
        StepError, files,
        sample::{must_be_empty, write_common, write_package},
    },
};

/// When the sample call's session opens and closes.
const SAMPLE: [&str; 2] = ["2026-03-16T09:00:00+08:00", "2026-03-18T18:00:00+08:00"];
/// What stands in the empty calls for the two, and for the year.
const BLANKS: [&str; 2] = ["{opens}", "{closes}"];
const YEAR: &str = "{year}";

const ROSTER: &str = include_str!("../../sample-data/start/roster.toml");
const ROSTER_WITH_THIRD_PARTY: &str = include_str!("../../sample-data/start/roster-performance.toml");
const BASES: &str = include_str!("../../sample-data/start/existing-bases.toml");
const MAP: &str = include_str!("../../sample-data/start/industry-map.toml");

/// The call of a kind, with marks.
const fn call(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Selection => include_str!("../../sample-data/start/selection.toml"),
        ReviewKind::Accreditation => include_str!("../../sample-data/start/accreditation.toml"),
        ReviewKind::DirectAward => include_str!("../../sample-data/start/direct-award.toml"),
        ReviewKind::CityCounty => include_str!("../../sample-data/start/city-county.toml"),
        ReviewKind::Performance => include_str!("../../sample-data/start/performance.toml"),
    }
}

/// Writes the folder to start from: an empty one of a kind of review, or the sample where none is named.
///
/// # Errors
/// As [`sample`].
pub fn begin(folder: &Path, kind: Option<ReviewKind>, now: &Moment) -> Result<(), StepError> {
    kind.map_or_else(|| sample(folder, now), |kind| empty(folder, kind, now))
}

/// Writes the sample package folder as a start: its session begins today and closes the day after tomorrow.
///
/// # Errors
/// When there is something in the folder already, or it cannot be written.
pub fn sample(folder: &Path, now: &Moment) -> Result<(), StepError> {
    write_package(folder)?;
    let path = folder.join("call.toml");
    let text = fs::read_to_string(&path).map_err(|source| StepError::io(&path, source))?;
    write(folder, "call.toml", &dated(&text, SAMPLE, now))
}

/// Writes an empty package folder for a review of this kind: call, rubric, roster and reference data, without applications.
///
/// # Errors
/// As [`sample`].
pub fn empty(folder: &Path, kind: ReviewKind, now: &Moment) -> Result<(), StepError> {
    must_be_empty(folder)?;
    write_common(folder)?;
    let roster = if kind == ReviewKind::Performance { ROSTER_WITH_THIRD_PARTY } else { ROSTER };
    let rubric = shipped::find(kind.id()).map(|rubric| rubric.text).unwrap_or_default();
    let texts = [
        ("rubric.toml", without_schema(rubric)),
        ("roster.toml", roster),
        ("reference/existing-bases.toml", BASES),
        ("reference/industry-map.toml", MAP),
        // The call comes last: a folder without it is no package folder yet.
        ("call.toml", call(kind)),
    ];
    for below in ["applications", "attachments"] {
        fs::create_dir_all(folder.join(below)).map_err(|source| StepError::io(folder, source))?;
    }
    texts.into_iter().try_for_each(|(name, text)| write(folder, name, &dated(text, BLANKS, now)))
}

/// The rubric without its first line, which names a schema that lies elsewhere.
fn without_schema(text: &str) -> &str {
    text.strip_prefix("#:schema").and_then(|rest| rest.split_once('\n')).map_or(text, |(_, rest)| rest)
}

/// The text with the session and the year of a call that begins today.
fn dated(text: &str, [opens, closes]: [&str; 2], now: &Moment) -> String {
    let day = |moment: &Moment| moment.day().map(|day| day.to_string()).unwrap_or_default();
    let (today, closing) = (day(now), day(&now.later(2 * 24 * 3600).unwrap_or_else(|| now.clone())));
    let year = today.split('-').next().unwrap_or_default();
    let text = text.replace(opens, &format!("{today}T09:00:00+08:00")).replace(closes, &format!("{closing}T18:00:00+08:00"));
    text.replace(YEAR, year)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), StepError> {
    let path = folder.join(name);
    files::write_whole(&path, text.as_bytes()).map_err(|source| StepError::io(&path, source))
}
