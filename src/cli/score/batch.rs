//! `pingyi score batch`: one change a line, one answer a line. `ok SEQ` is written only when the change is durable.

use std::io::{self, BufRead, Read};

use crate::{
    cli::{Failure, Run, failure::tell, out::Exit},
    domain::{
        hostile,
        text::{Explain, Message},
    },
    msg,
    workflow::{act, session::Session},
};

/// Longest line that is read. The longest text that is kept has 4,000 characters, so no line that can be done is longer.
const LONGEST: u64 = 64 * 1024;

/// Reads standard input to its end. Refusals of single lines are answers, not errors.
pub(super) fn run(run: &mut Run<'_>, session: &mut Session) -> Result<Exit, Failure> {
    let mut exit = Exit::Done;
    let mut input = io::stdin().lock();
    while let Some(line) = next_line(&mut input).map_err(|error| super::unreadable_input(&error))? {
        let answer = match line {
            Err(sentence) => Some(Err((sentence.id, sentence, Exit::No))),
            Ok(line) => act(run, session, line.trim())?,
        };
        match answer {
            None => continue,
            Some(Ok(seq)) => writeln!(run.out.answers, "ok {seq}")?,
            Some(Err((code, sentence, how))) => {
                // What could not be saved weighs more than what a rule refuses.
                exit = if exit == Exit::Store { exit } else { how };
                let sentence = run.out.text(&sentence);
                writeln!(run.out.answers, "err {code} {}", hostile::visible(&sentence))?;
            }
        }
        // Whoever reads an answer may act on it at once.
        run.out.answers.flush()?;
    }
    Ok(exit)
}

/// The number of the durable entry, or why there is none: a word for scripts, a sentence, and what it means for the exit code.
type Answer = Result<u64, (&'static str, Message, Exit)>;

/// Does one line; `None` for an empty one and for a remark.
fn act(run: &mut Run<'_>, session: &mut Session, words: &str) -> Result<Option<Answer>, Failure> {
    if words.is_empty() || words.starts_with('#') {
        return Ok(None);
    }
    let now = run.now()?;
    let error = match act::parse(words).and_then(|act| act.perform(session, &now)) {
        Ok(recorded) => return Ok(Some(Ok(recorded.seq))),
        Err(error) => error,
    };
    if error.is_unsaved() {
        // Whoever only looks at the complaints must hear of it too, and what to do about it.
        tell(&mut run.out, &error)?;
        return Ok(Some(Err((error.code(), error.what(), Exit::Store))));
    }
    Ok(Some(Err((error.code(), error.what(), Exit::No))))
}

/// The next line without its end; `None` after the last. A line that is too long or no text is passed over, and the inner error
/// says so.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Result<String, Message>>> {
    let mut bytes = Vec::new();
    if input.take(LONGEST).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
        input.skip_until(b'\n')?;
        return Ok(Some(Err(msg!("err-batch-long", most = LONGEST))));
    }
    Ok(Some(String::from_utf8(bytes).map_err(|_| msg!("err-batch-utf8"))))
}
