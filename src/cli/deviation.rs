//! `pingyi deviation`: every score that the panel must look at, with what was decided on it.

use serde_json::{Value, json};

use crate::{
    cli::{
        Failure, Run,
        args::DeviationArgs,
        out::{Exit, Out},
        sitting,
    },
    domain::{
        decision::{FlagLine, FlagRuling, flag_lines},
        table::telling,
        text::Message,
    },
    msg,
};

/// Lists the flags. The answer is "no" while any of them is open.
pub(crate) fn run(run: &mut Run<'_>, arguments: &DeviationArgs) -> Result<Exit, Failure> {
    sitting::reading(run, |run, session| {
        let mut lines = flag_lines(&session.results()?, &session.table().rulings);
        let open = lines.iter().filter(|line| line.is_open()).count();
        lines.retain(|line| line.is_open() || !arguments.open);
        if run.out.json {
            let rows: Vec<Value> = lines.iter().map(row).collect();
            run.out.json(&json!({ "open": open, "flags": rows }))?;
        } else {
            for line in &lines {
                let told = msg!("deviation-line", item = line.item, application = line.application);
                run.out.say(&told.with_message("flag", flag(line)).with_message("decision", decision(line)))?;
            }
            run.out.say(&if open == 0 { msg!("say-flags-decided") } else { msg!("say-flags-open", count = open) })?;
        }
        Ok(if open == 0 { Exit::Done } else { Exit::No })
    })
}

/// The flag in words; where it is gone, what it was about.
fn flag(line: &FlagLine) -> Message {
    line.flag.as_ref().map_or_else(|| telling::flag_words(&line.key), crate::domain::deviation::DeviationFlag::text)
}

fn decision(line: &FlagLine) -> Message {
    match &line.ruling {
        None => msg!("decision-open"),
        Some(FlagRuling::Uphold { reason }) => msg!("decision-upheld", reason = reason),
        Some(FlagRuling::ReScore { request }) if line.flag.is_some() => msg!("decision-asked", request = request),
        Some(FlagRuling::ReScore { request }) => msg!("decision-answered", request = request),
        Some(FlagRuling::Void { authority, reason }) => msg!("decision-void", authority = authority, reason = reason),
    }
}

fn row(line: &FlagLine) -> Value {
    json!({ "item": line.item, "application": line.application, "reviewer": line.key.reviewer, "criterion": line.key.criterion,
            "stands": line.flag.is_some(), "open": line.is_open(), "decision": line.ruling, "text": Out::both(&flag(line)) })
}
