//! `pingyi correct`: a score changes after consolidation on one of the four grounds (Order 87 §64), with the minute of the panel.

use crate::{
    cli::{Failure, Run, args::CorrectArgs, out::Exit, sitting},
    domain::{
        correction::Correction,
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Points,
        table::act::Act,
    },
    workflow::{StepError, table::TableSession},
};

/// Records one correction.
pub(crate) fn run(run: &mut Run<'_>, arguments: &CorrectArgs) -> Result<Exit, Failure> {
    sitting::record(run, |session| correction(session, arguments))
}

fn correction(session: &TableSession, arguments: &CorrectArgs) -> Result<Act, Failure> {
    let application: ApplicationId = arguments.application.parse()?;
    let reviewer: PersonCode = arguments.reviewer.parse()?;
    let criterion: Option<CriterionId> = arguments.criterion.as_deref().map(str::parse).transpose()?;
    let before = match (&arguments.before, &criterion) {
        (Some(written), _) => points(written)?,
        (None, Some(criterion)) => stands(session, &application, &reviewer, criterion)?,
        (None, None) => Points::ZERO,
    };
    Ok(Act::Correct(Correction {
        ground: arguments.ground,
        application,
        reviewer,
        criterion,
        before,
        after: points(&arguments.after)?,
        by: session.chair().clone(),
        minute: arguments.minute.clone(),
    }))
}

/// The score that counts now; nought where there is none, which the rules then refuse with what is wrong.
fn stands(session: &TableSession, application: &ApplicationId, reviewer: &PersonCode, criterion: &CriterionId) -> Result<Points, Failure> {
    let results = session.results()?;
    let result = sitting::result_of(&results, application)?;
    let place = session.package().rubric.criteria.iter().position(|one| one.id == *criterion);
    let sheet = result.sheets.iter().find(|sheet| sheet.reviewer == *reviewer && sheet.counts());
    let given = place.and_then(|place| sheet?.cells.get(place)?.given);
    Ok(given.and_then(|given| given.decimal().ok()).and_then(Points::exact).unwrap_or_default())
}

fn points(text: &str) -> Result<Points, StepError> {
    text.parse().map_err(|why| StepError::NotPoints { found: text.to_owned(), why })
}
