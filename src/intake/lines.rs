//! In which line something stands. The table reader counts a line end only when it comes to the next row, and CR LF as two steps;
//! people count lines as their editor does.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
};

/// The line, from 1, of what begins at each of `offsets` of `source` or after the line ends there. CR LF, LF and CR each end one line.
///
/// # Errors
/// What reading reports.
pub(super) fn of(mut source: impl Read, offsets: &BTreeSet<u64>) -> io::Result<BTreeMap<u64, usize>> {
    let mut found = BTreeMap::new();
    let mut wanted = offsets.iter().copied().peekable();
    let (mut offset, mut line, mut after_cr) = (0_u64, 1_usize, false);
    let mut buffer = vec![0_u8; 64 * 1024];
    while wanted.peek().is_some() {
        let count = source.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        for byte in buffer.iter().take(count) {
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => line = line.saturating_add(1),
                _ => {
                    while let Some(here) = wanted.next_if(|here| *here <= offset) {
                        found.insert(here, line);
                    }
                }
            }
            after_cr = *byte == b'\r';
            offset = offset.saturating_add(1);
        }
    }
    found.extend(wanted.map(|here| (here, line)));
    Ok(found)
}
