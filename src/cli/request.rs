//! `pingyi export request` and `pingyi open REQUEST`: the chair asks to score again, and the reviewer takes the question in.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::{OpenArgs, RequestArgs},
        out::Exit,
        secret,
    },
    domain::{
        correction::CorrectionGround,
        ids::{ApplicationId, BadId, CriterionId, PersonCode},
        request::{Asked, Line},
        text::Message,
        time::Moment,
    },
    msg,
    store::Access,
    tui::terminal,
    workflow::{
        answer,
        request::{self, Question, Written},
        session::Session,
        table::TableSession,
    },
};

/// `export request`: signs what the chair asks of one reviewer, and records it at the table.
pub(crate) fn write(run: &mut Run<'_>, arguments: &RequestArgs) -> Result<Exit, Failure> {
    let question = question(arguments)?;
    let named: Option<PersonCode> = arguments.key.as_deref().map(str::parse).transpose()?;
    let mut session = TableSession::open(&run.home, run.work.as_deref(), Access::Write)?;
    run.notes(session.notes())?;
    let key = secret::unlock(run, named.as_ref().unwrap_or(session.chair()), &arguments.passphrase)?;
    let outcome = run.here(|_, here| request::write(&mut session, question, &key, &arguments.to, here));
    let closed = session.close(&run.now()?);
    let written = outcome?;
    closed?;
    tell(run, &written)?;
    Ok(Exit::Done)
}

fn question(arguments: &RequestArgs) -> Result<Question, Failure> {
    let applications: Result<Vec<ApplicationId>, BadId> = arguments.application.iter().map(|id| id.parse()).collect();
    let criteria: Result<Vec<CriterionId>, BadId> = arguments.criterion.iter().map(|id| id.parse()).collect();
    let (applications, criteria) = (applications?, criteria?);
    let ground = match arguments.ground.as_str() {
        "objective" => CorrectionGround::Objective,
        "range" => CorrectionGround::Range,
        "sum" => CorrectionGround::Sum,
        _ => CorrectionGround::Abnormal,
    };
    let text = arguments.text.trim();
    let line = |application| Line { application, criteria: criteria.clone(), ground, text: text.to_owned() };
    let bad = |found: &str| Failure::usage(msg!("err-not-a-moment", found = found), msg!("rec-not-a-moment"));
    let deadline: Option<Moment> = arguments.deadline.as_deref().map(|found| found.parse().map_err(|_| bad(found))).transpose()?;
    Ok(Question { reviewer: arguments.reviewer.parse()?, lines: applications.into_iter().map(line).collect(), deadline })
}

fn tell(run: &mut Run<'_>, written: &Written) -> Result<(), Failure> {
    let Written { path, asked, signer, flags, is_new } = written;
    if run.out.json {
        let flags: Vec<Value> = flags.iter().map(|(application, flag)| json!({ "application": application, "flag": flag })).collect();
        return Ok(run
            .out
            .json(&json!({ "file": path, "digest": asked.digest, "revision": asked.revision, "new": is_new, "signer": signer,
                                        "request": asked.request, "flags": flags }))?);
    }
    let (reviewer, revision) = (&asked.request.reviewer, asked.revision);
    run.out.say(&msg!("say-asked", reviewer = reviewer, revision = revision, file = path.display(), digest = asked.digest))?;
    lines(run, asked)?;
    run.out.say(&msg!("say-asked-flags", count = flags.len()))?;
    Ok(run.out.say(&msg!("say-safe-to-remove"))?)
}

/// What is asked, a line for each application.
fn lines(run: &mut Run<'_>, asked: &Asked) -> Result<(), Failure> {
    for line in &asked.request.lines {
        let sentence = run.out.text(&line.told());
        run.out.line(&format!("  {}  {sentence}", line.application))?;
    }
    if let Some(deadline) = &asked.request.deadline {
        run.out.say(&msg!("say-asked-deadline", time = deadline))?;
    }
    Ok(())
}

/// `open REQUEST`: takes the request in; its sheets are open again, and the screens follow where there is a terminal.
pub(crate) fn open(run: &mut Run<'_>, arguments: &OpenArgs) -> Result<Exit, Failure> {
    let workspace = answer::workspace(&run.home, &arguments.file)?;
    let name = workspace.name();
    let mut session = Session::write_at(workspace)?;
    run.notes(session.notes())?;
    let now = run.now()?;
    let looked = answer::look(&session, &arguments.file).and_then(|candidate| {
        let asked = candidate.asked().clone();
        Ok((asked, candidate.accept(&mut session, &now)?))
    });
    let reviewer = session.reviewer().clone();
    let waits = session.desk().open_request().map(|open| open.digest.clone());
    let closed = session.close(&now);
    let (asked, recorded) = looked?;
    closed?;
    let outcome = match (recorded.changed, waits.as_ref() == Some(&asked.digest)) {
        (true, _) => "asked",
        (false, true) => "same",
        (false, false) => "answered",
    };
    if run.out.json {
        run.out.json(&json!({ "workspace": name, "reviewer": reviewer, "outcome": outcome, "file": asked.file, "digest": asked.digest,
                              "revision": asked.revision, "request": asked.request }))?;
    } else {
        run.out.say(&opened(outcome, &asked))?;
        lines(run, &asked)?;
        if outcome != "answered" {
            run.out.say(&msg!("say-request-how"))?;
        }
    }
    run.work = Some(name);
    if arguments.no_screen || run.out.json || !terminal::is_here() { Ok(Exit::Done) } else { super::screen::run(run) }
}

fn opened(outcome: &str, asked: &Asked) -> Message {
    let revision = asked.revision;
    match outcome {
        "asked" => msg!("say-request-open", revision = revision, applications = asked.request.applications()),
        "same" => msg!("say-request-before", revision = revision),
        _ => msg!("say-request-answered", revision = revision),
    }
}
