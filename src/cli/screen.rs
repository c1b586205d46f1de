//! `pingyi`, `pingyi demo` and `pingyi keys`: the screens, and the demo with and without them.

use std::path::Path;

use serde_json::json;

use crate::{
    bundle::layer::Report,
    cli::{
        Failure, Run,
        args::DemoArgs,
        clock::{self, Entropy},
        out::{Exit, Out},
    },
    domain::{
        ids::PersonCode,
        text::{Explain, Message},
        time::Moment,
    },
    i18n, msg,
    store::{Access, StoreError},
    tui::{
        action::{BINDINGS, Binding},
        keymap::{self, Keymap},
        run::{self, Ended},
        settings::Settings,
        shell::{self, Seat, Senses, Shell},
        terminal,
    },
    workflow::{
        StepError,
        demo::{self, Share, Stage},
        home::Home,
        sample,
        session::{self, Session},
        table::TableSession,
    },
};

/// The word for whoever presides, as `demo --as` takes it.
const CHAIR: &str = "chair";
/// Whose screens the demo opens where nobody is named.
const REVIEWER: &str = "R02";
/// Applications that the demo's reviewer has scored when the screens open: the first lines of the list.
const SCORED_LINES: usize = 58;

/// The clock and the chance of this machine.
struct Machine {
    entropy: Entropy,
    started: Moment,
}

impl Senses for Machine {
    fn now(&self) -> Moment {
        // The clock was readable at the start; should it fail later, time stands still rather than the work.
        clock::now().unwrap_or_else(|_| self.started.clone())
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        self.entropy.fill(buffer);
    }
}

/// The terminal program, on the only workspace or the one that was named.
pub(crate) fn run(run: &mut Run<'_>) -> Result<Exit, Failure> {
    if !terminal::is_here() {
        return Err(Failure::usage(msg!("err-no-terminal"), msg!("rec-no-terminal")));
    }
    let seat = match sit(run, Access::Write) {
        Ok(seat) => seat,
        Err(StepError::NoWorkspace) => Seat::Nobody,
        // Another window has it, or the medium cannot be written: reading is still possible, and the title line says so.
        Err(StepError::Store(error @ StoreError::Busy { .. })) => read_only(run, &error)?,
        Err(StepError::Store(error)) if error.is_unwritable_medium() => read_only(run, &error)?,
        Err(error) => return Err(error.into()),
    };
    show(run, &run.home.clone(), seat, None)
}

/// The terminal program on a package that nobody has taken in yet: the person compares the office's key first.
pub(crate) fn arrive(run: &mut Run<'_>, file: &Path) -> Result<Exit, Failure> {
    show(run, &run.home.clone(), Seat::Nobody, Some(file))
}

/// Opens the only workspace or the one that was named: a reviewer's desk, or the chair's table.
fn sit(run: &Run<'_>, access: Access) -> Result<Seat, StepError> {
    let workspace = session::choose(&run.home, run.work.as_deref())?;
    if workspace.is_table() {
        return TableSession::open_at(workspace, access).map(Seat::Table);
    }
    Session::open_at(workspace, access).map(Seat::Desk)
}

fn read_only(run: &mut Run<'_>, error: &StoreError) -> Result<Seat, Failure> {
    run.notes(&[error.what(), msg!("say-read-only")])?;
    Ok(sit(run, Access::Read)?)
}

fn show(run: &mut Run<'_>, home: &Home, seat: Seat, arrived: Option<&Path>) -> Result<Exit, Failure> {
    let notes = match &seat {
        Seat::Nobody => Vec::new(),
        Seat::Desk(session) => session.notes().to_vec(),
        Seat::Table(session) => session.notes().to_vec(),
    };
    let mut machine = Machine { entropy: Entropy::default(), started: clock::now()? };
    let mut shell = Shell::new(home, &mut machine, seat);
    let ended = run::run(&mut shell, settings(run, home), &notes, arrived)?;
    let closed = shell.close();
    machine.entropy.check()?;
    closed?;
    match ended {
        Ended::Left | Ended::Stopped => Ok(Exit::Done),
        Ended::Panicked(words) => {
            let report = shell::report_panic(home, &words)?;
            Err(Failure::internal(msg!("err-panicked", file = report.display()), msg!("rec-panicked")))
        }
    }
}

/// The person's settings; the language of the command line goes before, and a file that cannot be read is as none.
fn settings(run: &Run<'_>, home: &Home) -> Settings {
    let kept: Option<Settings> = std::fs::read_to_string(home.settings()).ok().and_then(|text| toml::from_str(&text).ok());
    match kept {
        Some(kept) if !run.language_given => kept,
        kept => Settings { language: run.out.language, ..kept.unwrap_or_default() },
    }
}

/// `keys`: the bindings in force, and keys that mean two things.
pub(crate) fn keys(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let settings = settings(run, &run.home);
    let keymap = Keymap::new(&settings);
    let keys = |binding: &Binding| match settings.keys.get(binding.id) {
        Some(own) => own.clone(),
        None => binding.keys.iter().map(|key| (*key).to_owned()).collect(),
    };
    let conflicts = keymap.conflicts();
    let strangers = keymap::strangers(&settings);
    let exit = if conflicts.is_empty() && strangers.is_empty() { Exit::Done } else { Exit::No };
    if run.out.json {
        let row = |binding: &Binding| json!({ "id": binding.id, "keys": keys(binding), "text": Out::both(&(binding.words)()) });
        let bindings: Vec<_> = BINDINGS.iter().map(row).collect();
        let clashes: Vec<_> = conflicts.iter().map(|clash| json!({ "key": clash.key, "actions": clash.actions })).collect();
        run.out.json(&json!({ "bindings": bindings, "conflicts": clashes, "unknown": strangers }))?;
        return Ok(exit);
    }
    for binding in BINDINGS {
        let words = i18n::text(run.out.language, &(binding.words)());
        run.out.line(&format!("{:<16} {:<20} {words}", binding.id, keys(binding).join(" ")))?;
    }
    for conflict in &conflicts {
        let [one, other] = conflict.actions;
        run.out.say(&msg!("say-key-conflict", key = conflict.key, one = one, other = other))?;
    }
    for name in &strangers {
        run.out.say(&msg!("say-key-stranger", name = name))?;
    }
    Ok(exit)
}

/// `demo`: with a terminal, a reviewer's screens in the middle of a session; without, every step done and printed.
pub(crate) fn demo(run: &mut Run<'_>, arguments: &DemoArgs) -> Result<Exit, Failure> {
    let presides = arguments.person == CHAIR;
    let code: PersonCode = if presides { REVIEWER.parse()? } else { arguments.person.parse()? };
    let folder = match &arguments.out {
        Some(folder) => folder.clone(),
        None => tempfile::Builder::new().prefix("pingyi-demo-").tempdir()?.keep(),
    };
    std::fs::create_dir_all(&folder).map_err(|source| StepError::io(&folder, source))?;
    if arguments.headless || !terminal::is_here() {
        return headless(run, &folder);
    }
    if presides {
        let (home, table) = demo::table(&folder)?;
        let exit = show(run, &home, Seat::Table(table), None)?;
        run.out.say(&msg!("demo-folder", folder = folder.display()))?;
        return Ok(exit);
    }
    let mut stage = Stage::office(&folder, &sample::SELECTION, &mut |_| {})?;
    let (home, _) = stage.reviewer(&code, Share::Part(SCORED_LINES), &mut |_| {})?;
    let session = Session::open(&home, None, Access::Write)?;
    let exit = show(run, &home, Seat::Desk(session), None)?;
    run.out.say(&msg!("demo-folder", folder = folder.display()))?;
    Ok(exit)
}

/// Does every step and prints it.
fn headless(run: &mut Run<'_>, folder: &Path) -> Result<Exit, Failure> {
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
        let verdict = |report: &Report| if report.passes() { "pass" } else { "fail" };
        let row = |report: &Report| json!({ "file": report.file, "digest": report.digest, "verdict": verdict(report) });
        run.out.json(&json!({ "folder": folder, "bundles": reports.iter().map(row).collect::<Vec<_>>() }))?;
    } else {
        run.out.say(&msg!("demo-verified", passed = passed, count = reports.len()))?;
        run.out.say(&msg!("demo-folder", folder = folder.display()))?;
    }
    Ok(if passed == reports.len() { Exit::Done } else { Exit::No })
}
