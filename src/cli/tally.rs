//! `pingyi tally`: the bare calculator, for auditors, for what-if questions and for comparison with other software.

use crate::{
    cli::{
        Failure, Run,
        args::{TableFormat, TallyArgs},
        out::Exit,
    },
    workflow::{
        files,
        tally::{Format, Tally},
    },
};

/// `tally`: prints the result, or writes it to a file that is there whole or not at all.
pub(crate) fn run(run: &mut Run<'_>, arguments: &TallyArgs) -> Result<Exit, Failure> {
    let tally = Tally::read(&arguments.rubric, &arguments.scores, arguments.items.as_deref())?;
    let format = if run.out.json || arguments.format == TableFormat::Json { Format::Json } else { Format::Csv };
    match &arguments.output {
        None => tally.write(format, run.out.answers)?,
        Some(path) => files::stream_whole(path, |out| tally.write(format, out))?,
    }
    Ok(Exit::Done)
}
