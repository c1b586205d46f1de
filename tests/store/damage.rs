//! One file is damaged. Whatever the damage: nothing is lost silently, nothing panics, and reading or recovering restores all.

use std::{fs, path::PathBuf};

use pingyi::{
    domain::desk::Desk,
    store::{Access, Store, recover},
};

use crate::support::store::{Place, copy_all};

/// A damage to the bytes of one file, as a sentence and an act. The number chooses the place.
type Harm = (&'static str, fn(&mut Vec<u8>, usize));

const HARMS: [Harm; 10] = [
    ("one bit flipped", |bytes, at| {
        if let Some(byte) = spot(bytes, at) {
            *byte ^= 1 << (at % 8);
        }
    }),
    ("one byte replaced", |bytes, at| {
        if let Some(byte) = spot(bytes, at) {
            *byte = byte.wrapping_add(1 + u8::try_from(at % 200).unwrap());
        }
    }),
    ("512 bytes zeroed", |bytes, at| zero(bytes, at, 512)),
    ("4096 bytes zeroed", |bytes, at| zero(bytes, at, 4096)),
    ("cut short", |bytes, at| {
        let length = bytes.len().max(1);
        bytes.truncate(at % length);
    }),
    ("emptied", |bytes, _| bytes.clear()),
    ("rubbish at the end", |bytes, at| bytes.extend(std::iter::repeat_n(u8::try_from(at % 251).unwrap(), 1 + at % 700))),
    ("a block over a block", |bytes, at| {
        let half = bytes.len() / 2;
        let size = half.min(1 + at % 4096);
        bytes.copy_within(0..size, half);
    }),
    ("a line twice", |bytes, at| {
        let lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        if let Some(line) = lines.get(at % lines.len().max(1)) {
            bytes.extend_from_slice(line);
        }
    }),
    ("a line gone", |bytes, at| {
        let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
        if !lines.is_empty() {
            lines.remove(at % lines.len());
        }
        *bytes = lines.concat();
    }),
];

fn spot(bytes: &mut [u8], at: usize) -> Option<&mut u8> {
    let length = bytes.len().max(1);
    bytes.get_mut(at.wrapping_mul(2_654_435_761) % length)
}

fn zero(bytes: &mut [u8], at: usize, size: usize) {
    let begin = at.wrapping_mul(2_654_435_761) % bytes.len().max(1);
    for byte in bytes.iter_mut().skip(begin).take(size) {
        *byte = 0;
    }
}

/// How often each damage is done to each file: `a_little` in every run, `a_lot` with `PINGYI_FAULTS=full`.
fn rounds(a_little: usize, a_lot: usize) -> usize {
    if std::env::var("PINGYI_FAULTS").as_deref() == Ok("full") { a_lot } else { a_little }
}

/// The files of a store that carry something, one of which will be damaged.
fn targets(place: &Place) -> Vec<PathBuf> {
    let mut files = vec![place.journal(), place.folder().join("head")];
    files.extend(Some(place.folder().join("index.seal")).filter(|seal| seal.exists()));
    files.extend(fs::read_dir(place.index()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    files.extend(place.backups());
    files
}

/// Opens the damaged store as a person would: plainly, and where that is refused, with `recover --yes`.
fn everything_back(folder: &std::path::Path) -> Result<Desk, String> {
    match Store::open(folder, Access::Write) {
        Ok((store, _)) => Ok(store.desk().clone()),
        Err(_) => {
            recover(folder, &[], true).map_err(|error| error.to_string())?;
            Store::open(folder, Access::Write).map(|(store, _)| store.desk().clone()).map_err(|error| error.to_string())
        }
    }
}

#[test]
fn any_damage_to_any_one_file_costs_nothing() {
    damage_each_file(&Place::with_scores(30), rounds(3, 60));
}

#[test]
fn any_damage_to_any_one_file_of_a_long_journal_costs_nothing() {
    damage_each_file(&Place::with_scores(rounds(300, 2000).try_into().unwrap()), rounds(1, 18));
}

#[test]
fn any_damage_to_any_one_file_of_a_session_that_died_costs_nothing() {
    // Whole backup and part, an index without a seal.
    let place = Place::fresh();
    let mut store = place.open();
    crate::support::store::fill(&mut store, 250);
    let dead = Place::empty();
    copy_all(&place.folder(), &dead.folder());
    damage_each_file(&dead, rounds(1, 40));
}

/// Does each damage to each file of a copy of the store, `rounds` times, and wants everything back each time.
fn damage_each_file(place: &Place, rounds: usize) {
    let original = Place::empty();
    copy_all(&place.folder(), &original.folder());
    let expected = place.open().desk().clone();
    let mut count = 0;
    for round in 0..rounds {
        for (number, file) in targets(&original).into_iter().enumerate() {
            for (what, harm) in HARMS {
                let copy = tempfile::tempdir().unwrap();
                copy_all(&original.folder(), copy.path());
                let target = copy.path().join(file.strip_prefix(original.folder()).unwrap());
                let mut bytes = fs::read(&target).unwrap();
                harm(&mut bytes, round * 7919 + number * 104_729 + 13);
                fs::write(&target, bytes).unwrap();
                let found = everything_back(copy.path());
                assert!(
                    found.as_ref() == Ok(&expected),
                    "{what} in {} (round {round}): {:?}",
                    target.display(),
                    found.map(|desk| desk.entries.len())
                );
                count += 1;
            }
        }
    }
    eprintln!("{count} damages to a store of {} entries", expected.entries.len());
}

#[test]
fn damage_to_any_two_files_is_never_silent() {
    let place = Place::with_scores(30);
    let expected = place.open().desk().clone();
    let files = targets(&place);
    let (mut count, mut whole, mut told) = (0, 0, 0);
    for round in 0..rounds(1, 8) {
        for (number, (one, other)) in pairs(&files).into_iter().enumerate() {
            for (kind, (what, harm)) in HARMS.into_iter().enumerate() {
                let copy = tempfile::tempdir().unwrap();
                copy_all(&place.folder(), copy.path());
                let (second, second_harm) = HARMS[(kind + round + number) % HARMS.len()];
                for (file, harm) in [(&one, harm), (&other, second_harm)] {
                    let target = copy.path().join(file.strip_prefix(place.folder()).unwrap());
                    let mut bytes = fs::read(&target).unwrap();
                    harm(&mut bytes, round * 7919 + number * 104_729 + kind * 31 + 13);
                    fs::write(&target, bytes).unwrap();
                }
                count += 1;
                match Store::open(copy.path(), Access::Write) {
                    Ok((store, _)) if *store.desk() == expected => whole += 1,
                    Ok((store, report)) => {
                        let entries = store.desk().entries.len();
                        assert!(
                            !report.notes.is_empty() && expected.entries.starts_with(&store.desk().entries),
                            "silent: {what} in {} and {second} in {}: {entries} entries",
                            one.display(),
                            other.display()
                        );
                        told += 1;
                    }
                    Err(_) => told += 1,
                }
            }
        }
    }
    eprintln!("{count} damages to two files: {whole} cost nothing, {told} were said");
}

fn pairs(files: &[PathBuf]) -> Vec<(PathBuf, PathBuf)> {
    let at = |first: usize| files[first + 1..].iter().map(move |other| (files[first].clone(), other.clone()));
    (0..files.len()).flat_map(at).collect()
}

#[test]
fn any_one_file_gone_costs_nothing() {
    let place = Place::with_scores(30);
    let expected = place.open().desk().clone();
    for file in targets(&place) {
        let copy = tempfile::tempdir().unwrap();
        copy_all(&place.folder(), copy.path());
        fs::remove_file(copy.path().join(file.strip_prefix(place.folder()).unwrap())).unwrap();
        assert_eq!(everything_back(copy.path()), Ok(expected.clone()), "{} gone", file.display());
    }
}

#[test]
fn the_whole_index_gone_costs_nothing() {
    let place = Place::with_scores(10);
    fs::remove_dir_all(place.index()).unwrap();
    assert_eq!(place.open().desk().entries.len(), 15);
    assert!(place.aside().is_empty());
}

#[test]
fn a_journal_cut_at_a_line_end_is_noticed_and_restored() {
    let place = Place::with_scores(10);
    let whole = fs::read(place.journal()).unwrap();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    fs::write(place.journal(), lines[..6].concat()).unwrap();
    let (store, report) = Store::open(&place.folder(), Access::Write).unwrap();
    assert_eq!(store.desk().entries.len(), 15);
    assert_eq!(report.notes.iter().map(|note| note.id).collect::<Vec<_>>(), ["note-journal-restored"]);
    assert_eq!(fs::read(place.journal()).unwrap(), whole);
}

#[test]
fn a_line_damaged_in_the_middle_comes_back_from_the_index_and_the_lines_after_it_stay() {
    let place = Place::with_scores(10);
    let whole = fs::read(place.journal()).unwrap();
    let mut harmed = whole.clone();
    let at = whole.iter().position(|byte| *byte == b'\n').unwrap() + 200;
    harmed[at] ^= 0x20;
    fs::write(place.journal(), harmed).unwrap();
    assert_eq!(place.open().desk().entries.len(), 15);
    assert_eq!(fs::read(place.journal()).unwrap(), whole);
}

#[test]
fn a_write_that_was_cut_off_is_put_aside_and_said() {
    let place = Place::with_scores(5);
    let whole = fs::read(place.journal()).unwrap();
    fs::write(place.journal(), [whole.as_slice(), b"10\tdeadbeef\t2026-"].concat()).unwrap();
    let (store, report) = Store::open(&place.folder(), Access::Write).unwrap();
    assert_eq!(store.desk().entries.len(), 10);
    assert_eq!(report.notes.iter().map(|note| note.id).collect::<Vec<_>>(), ["note-journal-cut"]);
    assert_eq!(place.aside().len(), 1, "the cut-off bytes are kept");
}

#[test]
fn damage_that_nobody_can_prove_is_refused_and_nothing_is_touched() {
    let place = Place::with_scores(10);
    fs::remove_dir_all(place.index()).unwrap();
    let mut bytes = fs::read(place.journal()).unwrap();
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 200;
    bytes[at] ^= 0x20;
    fs::write(place.journal(), &bytes).unwrap();
    let refused = Store::open(&place.folder(), Access::Write).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("damaged at line 2"), "{refused}");
    assert_eq!(fs::read(place.journal()).unwrap(), bytes);
    assert!(place.aside().is_empty());
}

#[test]
fn an_old_journal_put_back_is_noticed() {
    let place = Place::with_scores(4);
    let old = fs::read(place.journal()).unwrap();
    let mut store = place.open();
    crate::support::store::fill(&mut store, 40);
    store.close(&crate::support::store::now()).unwrap();
    let new = fs::read(place.journal()).unwrap();
    fs::write(place.journal(), &old).unwrap();
    let (_, report) = Store::open(&place.folder(), Access::Write).unwrap();
    assert_eq!(report.notes.iter().map(|note| note.id).collect::<Vec<_>>(), ["note-journal-restored"]);
    assert_eq!(fs::read(place.journal()).unwrap(), new);
}

#[test]
fn an_old_copy_of_journal_and_index_is_noticed_by_the_backups() {
    let place = Place::with_scores(4);
    let old = tempfile::tempdir().unwrap();
    copy_all(&place.folder(), old.path());
    let mut store = place.open();
    crate::support::store::fill(&mut store, 40);
    store.close(&crate::support::store::now()).unwrap();
    fs::remove_dir_all(place.index()).unwrap();
    copy_all(&old.path().join("index"), &place.index());
    fs::copy(old.path().join("journal"), place.journal()).unwrap();
    fs::remove_file(place.folder().join("head")).unwrap();
    let refused = Store::open(&place.folder(), Access::Write).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("was seen"), "{refused}");
    assert!(Store::open(&place.folder(), Access::Read).is_err(), "reading must not show the old state as if it were all");
}
