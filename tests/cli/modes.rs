//! Everything in the data folder is its owner's alone, whatever the mask of the shell; and nothing is written anywhere else.
#![cfg(unix)]

use std::{fs, sync::LazyLock};

use tempfile::TempDir;

use super::{
    desk::{PACKAGE, SCORES, bundle, call, sheets, small_package},
    path,
    program::Program,
    tree::Tree,
};
use crate::support::stage::copy;

/// A person's whole work under a shell without a mask: the data folder `home`, the folder `stick` for what is handed over, the
/// package folder `package`, and places where nothing belongs.
static WORKED: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    for name in ["person", "temp", "here"] {
        fs::create_dir(place(name)).unwrap();
    }
    small_package(&place("package"));
    let run = |input: &str, words: &[&str]| {
        let program = Program::at(&place("home"), words).without_mask().within(&place("here"));
        let program = program.env("HOME", place("person")).env("XDG_DATA_HOME", place("person")).env("TMPDIR", place("temp"));
        program.env("SOURCE_DATE_EPOCH", "1773400000").input(input).run().done()
    };
    let (stick, package) = (path(&place("stick")).to_owned(), path(&place("package")).to_owned());
    run("", &["key", "new", "--name", "OF1", "--no-passphrase"]);
    fs::create_dir(&stick).unwrap();
    let request = ["enrol", "request", "--call", "sx-2026-01", "--panel", "p1", "--code", "OF1", "--role", "office", "--person", "周"];
    run("", &[&request[..], &["--to", &stick]].concat());
    run("", &["enrol", "accept", &package, &format!("{stick}/enrol-sx-2026-01-p1-of1-r1.zip")]);
    run("", &["package", "build", &package, "--to", &stick, "--key", "OF1"]);
    // From here on the reviewer's part, on the package that the reviewer's key is enrolled in.
    copy(&call().join("homes/r02/keys"), &place("home/keys"));
    run("", &["open", path(&bundle(PACKAGE))]);
    run("", &["score", "pledge", "--accept"]);
    run("", &["score", "declare"]);
    run(&sheets(), &["score", "batch"]);
    run("", &["score", "withdraw", "sx-0004"]);
    run("", &["score", "undo"]);
    run("", &["score", "list"]);
    run("", &["backup"]);
    run("", &["export", "scores", "--to", &stick]);
    run("", &["verify", &format!("{stick}/{SCORES}"), "--trust", path(&call().join("office.allowed_signers"))]);
    let journal = place("home/work").join(super::desk::WORK).join("store/journal");
    fs::write(&journal, fs::read(&journal).unwrap().split_off(1)).unwrap();
    run("", &["recover", "--yes"]);
    run("", &["check"]);
    run("", &["doctor"]);
    run("", &["key", "revoke", "--name", "OF1"]);
    folder
});

#[test]
fn folders_of_the_data_folder_are_0700_and_files_0600() {
    let home = WORKED.path().join("home");
    let mut loose = Vec::new();
    let mut count = 0;
    let mut open = vec![home];
    while let Some(path) = open.pop() {
        count += 1;
        let wanted = if path.is_dir() { "700" } else { "600" };
        let mode = super::tree::mode(&path);
        // The keys were laid there by this test, not by the program.
        if mode != wanted && !path.ends_with("r02.pub") {
            loose.push(format!("{mode} {}", path.display()));
        }
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    assert!(count > 20 && loose.is_empty(), "{count} looked at: {loose:#?}");
}

#[test]
fn nothing_lies_outside_the_data_folder_and_the_folders_that_were_named() {
    let names = Tree::of(WORKED.path());
    let stray: Vec<&str> = names.names().into_iter().filter(|name| name.contains('/')).collect();
    let stray: Vec<&str> =
        stray.into_iter().filter(|name| ["home/", "stick/", "package/"].iter().all(|known| !name.starts_with(known))).collect();
    assert!(stray.is_empty(), "{stray:?}");
    let handed: Vec<&str> = names.names().into_iter().filter_map(|name| name.strip_prefix("stick/")).collect();
    assert_eq!(handed, ["enrol-sx-2026-01-p1-of1-r1.zip", "package-sx-2026-01-p1-r1.zip", SCORES]);
    let hidden: Vec<&str> = names.names().into_iter().filter(|name| name.contains("/.")).collect();
    assert!(hidden.is_empty(), "unfinished files are left: {hidden:?}");
}
