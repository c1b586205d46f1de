//! Layers 5 to 9 of a re-score request, from the request alone: it rests on the package whose excerpt it carries, somebody signed it
//! who presides and stays out of nothing it asks about, and it asks nothing that may not be asked.

use std::path::Path;

use crate::{
    bundle::{
        excerpt::{self, Excerpt},
        layer::{Findings, LayerId, Report},
        passport::MEMBER,
        verified::Verified,
    },
    domain::{package::Package, request::Request, text::Explain},
    msg,
    workflow::{
        StepError, layout,
        request::{CONTENT, parse},
        verify::{
            Subject, must_equal,
            rests::{self, PACKAGE, Rests},
        },
    },
};

pub(super) fn verify(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Report, StepError> {
    let Rests { mut bundle, excerpt, package, mut report, binding } = match rests::read(subject, first, file)? {
        Ok(rests) => *rests,
        Err(report) => return Ok(*report),
    };
    let mut content = Findings::default();
    let request = bundle.read(CONTENT).ok().and_then(|bytes| parse(&bytes));
    match &request {
        Some(request) => judge(&bundle, request, &package, &report, &mut content),
        None => content.error("request-form", CONTENT, msg!("err-request-form", member = CONTENT), msg!("rec-bundle-stop")),
    }
    judge_members(&bundle, &mut content);
    let mut binding = binding;
    missing_parts(request.as_ref(), &excerpt, &mut binding);
    report.enter(LayerId::Binding, binding, true);
    report.enter(LayerId::Content, content, true);
    // Nothing in a request is worked out. Of a later one, only the table knows those before it.
    let mut history = Findings::default();
    must_equal(&mut history, MEMBER, "supersedes", &bundle.passport().supersedes, &None);
    report.enter(LayerId::History, history, bundle.passport().revision == 1);
    Ok(report)
}

/// Everything that keeps it from being a request on `package`, and a signer who stays out of what is asked about.
fn judge(bundle: &Verified, request: &Request, package: &Package, report: &Report, found: &mut Findings) {
    must_equal(found, CONTENT, "reviewer", &Some(&request.reviewer), &bundle.passport().person.as_ref());
    for problem in request.problems(package) {
        found.error("request-content", CONTENT, problem.what(), msg!("rec-bundle-stop"));
    }
    let signed = report.signers.iter().flat_map(|signer| request.lines.iter().map(move |line| (&signer.code, &line.application)));
    for (code, application) in signed.filter(|(code, application)| package.recusal(application, code).is_some()) {
        let what = msg!("err-signer-out", code = code, application = application);
        found.error("request-signer", CONTENT, what, msg!("rec-bundle-stop"));
    }
}

/// Nothing travels along: whatever else lay in a request could be somebody's scores.
fn judge_members(bundle: &Verified, found: &mut Findings) {
    let is_known = |name: &str| !name.starts_with("data/") || name == MEMBER || name == CONTENT || name.starts_with(PACKAGE);
    for (name, _) in bundle.members().filter(|(name, _)| !is_known(name)) {
        found.error("request-unexpected", name, msg!("err-sheet-unexpected", member = name), msg!("rec-bundle-stop"));
    }
}

/// The excerpt has everything that decides what may be asked.
fn missing_parts(request: Option<&Request>, excerpt: &Excerpt, found: &mut Findings) {
    let is_asked = |id: &str| request.is_some_and(|request| request.lines.iter().any(|line| line.application.file_stem() == id));
    let is_needed = |name: &str| layout::application_of(name).map_or(!layout::is_attachment(name), is_asked);
    for name in excerpt.listed.keys().filter(|name| is_needed(name) && !excerpt.members.contains_key(*name)) {
        let member = format!("{PACKAGE}{}", excerpt::flat(name));
        found.error("package-missing", &member, msg!("err-bundle-missing", member = &member), msg!("rec-bundle-stop"));
    }
}
