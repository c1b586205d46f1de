//! Enrolment 登记: a person makes a key and asks for it to be put on the roster; the office does so.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{
    bundle::{
        draft::Draft,
        key::{PublicKey, SecretKey},
        kind::{Kind, role_id},
        passport::{Passport, Required, SCHEMA, Tool},
        stage::Staged,
        trust::Trust,
        verified::Verified,
        write::{Signer, Written},
    },
    domain::{
        call::{Call, Mode},
        ids::{CallId, PanelId, PersonCode},
        panel::{Custody, Key, Person, RevokedKey, Role, Roster},
    },
    intake::{self, source::Folder},
    workflow::{Here, StepError, files, prepare, verify},
};

/// Where the request's own statement lies, below `data/`.
pub const REQUEST: &str = "enrol.json";

/// `enrol.json`: who asks, with which key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Code on the roster.
    pub code: PersonCode,
    /// Name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// The public key as one OpenSSH line.
    pub public_key: String,
    /// What to call the machine; for people.
    pub device: String,
    /// Who made the key and holds it.
    pub custody: Custody,
}

/// What a person asks for.
pub struct Ask<'a> {
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: PanelId,
    /// Rehearsal or official.
    pub mode: Mode,
    /// Code on the roster.
    pub code: PersonCode,
    /// Role on the roster.
    pub role: Role,
    /// Name.
    pub name: String,
    /// What to call the machine.
    pub device: String,
    /// Who made the key and holds it.
    pub custody: Custody,
    /// Where the request goes.
    pub to: &'a Path,
}

/// Writes an enrolment request signed with the new key, which proves that the person holds the secret half.
///
/// # Errors
/// When it cannot be written.
pub fn request(ask: &Ask<'_>, key: &SecretKey, here: &Here<'_>) -> Result<Written, StepError> {
    let content = Request {
        code: ask.code.clone(),
        name: ask.name.clone(),
        role: ask.role,
        public_key: key.public().to_string(),
        device: ask.device.clone(),
        custody: ask.custody,
    };
    let passport = Passport {
        kind: Kind::Enrol,
        schema: SCHEMA,
        mode: ask.mode,
        call: ask.call.clone(),
        items: Vec::new(),
        panel: Some(ask.panel.clone()),
        round: None,
        person: Some(ask.code.clone()),
        revision: 1,
        supersedes: None,
        head: None,
        required_signers: vec![Required::new(ask.role, ask.code.clone())],
        claimed_time: here.now.clone(),
        tool: Tool::this(),
        digests: Default::default(),
    };
    let value = serde_json::to_value(&content).unwrap_or_default();
    let draft = Draft::new(passport).with(REQUEST, files::json_bytes(&value));
    prepare::deliver(&draft, &[Signer { role: ask.role, code: ask.code.clone(), key }], ask.to, |_| Ok(()))
}

/// What the office took from a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Whose key.
    pub code: PersonCode,
    /// The key, whose groups are compared with the sign-in sheet.
    pub key: PublicKey,
    /// Whether it was on the roster already.
    pub known: bool,
}

/// Puts the keys of `requests` on the roster of the package folder, as one new revision of the roster. All or none.
///
/// # Errors
/// When the session is over, or a request does not verify, is for another call, or the person is not on the roster or has a key already.
pub fn accept(folder: &Path, requests: &[&Path], here: &Here<'_>) -> Result<Vec<Accepted>, StepError> {
    let (call, mut roster) = read(folder)?;
    if here.now.instant() > call.session.closes.instant() {
        return Err(StepError::SessionOver { closes: call.session.closes });
    }
    let mut accepted = Vec::new();
    for file in requests {
        accepted.push(accept_one(file, &call, &mut roster, folder, here)?);
    }
    if accepted.iter().any(|one| !one.known) {
        save(folder, &mut roster)?;
    }
    Ok(accepted)
}

/// A person of the roster, with the key in force in groups as the paper sheet has them.
pub struct Enrolled {
    /// Who.
    pub person: Person,
    /// Groups of the key; none before enrolment.
    pub groups: Option<String>,
}

/// Everybody on the roster of the package folder.
///
/// # Errors
/// When there is no such folder, or call or roster cannot be read.
pub fn people(folder: &Path) -> Result<Vec<Enrolled>, StepError> {
    let (_, roster) = read(folder)?;
    let groups = |person: &Person| person.key.as_ref().and_then(|key| key.public.parse::<PublicKey>().ok()).map(|key| key.groups());
    Ok(roster.people.into_iter().map(|person| Enrolled { groups: groups(&person), person }).collect())
}

/// Ends the key of `code` on the roster, as a new revision: bundles from before stay valid, and a new key can be enrolled.
///
/// # Errors
/// When the person is not on the roster or has no key.
pub fn revoke(folder: &Path, code: &PersonCode, reason: &str, here: &Here<'_>) -> Result<String, StepError> {
    let (_, mut roster) = read(folder)?;
    let person = roster.people.iter_mut().find(|person| person.code == *code);
    let person = person.ok_or_else(|| StepError::NotOnRoster { code: code.to_string(), role: "-" })?;
    let key = person.key.take().ok_or_else(|| StepError::NotEnrolled { code: code.clone() })?;
    person.revoked.push(RevokedKey { public: key.public.clone(), since: here.now.clone(), reason: reason.to_owned() });
    save(folder, &mut roster)?;
    Ok(key.public)
}

fn accept_one(file: &Path, call: &Call, roster: &mut Roster, folder: &Path, here: &Here<'_>) -> Result<Accepted, StepError> {
    // The request came before its acceptance, so a key that is on the roster already is judged now.
    let trust = Trust::from_roster(roster)?.at(here.now.clone());
    let staged = Staged::copy_of(file, folder, &[Kind::Enrol])?;
    let mut bundle = staged.inspect(Some(&trust)).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&bundle, file, Kind::Enrol)?;
    let request = content(&mut bundle)?;
    let passport = bundle.passport();
    let differs = [
        (passport.call != call.id, "call"),
        (passport.panel.as_ref() != Some(&call.panel.id), "panel"),
        (passport.mode != call.mode, "mode"),
    ];
    if let Some((_, what)) = differs.into_iter().find(|(differs, _)| *differs) {
        return Err(StepError::OtherPackage { what });
    }
    let missing = || StepError::NotOnRoster { code: request.code.to_string(), role: role_id(request.role) };
    let person = roster.people.iter_mut().find(|person| person.code == request.code && person.role == request.role).ok_or_else(missing)?;
    let key: PublicKey = request.public_key.parse()?;
    let known = person.key.is_some();
    if !known {
        let valid_after = Some(here.now.clone()).filter(|now| now.instant() > call.session.opens.instant());
        person.key = Some(Key { public: request.public_key.clone(), custody: request.custody, valid_after, valid_before: None });
    }
    // One key cannot be two people.
    Trust::from_roster(roster)?;
    Ok(Accepted { code: request.code, key, known })
}

/// The request inside a verified bundle, where it names the key that signed it.
pub(super) fn content(bundle: &mut Verified) -> Result<Request, StepError> {
    let bytes = bundle.read(&format!("data/{REQUEST}"))?;
    let request: Option<Request> = serde_json::from_slice(&bytes).ok();
    let signed_by = |request: &Request| {
        bundle.signers().iter().any(|signer| {
            signer.key.as_ref().is_some_and(|key| key.to_string() == request.public_key)
                && signer.code.file_stem() == request.code.file_stem()
                && signer.role == request.role
        })
    };
    request.filter(signed_by).ok_or_else(|| StepError::NotVerified(Box::new(verify::bad_request(bundle.report().clone()))))
}

fn read(folder: &Path) -> Result<(Call, Roster), StepError> {
    files::must_be_folder(folder)?;
    intake::package::call_and_roster(&Folder::new(folder.to_owned())).map_err(StepError::Problems)
}

/// Writes the roster as its next revision.
fn save(folder: &Path, roster: &mut Roster) -> Result<(), StepError> {
    roster.revision = roster.revision.saturating_add(1);
    let path = folder.join("roster.toml");
    let text = toml::to_string_pretty(roster).map_err(|error| StepError::io(&path, std::io::Error::other(error)))?;
    files::write_whole(&path, text.as_bytes()).map_err(|source| StepError::io(&path, source))
}
