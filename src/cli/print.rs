//! How problems and reports look, wherever they come up.

use std::io;

use serde_json::{Value, json};

use crate::{
    bundle::layer::{Finding, LayerId, Report},
    cli::out::Out,
    domain::{finding::Severity, text::Explain},
    intake::Problem,
    msg,
    workflow::told::{self, Told},
};

/// Prints problems as `file:line:column: level: what`, each with its advice.
pub(crate) fn problems(out: &mut Out<'_>, problems: &[Problem]) -> io::Result<()> {
    told(out, &told::problems(problems).collect::<Vec<_>>())
}

/// Prints what a step would do.
pub(crate) fn told(out: &mut Out<'_>, lines: &[Told]) -> io::Result<()> {
    lines.iter().try_for_each(|line| {
        let text = out.text(&line.text);
        if line.is_detail { out.line(&format!("    {text}")) } else { out.line(&text) }
    })
}

/// The same word as JSON documents have it.
pub(crate) const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A problem as JSON.
pub(crate) fn problem_json(problem: &Problem) -> Value {
    json!({ "file": problem.file, "line": problem.line, "column": problem.column, "severity": severity_word(problem.severity), "code": problem.what.id,
            "text": Out::both(&problem.what), "advice": Out::both(&problem.advice) })
}

/// Prints all layers of a report and who signed.
pub(crate) fn report(out: &mut Out<'_>, report: &Report) -> io::Result<()> {
    for layer in &report.layers {
        let line = msg!("say-layer", number = layer.id.number()).with_message("name", layer.id.name());
        out.say(&line.with_message("state", layer.state.words()))?;
        for finding in &layer.findings {
            let (what, advice) = (out.text(&finding.what()), out.text(&finding.advice()));
            out.line(&format!("    [{}] {} {what}", finding.code, finding.member))?;
            out.line(&format!("        {advice}"))?;
        }
    }
    for signer in &report.signers {
        let key = signer.key.as_ref().map(crate::bundle::key::PublicKey::groups).unwrap_or_default();
        out.say(&msg!("say-signer", code = signer.code, key = key))?;
    }
    Ok(())
}

/// What refuses a bundle, as JSON.
pub(crate) fn findings_json(report: &Report) -> Value {
    let row = |(layer, finding): (LayerId, &Finding)| {
        json!({ "n": layer.number(), "id": layer.id(), "code": finding.code, "member": finding.member,
                "text": Out::both(&finding.what()), "advice": Out::both(&finding.advice()) })
    };
    report.errors().map(row).collect()
}

/// Prints only what refuses a bundle.
pub(crate) fn refused(out: &mut Out<'_>, report: &Report) -> io::Result<()> {
    report.errors().try_for_each(|(layer, finding)| {
        let found = format!("[{}] {} {}", finding.code, finding.member, out.text(&finding.what()));
        out.say(&msg!("say-layer", number = layer.number(), state = found).with_message("name", layer.name()))
    })
}
