//! `pingyi export result`, `cosign` and `verify-diff`: the end of a panel's work, and what strangers ask of two results.

use serde_json::{Value, json};

use crate::{
    bundle::{kind::role_id, passport::Required},
    cli::{
        Failure, Run,
        args::{CosignArgs, ResultArgs, VerifyDiffArgs},
        out::{Exit, Out},
        secret, verify,
    },
    domain::{ids::PersonCode, table::open::OpenPoint, text::Explain},
    msg,
    store::Access,
    workflow::{
        conclude, cosign,
        table::TableSession,
        verify::diff::{self, Succession},
    },
};

/// `export result`.
pub(crate) fn result(run: &mut Run<'_>, arguments: &ResultArgs) -> Result<Exit, Failure> {
    let Some(to) = &arguments.to else { return check(run) };
    let mut session = TableSession::open(&run.home, run.work.as_deref(), Access::Write)?;
    run.notes(session.notes())?;
    let key = secret::unlock(run, session.chair(), &arguments.passphrase)?;
    let outcome = run.here(|_, here| conclude::seal(&mut session, &key, to, here));
    let closed = session.close(&run.now()?);
    let concluded = outcome?;
    closed?;
    if run.out.json {
        let conclude::Concluded { path, page, digest, revision, is_new, awaits } = concluded;
        return Ok(run
            .out
            .json(&json!({ "file": path, "signature_page": page, "digest": digest, "revision": revision, "new": is_new, "awaits": awaits }))
            .map(|()| Exit::Done)?);
    }
    let file = concluded.path.display();
    run.out.say(&msg!("say-concluded", file = file, revision = concluded.revision, digest = concluded.digest))?;
    run.out.say(&msg!("say-signature-page", file = concluded.page.display()))?;
    tell_awaited(run, &concluded.awaits)?;
    run.out.say(&msg!("say-safe-to-remove"))?;
    Ok(Exit::Done)
}

fn tell_awaited(run: &mut Run<'_>, awaits: &[Required]) -> Result<(), Failure> {
    if awaits.is_empty() {
        return Ok(run.out.say(&msg!("say-all-signed"))?);
    }
    let people = awaits.iter().map(|one| format!("{} ({})", one.code, role_id(one.role))).collect::<Vec<_>>().join(", ");
    Ok(run.out.say(&msg!("say-awaits-signatures", people = people))?)
}

/// `export result --check`: what is still open; nothing is signed.
fn check(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let session = TableSession::open(&run.home, run.work.as_deref(), Access::Read)?;
    run.notes(session.notes())?;
    let open = session.open_points()?;
    if run.out.json {
        let point = |point: &OpenPoint| {
            let what = point.what();
            json!({ "code": what.id, "text": Out::both(&what), "advice": Out::both(&point.advice()) })
        };
        run.out.json(&json!({ "ready": open.is_empty(), "open": open.iter().map(point).collect::<Vec<_>>() }))?;
    } else {
        for (at, point) in open.iter().enumerate() {
            let (what, advice) = (run.out.text(&point.what()), run.out.text(&point.advice()));
            run.out.line(&format!("{:>3}  {what}  {advice}", at.saturating_add(1)))?;
        }
        run.out.say(&if open.is_empty() { msg!("say-nothing-open") } else { msg!("say-open", count = open.len()) })?;
    }
    Ok(if open.is_empty() { Exit::Done } else { Exit::No })
}

/// `cosign FILE`.
pub(crate) fn cosign(run: &mut Run<'_>, arguments: &CosignArgs) -> Result<Exit, Failure> {
    let code: PersonCode = arguments.person.parse()?;
    let trust = arguments.trust.as_deref().map(verify::trust).transpose()?;
    let key = secret::unlock(run, &code, &arguments.passphrase)?;
    let done = cosign::cosign(&arguments.file, &code, &key, trust.as_ref(), arguments.to.as_deref())?;
    if run.out.json {
        let cosign::Cosigned { path, digest, signed, awaits } = done;
        run.out.json(&json!({ "file": path, "digest": digest, "signed": signed, "awaits": awaits }))?;
        return Ok(Exit::Done);
    }
    run.out.say(&msg!("say-cosigned", file = done.path.display(), code = done.signed.code, digest = done.digest))?;
    tell_awaited(run, &done.awaits)?;
    run.out.say(&msg!("say-safe-to-remove"))?;
    Ok(Exit::Done)
}

/// `verify-diff OLD NEW`.
pub(crate) fn verify_diff(run: &mut Run<'_>, arguments: &VerifyDiffArgs) -> Result<Exit, Failure> {
    let trust = arguments.trust.as_deref().map(verify::trust).transpose()?;
    let Succession { findings, changes } = diff::compare(&arguments.old, &arguments.new, trust.as_ref())?;
    let is_sound = findings.is_empty();
    if run.out.json {
        let finding = |message: &crate::domain::text::Message| json!({ "code": message.id, "text": Out::both(message) });
        let change = |one: &crate::workflow::verify::figures::Difference| -> Value {
            json!({ "application": one.application, "place": one.place, "old": one.stated, "new": one.found })
        };
        let findings: Vec<Value> = findings.iter().map(finding).collect();
        let changes: Vec<Value> = changes.iter().map(change).collect();
        run.out.json(&json!({ "follows": is_sound, "findings": findings, "changes": changes }))?;
    } else {
        for finding in &findings {
            run.out.say(finding)?;
        }
        for one in &changes {
            let application = one.application.as_deref().unwrap_or("-");
            run.out.say(&msg!("say-figure-changed", application = application, place = one.place, old = one.stated, new = one.found))?;
        }
        run.out.say(&if is_sound { msg!("say-follows", count = changes.len()) } else { msg!("say-does-not-follow") })?;
    }
    Ok(if is_sound { Exit::Done } else { Exit::No })
}

/// Takes results back in that were co-signed elsewhere.
pub(crate) fn take_back(run: &mut Run<'_>, session: &mut TableSession, file: &std::path::Path) -> Result<Value, Failure> {
    let now = run.now()?;
    let anew = cosign::take_back(session, file, &now)?;
    if !run.out.json {
        let people = anew.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
        run.out.say(&if anew.is_empty() { msg!("say-no-new-signature") } else { msg!("say-new-signatures", people = people) })?;
    }
    Ok(json!({ "file": file, "signatures": anew }))
}
