//! The package folder: what does not belong there is told, and every mistake stands at its place.

use std::{fs, path::Path};

use pingyi::{
    domain::{finding::Severity, text::Language},
    i18n,
    intake::{
        Problem,
        package::{self, Intake},
        source::Folder,
    },
};
use tempfile::TempDir;

use crate::tidy::root;

/// A copy of the sample package that a test may spoil.
fn sample() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(&root().join("sample-data/package"), dir.path());
    dir
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn read(dir: &TempDir) -> Result<Intake, Vec<Problem>> {
    package::read(&Folder::new(dir.path().to_path_buf()))
}

/// File, line, column and message of every error.
fn errors(dir: &TempDir) -> Vec<(String, usize, usize, &'static str)> {
    let errors = read(dir).unwrap_err().into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| (problem.file, problem.line, problem.column, problem.what.id)).collect()
}

fn error(file: &str, line: usize, column: usize, id: &'static str) -> (String, usize, usize, &'static str) {
    (file.to_owned(), line, column, id)
}

fn edit(dir: &TempDir, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(dir.path().join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    fs::write(dir.path().join(file), text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_sample_package_is_sound() {
    let intake = read(&sample()).unwrap();
    assert_eq!(intake.package.applications.len(), 24);
    assert!(intake.files.contains(&"attachments/sx-0001/survey.pdf".to_owned()));
}

#[test]
fn litter_of_other_programs_is_a_warning_and_does_not_travel() {
    let dir = sample();
    let litter = [".DS_Store", "Thumbs.db", "applications/sx-0001.toml.bak", "~$call.toml"];
    litter.iter().for_each(|name| fs::write(dir.path().join(name), "x").unwrap());
    let intake = read(&dir).unwrap();
    for name in litter {
        let note = intake.notes.iter().find(|note| note.file == name).unwrap();
        assert_eq!((note.severity, note.what.id), (Severity::Warning, "warn-litter"));
        assert!(!intake.files.contains(&name.to_owned()), "{name}");
    }
}

#[test]
fn a_stray_file_is_an_error() {
    let dir = sample();
    fs::write(dir.path().join("notes.docx"), "x").unwrap();
    assert_eq!(errors(&dir), [error("notes.docx", 1, 1, "err-stray-file")]);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_an_error_even_under_the_name_of_an_attachment() {
    let dir = sample();
    std::os::unix::fs::symlink("/etc/hostname", dir.path().join("attachments/sx-0001/more.pdf")).unwrap();
    assert_eq!(errors(&dir), [error("attachments/sx-0001/more.pdf", 1, 1, "err-not-a-file")]);
}

#[test]
fn an_application_in_a_file_of_another_name_is_told_at_its_id() {
    let dir = sample();
    let folder = dir.path().join("applications");
    fs::rename(folder.join("sx-0001.toml"), folder.join("first.toml")).unwrap();
    assert_eq!(errors(&dir), [error("applications/first.toml", 2, 1, "err-file-stem")]);
}

#[test]
fn a_file_that_is_missing_is_named() {
    let dir = sample();
    fs::remove_file(dir.path().join("pledge.en.md")).unwrap();
    assert_eq!(errors(&dir), [error("pledge.en.md", 1, 1, "err-file-missing")]);
}

#[test]
fn a_shipped_rubric_that_there_is_not_is_told_at_the_call() {
    let dir = sample();
    edit(&dir, "call.toml", "rubric = \"rubric.toml\"", "rubric = \"no-such-rubric\"");
    assert!(errors(&dir).contains(&error("call.toml", 8, 1, "err-no-shipped-rubric")));
}

#[test]
fn assignments_say_the_same_in_gb18030_with_chinese_headings_and_a_title() {
    let dir = sample();
    let plain = read(&dir).unwrap().package.assignments;
    edit(&dir, "assignments.csv", "application,reviewer", "分派表,\n申报编号,评审专家");
    let text = fs::read_to_string(dir.path().join("assignments.csv")).unwrap();
    fs::write(dir.path().join("assignments.csv"), &*encoding_rs::GB18030.encode(&text).0).unwrap();
    assert_eq!(read(&dir).unwrap().package.assignments, plain);
}

#[test]
fn an_item_without_applications_is_told_at_the_item() {
    let dir = sample();
    fs::write(dir.path().join("assignments.csv"), "application,item,reviewer\n,t99,R01\n").unwrap();
    let problems = read(&dir).unwrap_err();
    let problem = problems.iter().find(|problem| problem.what.id == "err-not-an-id").unwrap();
    assert_eq!((problem.line, problem.column), (2, 2));
}

/// One edit of `package-mistakes.toml` and what has to be told of it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    told: String,
    file: String,
    from: String,
    to: String,
    at: String,
    #[serde(default)]
    nth: Option<usize>,
    finding: String,
}

#[derive(serde::Deserialize)]
struct Mistakes {
    mistake: Vec<Mistake>,
}

fn mistakes() -> Vec<Mistake> {
    toml::from_str::<Mistakes>(include_str!("package-mistakes.toml")).unwrap().mistake
}

/// The line, from 1, in which the text of the mistake stands.
fn line_of(dir: &TempDir, mistake: &Mistake) -> usize {
    let text = fs::read_to_string(dir.path().join(&mistake.file)).unwrap();
    let mut lines = text.lines().enumerate().filter(|(_, line)| line.contains(&mistake.at));
    lines.nth(mistake.nth.unwrap_or(1) - 1).unwrap_or_else(|| panic!("{}: {} is nowhere", mistake.told, mistake.at)).0 + 1
}

#[test]
fn ten_mistakes_in_a_package_folder_are_told_at_once_each_at_its_place() {
    let dir = sample();
    for mistake in mistakes() {
        edit(&dir, &mistake.file, &mistake.from, &mistake.to);
    }
    let mut told: Vec<(String, usize, String)> =
        errors(&dir).into_iter().map(|(file, line, _, what)| (file, line, what.to_owned())).collect();
    let mut expected: Vec<(String, usize, String)> =
        mistakes().iter().map(|mistake| (mistake.file.clone(), line_of(&dir, mistake), mistake.finding.clone())).collect();
    told.sort();
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(told.len(), 10);
}

#[test]
fn each_of_the_ten_mistakes_alone_is_told_with_what_was_expected_and_what_to_do() {
    for mistake in mistakes() {
        let dir = sample();
        edit(&dir, &mistake.file, &mistake.from, &mistake.to);
        let problems = read(&dir).err().unwrap_or_else(|| panic!("{}: nothing was told", mistake.told));
        let found: Vec<Problem> =
            problems.into_iter().filter(|problem| problem.severity == Severity::Error && problem.file == mistake.file).collect();
        let here = found.iter().find(|problem| problem.what.id == mistake.finding);
        let problem = here.unwrap_or_else(|| panic!("{}: {found:#?}", mistake.told));
        assert!(problem.line == line_of(&dir, &mistake) && problem.column > 0, "{}: {problem:?}", mistake.told);
        for language in [Language::Zh, Language::En] {
            let words = [&problem.what, &problem.advice].map(|message| i18n::text(language, message));
            assert!(words.iter().all(|words| !words.is_empty()), "{}: {words:?}", mistake.told);
        }
    }
}
