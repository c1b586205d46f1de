//! `demo`: the whole process, and where it cannot be.

use std::{fs, path::Path};

use pingyi::cli::Exit;

use super::{path, refused};
use crate::support::stage;

#[test]
fn the_headless_demo_says_every_step_verifies_every_bundle_and_names_the_folder() {
    let lines: Vec<&str> = stage::told().lines().collect();
    assert!(lines[0].starts_with("Package folder checked: 24 applications"), "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("Score bundle of R0")).count(), 7, "{lines:?}");
    assert_eq!(lines.iter().filter(|line| line.starts_with("Score bundle of E0") || line.starts_with("Score bundle of TP1")).count(), 5);
    assert!(lines[lines.len() - 3].starts_with("Results of 2 panels put together"), "{lines:?}");
    assert_eq!(lines[lines.len() - 2], "17 of 17 bundles verify");
    assert_eq!(lines[lines.len() - 1], format!("All files are in {}", stage::root().display()));
    for line in lines.iter().filter(|line| line.ends_with(".zip")) {
        let file = line.rsplit(": ").next().unwrap();
        assert!(Path::new(file).is_file(), "{line}");
    }
}

#[test]
fn a_demo_that_cannot_be_laid_out_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    refused(dir.path(), &["demo", "--headless", "--out", path(&file)], Exit::BadInput, "err-file", &["file"]);
    let used = dir.path().join("used");
    fs::create_dir_all(used.join("package")).unwrap();
    fs::write(used.join("package/call.toml"), "x").unwrap();
    refused(dir.path(), &["demo", "--headless", "--out", path(&used)], Exit::BadInput, "err-target-exists", &["package"]);
    let new = dir.path().join("new");
    refused(dir.path(), &["demo", "--out", path(&new), "--as", "R 2"], Exit::Usage, "err-not-an-id", &["R 2"]);
}
