//! Tables as text: UTF-8 or GB18030, commas, semicolons or tabs.

use crate::intake::{
    Problem,
    sheets::{Cell, Grid, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Place, Remark, refused, too_large},
    table,
};

/// The one sheet of a text file.
pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Vec<Remark>> {
    let text = table::decode(file, bytes).map_err(|problem| vec![remark(*problem)])?;
    let rows = table::rows(file, &text).map_err(|problems| problems.into_iter().map(remark).collect::<Vec<_>>())?;
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    if rows.len() > MOST_ROWS || columns > MOST_COLUMNS || rows.len().saturating_mul(columns) > MOST_CELLS {
        return Err(vec![refused(file, too_large())]);
    }
    let rows = rows.into_iter().map(|row| (row.line, row.cells.iter().map(|cell| Cell::text(cell)).collect())).collect();
    Ok(vec![Grid { file: file.to_owned(), rows, ..Grid::default() }])
}

fn remark(problem: Problem) -> Remark {
    let place = Place { file: problem.file, row: problem.line, column: problem.column, ..Place::default() };
    Remark { place, severity: problem.severity, what: problem.what, advice: problem.advice }
}
