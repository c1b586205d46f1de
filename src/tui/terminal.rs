//! The terminal's modes: what was switched on is switched off again, however the program ends.

use std::{
    io::{self, IsTerminal, Write},
    sync::atomic::{AtomicBool, Ordering},
};

use crossterm::{cursor, event, execute, terminal};

/// Whether the modes are on. The panic hook must not touch a terminal that is not ours.
static IS_ON: AtomicBool = AtomicBool::new(false);

/// The terminal in our modes; dropping it puts everything back.
pub struct Guard(());

impl Guard {
    /// Switches the modes on.
    ///
    /// # Errors
    /// What the terminal reports; the modes are off again then.
    pub fn enter() -> io::Result<Self> {
        terminal::enable_raw_mode()?;
        IS_ON.store(true, Ordering::SeqCst);
        let guard = Self(());
        execute!(io::stdout(), terminal::EnterAlternateScreen, event::EnableBracketedPaste, cursor::Show)?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Switches off what was switched on, in the opposite order. Does nothing when nothing is on.
pub fn restore() {
    if !IS_ON.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    let _best = execute!(out, event::DisableBracketedPaste, terminal::LeaveAlternateScreen, cursor::Show);
    let _best = terminal::disable_raw_mode();
    let _best = out.flush();
}

/// Whether standard input and output are a terminal on which screens can be drawn.
#[must_use]
pub fn is_here() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && std::env::var("TERM").map_or(cfg!(windows), |name| name != "dumb")
}

/// Whether colours are off: by `NO_COLOR`, or because the terminal has none.
#[must_use]
pub fn is_mono() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
