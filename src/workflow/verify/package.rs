//! Layers 6 to 9 of a package: it states its own parts rightly, passes every load check, and its formal check comes out the same.

use std::path::Path;

use crate::{
    bundle::{
        allowed,
        bag::Manifest,
        layer::{Findings, LayerId, Report},
        passport::MEMBER,
        trust::{SignedBy, Trust},
        verified::{MemberError, Verified},
    },
    digest,
    domain::{finding::Severity, package::Package, panel::Role, text::Explain},
    intake::Problem,
    msg,
    workflow::{
        StepError,
        held::Held,
        layout, prepare,
        verify::{Subject, must_equal},
    },
};

pub(super) fn verify(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Report, StepError> {
    let mut report = subject.inspect(subject.trust, file)?;
    let Some(bundle) = subject.content(first, file)? else { return Ok(report) };
    let revision = bundle.passport().revision;
    let mut content = Findings::default();
    match Held::of(bundle) {
        Ok(mut held) => {
            let package = held.package().clone();
            report.enter(LayerId::Binding, binding(&package, held.bundle(), &report.signers), true);
            report.enter(LayerId::Content, content, true);
            report.enter(LayerId::Arithmetic, formal_check(&package, held.bundle_mut())?, true);
        }
        Err(StepError::Problems(problems)) => {
            let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
            errors.for_each(|problem| note(&mut content, problem));
            report.enter(LayerId::Content, content, true);
        }
        Err(error) => return Err(error),
    }
    // A first revision has no history; of a later one only whoever holds the earlier can say more.
    report.enter(LayerId::History, Findings::default(), revision == 1);
    Ok(report)
}

fn note(found: &mut Findings, problem: &Problem) {
    let member = format!("data/{}", layout::member_of(&problem.file));
    let what = msg!("err-package-content", line = problem.line, column = problem.column).with_message("why", problem.what());
    found.error("package-content", &member, what, problem.advice());
}

fn binding(package: &Package, bundle: &Verified, signers: &[SignedBy]) -> Findings {
    let mut found = Findings::default();
    let passport = bundle.passport();
    let call = &package.call;
    must_equal(&mut found, "data/call.toml", "call", &passport.call, &call.id);
    must_equal(&mut found, "data/call.toml", "panel", &passport.panel, &Some(call.panel.id.clone()));
    must_equal(&mut found, "data/call.toml", "mode", &passport.mode, &call.mode);
    let listed: Manifest = bundle.members().map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect();
    must_equal(&mut found, MEMBER, "digests", &passport.digests, &layout::digests(&listed));
    judge_lists(package, bundle, &mut found);
    let office: Vec<&str> = package
        .roster
        .people
        .iter()
        .filter(|person| person.role == Role::Office)
        .filter_map(|person| person.key.as_ref().map(|key| key.public.as_str()))
        .collect();
    let is_known = |signer: &SignedBy| signer.key.as_ref().is_some_and(|key| office.contains(&key.to_string().as_str()));
    if !signers.iter().any(|signer| signer.role == Role::Office && is_known(signer)) {
        found.error("office-not-on-roster", "data/roster.toml", msg!("err-office-not-on-roster"), msg!("rec-bundle-stop"));
    }
    found
}

/// The lists of signers that stock tools are pointed at say what the roster says.
fn judge_lists(package: &Package, bundle: &Verified, found: &mut Findings) {
    let Ok(trust) = Trust::from_roster(&package.roster) else { return };
    for (name, list) in layout::SIGNER_LISTS.into_iter().zip([allowed::plain(&trust), allowed::dated(&trust)]) {
        let of_roster = digest::sha256_hex(list.as_bytes());
        must_equal(found, name, "signers", &bundle.member_digest(name), &Some(of_roster.as_str()));
    }
}

fn formal_check(package: &Package, bundle: &mut Verified) -> Result<Findings, StepError> {
    let member = format!("data/{}", layout::FORMAL_CHECK);
    let mut found = Findings::default();
    match bundle.read(&member) {
        Ok(bytes) if bytes == prepare::formal_check(package) => {}
        Ok(_) => found.error("formal-check-differs", &member, msg!("err-formal-check-differs"), msg!("rec-bundle-stop")),
        Err(MemberError::Missing { .. }) => {
            found.error("formal-check-missing", &member, msg!("err-bundle-missing", member = &member), msg!("rec-bundle-stop"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(found)
}
