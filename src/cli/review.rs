//! `pingyi open` and `pingyi export scores`: the beginning and the end of a reviewer's work.

use serde_json::json;

use crate::{
    cli::{
        Failure, Run,
        args::{ExportCommand, OpenArgs, PassphraseArgs},
        conclude,
        out::Exit,
        request, secret, verify,
    },
    domain::{ids::PersonCode, text::Message},
    msg,
    store::Access,
    tui::terminal,
    workflow::{
        answer,
        open::{self, Outcome},
        session::Session,
        submit,
    },
};

/// `open FILE`: takes the package in, or a request of the chair to score again; the screens follow where there is a terminal, as with `demo`.
pub(crate) fn open(run: &mut Run<'_>, arguments: &OpenArgs) -> Result<Exit, Failure> {
    if answer::is_request(&arguments.file) {
        return request::open(run, arguments);
    }
    let trust = arguments.trust.as_deref().map(verify::trust).transpose()?;
    let named: Option<PersonCode> = arguments.person.as_deref().map(str::parse).transpose()?;
    let candidate = open::look(&run.home, &arguments.file, trust.as_ref())?;
    let has_screens = !arguments.no_screen && !run.out.json && terminal::is_here();
    // Whose key signed is compared before anything is taken in; with a trust file, or a package in work, it was.
    if has_screens && trust.is_none() && named.is_none() && !candidate.is_in_work(&run.home) {
        return super::screen::arrive(run, &arguments.file);
    }
    let reviewer = candidate.reviewer(&run.home, named.as_ref())?;
    let groups = candidate.office_groups();
    let taken = run.here(|home, here| candidate.accept(home, &reviewer, here))?;
    if run.out.json {
        run.out.json(&json!({ "workspace": taken.workspace.name(), "reviewer": taken.reviewer, "outcome": word(taken.outcome),
                              "office_key": groups }))?;
    } else {
        run.out.say(&outcome(taken.outcome, &taken.workspace.name()))?;
        if trust.is_none() {
            run.out.say(&msg!("say-compare-office-key", groups = groups))?;
        }
    }
    run.work = Some(taken.workspace.name());
    if has_screens { super::screen::run(run) } else { Ok(Exit::Done) }
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::New => "new",
        Outcome::Revised => "revised",
        Outcome::Same => "same",
    }
}

fn outcome(outcome: Outcome, workspace: &str) -> Message {
    match outcome {
        Outcome::New => msg!("say-opened", workspace = workspace),
        Outcome::Revised => msg!("say-revised", workspace = workspace),
        Outcome::Same => msg!("say-opened-before", workspace = workspace),
    }
}

/// `export …`.
pub(crate) fn export(run: &mut Run<'_>, command: &ExportCommand) -> Result<Exit, Failure> {
    match command {
        ExportCommand::Scores { to, passphrase } => scores(run, to, passphrase),
        ExportCommand::Result(arguments) => conclude::result(run, arguments),
        ExportCommand::Request(arguments) => request::write(run, arguments),
    }
}

fn scores(run: &mut Run<'_>, to: &std::path::Path, passphrase: &PassphraseArgs) -> Result<Exit, Failure> {
    let mut session = Session::open(&run.home, run.work.as_deref(), Access::Write)?;
    run.notes(session.notes())?;
    let key = secret::unlock(run, session.reviewer(), passphrase)?;
    let outcome = run.here(|_, here| submit::export(&mut session, &key, to, here));
    let closed = session.close(&run.now()?);
    let exported = outcome?;
    closed?;
    if run.out.json {
        run.out
            .json(&json!({ "file": exported.path, "digest": exported.digest, "revision": exported.revision, "new": exported.is_new }))?;
    } else {
        run.out.say(&msg!("say-exported", file = exported.path.display(), revision = exported.revision, digest = exported.digest))?;
        run.out.say(&msg!("say-safe-to-remove"))?;
    }
    Ok(Exit::Done)
}
