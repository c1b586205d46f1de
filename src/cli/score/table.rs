//! `pingyi score import`: a table of scores, line by line through the same rules, taken in whole or not at all.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    cli::{Failure, Run, out::Exit},
    domain::text::Explain,
    intake::scores::{self, ScoreLine},
    msg,
    workflow::{
        StepError,
        act::{self, Trial},
        session::Session,
    },
};

/// Imports the reviewer's lines of the table. Where a rule refuses any of them, all of those are named and nothing is changed; with
/// `dry_run`, nothing is changed either.
pub(super) fn import(run: &mut Run<'_>, session: &mut Session, file: &Path, dry_run: bool) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let bytes =
        fs::read(file).map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = name, cause = error), msg!("rec-cannot-read")))?;
    let lines = scores::read(&name, &bytes).map_err(StepError::Problems)?;
    let is_mine = |line: &&ScoreLine| line.reviewer.as_ref().is_none_or(|code| code == session.reviewer());
    let mine: Vec<ScoreLine> = lines.iter().filter(is_mine).cloned().collect();
    let others = lines.len().saturating_sub(mine.len());
    let now = run.now()?;
    let trial = act::try_lines(session, &mine, &now);
    if !dry_run && trial.refused.is_empty() {
        for act in &trial.acts {
            act.perform(session, &now)?;
        }
    }
    tell(run, &name, &trial, dry_run, (mine.len(), others))?;
    Ok(if trial.refused.is_empty() { Exit::Done } else { Exit::No })
}

fn tell(run: &mut Run<'_>, name: &str, trial: &Trial, dry_run: bool, (lines, others): (usize, usize)) -> Result<(), Failure> {
    let (changes, refused) = (trial.acts.len(), trial.refused.len());
    if run.out.json {
        let row = |(line, error): &(usize, StepError)| {
            json!({ "line": line, "code": error.code(), "text": crate::cli::out::Out::both(&error.what()),
                    "advice": crate::cli::out::Out::both(&error.advice()) })
        };
        let rows: Vec<Value> = trial.refused.iter().map(row).collect();
        let done = !dry_run && refused == 0;
        let document = json!({ "file": name, "done": done, "lines": lines, "others": others, "changes": changes, "refused": rows });
        return Ok(run.out.json(&document)?);
    }
    for (line, error) in &trial.refused {
        run.out.line(&format!("{name}:{line}"))?;
        crate::cli::failure::tell(&mut run.out, error)?;
    }
    Ok(run.out.say(&match (dry_run, refused) {
        (true, _) => msg!("say-import-dry", lines = lines, others = others, changes = changes, refused = refused),
        (false, 0) => msg!("say-imported", done = changes),
        (false, _) => msg!("say-import-refused", refused = refused),
    })?)
}
