//! What a reviewer recorded, printed: one sheet with its working, the worklist, every cell, and every earlier value.

use serde_json::json;

use crate::{
    cli::{Failure, Run, out::Exit},
    domain::{
        application::Application,
        change::Link,
        desk::Refusal,
        number::fixed,
        telling,
        text::Explain,
        total::{self, SheetTotal},
        worklist::{self, RowState},
    },
    msg,
    workflow::{
        StepError,
        act::{application_id, criterion_id},
        session::Session,
        sheets,
    },
};

/// `score show`.
pub(super) fn sheet(run: &mut Run<'_>, session: &Session, id: &str) -> Result<Exit, Failure> {
    let id = application_id(id)?;
    let package = session.package();
    let application = package.application(&id).ok_or_else(|| StepError::Refused(Refusal::NoApplication(id.clone())))?;
    let sheet = session.desk().sheet(&id);
    let total = total::sheet_total(&package.rubric, application, &sheet);
    if run.out.json {
        let revision = session.desk().exports.last().map_or(1, |last| last.revision.saturating_add(1));
        run.out.json(&sheets::sheet(package, application, session.desk(), session.reviewer(), revision))?;
        return Ok(Exit::Done);
    }
    let title = application.title.get(run.out.language).to_owned();
    run.out.line(&format!("{id}  {title}"))?;
    for criterion in &package.rubric.criteria {
        let cell = sheet.cell(&criterion.id);
        let value = run.out.text(&telling::cell(&cell));
        let name = criterion.title.get(run.out.language);
        run.out.line(&format!("  {:<4} {value:>6} / {:<4} {name}", criterion.id, criterion.max))?;
        for line in sheet.comment(&criterion.id).lines() {
            run.out.line(&format!("         {line}"))?;
        }
    }
    working(run, application, &total)?;
    for gap in session.desk().blocking(package, &id) {
        let sentence = run.out.text(&gap.what());
        run.out.line(&format!("  ! {sentence}"))?;
    }
    Ok(Exit::Done)
}

fn working(run: &mut Run<'_>, application: &Application, total: &SheetTotal) -> Result<(), Failure> {
    for dimension in &total.dimensions {
        run.out.line(&format!("  {:<4} {:>8} / {}", dimension.id, fixed(dimension.subtotal, 2), dimension.max))?;
        for message in dimension.terms.iter().filter_map(|term| term.working.as_ref()) {
            let sentence = run.out.text(message);
            run.out.line(&format!("         {sentence}"))?;
        }
    }
    let message = match total.total {
        Some(points) => msg!("say-total", application = application.id, points = fixed(points, 2)),
        None => msg!(
            "say-running",
            application = application.id,
            points = fixed(total.running, 2),
            answered = total.answered,
            asked = total.asked
        ),
    };
    Ok(run.out.say(&message)?)
}

/// `score status`.
pub(super) fn status(run: &mut Run<'_>, session: &Session) -> Result<Exit, Failure> {
    let rows = worklist::rows(session.package(), session.desk());
    if run.out.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({ "application": row.application, "state": row.state.word(), "answered": row.answered, "asked": row.asked,
                        "gaps": row.gaps, "running": row.running.map(|points| fixed(points, 2)) })
            })
            .collect();
        run.out.json(&json!({ "reviewer": session.reviewer(), "rows": rows }))?;
        return Ok(Exit::Done);
    }
    for row in &rows {
        let state = run.out.text(&row.state.message());
        let points = row.running.map_or_else(String::new, |points| fixed(points, 2));
        run.out.line(&format!("{}  {}/{}  {points:>6}  {state}", row.application, row.answered, row.asked))?;
    }
    Ok(Exit::Done)
}

/// `score list`: every cell of every application of the worklist.
pub(super) fn cells(run: &mut Run<'_>, session: &Session, plain: bool) -> Result<Exit, Failure> {
    let mut documents = Vec::new();
    for row in worklist::rows(session.package(), session.desk()) {
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

/// `score history`: nothing is ever overwritten.
pub(super) fn history(run: &mut Run<'_>, session: &Session, application: &str, criterion: &str) -> Result<Exit, Failure> {
    let (application, criterion) = (application_id(application)?, criterion_id(criterion)?);
    session.desk().admit_place(session.package(), &application, Some(&criterion)).map_err(StepError::Refused)?;
    let values = session.desk().cell_history(&application, &criterion);
    if run.out.json {
        let rows: Vec<_> = values
            .iter()
            .map(|past| json!({ "seq": past.seq, "time": past.time, "writer": past.writer, "cell": past.cell, "link": past.link }))
            .collect();
        run.out.json(&json!(rows))?;
        return Ok(Exit::Done);
    }
    for past in &values {
        let value = run.out.text(&telling::cell(&past.cell));
        let how = match past.link {
            Some(Link::Undoes(seq)) => run.out.text(&msg!("say-undoes", seq = seq)),
            Some(Link::Redoes(seq)) => run.out.text(&msg!("say-redoes", seq = seq)),
            None => String::new(),
        };
        run.out.line(&format!("{:>6}  {}  {}  {value:>6}  {how}", past.seq, past.time, past.writer))?;
    }
    Ok(Exit::Done)
}

/// `score pledge` without `--accept`.
pub(super) fn pledge(run: &mut Run<'_>, session: &Session) -> Result<Exit, Failure> {
    if run.out.json {
        let document = json!({ "text": session.package().pledge.text, "accepted": session.has_pledged() });
        return Ok(run.out.json(&document).map(|()| Exit::Done)?);
    }
    let text = session.package().pledge.text.get(run.out.language).to_owned();
    run.out.lines(&text)?;
    run.out.say(&if session.has_pledged() { msg!("say-pledged") } else { msg!("say-not-pledged") })?;
    Ok(Exit::Done)
}
