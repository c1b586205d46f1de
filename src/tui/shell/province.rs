//! The province's steps: results verified and put together, shown as rows of words, and signed.

use std::{fs, path::PathBuf, sync::atomic::Ordering};

use super::{
    ends::{Finished, Place},
    trouble,
    worker::Bench,
};
use crate::{
    domain::{
        ids::CallId,
        register::file,
        text::{Bilingual, Explain, Language, Message},
    },
    i18n, msg,
    tui::{
        acts::{Outcome, Trouble},
        ends::{Gathering, Grid, Register, Sealing, Signed},
    },
    workflow::{
        StepError,
        aggregate::{self, AggregateError, Order, Signing, gather},
        cores::Watch,
    },
};

/// What was put together, from what, and as it is shown.
pub(super) struct Put {
    found: aggregate::Register,
    register: CallId,
    files: Vec<PathBuf>,
    offices: String,
    pub(super) gathering: Gathering,
    pub(super) shown: Register,
}

impl Put {
    fn order<'a>(&'a self, supersedes: Option<&'a std::path::Path>) -> Order<'a> {
        let Self { register, files, offices, gathering, .. } = self;
        Order { register, files, offices, record: gathering.record.as_deref(), strict: false, supersedes, tables: None }
    }
}

/// Verifies and merges; nothing is written.
pub(super) fn gather(bench: &mut Bench<Finished>, place: &Place, gathering: Gathering) -> Outcome<Put> {
    let failed = |error: &StepError| trouble(error);
    let register: CallId = gathering.register.parse().map_err(|bad| failed(&StepError::BadId(bad)))?;
    let missing = |path: &PathBuf, source| failed(&StepError::Io { path: path.clone(), source });
    let offices = fs::read_to_string(&gathering.offices).map_err(|source| missing(&gathering.offices, source))?;
    for path in &gathering.paths {
        fs::metadata(path).map_err(|source| missing(path, source))?;
    }
    let files = gather::files_in(&gathering.paths).map_err(|error| failed(&error))?;
    if files.is_empty() {
        return Err(Trouble { what: msg!("err-no-results"), advice: msg!("rec-no-results"), unsaved: false });
    }
    let order = Order {
        register: &register,
        files: &files,
        offices: &offices,
        record: gathering.record.as_deref(),
        strict: false,
        supersedes: None,
        tables: None,
    };
    let stop = std::sync::Arc::clone(&bench.stop);
    let mut watch = Watch { told: &mut |progress| bench.tell(progress), stop: &stop };
    let found = aggregate::put_together(&order, &mut watch).map_err(|error| told(&error))?;
    // Stopped between the last file and the end is stopped all the same.
    if stop.load(Ordering::Relaxed) {
        return Err(failed(&StepError::Aggregate(AggregateError::Interrupted)));
    }
    let shown = shown(place, &found, &register, files.len());
    Ok(Put { found, register, files, offices, gathering, shown })
}

/// The first problem of a record says more than how many there are.
fn told(error: &StepError) -> Trouble {
    match error {
        StepError::Problems(problems) => match problems.first() {
            Some(first) => {
                let place = format!("{}:{}:{}", first.file, first.line, first.column);
                Trouble {
                    what: msg!("err-record", place = place).with_message("what", first.what()),
                    advice: first.advice(),
                    unsaved: false,
                }
            }
            None => trouble(error),
        },
        error => trouble(error),
    }
}

fn shown(place: &Place, found: &aggregate::Register, name: &CallId, files: usize) -> Register {
    let panels = &found.merged.panels;
    let digits: String = panels.iter().flat_map(|panel| panel.bundle.chars()).filter(char::is_ascii_digit).take(4).collect();
    Register {
        name: name.to_string(),
        files,
        counted: panels.len(),
        bad: found.bad().count(),
        winners: panels.iter().map(|panel| panel.winners().count()).sum(),
        grids: grids(found, name),
        outbox: place.home.outbox().display().to_string(),
        signer: place.signer(),
        digits: format!("{digits:0>4}"),
    }
}

/// The tables of the overview as words of both languages, and what there is to be said besides.
fn grids(found: &aggregate::Register, name: &CallId) -> Vec<Grid> {
    let (broken, unlike) = file::quotas(&found.merged.panels, &found.record);
    let mut grids: Vec<Grid> = Vec::new();
    for table in found.tables(name) {
        let is_figure = |at: usize| table.rows.iter().any(|row| row.get(at).is_some_and(|cell| cell.is_figure()));
        let heads = table.columns.iter().enumerate().map(|(at, column)| (both(|language| column.heading.print(language)), is_figure(at)));
        let rows = table.rows.iter().map(|row| row.iter().map(|cell| both(|language| cell.print(language))).collect());
        let grid = Grid::new(table.title.clone(), heads.collect(), rows.collect());
        grids.push(match table.id {
            "excluded" => grid.with_advice(found.merged.excluded.iter().map(|one| one.why.advice()).collect()),
            "quotas" => grid.with_advice(broken.iter().map(|one| one.breach.advice()).collect()),
            _ => grid,
        });
    }
    let mut rows: Vec<Vec<Bilingual>> = Vec::new();
    let mut advice: Vec<Message> = Vec::new();
    for note in &found.notes {
        let place = format!("{}:{}:{}", note.file, note.line, note.column);
        rows.push(vec![both(|_| place.clone()), said(&note.severity.words()), said(&note.what)]);
        advice.push(note.advice.clone());
    }
    for call in &unlike {
        rows.push(vec![both(|_| call.to_string()), said(&msg!("level-warning")), said(&msg!("say-unlike-quotas", call = call))]);
        advice.push(msg!("rec-unlike-quotas"));
    }
    if !rows.is_empty() {
        let heads = [msg!("register-place"), msg!("register-level"), msg!("register-note")];
        let heads = heads.iter().map(|head| (said(head), false)).collect();
        grids.push(Grid::new(msg!("register-notes"), heads, rows).with_advice(advice));
    }
    grids
}

fn both(words: impl Fn(Language) -> String) -> Bilingual {
    Bilingual { zh: words(Language::Zh), en: words(Language::En) }
}

fn said(message: &Message) -> Bilingual {
    both(|language| i18n::text(language, message))
}

/// Signs what was put together.
pub(super) fn sign(bench: &mut Bench<Finished>, place: &Place, put: &Put, sealing: &Sealing) -> Outcome<Signed> {
    let order = put.order(sealing.supersedes.as_deref());
    let stop = std::sync::Arc::clone(&bench.stop);
    place.sign(sealing, |code, key, here| {
        let mut watch = Watch { told: &mut |progress| bench.tell(progress), stop: &stop };
        let written = aggregate::sign(&put.found, &order, &Signing { to: &sealing.folder, code, key }, &here.now, &mut watch)?;
        Ok(Signed {
            file: written.path.display().to_string(),
            digest: written.digest,
            groups: key.public().groups(),
            next: msg!("signed-register-next"),
        })
    })
}
