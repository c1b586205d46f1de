//! A reviewer takes a re-score request in: verified against the package already in work, kept byte for byte, and recorded; what it asks
//! about is open from then on, and nothing else. The answer is the next score bundle, which [`super::submit`] signs.

use std::path::Path;

use crate::{
    bundle::{
        kind::Kind,
        layer::{LayerId, State},
        passport::Passport,
        stage::Staged,
        trust::{SignedBy, Trust},
        verified::Verified,
    },
    domain::{change::Change, ids::PersonCode, request::Asked, time::Moment},
    workflow::{
        StepError, files,
        home::{Home, Workspace},
        request::{CONTENT, RequestError, parse},
        session::{Recorded, Session},
        verify,
    },
};

/// A request that verifies and is for the work at hand.
pub struct Candidate {
    bundle: Verified,
    asked: Asked,
}

/// Whether `file` is called as a request is. A bundle's name says its kind, and one that is called otherwise does not verify.
#[must_use]
pub fn is_request(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    name.starts_with(Kind::Rescore.id())
}

/// The work of the person whom the request in `file` asks. What it says is only believed after [`look`].
///
/// # Errors
/// When it cannot be read, or there is no such work on this machine.
pub fn workspace(home: &Home, file: &Path) -> Result<Workspace, StepError> {
    home.make_private(home.root()).map_err(|source| StepError::io(home.root(), source))?;
    let staged = Staged::copy_of(file, home.root(), &[Kind::Rescore])?;
    let report = staged.again().map_err(|source| StepError::io(file, source))?.inspect(None).report;
    let signed = report.signers.iter().find_map(|SignedBy { code, role, key, .. }| Some((code.clone(), *role, key.clone()?)));
    let Some((code, role, key)) = signed else { return Err(StepError::NotVerified(Box::new(report))) };
    let bundle = staged.inspect(Some(&Trust::pinned(code, role, key))).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&bundle, file, Kind::Rescore)?;
    let Passport { call, panel: Some(panel), person: Some(person), .. } = bundle.passport() else {
        return Err(StepError::NotVerified(Box::new(bundle.report().clone())));
    };
    let work = home.workspace(call, panel, person);
    if work.store().exists() { Ok(work) } else { Err(RequestError::NoWork { code: person.clone() }.into()) }
}

/// Looks at the request in `file`: all layers, by the roster of the package in work, and whether it can be taken in now.
///
/// # Errors
/// What is against it.
pub fn look(session: &Session, file: &Path) -> Result<Candidate, StepError> {
    let package = session.package();
    let staged = Staged::copy_of(file, session.workspace().folder(), &[Kind::Rescore])?;
    let again = || staged.again().map_err(|source| StepError::io(file, source));
    let trust = Trust::from_roster(&package.roster)?.at(package.call.session.closes.clone());
    let report = verify::verify_staged(again()?, file, Some(&trust))?;
    let is_seen = report.layers.iter().filter(|layer| layer.id <= LayerId::Content).all(|layer| layer.state == State::Pass);
    let mut bundle = again()?.inspect(Some(&trust)).into_verified().map_err(StepError::NotVerified)?;
    verify::expect(&bundle, file, Kind::Rescore)?;
    if !report.passes() || !is_seen {
        return Err(StepError::NotVerified(Box::new(report)));
    }
    if bundle.passport().digests.package.as_deref() != Some(session.held().bundle().digest()) {
        return Err(RequestError::OtherPackage.into());
    }
    let Some(request) = parse(&bundle.read(CONTENT)?) else { return Err(StepError::NotVerified(Box::new(report))) };
    let (revision, digest, file) = (bundle.passport().revision, bundle.digest().to_owned(), bundle.name().file());
    let candidate = Candidate { bundle, asked: Asked { revision, digest, file, request } };
    if !candidate.is_here(session) {
        session.admit(session.desk(), &Change::Asked(candidate.asked.clone()))?;
    }
    Ok(candidate)
}

impl Candidate {
    /// What is asked.
    #[must_use]
    pub const fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Who signed it.
    #[must_use]
    pub fn signer(&self) -> Option<&PersonCode> {
        self.bundle.signers().first().map(|signer| &signer.code)
    }

    /// Whether this very request was taken in before.
    #[must_use]
    pub fn is_here(&self, session: &Session) -> bool {
        session.desk().requests.iter().any(|taken| taken.asked.digest == self.asked.digest)
    }

    /// Keeps the request and records it; one that is here already changes nothing.
    ///
    /// # Errors
    /// A rule that refuses it, or why it could not be saved.
    pub fn accept(mut self, session: &mut Session, now: &Moment) -> Result<Recorded, StepError> {
        if self.is_here(session) {
            return session.record(None, now);
        }
        files::keep_bundle(&mut self.bundle, &session.workspace().request(&self.asked.digest))?;
        session.record(Some(Change::Asked(self.asked)), now)
    }
}
