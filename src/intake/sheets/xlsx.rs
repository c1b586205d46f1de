//! Workbooks of Excel and WPS since 2007.

use std::{collections::BTreeSet, io::Cursor};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use crate::intake::sheets::{
    Cell, Grid, Refusal, damaged,
    grid::Span,
    number,
    sparse::Sparse,
    xls::{guarded, span},
};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// All sheets of an archive that was looked at before.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    guarded(|| {
        let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
        let sheets = book.sheets_metadata().to_vec();
        let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tables.map(|sheet| Ok(Grid { hidden: sheet.visible != SheetVisible::Visible, ..grid(&mut book, &sheet.name)? })).collect()
    })
}

fn grid(book: &mut Book<'_>, name: &str) -> Result<Grid, Refusal> {
    let spans: Vec<Span> = book.merge_cells_by_sheet_name(name).map_err(damaged)?.iter().map(span).collect();
    let percents = percents(book, name).map_err(damaged)?;
    let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut cells = Sparse::default();
    while let Some(record) = reader.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = (record.pos.0 as usize, record.pos.1 as usize);
        let cell = match cell(&record.value) {
            Cell::Empty if record.formula.is_some() && record.value == DataRef::Empty => Cell::NoResult,
            cell if percents.contains(&record.pos) => number::percent(cell),
            cell => cell,
        };
        cells.put(row, column, cell)?;
    }
    Ok(cells.into_grid(name, &spans))
}

/// The cells whose format multiplies what they hold by a hundred.
fn percents(book: &mut Book<'_>, name: &str) -> Result<BTreeSet<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut found = BTreeSet::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let format = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
        let is_percent = format.is_some_and(|format| format.format_code.contains('%'));
        if is_percent && matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_)) {
            found.insert(cell.get_position());
        }
    }
    Ok(found)
}

fn cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(whole) => Cell::Number { digits: whole.to_string(), exact: true },
        DataRef::Float(value) => number::of(*value),
        DataRef::String(text) => Cell::text(text),
        DataRef::SharedString(text) => Cell::text(text),
        DataRef::Bool(yes) => Cell::Truth(*yes),
        DataRef::DateTime(moment) if moment.is_duration() => number::of(moment.as_f64()),
        DataRef::DateTime(moment) => number::day(moment.to_ymd_hms_milli()),
        DataRef::DateTimeIso(text) => number::iso_day(text),
        DataRef::DurationIso(text) => Cell::text(text),
        DataRef::Error(error) => Cell::Failed(error.to_string()),
    }
}
