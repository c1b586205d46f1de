//! The requests that a score bundle answers: each lies in it as the chair signed it, and the record took in that very request. That
//! only what was asked changed since shows the record itself, entry by entry.

use crate::{
    bundle::{
        bag, excerpt,
        kind::Kind,
        layer::{Findings, Report},
        trust::Trust,
        verified::Verified,
    },
    domain::{desk::Desk, package::Package, request::Asked, text::Explain},
    msg,
    workflow::{
        StepError,
        request::{self, CONTENT},
        verify::{must_equal, rests},
    },
};

/// How the folders of the requests begin: `data/request-r1/`, `data/request-r2/` and so on.
pub(super) const FOLDER: &str = "data/request-r";

/// Whether the request with this digest lies in `bundle`: the digest of a bundle is that of its tag manifest.
pub(super) fn carries(bundle: &Verified, digest: &str) -> bool {
    let is_list = |name: &str| name.starts_with(FOLDER) && name.ends_with(bag::TAG_MANIFEST);
    bundle.members().any(|(name, listed)| is_list(name) && listed == digest)
}

/// Every request in the record lies in the bundle as the chair signed it, and no other does.
pub(super) fn judge(bundle: &mut Verified, desk: &Desk, package: &Package, found: &mut Findings) -> Result<(), StepError> {
    let folders: Vec<String> = desk.requests.iter().map(|taken| format!("data/{}", request::folder(taken.asked.revision))).collect();
    let is_stray = |name: &str| name.starts_with(FOLDER) && !folders.iter().any(|folder| name.starts_with(folder));
    for (name, _) in bundle.members().filter(|(name, _)| is_stray(name)) {
        found.error("sheet-unexpected", name, msg!("err-sheet-unexpected", member = name), msg!("rec-bundle-stop"));
    }
    for (taken, folder) in desk.requests.iter().zip(&folders) {
        judge_one(bundle, folder, &taken.asked, package, found)?;
    }
    Ok(())
}

fn judge_one(bundle: &mut Verified, folder: &str, asked: &Asked, package: &Package, found: &mut Findings) -> Result<(), StepError> {
    let content = format!("{folder}{}", excerpt::flat(CONTENT));
    let files = rests::folder(bundle, folder)?;
    if files.is_empty() {
        found.error("request-missing", &content, msg!("err-request-missing", member = &content), msg!("rec-bundle-stop"));
        return Ok(());
    }
    let trust = Trust::from_roster(&package.roster).ok().map(|trust| trust.at(package.call.session.closes.clone()));
    let one = match excerpt::check(&files, trust.as_ref()) {
        Ok(one) => one,
        Err(inner) => {
            refuse(&inner, folder, found);
            return Ok(());
        }
    };
    let is_written = one.members.get(CONTENT).and_then(|bytes| request::parse(bytes)).is_some_and(|written| written == asked.request);
    if !is_written || one.members.len() != 2 {
        found.error("request-differs", &content, msg!("err-request-differs", member = &content), msg!("rec-bundle-stop"));
    }
    let (passport, own) = (&one.passport, bundle.passport());
    let member = format!("{folder}data.bundle.json");
    must_equal(found, &member, "type", &passport.kind, &Kind::Rescore);
    must_equal(found, &member, "digest", &one.digest, &asked.digest);
    must_equal(found, &member, "revision", &passport.revision, &asked.revision);
    must_equal(found, &member, "call", &passport.call, &own.call);
    must_equal(found, &member, "panel", &passport.panel, &own.panel);
    must_equal(found, &member, "mode", &passport.mode, &own.mode);
    must_equal(found, &member, "reviewer", &passport.person, &own.person);
    Ok(())
}

/// What is against the request as it lies in the bundle.
fn refuse(inner: &Report, folder: &str, found: &mut Findings) {
    for (_, finding) in inner.errors() {
        found.error("request-excerpt", &format!("{folder}{}", excerpt::flat(&finding.member)), finding.what(), finding.advice());
    }
    if !found.refuse() {
        let member = format!("{folder}{}", bag::TAG_MANIFEST);
        found.error("request-excerpt", &member, msg!("err-excerpt-office"), msg!("rec-bundle-stop"));
    }
}
