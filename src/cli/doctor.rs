//! `pingyi doctor`: what this machine is like, for whoever is asked for help over the telephone.

use std::io::IsTerminal;

use serde_json::json;

use crate::{
    cli::{Failure, Run, out::Exit},
    domain::text::Message,
    msg,
    workflow::{files, session},
};

/// One thing looked at.
struct Look {
    id: &'static str,
    sound: bool,
    sentence: Message,
}

/// `doctor`.
pub(crate) fn run(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let looks = [clock(run), home(run), workspaces(run), terminal(), colour(), locale()];
    let sound = looks.iter().all(|look| look.sound);
    if run.out.json {
        let rows: Vec<_> = looks
            .iter()
            .map(|look| json!({ "id": look.id, "sound": look.sound, "text": crate::cli::out::Out::both(&look.sentence) }))
            .collect();
        run.out.json(&json!({ "sound": sound, "version": env!("CARGO_PKG_VERSION"), "looks": rows }))?;
    } else {
        run.out.line(&format!("pingyi {} {} {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::env::consts::ARCH))?;
        for look in &looks {
            let (mark, sentence) = (if look.sound { "[x]" } else { "[!]" }, run.out.text(&look.sentence));
            run.out.line(&format!("{mark} {sentence}"))?;
        }
    }
    Ok(if sound { Exit::Done } else { Exit::No })
}

fn clock(run: &Run<'_>) -> Look {
    match run.now() {
        Ok(now) => Look { id: "clock", sound: true, sentence: msg!("doctor-clock", now = now) },
        Err(_) => Look { id: "clock", sound: false, sentence: msg!("doctor-no-clock") },
    }
}

/// Whether the data folder can be written, by writing to it.
fn home(run: &Run<'_>) -> Look {
    let folder = run.home.root();
    let probe = folder.join(".doctor");
    let tried =
        run.home.make_private(folder).and_then(|()| files::write_whole(&probe, b"probe\n")).and_then(|()| std::fs::remove_file(&probe));
    match tried {
        Ok(()) => Look { id: "disk", sound: true, sentence: msg!("doctor-disk", folder = folder.display()) },
        Err(cause) => Look { id: "disk", sound: false, sentence: msg!("doctor-no-disk", folder = folder.display(), cause = cause) },
    }
}

fn workspaces(run: &Run<'_>) -> Look {
    match session::choose(&run.home, run.work.as_deref()) {
        Ok(workspace) => Look { id: "work", sound: true, sentence: msg!("doctor-work", name = workspace.name()) },
        Err(error) => Look { id: "work", sound: true, sentence: crate::domain::text::Explain::what(&error) },
    }
}

fn terminal() -> Look {
    let is_terminal = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    let name = std::env::var("TERM").unwrap_or_default();
    let sentence = if is_terminal { msg!("doctor-terminal", name = name) } else { msg!("doctor-no-terminal") };
    Look { id: "terminal", sound: true, sentence }
}

fn colour() -> Look {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let depth = std::env::var("COLORTERM").unwrap_or_default();
    let sentence = if is_off { msg!("doctor-no-colour") } else { msg!("doctor-colour", depth = depth) };
    Look { id: "colour", sound: true, sentence }
}

fn locale() -> Look {
    let name = sys_locale::get_locale().unwrap_or_default();
    Look { id: "locale", sound: true, sentence: msg!("doctor-locale", name = name) }
}
