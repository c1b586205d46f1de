//! One file is damaged. Reading or recovering brings everything back; what is refused is refused in words and changes nothing.

use std::{fs, path::PathBuf};

use super::desk::{lay, lay_dead, pingyi, plainly, scores, store};
use crate::support::{
    faults::{Dice, full},
    stage::copy,
};

/// Damages to one file.
const KINDS: usize = 9;

/// Damages `bytes` in one of the ways in which files are damaged.
fn harm(bytes: &mut Vec<u8>, kind: usize, dice: &mut Dice) -> &'static str {
    let length = bytes.len().max(1);
    let spot = usize::try_from(dice.below(length as u64)).unwrap();
    let end = (spot + 512).min(bytes.len());
    match kind {
        0 if !bytes.is_empty() => {
            bytes[spot] ^= 1 << dice.below(8);
            "one bit flipped"
        }
        1 if !bytes.is_empty() => {
            bytes[spot] = bytes[spot].wrapping_add(17);
            "one byte replaced"
        }
        2 => {
            bytes[spot.min(end)..end].fill(0);
            "512 bytes zeroed"
        }
        3 => {
            bytes.truncate(spot);
            "cut short"
        }
        4 => {
            bytes.clear();
            "emptied"
        }
        5 => {
            bytes.extend(std::iter::repeat_n(7, 300));
            "rubbish at the end"
        }
        6 => {
            bytes.insert(spot, b'\n');
            "a byte inserted"
        }
        7 if bytes.len() > 1 => {
            bytes.remove(spot);
            "a byte lost"
        }
        _ => {
            let half = bytes.len() / 2;
            bytes.copy_within(0..half.min(400), half);
            "a block over a block"
        }
    }
}

/// The files of a store that carry something.
fn targets(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for place in [folder.to_owned(), folder.join("index"), folder.join("backups")] {
        let entries = fs::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
        files.extend(entries.filter(|path| path.is_file() && path.file_name().is_some_and(|name| name != "lock")));
    }
    files.sort();
    files
}

fn digest(folder: &std::path::Path) -> Vec<(PathBuf, Vec<u8>)> {
    targets(folder).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

#[test]
fn after_any_damage_to_one_file_reading_or_recovering_brings_back_every_score() {
    let wanted = if full() { 1_000 } else { 40 };
    let (closed, dead) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lay(closed.path(), 30);
    lay_dead(dead.path(), 10);
    let mut dice = Dice::new("damage through the command line");
    let mut done = 0;
    while done < wanted {
        for original in [closed.path(), dead.path()] {
            let expected = scores(original).unwrap();
            let files = targets(&store(original));
            let file = &files[done % files.len()];
            let home = tempfile::tempdir().unwrap();
            copy(original, home.path());
            let target = store(home.path()).join(file.strip_prefix(store(original)).unwrap());
            let mut bytes = fs::read(&target).unwrap();
            let what = harm(&mut bytes, dice_kind(&mut dice), &mut dice);
            fs::write(&target, bytes).unwrap();
            let outcome = brought_back(home.path(), expected);
            outcome.unwrap_or_else(|why| panic!("{what} in {}: {why}", target.display()));
            done += 1;
        }
    }
    eprintln!("{done} damages");
}

fn dice_kind(dice: &mut Dice) -> usize {
    usize::try_from(dice.below(KINDS as u64)).unwrap()
}

/// Reads plainly, or is refused in words with nothing changed and reads after `recover --yes`.
fn brought_back(home: &std::path::Path, expected: u64) -> Result<(), String> {
    let before = digest(&store(home));
    let seen = plainly(&pingyi(home, &["score", "list", "--plain"]))?;
    if seen.code != Some(0) {
        if digest(&store(home)) != before {
            return Err("it was refused, and something changed".to_owned());
        }
        if seen.stderr.trim().is_empty() {
            return Err("refused without a word".to_owned());
        }
        let mended = plainly(&pingyi(home, &["recover", "--yes"]))?;
        if mended.code != Some(0) {
            return Err(format!("cannot be recovered: {}{}", mended.stdout, mended.stderr));
        }
    }
    match scores(home)? {
        found if found == expected => Ok(()),
        found => Err(format!("{found} scores of {expected}")),
    }
}

#[test]
fn a_backup_on_a_stick_alone_brings_everything_back() {
    let (home, stick) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    lay(home.path(), 25);
    let saved = plainly(&pingyi(home.path(), &["backup", "--to", stick.path().to_str().unwrap()])).unwrap();
    assert_eq!(saved.code, Some(0), "{}", saved.stderr);
    let copy = fs::read_dir(stick.path()).unwrap().next().unwrap().unwrap().path();
    for name in ["journal", "head", "index.seal"] {
        let _may_be_missing = fs::remove_file(store(home.path()).join(name));
    }
    for name in ["index", "backups"] {
        fs::remove_dir_all(store(home.path()).join(name)).unwrap();
    }
    let restored = plainly(&pingyi(home.path(), &["restore", copy.to_str().unwrap(), "--yes"])).unwrap();
    assert_eq!(restored.code, Some(0), "{}{}", restored.stdout, restored.stderr);
    assert_eq!(scores(home.path()), Ok(25));
}

#[test]
fn every_session_that_changed_anything_leaves_a_backup_from_which_recovering_works() {
    let home = tempfile::tempdir().unwrap();
    lay(home.path(), 1);
    for name in ["journal", "head", "index.seal"] {
        let _may_be_missing = fs::remove_file(store(home.path()).join(name));
    }
    fs::remove_dir_all(store(home.path()).join("index")).unwrap();
    let mended = plainly(&pingyi(home.path(), &["recover", "--yes"])).unwrap();
    assert_eq!(mended.code, Some(0), "{}{}", mended.stdout, mended.stderr);
    assert_eq!(scores(home.path()), Ok(1));
}
