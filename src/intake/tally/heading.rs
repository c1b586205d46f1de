//! The first lines of a table of scores: its encoding, what stands between its cells, and which column is which.

use std::io::{self, Read};

use csv::ByteRecord;

use crate::{
    intake::{
        Problem,
        scores::COLUMNS,
        table::{self, Column},
        tally::Listing,
    },
    msg,
};

/// How much is looked at before the first line is taken apart, in bytes.
const PEEK: u64 = 64 * 1024;

/// Where each column stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    pub(super) application: usize,
    pub(super) reviewer: usize,
    pub(super) criterion: usize,
    pub(super) value: usize,
    pub(super) state: Option<usize>,
    /// Number of columns.
    pub(super) width: usize,
}

/// All columns of the table: those of every table of scores but the comment, and the reviewer must be named.
pub(in crate::intake) fn columns() -> Vec<Column> {
    let known = COLUMNS.into_iter().filter(|column| column.id != "comment");
    known.map(|column| Column { required: column.required || column.id == "reviewer", ..column }).collect()
}

/// A table whose headings were read.
pub(super) struct Head<R> {
    pub(super) places: Places,
    pub(super) delimiter: u8,
    /// How many bytes the headings took.
    pub(super) offset: u64,
    /// Everything after them.
    pub(super) rest: io::Chain<io::Cursor<Vec<u8>>, R>,
}

/// A reader of rows without headings.
pub(super) fn reader<R: Read>(delimiter: u8, source: R) -> csv::Reader<R> {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true).buffer_capacity(1 << 16);
    builder.from_reader(source)
}

/// Looks at the beginning of `source` and reads the headings.
pub(super) fn read<R: Read>(file: &str, mut source: R) -> Result<Head<R>, Listing> {
    let mut begin = Vec::new();
    let failed = |cause: String| {
        Listing::one(table::problem(file, 1, 1, msg!("err-cannot-read", file = file, cause = cause), msg!("rec-cannot-read")))
    };
    source.by_ref().take(PEEK).read_to_end(&mut begin).map_err(|cause| failed(cause.to_string()))?;
    if begin.starts_with(&[0xff, 0xfe]) || begin.starts_with(&[0xfe, 0xff]) {
        return Err(Listing::one(table::problem(file, 1, 1, msg!("err-encoding"), msg!("rec-encoding"))));
    }
    let mark = if begin.starts_with(&[0xef, 0xbb, 0xbf]) { 3 } else { 0 };
    let mut text = begin.split_off(mark);
    let delimiter = delimiter(&text);
    let mut reader = reader(delimiter, text.as_slice());
    let mut head = ByteRecord::new();
    reader.read_byte_record(&mut head).map_err(|cause| failed(cause.to_string()))?;
    let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
    drop(reader);
    let begin = text.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(0);
    let line = text.iter().take(begin).filter(|byte| **byte == b'\n').count().saturating_add(1);
    let names: Result<Vec<String>, Box<Problem>> = head.iter().map(|cell| table::decode(file, cell)).collect();
    let names = names.map_err(|problem| Listing::one(*problem))?;
    let places = places(file, line, &names)?;
    let rest = io::Cursor::new(text.split_off(end)).chain(source);
    Ok(Head { places, delimiter, offset: u64::try_from(end.saturating_add(mark)).unwrap_or(u64::MAX), rest })
}

fn delimiter(text: &[u8]) -> u8 {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| line.iter().filter(|byte| **byte == wanted).count();
    [b'\t', b';', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
}

fn places(file: &str, line: usize, names: &[String]) -> Result<Places, Listing> {
    let columns = columns();
    let cells: Vec<&str> = names.iter().map(|name| name.trim()).collect();
    let (found, problems) = table::places(file, line, &cells, &columns);
    if !problems.is_empty() {
        return Err(Listing { total: problems.len(), problems });
    }
    let place = |id: &str| found.iter().find(|(known, _)| *known == id).map(|(_, at)| *at);
    match (place("application"), place("reviewer"), place("criterion"), place("value")) {
        (Some(application), Some(reviewer), Some(criterion), Some(value)) => {
            Ok(Places { application, reviewer, criterion, value, state: place("state"), width: names.len() })
        }
        _ => Err(Listing::one(table::problem(file, line, 1, msg!("err-no-headings"), msg!("rec-no-headings", names = "")))),
    }
}
