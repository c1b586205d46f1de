//! Bundles that carry an excerpt of the package they rest on: opened with it, whose roster says whose keys count, and bound to it.

use std::path::Path;

use crate::{
    bundle::{
        excerpt::{self, Excerpt, Files},
        layer::{Findings, LayerId, Report},
        passport::{Digests, MEMBER, Passport},
        trust::Trust,
        verified::Verified,
    },
    digest,
    domain::{package::Package, panel::Role, text::Explain},
    intake::{self, Problem},
    msg,
    workflow::{
        StepError, layout,
        verify::{Subject, must_equal},
    },
};

/// Where the excerpt lies.
pub(crate) const PACKAGE: &str = "data/package/";

/// A bundle that was opened with its excerpt.
pub(super) struct Opened {
    /// The content, as its own signer signed it.
    pub(super) bundle: Verified,
    /// The excerpt.
    pub(super) excerpt: Excerpt,
    /// The package, as far as the excerpt goes.
    pub(super) package: Package,
    /// Layers 1 to 5.
    pub(super) report: Report,
    /// What layer 6 found so far.
    pub(super) binding: Findings,
}

/// Opens the bundle with its excerpt.
///
/// # Errors
/// The report, where there is nothing that can be judged further.
pub(super) fn open(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Result<Opened, Report>, StepError> {
    let Some(mut bundle) = subject.content(first, file)? else { return Ok(Err(subject.inspect(subject.trust, file)?)) };
    let files = files(&mut bundle)?;
    let office = office(subject.trust);
    let excerpt = match excerpt::check(&files, subject.partial().filter(|_| office.is_some()).as_ref()) {
        Ok(excerpt) => excerpt,
        Err(inner) => return refuse_excerpt(subject, &inner, file).map(Err),
    };
    let package = match intake::package::read_excerpt(&excerpt) {
        Ok(package) => package,
        Err(problems) => return refuse_package(subject, problems, file).map(Err),
    };
    let report = match (office, Trust::from_roster(&package.roster)) {
        (Some(trust), Ok(roster)) => {
            let roster = Trust { awaits_more: trust.awaits_more, ..roster.at(package.call.session.closes.clone()) };
            subject.inspect(Some(&roster), file)?
        }
        _ => subject.inspect(subject.trust, file)?,
    };
    let mut binding = bind(bundle.passport(), &excerpt, &package);
    judge_signer_lists(&bundle, &files, &mut binding);
    Ok(Ok(Opened { bundle, excerpt, package, report, binding }))
}

/// The excerpt's files, as they stood in the package.
///
/// # Errors
/// When one cannot be read.
pub(crate) fn files(bundle: &mut Verified) -> Result<Files, StepError> {
    let names: Vec<String> = bundle.members().filter(|(name, _)| name.starts_with(PACKAGE)).map(|(name, _)| name.to_owned()).collect();
    let mut files = Files::new();
    for name in names {
        let bytes = bundle.read(&name)?;
        files.insert(name.strip_prefix(PACKAGE).unwrap_or_default().to_owned(), bytes);
    }
    Ok(files)
}

/// The office among the people who are trusted: who trusts the office trusts the roster that it signed. A list without an office is
/// taken as it is.
fn office(trust: Option<&Trust>) -> Option<&Trust> {
    trust.filter(|trust| trust.people.iter().any(|person| person.role == Role::Office))
}

/// The excerpt is not what the trusted office signed: whose key the signer's is cannot be said then.
fn refuse_excerpt(subject: &Subject<'_>, inner: &Report, file: &Path) -> Result<Report, StepError> {
    let mut report = subject.inspect(subject.partial().as_ref(), file)?;
    let mut found = Findings::default();
    for (_, finding) in inner.errors() {
        found.error("package-excerpt", &format!("{PACKAGE}{}", excerpt::flat(&finding.member)), finding.what(), finding.advice());
    }
    if !found.refuse() {
        found.error("package-office", "data/package/tagmanifest-sha256.txt", msg!("err-excerpt-office"), msg!("rec-excerpt-office"));
    }
    report.enter(LayerId::Authority, found, true);
    Ok(report)
}

/// The excerpt cannot be read as a package.
fn refuse_package(subject: &Subject<'_>, problems: Vec<Problem>, file: &Path) -> Result<Report, StepError> {
    let mut report = subject.inspect(subject.partial().as_ref(), file)?;
    let mut found = Findings::default();
    for problem in problems {
        let member = format!("{PACKAGE}{}", excerpt::flat(&format!("data/{}", layout::member_of(&problem.file))));
        found.error("package-content", &member, problem.what(), problem.advice());
    }
    report.enter(LayerId::Binding, found, true);
    Ok(report)
}

/// Layer 6: the bundle and the excerpt are of one package, rubric, roster, mode and panel.
fn bind(passport: &Passport, excerpt: &Excerpt, package: &Package) -> Findings {
    let mut found = Findings::default();
    let call = &package.call;
    let request = passport.digests.request.clone();
    let stated = Digests { package: Some(excerpt.digest.clone()), request, ..layout::digests(&excerpt.listed) };
    must_equal(&mut found, MEMBER, "digests", &passport.digests, &stated);
    must_equal(&mut found, MEMBER, "call", &passport.call, &call.id);
    must_equal(&mut found, MEMBER, "panel", &passport.panel, &Some(call.panel.id.clone()));
    must_equal(&mut found, MEMBER, "round", &passport.round, &excerpt.passport.round);
    must_equal(&mut found, MEMBER, "items", &passport.items, &excerpt.passport.items);
    must_equal(&mut found, MEMBER, "mode", &passport.mode, &call.mode);
    must_equal(&mut found, MEMBER, "mode", &excerpt.passport.mode, &call.mode);
    found
}

/// The lists of signers that stock tools are pointed at are the office's own: another list would make them trust another key.
fn judge_signer_lists(bundle: &Verified, files: &Files, found: &mut Findings) {
    for name in layout::SIGNER_LISTS {
        let of_office = files.get(name).map(|bytes| digest::sha256_hex(bytes));
        must_equal(found, name, "signers", &bundle.member_digest(name), &of_office.as_deref());
    }
}
