//! A reviewer's desk that any number of entries can be written to, and what must stand on it afterwards.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::domain::sheet::Declaration;
use tempfile::TempDir;

use crate::support::{
    faults::{Act, Fault, Outcome, run},
    rules::of,
    stage::{Machine, copy},
};

/// The applications that are scored, all of R02's worklist.
pub(super) const APPLICATIONS: [&str; 4] = ["sx-0004", "sx-0013", "sx-0019", "sx-0020"];
/// The criteria that are scored; each takes 0 to 4 in steps of a half.
const CRITERIA: [&str; 13] = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "O1", "O2"];
/// 2026-03-16, while the panel sits.
const NOW: &str = "1773626400";

/// A data folder on which R02 has begun: the package taken in, the pledge accepted, four conflict questions answered.
static BEGUN: LazyLock<(TempDir, u64)> = LazyLock::new(|| {
    let mut machine = Machine::of("R02");
    let mut session = machine.sits_down();
    for application in APPLICATIONS {
        let change = session.desk().set_declaration(&of(application), Some(Declaration::NoConflict));
        session.record(change, &machine.now()).unwrap();
    }
    let entries = session.desk().next_seq();
    session.close(&machine.now()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(&machine.path().join("home"), folder.path());
    (folder, entries)
});

/// Entries that stand in the journal before the first score.
pub(super) fn begun() -> u64 {
    BEGUN.1
}

/// Lays the desk out in `home`, and `scores` on it.
pub(super) fn lay(home: &Path, scores: u64) {
    copy(BEGUN.0.path(), home);
    if scores > 0 {
        let outcome = run(&batch(home, 0, scores), &Fault::None).unwrap();
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    }
}

/// The same, left by a session that died: everything is in the journal, and nothing was closed.
pub(super) fn lay_dead(home: &Path, scores: u64) {
    lay(home, scores);
    let outcome = run(&batch(home, scores, 40), &Fault::Kill { call: "fdatasync", nth: 25 }).unwrap();
    assert_eq!(outcome.code, None, "it was to be killed: {outcome:?}");
}

/// Where the store lies.
pub(super) fn store(home: &Path) -> PathBuf {
    home.join("work/sx-2026-01-p1-r02/store")
}

/// The program with these words, on this data folder.
pub(super) fn pingyi(home: &Path, words: &[&str]) -> Act {
    let mut args = vec!["--home".to_owned(), home.display().to_string(), "--lang".to_owned(), "en".to_owned()];
    args.extend(words.iter().map(|word| (*word).to_owned()));
    let env = vec![("SOURCE_DATE_EPOCH".to_owned(), NOW.into()), ("RUST_BACKTRACE".to_owned(), "0".into())];
    Act { env, ..Act::of(env!("CARGO_BIN_EXE_pingyi"), args) }
}

/// Scores number `from` and the `count` after it, one a line.
pub(super) fn batch(home: &Path, from: u64, count: u64) -> Act {
    let lines = (from..from + count).map(|number| {
        let (application, criterion, value) = score(number);
        format!("set {application} {criterion} {value}\n")
    });
    Act { stdin: lines.collect(), ..pingyi(home, &["score", "batch"]) }
}

/// Score number `number`: each differs from what stood in its cell, so that each makes one entry.
fn score(number: u64) -> (&'static str, &'static str, String) {
    let place = usize::try_from(number).unwrap();
    let value = (number / 52) % 8 + 1;
    let points = if value.is_multiple_of(2) { format!("{}", value / 2) } else { format!("{}.5", value / 2) };
    (APPLICATIONS[place % 4], CRITERIA[place / 4 % 13], points)
}

/// What stands in the cells after so many scores.
fn cells(scores: u64) -> BTreeMap<(String, String), String> {
    let mut cells = BTreeMap::new();
    for number in 0..scores {
        let (application, criterion, value) = score(number);
        cells.insert((application.to_owned(), criterion.to_owned()), value);
    }
    cells
}

/// Runs a command without any fault.
pub(super) fn plainly(act: &Act) -> Result<Outcome, String> {
    let outcome = run(act, &Fault::None)?;
    if outcome.stderr.contains("panicked") { Err(format!("it panicked: {}", outcome.stderr)) } else { Ok(outcome) }
}

/// How many scores the journal holds, by `score list --plain` and `check`; every cell must be what those scores made it.
pub(super) fn scores(home: &Path) -> Result<u64, String> {
    let listed = plainly(&pingyi(home, &["score", "list", "--plain"]))?;
    if listed.code != Some(0) {
        return Err(format!("cannot be read: {}", listed.stderr));
    }
    let mut found = BTreeMap::new();
    for line in listed.stdout.lines() {
        let parts: Vec<&str> = line.split('\t').collect();
        if let [application, criterion, "scored", value] = parts[..] {
            found.insert((application.to_owned(), criterion.to_owned()), value.to_owned());
        }
    }
    let entries = entries(home)?;
    let count = entries.checked_sub(begun()).ok_or(format!("only {entries} entries"))?;
    if found == cells(count) { Ok(count) } else { Err(format!("{count} scores, but the cells show {found:?}")) }
}

/// The number of entries in the journal, as `journal show --json` has them.
fn entries(home: &Path) -> Result<u64, String> {
    let shown = plainly(&pingyi(home, &["--json", "journal", "show"]))?;
    let entries: Vec<serde_json::Value> = serde_json::from_str(&shown.stdout).map_err(|error| format!("{error}: {}", shown.stderr))?;
    Ok(entries.len() as u64)
}

/// After any accident: everything acknowledged is readable, the next score is saved, all witnesses agree, and no unfinished file is left.
/// Returns how many scores there are now.
pub(super) fn still_good(home: &Path, least: u64, most: u64) -> Result<u64, String> {
    let count = scores(home)?;
    if count < least || count > most {
        return Err(format!("{count} scores, not {least} to {most}"));
    }
    let next = plainly(&batch(home, count, 1))?;
    if next.code != Some(0) || next.acknowledged.len() != 1 {
        return Err(format!("the next score is not saved: {} {}", next.stdout, next.stderr));
    }
    let checked = plainly(&pingyi(home, &["check"]))?;
    if checked.code != Some(0) {
        return Err(format!("unsound afterwards: {}{}", checked.stdout, checked.stderr));
    }
    leftovers(home)?;
    Ok(count + 1)
}

/// Unfinished files of a session that died are gone after the next one.
fn leftovers(folder: &Path) -> Result<(), String> {
    for entry in fs::read_dir(folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            return Err(format!("{} is left", path.display()));
        }
        if path.is_dir() {
            leftovers(&path)?;
        }
    }
    Ok(())
}

/// The scores that a batch from number `from` on acknowledged: how many there are now at least.
pub(super) fn acknowledged(outcome: &Outcome, from: u64) -> u64 {
    outcome.acknowledged.last().map_or(from, |seq| seq + 1 - begun())
}
