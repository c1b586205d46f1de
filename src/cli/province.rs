//! `pingyi aggregate`: the results of many panels, verified, merged and signed.

use std::fs;

use serde_json::{Value, json};

use crate::{
    bundle::write::Written,
    cli::{
        Failure, Run,
        args::AggregateArgs,
        out::{Exit, Out},
        print, progress, secret,
    },
    domain::{
        ids::PersonCode,
        register::{Excluded, file},
        text::Explain,
    },
    msg,
    workflow::{
        StepError,
        aggregate::{self, Order, Register, Signing},
    },
};

/// `aggregate`.
pub(crate) fn aggregate(run: &mut Run<'_>, arguments: &AggregateArgs) -> Result<Exit, Failure> {
    let offices = fs::read_to_string(&arguments.offices).map_err(|source| StepError::Io { path: arguments.offices.clone(), source })?;
    let files = aggregate::gather::files_in(&arguments.paths)?;
    let register = arguments.register.parse()?;
    let order = Order {
        register: &register,
        files: &files,
        offices: &offices,
        record: arguments.record.as_deref(),
        strict: arguments.strict,
        supersedes: arguments.supersedes.as_deref(),
        tables: arguments.tables.as_deref(),
    };
    // The key is unlocked first: nobody should wait for a thousand bundles to be told that the passphrase is wrong.
    let signer = match (&arguments.to, &arguments.signing.key) {
        (Some(to), Some(code)) => {
            let code: PersonCode = code.parse()?;
            let key = secret::unlock(run, &code, &arguments.signing.passphrase)?;
            Some((to, code, key))
        }
        _ => None,
    };
    let found = progress::watched(&mut run.out, progress::verified, |watch| aggregate::put_together(&order, watch))?;
    let written = match &signer {
        Some((to, code, key)) => {
            let signing = Signing { to: to.as_path(), code, key };
            let now = run.now()?;
            Some(progress::watched(&mut run.out, progress::verified_again, |watch| aggregate::sign(&found, &order, &signing, &now, watch))?)
        }
        None => None,
    };
    tell(run, &found, written.as_ref(), files.len())?;
    Ok(Exit::Done)
}

fn tell(run: &mut Run<'_>, found: &Register, written: Option<&Written>, files: usize) -> Result<(), Failure> {
    let (broken, unlike) = file::quotas(&found.merged.panels, &found.record);
    if run.out.json {
        let excluded = |one: &Excluded| json!({ "file": one.file, "sha256": one.sha256, "why": one.why, "text": Out::both(&one.why.what()), "advice": Out::both(&one.why.advice()) });
        let quota =
            |one: &crate::domain::register::distribution::CallBreach| json!({ "call": one.call, "text": Out::both(&one.breach.what()) });
        let bundle = |one: &Written| json!({ "file": one.path, "digest": one.digest, "size": one.size, "sha256": one.file_sha256 });
        return Ok(run.out.json(&json!({
            "files": files,
            "counted": found.merged.panels.len(),
            "excluded": found.merged.excluded.iter().map(excluded).collect::<Vec<_>>(),
            "recommended": found.merged.panels.iter().map(|panel| panel.winners().count()).sum::<usize>(),
            "quotas": broken.iter().map(quota).collect::<Vec<_>>(),
            "unlike_quotas": unlike,
            "notes": found.notes.iter().map(print::problem_json).collect::<Vec<_>>(),
            "bundle": written.map_or(Value::Null, bundle),
        }))?);
    }
    print::problems(&mut run.out, &found.notes)?;
    for one in &found.merged.excluded {
        let (what, advice) = (run.out.text(&one.why.what()), run.out.text(&one.why.advice()));
        run.out.line(&format!("{}: {what} {advice}", one.file))?;
    }
    for one in &broken {
        let (what, advice) = (run.out.text(&one.breach.what()), run.out.text(&one.breach.advice()));
        run.out.line(&format!("{what} {advice}"))?;
    }
    for call in &unlike {
        run.out.say(&msg!("say-unlike-quotas", call = call))?;
    }
    let winners = found.merged.panels.iter().map(|panel| panel.winners().count()).sum::<usize>();
    run.out.say(&msg!("say-register", files = files, counted = found.merged.panels.len(), bad = found.bad().count(), winners = winners))?;
    if let Some(written) = written {
        run.out.say(&msg!("say-written", file = written.path.display(), digest = &written.digest))?;
    }
    Ok(())
}
