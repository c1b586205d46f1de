//! Verification of a bundle, all layers: the first five by `bundle`, the others here, because they need the rules.
//!
//! Whoever verifies needs the file and the office's public key. A score bundle and a re-score request carry an excerpt of the
//! package that they rest on, signed by the office; the roster in it says whose key the signer's is.

mod aggregate;
mod answers;
pub mod diff;
mod documents;
mod enrolment;
pub mod figures;
pub(super) mod journal;
mod package;
mod request;
pub(super) mod rests;
pub mod result;
mod scores;
mod table;

use std::path::Path;

use crate::{
    bundle::{
        kind::{KINDS, Kind},
        layer::{Findings, LayerId, Report, State},
        stage::Staged,
        trust::{SignedBy, Trust},
        verified::Verified,
    },
    msg,
    workflow::{
        StepError,
        cores::{self, Watch},
        verify::result::Opened,
    },
};

/// Verifies the bundle in `file`. Without `trust`, nobody says whose signatures they are, so layer 5 stays not checked.
///
/// # Errors
/// When the file cannot be read at all; what is wrong with a bundle stands in the report.
pub fn verify(file: &Path, trust: Option<&Trust>) -> Result<Report, StepError> {
    cores::unwatched(|watch| watched(file, trust, watch))
}

/// The same; `watch` hears of each result in a register.
///
/// # Errors
/// As [`verify`], and that it was ended by `watch`.
pub fn watched(file: &Path, trust: Option<&Trust>, watch: &mut Watch<'_>) -> Result<Report, StepError> {
    every_layer(Staged::copy_of(file, &std::env::temp_dir(), &KINDS)?, file, trust, watch)
}

/// Verifies a private copy; `file` is only its name in reports.
///
/// # Errors
/// When it cannot be read at all.
pub(super) fn verify_staged(staged: Staged, file: &Path, trust: Option<&Trust>) -> Result<Report, StepError> {
    cores::unwatched(|watch| every_layer(staged, file, trust, watch))
}

fn every_layer(staged: Staged, file: &Path, trust: Option<&Trust>, watch: &mut Watch<'_>) -> Result<Report, StepError> {
    let subject = Subject { staged, trust };
    let first = subject.look(file)?;
    if !first.layers.iter().take(4).all(|layer| layer.state == State::Pass) {
        return subject.inspect(trust, file);
    }
    match first.kind {
        Some(Kind::Scores) => scores::verify(&subject, &first, file),
        Some(Kind::Package) => package::verify(&subject, &first, file),
        Some(Kind::Enrol) => enrolment::verify(&subject, &first, file),
        Some(Kind::Result) => Ok(result::open(&subject, &first, file)?.map_or_else(|report| *report, |opened| opened.report)),
        Some(Kind::Rescore) => request::verify(&subject, &first, file),
        Some(Kind::Aggregate) => aggregate::verify(&subject, &first, file, watch),
        None => subject.inspect(trust, file),
    }
}

/// Verifies the result bundle in `file` as [`verify`] does and gives what is in it: what reports and registers are made from.
///
/// # Errors
/// The report, where anything is wrong with it; that it is of another kind; or that the file cannot be read.
pub fn open_result(file: &Path, trust: Option<&Trust>) -> Result<Box<Opened>, StepError> {
    open_staged(Staged::copy_of(file, &std::env::temp_dir(), &KINDS)?, file, trust)
}

/// The same for a private copy; `file` is only its name in reports.
///
/// # Errors
/// As [`open_result`].
pub(super) fn open_staged(staged: Staged, file: &Path, trust: Option<&Trust>) -> Result<Box<Opened>, StepError> {
    let subject = Subject { staged, trust };
    let first = subject.look(file)?;
    let is_whole = first.layers.iter().take(4).all(|layer| layer.state == State::Pass);
    match first.kind {
        Some(Kind::Result) => {}
        Some(found) if is_whole => return Err(StepError::WrongKind { file: file.to_owned(), found, wanted: Kind::Result }),
        _ => return Err(StepError::NotVerified(Box::new(verify_staged(subject.again(file)?, file, trust)?))),
    }
    match result::open(&subject, &first, file)? {
        Ok(opened) if opened.report.passes() => Ok(opened),
        Ok(opened) => Err(StepError::NotVerified(Box::new(opened.report))),
        Err(report) => Err(StepError::NotVerified(report)),
    }
}

/// The private copy of a bundle, to be looked at more than once: the bytes are the same every time.
struct Subject<'a> {
    staged: Staged,
    trust: Option<&'a Trust>,
}

impl Subject<'_> {
    fn again(&self, file: &Path) -> Result<Staged, StepError> {
        self.staged.again().map_err(|source| StepError::io(file, source))
    }

    fn inspect(&self, trust: Option<&Trust>, file: &Path) -> Result<Report, StepError> {
        Ok(self.again(file)?.inspect(trust).report)
    }

    /// A first look that judges nobody.
    fn look(&self, file: &Path) -> Result<Report, StepError> {
        let nobody = self.awaits_more().then(nobody).transpose()?;
        self.inspect(nobody.as_ref(), file)
    }

    fn awaits_more(&self) -> bool {
        self.trust.is_some_and(|trust| trust.awaits_more)
    }

    /// The trust with which other people may rightly sign too: whoever it does not know is not judged.
    fn partial(&self) -> Option<Trust> {
        self.trust.map(|trust| Trust { partial: true, ..trust.clone() })
    }

    /// The content as its own signer signed it, whoever that is. Whose key it is is judged apart from this, in layer 5.
    fn content(&self, first: &Report, file: &Path) -> Result<Option<Verified>, StepError> {
        let signed = |signer: &&SignedBy| signer.key.is_some();
        let Some(SignedBy { code, role, key: Some(key), .. }) = first.signers.iter().find(signed) else { return Ok(None) };
        let pinned = Trust { awaits_more: self.awaits_more(), ..Trust::pinned(code.clone(), *role, key.clone()) };
        Ok(self.again(file)?.inspect(Some(&pinned)).into_verified().ok())
    }
}

/// A list of nobody, for a look at what others still have to sign.
fn nobody() -> Result<Trust, StepError> {
    Ok(Trust { partial: true, awaits_more: true, ..Trust::from_people(Vec::new())? })
}

/// The content as its first signer signed it, whoever that is, where more signatures may be to come.
///
/// # Errors
/// The report, where not even that signature fits.
pub(super) fn unjudged(staged: Staged, file: &Path) -> Result<Verified, StepError> {
    let nobody = nobody()?;
    let subject = Subject { staged, trust: Some(&nobody) };
    let first = subject.look(file)?;
    subject.content(&first, file)?.ok_or_else(|| StepError::NotVerified(Box::new(first)))
}

/// Refuses a bundle of another kind than is wanted.
///
/// # Errors
/// When it is of another kind.
pub(super) fn expect(bundle: &Verified, file: &Path, wanted: Kind) -> Result<(), StepError> {
    let found = bundle.passport().kind;
    if found == wanted { Ok(()) } else { Err(StepError::WrongKind { file: file.to_owned(), found, wanted }) }
}

/// Revision and digest of the bundle of this kind that a new one replaces.
///
/// # Errors
/// When it does not verify by `trust`, or is of another kind.
pub(super) fn predecessor(file: &Path, kind: Kind, trust: &Trust) -> Result<(u32, String), StepError> {
    let staged = Staged::copy_of(file, &std::env::temp_dir(), &[kind])?;
    let bundle = staged.inspect(Some(trust)).into_verified().map_err(StepError::NotVerified)?;
    expect(&bundle, file, kind)?;
    Ok((bundle.passport().revision, bundle.digest().to_owned()))
}

/// The report on an enrolment whose statement does not name the key that signed it.
pub(super) fn bad_request(mut report: Report) -> Report {
    let mut found = Findings::default();
    found.error("request-key", enrolment::MEMBER, msg!("err-request-key"), msg!("rec-bundle-stop"));
    report.enter(LayerId::Content, found, true);
    report
}

/// Notes where two things that must be equal are not.
fn must_equal<T: PartialEq>(found: &mut Findings, member: &str, what: &'static str, one: &T, other: &T) {
    if one != other {
        found.error("binding-differs", member, msg!("err-binding", what = what), msg!("rec-bundle-stop"));
    }
}
