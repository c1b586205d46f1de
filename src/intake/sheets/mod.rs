//! Spreadsheets and tables as offices send them – .xlsx and .xls of Excel or WPS, .ods, .csv and .txt – as one kind of grid, in
//! which every cell knows its address. What stands in the cells is not judged here.
//!
//! The files are strangers': an archive is unpacked and counted, a compound file is walked, before a library reads either, because
//! those libraries believe what a file says about its own size.

mod archive;
mod compound;
mod grid;
mod number;
mod ods;
mod place;
mod sparse;
mod text;
mod xls;
mod xlsx;

pub use grid::{Cell, Grid};
pub use place::{Place, Remark};

use crate::{
    domain::{finding::Severity, text::Message},
    msg,
};

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 32 * 1024 * 1024;
/// Most rows of a sheet.
pub const MOST_ROWS: usize = 20_000;
/// Most columns of a sheet.
pub const MOST_COLUMNS: usize = 1_000;
/// Most cells of a sheet, the empty ones between others included.
pub const MOST_CELLS: usize = 2_000_000;

/// Why a file cannot be read as a table: what happened, and what to do.
type Refusal = (Message, Message);

/// Reads all sheets of a file; a text file has one. `file` is its name as it is told.
///
/// # Errors
/// What keeps the file from being read; for a text file with line and cell.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Grid>, Vec<Remark>> {
    if bytes.len() as u64 > LARGEST {
        return Err(vec![refused(file, (msg!("err-file-too-large", size = bytes.len(), most = LARGEST), msg!("rec-sheet-too-large")))]);
    }
    let sheets = match bytes {
        [b'P', b'K', 3, 4, ..] => archive::read(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => xls::read(bytes),
        _ if is_markup(bytes) => Err((msg!("err-sheet-markup"), msg!("rec-sheet-save-again"))),
        _ => return text::read(file, bytes),
    };
    let grids = sheets.map_err(|refusal| vec![refused(file, refusal)])?;
    Ok(grids.into_iter().map(|grid| Grid { file: file.to_owned(), ..grid }).collect())
}

/// A web page or an XML table under the name of a workbook, which other programs open without a word.
fn is_markup(bytes: &[u8]) -> bool {
    let start = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes).trim_ascii_start();
    start.first() == Some(&b'<')
}

fn refused(file: &str, (what, advice): Refusal) -> Remark {
    Remark { place: Place { file: file.to_owned(), ..Place::default() }, severity: Severity::Error, what, advice }
}

/// A file whose inside is not what its name promises.
fn damaged(cause: impl std::fmt::Display) -> Refusal {
    (msg!("err-sheet-damaged", cause = cause), msg!("rec-sheet-save-again"))
}

/// A sheet beyond [`MOST_ROWS`], [`MOST_COLUMNS`] or [`MOST_CELLS`].
fn too_large() -> Refusal {
    (msg!("err-sheet-size", rows = MOST_ROWS, columns = MOST_COLUMNS), msg!("rec-sheet-too-large"))
}
