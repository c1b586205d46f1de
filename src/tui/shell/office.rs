//! The office's steps: the package folder read with all checks, keys taken in, and the package built and signed.

use std::path::{Path, PathBuf};

use super::{ends::Place, trouble};
use crate::{
    domain::{
        formal::{self, FormalOutcome},
        package::Package,
        panel::Custody,
        rubric::ReviewKind,
        text::Message,
    },
    msg,
    tui::{
        acts::{Outcome, Trouble},
        ends::{Checked, Gate, Member, Prepared, Problem, Sealing, Signed},
        theme::Role,
    },
    workflow::{
        Here, StepError,
        enrol::{self, Enrolled},
        prepare, start, table,
    },
};

/// Writes the folder to start from: the sample, or an empty one of a kind of review.
pub(super) fn start(place: &Place, folder: &Path, kind: Option<ReviewKind>) -> Outcome<()> {
    start::begin(folder, kind, &place.now).map_err(|error| trouble(&error))
}

/// Reads the folder: what is wrong in it is no error here but what the screens show.
pub(super) fn read(place: &Place, folder: &Path) -> Outcome<Prepared> {
    let (package, found) = match prepare::check(folder) {
        Ok(intake) => (Some(intake.package), intake.notes),
        Err(StepError::Problems(found)) => (None, found),
        Err(error) => return Err(trouble(&error)),
    };
    let digest = package.as_ref().map(|package| table::sha256(&prepare::formal_check(package))).unwrap_or_default();
    let digits = digest.iter().take(4).map(|byte| (byte % 10).to_string()).collect();
    Ok(Prepared {
        folder: folder.display().to_string(),
        title: package.as_ref().map(|package| package.call.title.clone()).or_else(|| prepare::title(folder)),
        problems: found
            .into_iter()
            .map(|one| Problem {
                place: format!("{}:{}:{}", one.file, one.line, one.column),
                severity: one.severity,
                what: one.what,
                advice: one.advice,
            })
            .collect(),
        formal: package.as_ref().map(checked).unwrap_or_default(),
        // A roster that cannot be read is among the problems already.
        people: enrol::people(folder).unwrap_or_default().into_iter().map(member).collect(),
        outbox: place.home.outbox().display().to_string(),
        signer: place.signer(),
        digits,
    })
}

const fn outcome_role(outcome: FormalOutcome) -> Role {
    match outcome {
        FormalOutcome::Pass => Role::Ok,
        FormalOutcome::Fix => Role::Warn,
        FormalOutcome::Fail => Role::Bad,
    }
}

fn outcome_words(outcome: FormalOutcome) -> Message {
    match outcome {
        FormalOutcome::Pass => msg!("formal-pass"),
        FormalOutcome::Fix => msg!("formal-fix"),
        FormalOutcome::Fail => msg!("formal-fail"),
    }
}

fn checked(package: &Package) -> Vec<Checked> {
    let of = |application: &crate::domain::application::Application| {
        let check = formal::check(&package.rubric, application);
        let gate = |line: &formal::GateLine| Gate {
            id: line.gate.to_string(),
            text: line.text.clone(),
            outcome: outcome_words(line.outcome),
            note: line.note.clone(),
            remark: line.remark.clone(),
        };
        Checked {
            application: application.id.to_string(),
            title: application.title.clone(),
            outcome: (outcome_role(check.outcome), outcome_words(check.outcome)),
            gates: check.lines.iter().filter(|line| line.outcome != FormalOutcome::Pass).map(gate).collect(),
        }
    };
    package.applications.iter().map(of).collect()
}

fn member(enrolled: Enrolled) -> Member {
    let Enrolled { person, groups } = enrolled;
    Member {
        code: person.code.to_string(),
        role: person.role.words(),
        is_held: person.key.as_ref().is_some_and(|key| key.custody == Custody::Office),
        name: person.name,
        groups,
    }
}

/// Takes in the requests of a file or folder, all or none; who they are from, in words.
pub(super) fn take_keys(place: &Place, folder: &Path, path: &Path) -> Outcome<Message> {
    let files = requests_in(path)?;
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut fill = |_: &mut [u8]| {};
    let here = Here { now: place.now.clone(), entropy: &mut fill };
    let accepted = enrol::accept(folder, &files, &here).map_err(|error| trouble(&error))?;
    Ok(match accepted.iter().filter(|one| !one.known).count() {
        0 => msg!("said-keys-known", count = accepted.len()),
        new => msg!("said-keys", count = new),
    })
}

/// The request itself, or those of a folder, by name.
fn requests_in(path: &Path) -> Outcome<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |source| trouble(&StepError::io(path, source));
    let mut found = Vec::new();
    for entry in path.read_dir().map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("enrol-") && name.ends_with(".zip") {
            found.push(file);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Trouble { what: msg!("err-no-requests", folder = path.display()), advice: msg!("rec-no-requests"), unsaved: false });
    }
    Ok(found)
}

/// Builds and signs the package of the folder.
pub(super) fn build(place: &Place, folder: &Path, sealing: &Sealing) -> Outcome<Signed> {
    place.sign(sealing, |code, key, here| {
        let order = prepare::Order { folder, to: &sealing.folder, supersedes: sealing.supersedes.as_deref(), code, key };
        let written = prepare::build(&order, here)?;
        Ok(Signed {
            file: written.path.display().to_string(),
            digest: written.digest,
            groups: key.public().groups(),
            next: msg!("signed-package-next"),
        })
    })
}
