//! Workbooks of Excel and WPS before 2007.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetType, SheetVisible, Xls};

use crate::{
    intake::sheets::{Cell, Grid, Refusal, compound, damaged, grid::Span, number, sparse::Sparse},
    quiet,
};

/// All sheets of a compound file.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Grid>, Refusal> {
    compound::check(bytes)?;
    guarded(|| {
        let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
        let sheets = book.sheets_metadata().to_vec();
        let tables = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        tables.map(|sheet| Ok(Grid { hidden: sheet.visible != SheetVisible::Visible, ..grid(&mut book, &sheet.name)? })).collect()
    })
}

/// Runs a reader that stops the program over some damaged files (`tests/intake/sheets/hostile.rs` has some), and makes an error
/// of that.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    quiet::guarded(read).unwrap_or_else(|| Err(damaged("-")))
}

fn grid(book: &mut Xls<Cursor<&[u8]>>, name: &str) -> Result<Grid, Refusal> {
    let spans: Vec<Span> = book.merge_cells_by_sheet_name(name).map_err(damaged)?.iter().map(span).collect();
    let (values, formulas) = (book.worksheet_range(name).map_err(damaged)?, book.worksheet_formula(name).map_err(damaged)?);
    let mut cells = Sparse::default();
    let start = |at: Option<(u32, u32)>| at.map_or((0, 0), |(row, column)| (row as usize, column as usize));
    let (top, left) = start(formulas.start());
    for (row, column, _) in formulas.used_cells() {
        cells.put(row.saturating_add(top), column.saturating_add(left), Cell::NoResult)?;
    }
    let (top, left) = start(values.start());
    for (row, column, value) in values.used_cells() {
        let (row, column) = (row.saturating_add(top), column.saturating_add(left));
        match (cells.get_mut(row, column), cell(value)) {
            // An empty text is a result too.
            (Some(place), cell) => *place = cell,
            (None, cell) => cells.put(row, column, cell)?,
        }
    }
    Ok(cells.into_grid(name, &spans))
}

/// A merged region as both formats of workbooks have it.
pub(super) const fn span(region: &Dimensions) -> Span {
    let (start, end) = (region.start, region.end);
    Span { rows: (start.0 as usize, end.0 as usize), columns: (start.1 as usize, end.1 as usize) }
}

fn cell(value: &Data) -> Cell {
    match value {
        Data::Empty => Cell::Empty,
        Data::Int(whole) => Cell::Number { digits: whole.to_string(), exact: true },
        Data::Float(value) => number::of(*value),
        Data::String(text) => Cell::text(text),
        Data::Bool(yes) => Cell::Truth(*yes),
        Data::DateTime(moment) if moment.is_duration() => number::of(moment.as_f64()),
        Data::DateTime(moment) => number::day(moment.to_ymd_hms_milli()),
        Data::DateTimeIso(text) => number::iso_day(text),
        Data::DurationIso(text) => Cell::text(text),
        Data::Error(error) => Cell::Failed(error.to_string()),
    }
}
