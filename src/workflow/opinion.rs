//! A draft of the panel's opinion from the sheets that count.

use crate::{
    domain::{
        decision::{self, Opinion, Remark},
        ids::ApplicationId,
        table::ActRefusal,
    },
    workflow::{StepError, table::TableSession},
};

/// A draft of the opinion on `id` from the comments on the sheets that count, without anybody's name.
///
/// # Errors
/// There is no such application, or the figures cannot be worked out.
pub fn draft(session: &TableSession, id: &ApplicationId) -> Result<Opinion, StepError> {
    let results = session.results()?;
    let found = results.iter().find_map(|item| item.application(id));
    let result = found.ok_or_else(|| StepError::Act(ActRefusal::NoApplication(id.clone())))?;
    let mut remarks = Vec::new();
    for line in result.sheets.iter().filter(|line| line.counts()) {
        let Some(given) = session.given().get(&line.reviewer) else { continue };
        let sheet = given.desk.sheet(id);
        remarks.push(Remark { criterion: None, given: None, text: sheet.overall.clone() });
        for (criterion, text) in &sheet.comments {
            let given = sheet.cell(criterion).value();
            remarks.push(Remark { criterion: Some(criterion.clone()), given, text: text.clone() });
        }
    }
    let people = &session.package().roster.people;
    let names: Vec<String> = people.iter().flat_map(|person| [person.name.clone(), person.code.to_string()]).collect();
    Ok(decision::draft(&session.package().rubric, &names, &remarks))
}
