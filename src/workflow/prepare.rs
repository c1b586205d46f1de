//! The office makes a package: folder → all checks → signed bundle.

use std::path::Path;

use serde_json::json;

use crate::{
    bundle::{
        allowed,
        archive::Source,
        bag::Manifest,
        draft::Draft,
        key::SecretKey,
        kind::{Kind, role_id},
        passport::{Passport, Required, SCHEMA, Tool},
        trust::Trust,
        write::{self, Signer, Written},
    },
    digest,
    domain::{
        formal::{self, FormalOutcome},
        ids::PersonCode,
        package::Package,
        panel::{Person, Role},
        text::Bilingual,
    },
    intake::{self, package::Intake, source::Folder},
    workflow::{Here, StepError, files, layout, scratch::Scratch, verify},
};

/// Reads the package folder with all checks.
///
/// # Errors
/// That there is no such folder; or everything that is wrong in it, with file, line and column.
pub fn check(folder: &Path) -> Result<Intake, StepError> {
    files::must_be_folder(folder)?;
    intake::package::read(&Folder::new(folder.to_owned())).map_err(StepError::Problems)
}

/// The title of the call in a package folder, where that much can be read.
#[must_use]
pub fn title(folder: &Path) -> Option<Bilingual> {
    let (call, _) = intake::package::call_and_roster(&Folder::new(folder.to_owned())).ok()?;
    Some(call.title)
}

/// What a new package is made of.
pub struct Order<'a> {
    /// Package folder.
    pub folder: &'a Path,
    /// Where the bundle goes.
    pub to: &'a Path,
    /// The revision it replaces.
    pub supersedes: Option<&'a Path>,
    /// The clerk who signs.
    pub code: &'a PersonCode,
    /// The clerk's key.
    pub key: &'a SecretKey,
}

/// Builds and signs the package, and verifies it before it gets its name.
///
/// # Errors
/// When anything is wrong; the target folder is then as before.
pub fn build(order: &Order<'_>, here: &Here<'_>) -> Result<Written, StepError> {
    let intake = check(order.folder)?;
    let clerk = clerk(&intake.package, order.code, order.key)?;
    let trust = Trust::from_roster(&intake.package.roster)?.at(intake.package.call.session.closes.clone());
    let before = order.supersedes.map(|file| verify::predecessor(file, Kind::Package, &trust)).transpose()?;
    let draft = draft(order.folder, &intake, clerk, before, &trust, here)?;
    let signer = Signer { role: clerk.role, code: clerk.code.clone(), key: order.key };
    deliver(&draft, &[signer], order.to, |file| {
        let report = verify::verify(file, Some(&trust))?;
        if report.passes() { Ok(()) } else { Err(StepError::NotVerified(Box::new(report))) }
    })
}

/// The clerk on the roster whose key this is.
fn clerk<'a>(package: &'a Package, code: &PersonCode, key: &SecretKey) -> Result<&'a Person, StepError> {
    let found = package.roster.people.iter().find(|person| person.code.file_stem() == code.file_stem() && person.role == Role::Office);
    let person = found.ok_or_else(|| StepError::NotOnRoster { code: code.to_string(), role: role_id(Role::Office) })?;
    let is_enrolled = person.key.as_ref().is_some_and(|listed| listed.public == key.public().to_string());
    if is_enrolled { Ok(person) } else { Err(StepError::NotEnrolled { code: person.code.clone() }) }
}

fn draft(
    folder: &Path,
    intake: &Intake,
    clerk: &Person,
    before: Option<(u32, String)>,
    trust: &Trust,
    here: &Here<'_>,
) -> Result<Draft, StepError> {
    let call = &intake.package.call;
    let (revision, supersedes) = before.map_or((1, None), |(revision, digest)| (revision.saturating_add(1), Some(digest)));
    let mut draft = Draft::new(Passport {
        kind: Kind::Package,
        schema: SCHEMA,
        mode: call.mode,
        call: call.id.clone(),
        items: Vec::new(),
        panel: Some(call.panel.id.clone()),
        round: None,
        person: None,
        revision,
        supersedes,
        head: None,
        required_signers: vec![Required::new(clerk.role, clerk.code.clone())],
        claimed_time: here.now.clone(),
        tool: Tool::this(),
        digests: Default::default(),
    });
    let mut listed = Manifest::new();
    for file in &intake.files {
        let source = Source::File(folder.join(file));
        let member = layout::member_of(file);
        let (digest, _) = source.measure().map_err(|cause| StepError::io(&folder.join(file), cause))?;
        listed.insert(format!("data/{member}"), digest);
        draft.members.insert(member, source);
    }
    if !call.rubric.ends_with(".toml") {
        listed.insert(format!("data/{}", layout::SHIPPED_RUBRIC), digest::sha256_hex(&intake.rubric_bytes));
        draft.members.insert(layout::SHIPPED_RUBRIC.to_owned(), Source::Bytes(intake.rubric_bytes.clone()));
    }
    draft.passport.digests = layout::digests(&listed);
    draft.members.insert(layout::FORMAL_CHECK.to_owned(), Source::Bytes(formal_check(&intake.package)));
    for (name, list) in layout::SIGNER_LISTS.into_iter().zip([allowed::plain(trust), allowed::dated(trust)]) {
        draft.tag_files.insert(name.to_owned(), list.into_bytes());
    }
    Ok(draft)
}

/// The formal check of every application as a bundle member.
#[must_use]
pub fn formal_check(package: &Package) -> Vec<u8> {
    let rows = package.applications.iter().map(|application| {
        let check = formal::check(&package.rubric, application);
        let open = check.lines.iter().filter(|line| line.outcome != FormalOutcome::Pass);
        let gates: Vec<_> = open.map(|line| json!({ "gate": line.gate, "outcome": outcome(line.outcome), "note": line.note })).collect();
        json!({ "application": application.id, "outcome": outcome(check.outcome), "gates": gates })
    });
    files::json_bytes(&json!({ "applications": rows.collect::<Vec<_>>() }))
}

const fn outcome(outcome: FormalOutcome) -> &'static str {
    match outcome {
        FormalOutcome::Pass => "pass",
        FormalOutcome::Fix => "fix",
        FormalOutcome::Fail => "fail",
    }
}

/// Writes a bundle beside its target folder's other files, has `check` look at it, and only then gives it its name. The folder is
/// made where it is missing.
///
/// # Errors
/// When writing or `check` fails; the target folder is then as before.
pub(super) fn deliver(
    draft: &Draft,
    signers: &[Signer<'_>],
    to: &Path,
    check: impl FnOnce(&Path) -> Result<(), StepError>,
) -> Result<Written, StepError> {
    let failed = |source| StepError::io(to, source);
    let target = files::Target::make(to).map_err(failed)?;
    let workshop = Scratch::within(to).map_err(failed)?;
    files::make_private(workshop.path()).map_err(failed)?;
    let written = write::write(draft, signers, workshop.path())?;
    check(&written.path)?;
    let path = files::move_whole(&written.path, to)?;
    target.keep();
    Ok(Written { path, ..written })
}
