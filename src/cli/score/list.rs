//! The worklist and every cell of it, printed: all of it, or what fits a search line, in its order and groups.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    cli::{Failure, Run, out::Exit},
    domain::{
        application::Application,
        desk::Desk,
        ids::ApplicationId,
        number::fixed,
        text::Explain,
        worklist::{self, Row, RowState},
    },
    msg,
    search::{
        evaluate::{Branch, Line, Tree, evaluate},
        facts::Facts,
        keys::{self, Key},
        parse,
        query::Query,
        scheme::{Scheme, Viewer},
    },
    workflow::session::Session,
};

/// The rows of the worklist, and how they are shown.
struct Found {
    rows: Vec<Row>,
    scheme: Scheme,
    tree: Tree,
}

/// Finds what fits `line`, or everything.
fn find(run: &mut Run<'_>, session: &Session, line: Option<&str>) -> Result<Found, Failure> {
    let (package, desk) = (session.package(), session.desk());
    let scheme = Scheme::of(package, Viewer::Reviewer(session.reviewer().clone()));
    let query = line.map_or_else(|| Ok(Query::default()), |line| understood(run, line, &scheme))?;
    let rows = worklist::rows(package, desk);
    if line.is_none() {
        let tree = Tree::Rows((0..rows.len()).collect());
        return Ok(Found { rows, scheme, tree });
    }
    let by_id: BTreeMap<&ApplicationId, &Application> = package.applications.iter().map(|one| (&one.id, one)).collect();
    let facts = rows.iter().filter_map(|row| by_id.get(&row.application).map(|one| Facts::of_reviewer(package, desk, &scheme, one, row)));
    let facts: Vec<Facts> = facts.collect();
    let tree = evaluate(&query, &facts, 0..facts.len());
    if tree.rows().is_empty() {
        // Beside the answer, so that a script that reads lines gets none.
        let sentence = run.out.text(&msg!("say-find-none"));
        writeln!(run.out.complaints, "{sentence}")?;
    }
    Ok(Found { rows, scheme, tree })
}

/// The query that `line` asks; everything that is wrong with it is said, each with its column.
fn understood(run: &mut Run<'_>, line: &str, scheme: &Scheme) -> Result<Query, Failure> {
    let problems = match parse(line, scheme) {
        Ok(query) => return Ok(query),
        Err(problems) => problems,
    };
    let (last, before) = match problems.split_last() {
        Some((last, before)) => (last, before),
        None => return Ok(Query::default()),
    };
    for problem in before {
        run.out.complain(&problem.what(), &problem.advice())?;
    }
    Err(Failure::usage(last.what(), last.advice()))
}

/// `score status`.
pub(super) fn status(run: &mut Run<'_>, session: &Session, line: Option<&str>) -> Result<Exit, Failure> {
    let found = find(run, session, line)?;
    if run.out.json {
        let mut rows = Vec::new();
        documents(&found, session.desk(), &found.tree, &mut Vec::new(), &mut rows);
        let mut document = json!({ "reviewer": session.reviewer(), "rows": rows });
        if let (Some(line), Some(document)) = (line, document.as_object_mut()) {
            document.insert("find".to_owned(), json!(line));
        }
        run.out.json(&document)?;
        return Ok(Exit::Done);
    }
    for line in found.tree.lines() {
        match line {
            Line::Row(at) => {
                let Some(row) = found.rows.get(at) else { continue };
                let state = run.out.text(&row.state.message());
                let points = row.running.map_or_else(String::new, |points| fixed(points, 2));
                run.out.line(&format!("{}  {}/{}  {points:>6}  {state}", row.application, row.answered, row.asked))?;
                if let Some(asked) = session.desk().asked_about(&row.application) {
                    let sentence = run.out.text(&asked.told());
                    run.out.line(&format!("    ! {sentence}"))?;
                }
            }
            Line::Head(depth, branch) => {
                let heading = heading(run, &found.scheme, branch);
                run.out.line(&format!("{} {heading} ({})", "#".repeat(depth.saturating_add(1)), branch.count))?;
            }
        }
    }
    Ok(Exit::Done)
}

fn heading(run: &Run<'_>, scheme: &Scheme, branch: &Branch) -> String {
    keys::key(branch.key).map(|key| run.out.text(&scheme.heading(key, branch.which))).unwrap_or_default()
}

/// The rows as documents, each with the groups it stands in where there are any.
fn documents(found: &Found, desk: &Desk, tree: &Tree, groups: &mut Vec<Value>, out: &mut Vec<Value>) {
    match tree {
        Tree::Rows(rows) => out.extend(rows.iter().filter_map(|at| found.rows.get(*at)).map(|row| document(row, desk, groups))),
        Tree::Groups(branches) => {
            for branch in branches {
                let name = keys::key(branch.key).map(Key::shown).map(|shown| shown.en);
                let choice = branch.which.and_then(|at| found.scheme.choices(branch.key).get(at)).map(|choice| choice.id.as_str());
                groups.push(json!({ "key": name, "value": choice }));
                documents(found, desk, &branch.below, groups, out);
                groups.pop();
            }
        }
    }
}

fn document(row: &Row, desk: &Desk, groups: &[Value]) -> Value {
    let mut document = json!({ "application": row.application, "state": row.state.word(), "answered": row.answered, "asked": row.asked,
                               "gaps": row.gaps, "running": row.running.map(|points| fixed(points, 2)) });
    if let Some(document) = document.as_object_mut().filter(|_| !groups.is_empty()) {
        document.insert("groups".to_owned(), json!(groups));
    }
    if let (Some(asked), Some(document)) = (desk.asked_about(&row.application), document.as_object_mut()) {
        document.insert("request".to_owned(), json!({ "criteria": asked.criteria, "ground": asked.ground, "text": asked.text }));
    }
    document
}

/// `score list`: every cell of every application of the worklist.
pub(super) fn cells(run: &mut Run<'_>, session: &Session, plain: bool, line: Option<&str>) -> Result<Exit, Failure> {
    let found = find(run, session, line)?;
    let mut documents = Vec::new();
    for row in found.tree.rows().into_iter().filter_map(|at| found.rows.get(at)) {
        let sheet = session.desk().sheet(&row.application);
        let out = sheet.is_out() || row.state == RowState::RecusedByOffice;
        for criterion in session.package().rubric.asked() {
            let cell = sheet.cell(&criterion.id);
            let state = if out { "recused" } else { cell.state() };
            let value = cell.value().map(|value| value.to_string()).unwrap_or_default();
            if run.out.json {
                documents.push(json!({ "application": row.application, "criterion": criterion.id, "state": state, "value": value }));
            } else if plain {
                run.out.cells(&[row.application.as_str(), criterion.id.as_str(), state, &value])?;
            } else {
                run.out.line(&format!("{}  {:<4} {:>6}  {state}", row.application, criterion.id, value))?;
            }
        }
    }
    if run.out.json {
        run.out.json(&json!(documents))?;
    }
    Ok(Exit::Done)
}
