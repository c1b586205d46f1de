//! `pingyi package …` and `pingyi enrol …`: what the office does before the review.

use std::path::Path;

use serde_json::{Value, json};

use crate::{
    bundle::{
        key::PublicKey,
        kind::{ROLES, role_id, role_of},
        write::Written,
    },
    cli::{
        Failure, Run,
        args::{EnrolCommand, EnrolRequestArgs, PackageBuildArgs, PackageCommand},
        draw,
        out::Exit,
        print, secret, staffing, tables,
    },
    domain::{
        call::Mode,
        formal::{self, FormalOutcome},
        ids::PersonCode,
        panel::Custody,
        rubric::ReviewKind,
        text::Message,
    },
    intake::package::Intake,
    msg,
    workflow::{
        StepError,
        enrol::{self, Accepted, Ask},
        office::rehearsal,
        prepare, start,
    },
};

/// `package …`.
pub(crate) fn package(run: &mut Run<'_>, command: PackageCommand) -> Result<Exit, Failure> {
    match command {
        PackageCommand::New { folder, kind } => new(run, &folder, kind.as_deref()),
        PackageCommand::Check { folder } => check(run, &folder),
        PackageCommand::ImportTable(arguments) => tables::import_table(run, &arguments),
        PackageCommand::ImportRoster(arguments) => tables::import_roster(run, &arguments),
        PackageCommand::Attach(arguments) => tables::attach(run, &arguments),
        PackageCommand::Change(arguments) => tables::change(run, &arguments),
        PackageCommand::Conflicts(arguments) => staffing::conflicts(run, &arguments),
        PackageCommand::Assign(arguments) => staffing::assign(run, &arguments),
        PackageCommand::Draw(arguments) => draw::draw(run, &arguments),
        PackageCommand::Rehearsal { folder, to } => {
            let call = rehearsal::copy(&folder, &to)?;
            let sentence = msg!("say-rehearsal-copied", folder = to.display(), call = call.id);
            run.out.tell(&sentence, &json!({ "folder": to, "call": call.id }))?;
            Ok(Exit::Done)
        }
        PackageCommand::Build(arguments) => build(run, &arguments),
    }
}

fn new(run: &mut Run<'_>, folder: &Path, kind: Option<&str>) -> Result<Exit, Failure> {
    let words = || ReviewKind::ALL.map(ReviewKind::id).join(", ");
    let no_kind = |found| Failure::usage(msg!("err-no-kind", found = found), msg!("rec-one-of", words = words()));
    let kind = kind.map(|found| ReviewKind::of(found).ok_or_else(|| no_kind(found))).transpose()?;
    start::begin(folder, kind, &run.now()?)?;
    let sentence = match kind {
        None => msg!("say-package-new", folder = folder.display()),
        Some(kind) => msg!("say-package-empty", folder = folder.display()).with_message("kind", kind.words()),
    };
    run.out.tell(&sentence, &json!({ "folder": folder, "kind": kind }))?;
    Ok(Exit::Done)
}

fn check(run: &mut Run<'_>, folder: &Path) -> Result<Exit, Failure> {
    let intake = match prepare::check(folder) {
        Err(StepError::Problems(problems)) if run.out.json => {
            let problems: Vec<_> = problems.iter().map(print::problem_json).collect();
            run.out.json(&json!({ "sound": false, "applications": null, "problems": problems, "formal": null }))?;
            return Ok(Exit::BadInput);
        }
        outcome => outcome?,
    };
    if run.out.json {
        run.out.json(&json!({
            "sound": true,
            "applications": intake.package.applications.len(),
            "problems": intake.notes.iter().map(print::problem_json).collect::<Vec<_>>(),
            "formal": formal_rows(&intake),
        }))?;
        return Ok(Exit::Done);
    }
    print::problems(&mut run.out, &intake.notes)?;
    for application in &intake.package.applications {
        let check = formal::check(&intake.package.rubric, application);
        let outcome = run.out.text(&formal_words(check.outcome));
        run.out.line(&format!("{}  {outcome}  {}", application.id, application.title.get(run.out.language)))?;
        for line in check.lines.iter().filter(|line| line.outcome != FormalOutcome::Pass) {
            let outcome = run.out.text(&formal_words(line.outcome));
            run.out.line(&format!("    {} {outcome}: {} {}", line.gate, line.text.get(run.out.language), line.note))?;
        }
    }
    run.out.say(&msg!("say-package-sound", applications = intake.package.applications.len(), notes = intake.notes.len()))?;
    Ok(Exit::Done)
}

fn formal_rows(intake: &Intake) -> Value {
    serde_json::from_slice(&prepare::formal_check(&intake.package)).unwrap_or_default()
}

fn formal_words(outcome: FormalOutcome) -> Message {
    match outcome {
        FormalOutcome::Pass => msg!("formal-pass"),
        FormalOutcome::Fix => msg!("formal-fix"),
        FormalOutcome::Fail => msg!("formal-fail"),
    }
}

fn build(run: &mut Run<'_>, arguments: &PackageBuildArgs) -> Result<Exit, Failure> {
    let code: PersonCode = arguments.signing.key.parse()?;
    let key = secret::unlock(run, &code, &arguments.signing.passphrase)?;
    let (folder, to, supersedes) = (arguments.folder.as_path(), arguments.to.as_path(), arguments.supersedes.as_deref());
    let order = prepare::Order { folder, to, supersedes, code: &code, key: &key };
    let written = run.here(|_, here| prepare::build(&order, here))?;
    tell_written(run, &written, &key.public(), &msg!("say-office-key", groups = key.public().groups()))?;
    Ok(Exit::Done)
}

/// Says where a bundle lies, its digest, and which key is on it.
fn tell_written(run: &mut Run<'_>, written: &Written, key: &PublicKey, about_the_key: &Message) -> Result<(), Failure> {
    if run.out.json {
        let Written { path, digest, size, file_sha256 } = written;
        return Ok(run.out.json(&json!({ "file": path, "digest": digest, "size": size, "sha256": file_sha256, "key": key.groups() }))?);
    }
    run.out.say(&msg!("say-written", file = written.path.display(), digest = &written.digest))?;
    run.out.say(about_the_key)?;
    Ok(())
}

/// `enrol …`.
pub(crate) fn enrol(run: &mut Run<'_>, command: EnrolCommand) -> Result<Exit, Failure> {
    match command {
        EnrolCommand::Request(arguments) => request(run, &arguments),
        EnrolCommand::Accept { folder, requests } => {
            let files: Vec<&Path> = requests.iter().map(std::path::PathBuf::as_path).collect();
            let accepted = run.here(|_, here| enrol::accept(&folder, &files, here))?;
            if run.out.json {
                let row = |one: &Accepted| json!({ "code": one.code, "groups": one.key.groups(), "known": one.known });
                return Ok(run.out.json(&Value::from(accepted.iter().map(row).collect::<Vec<_>>())).map(|()| Exit::Done)?);
            }
            for one in accepted {
                let (code, groups) = (&one.code, one.key.groups());
                let message =
                    if one.known { msg!("say-enrolled-before", code = code) } else { msg!("say-enrolled", code = code, groups = groups) };
                run.out.say(&message)?;
            }
            Ok(Exit::Done)
        }
        EnrolCommand::Revoke { folder, code, reason } => {
            let code: PersonCode = code.parse()?;
            let public = run.here(|_, here| enrol::revoke(&folder, &code, &reason, here))?;
            run.out.tell(&msg!("say-key-ended", code = code), &json!({ "code": code, "public": public }))?;
            Ok(Exit::Done)
        }
    }
}

fn request(run: &mut Run<'_>, arguments: &EnrolRequestArgs) -> Result<Exit, Failure> {
    let code: PersonCode = arguments.code.parse()?;
    let words = || ROLES.map(role_id).join(", ");
    let no_role = || Failure::usage(msg!("err-no-role", found = arguments.role), msg!("rec-one-of", words = words()));
    let key = secret::unlock(run, &code, &arguments.passphrase)?;
    let ask = Ask {
        call: arguments.call.parse()?,
        panel: arguments.panel.parse()?,
        mode: if arguments.rehearsal { Mode::Rehearsal } else { Mode::Official },
        role: role_of(&arguments.role).ok_or_else(no_role)?,
        name: arguments.person.clone(),
        device: arguments.device.clone(),
        custody: if arguments.office_custody { Custody::Office } else { Custody::Own },
        to: &arguments.to,
        code,
    };
    let written = run.here(|_, here| enrol::request(&ask, &key, here))?;
    tell_written(run, &written, &key.public(), &msg!("say-my-key", groups = key.public().groups()))?;
    Ok(Exit::Done)
}
