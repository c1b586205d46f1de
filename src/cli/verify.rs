//! `pingyi verify`: what can be said about a bundle, layer by layer. What was not checked is never printed as if it were.

use std::fs;

use crate::{
    bundle::{
        allowed,
        kind::KINDS,
        layer::{LayerId, Report, State},
        stage::Staged,
        trust::Trust,
    },
    cli::{
        Failure, Run,
        args::VerifyArgs,
        out::{Exit, Out},
    },
    domain::{
        text::{Bilingual, Explain, Language, Message},
        time::Moment,
    },
    i18n, msg,
};

/// `verify FILE`.
pub(crate) fn run(run: &mut Run<'_>, arguments: &VerifyArgs) -> Result<Exit, Failure> {
    let trust = trust(arguments)?;
    let staged = Staged::copy_of(&arguments.file, &std::env::temp_dir(), &KINDS)?;
    let report = staged.inspect(trust.as_ref()).report;
    let not_proved = [msg!("not-proved-who"), msg!("not-proved-when"), msg!("not-proved-judgement")];
    if run.out.json {
        let both = |message: &Message| Bilingual { zh: i18n::text(Language::Zh, message), en: i18n::text(Language::En, message) };
        run.out.json(&report.to_json(&both, &not_proved))?;
    } else {
        print(&mut run.out, &report, &not_proved)?;
    }
    Ok(if report.passes() { Exit::Done } else { Exit::No })
}

fn trust(arguments: &VerifyArgs) -> Result<Option<Trust>, Failure> {
    let Some(file) = &arguments.trust else { return Ok(None) };
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = file.display(), cause = error), msg!("rec-cannot-read")))?;
    let trust = allowed::read(&text)?;
    match &arguments.at {
        None => Ok(Some(trust)),
        Some(at) => {
            let at: Moment = at.parse().map_err(|_| Failure::usage(msg!("err-not-a-moment", found = at), msg!("rec-not-a-moment")))?;
            Ok(Some(trust.at(at)))
        }
    }
}

fn layer_name(layer: LayerId) -> Message {
    match layer {
        LayerId::Container => msg!("layer-name-container"),
        LayerId::Completeness => msg!("layer-name-completeness"),
        LayerId::Integrity => msg!("layer-name-integrity"),
        LayerId::Signatures => msg!("layer-name-signatures"),
        LayerId::Authority => msg!("layer-name-authority"),
        LayerId::Binding => msg!("layer-name-binding"),
        LayerId::Content => msg!("layer-name-content"),
        LayerId::Arithmetic => msg!("layer-name-arithmetic"),
        LayerId::History => msg!("layer-name-history"),
    }
}

fn print(out: &mut Out<'_>, report: &Report, not_proved: &[Message]) -> Result<(), Failure> {
    for layer in &report.layers {
        let state = match layer.state {
            State::Pass => msg!("layer-pass"),
            State::Fail => msg!("layer-fail"),
            State::NotChecked => msg!("layer-not-checked"),
        };
        let (name, state) = (out.text(&layer_name(layer.id)), out.text(&state));
        out.line(&format!("{} {name}: {state}", layer.id.number()))?;
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
    out.say(&if report.passes() { msg!("say-verified") } else { msg!("say-not-verified") })?;
    for message in not_proved {
        out.say(message)?;
    }
    Ok(())
}
