//! The present figures of a table as a document and as sentences. Both print the one derivation; a number that stands in neither is
//! shown nowhere.

use serde_json::{Value, json};

use crate::{
    domain::{
        consolidate::{
            conclusion,
            derivation::{ApplicationResult, Block, Flag, ItemResult},
        },
        ids::ApplicationId,
        ranking::Ranked,
        result::{ApplicationEntry, ResultFile, Working},
        rubric::Rubric,
        table::paper::Paper,
        text::Message,
    },
    msg,
    workflow::{StepError, table::TableSession},
};

/// What `data/results.json` would be now.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document(session: &TableSession, results: &[ItemResult]) -> Result<Value, StepError> {
    let package = session.package();
    let rubric = session.held().bundle().passport().digests.rubric.clone().unwrap_or_default();
    let revision = session.table().sealed.last().map_or(1, |sealed| sealed.revision.saturating_add(1));
    let file = ResultFile::of(&package.rubric, package.call.id.clone(), package.call.panel.id.clone(), revision, rubric, results);
    serde_json::to_value(file).map_err(|error| StepError::Output(error.into()))
}

/// The entry of one application with its whole derivation.
///
/// # Errors
/// When there is no such application among the results.
pub fn explained(session: &TableSession, results: &[ItemResult], id: &ApplicationId) -> Result<Value, StepError> {
    let rubric = &session.package().rubric;
    let found = results.iter().find_map(|item| Some((item, item.application(id)?)));
    let (item, application) = found.ok_or_else(|| StepError::Refused(crate::domain::desk::Refusal::NoApplication(id.clone())))?;
    let entry = ApplicationEntry::of(rubric, application, item.ranking.row(id));
    Ok(json!({ "item": item.id, "application": entry, "derivation": Working::of(rubric, application) }))
}

/// One item in sentences: a heading, ranked applications best first, the others, and what is open.
#[must_use]
pub fn lines(session: &TableSession, item: &ItemResult) -> Vec<Message> {
    let package = session.package();
    let title = package.call.items.iter().find(|one| one.id == item.id).map(|one| one.title.clone()).unwrap_or_default();
    let mut lines = vec![msg!("table-item", item = item.id).with_both("title", &title)];
    for row in &item.ranking.rows {
        if let Some(application) = item.application(&row.id) {
            lines.push(ranked(&package.rubric, row, application));
        }
    }
    for application in item.applications.iter().filter(|one| item.ranking.row(&one.id).is_none()) {
        let reason = conclusion::words(&package.rubric, application, None);
        lines.push(
            msg!("table-unranked", application = application.id, total = application.total_text(), n = application.valid)
                .with_message("reason", reason),
        );
    }
    if conclusion::is_without_winner(&package.rubric, &item.ranking) {
        lines.push(msg!("table-no-winner", item = item.id));
    }
    lines.extend(papers(session, item));
    lines.extend(item.applications.iter().flat_map(flags));
    lines.extend(item.blocks.iter().map(Block::text));
    lines
}

fn ranked(rubric: &Rubric, row: &Ranked, application: &ApplicationResult) -> Message {
    let apart = match (row.tied, row.apart.step()) {
        (true, _) => Some(msg!("apart-tied")),
        (false, Some(step)) => Some(msg!("apart-step", step = step)),
        (false, None) => None,
    };
    let line = match apart {
        Some(apart) => Message::new("table-ranked-apart").with_message("apart", apart),
        None => msg!("table-ranked"),
    };
    line.with("rank", row.rank)
        .with("application", &row.id)
        .with("total", application.total_text())
        .with("n", application.valid)
        .with("kept", application.kept)
        .with_message("place", conclusion::words(rubric, application, Some(row)))
}

/// Whose sheets on the item came on paper, and who typed them.
fn papers(session: &TableSession, item: &ItemResult) -> Vec<Message> {
    let sheets = || item.applications.iter().flat_map(|application| &application.sheets);
    let counts = |paper: &&Paper| sheets().any(|sheet| sheet.counts() && sheet.bundle == paper.digest);
    let told = |paper: &Paper| {
        msg!("table-paper", reviewer = paper.reviewer, first = paper.first.by, second = paper.second.by, revision = paper.revision)
    };
    session.table().papers.iter().filter(counts).map(told).collect()
}

fn flags(application: &ApplicationResult) -> Vec<Message> {
    let words = |flag: &Flag| match flag {
        Flag::Untrimmed { valid, min_valid } => msg!("flag-untrimmed", valid = valid, min = min_valid),
        Flag::Deviation(flag) => flag.text(),
    };
    application.flags.iter().map(|flag| msg!("table-flag", application = application.id).with_message("flag", words(flag))).collect()
}
