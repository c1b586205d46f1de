//! `pingyi score import`: a table of scores, line by line through the same rules.

use std::{fs, path::Path};

use crate::{
    cli::{Failure, Run, out::Exit},
    intake::scores::{self, ScoreLine},
    msg,
    workflow::{StepError, act, session::Session},
};

/// Imports the reviewer's lines of the table. Refused lines are named and the others done; with `dry_run`, nothing is done.
pub(super) fn import(run: &mut Run<'_>, session: &mut Session, file: &Path, dry_run: bool) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let bytes =
        fs::read(file).map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = name, cause = error), msg!("rec-cannot-read")))?;
    let lines = scores::read(&name, &bytes).map_err(StepError::Problems)?;
    let is_mine = |line: &&ScoreLine| line.reviewer.as_ref().is_none_or(|code| code == session.reviewer());
    let mine: Vec<ScoreLine> = lines.iter().filter(is_mine).cloned().collect();
    if dry_run {
        run.out.say(&msg!("say-import-dry", lines = mine.len(), others = lines.len().saturating_sub(mine.len())))?;
        return Ok(Exit::Done);
    }
    let (mut done, mut refused) = (0_usize, 0_usize);
    for line in &mine {
        for act in act::of_line(session, line) {
            match act.perform(session, &run.now()?) {
                Ok(recorded) => done = done.saturating_add(usize::from(recorded.changed)),
                Err(StepError::Refused(refusal)) => {
                    refused = refused.saturating_add(1);
                    let place = format!("{name}:{}", line.line);
                    run.out.line(&place)?;
                    let error = StepError::Refused(refusal);
                    crate::cli::failure::tell(&mut run.out, &error)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    run.out.say(&msg!("say-imported", done = done, refused = refused))?;
    Ok(if refused == 0 { Exit::Done } else { Exit::No })
}
