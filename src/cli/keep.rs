//! `pingyi check`, `backup`, `restore`, `recover` and `journal`: what never must be lost, looked after.

use std::{fs, path::Path};

use serde_json::json;

use crate::{
    cli::{Failure, Run, args::JournalCommand, out::Exit},
    domain::{change::Link, telling, text::Message},
    msg,
    store::{self, Access, RecoverPlan, Store, Tail},
    workflow::{StepError, files, home::Workspace, session},
};

fn workspace(run: &Run<'_>) -> Result<Workspace, Failure> {
    Ok(session::choose(&run.home, run.work.as_deref())?)
}

/// `check`: journal, index and backups against each other; nothing is changed.
pub(crate) fn check(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let report = store::check(&workspace(run)?.store(), &[])?;
    if run.out.json {
        let witness = |one: &store::Witness| json!({ "path": one.path, "entry": one.head.as_ref().map(|head| head.seq), "sound": one.sound, "text": crate::cli::out::Out::both(&one.message) });
        let witnesses: Vec<_> = report.witnesses.iter().map(witness).collect();
        run.out.json(&json!({ "sound": report.sound, "entries": report.entries, "witnesses": witnesses }))?;
    } else {
        for one in &report.witnesses {
            let sentence = run.out.text(&one.message);
            run.out.line(&format!("{}  {sentence}", one.path.display()))?;
        }
        run.out.say(&if report.sound { msg!("say-check-sound", entries = report.entries) } else { msg!("say-check-unsound") })?;
    }
    Ok(if report.sound { Exit::Done } else { Exit::No })
}

/// `backup`: one more copy of the journal, here or on a stick.
pub(crate) fn backup(run: &mut Run<'_>, to: Option<&Path>) -> Result<Exit, Failure> {
    let store = workspace(run)?.store();
    let own = store.join("backups");
    if to.is_none() {
        files::make_private(&own).map_err(|source| StepError::io(&own, source))?;
    }
    let place = to.map_or(own, Path::to_owned);
    let target = files::Target::make(&place).map_err(|source| StepError::io(&place, source))?;
    let info = store::backup(&store, &place)?;
    target.keep();
    run.out.tell(&msg!("say-backup", file = info.path.display(), seq = info.seq), &json!({ "file": info.path, "seq": info.seq }))?;
    Ok(Exit::Done)
}

/// `recover`: mends a damaged store from everything that can be proved.
pub(crate) fn recover(run: &mut Run<'_>, yes: bool) -> Result<Exit, Failure> {
    let plan = store::recover(&workspace(run)?.store(), &[], yes)?;
    tell_plan(run, &plan, yes)
}

/// `restore FILE`: puts a backup back.
pub(crate) fn restore(run: &mut Run<'_>, file: &Path, yes: bool) -> Result<Exit, Failure> {
    let plan = store::restore(&workspace(run)?.store(), file, yes)?;
    tell_plan(run, &plan, yes)
}

fn tell_plan(run: &mut Run<'_>, plan: &RecoverPlan, yes: bool) -> Result<Exit, Failure> {
    let message = match (plan.needed, yes) {
        (false, _) => msg!("say-recover-not-needed", entries = plan.entries),
        (true, false) => msg!("say-recover-would", source = &plan.source, entries = plan.entries, journal = plan.journal_entries),
        (true, true) => msg!("say-recovered", source = &plan.source, entries = plan.entries),
    };
    if run.out.json {
        let RecoverPlan { needed, source, entries, journal_entries, aside, .. } = plan;
        run.out.json(&json!({ "needed": needed, "done": *needed && yes, "source": source, "entries": entries,
                              "journal_entries": journal_entries, "aside": aside }))?;
        return Ok(Exit::Done);
    }
    run.out.say(&message)?;
    for path in &plan.aside {
        run.out.say(&msg!("say-put-aside", path = path.display()))?;
    }
    Ok(Exit::Done)
}

/// `journal …`.
pub(crate) fn journal(run: &mut Run<'_>, command: &JournalCommand) -> Result<Exit, Failure> {
    match command {
        JournalCommand::Show => show(run),
        JournalCommand::Verify => verify(run),
    }
}

fn show(run: &mut Run<'_>) -> Result<Exit, Failure> {
    // A table has a journal as much as a desk has.
    let (store, report) = Store::open(&workspace(run)?.store(), Access::Read)?;
    run.notes(&report.notes)?;
    if run.out.json {
        return Ok(run.out.json(&json!(store.desk().entries)).map(|()| Exit::Done)?);
    }
    for entry in &store.desk().entries {
        let mut sentence = run.out.text(&telling::change(&entry.change));
        let link: Option<Message> = entry.link.map(|link| match link {
            Link::Undoes(seq) => msg!("say-undoes", seq = seq),
            Link::Redoes(seq) => msg!("say-redoes", seq = seq),
        });
        if let Some(link) = link {
            sentence = format!("{sentence}  {}", run.out.text(&link));
        }
        run.out.line(&format!("{:>6}  {}  {}  {sentence}", entry.seq, entry.time, entry.writer))?;
    }
    Ok(Exit::Done)
}

/// Reads the journal file alone, as anybody could with a hash program.
fn verify(run: &mut Run<'_>) -> Result<Exit, Failure> {
    let path = workspace(run)?.store().join("journal");
    let bytes = fs::read(&path)
        .map_err(|error| Failure::bad_input(msg!("err-cannot-read", file = path.display(), cause = error), msg!("rec-cannot-read")))?;
    let chain = store::read_chain(&bytes);
    let (seq, hash) = chain.head().map(|head| (head.seq, head.hash)).unwrap_or_default();
    let sound = chain.tail == Tail::Clean;
    let message = if sound { msg!("say-chain-sound", seq = seq, hash = hash) } else { msg!("say-chain-broken", seq = seq) };
    run.out.tell(&message, &json!({ "sound": sound, "seq": seq, "hash": hash }))?;
    Ok(if sound { Exit::Done } else { Exit::No })
}
