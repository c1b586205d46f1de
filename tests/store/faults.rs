//! Killed at any moment, killed before any file call, any file call failing: nothing that was acknowledged is lost, nothing is
//! there that nobody wrote, nothing was called saved that was not, and every failure has words.
#![cfg(target_os = "linux")]

use std::{fs, path::Path};

use pingyi::{
    domain::desk::Desk,
    store::{Access, Store, check},
};

use super::child;
use crate::support::{
    faults::{Attack, Dice, Fault, Outcome, can_inject, full, kill_at_any_moment, run},
    store::{copy_all, now, opening, reviewer},
};

/// Faults of one kind for one command in a run that does not ask for all.
const SAMPLE: usize = 8;

/// A store with `entries` entries besides the first, closed or left by a session that died.
pub(super) fn laid(folder: &Path, entries: u64, ended: bool) {
    Store::create(folder, &opening(1)).unwrap();
    let mut store = Store::open(folder, Access::Write).unwrap().0;
    for seq in 1..=entries {
        let change = child::change(store.desk(), seq).unwrap();
        store.append(change, None, now(), reviewer()).unwrap();
    }
    if ended {
        store.close(&now()).unwrap();
    } else {
        // A session that died: no seal, no whole backup of the end.
        let copy = tempfile::tempdir().unwrap();
        copy_all(folder, copy.path());
        drop(store);
        fs::remove_dir_all(folder).unwrap();
        copy_all(copy.path(), folder);
    }
}

/// Whether the store holds `least` to `most` entries, each the one that was written there.
fn holds(desk: &Desk, least: u64, most: u64) -> Result<(), String> {
    let count = desk.entries.len() as u64;
    if count < least || count > most {
        return Err(format!("{count} entries, not {least} to {most}"));
    }
    let mut model = Desk::replay([opening(1)]).unwrap();
    for entry in desk.entries.iter().skip(1) {
        let expected = child::change(&model, entry.seq);
        if expected.as_ref() != Some(&entry.change) {
            return Err(format!("entry {} is another: {:?}", entry.seq, entry.change));
        }
        model.apply(entry.clone()).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Opens plainly, looks, saves one more, closes, and lets every witness speak.
pub(super) fn still_good(folder: &Path, least: u64, most: u64) -> Result<(), String> {
    let (mut store, _) = Store::open(folder, Access::Write).map_err(|error| format!("refused: {error:?}"))?;
    holds(store.desk(), least, most)?;
    let seq = store.desk().next_seq();
    let change = child::change(store.desk(), seq).ok_or("the next change is there already")?;
    store.append(change, None, now(), reviewer()).map_err(|error| format!("next save: {error:?}"))?;
    store.close(&now()).map_err(|error| format!("close: {error:?}"))?;
    let report = check(folder, &[]).map_err(|error| format!("check: {error:?}"))?;
    if !report.sound {
        return Err(format!("unsound afterwards: {:?}", report.witnesses));
    }
    leftovers(folder)
}

/// Unfinished files of the session that died are gone after the next one.
fn leftovers(folder: &Path) -> Result<(), String> {
    for place in [folder.to_owned(), folder.join("backups")] {
        for entry in fs::read_dir(&place).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                return Err(format!("{name} is left in {}", place.display()));
            }
        }
    }
    Ok(())
}

/// What the acknowledgements of a script that appends `count` entries after `before` allow.
fn appended(folder: &Path, outcome: &Outcome, before: u64, count: u64) -> Result<(), String> {
    if outcome.code == Some(child::BROKEN) {
        return Err("it broke its word".to_owned());
    }
    let saved = outcome.acknowledged.last().map_or(before, |seq| seq + 1);
    if outcome.code == Some(0) && saved != before + count {
        return Err(format!("it says that all went well, but acknowledged only {saved}"));
    }
    // One entry may be whole in the journal while its acknowledgement was not out yet.
    still_good(folder, saved, (saved + 1).min(before + count))
}

#[test]
fn killed_at_any_moment_it_loses_nothing_that_it_acknowledged() {
    let rounds: usize = if full() { 300 } else { 15 };
    let places: Vec<_> = (0..rounds.div_ceil(20)).map(|_| tempfile::tempdir().unwrap()).collect();
    let folder = |round: usize| places[round / 20].path().join("store");
    let mut entries = 0;
    let acknowledged = kill_at_any_moment(
        rounds,
        &mut Dice::new("killed at any moment"),
        &mut |round| {
            let begun = folder(round).join("journal").exists();
            child::act(&folder(round), if begun { "open\nappend 100000\nclose\n" } else { "create\nopen\nappend 100000\nclose\n" })
        },
        &mut |round, outcome| {
            let before = if round % 20 == 0 { 0 } else { entries };
            let saved = outcome.acknowledged.last().map_or(before, |seq| seq + 1);
            // Killed before the first: there is nothing yet, or what was there.
            entries = if saved == 0 && !folder(round).join("journal").exists() {
                0
            } else {
                after(&folder(round), saved.max(1), saved.max(1) + 1)?
            };
            Ok(())
        },
    );
    eprintln!("{rounds} rounds, {acknowledged} acknowledged entries");
}

/// Looks into the store plainly and says how many entries it holds.
fn after(folder: &Path, least: u64, most: u64) -> Result<u64, String> {
    let (store, report) = Store::open(folder, Access::Write).map_err(|error| format!("refused: {error:?}"))?;
    holds(store.desk(), least, most).map_err(|why| format!("{why}; {:?}", report.notes))?;
    let count = store.desk().entries.len() as u64;
    // Every other time the next round finds a session that died.
    if count.is_multiple_of(2) {
        store.close(&now()).map_err(|error| format!("{error:?}"))?;
    }
    Ok(count)
}

/// Begins a store and uses it.
fn creating(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "create, open, append 3, close",
        prepare: &|_| (),
        act: &|place| child::act(&place.join("store"), "create\nopen\nappend 3\nclose\n"),
        judge: &|place, outcome| {
            let folder = place.join("store");
            if folder.join("journal").exists() {
                let saved = outcome.acknowledged.last().map_or(1, |seq| seq + 1);
                if outcome.code == Some(0) && saved != 4 {
                    return Err(format!("it says that all went well, but acknowledged only {saved}"));
                }
                return still_good(&folder, saved, (saved + 1).min(4));
            }
            if outcome.stdout.contains("done create") || outcome.code == Some(0) {
                return Err("called begun, but there is no journal".to_owned());
            }
            // Nothing was begun; beginning again works.
            let again = run(&child::act(&folder, "create\nopen\nappend 3\nclose\n"), &Fault::None)?;
            if again.code == Some(0) { still_good(&folder, 4, 4) } else { Err(format!("cannot begin again: {}", again.stderr)) }
        },
    })
}

/// A day's work on a store that was closed well.
fn going_on(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "open, append 4, close",
        prepare: &|place| laid(&place.join("store"), 20, true),
        act: &|place| child::act(&place.join("store"), "open\nappend 4\nclose\n"),
        judge: &|place, outcome| appended(&place.join("store"), outcome, 21, 4),
    })
}

/// A day's work on a store whose last session died, across the points where backups are due.
fn going_on_after_a_crash(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "after a crash: open, append 3 over a due backup, close",
        prepare: &|place| laid(&place.join("store"), 298, false),
        act: &|place| child::act(&place.join("store"), "open\nappend 3\nclose\n"),
        judge: &|place, outcome| appended(&place.join("store"), outcome, 299, 3),
    })
}

/// A copy on a stick, over an earlier one.
fn copying(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "backup over an earlier copy",
        prepare: &|place| {
            laid(&place.join("store"), 10, true);
            let journal = fs::read_to_string(place.join("store/journal")).unwrap();
            fs::write(place.join("copy"), journal.split_inclusive('\n').take(5).collect::<String>()).unwrap();
        },
        act: &|place| child::act(&place.join("store"), &format!("backup {}\n", place.join("copy").display())),
        judge: &|place, outcome| {
            let copy = fs::read_to_string(place.join("copy")).map_err(|error| format!("the earlier copy is gone: {error}"))?;
            let journal = fs::read_to_string(place.join("store/journal")).unwrap();
            let lines = copy.lines().count();
            if !journal.starts_with(&copy) || !(lines == 5 || copy == journal) {
                return Err(format!("the copy is neither the earlier nor the later: {lines} lines"));
            }
            if outcome.stdout.contains("done backup") && copy != journal {
                return Err("called done, but it is the earlier copy".to_owned());
            }
            still_good(&place.join("store"), 11, 11)
        },
    })
}

/// Recovering a journal with a damaged line from index and backups.
fn recovering(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "recover",
        prepare: &|place| {
            let folder = place.join("store");
            laid(&folder, 12, true);
            let mut bytes = fs::read(folder.join("journal")).unwrap();
            bytes[900] ^= 4;
            fs::write(folder.join("journal"), bytes).unwrap();
        },
        act: &|place| child::act(&place.join("store"), "recover\n"),
        judge: &|place, outcome| {
            let folder = place.join("store");
            if !outcome.stdout.contains("done recover") {
                let again = run(&child::act(&folder, "recover\n"), &Fault::None)?;
                if again.code != Some(0) {
                    return Err(format!("cannot recover again: {}", again.stderr));
                }
            }
            let kept = fs::read(folder.join("journal.damaged-1")).map_err(|error| format!("the damaged journal was not kept: {error}"))?;
            if kept.get(900) != Some(&(kept_byte(&folder) ^ 4)) {
                return Err("what was put aside is not the damaged journal".to_owned());
            }
            still_good(&folder, 13, 13)
        },
    })
}

fn kept_byte(folder: &Path) -> u8 {
    fs::read(folder.join("journal")).unwrap()[900]
}

/// Beginning a store where there is one.
fn beginning_twice(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "create where a store is",
        prepare: &|place| laid(&place.join("store"), 5, true),
        act: &|place| child::act(&place.join("store"), "again\n"),
        judge: &|place, _| still_good(&place.join("store"), 6, 6),
    })
}

/// Putting an earlier backup back on purpose.
fn restoring(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    act(&Attack {
        name: "restore",
        prepare: &|place| {
            let folder = place.join("store");
            laid(&folder, 12, true);
            let journal = fs::read_to_string(folder.join("journal")).unwrap();
            fs::write(place.join("early"), journal.split_inclusive('\n').take(6).collect::<String>()).unwrap();
        },
        act: &|place| child::act(&place.join("store"), &format!("restore {}\n", place.join("early").display())),
        judge: &|place, outcome| {
            let folder = place.join("store");
            if !outcome.stdout.contains("done restore") {
                let script = format!("restore {}\n", place.join("early").display());
                let again = run(&child::act(&folder, &script), &Fault::None)?;
                if again.code != Some(0) {
                    return Err(format!("cannot restore again: {}", again.stderr));
                }
            }
            still_good(&folder, 6, 6)
        },
    })
}

#[test]
fn killed_before_any_file_call_of_beginning_it_leaves_a_whole_store_or_none() {
    if can_inject() {
        creating(|attack| attack.kill_everywhere(SAMPLE));
    }
}

#[test]
fn killed_before_any_file_call_of_saving_it_loses_nothing() {
    if can_inject() {
        going_on(|attack| attack.kill_everywhere(SAMPLE));
        going_on_after_a_crash(|attack| attack.kill_everywhere(SAMPLE));
    }
}

#[test]
fn killed_before_any_file_call_of_a_backup_it_leaves_the_earlier_copy_or_the_later() {
    if can_inject() {
        copying(|attack| attack.kill_everywhere(SAMPLE));
    }
}

#[test]
fn killed_before_any_file_call_of_recovering_it_can_be_recovered_again() {
    if can_inject() {
        recovering(|attack| attack.kill_everywhere(SAMPLE));
        restoring(|attack| attack.kill_everywhere(SAMPLE));
    }
}

/// Input and output errors, and a full disk.
const ERRORS: &[&str] = &["EIO", "ENOSPC"];

#[test]
fn whichever_file_call_of_beginning_fails_it_says_so_or_succeeds() {
    if can_inject() {
        creating(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
        beginning_twice(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}

#[test]
fn whichever_file_call_of_saving_fails_nothing_is_called_saved_that_is_not() {
    if can_inject() {
        going_on(|attack| attack.fail_everywhere(ERRORS, 2 * SAMPLE));
        going_on_after_a_crash(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}

#[test]
fn whichever_file_call_of_a_backup_fails_the_earlier_copy_or_the_later_is_there() {
    if can_inject() {
        copying(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}

#[test]
fn whichever_file_call_of_recovering_fails_it_can_be_recovered_again() {
    if can_inject() {
        recovering(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
        restoring(|attack| attack.fail_everywhere(ERRORS, SAMPLE));
    }
}
