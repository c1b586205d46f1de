//! What everybody who uses the store relies on.

use std::fs;

use pingyi::{
    domain::{change::Link, desk::Desk, sheet::Cell},
    store::{Access, Store, StoreError, Tail, read_chain},
};
use proptest::prelude::*;

use crate::support::store::{Place, app, at, copy_all, crit, fill, now, opening, reviewer, scored};

#[test]
fn what_was_saved_is_there_after_closing_and_opening() {
    let place = Place::with_scores(12);
    let store = place.open();
    assert_eq!(store.desk().sheet(&app(3)).cell(&crit(1)), scored(11));
    assert_eq!(store.desk().entries.len(), 1 + 4 + 12);
}

#[test]
fn what_was_saved_is_there_when_the_program_never_closed() {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 9);
    let expected = store.desk().clone();
    // A killed process runs no destructor and leaves its lock to the system.
    let elsewhere = tempfile::tempdir().unwrap();
    copy_all(&place.folder(), elsewhere.path());
    let (found, _) = Store::open(elsewhere.path(), Access::Write).unwrap();
    assert_eq!(*found.desk(), expected);
}

#[test]
fn a_store_is_begun_once() {
    let place = Place::with_scores(3);
    let before = fs::read(place.journal()).unwrap();
    assert!(matches!(Store::create(&place.folder(), &opening(1)), Err(StoreError::Exists { .. })));
    assert_eq!(fs::read(place.journal()).unwrap(), before);
}

#[test]
fn where_nothing_was_begun_there_is_nothing_to_open() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(Store::open(&dir.path().join("store"), Access::Write), Err(StoreError::Missing { .. })));
    assert!(!dir.path().join("store").exists(), "a refusal changes nothing on disk");
}

#[test]
fn a_second_window_is_refused_within_a_second_and_told_which_lock() {
    let place = Place::with_scores(2);
    let _open = place.open();
    let begun = std::time::Instant::now();
    let Err(StoreError::Busy { path, holder }) = Store::open(&place.folder(), Access::Write) else { panic!("opened twice") };
    assert!(begun.elapsed().as_millis() < 1000);
    assert!(path.ends_with("lock"));
    assert!(holder.contains(&std::process::id().to_string()), "{holder}");
}

#[test]
fn reading_is_possible_beside_an_open_window() {
    let place = Place::fresh();
    let mut writer = place.open();
    fill(&mut writer, 5);
    let (reader, _) = Store::open(&place.folder(), Access::Read).unwrap();
    assert_eq!(reader.desk(), writer.desk());
    assert!(!reader.is_writable());
}

#[test]
fn a_reader_cannot_write() {
    let place = Place::with_scores(2);
    let (mut reader, _) = Store::open(&place.folder(), Access::Read).unwrap();
    let change = reader.desk().set_cell(&app(0), &crit(4), scored(5)).unwrap();
    assert!(matches!(reader.append(change, None, now(), reviewer()), Err(StoreError::ReadOnly)));
}

#[test]
fn a_journal_of_a_newer_version_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("store");
    Store::create(&folder, &opening(2)).unwrap();
    let before = fs::read(folder.join("journal")).unwrap();
    assert!(matches!(Store::open(&folder, Access::Write), Err(StoreError::Newer { found: 2 })));
    assert!(matches!(Store::open(&folder, Access::Read), Err(StoreError::Newer { found: 2 })));
    assert_eq!(fs::read(folder.join("journal")).unwrap(), before);
}

#[test]
fn undo_survives_closing_the_program() {
    let place = Place::with_scores(6);
    let mut store = place.open();
    let (change, link) = store.desk().undo_step().unwrap();
    assert!(matches!(link, Link::Undoes(_)));
    store.append(change, Some(link), now(), reviewer()).unwrap();
    store.close(&now()).unwrap();
    let mut store = place.open();
    let (change, link) = store.desk().redo_step().expect("redo is still known");
    store.append(change, Some(link), now(), reviewer()).unwrap();
    assert_eq!(store.desk().sheet(&app(1)).cell(&crit(0)), scored(5));
}

#[test]
fn every_earlier_value_of_a_cell_can_be_shown() {
    let place = Place::fresh();
    let mut store = place.open();
    for number in [3, 7, 9] {
        let change = store.desk().set_cell(&app(0), &crit(0), scored(number)).unwrap();
        store.append(change, None, at(number), reviewer()).unwrap();
    }
    let history = store.desk().cell_history(&app(0), &crit(0));
    assert_eq!(history.iter().map(|past| past.cell.clone()).collect::<Vec<Cell>>(), [scored(3), scored(7), scored(9)]);
    assert_eq!(history[1].time, at(7));
}

#[cfg(unix)]
#[test]
fn nobody_else_on_the_laptop_can_read_the_scores() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with_scores(3);
    let mut queue = vec![place.folder()];
    while let Some(path) = queue.pop() {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode & 0o077, 0, "{} has mode {mode:o}", path.display());
        if path.is_dir() {
            queue.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
}

#[test]
fn a_session_leaves_a_backup_that_verifies() {
    let place = Place::with_scores(1);
    let backups = place.backups();
    assert_eq!(backups.len(), 1);
    assert_eq!(fs::read(&backups[0]).unwrap(), fs::read(place.journal()).unwrap());
}

#[test]
fn a_session_without_changes_leaves_no_further_backup() {
    let place = Place::with_scores(1);
    place.open().close(&now()).unwrap();
    assert_eq!(place.backups().len(), 1);
}

#[test]
fn a_long_session_is_backed_up_on_the_way() {
    let place = Place::fresh();
    let mut store = place.open();
    fill(&mut store, 120);
    assert!(!place.backups().is_empty(), "a hundred entries without a backup");
}

#[test]
fn every_prefix_of_the_last_line_is_a_torn_line_and_no_error() {
    let place = Place::with_scores(4);
    let whole = fs::read(place.journal()).unwrap();
    let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    for end in last + 1..whole.len() {
        let chain = read_chain(&whole[..end]);
        assert_eq!(chain.tail, Tail::Torn, "cut at {end}");
        assert_eq!(chain.proved, last as u64);
    }
}

#[test]
fn the_journal_can_be_checked_without_this_program() {
    // What the file format page promises: the hash of a line is SHA-256 of everything before its last tab.
    let place = Place::with_scores(2);
    for line in fs::read_to_string(place.journal()).unwrap().lines() {
        let (body, hash) = line.rsplit_once('\t').unwrap();
        assert_eq!(pingyi::digest::sha256_hex(body.as_bytes()), hash);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn reopening_at_any_moment_shows_exactly_what_was_acknowledged(acts in prop::collection::vec((0_u32..3, 0_u32..4, 0_u32..9, any::<bool>()), 1..40)) {
        let place = Place::fresh();
        let mut store = place.open();
        let mut model: Option<Desk> = None;
        for (kind, application, value, reopen) in acts {
            let change = match kind {
                0 => store.desk().set_cell(&app(application), &crit(value % 3), scored(value)),
                1 => store.desk().set_cell(&app(application), &crit(value % 3), Cell::Blank),
                _ => store.desk().set_comment(&app(application), None, &format!("评语{value}\n第二行")),
            };
            if let Some(change) = change {
                store.append(change, None, at(value), reviewer()).unwrap();
            }
            model = Some(store.desk().clone());
            if reopen {
                drop(store);
                store = place.open();
                prop_assert_eq!(Some(store.desk()), model.as_ref());
            }
        }
        drop(store);
        let reopened = place.open();
        prop_assert_eq!(Some(reopened.desk()), model.as_ref());
    }
}
