//! The panel concludes: everything decided, one result bundle with every input, verified as a stranger would before it gets its name.
//!
//! Whoever presides signs first; the supervisor, and the deputy where the chair stayed out of an application, co-sign the same bytes
//! on their own machines ([`crate::workflow::cosign`]).

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        archive::Source,
        draft::Draft,
        excerpt,
        key::SecretKey,
        kind::Kind,
        passport::{Digests, Head, Passport, Required, SCHEMA, Tool},
        trust::Trust,
        verified::Verified,
        write::Signer,
    },
    domain::{
        panel::Person,
        table::{
            act::{Act, Sealed},
            open,
        },
    },
    workflow::{
        Here, StepError,
        documents::{self, BUNDLES, Basis, JOURNAL, PACKAGE, REQUESTS},
        files, layout, prepare,
        table::TableSession,
        verify,
    },
};

/// A result bundle that lies where it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concluded {
    /// Where it lies, read again and compared.
    pub path: PathBuf,
    /// The page for ink, beside it.
    pub page: PathBuf,
    /// Its digest.
    pub digest: String,
    /// Its revision.
    pub revision: u32,
    /// Whether it was signed now; else it is the one signed before, with all signatures that came since.
    pub is_new: bool,
    /// Whose signatures are still to come.
    pub awaits: Vec<Required>,
}

/// Signs the result and writes it to `to`: kept here first, recorded, then copied, read again and compared. A result that is signed
/// already is copied once more.
///
/// # Errors
/// Points that are still open, a key that is not the one of whoever presides, or why it could not be written or does not verify;
/// nothing is recorded then.
pub fn seal(session: &mut TableSession, key: &SecretKey, to: &Path, here: &Here<'_>) -> Result<Concluded, StepError> {
    let target = files::Target::make(to).map_err(|source| StepError::io(to, source))?;
    let last = session.table().sealed.last().filter(|_| session.table().progress.stage.is_signed()).cloned();
    let (sealed, is_new) = match last {
        Some(sealed) => (sealed, false),
        None => (sign(session, key, to, here)?, true),
    };
    let kept = session.workspace().sent().join(&sealed.file);
    let path = copy_newer(&kept, to, &sealed)?;
    let page = page(session, to, &sealed)?;
    target.keep();
    let awaits = awaited(&path, &sealed)?;
    Ok(Concluded { path, page, digest: sealed.digest, revision: sealed.revision, is_new, awaits })
}

/// Copies the result; one of the same content with fewer signatures makes room.
fn copy_newer(kept: &Path, to: &Path, sealed: &Sealed) -> Result<PathBuf, StepError> {
    let target = to.join(&sealed.file);
    match files::copy_whole(kept, to) {
        Err(source) if source.kind() == std::io::ErrorKind::AlreadyExists => {
            Verified::known(&target, &sealed.digest).map_err(|_| StepError::TargetExists { path: target.clone() })?;
            let failed = |source| StepError::io(&target, source);
            let bytes = fs::read(kept).map_err(failed)?;
            files::write_whole(&target, &bytes).map_err(failed)?;
            Ok(target)
        }
        copied => copied.map_err(|source| StepError::io(to, source)),
    }
}

/// Writes the page for ink beside the bundle.
fn page(session: &TableSession, to: &Path, sealed: &Sealed) -> Result<PathBuf, StepError> {
    let path = to.join(format!("{}-signature-page.html", sealed.file.trim_end_matches(".zip")));
    let results = session.results()?;
    let bytes = documents::signature_page(&basis(session, &results, sealed.revision), &sealed.digest);
    files::write_whole(&path, &bytes).map_err(|source| StepError::io(&path, source))?;
    Ok(path)
}

/// Whose signatures the bundle in `file` still lacks.
fn awaited(file: &Path, sealed: &Sealed) -> Result<Vec<Required>, StepError> {
    let bundle = Verified::known(file, &sealed.digest).map_err(StepError::NotVerified)?;
    let is_missing = |one: &&Required| !bundle.is_signed_by(one.role, &one.code);
    Ok(bundle.passport().required_signers.iter().filter(is_missing).cloned().collect())
}

/// What the documents are made from, as the table is now.
fn basis<'a>(session: &'a TableSession, results: &'a [crate::domain::consolidate::derivation::ItemResult], revision: u32) -> Basis<'a> {
    Basis {
        package: session.package(),
        rubric_digest: session.held().bundle().passport().digests.rubric.as_deref().unwrap_or_default(),
        table: session.table(),
        entries: &session.store().desk().entries,
        head: &session.store().head().hash,
        results,
        revision,
    }
}

/// The person who presides, where the key is theirs.
///
/// # Errors
/// Not on the roster with this key.
pub fn presides<'a>(session: &'a TableSession, key: &SecretKey) -> Result<&'a Person, StepError> {
    let code = session.chair();
    let person = session.package().roster.person(code);
    let has_key = |person: &&Person| person.key.as_ref().is_some_and(|listed| listed.public == key.public().to_string());
    person.filter(has_key).ok_or_else(|| StepError::NotEnrolled { code: code.clone() })
}

fn sign(session: &mut TableSession, key: &SecretKey, to: &Path, here: &Here<'_>) -> Result<Sealed, StepError> {
    let open = session.open_points()?;
    if !open.is_empty() {
        return Err(StepError::PointsOpen { open });
    }
    let draft = draft(session, here)?;
    let name = draft.passport.name().file();
    // Asked before anything is signed: a bundle that cannot be handed over must not become a revision of the record.
    if to.join(&name).exists() {
        return Err(StepError::TargetExists { path: to.join(&name) });
    }
    let sent = session.workspace().sent();
    files::make_private(&sent).map_err(|source| StepError::io(&sent, source))?;
    // A bundle of this name that the journal does not know was being written when the program was stopped; it went nowhere.
    match fs::remove_file(sent.join(&name)) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(StepError::io(&sent.join(&name), source)),
        _ => {}
    }
    let trust = signing_trust(session)?;
    let person = presides(session, key)?;
    let signer = Signer { role: person.role, code: person.code.clone(), key };
    let written = prepare::deliver(&draft, &[signer], &sent, |file| {
        let report = verify::verify(file, Some(&trust))?;
        if report.passes() { Ok(()) } else { Err(StepError::NotVerified(Box::new(report))) }
    })?;
    let Passport { revision, supersedes, .. } = draft.passport;
    let sealed = Sealed { revision, digest: written.digest, file: name, supersedes };
    session.append(Act::Seal(sealed.clone()), &here.now)?;
    Ok(sealed)
}

/// Everybody on the roster, judged at the session, where signatures may still be to come.
pub(super) fn signing_trust(session: &TableSession) -> Result<Trust, StepError> {
    let package = session.package();
    let trust = Trust::from_roster(&package.roster)?.at(package.call.session.closes.clone());
    Ok(Trust { awaits_more: true, ..trust })
}

fn draft(session: &mut TableSession, here: &Here<'_>) -> Result<Draft, StepError> {
    let wanted = |member: &str| !layout::is_attachment(member);
    let excerpt = excerpt::take(session.held_mut().bundle_mut(), &wanted)?;
    let lines = session.store().lines(0)?;
    let results = session.results()?;
    let last = session.table().sealed.last();
    let revision = last.map_or(1, |last| last.revision.saturating_add(1));
    let mut draft = Draft::new(passport(session, revision, here));
    let mut members: BTreeMap<String, Source> =
        documents::members(&basis(session, &results, revision))?.into_iter().map(|(name, bytes)| (name, Source::Bytes(bytes))).collect();
    let journal: String = lines.iter().map(|line| format!("{line}\n")).collect();
    members.insert(JOURNAL.to_owned(), Source::Bytes(journal.into_bytes()));
    for (name, bytes) in excerpt {
        if layout::SIGNER_LISTS.contains(&name.as_str()) {
            draft.tag_files.insert(name.clone(), bytes.clone());
        }
        members.insert(format!("{PACKAGE}{name}"), Source::Bytes(bytes));
    }
    for held in &session.table().arrived {
        let digest = &held.bundle.digest;
        nest(&mut members, BUNDLES, &session.workspace().bundle(digest), digest)?;
    }
    for asked in &session.table().asked {
        nest(&mut members, REQUESTS, &session.workspace().sent().join(&asked.file), &asked.digest)?;
    }
    draft.members = members;
    Ok(draft)
}

/// Puts the bundle in `path` in as it is. Two bundles of one name are both kept; the second goes by its digest.
fn nest(members: &mut BTreeMap<String, Source>, folder: &str, path: &Path, digest: &str) -> Result<(), StepError> {
    let bundle = Verified::known(path, digest).map_err(StepError::NotVerified)?;
    let name = format!("{folder}{}", bundle.name().file());
    let name = if members.contains_key(&name) { format!("{folder}{digest}.zip") } else { name };
    members.insert(name, Source::File(path.to_owned()));
    Ok(())
}

fn passport(session: &TableSession, revision: u32, here: &Here<'_>) -> Passport {
    let package = session.package();
    let bundle = session.held().bundle();
    let head = session.store().head();
    let signers = open::signers(package, session.given(), session.chair());
    Passport {
        kind: Kind::Result,
        schema: SCHEMA,
        mode: package.call.mode,
        call: package.call.id.clone(),
        items: Vec::new(),
        panel: Some(package.call.panel.id.clone()),
        round: None,
        person: None,
        revision,
        supersedes: session.table().sealed.last().map(|last| last.digest.clone()),
        head: Some(Head { digest: head.hash.clone(), height: head.seq }),
        required_signers: signers.into_iter().map(|(role, code)| Required::new(role, code)).collect(),
        claimed_time: here.now.clone(),
        tool: Tool::this(),
        digests: Digests { package: Some(bundle.digest().to_owned()), ..bundle.passport().digests.clone() },
    }
}
