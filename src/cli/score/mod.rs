//! `pingyi score …`: the same changes as on the screen, for scripts, screen readers and tests.

mod batch;
mod list;
mod show;
mod table;

use std::io::Read;

use serde_json::json;

use crate::{
    cli::{Failure, Run, args::ScoreCommand, out::Exit},
    domain::{
        ids::ApplicationId,
        sheet::{Declaration, Status},
        worklist::{self, RowState},
    },
    msg,
    store::Access,
    workflow::{
        act::{Act, application_id},
        session::{Recorded, Session},
    },
};

/// Runs one `score` command.
pub(crate) fn run(run: &mut Run<'_>, command: ScoreCommand) -> Result<Exit, Failure> {
    match command {
        ScoreCommand::Show { application } => reading(run, |run, session| show::sheet(run, session, &application)),
        ScoreCommand::Status { find } => reading(run, |run, session| list::status(run, session, find.as_deref())),
        ScoreCommand::List { plain, find } => reading(run, |run, session| list::cells(run, session, plain, find.as_deref())),
        ScoreCommand::History { application, criterion } => {
            reading(run, |run, session| show::history(run, session, &application, &criterion))
        }
        ScoreCommand::Pledge { accept: false } => reading(run, show::pledge),
        ScoreCommand::Pledge { accept: true } => writing(run, |run, session| {
            let Recorded { seq, changed } = session.pledge(&run.now()?)?;
            run.out.tell(&msg!("say-pledged"), &json!({ "seq": seq, "changed": changed }))?;
            Ok(Exit::Done)
        }),
        ScoreCommand::Batch => writing(run, batch::run),
        ScoreCommand::Import { file, dry_run } => writing(run, |run, session| table::import(run, session, &file, dry_run)),
        ScoreCommand::Declare { application: None } => writing(run, declare_all),
        ScoreCommand::Submit { application: None } => writing(run, submit_all),
        ScoreCommand::Declare { application: Some(id) } => one(run, &Act::Declare(application_id(&id)?, Declaration::NoConflict)),
        ScoreCommand::Submit { application: Some(id) } => one(run, &Act::Status(application_id(&id)?, Status::Submitted)),
        ScoreCommand::Withdraw { application } => one(run, &Act::Status(application_id(&application)?, Status::Draft)),
        ScoreCommand::Set { application, criterion, value } => one(run, &Act::set(&application, &criterion, &value)?),
        ScoreCommand::Comment { application, criterion, text } => {
            let text = text.map_or_else(standard_input, Ok)?;
            one(run, &Act::comment(&application, &criterion, text)?)
        }
        ScoreCommand::Na { application, criterion, reason } => one(run, &Act::na(&application, &criterion, reason)?),
        ScoreCommand::Recuse { application, ground, text } => one(run, &Act::recuse(&application, ground, text)?),
        ScoreCommand::Decline { application, reason } => {
            one(run, &Act::Declare(application_id(&application)?, Declaration::Declined { reason }))
        }
        ScoreCommand::Undo => one(run, &Act::Undo),
        ScoreCommand::Redo => one(run, &Act::Redo),
    }
}

/// Does one act and says what became of it.
fn one(run: &mut Run<'_>, act: &Act) -> Result<Exit, Failure> {
    writing(run, |run, session| {
        let Recorded { seq, changed } = act.perform(session, &run.now()?)?;
        if run.out.json {
            run.out.json(&json!({ "seq": seq, "changed": changed }))?;
        } else if changed {
            run.out.say(&msg!("say-saved", seq = seq))?;
        } else {
            run.out.say(&msg!("say-unchanged"))?;
        }
        Ok(Exit::Done)
    })
}

/// Declares that there is no conflict for every application whose question is open.
fn declare_all(run: &mut Run<'_>, session: &mut Session) -> Result<Exit, Failure> {
    let rows = worklist::rows(session.package(), session.desk());
    let open: Vec<ApplicationId> = rows.into_iter().filter(|row| row.state == RowState::Undeclared).map(|row| row.application).collect();
    for id in &open {
        Act::Declare(id.clone(), Declaration::NoConflict).perform(session, &run.now()?)?;
    }
    run.out.tell(&msg!("say-declared", count = open.len()), &json!({ "applications": open }))?;
    Ok(Exit::Done)
}

/// Hands in every sheet.
fn submit_all(run: &mut Run<'_>, session: &mut Session) -> Result<Exit, Failure> {
    let count = session.submit(None, &run.now()?)?;
    run.out.tell(&msg!("say-submitted", count = count), &json!({ "count": count }))?;
    Ok(Exit::Done)
}

/// Most of a comment that is read from standard input; far more than is kept, so that the refusal can say how long it is.
const MOST_INPUT: u64 = 1024 * 1024;

/// The text on standard input, without the line end that shells and editors put behind it.
fn standard_input() -> Result<String, Failure> {
    let mut text = String::new();
    std::io::stdin().lock().take(MOST_INPUT).read_to_string(&mut text).map_err(|error| unreadable_input(&error))?;
    Ok(text.trim_end_matches(['\n', '\r']).to_owned())
}

/// Standard input cannot be read, or is no text.
fn unreadable_input(error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::InvalidData => Failure::bad_input(msg!("err-not-utf8", file = "stdin"), msg!("rec-not-utf8")),
        _ => Failure::bad_input(msg!("err-cannot-read", file = "stdin", cause = error), msg!("rec-cannot-read")),
    }
}

/// Runs `body` on the session without changing anything; works on a read-only medium and beside an open window.
fn reading<'a>(run: &mut Run<'a>, body: impl FnOnce(&mut Run<'a>, &Session) -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    let session = Session::open(&run.home, run.work.as_deref(), Access::Read)?;
    run.notes(session.notes())?;
    body(run, &session)
}

/// Runs `body` on the session with the right to write, and closes it whatever came of it.
fn writing<'a>(run: &mut Run<'a>, body: impl FnOnce(&mut Run<'a>, &mut Session) -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    let mut session = Session::open(&run.home, run.work.as_deref(), Access::Write)?;
    run.notes(session.notes())?;
    let outcome = body(run, &mut session);
    let closed = session.close(&run.now()?);
    let exit = outcome?;
    closed?;
    Ok(exit)
}
