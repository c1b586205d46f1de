//! Every command at the chair's table opens it, does one thing and closes it; and every act is told the same way.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        out::{Exit, Out},
    },
    domain::{
        consolidate::derivation::{ApplicationResult, ItemResult},
        ids::ApplicationId,
        table::{ActRefusal, act::Act, telling},
    },
    msg,
    store::Access,
    workflow::{StepError, session::Recorded, table::TableSession},
};

/// Runs `body` on the table without changing anything; works on a read-only medium and beside an open window.
pub(super) fn reading<'a>(
    run: &mut Run<'a>,
    body: impl FnOnce(&mut Run<'a>, &TableSession) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let session = TableSession::open(&run.home, run.work.as_deref(), Access::Read)?;
    run.notes(session.notes())?;
    body(run, &session)
}

/// Runs `body` on the table with the right to write, and closes it whatever came of it.
pub(super) fn writing<'a>(
    run: &mut Run<'a>,
    body: impl FnOnce(&mut Run<'a>, &mut TableSession) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let mut session = TableSession::open(&run.home, run.work.as_deref(), Access::Write)?;
    run.notes(session.notes())?;
    let outcome = body(run, &mut session);
    let closed = session.close(&run.now()?);
    let exit = outcome?;
    closed?;
    Ok(exit)
}

/// Records the act that `make` finds to be meant, and says it.
pub(super) fn record(run: &mut Run<'_>, make: impl FnOnce(&TableSession) -> Result<Act, Failure>) -> Result<Exit, Failure> {
    writing(run, |run, session| {
        let act = make(session)?;
        let recorded = session.record(act.clone(), &run.now()?)?;
        if run.out.json {
            run.out.json(&told(&act, recorded))?;
        } else {
            say(run, &act, recorded)?;
        }
        Ok(Exit::Done)
    })
}

/// What became of an act, in sentences.
pub(super) fn say(run: &mut Run<'_>, act: &Act, Recorded { seq, changed }: Recorded) -> Result<(), Failure> {
    if !changed {
        return Ok(run.out.say(&msg!("say-unchanged"))?);
    }
    let sentence = run.out.text(&telling::act(act));
    run.out.line(&sentence)?;
    Ok(run.out.say(&msg!("say-saved", seq = seq))?)
}

/// What became of an act: `{"seq", "changed", "act", "text"}`, the act as it stands in the journal.
pub(super) fn told(act: &Act, Recorded { seq, changed }: Recorded) -> Value {
    json!({ "seq": seq, "changed": changed, "act": act, "text": Out::both(&telling::act(act)) })
}

/// The application `id` among `results`.
pub(super) fn result_of<'a>(results: &'a [ItemResult], id: &ApplicationId) -> Result<&'a ApplicationResult, StepError> {
    let found = results.iter().find_map(|item| item.application(id));
    found.ok_or_else(|| StepError::Act(ActRefusal::NoApplication(id.clone())))
}
