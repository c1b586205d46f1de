//! A bundle with an excerpt of the package that it rests on: score bundles, re-score requests and results. Who trusts the office trusts the
//! roster that it signed, so layers 5 and 6 are judged from the bundle and the office's key alone.

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
    intake, msg,
    workflow::{
        StepError, layout,
        verify::{Subject, answers, must_equal},
    },
};

/// Where the excerpt lies.
pub(crate) const PACKAGE: &str = "data/package/";

/// A bundle whose excerpt is what the office signed.
pub(super) struct Rests {
    /// The bundle.
    pub(super) bundle: Verified,
    /// The excerpt.
    pub(super) excerpt: Excerpt,
    /// What the excerpt says.
    pub(super) package: Package,
    /// Layers 1 to 5, judged.
    pub(super) report: Report,
    /// What layer 6 found so far.
    pub(super) binding: Findings,
}

/// Reads the excerpt and judges layers 5 and 6 by it; or gives the report that says why that cannot be done.
pub(super) fn read(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Result<Box<Rests>, Box<Report>>, StepError> {
    let refused = |report| Ok(Err(Box::new(report)));
    let Some(mut bundle) = subject.content(first, file)? else { return refused(subject.inspect(subject.trust, file)?) };
    let files = folder(&mut bundle, PACKAGE)?;
    // Who trusts the office trusts the roster that it signed. A list without an office is taken as it is.
    let knows_office = |trust: &&Trust| trust.people.iter().any(|person| person.role == Role::Office);
    let office = subject.trust.filter(knows_office);
    let excerpt = match excerpt::check(&files, subject.partial().filter(|_| office.is_some()).as_ref()) {
        Ok(excerpt) => excerpt,
        Err(inner) => return refused(refuse_excerpt(subject, &inner, file)?),
    };
    let package = match intake::package::read_excerpt(&excerpt) {
        Ok(package) => package,
        Err(problems) => {
            let mut report = subject.inspect(subject.partial().as_ref(), file)?;
            let mut found = Findings::default();
            for problem in problems {
                let member = format!("{PACKAGE}{}", excerpt::flat(&format!("data/{}", layout::member_of(&problem.file))));
                found.error("package-content", &member, problem.what(), problem.advice());
            }
            report.enter(LayerId::Binding, found, true);
            return refused(report);
        }
    };
    let report = match (office, Trust::from_roster(&package.roster)) {
        (Some(trust), Ok(roster)) => {
            let roster = Trust { awaits_more: trust.awaits_more, ..roster.at(package.call.session.closes.clone()) };
            subject.inspect(Some(&roster), file)?
        }
        _ => subject.inspect(subject.trust, file)?,
    };
    let mut binding = judge(&bundle, &excerpt, &package);
    judge_lists(&bundle, &files, &mut binding);
    Ok(Ok(Box::new(Rests { bundle, excerpt, package, report, binding })))
}

/// The files of an excerpt below `folder`, as they stood in the bundle that they come from.
pub(crate) fn folder(bundle: &mut Verified, folder: &str) -> Result<Files, StepError> {
    let names: Vec<String> = bundle.members().filter(|(name, _)| name.starts_with(folder)).map(|(name, _)| name.to_owned()).collect();
    let mut files = Files::new();
    for name in names {
        let bytes = bundle.read(&name)?;
        files.insert(name.strip_prefix(folder).unwrap_or_default().to_owned(), bytes);
    }
    Ok(files)
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

/// Layer 6: the bundle and the excerpt are of one package, rubric, roster, mode and panel, and what it answers lies in it.
fn judge(bundle: &Verified, excerpt: &Excerpt, package: &Package) -> Findings {
    let mut found = Findings::default();
    let (passport, call): (&Passport, _) = (bundle.passport(), &package.call);
    let request = passport.digests.request.clone().filter(|digest| answers::carries(bundle, digest));
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
fn judge_lists(bundle: &Verified, files: &Files, found: &mut Findings) {
    for name in layout::SIGNER_LISTS {
        let of_office = files.get(name).map(|bytes| digest::sha256_hex(bytes));
        must_equal(found, name, "signers", &bundle.member_digest(name), &of_office.as_deref());
    }
}
