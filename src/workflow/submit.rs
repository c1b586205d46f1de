//! A reviewer signs: every sheet handed in, one bundle with the record, its proof and the package that it rests on.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        draft::Draft,
        excerpt::{self, Files},
        key::SecretKey,
        kind::Kind,
        passport::{Digests, Head, Passport, Required, SCHEMA, Tool},
        trust::Trust,
        verified::Verified,
        write::Signer,
    },
    domain::{change::Change, desk::Taken, ids::ApplicationId, panel::Person, worklist},
    report,
    workflow::{Here, StepError, files, layout, prepare, request, session::Session, sheets, verify},
};

/// A score bundle that lies where it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where it lies, read again and compared.
    pub path: PathBuf,
    /// Its digest.
    pub digest: String,
    /// Its revision.
    pub revision: u32,
    /// Whether it was signed now; else it is the bundle signed before, because nothing changed since.
    pub is_new: bool,
}

/// What keeps the bundle from being signed.
///
/// # Errors
/// The pledge, open sheets, or a key that is not on the roster.
pub fn ready<'a>(session: &'a Session, key: &SecretKey) -> Result<&'a Person, StepError> {
    if !session.has_pledged() {
        return Err(StepError::NoPledge);
    }
    let rows = worklist::rows(session.package(), session.desk());
    let is_open = |row: &worklist::Row| row.state != worklist::RowState::Submitted && !row.state.is_out();
    let open: Vec<ApplicationId> = rows.iter().filter(|row| is_open(row)).map(|row| row.application.clone()).collect();
    if !open.is_empty() {
        return Err(StepError::SheetsOpen { open });
    }
    let code = session.reviewer();
    let not_enrolled = || StepError::NotEnrolled { code: code.clone() };
    let person = session.package().roster.person(code).ok_or_else(not_enrolled)?;
    let is_mine = person.key.as_ref().is_some_and(|listed| listed.public == key.public().to_string());
    if is_mine { Ok(person) } else { Err(not_enrolled()) }
}

/// Signs the score bundle and writes it to `to`: kept here first, recorded, then copied, read again and compared. Where nothing
/// changed since the last one, that one is copied.
///
/// # Errors
/// What [`ready`] says, or why it could not be written or does not verify; nothing is recorded then.
pub fn export(session: &mut Session, key: &SecretKey, to: &Path, here: &Here<'_>) -> Result<Exported, StepError> {
    ready(session, key)?;
    let target = files::Target::make(to).map_err(|source| StepError::io(to, source))?;
    let sent = session.workspace().sent();
    let (file, digest, revision, is_new) = match unchanged(session) {
        Some(last) => last,
        None => sign(session, key, &sent, to, here)?,
    };
    let kept = sent.join(&file);
    let path = files::copy_whole(&kept, to).map_err(|source| match source.kind() {
        std::io::ErrorKind::AlreadyExists => StepError::TargetExists { path: to.join(&file) },
        _ => StepError::io(to, source),
    })?;
    target.keep();
    Ok(Exported { path, digest, revision, is_new })
}

/// The last bundle, where it is the last thing that happened and still lies here whole.
fn unchanged(session: &Session) -> Option<(String, String, u32, bool)> {
    let last = session.desk().exports.last()?;
    let is_last = session.store().head().seq == last.seq && is_kept(&session.workspace().sent().join(&last.file), &last.digest);
    is_last.then(|| (last.file.clone(), last.digest.clone(), last.revision, false))
}

/// Whether the file is the bundle with this digest. After a backup was put back, another one can lie under the same name.
fn is_kept(file: &Path, digest: &str) -> bool {
    verify::verify(file, None).is_ok_and(|report| report.digest.as_deref() == Some(digest) && report.errors().next().is_none())
}

fn sign(session: &mut Session, key: &SecretKey, sent: &Path, to: &Path, here: &Here<'_>) -> Result<(String, String, u32, bool), StepError> {
    let draft = draft(session, here)?;
    let name = draft.passport.name().file();
    // Asked before anything is signed: a bundle that cannot be handed over must not become a revision of the record.
    if to.join(&name).exists() {
        return Err(StepError::TargetExists { path: to.join(&name) });
    }
    files::make_private(sent).map_err(|source| StepError::io(sent, source))?;
    // A bundle of this name that the journal does not know was being written when the program was stopped; it went nowhere.
    match fs::remove_file(sent.join(&name)) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(StepError::io(&sent.join(&name), source)),
        _ => {}
    }
    let trust = Trust::from_roster(&session.package().roster)?.at(session.package().call.session.closes.clone());
    let person = ready(session, key)?;
    let signer = Signer { role: person.role, code: person.code.clone(), key };
    let written = prepare::deliver(&draft, &[signer], sent, |file| {
        let report = verify::verify(file, Some(&trust))?;
        if report.passes() { Ok(()) } else { Err(StepError::NotVerified(Box::new(report))) }
    })?;
    let Passport { revision, supersedes, .. } = draft.passport;
    let change = Change::Export { revision, digest: written.digest.clone(), file: name.clone(), supersedes };
    session.record(Some(change), &here.now)?;
    Ok((name, written.digest, revision, true))
}

fn draft(session: &mut Session, here: &Here<'_>) -> Result<Draft, StepError> {
    let lines = session.store().lines(0)?;
    let head = session.store().head().clone();
    let code = session.reviewer().clone();
    let mine: Vec<String> = layout::assigned(session.package(), &code).iter().map(ApplicationId::file_stem).collect();
    let wanted =
        |member: &str| layout::application_of(member).map_or(!layout::is_attachment(member), |id| mine.iter().any(|one| one == id));
    let excerpt = excerpt::take(session.held_mut().bundle_mut(), &wanted)?;
    let requests = requests(session)?;
    let (desk, package) = (session.desk(), session.package());
    let bundle = session.held().bundle();
    let last = desk.exports.last();
    let revision = last.map_or(1, |last| last.revision.saturating_add(1));
    let role = package.roster.person(&code).map(|person| person.role).ok_or_else(|| StepError::NotEnrolled { code: code.clone() })?;
    let mut draft = Draft::new(Passport {
        kind: Kind::Scores,
        schema: SCHEMA,
        mode: package.call.mode,
        call: package.call.id.clone(),
        items: Vec::new(),
        panel: Some(package.call.panel.id.clone()),
        round: None,
        person: Some(code.clone()),
        revision,
        supersedes: last.map(|last| last.digest.clone()),
        head: Some(Head { digest: head.hash, height: head.seq }),
        required_signers: vec![Required::new(role, code.clone())],
        claimed_time: here.now.clone(),
        tool: Tool::this(),
        digests: Digests {
            package: Some(bundle.digest().to_owned()),
            request: desk.open_request().map(|asked| asked.digest.clone()),
            ..bundle.passport().digests.clone()
        },
    });
    for (name, bytes) in sheets::members(package, desk, &code, revision) {
        draft = draft.with(&name, bytes);
    }
    let journal: String = lines.iter().map(|line| format!("{line}\n")).collect();
    draft = draft.with(sheets::JOURNAL, journal).with(sheets::SCORE_SHEET, report::scoresheet::html(package, desk, &code));
    for (name, bytes) in requests {
        draft = draft.with(&name, bytes);
    }
    for (name, bytes) in excerpt {
        let file = format!("{}{name}", sheets::PACKAGE);
        // Lists of signers go along, so that stock tools need nothing else.
        if layout::SIGNER_LISTS.contains(&name.as_str()) {
            draft.tag_files.insert(name, bytes.clone());
        }
        draft = draft.with(&file, bytes);
    }
    Ok(draft)
}

/// Every request that was taken in, as the chair signed it: what was asked, and the proofs, without the package once more.
fn requests(session: &Session) -> Result<Files, StepError> {
    let mut found = Files::new();
    for Taken { asked, .. } in &session.desk().requests {
        let path = session.workspace().request(&asked.digest);
        let mut bundle = Verified::known(&path, &asked.digest).map_err(StepError::NotVerified)?;
        let files = excerpt::take(&mut bundle, &|member| member == request::CONTENT)?;
        found.extend(files.into_iter().map(|(name, bytes)| (format!("{}{name}", request::folder(asked.revision)), bytes)));
    }
    Ok(found)
}
