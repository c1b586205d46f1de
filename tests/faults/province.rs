//! `aggregate` killed before every file call, or a file call failing: the register lies under its name whole or not at all, so do the
//! tables, and doing it again gives the very same bytes.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::desk::{pingyi, plainly};
use crate::support::{
    faults::{Act, Attack, can_inject},
    registers::inbox,
    stage::{copy, home_of, root},
};

const SAMPLE: usize = 5;
const BUNDLE: &str = "out/aggregate-sx-2026-r1.zip";

fn home(place: &Path) -> PathBuf {
    place.join("home")
}

/// The inbox has one good result and two bad ones.
fn prepare(place: &Path) {
    copy(&home_of("OF1").keys(), &home(place).join("keys"));
    fs::create_dir(place.join("in")).unwrap();
    for name in [inbox().good[0].as_str(), "c-cut.zip", "k-digit-relisted.zip"] {
        fs::copy(inbox().path().join(name), place.join("in").join(name)).unwrap();
    }
}

fn aggregate(place: &Path) -> Act {
    let text = |path: &str| place.join(path).to_str().unwrap().to_owned();
    let (inbox, out, tables) = (text("in"), text("out"), text("tables"));
    let offices = root().join("office.allowed_signers").to_str().unwrap().to_owned();
    let words = ["aggregate", &inbox, "--register", "sx-2026", "--offices", &offices, "--to", &out, "--tables", &tables, "--key", "OF1"];
    let mut act = pingyi(&home(place), &words);
    act.env.push(("SOURCE_DATE_EPOCH".to_owned(), "1780300000".into()));
    act
}

/// What an undisturbed run writes.
fn reference() -> (Vec<u8>, Vec<u8>) {
    let place = tempfile::tempdir().unwrap();
    prepare(place.path());
    let outcome = plainly(&aggregate(place.path())).unwrap();
    assert_eq!(outcome.code, Some(0), "{outcome:?}");
    written(place.path())
}

fn written(place: &Path) -> (Vec<u8>, Vec<u8>) {
    (fs::read(place.join(BUNDLE)).unwrap(), fs::read(place.join("tables/scores.csv")).unwrap())
}

/// Bytes in folders that are only there while something is being made.
fn left_over(place: &Path) -> u64 {
    let scratch =
        fs::read_dir(place).unwrap().map(Result::unwrap).filter(|entry| entry.file_name().to_string_lossy().starts_with(".pingyi-"));
    scratch.map(|entry| size(&entry.path())).sum()
}

fn size(path: &Path) -> u64 {
    if !path.is_dir() {
        return fs::metadata(path).unwrap().len();
    }
    fs::read_dir(path).unwrap().map(|entry| size(&entry.unwrap().path())).sum()
}

fn attacked(act: impl Fn(&Attack<'_>) -> usize) -> usize {
    let reference = reference();
    act(&Attack {
        name: "aggregate",
        prepare: &prepare,
        act: &aggregate,
        judge: &|place, outcome| {
            let bundle = place.join(BUNDLE);
            if bundle.exists() && fs::read(&bundle).unwrap() != reference.0 {
                return Err("half a register lies under its name".to_owned());
            }
            if outcome.code == Some(0) && !bundle.exists() {
                return Err("called done, but there is no register".to_owned());
            }
            if place.join("tables").exists() {
                if fs::read(place.join("tables/scores.csv")).ok() != Some(reference.1.clone()) {
                    return Err("half the tables lie under their name".to_owned());
                }
                // Tables that are whole are never written over; whoever wants them again takes the old ones away.
                fs::remove_dir_all(place.join("tables")).unwrap();
            }
            let again = plainly(&aggregate(place))?;
            if again.code != Some(0) || written(place) != reference {
                return Err(format!("done again, it is not the same: {}{}", again.stdout, again.stderr));
            }
            if left_over(place) + left_over(&place.join("out")) > 0 {
                return Err("what the first run had begun is still there after the second".to_owned());
            }
            Ok(())
        },
    })
}

#[test]
fn killed_before_any_file_call_of_aggregating_the_register_is_whole_or_absent() {
    if can_inject() {
        assert!(attacked(|attack| attack.kill_everywhere(SAMPLE)) > 0);
    }
}

#[test]
fn a_file_call_that_fails_while_aggregating_leaves_a_whole_register_or_none() {
    if can_inject() {
        assert!(attacked(|attack| attack.fail_everywhere(&["ENOSPC"], SAMPLE)) > 0);
    }
}
