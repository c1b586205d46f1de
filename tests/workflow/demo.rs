//! A score bundle of the demonstration, judged with and without the office's key.

use std::{ffi::OsString, fs, path::PathBuf};

use pingyi::cli::{Exit, run};

use crate::support::stage;

fn pingyi(words: &[&str]) -> (Exit, String) {
    let (mut out, mut complaints) = (Vec::new(), Vec::new());
    let words: Vec<OsString> = std::iter::once("pingyi").chain(words.iter().copied()).map(OsString::from).collect();
    let exit = run(words, &mut out, &mut complaints);
    (exit, String::from_utf8(out).unwrap() + &String::from_utf8(complaints).unwrap())
}

fn bundle() -> PathBuf {
    stage::scores("R03")
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
    let list = stage::root().join("office.allowed_signers");
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
    let right = fs::read_to_string(stage::root().join("office.allowed_signers")).unwrap();
    let key = |line: &str| line.split_whitespace().find(|word| word.starts_with("AAAA")).unwrap().to_owned();
    let list = dir.path().join("allowed_signers");
    fs::write(&list, right.replace(&key(&right), &key(&other))).unwrap();
    let (exit, said) = pingyi(&["--json", "verify", bundle().to_str().unwrap(), "--trust", list.to_str().unwrap()]);
    assert_eq!(exit, Exit::No);
    let document: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&document["verdict"], &document["layers"][4]["state"]), (&"fail".into(), &"fail".into()), "{said}");
}
