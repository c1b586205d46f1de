//! How wide this terminal paints a line-drawing character. Asked once, with a limit; a terminal that does not answer is taken at the
//! widespread meaning, one column.

use std::io::{self, Write};
#[cfg(unix)]
use std::{
    fs::{File, OpenOptions},
    io::{ErrorKind, Read},
    os::unix::fs::OpenOptionsExt,
    thread,
    time::{Duration, Instant},
};

/// Longest wait for the answer.
#[cfg(unix)]
const LIMIT: Duration = Duration::from_millis(200);

/// `O_NONBLOCK`: a read that finds nothing returns at once, so that the wait has a limit.
#[cfg(any(target_os = "linux", target_os = "android"))]
const NONBLOCK: i32 = 0o4000;
#[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
const NONBLOCK: i32 = 0x0004;

/// Whether line-drawing characters take one column. The terminal must be in raw mode.
#[must_use]
pub fn is_narrow() -> bool {
    // The cursor stands in the second column after a character of one.
    column().ok().flatten().is_none_or(|column| column == 2)
}

/// Writes the character, asks where the cursor is, and ends with a question that every terminal answers.
#[cfg(unix)]
fn column() -> io::Result<Option<u16>> {
    let mut terminal = OpenOptions::new().read(true).write(true).custom_flags(NONBLOCK).open("/dev/tty")?;
    let mut out = io::stdout();
    out.write_all("\r│\x1b[6n\r\x1b[K\x1b[c".as_bytes())?;
    out.flush()?;
    Ok(column_in(&wait(&mut terminal)?))
}

#[cfg(unix)]
fn wait(terminal: &mut File) -> io::Result<Vec<u8>> {
    let end = Instant::now().checked_add(LIMIT);
    let mut answer = Vec::new();
    let mut chunk = [0; 64];
    while end.is_some_and(|end| Instant::now() < end) && !answer.ends_with(b"c") {
        match terminal.read(&mut chunk) {
            Ok(read) => answer.extend(chunk.iter().take(read)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(Duration::from_millis(1)),
            Err(error) => return Err(error),
        }
    }
    Ok(answer)
}

/// On Windows the console itself says where the cursor is, without an answer to wait for.
#[cfg(windows)]
fn column() -> io::Result<Option<u16>> {
    let mut out = io::stdout();
    out.write_all("\r│".as_bytes())?;
    out.flush()?;
    let column = crossterm::cursor::position()?.0.saturating_add(1);
    out.write_all(b"\r  \r")?;
    Ok(Some(column))
}

/// The column in the first answer `ESC [ row ; column R`, from 1.
#[must_use]
pub fn column_in(answer: &[u8]) -> Option<u16> {
    let text = String::from_utf8_lossy(answer);
    let mut answers = text.split("\x1b[").filter_map(|part| part.split_once('R')).map(|(numbers, _)| numbers);
    answers.find_map(|numbers| numbers.split_once(';')?.1.parse().ok())
}
