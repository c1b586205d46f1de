//! `pingyi report`: a verified result for people, in one of the formats of the table.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::{
    cli::{Failure, Run, args::ReportArgs, out::Exit, verify},
    msg,
    report::{Format, notice::Publicity},
    workflow::report::{self, Order, Written},
};

/// `report FILE`.
pub(crate) fn run(run: &mut Run<'_>, arguments: &ReportArgs) -> Result<Exit, Failure> {
    // The command line let only a format of the table through.
    let unknown = || Failure::usage(msg!("err-report-format", found = arguments.format), msg!("rec-report-format"));
    let format = Format::find(&arguments.format).ok_or_else(unknown)?;
    let trust = arguments.trust.as_deref().map(verify::trust).transpose()?;
    let publicity = Publicity { from: arguments.from, until: arguments.until, contact: arguments.contact.clone() };
    let written = report::read(&arguments.file, trust.as_ref())?.write(Order {
        format,
        public: arguments.public.then_some(publicity),
        language: run.language_given.then_some(run.out.language),
        to: &arguments.to,
        replace: arguments.replace,
    })?;
    if run.out.json {
        run.out.json(&document(&written))?;
        return Ok(Exit::Done);
    }
    let sentence = if written.is_new {
        msg!("say-report", path = written.path.display())
    } else {
        msg!("say-report-same", path = written.path.display())
    };
    run.out.say(&sentence.with_message("mark", written.mark.words()))?;
    for (path, _, sha256) in &written.files {
        run.out.line(&format!("  {sha256}  {}", path.display()))?;
    }
    Ok(Exit::Done)
}

fn document(written: &Written) -> Value {
    let file = |(path, size, sha256): &(PathBuf, usize, String)| json!({ "file": path, "size": size, "sha256": sha256 });
    json!({
        "path": written.path,
        "mark": written.mark.word(),
        "audience": written.audience,
        "digest": written.digest,
        "new": written.is_new,
        "files": written.files.iter().map(file).collect::<Vec<_>>(),
    })
}
