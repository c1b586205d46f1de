//! Layers 5 to 9 of a result, from the file and the office's key alone: every sheet in it is verified as it was at the table, every
//! decision judged anew, and every figure worked out again and compared digit by digit.

use std::{collections::BTreeSet, path::Path};

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
        register::{Origin, PanelResult},
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
            self, Subject,
            documents::Derived,
            journal, must_equal,
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

    /// What a register shows of it; `sha256` is that of the file. `None` where the session's end is no day of the calendar.
    #[must_use]
    pub fn panel_result(&self, sha256: String) -> Option<PanelResult> {
        let passport = self.bundle.passport();
        let origin = Origin {
            bundle: self.bundle.digest().to_owned(),
            sha256,
            file: self.bundle.name().file(),
            revision: passport.revision,
            supersedes: passport.supersedes.clone(),
        };
        PanelResult::of(origin, &self.package, &self.results)
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
        documents_of_result().judge(&mut bundle, &expected, &mut content, &mut arithmetic)?;
    }
    report.enter(LayerId::Content, content, true);
    report.enter(LayerId::Arithmetic, arithmetic, true);
    report.enter(LayerId::History, history(&passport, &record), true);
    let Replayed { desk, given, head } = record;
    Ok(Ok(Box::new(Opened { bundle, report, package, desk, given, head, results })))
}

/// Which members follow from the record.
const fn documents_of_result() -> Derived {
    Derived {
        apart: &[MEMBER, table::MEMBER, PACKAGE, "data/bundles/", "data/requests/"],
        is_figures: |below| below == RESULTS || below.starts_with(WORKING),
        is_page: |below| below == documents::PAGE,
    }
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

/// Layer 9: the revisions follow each other as the record says.
fn history(passport: &Passport, record: &Replayed) -> Findings {
    let mut found = Findings::default();
    let last = record.desk.table.sealed.last();
    must_equal(&mut found, MEMBER, "revision", &passport.revision, &last.map_or(1, |last| last.revision.saturating_add(1)));
    must_equal(&mut found, MEMBER, "supersedes", &passport.supersedes.as_ref(), &last.map(|last| &last.digest));
    found
}
