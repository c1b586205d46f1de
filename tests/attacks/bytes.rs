//! Every byte, every bit of a signature, every file: nothing may change without being named (reliability bars 12 and 13).
//! The sample of the usual run is spread over all members; `PINGYI_FAULTS=full` takes every position of every file.

use std::fs;

use pingyi::bundle::layer::{Report, State};

use super::{findings, target, verify_bytes};
use crate::support::bundle::{Members, pack_as, unpack};

const KINDS: [&str; 3] = ["scores", "package", "enrol"];

fn is_full() -> bool {
    std::env::var("PINGYI_FAULTS").is_ok_and(|value| value == "full")
}

/// The good bundle of a kind, taken apart.
fn good(on: &str) -> (String, Members) {
    let (file, ..) = target(on);
    (file.file_stem().unwrap().to_str().unwrap().to_owned(), unpack(&fs::read(file).unwrap()))
}

fn report(stem: &str, members: &Members) -> Report {
    verify_bytes(&format!("{stem}.zip"), &pack_as(stem, members))
}

/// Refused, with the layer that failed and a finding that names `member`, or the list that speaks of it.
fn refused(report: &Report, member: &str, what: &str) {
    assert!(!report.passes() && report.layers.iter().any(|layer| layer.state == State::Fail), "{what}: not refused");
    let found = findings(report);
    let names = |name: &str| found.iter().any(|(_, _, found)| found == name);
    // A changed list no longer fits its own digest or the signature; the file that says so is named.
    assert!(names(member) || member.contains("manifest") || found.iter().any(|(_, _, name)| !name.is_empty()), "{what}: {found:?}");
}

#[test]
fn no_byte_of_any_file_can_change_unnoticed() {
    for on in KINDS {
        let (stem, members) = good(on);
        let names: Vec<&String> = members.keys().collect();
        let most = if is_full() { usize::MAX } else { 400 / names.len() + 1 };
        for name in names {
            let bytes = &members[name];
            let step = (bytes.len() / most).max(1);
            for at in (0..bytes.len()).step_by(step).take(most) {
                let mut changed = members.clone();
                changed.get_mut(name).unwrap()[at] ^= 0x20;
                refused(&report(&stem, &changed), name, &format!("{on} {name} byte {at}"));
            }
        }
    }
}

#[test]
fn no_bit_of_a_signature_can_change_unnoticed() {
    for on in KINDS {
        let (stem, members) = good(on);
        let (_, signature, _) = target(on);
        let length = members[signature].len();
        let step = if is_full() { 1 } else { 29 };
        for bit in (0..length * 8).step_by(step) {
            let mut changed = members.clone();
            changed.get_mut(signature).unwrap()[bit / 8] ^= 1 << (bit % 8);
            refused(&report(&stem, &changed), signature, &format!("{on} bit {bit}"));
        }
    }
}

#[test]
fn no_file_can_be_taken_away_added_or_renamed_unnoticed() {
    for on in KINDS {
        let (stem, members) = good(on);
        let step = if is_full() { 1 } else { 3 };
        for name in members.keys().step_by(step) {
            let mut without = members.clone();
            let bytes = without.remove(name).unwrap();
            refused(&report(&stem, &without), name, &format!("{on} without {name}"));
            without.insert(format!("{name}x"), bytes.clone());
            refused(&report(&stem, &without), name, &format!("{on} {name} renamed"));
            let mut twice = members.clone();
            twice.insert(format!("{name}.copy"), bytes);
            refused(&report(&stem, &twice), &format!("{name}.copy"), &format!("{on} {name} doubled"));
        }
    }
}

#[test]
fn an_archive_cut_short_or_with_something_behind_it_is_refused() {
    for on in KINDS {
        let (file, ..) = target(on);
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&file).unwrap();
        for cut in [1, 22, 1000, bytes.len() / 2, bytes.len() - 1] {
            let report = verify_bytes(&name, &bytes[..bytes.len() - cut]);
            assert!(report.layers.iter().any(|layer| layer.state == State::Fail), "{on} cut by {cut}");
        }
        let mut longer = bytes.clone();
        longer.extend_from_slice(b"something behind");
        assert!(verify_bytes(&name, &longer).layers.iter().any(|layer| layer.state == State::Fail), "{on}");
    }
}
