//! Backups: cheap while a session runs, whole when it ends, and never believed further than they are proved.

use std::{fs, path::PathBuf};

use pingyi::store::{Access, Store, StoreError, backup, check, recover, restore};

use crate::support::store::{Place, app, at, copy_all, crit, fill, now, reviewer, scored};

/// The part of the session that runs.
fn part(place: &Place) -> PathBuf {
    place.backups().into_iter().find(|path| path.extension().is_some_and(|ending| ending == "part")).expect("a part")
}

/// A store that died with 250 scores: a whole backup after a hundred entries, and a part with the second hundred.
fn died_in_session() -> Place {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 250);
    let dead = Place::empty();
    copy_all(&place.folder(), &dead.folder());
    dead
}

/// The journal, the index and the noted head are gone: only backups can help.
fn lose_all_but_backups(place: &Place) {
    fs::remove_file(place.journal()).unwrap();
    fs::remove_file(place.folder().join("head")).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
}

#[test]
fn a_running_session_is_backed_up_every_hundred_entries_without_copying_everything_again() {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 96);
    let whole = fs::read(&place.backups()[0]).unwrap();
    fill(&mut store, 100);
    let names = place.backups();
    assert_eq!(names.len(), 2, "one whole backup and one part: {names:?}");
    assert_eq!(fs::read(&names[0]).unwrap(), whole, "the whole backup is not touched again");
    let both = [whole, fs::read(part(&place)).unwrap()].concat();
    assert_eq!(fs::read(place.journal()).unwrap(), both, "together they are the journal");
}

#[test]
fn a_session_that_ends_leaves_one_whole_backup_and_no_part() {
    let place = died_in_session();
    place.open().close(&now()).unwrap();
    let names = place.backups();
    assert!(names.iter().all(|path| path.extension().is_some_and(|ending| ending == "journal")), "{names:?}");
    assert_eq!(fs::read(names.last().unwrap()).unwrap(), fs::read(place.journal()).unwrap());
}

#[test]
fn after_a_crash_whole_backup_and_part_alone_bring_back_what_they_hold() {
    let place = died_in_session();
    lose_all_but_backups(&place);
    recover(&place.folder(), &[], true).unwrap();
    assert_eq!(place.open().desk().entries.len(), 201);
}

#[test]
fn a_session_after_a_crash_goes_on_with_the_same_part() {
    let place = died_in_session();
    let before = fs::read(part(&place)).unwrap();
    let mut store = place.open();
    fill(&mut store, 60);
    let after = fs::read(part(&place)).unwrap();
    assert!(after.starts_with(&before) && after.len() > before.len());
}

#[test]
fn a_part_that_was_cut_off_anywhere_counts_as_far_as_it_is_whole_and_is_mended() {
    let original = died_in_session();
    let whole = fs::read(part(&original)).unwrap();
    for end in (0..whole.len()).step_by(997).chain([1, whole.len() - 1]) {
        let place = Place::empty();
        copy_all(&original.folder(), &place.folder());
        fs::write(part(&place), &whole[..end]).unwrap();
        let lines = whole[..end].iter().filter(|byte| **byte == b'\n').count();
        let report = check(&place.folder(), &[]).unwrap();
        let witness = report.witnesses.iter().find(|witness| witness.path == part(&place)).unwrap();
        let proved = witness.head.as_ref().map(|head| head.seq);
        assert_eq!(proved, (lines > 0).then_some(100 + lines as u64), "cut at {end}");
        let mut store = place.open();
        fill(&mut store, 100);
        drop(store);
        if lines == 0 {
            // There is nothing to continue, so the next backup is a whole one.
            let newest = fs::read(place.backups().pop().unwrap()).unwrap();
            assert!(fs::read(place.journal()).unwrap().starts_with(&newest) && newest.len() > whole.len(), "cut at {end}");
        } else {
            let mended = fs::read(part(&place)).unwrap();
            assert!(mended.starts_with(&whole) && mended.ends_with(b"\n"), "cut at {end}");
        }
    }
}

#[test]
fn a_part_with_a_changed_byte_is_not_believed_and_not_deleted() {
    let place = died_in_session();
    let harmed = part(&place);
    let mut bytes = fs::read(&harmed).unwrap();
    bytes[300] ^= 1;
    fs::write(&harmed, &bytes).unwrap();
    let wrong: Vec<PathBuf> =
        check(&place.folder(), &[]).unwrap().witnesses.into_iter().filter(|witness| !witness.sound).map(|witness| witness.path).collect();
    assert!(wrong.contains(&harmed), "{wrong:?}");
    let mut store = place.open();
    assert_eq!(store.desk().entries.len(), 255);
    fill(&mut store, 120);
    assert_eq!(fs::read(&harmed).unwrap(), bytes, "nothing is added to it");
    store.close(&now()).unwrap();
    assert_eq!(fs::read(&harmed).unwrap(), bytes, "nor is it deleted");
}

#[test]
fn a_part_of_which_the_power_left_pieces_raises_no_alarm_for_ever() {
    let place = died_in_session();
    let torn = part(&place);
    let mut bytes = fs::read(&torn).unwrap();
    // The disk wrote the end of the last write and not its middle.
    bytes[4000..8000].fill(0);
    bytes.extend_from_slice(b"201\tpiece of a line");
    fs::write(&torn, &bytes).unwrap();
    place.open().close(&now()).unwrap();
    let report = check(&place.folder(), &[]).unwrap();
    assert!(report.sound && !torn.exists(), "{report:?}");
}

#[test]
fn a_part_that_has_seen_more_than_the_journal_betrays_an_old_copy() {
    let place = died_in_session();
    let text = fs::read_to_string(place.journal()).unwrap();
    let cut: Vec<&str> = text.split_inclusive('\n').take(150).collect();
    fs::write(place.journal(), cut.concat()).unwrap();
    fs::remove_file(place.folder().join("head")).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    let refused = Store::open(&place.folder(), Access::Write).map(|_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::Rolled { ends: 149, seen: 200, .. }), "{refused}");
}

#[test]
fn a_journal_that_was_computed_anew_is_not_the_one_that_was_backed_up() {
    let place = Place::with_scores(3);
    let forger = Place::fresh();
    let mut store = forger.open();
    // Other scores, and more of them, each line with a hash that is right.
    fill(&mut store, 1);
    let change = store.desk().set_cell(&app(0), &crit(0), scored(777)).unwrap();
    store.append(change, None, now(), reviewer()).unwrap();
    fill(&mut store, 12);
    drop(store);
    fs::copy(forger.journal(), place.journal()).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    fs::remove_file(place.folder().join("head")).unwrap();
    let refused = Store::open(&place.folder(), Access::Write).map(|_| ()).unwrap_err();
    assert!(matches!(refused, StoreError::Rewritten { seq: 6, .. }), "{refused}");
    assert!(!check(&place.folder(), &[]).unwrap().sound);
}

#[test]
fn at_least_twenty_whole_backups_are_kept_and_the_oldest_go() {
    let place = Place::fresh();
    for number in 0..25 {
        let mut store = place.open();
        fill(&mut store, 2 + number);
        store.close(&at(number)).unwrap();
    }
    assert_eq!(place.backups().len(), 20);
    assert_eq!(fs::read(place.backups().last().unwrap()).unwrap(), fs::read(place.journal()).unwrap());
}

#[test]
fn damage_to_the_journal_during_a_session_is_reported_when_it_ends() {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 12);
    let mut bytes = fs::read(place.journal()).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    fs::write(place.journal(), bytes).unwrap();
    assert!(matches!(store.close(&now()), Err(StoreError::Damaged { .. })));
    assert!(place.backups().is_empty(), "damage is not copied over a good backup");
}

#[test]
fn a_copy_on_a_stick_brings_everything_back() {
    let place = Place::with_scores(8);
    let expected = place.open().desk().clone();
    let stick = tempfile::tempdir().unwrap();
    let info = backup(&place.folder(), stick.path()).unwrap();
    assert_eq!(fs::read(&info.path).unwrap(), fs::read(place.journal()).unwrap());
    assert!(check(&place.folder(), &[stick.path().to_owned()]).unwrap().witnesses.iter().any(|witness| witness.path == info.path));
    fs::remove_dir_all(place.folder().join("backups")).unwrap();
    lose_all_but_backups(&place);
    restore(&place.folder(), &info.path, true).unwrap();
    assert_eq!(*place.open().desk(), expected);
}

#[test]
fn a_copy_can_be_made_while_the_window_is_open() {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 30);
    let info = backup(&place.folder(), &place.dir.path().join("copy")).unwrap();
    assert_eq!(info.head.as_ref(), Some(store.head()));
}

#[test]
fn an_earlier_copy_is_brought_up_to_date_and_anything_else_is_left_alone() {
    let place = Place::with_scores(3);
    let copy = place.dir.path().join("copy");
    backup(&place.folder(), &copy).unwrap();
    let mut store = place.open();
    fill(&mut store, 20);
    store.close(&now()).unwrap();
    backup(&place.folder(), &copy).unwrap();
    assert_eq!(fs::read(&copy).unwrap(), fs::read(place.journal()).unwrap());
    let later = fs::read(&copy).unwrap();
    let strangers: [&[u8]; 4] = [b"thesis", b"", &later[..later.len() - 1], &[later.as_slice(), b"x\n"].concat()];
    for stranger in strangers {
        fs::write(&copy, stranger).unwrap();
        assert!(matches!(backup(&place.folder(), &copy), Err(StoreError::Stranger { .. })));
        assert_eq!(fs::read(&copy).unwrap(), stranger);
    }
}

#[test]
fn a_damaged_journal_is_not_copied_as_if_it_were_sound() {
    let place = Place::with_scores(8);
    let mut bytes = fs::read(place.journal()).unwrap();
    bytes[700] ^= 1;
    fs::write(place.journal(), bytes).unwrap();
    let copy = place.dir.path().join("copy");
    assert!(matches!(backup(&place.folder(), &copy), Err(StoreError::Damaged { .. })));
    assert!(!copy.exists());
}

#[test]
fn a_journal_that_was_cut_short_is_not_copied_as_if_it_were_all() {
    let place = Place::with_scores(8);
    let text = fs::read_to_string(place.journal()).unwrap();
    let cut: Vec<&str> = text.split_inclusive('\n').take(6).collect();
    fs::write(place.journal(), cut.concat()).unwrap();
    let copy = place.dir.path().join("copy");
    assert!(matches!(backup(&place.folder(), &copy), Err(StoreError::Rolled { .. })));
    assert!(!copy.exists());
}
