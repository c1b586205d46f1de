//! Which files a folder gives, and what is told while they are looked at.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use pingyi::{
    bundle::allowed,
    workflow::{
        aggregate::gather::{files_in, gather},
        cores::{Progress, Watch, unwatched},
    },
};

use super::registers::good;
use crate::support::registers::{inbox, offices};

fn names(files: &[PathBuf], below: &Path) -> Vec<String> {
    files.iter().map(|file| file.strip_prefix(below).unwrap().to_str().unwrap().to_owned()).collect()
}

#[test]
fn a_folder_gives_every_zip_below_it_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for place in ["太原/一.zip", "太原/旧/二.zip", "大同.zip", "说明.txt", "太原/签字页.html", ".zip"] {
        let path = folder.path().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    fs::create_dir(folder.path().join("文件夹.zip")).unwrap();
    let found = files_in(&[folder.path().to_owned()]).unwrap();
    assert_eq!(names(&found, folder.path()), ["大同.zip", "太原/一.zip", "太原/旧/二.zip"]);
}

#[test]
fn a_file_that_is_named_is_taken_whatever_it_is_called_and_each_once() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.zip", "b.bin"] {
        fs::write(folder.path().join(name), "x").unwrap();
    }
    let paths = [folder.path().join("b.bin"), folder.path().to_owned(), folder.path().join("a.zip")];
    assert_eq!(names(&files_in(&paths).unwrap(), folder.path()), ["a.zip", "b.bin"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_not_followed_so_no_circle_goes_on_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("round")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", folder.path().join("out.zip")).unwrap();
    fs::write(folder.path().join("a.zip"), "x").unwrap();
    assert_eq!(names(&files_in(&[folder.path().to_owned()]).unwrap(), folder.path()), ["a.zip"]);
}

#[test]
fn a_folder_that_is_not_there_is_a_file_that_cannot_be_read() {
    let paths = [PathBuf::from("/nowhere/at/all")];
    let files = files_in(&paths).unwrap();
    let found = looked(&files, &mut |_| {});
    assert_eq!(found, ["all: why-not-a-result"]);
}

/// What became of `files`, as names and codes.
fn looked(files: &[PathBuf], told: &mut dyn FnMut(Progress)) -> Vec<String> {
    use pingyi::domain::text::Explain;
    let trust = allowed::read(&offices()).unwrap();
    let merged = gather(files, &trust, &|_, _| Ok(()), &mut Watch { told, stop: &AtomicBool::new(false) }).unwrap();
    let excluded = merged.excluded.iter().map(|one| format!("{}: {}", one.file, one.why.what().id));
    merged.panels.iter().map(|panel| format!("{}: counts", panel.file)).chain(excluded).collect()
}

#[test]
fn each_file_is_told_once_and_the_last_one_says_that_all_are_done() {
    let files = [good(), vec![inbox().path().join("a-empty.zip"), inbox().path().join("b-noise.zip")]].concat();
    let mut told = Vec::new();
    looked(&files, &mut |progress| told.push((progress.done, progress.of)));
    let expected: Vec<(usize, usize)> = (1..=files.len()).map(|done| (done, files.len())).collect();
    assert_eq!(told, expected);
}

#[test]
fn one_bad_file_on_two_sticks_is_named_once_for_each_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["one.zip", "two.zip"] {
        fs::copy(inbox().path().join("b-noise.zip"), folder.path().join(name)).unwrap();
    }
    let files = files_in(&[folder.path().to_owned(), folder.path().join("one.zip")]).unwrap();
    assert_eq!(looked(&files, &mut |_| {}), ["one.zip: why-not-verified", "two.zip: why-not-verified"]);
}

#[test]
fn what_each_result_gives_is_taken_once_and_a_failure_there_stops_everything() {
    let trust = allowed::read(&offices()).unwrap();
    let seen = std::sync::Mutex::new(Vec::new());
    let each = |result: &pingyi::domain::register::PanelResult, opened: &pingyi::workflow::verify::result::Opened| {
        assert_eq!(result.bundle, opened.bundle.digest());
        seen.lock().unwrap().push(result.bundle.clone());
        Ok(())
    };
    let merged = unwatched(|watch| gather(&good(), &trust, &each, watch)).unwrap();
    let mut seen = seen.into_inner().unwrap();
    seen.sort();
    let mut counted: Vec<String> = merged.panels.iter().map(|panel| panel.bundle.clone()).collect();
    counted.sort();
    assert_eq!(seen, counted);

    let full = |_: &pingyi::domain::register::PanelResult, _: &pingyi::workflow::verify::result::Opened| {
        Err(pingyi::workflow::StepError::io(Path::new("tables"), std::io::ErrorKind::StorageFull.into()))
    };
    let outcome = unwatched(|watch| gather(&good(), &trust, &full, watch));
    assert_eq!(outcome.unwrap_err().code(), "err-file");
}

#[test]
fn an_office_that_is_not_on_the_list_vouches_for_nothing() {
    let mut trust = allowed::read(&offices()).unwrap();
    trust.people[0].keys[0].public = crate::support::bundle::key(5).public();
    let merged = unwatched(|watch| gather(&good()[..1], &trust, &|_, _| Ok(()), watch)).unwrap();
    assert!(merged.panels.is_empty());
    let why = serde_json::to_value(&merged.excluded[0]).unwrap();
    assert_eq!((why["why"].as_str(), why["layer"].as_u64()), (Some("not-verified"), Some(5)), "{why}");
}
