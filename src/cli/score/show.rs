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
