//! The office makes a package.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    bundle::{bag, write::Written},
    intake::Problem,
    workflow::{StepError, prepare, verify},
};
use tempfile::TempDir;

use crate::support::{
    bundle::unpack,
    rules::of,
    stage::{Machine, bundle, key, office, package, root},
};

/// A copy of the package folder with everybody's key on the roster.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    crate::support::stage::copy(&root().join("package"), &folder.path().join("package"));
    folder
}

fn build(folder: &Path, supersedes: Option<PathBuf>, signer: &str) -> Result<Written, StepError> {
    let mut machine = Machine::bare();
    let (to, key, code) = (folder.join("out"), key(signer), of(signer));
    fs::create_dir_all(&to).unwrap();
    let package = folder.join("package");
    let order = prepare::Order { folder: &package, to: &to, supersedes: supersedes.as_deref(), code: &code, key: &key };
    machine.step(|_, here| prepare::build(&order, here))
}

/// Replaces text in a file of the package folder.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join("package").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn problems(error: StepError) -> Vec<Problem> {
    match error {
        StepError::Problems(problems) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_file_of_the_folder_travels_and_nothing_else() {
    let members = unpack(&fs::read(package()).unwrap());
    let folder = root().join("package");
    let sample = fs::read(folder.join("applications/sx-0001.toml")).unwrap();
    assert_eq!(members["data/applications/sx-0001.toml"], sample);
    let agreement = fs::read(folder.join("attachments/sx-0002/gb-agreement.txt")).unwrap();
    assert_eq!(members["data/attachments/sx-0002.gb-agreement.txt"], agreement);
    assert_eq!(members["data/pledge.zh-cn.md"], fs::read(folder.join("pledge.zh-CN.md")).unwrap());
    assert!(members.contains_key("allowed_signers") && members.contains_key(bag::TAG_MANIFEST));
    let files = members.keys().filter(|name| name.starts_with("data/")).count();
    // bundle.json and the formal check are the only ones that the folder does not have.
    assert_eq!(files, prepare::check(&folder).unwrap().files.len() + 2);
}

#[test]
fn a_folder_with_a_mistake_is_not_signed() {
    let folder = folder();
    edit(folder.path(), "applications/sx-0001.toml", "investment_total = \"6000\"", "investment_total = \"6001\"");
    let found = problems(build(folder.path(), None, "OF1").unwrap_err());
    assert!(found.iter().any(|problem| problem.file == "applications/sx-0001.toml"), "{found:?}");
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), 0, "nothing is left in the target folder");
}

#[test]
fn only_the_office_signs_a_package() {
    let folder = folder();
    let error = build(folder.path(), None, "R01").unwrap_err();
    assert!(matches!(error, StepError::NotOnRoster { .. }), "{error:?}");
    edit(folder.path(), "roster.toml", &key("OF1").public().to_string(), &key("S01").public().to_string());
    assert!(build(folder.path(), None, "OF1").is_err(), "the clerk's key must be the one on the roster");
}

#[test]
fn revisions_follow_each_other() {
    let folder = folder();
    let third = build(folder.path(), Some(package()), "OF1").unwrap();
    assert!(third.path.ends_with("package-sx-2026-01-p1-r3.zip"));
    let members = unpack(&fs::read(&third.path).unwrap());
    let passport: serde_json::Value = serde_json::from_slice(&members["data/bundle.json"]).unwrap();
    let before = verify::verify(&package(), Some(&office())).unwrap();
    assert_eq!(passport["supersedes"].as_str(), before.digest.as_deref());
    let other = bundle("scores-sx-2026-01-p1-r01-r1.zip");
    assert!(build(folder.path(), Some(other), "OF1").is_err(), "a score bundle is no earlier revision");
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let (one, other) = (folder(), folder());
    let (one, other) = (build(one.path(), None, "OF1").map(|done| done.digest), build(other.path(), None, "OF1").map(|done| done.digest));
    assert_eq!(one.unwrap(), other.unwrap());
}

#[test]
fn a_shipped_rubric_travels_with_its_bytes() {
    let folder = folder();
    edit(folder.path(), "call.toml", "rubric = \"rubric.toml\"", "rubric = \"selection\"");
    fs::remove_file(folder.path().join("package/rubric.toml")).unwrap();
    let written = build(folder.path(), None, "OF1").unwrap();
    let members = unpack(&fs::read(&written.path).unwrap());
    assert_eq!(members["data/rubric.shipped.toml"], include_bytes!("../../rubrics/selection.toml"));
    let mut machine = Machine::of("R02");
    machine.opens(&written.path).unwrap();
    assert_eq!(machine.session().package().rubric.id.as_str(), "selection");
}

#[test]
fn the_sample_call_has_exactly_the_two_notes_that_are_planted() {
    let intake = prepare::check(&root().join("package")).unwrap();
    let notes: Vec<(&str, &str)> = intake.notes.iter().map(|note| (note.file.as_str(), note.what.id)).collect();
    assert_eq!(notes.len(), 2, "{notes:?}");
    assert_eq!(notes[0].0, "applications/sx-0004.toml", "the cost line claimed twice");
    assert_eq!(notes[1], ("roster.toml", "warn-conflict"), "R05 and sx-0006");
}
