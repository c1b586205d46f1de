//! Lines taken apart on one processor while another one reads them: half the time of a large table is finding where cells end.

use std::{
    io::Read,
    sync::mpsc::{self, Receiver, Sender, SyncSender},
    thread,
};

use csv::ByteRecord;

use crate::intake::tally::heading::Source;

/// Lines of one batch.
const LINES: usize = 2048;
/// Batches that may wait; few, so that a slow reader does not fill the memory.
const WAITING: usize = 4;

/// Some lines of a table, one after another. The space of a batch is used again and again.
#[derive(Default)]
struct Batch {
    records: Vec<ByteRecord>,
    used: usize,
    /// The line that cannot be taken apart, with which the table ends.
    broken: Option<usize>,
}

/// Gives every line of `source` to `each`, with its number; and at the end the number of a line that cannot be taken apart.
pub(super) fn each<R: Read + Send>(source: Source<R>, mut each: impl FnMut(&ByteRecord, usize)) -> Option<usize> {
    let (filled, next) = mpsc::sync_channel::<Batch>(WAITING);
    let (emptied, space) = mpsc::channel::<Batch>();
    thread::scope(|scope| {
        scope.spawn(move || fill(source, &filled, &space));
        let mut broken = None;
        for batch in next {
            for record in batch.records.iter().take(batch.used) {
                each(record, line_of(record));
            }
            broken = broken.or(batch.broken);
            give_back(&emptied, batch);
        }
        broken
    })
}

/// A batch that nobody wants back any more is dropped: the table is at its end then.
fn give_back(emptied: &Sender<Batch>, batch: Batch) {
    drop(emptied.send(batch));
}

/// Fills batch after batch until the table ends or nobody reads on.
fn fill<R: Read>(mut source: Source<R>, filled: &SyncSender<Batch>, space: &Receiver<Batch>) {
    loop {
        let mut batch = space.try_recv().unwrap_or_default();
        let more = fill_one(&mut source, &mut batch);
        if filled.send(batch).is_err() || !more {
            return;
        }
    }
}

/// Fills one batch; `false` at the end of the table.
fn fill_one<R: Read>(source: &mut Source<R>, batch: &mut Batch) -> bool {
    batch.records.resize_with(LINES, ByteRecord::new);
    batch.used = 0;
    for record in &mut batch.records {
        match source.read_byte_record(record) {
            Ok(true) => batch.used = batch.used.saturating_add(1),
            Ok(false) => return false,
            Err(error) => {
                let line = error.position().map(|position| usize::try_from(position.line()).unwrap_or(usize::MAX));
                batch.broken = Some(line.unwrap_or(1));
                return false;
            }
        }
    }
    true
}

/// The line in which a record begins.
pub(super) fn line_of(record: &ByteRecord) -> usize {
    record.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(usize::MAX))
}
