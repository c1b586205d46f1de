//! The quick way through a table: blocks of whole lines, each taken apart on whichever processor is free.
//!
//! It only ever says that a table is sound. As soon as anything is odd it gives up, and the table is read again from the first line to the
//! last, so that what is told does not depend on which processor was faster. A quotation mark may hide a line end, so blocks end
//! where the first one comes up.

use std::{
    io::{self, Read},
    mem,
    num::NonZeroUsize,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use csv::ByteRecord;

use crate::{
    domain::rubric::Rubric,
    intake::tally::{
        cells::Scores,
        heading::Head,
        reader::{Part, Row},
    },
};

/// Size of a block, in bytes.
const BLOCK: u64 = 1 << 20;
/// Most processors that are used.
const MOST: usize = 8;

/// The scores of a sound table; `None` where anything is odd.
pub(super) fn read<R: Read + Send>(file: &str, head: Head<R>, rubric: &Rubric) -> Option<Scores> {
    let (places, delimiter) = (head.places, head.delimiter);
    let blocks = Mutex::new(Blocks { source: Some(head.rest), rest: Vec::new() });
    let odd = AtomicBool::new(false);
    let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST);
    let work = || {
        let mut part = Part::new(file, places, rubric);
        while let Some(block) = next(&blocks, &odd) {
            let sound = match block {
                Ok(Block::Lines(lines)) => part.is_sound_block(delimiter, &lines),
                Ok(Block::Rest(begin, source)) => part.is_sound(delimiter, begin.as_slice().chain(source)),
                Err(_) => false,
            };
            if !sound {
                odd.store(true, Ordering::Relaxed);
            }
        }
        part
    };
    let parts: Vec<Option<Part<'_>>> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|worker| worker.join().ok()).collect()
    });
    let mut whole = Part::new(file, places, rubric);
    for part in parts {
        if odd.load(Ordering::Relaxed) || !whole.absorb(part?) {
            return None;
        }
    }
    let found = whole.finish();
    (found.listing.total == 0).then_some(found.scores)
}

/// What is left of a table.
struct Blocks<R> {
    source: Option<R>,
    /// The beginning of a line that the last block did not end.
    rest: Vec<u8>,
}

/// Some lines, or all that is left.
enum Block<R> {
    Lines(Vec<u8>),
    Rest(Vec<u8>, R),
}

/// The next block; `None` at the end, and as soon as anything is odd.
fn next<R: Read>(blocks: &Mutex<Blocks<R>>, odd: &AtomicBool) -> Option<io::Result<Block<R>>> {
    if odd.load(Ordering::Relaxed) {
        return None;
    }
    // A worker that stopped in the middle of a block is missed when its part is asked for.
    blocks.lock().unwrap_or_else(PoisonError::into_inner).next().transpose()
}

impl<R: Read> Blocks<R> {
    fn next(&mut self) -> io::Result<Option<Block<R>>> {
        let Some(source) = &mut self.source else { return Ok(None) };
        let mut lines = mem::take(&mut self.rest);
        let read = source.by_ref().take(BLOCK).read_to_end(&mut lines)?;
        if lines.contains(&b'"') {
            return Ok(self.source.take().map(|source| Block::Rest(lines, source)));
        }
        if read == 0 {
            self.source = None;
            return Ok((!lines.is_empty()).then_some(Block::Lines(lines)));
        }
        match lines.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => {
                self.rest = lines.split_off(end.saturating_add(1));
                Ok(Some(Block::Lines(lines)))
            }
            // No line is a megabyte long: whatever this is, it is read in one piece.
            None => Ok(self.source.take().map(|source| Block::Rest(lines, source))),
        }
    }
}

/// A row without quotation marks, as it lies in its block.
#[derive(Default)]
struct Line<'a> {
    cells: [&'a [u8]; WIDEST],
    width: usize,
}

/// Most cells of a row on the quick way; the table has fewer columns.
const WIDEST: usize = 8;

impl<'a> Line<'a> {
    /// One more cell; `false` where there are too many.
    fn push(&mut self, cell: &'a [u8]) -> bool {
        let free = self.cells.get_mut(self.width);
        self.width = self.width.saturating_add(1);
        free.map(|place| *place = cell).is_some()
    }
}

impl Row for Line<'_> {
    fn width(&self) -> usize {
        self.width
    }

    fn cell(&self, place: usize) -> &[u8] {
        self.cells.get(place).copied().unwrap_or_default()
    }
}

impl Part<'_> {
    /// Reads a block of lines without quotation marks; `false` at the first row that is odd. A carriage return that ends no line is odd.
    fn is_sound_block(&mut self, delimiter: u8, block: &[u8]) -> bool {
        let mut line = Line::default();
        let mut begin = 0_usize;
        for (at, byte) in block.iter().enumerate() {
            let ends = *byte == b'\n';
            if ends || *byte == delimiter {
                let Some(cell) = block.get(begin..at) else { return false };
                let fits = line.push(cell);
                if !fits || (ends && !self.takes(&line)) {
                    return false;
                }
                if ends {
                    line.width = 0;
                }
                begin = at.saturating_add(1);
            } else if *byte == b'\r' && !matches!(block.get(at.saturating_add(1)), None | Some(b'\n')) {
                return false;
            }
        }
        match block.get(begin..) {
            Some([]) if line.width == 0 => true,
            Some(cell) => line.push(cell) && self.takes(&line),
            None => false,
        }
    }

    /// Whether a row is sound.
    fn takes(&mut self, row: &impl Row) -> bool {
        self.row(row, 0).is_ok() && self.listing.total == 0
    }

    /// Reads all lines of `source`; `false` at the first one that is odd.
    fn is_sound(&mut self, delimiter: u8, source: impl Read) -> bool {
        let mut reader = super::heading::reader(delimiter, source);
        let mut record = ByteRecord::new();
        loop {
            match reader.read_byte_record(&mut record) {
                Ok(true) if self.takes(&record) => {}
                Ok(false) => return true,
                _ => return false,
            }
        }
    }
}
