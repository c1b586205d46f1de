//! House rules: who may name whom, which folder may name which crate, sizes, headers, translations, tables and docs.
//! A rule that only stands in a document melts; these fail the build.

mod layers;
mod sizes;
mod texts;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` whose name ends in `suffix`, in a fixed order, with paths relative to the repository.
pub(crate) fn files(folder: &str, suffix: &str) -> Vec<String> {
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let mut names: Vec<String> = found
        .iter()
        .filter_map(|path| path.strip_prefix(root()).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .filter(|name| name.ends_with(suffix))
        .collect();
    names.sort();
    names
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, found) } else { found.push(path) }
    }
}

/// The text of a file of the repository.
pub(crate) fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Source lines without comments, so that a rule about code is not broken by prose.
pub(crate) fn code(name: &str) -> Vec<(usize, String)> {
    read(name)
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default().to_owned()))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect()
}

/// Fails with all `complaints`, one a line.
pub(crate) fn none(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}\n{}", complaints.join("\n"));
}

#[test]
fn every_test_file_is_listed_so_none_is_forgotten() {
    let listed: Vec<String> = files("tests", ".rs").iter().flat_map(|name| modules_of(name)).collect();
    let forgotten: Vec<String> =
        files("tests", ".rs").into_iter().filter(|name| name != "tests/all.rs" && !listed.contains(name)).collect();
    none("a test file that no `mod` line names is never compiled", &forgotten);
}

/// The files that the `mod` lines of `name` stand for.
fn modules_of(name: &str) -> Vec<String> {
    let folder = match name.rsplit_once('/') {
        Some((parent, "all.rs" | "mod.rs")) => parent.to_owned(),
        _ => name.trim_end_matches(".rs").to_owned(),
    };
    let lines = code(name);
    let declared = lines.iter().filter_map(|(_, line)| {
        let line = line.trim();
        line.strip_prefix("pub(crate) mod ").or_else(|| line.strip_prefix("mod ")).and_then(|rest| rest.strip_suffix(';'))
    });
    declared.flat_map(|module| [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")]).collect()
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let silent: Vec<String> = files("src", ".rs").into_iter().filter(|name| !read(name).starts_with("//!")).collect();
    none("every file begins with a `//!` header", &silent);
}

#[test]
fn nothing_is_left_for_later() {
    // Spelt apart so that this file does not break its own rule.
    let marks = [["TO", "DO"].concat(), ["FIX", "ME"].concat(), ["todo", "!"].concat(), ["unimplemented", "!"].concat()];
    let all = [files("src", ".rs"), files("tests", ".rs"), files("benches", ".rs")].concat();
    let left: Vec<String> = all
        .iter()
        .flat_map(|name| read(name).lines().enumerate().map(|(i, line)| (format!("{name}:{}", i + 1), line.to_owned())).collect::<Vec<_>>())
        .filter(|(_, line)| marks.iter().any(|mark| line.contains(mark.as_str())))
        .map(|(place, _)| place)
        .collect();
    none("finish it, or leave it out", &left);
}

#[test]
fn every_dependency_says_which_need_it_serves() {
    let manifest = read("Cargo.toml");
    let mut within = false;
    let mut silent = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            within = line.contains("dependencies");
        } else if within && line.contains('=') && !line.starts_with('#') && !line.contains(" # ") {
            silent.push(line.to_owned());
        }
    }
    none("a dependency line without a reason", &silent);
}
