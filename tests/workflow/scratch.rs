//! Folders in which something is being made: nobody takes one away from a living program, and a dead one's does not stay.

use std::{fs, path::Path};

use pingyi::workflow::scratch::Scratch;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// What a killed program leaves: the folder, and its lock, which nobody holds any more.
fn dead(parent: &Path, name: &str) {
    fs::create_dir(parent.join(name)).unwrap();
    fs::write(parent.join(format!("{name}.lock")), "").unwrap();
    fs::write(parent.join(name).join("scores.csv"), "half a table").unwrap();
}

#[test]
fn it_is_there_while_it_is_used_and_gone_afterwards_with_all_that_lies_in_it() {
    let parent = tempfile::tempdir().unwrap();
    let scratch = Scratch::within(parent.path()).unwrap();
    fs::write(scratch.path().join("half"), "half").unwrap();
    assert_eq!(names(parent.path()).len(), 2, "the folder and its lock");
    drop(scratch);
    assert!(names(parent.path()).is_empty());
}

#[test]
fn what_a_killed_program_left_goes_and_what_another_one_makes_stays() {
    let parent = tempfile::tempdir().unwrap();
    let living = Scratch::within(parent.path()).unwrap();
    dead(parent.path(), ".pingyi-dead");
    let own = Scratch::within(parent.path()).unwrap();
    assert!(living.path().exists() && own.path().exists() && living.path() != own.path());
    assert!(!names(parent.path()).iter().any(|name| name.contains("dead")));
    drop(living);
    assert!(own.path().exists());
}

#[test]
fn what_is_not_surely_ours_is_left_alone() {
    let parent = tempfile::tempdir().unwrap();
    dead(parent.path(), "pingyi-of-somebody");
    fs::create_dir(parent.path().join(".pingyi-without-lock")).unwrap();
    fs::create_dir(parent.path().join(".pingyi-folder.lock")).unwrap();
    fs::write(parent.path().join(".pingyi-file"), "").unwrap();
    let before = names(parent.path());
    drop(Scratch::within(parent.path()).unwrap());
    assert_eq!(names(parent.path()), before);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_to_somebodys_folder() {
    let (parent, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(other.path().join("papers"), "").unwrap();
    std::os::unix::fs::symlink(other.path(), parent.path().join(".pingyi-link")).unwrap();
    fs::write(parent.path().join(".pingyi-link.lock"), "").unwrap();
    drop(Scratch::within(parent.path()).unwrap());
    assert_eq!(names(other.path()), ["papers"]);
}

#[test]
fn a_folder_that_is_not_there_is_said_and_not_made() {
    let parent = tempfile::tempdir().unwrap();
    assert_eq!(Scratch::within(&parent.path().join("nowhere")).unwrap_err().kind(), std::io::ErrorKind::NotFound);
    assert!(names(parent.path()).is_empty());
}
