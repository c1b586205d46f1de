//! `pingyi score batch`: one change a line, one answer a line. `ok SEQ` is written only when the change is durable.

use std::io::BufRead;

use crate::{
    cli::{Failure, Run, out::Exit},
    domain::{hostile, text::Explain},
    workflow::{act, session::Session},
};

/// Reads standard input to its end. Refusals of single lines are answers, not errors.
pub(super) fn run(run: &mut Run<'_>, session: &mut Session) -> Result<Exit, Failure> {
    let mut all_done = true;
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        let now = run.now()?;
        match act::parse(words).and_then(|act| act.perform(session, &now)) {
            Ok(recorded) => writeln!(run.out.answers, "ok {}", recorded.seq)?,
            Err(error) => {
                all_done = false;
                let sentence = run.out.text(&error.what());
                writeln!(run.out.answers, "err {} {}", error.code(), hostile::visible(&sentence))?;
            }
        }
        // Whoever reads an answer may act on it at once.
        run.out.answers.flush()?;
    }
    Ok(if all_done { Exit::Done } else { Exit::No })
}
