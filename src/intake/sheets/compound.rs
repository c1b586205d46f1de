//! A compound file (MS-CFB) with a workbook stream (MS-XLS), walked before the library reads it: chains of sectors end, records
//! stay inside the stream, and sheets have a size that can be held. The library trusts all three.

use std::collections::BTreeSet;

use crate::{
    intake::sheets::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Refusal, damaged, too_large},
    msg,
};

/// Ends a chain; no chain goes through the numbers from [`RESERVED`] on.
const END: u32 = 0xFFFF_FFFE;
const RESERVED: u32 = 0xFFFF_FFFA;
/// Streams below this size lie in the small sectors (MS-CFB 2.2).
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;

/// Whether `bytes` can be given to the library.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refusal> {
    let file = File::open(bytes).ok_or_else(|| damaged("OLE"))?;
    let stream = file.workbook()?;
    walk(&stream)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    let pair: [u8; 2] = bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
    Some(usize::from(u16::from_le_bytes(pair)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
    Some(u32::from_le_bytes(four))
}

/// The parts of a compound file.
struct File<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector, the next one of its chain.
    next: Vec<u32>,
    /// The directory: name, first sector, size.
    entries: Vec<(String, u32, usize)>,
}

impl<'a> File<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector, next: Vec::new(), entries: Vec::new() };
        let mut tables: Vec<u32> = (0..109_usize).filter_map(|index| u32_at(bytes, index.saturating_mul(4).saturating_add(76))).collect();
        let (mut more, mut seen) = (u32_at(bytes, 68)?, BTreeSet::new());
        while more < RESERVED {
            if !seen.insert(more) {
                return None;
            }
            let (last, list) = file.numbers(file.sector_at(more)?).split_last().map(|(last, list)| (*last, list.to_vec()))?;
            tables.extend(list);
            more = last;
        }
        for table in tables.into_iter().filter(|table| *table < RESERVED) {
            let numbers = file.numbers(file.sector_at(table)?);
            file.next.extend(numbers);
        }
        let directory = file.chain(u32_at(bytes, 48)?)?;
        file.entries = directory.chunks_exact(128).filter_map(|entry| file.entry(entry)).collect();
        Some(file)
    }

    fn entry(&self, bytes: &[u8]) -> Option<(String, u32, usize)> {
        let units: Vec<u16> = (0..32_usize).filter_map(|at| u16_at(bytes, at.saturating_mul(2))?.try_into().ok()).collect();
        let name = String::from_utf16_lossy(units.split(|unit| *unit == 0).next()?);
        let size = u32_at(bytes, 120)? as usize;
        // Only files with large sectors have sizes of 64 bits.
        let is_huge = self.sector == 4096 && u32_at(bytes, 124)? != 0;
        Some((name, u32_at(bytes, 116)?, if is_huge { usize::MAX } else { size }))
    }

    /// A sector; the last one of a file may be cut short.
    fn sector_at(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    fn numbers(&self, sector: &[u8]) -> Vec<u32> {
        sector.chunks_exact(4).filter_map(|four| u32_at(four, 0)).collect()
    }

    /// The bytes of a chain of sectors; `None` where it leaves the file or comes back to itself.
    fn chain(&self, first: u32) -> Option<Vec<u8>> {
        let (mut bytes, mut number, mut seen) = (Vec::new(), first, BTreeSet::new());
        while number != END {
            if !seen.insert(number) {
                return None;
            }
            bytes.extend_from_slice(self.sector_at(number)?);
            number = *self.next.get(number as usize)?;
        }
        Some(bytes)
    }

    /// The stream with the workbook. A small stream lies in the chain of the root entry, by numbers of its own.
    fn workbook(&self) -> Result<Vec<u8>, Refusal> {
        let named = |wanted: &str| self.entries.iter().find(|(name, ..)| name.eq_ignore_ascii_case(wanted));
        if named("EncryptedPackage").is_some() {
            return Err((msg!("err-sheet-locked"), msg!("rec-sheet-locked")));
        }
        let (_, first, size) = named("Workbook").or_else(|| named("Book")).ok_or_else(|| damaged("Workbook"))?;
        let (_, root, root_size) = self.entries.first().ok_or_else(|| damaged("Root"))?;
        let small = u32_at(self.bytes, 64).unwrap_or_default() > 0;
        let store = if small { self.chain(*root).ok_or_else(|| damaged("Root"))? } else { Vec::new() };
        if small && *root_size > store.len().max(self.sector) {
            return Err(damaged("Root"));
        }
        let index =
            if small { u32_at(self.bytes, 60).and_then(|first| self.chain(first)).ok_or_else(|| damaged("Root"))? } else { Vec::new() };
        let whole = if *size >= SMALL_STREAM { self.chain(*first) } else { small_chain(&store, &self.numbers(&index), *first) };
        let mut stream = whole.ok_or_else(|| damaged("Workbook"))?;
        if *size > stream.len() {
            return Err(damaged("Workbook"));
        }
        stream.truncate(*size);
        Ok(stream)
    }
}

fn small_chain(store: &[u8], next: &[u32], first: u32) -> Option<Vec<u8>> {
    let (mut bytes, mut number, mut seen) = (Vec::new(), first, BTreeSet::new());
    while number != END {
        if !seen.insert(number) {
            return None;
        }
        let start = (number as usize).checked_mul(SMALL_SECTOR)?;
        bytes.extend_from_slice(store.get(start..start.checked_add(SMALL_SECTOR)?)?);
        number = *next.get(number as usize)?;
    }
    Some(bytes)
}

/// How large a sheet is by the cells it names.
#[derive(Default)]
struct Extent {
    rows: (usize, usize),
    columns: (usize, usize),
    cells: usize,
}

impl Extent {
    fn add(&mut self, row: usize, column: usize) {
        if self.cells == 0 {
            (self.rows, self.columns) = ((row, row), (column, column));
        }
        self.rows = (self.rows.0.min(row), self.rows.1.max(row));
        self.columns = (self.columns.0.min(column), self.columns.1.max(column));
        self.cells = self.cells.saturating_add(1);
    }

    const fn is_too_large(&self) -> bool {
        let rows = self.rows.1.saturating_sub(self.rows.0).saturating_add(1);
        let columns = self.columns.1.saturating_sub(self.columns.0).saturating_add(1);
        self.rows.1 >= MOST_ROWS || self.columns.1 >= MOST_COLUMNS || rows.saturating_mul(columns) > MOST_CELLS
    }
}

/// Walks the records: number, size, content (MS-XLS 2.1.4).
fn walk(stream: &[u8]) -> Result<(), Refusal> {
    let (mut at, mut extent) = (0_usize, Extent::default());
    while let (Some(kind), Some(size)) = (u16_at(stream, at), u16_at(stream, at.saturating_add(2))) {
        let start = at.saturating_add(4);
        let content = stream.get(start..start.saturating_add(size)).ok_or_else(|| damaged("BIFF"))?;
        at = start.saturating_add(size);
        match kind {
            // BOF: another sheet begins.
            0x0809 => extent = Extent::default(),
            // BoundSheet8: where a sheet begins.
            0x0085 if u32_at(content, 0).is_none_or(|place| place as usize >= stream.len()) => return Err(damaged("BoundSheet")),
            // Dimensions: what a sheet says of itself.
            0x0200 => dimensions(content)?,
            // MergeCells: as many regions as announced.
            0x00E5 if u16_at(content, 0).is_none_or(|count| count.saturating_mul(8).saturating_add(2) > content.len()) => {
                return Err(damaged("MergeCells"));
            }
            // The kinds of cells.
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00D6 | 0x00FD | 0x00BD => {
                let (Some(row), Some(column)) = (u16_at(content, 0), u16_at(content, 2)) else { return Err(damaged("BIFF")) };
                extent.add(row, column);
                // MulRk goes on to the column in its last two bytes.
                if let Some(last) = content.len().checked_sub(2).filter(|_| kind == 0x00BD).and_then(|end| u16_at(content, end)) {
                    extent.add(row, last);
                }
                if extent.is_too_large() {
                    return Err(too_large());
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Rows and columns from the first to behind the last. The library makes room for all of them at once.
fn dimensions(content: &[u8]) -> Result<(), Refusal> {
    let wide = content.len() >= 14;
    let number = |at: usize| u16_at(content, at).unwrap_or_default();
    let (first, last) = if wide {
        (u32_at(content, 0).unwrap_or_default() as usize, u32_at(content, 4).unwrap_or_default() as usize)
    } else {
        (number(0), number(2))
    };
    let columns = if wide { number(10) } else { number(6) };
    if last > 0 && first >= last {
        return Err(damaged("Dimensions"));
    }
    let rows = last.saturating_sub(first);
    // Some programs write the whole sheet's size here, whatever is in it.
    if rows > 65_536 || columns > 16_384 || rows.saturating_mul(columns) > 65_536 * 256 { Err(too_large()) } else { Ok(()) }
}
