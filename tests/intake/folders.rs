//! Package folders as they really lie on a disk: links that go in circles, doors that are shut, names that other systems make.

use std::{fs, path::Path};

use pingyi::{
    domain::finding::Severity,
    intake::{Problem, package, source::Folder},
};
use tempfile::TempDir;

use crate::{support::stage::copy, tidy::root};

fn sample() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("sample-data/package"), dir.path());
    dir
}

/// File and message of every error; each has a place.
fn errors(folder: &Path) -> Vec<(String, &'static str)> {
    let problems: Vec<Problem> = package::read(&Folder::new(folder.to_owned())).err().unwrap_or_default();
    assert!(problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1), "{problems:?}");
    problems.into_iter().filter(|one| one.severity == Severity::Error).map(|one| (one.file, one.what.id)).collect()
}

fn error(file: &str, id: &'static str) -> (String, &'static str) {
    (file.to_owned(), id)
}

#[cfg(unix)]
#[test]
fn links_that_go_in_circles_or_out_of_the_folder_are_named_and_not_followed() {
    use std::os::unix::fs::symlink;
    let dir = sample();
    let at = |name: &str| dir.path().join(name);
    symlink("..", at("applications/up")).unwrap();
    symlink(".", at("attachments/sx-0001/round")).unwrap();
    symlink("b", at("reference/a")).unwrap();
    symlink("a", at("reference/b")).unwrap();
    symlink("/", at("whole")).unwrap();
    let expected =
        ["applications/up", "attachments/sx-0001/round", "reference/a", "reference/b", "whole"].map(|name| error(name, "err-not-a-file"));
    assert_eq!(errors(dir.path()), expected);
    fs::remove_file(at("roster.toml")).unwrap();
    symlink(root().join("sample-data/package/roster.toml"), at("roster.toml")).unwrap();
    assert!(errors(dir.path()).contains(&error("roster.toml", "err-not-a-file")), "also where it leads to the right file");
}

#[cfg(unix)]
#[test]
fn a_backslash_in_a_name_does_not_lead_into_a_folder() {
    let dir = sample();
    for name in ["reference\\codes.toml", "attachments\\sx-0001\\survey.pdf", "applications\\sx-0001.toml"] {
        fs::write(dir.path().join(name), "x").unwrap();
    }
    let mut found = errors(dir.path());
    found.sort();
    let expected = ["applications\\sx-0001.toml", "attachments\\sx-0001\\survey.pdf", "reference\\codes.toml"];
    assert_eq!(found, expected.map(|name| error(name, "err-stray-file")));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_named_beside_every_other_problem() {
    use std::os::unix::fs::PermissionsExt;
    let dir = sample();
    let shut = dir.path().join("pledge.zh-CN.md");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    fs::write(dir.path().join("call.toml"), "schema = 1\nid = 7\n").unwrap();
    let found = errors(dir.path());
    assert!(found.iter().any(|(file, _)| file == "call.toml"), "{found:?}");
    // The superuser reads through shut doors, and nobody else does.
    assert!(fs::read(&shut).is_ok() || found.contains(&error("pledge.zh-CN.md", "err-cannot-read")), "{found:?}");
}

#[test]
fn a_folder_that_is_empty_missing_or_a_file_is_told_and_every_missing_part_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let missing = [
        "call.toml",
        "pledge.en.md",
        "pledge.zh-CN.md",
        "reference/codes.toml",
        "reference/existing-bases.toml",
        "reference/industry-map.toml",
        "roster.toml",
    ];
    assert_eq!(errors(dir.path()), missing.map(|name| error(name, "err-file-missing")));
    for gone in [dir.path().join("nowhere"), root().join("Cargo.toml")] {
        let found = errors(&gone);
        assert!(found.contains(&error(".", "err-cannot-list")), "{found:?}");
    }
}

#[test]
fn a_folder_where_a_file_should_be_and_a_file_where_a_folder_should_be_are_told() {
    let dir = sample();
    fs::remove_file(dir.path().join("roster.toml")).unwrap();
    fs::create_dir(dir.path().join("roster.toml")).unwrap();
    fs::remove_dir_all(dir.path().join("reference")).unwrap();
    fs::write(dir.path().join("reference"), "x").unwrap();
    let found = errors(dir.path());
    for (file, id) in [("reference", "err-stray-file"), ("roster.toml", "err-cannot-read")] {
        assert!(found.contains(&error(file, id)), "{found:?}");
    }
    assert!(found.iter().filter(|(file, _)| file.starts_with("reference/")).count() == 3, "{found:?}");
}

#[test]
fn folders_below_each_other_without_end_are_looked_into_only_so_far() {
    let dir = sample();
    let mut deep = dir.path().join("attachments/sx-0001");
    for _ in 0..60 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("x.pdf"), "x").unwrap();
    let found = errors(dir.path());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "err-not-a-file");
}

#[test]
fn text_files_in_the_wrong_encoding_are_told_all_at_once() {
    let dir = sample();
    let chinese = |name: &str| {
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name), &*encoding_rs::GB18030.encode(&text).0).unwrap();
    };
    ["call.toml", "roster.toml", "pledge.zh-CN.md", "applications/sx-0003.toml"].into_iter().for_each(chinese);
    fs::write(dir.path().join("assignments.csv"), b"\xff\xfea\0p\0p\0").unwrap();
    let found = errors(dir.path());
    for name in ["applications/sx-0003.toml", "call.toml", "pledge.zh-CN.md", "roster.toml"] {
        assert!(found.contains(&error(name, "err-not-utf8")), "{name}: {found:?}");
    }
    assert!(found.contains(&error("assignments.csv", "err-encoding")), "{found:?}");
}

#[test]
fn windows_line_ends_and_byte_order_marks_change_nothing_in_what_a_package_says() {
    let dir = sample();
    let plain = package::read(&Folder::new(dir.path().to_owned())).unwrap().package;
    for name in
        ["call.toml", "roster.toml", "recusals.toml", "rubric.toml", "assignments.csv", "pledge.zh-CN.md", "applications/sx-0001.toml"]
    {
        let text = fs::read_to_string(dir.path().join(name)).unwrap();
        fs::write(dir.path().join(name), format!("\u{feff}{}", text.replace('\n', "\r\n"))).unwrap();
    }
    let carried = package::read(&Folder::new(dir.path().to_owned())).unwrap().package;
    assert_eq!(
        (&carried.call, &carried.roster, &carried.rubric, &carried.pledge),
        (&plain.call, &plain.roster, &plain.rubric, &plain.pledge)
    );
    assert_eq!((carried.assignments, carried.recusals), (plain.assignments, plain.recusals));
}
