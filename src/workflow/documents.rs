//! What a result bundle says, made from the table's record and the sheets that it holds. The same record gives the same bytes, so a
//! verifier makes them again and compares; a figure that stands in none of them is shown nowhere.

use std::{collections::BTreeMap, fmt::Write as _};

use serde_json::{Value, json};

use crate::{
    bundle::kind::role_id,
    digest,
    domain::{
        change::Entry,
        consolidate::derivation::ItemResult,
        ids::ApplicationId,
        package::Package,
        ranking::quota::Breach,
        result::{ResultFile, Working},
        table::{
            Held, Table,
            act::{Arrived, Removal},
            open,
            paper::Paper,
        },
        text::Explain,
    },
    msg, report,
    report::resultpage::Subject,
    workflow::{StepError, files::json_bytes, paper},
};

/// Where the figures lie, below `data/`.
pub const RESULTS: &str = "results.json";
/// Where the derivation of each application lies, below `data/`.
pub const WORKING: &str = "working/";
/// Where the table's journal lies, below `data/`.
pub const JOURNAL: &str = "journal.txt";
/// Where the page for people lies, below `data/`.
pub const PAGE: &str = "result.html";
/// Where score bundles lie as they came, below `data/`.
pub const BUNDLES: &str = "bundles/";
/// Where requests lie as they went out, below `data/`.
pub const REQUESTS: &str = "requests/";
/// Where the excerpt of the package lies, below `data/`.
pub const PACKAGE: &str = "package/";

/// What the documents are made from.
pub struct Basis<'a> {
    /// The package.
    pub package: &'a Package,
    /// SHA-256 of the rubric's bytes.
    pub rubric_digest: &'a str,
    /// The table.
    pub table: &'a Table,
    /// Everything recorded at the table, oldest first.
    pub entries: &'a [Entry],
    /// Hash of the last entry.
    pub head: &'a str,
    /// The figures.
    pub results: &'a [ItemResult],
    /// Revision of the result, from 1.
    pub revision: u32,
}

/// All documents, by their name below `data/`.
///
/// # Errors
/// When a document cannot be written as JSON.
pub fn members(basis: &Basis<'_>) -> Result<BTreeMap<String, Vec<u8>>, StepError> {
    let mut members = BTreeMap::new();
    let results = json_bytes(&results(basis)?);
    let subject = subject(
        basis,
        vec![(msg!("page-digest-results"), digest::sha256_hex(&results)), (msg!("page-digest-record"), basis.head.to_owned())],
    );
    members.insert(PAGE.to_owned(), report::resultpage::html(&subject));
    members.insert(RESULTS.to_owned(), results);
    for application in basis.results.iter().flat_map(|item| &item.applications) {
        let working = value(&Working::of(&basis.package.rubric, application))?;
        members.insert(working_member(&application.id), json_bytes(&working));
    }
    for (application, opinion) in &basis.table.opinions {
        let mut fields = json!({ "application": application });
        if let (Some(fields), Value::Object(parts)) = (fields.as_object_mut(), value(opinion)?) {
            fields.extend(parts);
        }
        members.insert(format!("opinions/{}.json", application.file_stem()), json_bytes(&fields));
    }
    for paper in &basis.table.papers {
        members.insert(format!("paper/{}-r{}.json", paper.reviewer.file_stem(), paper.revision), paper::canonical(paper));
    }
    members.insert("inputs.json".to_owned(), json_bytes(&inputs(basis.table)));
    members.insert("decisions.json".to_owned(), json_bytes(&decisions(basis)?));
    members.insert("members.json".to_owned(), json_bytes(&stands(basis)?));
    members.insert("scores.csv".to_owned(), scores(basis).into_bytes());
    members.insert("items.csv".to_owned(), items(basis.package).into_bytes());
    Ok(members)
}

/// The page that people sign, with the digest of the bundle that they sign for.
#[must_use]
pub fn signature_page(basis: &Basis<'_>, bundle: &str) -> Vec<u8> {
    report::resultpage::signature_page(&subject(basis, vec![(msg!("page-digest-bundle"), bundle.to_owned())]))
}

fn subject<'a>(basis: &Basis<'a>, digests: Vec<(crate::domain::text::Message, String)>) -> Subject<'a> {
    Subject {
        package: basis.package,
        table: basis.table,
        entries: basis.entries,
        results: basis.results,
        revision: basis.revision,
        digests,
    }
}

/// The member below `data/` with the derivation of `application`.
#[must_use]
pub fn working_member(application: &ApplicationId) -> String {
    format!("{WORKING}{}.json", application.file_stem())
}

/// `results.json`.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn results(basis: &Basis<'_>) -> Result<Value, StepError> {
    let call = &basis.package.call;
    let rubric = &basis.package.rubric;
    value(&ResultFile::of(rubric, call.id.clone(), call.panel.id.clone(), basis.revision, basis.rubric_digest.to_owned(), basis.results))
}

fn value(of: &impl serde::Serialize) -> Result<Value, StepError> {
    serde_json::to_value(of).map_err(|error| StepError::Output(error.into()))
}

/// Every bundle that came in, in the order of its coming, and whether it counts.
fn inputs(table: &Table) -> Value {
    let line = |held: &Held| {
        let Arrived { reviewer, revision, digest, file, supersedes, request } = &held.bundle;
        json!({
            "reviewer": reviewer, "revision": revision, "digest": digest, "file": file, "supersedes": supersedes, "request": request,
            "state": state(table, held),
        })
    };
    let sheet = |paper: &Paper| {
        let Paper { reviewer, revision, digest, supersedes, first, second, image, .. } = paper;
        let counts = table.current_paper(reviewer).is_some_and(|current| current.digest == *digest);
        json!({
            "reviewer": reviewer, "revision": revision, "digest": digest, "supersedes": supersedes, "typed_by": [first.by, second.by],
            "image": image, "state": if counts { "counts" } else { "superseded" },
        })
    };
    json!({
        "bundles": table.arrived.iter().map(line).collect::<Vec<_>>(),
        "paper": table.papers.iter().map(sheet).collect::<Vec<_>>(),
    })
}

fn state(table: &Table, held: &Held) -> &'static str {
    let is_current = table.current(&held.bundle.reviewer).is_some_and(|current| current.digest == held.bundle.digest);
    match (held.is_evidence, table.removed.get(&held.bundle.reviewer).is_some_and(Removal::is_whole), is_current) {
        (true, _, _) => "evidence",
        (false, true, _) => "removed",
        (false, false, true) => "counts",
        (false, false, false) => "superseded",
    }
}

/// What the panel decided beside the scores.
fn decisions(basis: &Basis<'_>) -> Result<Value, StepError> {
    let table = basis.table;
    let mut removed = Vec::new();
    for (reviewer, how) in &table.removed {
        removed.push(with("reviewer", &reviewer.to_string(), value(how)?));
    }
    let mut flags = Vec::new();
    for decision in table.decisions() {
        flags.push(value(&decision)?);
    }
    let mut going_on = Vec::new();
    for (application, how) in &table.going_on {
        going_on.push(with("application", &application.to_string(), value(how)?));
    }
    let mut tie_votes = Vec::new();
    for (application, vote) in &table.tie_votes {
        tie_votes.push(with("application", &application.to_string(), value(vote)?));
    }
    let mut tie_rulings = Vec::new();
    for (item, ruling) in &table.tie_rulings {
        tie_rulings.push(with("item", &item.to_string(), value(ruling)?));
    }
    let mut votes = Vec::new();
    for (application, ballot) in &table.votes {
        votes.push(with("application", &application.to_string(), value(ballot)?));
    }
    let veto =
        |((application, veto), text): (&(ApplicationId, _), &String)| json!({ "application": application, "veto": veto, "text": text });
    let breach = |breach: &Breach| {
        let what = breach.what();
        json!({ "code": what.id, "found": breach.found, "max": breach.max, "soft": breach.soft, "applications": breach.applications })
    };
    Ok(json!({
        "removed": removed,
        "vetoes": table.vetoes.iter().map(veto).collect::<Vec<_>>(),
        "flags": flags,
        "going_on": going_on,
        "corrections": value(&table.corrections)?,
        "requests": value(&table.asked)?,
        "tie_votes": tie_votes,
        "tie_rulings": tie_rulings,
        "votes": votes,
        "quotas": open::breaches(basis.package, basis.results).iter().map(breach).collect::<Vec<_>>(),
    }))
}

/// `value` with one more field in front.
fn with(key: &str, id: &str, value: Value) -> Value {
    let mut fields = serde_json::Map::new();
    fields.insert(key.to_owned(), json!(id));
    if let Value::Object(rest) = value {
        fields.extend(rest);
    }
    Value::Object(fields)
}

/// How each member stands to the report.
fn stands(basis: &Basis<'_>) -> Result<Value, StepError> {
    let mut lines = Vec::new();
    for person in open::sitting(basis.package, basis.table) {
        let stand = basis.table.members.get(&person.code).map_or(Ok(json!({ "status": null })), value)?;
        lines.push(with("code", &person.code.to_string(), with("role", role_id(person.role), stand)));
    }
    Ok(json!({ "members": lines }))
}

/// The scores that count, as the long table that `pingyi tally` and other programs read.
fn scores(basis: &Basis<'_>) -> String {
    let mut text = "application,reviewer,criterion,value,state\n".to_owned();
    let criteria = &basis.package.rubric.criteria;
    for application in basis.results.iter().flat_map(|item| &item.applications) {
        for sheet in application.sheets.iter().filter(|sheet| sheet.counts()) {
            for (criterion, cell) in criteria.iter().zip(&sheet.cells) {
                let value = cell.given.map(|given| given.to_string());
                let state = if value.is_some() { "scored" } else { "na" };
                let value = value.unwrap_or_default();
                // Writing to a text cannot fail.
                let _ = writeln!(text, "{},{},{},{value},{state}", application.id, sheet.reviewer, criterion.id);
            }
        }
    }
    text
}

/// Which application is of which item.
fn items(package: &Package) -> String {
    let mut lines: Vec<String> = package.applications.iter().map(|one| format!("{},{}\n", one.id, one.item)).collect();
    lines.sort();
    format!("application,item\n{}", lines.concat())
}
