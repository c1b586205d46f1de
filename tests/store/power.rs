//! The power goes. Whatever the disk then holds, everything that was acknowledged is there.
#![cfg(target_os = "linux")]

use std::path::Path;

use super::{
    child,
    faults::{laid, still_good},
};
use crate::support::{
    faults::{Dice, can_inject, full},
    powerloss::{Durable, Recording},
};

const MODELS: [Durable; 3] = [Durable::Everything, Durable::SyncFileRangeToo, Durable::OnlyFsync];

/// Rebuilds disks at moments spread over the recording and looks at each. `begun` entries were there before.
fn lose_power(what: &str, prepare: impl Fn(&Path), script: &str, begun: u64) {
    let place = tempfile::tempdir().unwrap();
    prepare(&place.path().join("store"));
    let recording = Recording::of(&child::act(&place.path().join("store"), script), place.path());
    let rounds = if full() { 1000 } else { 25 };
    let mut dice = Dice::new(what);
    let mut wrong = Vec::new();
    for durable in MODELS {
        for round in 0..rounds {
            let moment = (round * recording.moments() / rounds + usize::try_from(dice.below(3)).unwrap()).min(recording.moments() - 1);
            let disk = tempfile::tempdir().unwrap();
            recording.rebuild(moment, durable, &mut dice, disk.path());
            let folder = disk.path().join("store");
            let saved = recording.acknowledged(moment).map_or(begun, |seq| seq + 1);
            let verdict = match folder.join("journal").exists() {
                true => still_good(&folder, saved.max(1), saved.max(1) + 1),
                false if saved == 0 => Ok(()),
                false => Err("the journal is gone".to_owned()),
            };
            if let Err(why) = verdict {
                wrong.push(format!("{durable:?} {}: {why}", recording.describe(moment)));
            }
        }
    }
    eprintln!("{what}: {} moments, {} disks, {} wrong", recording.moments(), rounds * MODELS.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn when_the_power_goes_in_a_first_session_everything_acknowledged_is_there() {
    if can_inject() {
        lose_power("a first session", |_| (), "create\nopen\nappend 12\nclose\n", 0);
    }
}

#[test]
fn when_the_power_goes_in_a_later_session_everything_acknowledged_is_there() {
    if can_inject() {
        lose_power("a later session", |folder| laid(folder, 30, true), "open\nappend 12\nclose\n", 31);
    }
}

#[test]
fn when_the_power_goes_while_a_part_is_added_to_everything_acknowledged_is_there() {
    if can_inject() {
        lose_power("a session after a crash", |folder| laid(folder, 298, false), "open\nappend 4\nclose\nopen\nappend 2\nclose\n", 299);
    }
}
