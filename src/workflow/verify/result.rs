//! Layers 5 to 9 of a result, from the file and the office's key alone: every sheet in it is verified as it was at the table, every
//! decision judged anew, and every figure worked out again and compared digit by digit.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;

use crate::{
    bundle::{
        kind::Kind,
        layer::{Findings, LayerId, Report},
        passport::{MEMBER, Passport, Required},
        stage::Staged,
        trust::Trust,
        verified::Verified,
    },
    digest,
    domain::{
        consolidate::derivation::ItemResult,
        desk::Desk,
        package::Package,
        table::{
            input::{self, Submission, Submissions},
            open,
        },
        text::Explain,
    },
    msg,
    workflow::{
        StepError, collect,
        documents::{self, BUNDLES, Basis, REQUESTS, RESULTS, WORKING},
        verify::{
            self, Subject, figures, journal, must_equal,
            rests::{self, PACKAGE, Rests},
            table::{self, Inside, Nested, Replayed},
        },
    },
};

/// A result as far as it could be read, with what was found out about it.
pub struct Opened {
    /// The bundle, its members readable.
    pub bundle: Verified,
    /// All nine layers.
    pub report: Report,
    /// The excerpt of the package, without attachments.
    pub package: Package,
    /// Everything recorded at the table.
    pub desk: Desk,
    /// The sheets that count.
    pub given: Submissions,
    /// Hash of the record's last entry.
    pub head: String,
    /// The figures, worked out anew from the signed sheets.
    pub results: Vec<ItemResult>,
}

impl Opened {
    /// What its documents are made from.
    #[must_use]
    pub fn basis(&self) -> Basis<'_> {
        basis(&self.package, self.bundle.passport(), &self.desk, &self.head, &self.results)
    }
}

fn basis<'a>(package: &'a Package, passport: &'a Passport, desk: &'a Desk, head: &'a str, results: &'a [ItemResult]) -> Basis<'a> {
    Basis {
        package,
        rubric_digest: passport.digests.rubric.as_deref().unwrap_or_default(),
        table: &desk.table,
        entries: &desk.entries,
        head,
        results,
        revision: passport.revision,
    }
}

/// Judges the result in all layers. What it holds comes with the report where it can be read to its end.
pub(super) fn open(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Result<Box<Opened>, Box<Report>>, StepError> {
    let Rests { mut bundle, excerpt, package, mut report, binding } = match rests::read(subject, first, file)? {
        Ok(rests) => *rests,
        Err(report) => return Ok(Err(report)),
    };
    report.enter(LayerId::Binding, binding, true);
    let mut content = Findings::default();
    let nested = nested(&mut bundle, &package, excerpt.passport.revision, &mut content)?;
    let passport = bundle.passport().clone();
    let bytes = bundle.read(table::MEMBER).unwrap_or_default();
    let Some(record) = table::read(&bytes, &passport, &package, &nested, &mut content) else {
        report.enter(LayerId::Content, content, true);
        return Ok(Err(Box::new(report)));
    };
    judge_left_over(&record, &nested, &mut content);
    must_equal(&mut content, MEMBER, "signers", &passport.required_signers, &signers(&package, &record));
    let mut arithmetic = Findings::default();
    let results = match input::results(&package, &record.desk.table, &record.given, &digest::sha256) {
        Ok(results) => results,
        Err(trouble) => {
            arithmetic.error("figures", &format!("data/{RESULTS}"), trouble.what(), trouble.advice());
            Vec::new()
        }
    };
    if !arithmetic.refuse() {
        for point in open::open_points(&package, &record.desk.table, &record.given, &results) {
            content.error("point-open", table::MEMBER, point.what(), point.advice());
        }
        let expected = documents::members(&basis(&package, &passport, &record.desk, &record.head, &results))?;
        judge_documents(&mut bundle, &expected, &mut content, &mut arithmetic)?;
    }
    report.enter(LayerId::Content, content, true);
    report.enter(LayerId::Arithmetic, arithmetic, true);
    report.enter(LayerId::History, history(&passport, &record), true);
    let Replayed { desk, given, head } = record;
    Ok(Ok(Box::new(Opened { bundle, report, package, desk, given, head, results })))
}

/// Every bundle in the result, verified in all layers with the roster that the office signed, by digest.
fn nested(bundle: &mut Verified, package: &Package, revision: u32, found: &mut Findings) -> Result<Inside, StepError> {
    let roster = Trust::from_roster(&package.roster)?.at(package.call.session.closes.clone());
    let own = bundle.passport().clone();
    let folders = [format!("data/{BUNDLES}"), format!("data/{REQUESTS}")];
    let is_nested = |name: &str| folders.iter().any(|folder| name.starts_with(folder));
    let names: Vec<String> = bundle.members().map(|(name, _)| name.to_owned()).filter(|name| is_nested(name)).collect();
    let mut all = Inside::default();
    for member in names {
        let bytes = bundle.read(&member)?;
        let name = member.rsplit('/').next().unwrap_or_default();
        let staged = Staged::nested(name, &bytes, &std::env::temp_dir())?;
        let again = staged.again().map_err(|source| StepError::io(Path::new(name), source))?;
        let report = verify::verify_staged(again, Path::new(name), Some(&roster))?;
        for (layer, finding) in report.errors() {
            let what = msg!("err-nested", layer = layer.number(), member = finding.member).with_message("why", finding.what());
            found.error("nested-refused", &member, what, finding.advice());
        }
        let partial = Trust { partial: true, ..roster.clone() };
        let Ok(mut inner) = staged.inspect(Some(&partial)).into_verified() else {
            if report.errors().next().is_none() {
                found.error("nested-refused", &member, msg!("err-not-verified-in-full", file = &member), msg!("rec-bundle-stop"));
            }
            continue;
        };
        if inner.passport().kind == Kind::Scores {
            let submission = if report.passes() { submission(&mut inner, package, revision)? } else { None };
            let incoming = collect::incoming(&own, inner.passport(), collect::arrived(&inner, Path::new(name)));
            if let Some(incoming) = incoming {
                all.scores.insert(inner.digest().to_owned(), Nested { member, incoming, submission });
            }
        } else {
            all.requests.insert(inner.digest().to_owned(), member);
        }
    }
    Ok(all)
}

/// The sheets in a score bundle that was verified above.
fn submission(bundle: &mut Verified, package: &Package, revision: u32) -> Result<Option<Submission>, StepError> {
    let bytes = bundle.read(journal::MEMBER)?;
    let desk = journal::read(&bytes, bundle.passport(), package, revision, &mut Findings::default());
    Ok(desk.map(|desk| Submission { bundle: bundle.digest().to_owned(), desk }))
}

/// No bundle lies here that the record does not know.
fn judge_left_over(record: &Replayed, nested: &Inside, found: &mut Findings) {
    let table = &record.desk.table;
    let arrived = table.arrived.iter().map(|held| &held.bundle.digest);
    let known: BTreeSet<&String> = arrived.chain(table.asked.iter().map(|asked| &asked.digest)).collect();
    let scores = nested.scores.iter().map(|(digest, one)| (digest, &one.member));
    for (_, member) in scores.chain(&nested.requests).filter(|(digest, _)| !known.contains(digest)) {
        found.error("nested-unknown", member, msg!("err-nested-unknown", member = member), msg!("rec-bundle-stop"));
    }
}

fn signers(package: &Package, record: &Replayed) -> Vec<Required> {
    let Some(opening) = &record.desk.opening else { return Vec::new() };
    open::signers(package, &record.given, &opening.reviewer).into_iter().map(|(role, code)| Required::new(role, code)).collect()
}

/// Every document says what follows from the record, and none is missing or left over.
fn judge_documents(
    bundle: &mut Verified,
    expected: &BTreeMap<String, Vec<u8>>,
    content: &mut Findings,
    arithmetic: &mut Findings,
) -> Result<(), StepError> {
    let elsewhere = [PACKAGE.to_owned(), format!("data/{BUNDLES}"), format!("data/{REQUESTS}")];
    let is_ours = |name: &str| {
        name.starts_with("data/") && name != MEMBER && name != table::MEMBER && !elsewhere.iter().any(|folder| name.starts_with(folder))
    };
    let here: Vec<String> = bundle.members().map(|(name, _)| name.to_owned()).filter(|name| is_ours(name)).collect();
    for name in expected.keys().map(|name| format!("data/{name}")).filter(|name| !here.contains(name)) {
        content.error("document-missing", &name, msg!("err-sheet-missing", member = &name), msg!("rec-bundle-stop"));
    }
    for name in here {
        let bytes = bundle.read(&name)?;
        let below = name.strip_prefix("data/").unwrap_or_default();
        let Some(wanted) = expected.get(below) else {
            content.error("sheet-unexpected", &name, msg!("err-sheet-unexpected", member = &name), msg!("rec-bundle-stop"));
            continue;
        };
        if bytes == *wanted {
            continue;
        }
        if below == RESULTS || below.starts_with(WORKING) {
            judge_figures(&name, &bytes, wanted, arithmetic);
        } else if below == documents::PAGE && bundle.passport().tool.version != crate::bundle::passport::Tool::this().version {
            let version = &bundle.passport().tool.version;
            content.note("page-not-compared", &name, msg!("note-page-version", version = version), msg!("rec-page-version"));
        } else {
            content.error("document-differs", &name, msg!("err-sheet-differs", member = &name), msg!("rec-bundle-stop"));
        }
    }
    Ok(())
}

/// Which number is not the one that follows from the signed sheets.
fn judge_figures(name: &str, bytes: &[u8], wanted: &[u8], found: &mut Findings) {
    let (stated, worked) = (serde_json::from_slice::<Value>(bytes), serde_json::from_slice::<Value>(wanted));
    let differences = match (stated, worked) {
        (Ok(stated), Ok(worked)) => figures::differences(&stated, &worked),
        _ => Vec::new(),
    };
    if differences.is_empty() {
        found.error("figures-form", name, msg!("err-sheet-differs", member = name), msg!("rec-bundle-stop"));
    }
    let of_file = name.strip_prefix(&format!("data/{WORKING}")).and_then(|rest| rest.strip_suffix(".json"));
    for one in differences {
        let application = one.application.as_deref().or(of_file).unwrap_or("-");
        let what = msg!("err-figure-differs", application = application, place = one.place, stated = one.stated, found = one.found);
        found.error("figure-differs", name, what, msg!("rec-figure-differs"));
    }
}

/// Layer 9: the revisions follow each other as the record says.
fn history(passport: &Passport, record: &Replayed) -> Findings {
    let mut found = Findings::default();
    let last = record.desk.table.sealed.last();
    must_equal(&mut found, MEMBER, "revision", &passport.revision, &last.map_or(1, |last| last.revision.saturating_add(1)));
    must_equal(&mut found, MEMBER, "supersedes", &passport.supersedes.as_ref(), &last.map(|last| &last.digest));
    found
}
