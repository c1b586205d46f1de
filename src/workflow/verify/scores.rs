//! Layers 5 to 9 of a score bundle, from the bundle alone: the excerpt of the package in it says by which rules it was made.

use std::{collections::BTreeMap, path::Path};

use serde_json::Value;

use crate::{
    bundle::{
        excerpt::{self, Excerpt},
        layer::{Findings, LayerId, Report},
        passport::{MEMBER, Passport, Tool},
        verified::Verified,
    },
    domain::{
        completeness,
        desk::{Desk, admit_cell},
        ids::{ApplicationId, PersonCode},
        package::Package,
        sheet::{Cell, Sheet, Status},
        text::Explain,
        total::sheet_total,
    },
    msg, report,
    workflow::{
        StepError, layout, sheets,
        verify::{
            Subject, answers, journal, must_equal,
            rests::{self, PACKAGE, Rests},
        },
    },
};

pub(super) fn verify(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Report, StepError> {
    let Rests { mut bundle, excerpt, package, mut report, binding: mut found } = match rests::read(subject, first, file)? {
        Ok(rests) => *rests,
        Err(report) => return Ok(*report),
    };
    missing_parts(bundle.passport(), &excerpt, &package, &mut found);
    report.enter(LayerId::Binding, found, true);
    judge_content(&mut bundle, &package, excerpt.passport.revision, &mut report)?;
    Ok(report)
}

/// The excerpt has everything that decides what the reviewer may score: a part left out could hide a recusal or a sheet.
fn missing_parts(passport: &Passport, excerpt: &Excerpt, package: &Package, found: &mut Findings) {
    let Some(reviewer) = &passport.person else { return };
    let mine = layout::assigned(package, reviewer);
    let is_mine = |id: &str| package.assignments.is_empty() || mine.iter().any(|mine| mine.file_stem() == id);
    let is_needed = |name: &str| layout::application_of(name).map_or(!layout::is_attachment(name), is_mine);
    for name in excerpt.listed.keys().filter(|name| is_needed(name) && !excerpt.members.contains_key(*name)) {
        let member = format!("{PACKAGE}{}", excerpt::flat(name));
        found.error("package-missing", &member, msg!("err-bundle-missing", member = &member), msg!("rec-bundle-stop"));
    }
}

/// Layers 7 to 9.
fn judge_content(bundle: &mut Verified, package: &Package, revision: u32, report: &mut Report) -> Result<(), StepError> {
    let mut content = Findings::default();
    let passport = bundle.passport().clone();
    let Some(desk) = journal::read(&bundle.read(journal::MEMBER).unwrap_or_default(), &passport, package, revision, &mut content) else {
        report.enter(LayerId::Content, content, true);
        return Ok(());
    };
    let reviewer = passport.person.clone().or_else(|| desk.opening.as_ref().map(|opening| opening.reviewer.clone()));
    let Some(reviewer) = reviewer else { return Ok(()) };
    let expected = sheets::members(package, &desk, &reviewer, passport.revision);
    let mut arithmetic = Findings::default();
    answers::judge(bundle, &desk, package, &mut content)?;
    judge_members(bundle, &expected, package, &mut content, &mut arithmetic)?;
    let page = report::scoresheet::html(package, &desk, &reviewer);
    judge_page(bundle.read(&format!("data/{}", sheets::SCORE_SHEET)).ok().as_deref(), &page, &passport.tool, &mut content);
    for id in sheets::mine(package, &desk) {
        judge_sheet(package, &desk, &id, &reviewer, &mut content);
    }
    report.enter(LayerId::Content, content, true);
    report.enter(LayerId::Arithmetic, arithmetic, true);
    report.enter(LayerId::History, history(&passport, &desk), true);
    Ok(())
}

/// Every document says what follows from the record, and no document is missing or left over.
fn judge_members(
    bundle: &mut Verified,
    expected: &BTreeMap<String, Vec<u8>>,
    package: &Package,
    content: &mut Findings,
    arithmetic: &mut Findings,
) -> Result<(), StepError> {
    // What is judged elsewhere; everything else must be one of the documents.
    let elsewhere = [MEMBER.to_owned(), journal::MEMBER.to_owned(), format!("data/{}", sheets::SCORE_SHEET)];
    let is_apart =
        |name: &str| name.starts_with(PACKAGE) || name.starts_with(answers::FOLDER) || elsewhere.iter().any(|other| other == name);
    let is_ours = |name: &str| name.starts_with("data/") && !is_apart(name);
    let here: Vec<String> = bundle.members().map(|(name, _)| name.to_owned()).filter(|name| is_ours(name)).collect();
    for name in expected.keys().map(|name| format!("data/{name}")).filter(|name| !here.contains(name)) {
        content.error("sheet-missing", &name, msg!("err-sheet-missing", member = &name), msg!("rec-sheet-missing"));
    }
    for name in here {
        let bytes = bundle.read(&name)?;
        let Some(wanted) = name.strip_prefix("data/").and_then(|name| expected.get(name)) else {
            content.error("sheet-unexpected", &name, msg!("err-sheet-unexpected", member = &name), msg!("rec-bundle-stop"));
            continue;
        };
        judge_total(&name, &bytes, package, arithmetic);
        if without_total(&bytes) != without_total(wanted) {
            content.error("sheet-differs", &name, msg!("err-sheet-differs", member = &name), msg!("rec-bundle-stop"));
        } else if bytes != *wanted && !arithmetic.refuse() {
            // The same content in other bytes is not what this program writes.
            content.error("sheet-form", &name, msg!("err-sheet-differs", member = &name), msg!("rec-bundle-stop"));
        }
    }
    Ok(())
}

/// The score sheet is what people print and read, so it must say what the record says. Another version of this program may set the
/// page otherwise; then it is said that nobody compared the two.
fn judge_page(found: Option<&[u8]>, made: &[u8], by: &Tool, content: &mut Findings) {
    let member = format!("data/{}", sheets::SCORE_SHEET);
    match found {
        Some(page) if page == made => {}
        None => content.error("sheet-missing", &member, msg!("err-sheet-missing", member = &member), msg!("rec-sheet-missing")),
        Some(_) if by.version == Tool::this().version => {
            content.error("page-differs", &member, msg!("err-sheet-differs", member = &member), msg!("rec-bundle-stop"));
        }
        Some(_) => content.note("page-not-compared", &member, msg!("note-page-version", version = &by.version), msg!("rec-page-version")),
    }
}

/// A document without its total, which layer 8 judges.
fn without_total(bytes: &[u8]) -> Option<Value> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    if let Some(fields) = value.as_object_mut() {
        fields.remove("total");
    }
    Some(value)
}

/// Layer 8: the total is worked out anew from the cells in the same document.
fn judge_total(name: &str, bytes: &[u8], package: &Package, found: &mut Findings) {
    let Ok(value) = serde_json::from_slice::<Value>(bytes) else { return };
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    let application = text("application").and_then(|id| id.parse::<ApplicationId>().ok()).and_then(|id| package.application(&id));
    let (Some(application), Some("scored")) = (application, text("state")) else { return };
    let cells = value.get("cells").and_then(Value::as_array).into_iter().flatten().filter_map(|cell| {
        let field = |key: &str| cell.get(key).and_then(Value::as_str);
        let after = match field("state")? {
            "scored" => Cell::Scored { value: field("value")?.parse().ok()? },
            "na" => Cell::NotApplicable { reason: field("reason")?.to_owned() },
            _ => return None,
        };
        Some((field("criterion")?.parse().ok()?, after))
    });
    let sheet = Sheet { cells: cells.collect(), ..Sheet::default() };
    let total = sheet_total(&package.rubric, application, &sheet).total.map(|total| total.normalize().to_string());
    if total.as_deref() != text("total") {
        let stated = text("total").unwrap_or("-").to_owned();
        let what = msg!("err-total-differs", application = application.id, stated = stated, found = total.unwrap_or_default());
        found.error("total-differs", name, what, msg!("rec-bundle-stop"));
    }
}

/// What the record holds is allowed by the rules of the package.
fn judge_sheet(package: &Package, desk: &Desk, id: &ApplicationId, reviewer: &PersonCode, found: &mut Findings) {
    let Some(application) = package.application(id) else { return };
    let sheet = desk.sheet(id);
    let member = format!("data/{}", sheets::member(id));
    if sheets::state(package, application, &sheet, reviewer) != "scored" {
        return;
    }
    if sheet.status != Status::Submitted {
        found.error("sheet-open", &member, msg!("err-sheet-open", application = id), msg!("rec-sheet-missing"));
    }
    for gap in completeness::gaps(package, &sheet) {
        found.error("sheet-incomplete", &member, gap.what(), msg!("rec-sheet-missing"));
    }
    for (criterion, cell) in &sheet.cells {
        if let Err(refusal) = admit_cell(package, criterion, cell) {
            found.error("value-refused", &member, refusal.what(), msg!("rec-bundle-stop"));
        }
    }
}

/// Layer 9: the revisions follow each other as the record says.
fn history(passport: &Passport, desk: &Desk) -> Findings {
    let mut found = Findings::default();
    let last = desk.exports.last();
    must_equal(&mut found, MEMBER, "revision", &passport.revision, &last.map_or(1, |last| last.revision.saturating_add(1)));
    must_equal(&mut found, MEMBER, "supersedes", &passport.supersedes.as_ref(), &last.map(|last| &last.digest));
    let request = desk.open_request().map(|asked| &asked.digest);
    must_equal(&mut found, MEMBER, "request", &passport.digests.request.as_ref(), &request);
    found
}
