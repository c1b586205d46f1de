//! `pingyi verify`: what can be said about a bundle, layer by layer. What was not checked is never printed as if it were.

use std::{fs, path::Path};

use crate::{
    bundle::{allowed, layer::not_proved, trust::Trust},
    cli::{Failure, Run, args::VerifyArgs, out::Exit, print, progress},
    domain::{
        text::{Bilingual, Language, Message},
        time::{Day, Moment},
    },
    i18n, msg,
    workflow::verify,
};

/// `verify FILE`.
pub(crate) fn run(run: &mut Run<'_>, arguments: &VerifyArgs) -> Result<Exit, Failure> {
    let trust = arguments.trust.as_deref().map(trust).transpose()?;
    let trust = match (&arguments.at, trust) {
        (Some(at), Some(trust)) => {
            let bad = || Failure::usage(msg!("err-not-a-moment", found = at), msg!("rec-at"));
            Some(trust.at(moment(at).ok_or_else(bad)?))
        }
        (_, trust) => trust,
    };
    let report = progress::watched(&mut run.out, progress::verified, |watch| verify::watched(&arguments.file, trust.as_ref(), watch))?;
    let not_proved = not_proved();
    if run.out.json {
        let both = |message: &Message| Bilingual { zh: i18n::text(Language::Zh, message), en: i18n::text(Language::En, message) };
        run.out.json(&report.to_json(&both, &not_proved))?;
    } else {
        print::report(&mut run.out, &report)?;
        run.out.say(&if report.passes() { msg!("say-verified") } else { msg!("say-not-verified") })?;
        for message in &not_proved {
            run.out.say(message)?;
        }
    }
    Ok(if report.passes() { Exit::Done } else { Exit::No })
}

/// A moment as typed; a day alone is its beginning by the clock of China, which has one zone.
fn moment(text: &str) -> Option<Moment> {
    let day = || text.parse::<Day>().ok().and_then(|day| format!("{day}T00:00:00+08:00").parse().ok());
    text.parse().ok().or_else(day)
}

/// The people whom a trust file names.
pub(crate) fn trust(file: &Path) -> Result<Trust, Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = file.display(), cause = error), msg!("rec-cannot-read")))?;
    Ok(allowed::read(&text)?)
}
