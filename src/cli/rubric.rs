//! `pingyi rubric …` and `pingyi schema`: proofs and schemas of the files that people write.

use std::fs;

use serde_json::json;

use crate::{
    cli::{Failure, Run, args::RubricCommand, out::Exit, print},
    intake::{
        rubric,
        schema::{self, SCHEMAS},
        shipped::{self, RUBRICS},
    },
    msg,
};

/// `rubric …`.
pub(crate) fn run(run: &mut Run<'_>, command: RubricCommand) -> Result<Exit, Failure> {
    match command {
        RubricCommand::Check { file } => check(run, &file),
        RubricCommand::List => list(run),
        RubricCommand::Schema => schema(run, Some("rubric")),
    }
}

/// `schema [NAME]`: one schema, or the names of all.
pub(crate) fn schema(run: &mut Run<'_>, name: Option<&str>) -> Result<Exit, Failure> {
    let Some(name) = name else {
        if run.out.json {
            return Ok(run.out.json(&json!(SCHEMAS.iter().map(|entry| entry.name).collect::<Vec<_>>())).map(|()| Exit::Done)?);
        }
        for entry in &SCHEMAS {
            run.out.line(entry.name)?;
        }
        return Ok(Exit::Done);
    };
    let names = || SCHEMAS.iter().map(|entry| entry.name).collect::<Vec<_>>().join(", ");
    let entry =
        schema::find(name).ok_or_else(|| Failure::usage(msg!("err-no-schema", name = name), msg!("rec-one-of", words = names())))?;
    run.out.lines(&entry.text())?;
    Ok(Exit::Done)
}

fn list(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let title = |text| rubric::read("", text).map(|(rubric, _)| rubric.title).unwrap_or_default();
    if run.out.json {
        let rows: Vec<_> = RUBRICS.iter().map(|shipped| json!({ "id": shipped.id, "title": title(shipped.text) })).collect();
        return Ok(run.out.json(&json!(rows)).map(|()| Exit::Done)?);
    }
    for shipped in &RUBRICS {
        run.out.line(&format!("{}  {}", shipped.id, title(shipped.text).get(run.out.language)))?;
    }
    Ok(Exit::Done)
}

/// Proves a file, or the shipped rubric of that name.
fn check(run: &mut Run<'_>, name: &str) -> Result<Exit, Failure> {
    let bytes = match shipped::find(name) {
        Some(shipped) => shipped.text.as_bytes().to_vec(),
        None => fs::read(name)
            .map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = name, cause = error), msg!("rec-cannot-read")))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| Failure::bad_input(msg!("err-not-utf8", file = name), msg!("rec-not-utf8")))?;
    let (sound, problems) = match rubric::read(name, &text) {
        Ok((_, warnings)) => (true, warnings),
        Err(problems) => (false, problems),
    };
    if run.out.json {
        let problems: Vec<_> = problems.iter().map(print::problem_json).collect();
        run.out.json(&json!({ "file": name, "sound": sound, "problems": problems }))?;
    } else {
        print::problems(&mut run.out, &problems)?;
        run.out.say(&if sound { msg!("say-rubric-sound", file = name) } else { msg!("say-problems", count = problems.len()) })?;
    }
    Ok(if sound { Exit::Done } else { Exit::BadInput })
}
