//! The demonstration without a terminal: its score bundles, judged with and without the office's key.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::cli::{Exit, run};
use tempfile::TempDir;

/// One demonstration for all tests; nobody writes to it.
static STAGE: LazyLock<TempDir> = LazyLock::new(demonstrate);

fn pingyi(words: &[&str]) -> (Exit, String) {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let words: Vec<OsString> = std::iter::once("pingyi").chain(words.iter().copied()).map(OsString::from).collect();
    let exit = run(words, &mut out, &mut complaints);
    (exit, String::from_utf8(out).unwrap() + &String::from_utf8(complaints).unwrap())
}

fn demonstrate() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let (exit, said) = pingyi(&["demo", "--headless", "--out", dir.path().join("demo").to_str().unwrap()]);
    assert_eq!(exit, Exit::Done, "{said}");
    dir
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn is_scores(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.starts_with("scores-") && name.ends_with(".zip")
}

/// All score bundles of a demonstration, by name.
fn bundles(dir: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let found = files(dir.path()).into_iter().filter(|path| is_scores(path));
    found.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())).collect()
}

/// Any one score bundle of the shared demonstration.
fn bundle() -> PathBuf {
    files(STAGE.path()).into_iter().find(|path| is_scores(path)).unwrap()
}

#[test]
fn two_demonstrations_give_the_same_score_bundles_byte_for_byte() {
    let (one, other) = (bundles(&STAGE), bundles(&demonstrate()));
    assert!(!one.is_empty());
    assert!(one == other, "{:?} and {:?}", one.keys(), other.keys());
}

#[test]
fn without_the_offices_key_a_score_bundle_is_never_called_verified() {
    let (exit, said) = pingyi(&["--json", "verify", bundle().to_str().unwrap()]);
    assert_eq!(exit, Exit::No);
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_ne!(document["verdict"], "pass");
    assert_eq!(document["layers"][4]["id"], "authority");
    assert_eq!(document["layers"][4]["state"], "not-checked");
    assert_eq!(document["signers"][0]["state"], "not-checked");
}

#[test]
fn a_score_bundle_with_one_byte_changed_fails() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join(bundle().file_name().unwrap());
    let mut bytes = fs::read(bundle()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&file, bytes).unwrap();
    let (exit, said) = pingyi(&["--json", "verify", file.to_str().unwrap()]);
    assert_eq!(exit, Exit::No);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&said).unwrap()["verdict"], "fail");
}

#[test]
fn the_offices_key_alone_proves_a_score_bundle() {
    let list = STAGE.path().join("demo/office.allowed_signers");
    let (exit, said) = pingyi(&["--json", "verify", bundle().to_str().unwrap(), "--trust", list.to_str().unwrap()]);
    assert_eq!(exit, Exit::Done, "{said}");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&said).unwrap()["verdict"], "pass");
}

#[test]
fn the_key_of_another_office_fails_a_score_bundle() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().to_str().unwrap();
    assert_eq!(pingyi(&["--home", home, "key", "new", "--name", "other", "--no-passphrase"]).0, Exit::Done);
    let other = fs::read_to_string(dir.path().join("keys/other.pub")).unwrap();
    let right = fs::read_to_string(STAGE.path().join("demo/office.allowed_signers")).unwrap();
    let key = |line: &str| line.split_whitespace().find(|word| word.starts_with("AAAA")).unwrap().to_owned();
    let list = dir.path().join("allowed_signers");
    fs::write(&list, right.replace(&key(&right), &key(&other))).unwrap();
    let (exit, said) = pingyi(&["--json", "verify", bundle().to_str().unwrap(), "--trust", list.to_str().unwrap()]);
    assert_eq!(exit, Exit::No);
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&document["verdict"], &document["layers"][4]["state"]), (&"fail".into(), &"fail".into()), "{said}");
}
