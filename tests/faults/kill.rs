//! Killed: at any moment, and before every file call.

use std::{cell::Cell, fs, path::Path};

use super::desk::{acknowledged, batch, begun, lay, lay_dead, pingyi, plainly, scores, still_good, store};
use crate::support::{
    faults::{Act, Attack, Dice, Outcome, can_inject, full, kill_at_any_moment},
    stage::{copy, home_of, package, root},
};

/// Faults for one command in a run that does not ask for all.
const SAMPLE: usize = 5;

#[test]
fn killed_at_any_moment_no_score_that_was_called_saved_is_lost() {
    let rounds = if full() { 300 } else { 10 };
    let place = tempfile::tempdir().unwrap();
    let home = |round: usize| place.path().join(format!("{}", round / 20));
    let count = Cell::new(0);
    let saved = kill_at_any_moment(
        rounds,
        &mut Dice::new("the command line, killed at any moment"),
        &mut |round| {
            if round % 20 == 0 {
                lay(&home(round), 0);
                count.set(0);
            }
            batch(&home(round), scores(&home(round)).unwrap(), 3_000)
        },
        &mut |round, outcome| {
            let before = if round % 20 == 0 { 0 } else { count.get() };
            let least = acknowledged(outcome, before);
            // One score may be whole in the journal while its acknowledgement was not out yet.
            count.set(still_good(&home(round), least, least + 1)?);
            Ok(())
        },
    );
    eprintln!("{rounds} rounds, {saved} acknowledged scores");
    assert!(!full() || saved >= 10_000, "only {saved} acknowledged scores");
}

/// A batch of `added` scores on what `prepare` lays.
fn scoring(name: &str, prepare: &dyn Fn(&Path), before: u64, added: u64, act: impl Fn(&Attack<'_>) -> usize) {
    act(&Attack {
        name,
        prepare,
        act: &|place| batch(&place.join("home"), scores(&place.join("home")).unwrap(), added),
        judge: &|place, outcome| scored(&place.join("home"), outcome, before, added),
    });
}

/// What a batch may leave: what it acknowledged, and at most one more.
pub(super) fn scored(home: &Path, outcome: &Outcome, before: u64, added: u64) -> Result<(), String> {
    let least = acknowledged(outcome, before);
    if outcome.code == Some(0) && least != before + added {
        return Err(format!("it says that all went well, but acknowledged only {least}"));
    }
    still_good(home, least, (least + 1).min(before + added)).map(|_| ())
}

#[test]
fn killed_before_any_file_call_of_scoring_it_loses_nothing() {
    if can_inject() {
        let kill = |attack: &Attack<'_>| attack.kill_everywhere(SAMPLE);
        scoring("score batch", &|place| lay(&place.join("home"), 8), 8, 3, kill);
    }
}

#[test]
fn killed_before_any_file_call_after_a_session_that_died_it_loses_nothing() {
    if can_inject() {
        // How many the dead session saved is for its own journal to say.
        let kill = |attack: &Attack<'_>| attack.kill_everywhere(SAMPLE);
        let home = tempfile::tempdir().unwrap();
        lay_dead(home.path(), 8);
        let before = scores(home.path()).unwrap();
        scoring("score batch after a session that died", &|place| copy(home.path(), &place.join("home")), before, 3, kill);
    }
}

/// Takes the package in on a machine that has only R02's key.
fn opening(act: impl Fn(&Attack<'_>) -> usize) {
    let words = |home: &Path| -> Act { pingyi(home, &["open", package().to_str().unwrap(), "--as", "R02", "--no-screen"]) };
    act(&Attack {
        name: "open",
        prepare: &|place| copy(&home_of("R02").keys(), &place.join("home/keys")),
        act: &|place| words(&place.join("home")),
        judge: &|place, outcome| {
            let home = place.join("home");
            let is_there = store(&home).join("journal").exists();
            if outcome.code == Some(0) && !is_there {
                return Err("called done, but there is no journal".to_owned());
            }
            // Whole or not at all: where it is not, it can be opened again.
            if !is_there {
                let again = plainly(&words(&home))?;
                if again.code != Some(0) {
                    return Err(format!("cannot be opened again: {}", again.stderr));
                }
            }
            let checked = plainly(&pingyi(&home, &["check"]))?;
            if checked.code == Some(0) { Ok(()) } else { Err(format!("unsound: {}{}", checked.stdout, checked.stderr)) }
        },
    });
}

#[test]
fn killed_before_any_file_call_of_opening_a_package_it_is_there_whole_or_can_be_opened_again() {
    if can_inject() {
        opening(|attack| attack.kill_everywhere(SAMPLE));
    }
}

/// A backup to a stick that holds an earlier one.
pub(super) fn backing_up(act: impl Fn(&Attack<'_>) -> usize) {
    act(&Attack {
        name: "backup --to",
        prepare: &|place| {
            lay(&place.join("home"), 5);
            assert_eq!(
                plainly(&pingyi(&place.join("home"), &["backup", "--to", place.join("stick").to_str().unwrap()])).unwrap().code,
                Some(0)
            );
            assert_eq!(plainly(&batch(&place.join("home"), 5, 2)).unwrap().code, Some(0));
        },
        act: &|place| pingyi(&place.join("home"), &["backup", "--to", place.join("stick").to_str().unwrap()]),
        judge: &|place, outcome| {
            let journal = fs::read(store(&place.join("home")).join("journal")).unwrap();
            let copies: Vec<Vec<u8>> = fs::read_dir(place.join("stick"))
                .map_err(|error| error.to_string())?
                .map(|entry| fs::read(entry.unwrap().path()).unwrap())
                .collect();
            if !copies.iter().all(|copy| journal.starts_with(copy)) {
                return Err("a file on the stick is neither the earlier copy nor the later".to_owned());
            }
            if outcome.code == Some(0) && !copies.contains(&journal) {
                return Err("called done, but the later copy is not there".to_owned());
            }
            still_good(&place.join("home"), 7, 7).map(|_| ())
        },
    });
}

#[test]
fn killed_before_any_file_call_of_a_backup_the_stick_holds_whole_copies_only() {
    if can_inject() {
        backing_up(|attack| attack.kill_everywhere(SAMPLE));
    }
}

/// Mending a journal in which one character was changed.
pub(super) fn recovering(act: impl Fn(&Attack<'_>) -> usize) {
    act(&Attack {
        name: "recover --yes",
        prepare: &|place| {
            let home = place.join("home");
            lay(&home, 12);
            let journal = store(&home).join("journal");
            let mut bytes = fs::read(&journal).unwrap();
            let spot = bytes.len() - 300;
            bytes[spot] ^= 4;
            fs::write(&journal, bytes).unwrap();
        },
        act: &|place| pingyi(&place.join("home"), &["recover", "--yes"]),
        judge: &|place, outcome| {
            let home = place.join("home");
            if outcome.code != Some(0) {
                let again = plainly(&pingyi(&home, &["recover", "--yes"]))?;
                if again.code != Some(0) {
                    return Err(format!("cannot be recovered again: {}{}", again.stdout, again.stderr));
                }
            }
            still_good(&home, 12, 12).map(|_| ())
        },
    });
}

#[test]
fn killed_before_any_file_call_of_recovering_it_can_be_recovered_again() {
    if can_inject() {
        recovering(|attack| attack.kill_everywhere(SAMPLE));
    }
}

#[test]
fn killed_before_any_file_call_of_an_export_the_bundle_is_whole_or_absent_under_its_name() {
    if can_inject() {
        exporting(|attack| attack.kill_everywhere(SAMPLE));
    }
}

/// Signing and writing the score bundle of a desk on which all is handed in.
pub(super) fn exporting(act: impl Fn(&Attack<'_>) -> usize) {
    act(&Attack {
        name: "export scores",
        prepare: &|place| copy(&root().join("homes/r02"), &place.join("home")),
        act: &|place| pingyi(&place.join("home"), &["export", "scores", "--to", place.join("stick").to_str().unwrap()]),
        judge: &|place, outcome| {
            let bundles: Vec<_> = fs::read_dir(place.join("stick")).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
            let named = bundles.iter().filter(|path| path.extension().is_some_and(|ending| ending == "zip"));
            for bundle in named.clone() {
                let verified = plainly(&pingyi(
                    &place.join("home"),
                    &["verify", bundle.to_str().unwrap(), "--trust", root().join("office.allowed_signers").to_str().unwrap()],
                ))?;
                if verified.code != Some(0) {
                    return Err(format!("half a bundle under its final name: {}", verified.stdout));
                }
            }
            if outcome.code == Some(0) && named.count() != 1 {
                return Err(format!("called done, but there are {bundles:?}"));
            }
            let checked = plainly(&pingyi(&place.join("home"), &["check"]))?;
            if checked.code == Some(0) { Ok(()) } else { Err(format!("unsound: {}{}", checked.stdout, checked.stderr)) }
        },
    });
}

#[test]
fn the_desk_of_these_tests_is_what_they_take_it_for() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path(), 60);
    assert_eq!(scores(home.path()), Ok(60));
    assert!(begun() > 4);
}
