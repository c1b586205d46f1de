//! `pingyi agreement`: how far reviewers agree, from a table of scores. Advisory; needs no data folder.

use crate::{
    cli::{
        Failure, Run,
        args::{AgreementArgs, TableFormat},
        out::Exit,
    },
    domain::ids::CriterionId,
    report::agreement::{self, Table},
    workflow,
};

/// `agreement`.
pub(crate) fn run(run: &mut Run<'_>, arguments: &AgreementArgs) -> Result<Exit, Failure> {
    let criterion: Option<CriterionId> = arguments.criterion.as_deref().map(str::parse).transpose()?;
    let found = workflow::agreement::agreement(&arguments.scores, criterion)?;
    let table =
        Table { criterion: found.criterion.as_ref(), applications: found.applications, reviewers: found.reviewers, lines: &found.lines };
    match arguments.format {
        TableFormat::Csv if !run.out.json => run.out.answers.write_all(&agreement::csv(&table, run.out.language)?)?,
        TableFormat::Csv | TableFormat::Json => run.out.json(&agreement::json(&table))?,
    }
    Ok(Exit::Done)
}
