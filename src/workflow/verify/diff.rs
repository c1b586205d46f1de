//! Two results of one panel: whether the later one follows from the earlier, so that nothing vanished, and which figures changed.

use std::{collections::BTreeSet, path::Path};

use serde_json::Value;

use crate::{
    bundle::{kind::Kind, stage::Staged, trust::Trust, verified::Verified},
    domain::text::Message,
    msg,
    workflow::{
        StepError,
        documents::{BUNDLES, REQUESTS, RESULTS},
        verify::{
            self,
            figures::{Difference, differences},
            table,
        },
    },
};

/// What became of the earlier result.
#[derive(Debug)]
pub struct Succession {
    /// What speaks against the later one following from it; empty where nothing does.
    pub findings: Vec<Message>,
    /// Figures that changed.
    pub changes: Vec<Difference>,
}

/// Compares `old` with `new`. Each is verified first.
///
/// # Errors
/// When one of them cannot be read at all, or does not verify.
pub fn compare(old: &Path, new: &Path, trust: Option<&Trust>) -> Result<Succession, StepError> {
    let (mut earlier, mut later) = (verified(old, trust)?, verified(new, trust)?);
    let mut findings = Vec::new();
    let (one, other) = (earlier.passport().clone(), later.passport().clone());
    if (&one.call, &one.panel, one.mode) != (&other.call, &other.panel, other.mode) {
        findings.push(msg!("err-diff-other"));
    }
    if earlier.digest() != later.digest() {
        let follows = other.revision > one.revision;
        if !follows {
            findings.push(msg!("err-diff-revision", old = one.revision, new = other.revision));
        }
        let direct = one.revision.checked_add(1) == Some(other.revision);
        if direct && other.supersedes.as_deref() != Some(earlier.digest()) {
            findings.push(msg!("err-diff-supersedes", digest = earlier.digest()));
        }
    }
    let (before, after) = (earlier.read(table::MEMBER)?, later.read(table::MEMBER)?);
    if !after.starts_with(&before) {
        findings.push(msg!("err-diff-record"));
    }
    let kept: BTreeSet<&str> = nested(&later).map(|(_, digest)| digest).collect();
    findings
        .extend(nested(&earlier).filter(|(_, digest)| !kept.contains(digest)).map(|(name, _)| msg!("err-diff-vanished", member = name)));
    let changes = differences(&results(&mut earlier)?, &results(&mut later)?);
    Ok(Succession { findings, changes })
}

fn verified(file: &Path, trust: Option<&Trust>) -> Result<Verified, StepError> {
    let staged = Staged::copy_of(file, &std::env::temp_dir(), &[Kind::Result])?;
    let again = || staged.again().map_err(|source| StepError::io(file, source));
    let report = verify::verify_staged(again()?, file, trust)?;
    if report.errors().next().is_some() {
        return Err(StepError::NotVerified(Box::new(report)));
    }
    let bundle = verify::unjudged(again()?, file)?;
    verify::expect(&bundle, file, Kind::Result)?;
    Ok(bundle)
}

/// Score bundles and requests that a result holds, by member and digest of the file.
fn nested(bundle: &Verified) -> impl Iterator<Item = (&str, &str)> {
    let is_nested =
        |name: &str| [BUNDLES, REQUESTS].iter().any(|folder| name.strip_prefix("data/").is_some_and(|below| below.starts_with(folder)));
    bundle.members().filter(move |(name, _)| is_nested(name))
}

fn results(bundle: &mut Verified) -> Result<Value, StepError> {
    let bytes = bundle.read(&format!("data/{RESULTS}"))?;
    serde_json::from_slice(&bytes).map_err(|error| StepError::Output(error.into()))
}
