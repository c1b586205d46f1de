//! `pingyi opinion`: the panel's opinion 专家组意见 on an application: written, read from a file, or drafted from what members wrote.

use std::fs;

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::OpinionArgs,
        out::{Exit, Out},
        sitting,
    },
    domain::{
        decision::Opinion,
        ids::ApplicationId,
        table::{ActRefusal, draft},
    },
    intake, msg,
    workflow::StepError,
};

/// Records the parts that were given; without any, prints the opinion. With `--draft` prints a draft and records nothing.
pub(crate) fn run(run: &mut Run<'_>, arguments: OpinionArgs) -> Result<Exit, Failure> {
    let id: ApplicationId = arguments.application.parse()?;
    if arguments.draft {
        return sitting::reading(run, |run, session| {
            let found = draft::draft(session.package(), &session.results()?, session.given(), &id);
            let draft = found.ok_or_else(|| StepError::Act(ActRefusal::NoApplication(id.clone())))?;
            print(run, &id, &draft, true)
        });
    }
    if let Some(file) = &arguments.file {
        let name = file.display().to_string();
        let unreadable = |error| Failure::bad_input(msg!("err-cannot-read", file = name, cause = error), msg!("rec-cannot-read"));
        let bytes = fs::read(file).map_err(unreadable)?;
        let after = intake::opinion::read(&name, &bytes).map_err(StepError::Problems)?;
        return sitting::record(run, |session| Ok(session.table().say_opinion(&id, after)));
    }
    let OpinionArgs { overall, strengths, problems, advice, conclusion, .. } = arguments;
    let given = [overall, strengths, problems, advice, conclusion];
    if given.iter().all(Option::is_none) {
        return sitting::reading(run, |run, session| {
            sitting::result_of(&session.results()?, &id)?;
            print(run, &id, &session.table().opinion(&id), false)
        });
    }
    sitting::record(run, |session| {
        let mut after = session.table().opinion(&id);
        let parts = [&mut after.overall, &mut after.strengths, &mut after.problems, &mut after.advice, &mut after.conclusion];
        for (part, text) in parts.into_iter().zip(given) {
            if let Some(text) = text {
                *part = text;
            }
        }
        Ok(session.table().say_opinion(&id, after))
    })
}

/// Prints an opinion; the answer is "no" while a part of it says nothing, except for a draft, of which nobody expects it.
fn print(run: &mut Run<'_>, id: &ApplicationId, opinion: &Opinion, is_draft: bool) -> Result<Exit, Failure> {
    let missing = opinion.missing();
    if run.out.json {
        let names: Vec<Value> = missing.iter().map(Out::both).collect();
        run.out.json(&json!({ "application": id, "draft": is_draft, "opinion": opinion, "missing": names }))?;
    } else {
        if is_draft {
            run.out.say(&msg!("say-opinion-draft", application = id))?;
        }
        for (text, name) in opinion.parts() {
            let name = run.out.text(&name);
            run.out.line(&format!("[{name}]"))?;
            run.out.lines(text)?;
        }
        for name in &missing {
            run.out.say(&crate::domain::text::Message::new("say-opinion-missing").with_message("part", name.clone()))?;
        }
    }
    Ok(if is_draft || missing.is_empty() { Exit::Done } else { Exit::No })
}
