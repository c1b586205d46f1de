//! Tables as offices export them: UTF-8 with or without a byte order mark, or GB18030; commas, semicolons or tabs; a title above
//! the headings; blank rows after the last.

use crate::{
    domain::{finding::Severity, names, text::Message},
    intake::Problem,
    msg,
};

/// A column that a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name in English, as this program writes it.
    pub id: &'static str,
    /// Other headings under which it is known.
    pub also: &'static [&'static str],
    /// Whether the table makes no sense without it.
    pub required: bool,
}

/// A table whose headings were understood.
#[derive(Debug, Clone)]
pub struct Table {
    file: String,
    /// For each column of the definition: its place in the rows.
    places: Vec<(&'static str, usize)>,
    /// Rows that are not blank.
    pub rows: Vec<Row>,
    /// Cells under no heading. Whoever reads the rows refuses the table where there are any.
    pub strays: Vec<Problem>,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Line in the file, from 1.
    pub line: usize,
    pub(super) cells: Vec<String>,
}

/// The text of a file in whichever of the usual encodings it is.
///
/// # Errors
/// When it is none of them.
pub fn decode(file: &str, bytes: &[u8]) -> Result<String, Box<Problem>> {
    let bad = || Box::new(problem(file, 1, 1, msg!("err-encoding"), msg!("rec-encoding")));
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(bad());
    }
    let marked = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]);
    match std::str::from_utf8(marked.unwrap_or(bytes)) {
        Ok(text) => return Ok(text.to_owned()),
        // A file that says it is UTF-8 and is not was damaged on its way; read as GB18030 it would only say something else.
        Err(_) if marked.is_some() => return Err(bad()),
        Err(_) => {}
    }
    encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned).ok_or_else(bad)
}

/// Reads a table with these columns.
///
/// # Errors
/// Everything that keeps it from being read.
pub fn read(file: &str, bytes: &[u8], columns: &[Column]) -> Result<Table, Vec<Problem>> {
    let text = decode(file, bytes).map_err(|problem| vec![*problem])?;
    let rows = rows(file, &text)?;
    let known = |cell: &str| columns.iter().find(|column| is_heading(column, cell));
    let heading = rows.iter().position(|row| row.cells.iter().filter(|cell| known(cell).is_some()).count() >= 2.min(columns.len()));
    let Some(heading) = heading else {
        let names: Vec<&str> = columns.iter().map(|column| column.id).collect();
        return Err(vec![problem(file, 1, 1, msg!("err-no-headings"), msg!("rec-no-headings", names = names.join(", ")))]);
    };
    let mut rows = rows.into_iter().skip(heading);
    let head = rows.next().unwrap_or_else(|| Row { line: 1, cells: Vec::new() });
    let rows: Vec<Row> = rows.collect();
    let strays: Vec<Problem> = rows.iter().flat_map(|row| without_heading(file, &head, row)).collect();
    let cells: Vec<&str> = head.cells.iter().map(String::as_str).collect();
    match places(file, head.line, &cells, columns) {
        (places, problems) if problems.is_empty() => Ok(Table { file: file.to_owned(), places, rows, strays }),
        (_, problems) => Err(problems.into_iter().chain(strays).collect()),
    }
}

/// Cells that stand under no heading. A comma too many, as in `7,5` for `7.5`, would else be read as another value.
fn without_heading(file: &str, head: &Row, row: &Row) -> Vec<Problem> {
    let has_heading = |at: usize| head.cells.get(at).is_some_and(|cell| !cell.is_empty());
    let stray = row.cells.iter().enumerate().filter(|(at, cell)| !cell.is_empty() && !has_heading(*at));
    let told = stray.map(|(at, cell)| {
        problem(file, row.line, at.saturating_add(1), msg!("err-cell-no-heading", found = cell), msg!("rec-cell-no-heading"))
    });
    told.collect()
}

/// Where each column stands in a line of headings, and what is wrong with that line.
pub(super) fn places(file: &str, line: usize, head: &[&str], columns: &[Column]) -> (Vec<(&'static str, usize)>, Vec<Problem>) {
    let mut places: Vec<(&'static str, usize)> = Vec::new();
    let mut problems = Vec::new();
    for (at, cell) in head.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        let column = at.saturating_add(1);
        match columns.iter().find(|column| is_heading(column, cell)) {
            Some(known) if places.iter().any(|(id, _)| *id == known.id) => {
                problems.push(problem(file, line, column, msg!("err-heading-twice", heading = cell), msg!("rec-heading-twice")));
            }
            Some(known) => places.push((known.id, at)),
            None => {
                let all = columns.iter().flat_map(|column| std::iter::once(column.id).chain(column.also.iter().copied()));
                let advice = match names::nearest(cell, all) {
                    Some(near) => msg!("rec-did-you-mean", near = near),
                    None => msg!("rec-heading-unknown"),
                };
                problems.push(problem(file, line, column, msg!("err-heading-unknown", heading = cell), advice));
            }
        }
    }
    for column in columns.iter().filter(|column| column.required && !places.iter().any(|(id, _)| *id == column.id)) {
        let what = msg!("err-heading-missing", heading = column.id);
        problems.push(problem(file, line, 1, what, msg!("rec-heading-missing", heading = column.id)));
    }
    (places, problems)
}

fn is_heading(column: &Column, cell: &str) -> bool {
    column.id.eq_ignore_ascii_case(cell) || column.also.contains(&cell)
}

/// All rows that are not blank, cells without white space at either end.
pub(super) fn rows(file: &str, text: &str) -> Result<Vec<Row>, Vec<Problem>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let delimiter = delimiter(&text);
    let lines = lines_of_rows(&text, delimiter.into())
        .map_err(|(line, column)| vec![problem(file, line, column, msg!("err-quote-open"), msg!("rec-quote-open"))])?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for (record, line) in reader.records().zip(lines) {
        let record = record.map_err(|_| vec![problem(file, line, 1, msg!("err-table-row"), msg!("rec-table-row"))])?;
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    Ok(rows)
}

/// What a character is read as.
enum At {
    Row,
    Cell,
    Plain,
    /// Within quotation marks that were opened at this line and cell.
    Quoted(usize, usize),
    /// Behind the mark that closes them.
    Closed(usize, usize),
}

/// The line in which each row begins; line ends within quotation marks begin none, and an empty line is no row. The library that
/// cuts the rows forgives a mark that is never closed, and then takes the rows below it for a part of the text.
///
/// # Errors
/// Line and cell of a quotation mark that is not closed, or is followed by more text.
fn lines_of_rows(text: &str, delimiter: char) -> Result<Vec<usize>, (usize, usize)> {
    let (mut line, mut column, mut at) = (1_usize, 1_usize, At::Row);
    let mut lines = Vec::new();
    for c in text.chars() {
        if matches!(at, At::Row) && c != '\n' {
            lines.push(line);
            column = 1;
        }
        at = match (at, c) {
            (At::Quoted(row, cell), '"') => At::Closed(row, cell),
            (At::Quoted(row, cell), _) => At::Quoted(row, cell),
            (At::Closed(row, cell), '"') => At::Quoted(row, cell),
            (At::Row | At::Cell, '"') => At::Quoted(line, column),
            (_, '\n') => At::Row,
            (_, c) if c == delimiter => At::Cell,
            (At::Closed(row, cell), ' ') => At::Closed(row, cell),
            (At::Closed(row, cell), _) => return Err((row, cell)),
            (At::Row | At::Cell | At::Plain, _) => At::Plain,
        };
        line = line.saturating_add(usize::from(c == '\n'));
        column = column.saturating_add(usize::from(matches!(at, At::Cell)));
    }
    match at {
        At::Quoted(row, cell) => Err((row, cell)),
        _ => Ok(lines),
    }
}

/// What stands between the cells: whichever of tab, semicolon and comma the first line that has any of them has most of.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, wanted: char| line.matches(wanted).count();
    let first = text.lines().find(|line| line.contains([',', ';', '\t'])).unwrap_or_default();
    let most = [('\t', b'\t'), (';', b';'), (',', b',')].into_iter().max_by_key(|(wanted, _)| count(first, *wanted));
    most.map_or(b',', |(_, byte)| byte)
}

impl Table {
    /// The cell of `row` in column `id`; empty where the table has no such column or the row ends before it.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a Row, id: &str) -> &'a str {
        self.place(id).and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// Whether the table has column `id`.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.place(id).is_some()
    }

    /// A problem with the cell of `row` in column `id`.
    #[must_use]
    pub fn problem(&self, row: &Row, id: &str, what: Message, advice: Message) -> Problem {
        problem(&self.file, row.line, self.place(id).map_or(1, |at| at.saturating_add(1)), what, advice)
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.places.iter().find(|(known, _)| *known == id).map(|(_, at)| *at)
    }
}

/// An error in a table; the column is the number of the cell, as people count in a spreadsheet.
pub(super) fn problem(file: &str, line: usize, column: usize, what: Message, advice: Message) -> Problem {
    Problem { file: file.to_owned(), line, column, severity: Severity::Error, what, advice }
}
