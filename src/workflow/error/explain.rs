//! What happened and what to do, for every reason why a step was not taken.

use super::StepError;
use crate::{
    bundle::layer::Report,
    domain::{
        table::open::OpenPoint,
        text::{Explain, Message},
    },
    msg,
};

impl Explain for StepError {
    fn what(&self) -> Message {
        match self {
            Self::Refused(cause) => cause.what(),
            Self::Store(cause) => cause.what(),
            Self::Stage(cause) => cause.what(),
            Self::Member(cause) => cause.what(),
            Self::Write(cause) => cause.what(),
            Self::Key(cause) => cause.what(),
            Self::Passphrase(cause) => cause.what(),
            Self::Trust(cause) => cause.what(),
            Self::Stopped { cause, .. } => cause.what(),
            Self::NotVerified(report) => not_verified(report),
            Self::PaperAltered { reviewer } => msg!("err-paper-altered", reviewer = reviewer),
            Self::Problems(problems) => msg!("err-problems", count = problems.len()),
            Self::Listing(listing) if listing.total > listing.problems.len() => {
                msg!("err-problems-shown", count = listing.total, shown = listing.problems.len())
            }
            Self::Listing(listing) => msg!("err-problems", count = listing.total),
            Self::Trouble(cause) => cause.what(),
            Self::Output(cause) => msg!("err-output", cause = cause),
            Self::WrongKind { file, found, wanted } => msg!("err-wrong-kind", file = file.display(), found = found, wanted = wanted),
            Self::NoWorkspace => msg!("err-no-workspace"),
            Self::SeveralWorkspaces { names } => msg!("err-several-workspaces", names = names.join(", ")),
            Self::NoSuchWorkspace { name, .. } => msg!("err-no-such-workspace", name = name),
            Self::NotAWorkspace { path } => msg!("err-not-a-workspace", path = path.display()),
            Self::NotAReviewer { code } => msg!("err-not-a-reviewer", code = code),
            Self::NotTheChair { code } => msg!("err-not-the-chair", code = code),
            Self::NoTable => msg!("err-no-table"),
            Self::Act(cause) => cause.what(),
            Self::Request(cause) => cause.what(),
            Self::Table(cause) => cause.what(),
            Self::Office(cause) => cause.what(),
            Self::WhoAreYou { .. } => msg!("err-who-are-you"),
            Self::NotEnrolled { code } => msg!("err-not-enrolled", code = code),
            Self::NotOnRoster { code, role } => msg!("err-not-on-roster", code = code, role = role),
            Self::KeyExists { path } => msg!("err-key-exists", path = path.display()),
            Self::NoKey { name } => msg!("err-no-key", name = name),
            Self::OtherPackage { what } => msg!("err-other-package", what = what),
            Self::OtherResult { file } => msg!("err-other-result", file = file.display()),
            Self::StalePackage { found, held } => msg!("err-stale-package", found = found, held = held),
            Self::SessionOver { closes } => msg!("err-session-over", closes = closes),
            Self::NoPledge => msg!("err-no-pledge"),
            Self::SheetsOpen { open } => msg!("err-sheets-open", count = open.len(), applications = list(open)),
            Self::PointsOpen { open } => {
                let first = open.first().map_or(msg!("open-draft"), OpenPoint::what);
                msg!("err-points-open", count = open.len()).with_message("first", first)
            }
            Self::NoAttachment { application, file } => msg!("err-no-attachment", application = application, file = file),
            Self::TargetExists { path } => msg!("err-target-exists", path = path.display()),
            Self::ReportExists { path } => msg!("err-report-exists", path = path.display()),
            Self::Io { path, source } => msg!("err-file", path = path.display(), cause = source),
            Self::BadId(bad) => msg!("err-not-an-id", found = bad.found),
            Self::NotPoints { found, .. } => msg!("err-score-form", found = found),
            Self::NoSuchCriterion { criterion, .. } => msg!("err-no-such-criterion", criterion = criterion),
            Self::Command(line) => msg!("err-batch-command", line = line),
            Self::Aggregate(cause) => cause.what(),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Refused(cause) => cause.advice(),
            Self::Store(cause) => cause.advice(),
            Self::Stage(cause) => cause.advice(),
            Self::Member(cause) => cause.advice(),
            Self::Write(cause) => cause.advice(),
            Self::Key(cause) => cause.advice(),
            Self::Passphrase(cause) => cause.advice(),
            Self::Trust(cause) => cause.advice(),
            Self::Stopped { seq, cause } => msg!("rec-stopped", seq = seq).with_message("advice", cause.advice()),
            Self::NotVerified(report) => {
                report.errors().next().map_or_else(|| msg!("rec-not-verified-in-full"), |(_, finding)| finding.advice())
            }
            Self::PaperAltered { .. } => msg!("rec-paper-altered"),
            Self::Problems(_) | Self::Listing(_) => msg!("rec-problems"),
            Self::Trouble(cause) => cause.advice(),
            Self::Output(_) => msg!("rec-output"),
            Self::WrongKind { wanted, .. } => msg!("rec-wrong-kind", wanted = wanted),
            Self::NoWorkspace => msg!("rec-no-workspace"),
            Self::SeveralWorkspaces { .. } => msg!("rec-several-workspaces"),
            Self::NoSuchWorkspace { names, .. } => msg!("rec-one-of", words = names.join(", ")),
            Self::NotAWorkspace { .. } => msg!("rec-not-a-workspace"),
            Self::NotAReviewer { .. } => msg!("rec-not-a-reviewer"),
            Self::NotTheChair { .. } => msg!("rec-not-the-chair"),
            Self::NoTable => msg!("rec-no-table"),
            Self::Act(cause) => cause.advice(),
            Self::Request(cause) => cause.advice(),
            Self::Table(cause) => cause.advice(),
            Self::Office(cause) => cause.advice(),
            Self::WhoAreYou { codes } => msg!("rec-who-are-you", codes = codes.join(", ")),
            Self::NotEnrolled { .. } => msg!("rec-not-enrolled"),
            Self::NotOnRoster { .. } => msg!("rec-not-on-roster"),
            Self::KeyExists { .. } => msg!("rec-key-exists"),
            Self::NoKey { name } => msg!("rec-no-key", name = name),
            Self::OtherPackage { .. } => msg!("rec-other-package"),
            Self::OtherResult { .. } => msg!("rec-other-result"),
            Self::StalePackage { .. } => msg!("rec-stale-package"),
            Self::SessionOver { .. } => msg!("rec-session-over"),
            Self::NoPledge => msg!("rec-no-pledge"),
            Self::SheetsOpen { .. } => msg!("rec-sheets-open"),
            Self::PointsOpen { .. } => msg!("rec-points-open"),
            Self::NoAttachment { .. } => msg!("rec-no-attachment"),
            Self::TargetExists { .. } => msg!("rec-target-exists"),
            Self::ReportExists { .. } => msg!("rec-report-exists"),
            Self::Io { .. } => msg!("rec-file"),
            Self::BadId(_) => msg!("rec-not-an-id"),
            Self::NotPoints { .. } => msg!("rec-score-form"),
            Self::NoSuchCriterion { known, .. } => msg!("rec-one-of", words = list(known)),
            Self::Command(_) => msg!("rec-batch-command"),
            Self::Aggregate(cause) => cause.advice(),
        }
    }
}

/// Up to five ids, and how many more there are.
fn list(ids: &[impl ToString]) -> String {
    let shown: Vec<String> = ids.iter().take(5).map(ToString::to_string).collect();
    let more = ids.len().saturating_sub(shown.len());
    if more == 0 { shown.join(", ") } else { format!("{} +{more}", shown.join(", ")) }
}

fn not_verified(report: &Report) -> Message {
    match report.errors().next() {
        Some((_, finding)) => msg!("err-not-verified", file = &report.file).with_message("why", finding.what()),
        None => msg!("err-not-verified-in-full", file = &report.file),
    }
}
