//! `demo`: the whole process, and where it cannot be.

use std::{fs, path::Path};

use pingyi::{cli::Exit, report::FORMATS};

use super::{path, pingyi, refused};
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

/// The bundle and the office's key of both calls.
fn results() -> [(std::path::PathBuf, std::path::PathBuf); 2] {
    let of = |root: &Path, name: &str| (root.join("bundles").join(name), root.join("office.allowed_signers"));
    let evaluation = stage::root().join("evaluation");
    [of(stage::root(), "result-sx-2026-01-p1-r1.zip"), of(&evaluation, "result-jx-2026-p1-r1.zip")]
}

#[test]
fn the_headless_demo_leaves_every_report_on_both_calls_where_it_says() {
    let starts = ["Internal report (", "Public report ("];
    let is_report = |line: &&str| starts.iter().any(|start| line.starts_with(start));
    let mut said: Vec<&Path> = stage::told().lines().filter(is_report).map(|line| Path::new(line.rsplit(": ").next().unwrap())).collect();
    assert_eq!(said.len(), 2 * 2 * FORMATS.len(), "two calls, two audiences, every format");
    let mut found: Vec<_> = fs::read_dir(stage::root().join("reports")).unwrap().map(|entry| entry.unwrap().path()).collect();
    said.sort();
    found.sort();
    assert_eq!(said, found);
}

#[test]
fn the_demos_internal_reports_are_those_that_the_report_command_writes() {
    let dir = tempfile::tempdir().unwrap();
    for (result, trust) in results() {
        let words = ["report", path(&result), "--format", "xlsx", "--trust", path(&trust), "--to", path(dir.path())];
        pingyi(&words).done();
    }
    let written: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 2);
    for file in written {
        let left = stage::root().join("reports").join(file.file_name().unwrap());
        assert!(fs::read(&file).unwrap() == fs::read(&left).unwrap(), "{}", left.display());
    }
}

#[test]
fn the_demos_public_reports_say_from_when_until_when_and_name_no_reviewer() {
    let cases = [
        ("result-sx-2026-01-p1-r1", ["2026-03-21", "2026-03-25"], "sample-data/package/roster.toml"),
        ("result-jx-2026-p1-r1", ["2026-03-28", "2026-04-01"], "sample-data/performance/roster.toml"),
    ];
    for (stem, days, roster) in cases {
        let read = |audience: &str| fs::read_to_string(stage::root().join(format!("reports/{stem}-{audience}.html"))).unwrap();
        let (internal, public) = (read("report"), read("report-public"));
        assert!(days.iter().all(|day| public.contains(day)), "{stem}");
        let roster: toml::Table = toml::from_str(&fs::read_to_string(roster).unwrap()).unwrap();
        let people = roster["person"].as_array().unwrap();
        let names: Vec<&str> =
            people.iter().filter(|one| one["role"].as_str() == Some("reviewer")).map(|one| one["name"].as_str().unwrap()).collect();
        assert!(!names.is_empty());
        for name in names {
            assert!(internal.contains(name), "{stem}: {name} is in the report for the file");
            assert!(!public.contains(name), "{stem}: {name} is in the public report");
        }
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
