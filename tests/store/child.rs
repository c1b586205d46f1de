//! The program that the fault tests attack: this test binary, started again with a hidden test and a script.
//!
//! `create`, `again`, `open`, `append COUNT`, `close`, `backup PLACE`, `recover`, `restore FILE`, `memory`, `list`: one a line, on standard input. An
//! entry that is saved is acknowledged by `ok SEQ`; anything else that is done, by `done WORD`.

use std::{
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process,
};

use pingyi::{
    domain::{change::Change, desk::Desk},
    store::{Access, Store, StoreError, backup, recover, restore},
};

use crate::support::{
    faults::Act,
    store::{app, at, crit, opening, reviewer, scored},
};

const FOLDER: &str = "PINGYI_TEST_FOLDER";
/// Exit code of a command that was refused in words.
pub(crate) const REFUSED: i32 = 1;
/// Exit code when the store broke its word: something was called unsaved and is there.
pub(crate) const BROKEN: i32 = 3;

/// The command line for a script on the store in `folder`.
pub(crate) fn act(folder: &Path, script: &str) -> Act {
    let args = ["--exact", "store::child::plays_the_program", "--nocapture", "--test-threads", "1"];
    Act {
        env: vec![(FOLDER.to_owned(), folder.as_os_str().to_owned())],
        stdin: script.to_owned(),
        // The test runner, when it cannot write.
        not_its_own: Some("io error when listing tests"),
        ..Act::of(std::env::current_exe().unwrap(), args)
    }
}

/// The change that makes entry `seq`, whatever was before: each entry can be told from every other.
pub(crate) fn change(desk: &Desk, seq: u64) -> Option<Change> {
    let number = u32::try_from(seq).unwrap();
    desk.set_cell(&app(number % 7), &crit(number / 7 % 5), scored(number))
}

#[test]
fn plays_the_program() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    process::exit(match play(&PathBuf::from(folder)) {
        Ok(()) => 0,
        Err(Stop::Refused(error)) => {
            let _nobody_listens = writeln!(io::stderr(), "error: {error:?}");
            REFUSED
        }
        Err(Stop::Broken(why)) => {
            let _nobody_listens = writeln!(io::stderr(), "broken: {why}");
            BROKEN
        }
        Err(Stop::Output(error)) => {
            let _nobody_listens = writeln!(io::stderr(), "error: cannot write: {error}");
            REFUSED
        }
    });
}

enum Stop {
    Refused(StoreError),
    Broken(String),
    Output(io::Error),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

fn say(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(format!("{text}\n").as_bytes())?;
    out.flush()
}

fn play(folder: &Path) -> Result<(), Stop> {
    // The runner has begun a line with the name of the test.
    say("")?;
    let mut store: Option<Store> = None;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match word {
            "create" => Store::create(folder, &opening(1))?,
            // Beginning where there is one must be refused.
            "again" => match Store::create(folder, &opening(1)) {
                Err(StoreError::Exists { .. }) => {}
                Err(error) => return Err(error.into()),
                Ok(()) => return Err(Stop::Broken("a store was begun over another".to_owned())),
            },
            "open" => store = Some(Store::open(folder, Access::Write)?.0),
            "append" => append(store.as_mut().unwrap(), rest.parse().unwrap())?,
            "close" => store.take().unwrap().close(&at(0))?,
            "backup" => drop(backup(folder, Path::new(rest))?),
            "recover" => drop(recover(folder, &[], true)?),
            "restore" => drop(restore(folder, Path::new(rest), true)?),
            "memory" => say(&format!("memory {}", most_memory()))?,
            "list" => list(folder)?,
            _ => return Err(Stop::Broken(format!("no such word: {word}"))),
        }
        say(&format!("done {word}"))?;
    }
    Ok(())
}

/// Adds entries. One that is refused is tried again after opening anew, as a person would.
fn append(store: &mut Store, count: u64) -> Result<(), Stop> {
    let end = store.desk().next_seq() + count;
    let mut refused = 0;
    while store.desk().next_seq() < end {
        let seq = store.desk().next_seq();
        let Some(change) = change(store.desk(), seq) else {
            return Err(Stop::Broken(format!("entry {seq} was called unsaved and is there")));
        };
        match store.append(change, None, at(u32::try_from(seq % 30_000).unwrap()), reviewer()) {
            Ok(saved) if saved == seq => say(&format!("ok {seq}"))?,
            Ok(saved) => return Err(Stop::Broken(format!("entry {seq} was saved as {saved}"))),
            Err(error @ StoreError::NotSaved { .. }) if refused < 3 => {
                refused += 1;
                let _nobody_listens = writeln!(io::stderr(), "not saved {seq}: {error:?}");
                store.reopen()?;
                if store.desk().next_seq() != seq {
                    return Err(Stop::Broken(format!("entry {seq} was called unsaved; now the next is {}", store.desk().next_seq())));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The most memory this process ever held, where the system says so.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or_else(|| "unknown".to_owned(), |line| line.trim().to_owned())
}

fn list(folder: &Path) -> Result<(), Stop> {
    let (store, _) = Store::open(folder, Access::Read)?;
    for entry in &store.desk().entries {
        say(&format!("entry {} {:?}", entry.seq, entry.change))?;
    }
    Ok(())
}
