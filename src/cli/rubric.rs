//! `pingyi rubric …` and `pingyi schema`: proofs and schemas of the files that people write.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    cli::{
        Failure, Run,
        args::RubricCommand,
        out::{Exit, Out},
    },
    domain::finding::Severity,
    intake::{
        Problem, rubric,
        schema::{self, SCHEMAS},
    },
    msg,
};

/// `rubric …`.
pub(crate) fn run(run: &mut Run<'_>, command: RubricCommand) -> Result<Exit, Failure> {
    match command {
        RubricCommand::Check { file } => check(run, &file),
        RubricCommand::Schema => schema(run, Some("rubric")),
    }
}

/// `schema [NAME]`: one schema, or the names of all.
pub(crate) fn schema(run: &mut Run<'_>, name: Option<&str>) -> Result<Exit, Failure> {
    let Some(name) = name else {
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

fn check(run: &mut Run<'_>, file: &Path) -> Result<Exit, Failure> {
    let name = file.display().to_string();
    let bytes =
        fs::read(file).map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = name, cause = error), msg!("rec-cannot-read")))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::bad_input(msg!("err-not-utf8", file = name), msg!("rec-not-utf8")))?;
    let (sound, problems) = match rubric::read(&name, &text) {
        Ok((_, warnings)) => (true, warnings),
        Err(problems) => (false, problems),
    };
    if run.out.json {
        run.out.json(&json!({ "file": name, "sound": sound, "problems": problems.iter().map(as_json).collect::<Vec<_>>() }))?;
    } else {
        for problem in &problems {
            print(run, problem)?;
        }
        run.out.say(&if sound { msg!("say-rubric-sound", file = name) } else { msg!("say-problems", count = problems.len()) })?;
    }
    Ok(if sound { Exit::Done } else { Exit::BadInput })
}

fn print(run: &mut Run<'_>, problem: &Problem) -> Result<(), Failure> {
    let level = match problem.severity {
        Severity::Error => msg!("level-error"),
        Severity::Warning => msg!("level-warning"),
        Severity::Note => msg!("level-note"),
    };
    let (level, what, advice) = (run.out.text(&level), run.out.text(&problem.what), run.out.text(&problem.advice));
    run.out.line(&format!("{}:{}:{}: {level}: {what}", problem.file, problem.line, problem.column))?;
    run.out.line(&format!("    {advice}"))?;
    Ok(())
}

fn as_json(problem: &Problem) -> serde_json::Value {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    json!({ "line": problem.line, "column": problem.column, "severity": severity, "code": problem.what.id,
            "text": Out::both(&problem.what), "advice": Out::both(&problem.advice) })
}
