//! A line of progress, where somebody is looking: how many, how fast, how long still.

use std::{
    io::IsTerminal,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use crate::{
    cli::out::Out,
    domain::text::Message,
    msg,
    workflow::{
        StepError,
        cores::{Progress, Watch},
    },
};

/// How often the line is written anew.
const EVERY: Duration = Duration::from_millis(200);

/// How the line begins: so many of so many.
pub(crate) type Words = fn(usize, usize) -> Message;

/// Results that were verified.
pub(crate) fn verified(done: usize, of: usize) -> Message {
    msg!("say-progress", done = done, of = of)
}

/// Results in what was just written.
pub(crate) fn verified_again(done: usize, of: usize) -> Message {
    msg!("say-progress-again", done = done, of = of)
}

/// Does `work`, with a line of progress on a terminal. Ctrl+C ends it; nothing is half written.
pub(crate) fn watched<T>(
    out: &mut Out<'_>,
    words: Words,
    work: impl FnOnce(&mut Watch<'_>) -> Result<T, StepError>,
) -> Result<T, StepError> {
    let is_seen = std::io::stderr().is_terminal() && !out.json;
    let (begun, mut last) = (Instant::now(), None::<Instant>);
    let mut told = |progress: Progress| {
        let is_due = last.is_none_or(|last| last.elapsed() >= EVERY) || progress.done == progress.of;
        if is_seen && is_due {
            last = Some(Instant::now());
            let line = out.text(&line(words, progress, begun.elapsed()));
            // A progress line that cannot be written is no reason to stop the work.
            let _ = write!(out.complaints, "\r\x1b[2K{line}");
            let _ = out.complaints.flush();
        }
    };
    let outcome = work(&mut Watch { told: &mut told, stop: &AtomicBool::new(false) });
    if last.is_some() {
        let _ = writeln!(out.complaints);
    }
    outcome
}

fn line(words: Words, progress: Progress, taken: Duration) -> Message {
    let (rate, seconds) = progress.pace(taken);
    msg!("say-pace", rate = rate, seconds = seconds).with_message("progress", words(progress.done, progress.of))
}
