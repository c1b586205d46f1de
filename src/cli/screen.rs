//! `pingyi`, `pingyi demo` and `pingyi keys`: the screens, and the demo without any.

use std::path::Path;

use serde_json::json;

use crate::{
    bundle::layer::Report,
    cli::{Failure, Run, args::DemoArgs, out::Exit},
    domain::text::Message,
    msg,
    workflow::{StepError, demo},
};

/// The terminal program.
pub(crate) fn run(_run: &mut Run<'_>) -> Result<Exit, Failure> {
    Err(Failure::usage(msg!("err-no-terminal"), msg!("rec-no-terminal")))
}

/// `demo`.
pub(crate) fn demo(run: &mut Run<'_>, arguments: &DemoArgs) -> Result<Exit, Failure> {
    match &arguments.out {
        Some(folder) => headless(run, folder),
        None => {
            let folder = tempfile::Builder::new().prefix("pingyi-demo-").tempdir()?.keep();
            headless(run, &folder)
        }
    }
}

/// Does every step and prints it.
fn headless(run: &mut Run<'_>, folder: &Path) -> Result<Exit, Failure> {
    std::fs::create_dir_all(folder).map_err(|source| StepError::io(folder, source))?;
    let mut printed = Ok(());
    let quiet = run.out.json;
    let mut tell = |message: &Message| {
        if printed.is_ok() && !quiet {
            printed = run.out.say(message);
        }
    };
    let reports = demo::headless(folder, &mut tell)?;
    printed?;
    let passed = reports.iter().filter(|report| report.passes()).count();
    if run.out.json {
        let row = |report: &Report| json!({ "file": report.file, "digest": report.digest, "verdict": if report.passes() { "pass" } else { "fail" } });
        run.out.json(&json!({ "folder": folder, "bundles": reports.iter().map(row).collect::<Vec<_>>() }))?;
    } else {
        run.out.say(&msg!("demo-verified", passed = passed, count = reports.len()))?;
        run.out.say(&msg!("demo-folder", folder = folder.display()))?;
    }
    Ok(if passed == reports.len() { Exit::Done } else { Exit::No })
}

/// The keys.
pub(crate) fn keys(_run: &mut Run<'_>) -> Result<Exit, Failure> {
    Err(Failure::usage(msg!("err-no-terminal"), msg!("rec-no-terminal")))
}
