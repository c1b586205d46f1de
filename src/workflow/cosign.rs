//! Co-signing: somebody reads a result, verifies it on an own machine, and adds a signature to the same bytes. The digest stays the
//! same, so what was signed on paper or by others still holds.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    bundle::{
        excerpt,
        key::SecretKey,
        kind::Kind,
        passport::Required,
        stage::Staged,
        trust::Trust,
        verified::Verified,
        write::{self, Signer},
    },
    domain::{
        ids::PersonCode,
        package::Package,
        panel::Person,
        table::act::{Act, Signature},
        time::Moment,
    },
    intake,
    workflow::{StepError, conclude, files, scratch::Scratch, table::TableSession, verify},
};

/// A result with one signature more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cosigned {
    /// Where it lies.
    pub path: PathBuf,
    /// Its digest, which is as before.
    pub digest: String,
    /// In which role the person signed.
    pub signed: Required,
    /// Whose signatures are still to come.
    pub awaits: Vec<Required>,
}

/// Adds the signature of `code` to the result in `file` and puts it into `to`, or in the place of `file`. `office` is the office's
/// public key; without it the roster inside is taken at its word, and whoever signs compares the fingerprint.
///
/// # Errors
/// When the result does not verify in all layers, or the person is not on its roster with this key or has no part in it; the file is
/// then as before.
pub fn cosign(file: &Path, code: &PersonCode, key: &SecretKey, office: Option<&Trust>, to: Option<&Path>) -> Result<Cosigned, StepError> {
    let folder = to.unwrap_or_else(|| files::folder_of(file));
    let target = files::Target::make(folder).map_err(|source| StepError::io(folder, source))?;
    let staged = Staged::copy_of(file, folder, &[Kind::Result])?;
    let again = || staged.again().map_err(|source| StepError::io(file, source));
    let package = roster_inside(again()?, file)?;
    let roster = Trust::from_roster(&package.roster)?.at(package.call.session.closes.clone());
    let trust = Trust { awaits_more: true, ..office.cloned().unwrap_or_else(|| roster.clone()) };
    let report = verify::verify_staged(again()?, file, Some(&trust))?;
    if !report.passes() {
        return Err(StepError::NotVerified(Box::new(report)));
    }
    let roster = Trust { awaits_more: true, ..roster };
    let mut bundle = staged.inspect(Some(&roster)).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&bundle, file, Kind::Result)?;
    let person = entitled(&package, code, key)?;
    let signer = Signer { role: person.role, code: person.code.clone(), key };
    let path = rewrite(folder, &bundle.name().file(), bundle.digest().to_owned().as_str(), |workshop| {
        write::countersign(&mut bundle, &signer, workshop, &roster).map(|written| written.path)
    })?;
    target.keep();
    let signed = Required::new(person.role, person.code.clone());
    let awaits = bundle.passport().required_signers.iter().filter(|one| **one != signed && !bundle.is_signed_by(one.role, &one.code));
    Ok(Cosigned { path, digest: bundle.digest().to_owned(), awaits: awaits.cloned().collect(), signed })
}

/// The package whose excerpt the result carries; who signed it is judged elsewhere.
fn roster_inside(staged: Staged, file: &Path) -> Result<Package, StepError> {
    let mut bundle = verify::unjudged(staged, file)?;
    verify::expect(&bundle, file, Kind::Result)?;
    let files = verify::rests::folder(&mut bundle, verify::rests::PACKAGE)?;
    let excerpt = excerpt::check(&files, None).map_err(StepError::NotVerified)?;
    intake::package::read_excerpt(&excerpt).map_err(StepError::Problems)
}

/// The person of that code whose key this is, in a role that signs results.
fn entitled<'a>(package: &'a Package, code: &PersonCode, key: &SecretKey) -> Result<&'a Person, StepError> {
    let found = package.roster.people.iter().find(|person| person.code.file_stem() == code.file_stem());
    let person = found.filter(|person| Kind::Result.may_sign(person.role));
    let person = person.ok_or_else(|| StepError::NotOnRoster { code: code.to_string(), role: "supervisor" })?;
    let has_key = person.key.as_ref().is_some_and(|listed| listed.public == key.public().to_string());
    if has_key { Ok(person) } else { Err(StepError::NotEnrolled { code: person.code.clone() }) }
}

/// Has `write` make the bundle `name` in a workshop beside its place, and puts it there. Only the same content makes room.
fn rewrite(
    folder: &Path,
    name: &str,
    digest: &str,
    write: impl FnOnce(&Path) -> Result<PathBuf, write::WriteError>,
) -> Result<PathBuf, StepError> {
    let failed = |source| StepError::io(folder, source);
    let workshop = Scratch::within(folder).map_err(failed)?;
    files::make_private(workshop.path()).map_err(failed)?;
    let target = folder.join(name);
    if target.exists() {
        Verified::known(&target, digest).map_err(|_| StepError::TargetExists { path: target.clone() })?;
    }
    let made = write(workshop.path())?;
    fs::rename(&made, &target).and_then(|()| files::sync_folder(folder)).map_err(failed)?;
    Ok(target)
}

/// Takes signatures in that came back on a stick: `file` must be the result that was signed here last. Returns who signed anew.
///
/// # Errors
/// When it is another result, or does not verify.
pub fn take_back(session: &mut TableSession, file: &Path, now: &Moment) -> Result<Vec<Required>, StepError> {
    let sealed = session.table().sealed.last().cloned().ok_or_else(|| StepError::OtherResult { file: file.to_owned() })?;
    let trust = conclude::signing_trust(session)?;
    let staged = Staged::copy_of(file, session.workspace().folder(), &[Kind::Result])?;
    let mut incoming = staged.inspect(Some(&trust)).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&incoming, file, Kind::Result)?;
    if incoming.digest() != sealed.digest {
        return Err(StepError::OtherResult { file: file.to_owned() });
    }
    let sent = session.workspace().sent();
    let kept = Staged::copy_of(&sent.join(&sealed.file), session.workspace().folder(), &[Kind::Result])?;
    let mut kept = kept.inspect(Some(&trust)).into_verified().map_err(StepError::NotVerified)?;
    let anew: Vec<Required> = incoming
        .signers()
        .iter()
        .filter(|signer| !kept.is_signed_by(signer.role, &signer.code))
        .map(|signer| Required::new(signer.role, signer.code.clone()))
        .collect();
    if anew.is_empty() {
        return Ok(anew);
    }
    rewrite(&sent, &sealed.file, &sealed.digest, |workshop| {
        write::join_signatures(&mut kept, &mut incoming, workshop, &trust).map(|written| written.path)
    })?;
    for one in &anew {
        let before = session.table().members.get(&one.code).cloned();
        if before != Some(Signature::Signed) {
            session.record(Act::Member { person: one.code.clone(), before, after: Some(Signature::Signed) }, now)?;
        }
    }
    Ok(anew)
}
