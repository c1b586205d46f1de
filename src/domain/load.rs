//! Load checks: everything that must hold between the files of a package. A package that passes needs no second look.
//!
//! Every file is looked at whole, so an office learns of all mistakes at once.

mod answers;
mod application;
mod assignment;
mod attachments;
mod call;
mod codes;
mod file;
mod money;
mod reference;
mod required;
mod roster;
mod texts;

use crate::domain::{finding::Finding, package::Package, rubric};

pub use codes::CITIES;
pub use required::REQUIRED;

/// Everything wrong with `package`, the rubric included. A path is `file#path`, for example
/// `applications/sx-0007.toml#funding[0].amount`; rows of `assignments.csv` count from 0 without the heading.
#[must_use]
pub fn check(package: &Package) -> Vec<Finding> {
    let mut out = Vec::new();
    call::check(package, &mut out);
    check_rubric(package, &mut out);
    roster::check(package, &mut out);
    assignment::check(package, &mut out);
    reference::check(package, &mut out);
    application::check(package, &mut out);
    attachments::check(package, &mut out);
    texts::check(package, &mut out);
    out
}

fn check_rubric(package: &Package, out: &mut Vec<Finding>) {
    let file = file::rubric_name(&package.call);
    let findings = rubric::check::check(&package.rubric).into_iter();
    out.extend(findings.map(|finding| Finding { path: format!("{file}#{}", finding.path), ..finding }));
}
