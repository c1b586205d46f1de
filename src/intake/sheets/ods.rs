//! Sheets of LibreOffice. They are read here and not by the library for workbooks, which knows nothing of merged cells in them and
//! would make a million rows of one that a file repeats a million times.

use crate::intake::sheets::{Cell, Grid, Refusal, damaged, grid::Span, number, sparse::Sparse};
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesRef, BytesStart, Event},
};

/// All sheets of a `content.xml`, which was found well-formed.
pub(super) fn read(content: &str) -> Result<Vec<Grid>, Refusal> {
    let mut reader = Reader::from_str(content);
    reader.config_mut().expand_empty_elements = true;
    let mut sheets = Vec::new();
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) if element.name().as_ref() == "table:table" => {
                let name = attribute(&element, "table:name").unwrap_or_default();
                sheets.push(Sheet::default().read(&mut reader, &name)?);
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A sheet while it is read.
#[derive(Default)]
struct Sheet {
    cells: Sparse,
    spans: Vec<Span>,
    row: usize,
    column: usize,
}

impl Sheet {
    fn read(mut self, reader: &mut Reader<&[u8]>, name: &str) -> Result<Grid, Refusal> {
        let mut repeated = 1;
        loop {
            match reader.read_event().map_err(damaged)? {
                Event::Start(element) => match element.name().as_ref() {
                    "table:table-row" => {
                        repeated = count(&element, "table:number-rows-repeated");
                        self.column = 0;
                    }
                    "table:table-cell" | "table:covered-table-cell" => self.cell(reader, &element, repeated)?,
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "table:table-row" => self.row = self.row.saturating_add(repeated),
                Event::End(element) if element.name().as_ref() == "table:table" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(self.cells.into_grid(name, &self.spans))
    }

    /// A cell, in all rows and columns that repeat it.
    fn cell(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart<'_>, rows: usize) -> Result<(), Refusal> {
        let columns = count(element, "table:number-columns-repeated");
        let text = text_of(reader, element.name().as_ref())?;
        let (tall, wide) = (count(element, "table:number-rows-spanned"), count(element, "table:number-columns-spanned"));
        let (row, column) = (self.row, self.column);
        self.column = column.saturating_add(columns);
        if tall > 1 || wide > 1 {
            let last = |from: usize, size: usize| from.saturating_add(size).saturating_sub(1);
            self.spans.push(Span { rows: (row, last(row, tall)), columns: (column, last(column, wide)) });
        }
        let cell = value(element, &text);
        if cell == Cell::Empty || element.name().as_ref() == "table:covered-table-cell" {
            return Ok(());
        }
        for row in row..row.saturating_add(rows) {
            for column in column..column.saturating_add(columns) {
                self.cells.put(row, column, cell.clone())?;
            }
        }
        Ok(())
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// A count, at least one. What is more than a sheet can hold is told by whoever puts the cells in their places.
fn count(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|digits| digits.parse().ok()).unwrap_or(1).max(1)
}

fn value(element: &BytesStart<'_>, text: &str) -> Cell {
    let of = |name: &str| attribute(element, name);
    let is_formula = of("table:formula").is_some();
    if of("calcext:value-type").as_deref() == Some("error") {
        return Cell::Failed(text.to_owned());
    }
    match of("office:value-type").as_deref() {
        Some("float" | "currency") => of("office:value").map_or(Cell::Empty, |value| number::of_text(&value)),
        Some("percentage") => of("office:value").map_or(Cell::Empty, |value| number::percent(number::of_text(&value))),
        Some("date") => of("office:date-value").map_or(Cell::Empty, |day| number::iso_day(&day)),
        Some("boolean") => Cell::Truth(of("office:boolean-value").as_deref() == Some("true")),
        Some("string") => Cell::text(of("office:string-value").as_deref().unwrap_or(text)),
        Some(_) => Cell::text(text),
        None if is_formula => Cell::NoResult,
        None => Cell::text(text),
    }
}

/// The text of a cell: its paragraphs, without notes that somebody pinned to it.
fn text_of(reader: &mut Reader<&[u8]>, end: &str) -> Result<String, Refusal> {
    let mut text = String::new();
    let (mut paragraphs, mut notes) = (0_usize, 0_usize);
    loop {
        match reader.read_event().map_err(damaged)? {
            Event::Start(element) => match element.name().as_ref() {
                "office:annotation" => notes = notes.saturating_add(1),
                _ if notes > 0 => {}
                "text:p" => {
                    text.push_str(if paragraphs > 0 { "\n" } else { "" });
                    paragraphs = paragraphs.saturating_add(1);
                }
                "text:line-break" => text.push('\n'),
                "text:tab" => text.push('\t'),
                "text:s" => text.push_str(&" ".repeat(count(&element, "text:c").min(100))),
                _ => {}
            },
            Event::End(element) if element.name().as_ref() == "office:annotation" => notes = notes.saturating_sub(1),
            Event::End(element) if element.name().as_ref() == end => return Ok(text),
            Event::Text(part) if notes == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::CData(part) if notes == 0 && paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::GeneralRef(part) if notes == 0 => text.push_str(&referred(&part)),
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

/// What `&amp;` and its like stand for.
fn referred(part: &BytesRef<'_>) -> String {
    match part.resolve_char_ref() {
        Ok(Some(c)) => c.to_string(),
        _ => resolve_predefined_entity(part.xml10_content().as_ref()).unwrap_or_default().to_owned(),
    }
}
