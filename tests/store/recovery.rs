//! Checking, recovering, restoring, and what happens when a write fails.

use std::fs;

use pingyi::store::{Access, Store, StoreError, check, recover, restore};

use crate::support::store::{Place, app, at, crit, fill, now, reviewer, scored};

#[test]
fn a_sound_store_checks_as_sound_and_is_left_alone() {
    let place = Place::with_scores(8);
    let before = fs::read(place.journal()).unwrap();
    let report = check(&place.folder(), &[]).unwrap();
    assert!(report.sound, "{:?}", report.witnesses);
    assert_eq!(report.entries, 13);
    assert_eq!(fs::read(place.journal()).unwrap(), before);
}

#[test]
fn checking_says_which_witness_is_wrong() {
    let place = Place::with_scores(8);
    let backup = place.backups().remove(0);
    let mut bytes = fs::read(&backup).unwrap();
    bytes[300] ^= 1;
    fs::write(&backup, bytes).unwrap();
    let report = check(&place.folder(), &[]).unwrap();
    let wrong: Vec<_> = report.witnesses.iter().filter(|witness| !witness.sound).map(|witness| witness.path.clone()).collect();
    assert_eq!(wrong, [backup]);
}

#[test]
fn recovering_without_yes_changes_nothing() {
    let place = Place::with_scores(8);
    fs::write(place.journal(), b"rubbish").unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    let plan = recover(&place.folder(), &[], false).unwrap();
    assert!(plan.needed && plan.aside.is_empty());
    assert_eq!(plan.entries, 13);
    assert_eq!(fs::read(place.journal()).unwrap(), b"rubbish");
}

#[test]
fn a_backup_alone_brings_everything_back() {
    let place = Place::with_scores(8);
    let expected = place.open().desk().clone();
    fs::remove_file(place.journal()).unwrap();
    fs::remove_file(place.folder().join("head")).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    assert!(Store::open(&place.folder(), Access::Write).is_err(), "a missing journal is damage, not a new beginning");
    recover(&place.folder(), &[], true).unwrap();
    assert_eq!(*place.open().desk(), expected);
}

#[test]
fn recovering_keeps_the_damaged_journal() {
    let place = Place::with_scores(8);
    let mut bytes = fs::read(place.journal()).unwrap();
    bytes[250] ^= 1;
    fs::write(place.journal(), &bytes).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    let plan = recover(&place.folder(), &[], true).unwrap();
    assert_eq!(plan.aside.len(), 1);
    assert_eq!(fs::read(&plan.aside[0]).unwrap(), bytes);
}

#[test]
fn recovering_a_sound_store_does_nothing() {
    let place = Place::with_scores(8);
    let plan = recover(&place.folder(), &[], true).unwrap();
    assert!(!plan.needed && plan.aside.is_empty());
    assert!(check(&place.folder(), &[]).unwrap().sound);
}

#[test]
fn an_earlier_backup_can_be_put_back_on_purpose_and_the_later_state_is_kept_aside() {
    let place = Place::with_scores(3);
    let early = place.backups().remove(0);
    let mut store = place.open();
    fill(&mut store, 30);
    store.close(&now()).unwrap();
    let plan = restore(&place.folder(), &early, true).unwrap();
    assert_eq!(place.open().desk().entries.len(), 7);
    assert!(plan.aside.len() >= 2, "journal and later backups are kept: {:?}", plan.aside);
}

#[test]
fn a_backup_of_another_workspace_is_not_put_back() {
    let place = Place::with_scores(3);
    let stranger = Place::fresh();
    let text = fs::read_to_string(stranger.journal()).unwrap();
    let other = stranger.dir.path().join("0000000000-x.journal");
    fs::write(&other, text.replace("00112233", "99112233")).unwrap();
    assert!(matches!(restore(&place.folder(), &other, true), Err(StoreError::NotABackup { .. })));
    assert_eq!(place.open().desk().entries.len(), 7);
}

#[test]
fn where_nothing_can_be_proved_nothing_is_invented() {
    let place = Place::fresh();
    fs::write(place.journal(), b"").unwrap();
    assert!(matches!(recover(&place.folder(), &[], true), Err(StoreError::Nothing { .. })));
}

/// The disk is a small file system of its own; only an administrator can make one.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs root and a tmpfs; .ci/run runs it"]
fn faults_a_full_disk_refuses_in_words_and_loses_nothing() {
    for kib in (40..290).step_by(10) {
        let dir = tempfile::tempdir().unwrap();
        let mounted = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={}k", 1400 + kib), "tmpfs"])
            .arg(dir.path())
            .status()
            .unwrap();
        assert!(mounted.success());
        let folder = dir.path().join("store");
        let outcome = std::panic::catch_unwind(|| on_a_small_disk(&folder, dir.path()));
        std::process::Command::new("umount").arg("-l").arg(dir.path()).status().unwrap();
        outcome.unwrap_or_else(|_| panic!("with {kib} KiB"));
    }
}

#[cfg(target_os = "linux")]
fn on_a_small_disk(folder: &std::path::Path, disk: &std::path::Path) {
    Store::create(folder, &crate::support::store::opening(1)).unwrap();
    let (mut store, _) = Store::open(folder, Access::Write).unwrap();
    fill(&mut store, 5);
    // The rest of the disk is taken, and then comments are written until one is refused.
    let ballast = disk.join("ballast");
    let _full = std::io::copy(&mut std::io::repeat(7), &mut fs::File::create(&ballast).unwrap());
    let long = "评".repeat(1000);
    let mut refused = None;
    for number in 0..200 {
        let change = store.desk().set_comment(&app(0), None, &format!("{number}{long}")).unwrap();
        if let Err(error) = store.append(change, None, at(number), reviewer()) {
            refused = Some(error);
            break;
        }
    }
    assert!(matches!(refused, Some(StoreError::NotSaved { .. })), "{refused:?}");
    let acknowledged = store.desk().clone();
    let change = store.desk().set_cell(&app(0), &crit(0), scored(99)).unwrap();
    assert!(matches!(store.append(change, None, now(), reviewer()), Err(StoreError::Blocked)));
    drop(store);
    let (reader, _) = Store::open(folder, Access::Read).unwrap();
    assert_eq!(*reader.desk(), acknowledged, "readable while the disk is full");
    fs::remove_file(ballast).unwrap();
    let (mut store, _) = Store::open(folder, Access::Write).unwrap();
    assert_eq!(*store.desk(), acknowledged);
    let change = store.desk().set_cell(&app(0), &crit(0), scored(98)).unwrap();
    store.append(change, None, now(), reviewer()).unwrap();
}
