//! Attachments find their applications by name, and nothing that lies there already is touched.

use std::{fs, path::PathBuf};

use pingyi::workflow::{
    gather::{self, Fate, Unmatched},
    prepare,
};
use serde::Deserialize;
use tempfile::TempDir;

use crate::support::stage::copy;

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    why: String,
    /// The file's name in the folder.
    file: String,
    #[serde(default = "some_text")]
    content: String,
    /// Application and name there, for a new one or one that is there already.
    new: Option<[String; 2]>,
    unchanged: Option<[String; 2]>,
    conflict: Option<[String; 2]>,
    /// Applications that it fits; none where it fits no one.
    unmatched: Option<Vec<String>>,
}

fn some_text() -> String {
    "示例\n".to_owned()
}

fn office() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (package, received) = (folder.path().join("package"), folder.path().join("received"));
    copy(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &package);
    fs::create_dir_all(&received).unwrap();
    (folder, package, received)
}

fn pair(fate: &Fate) -> (&'static str, Vec<String>) {
    match fate {
        Fate::New { application, file } => ("new", vec![application.to_string(), file.clone()]),
        Fate::Unchanged { application, file } => ("unchanged", vec![application.to_string(), file.clone()]),
        Fate::Conflict { application, file } => ("conflict", vec![application.to_string(), file.clone()]),
        Fate::Unmatched(Unmatched::None) => ("unmatched", vec![]),
        Fate::Unmatched(Unmatched::Several(ids)) => ("unmatched", ids.iter().map(ToString::to_string).collect()),
    }
}

#[test]
fn files_find_their_application_by_its_number_or_title_or_are_left_alone_with_the_reason() {
    for case in toml::from_str::<Table>(include_str!("gather.toml")).unwrap().case {
        let (_folder, package, received) = office();
        let path = received.join(&case.file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let sample = case.content.strip_prefix("sample:").map(|name| fs::read(package.join(name)).unwrap());
        fs::write(&path, sample.unwrap_or_else(|| case.content.clone().into_bytes())).unwrap();
        let gathering = gather::preview(&received, &package).unwrap();
        let found: Vec<(&str, Vec<String>)> = gathering.files.iter().map(|found| pair(&found.fate)).collect();
        let fates = [("new", case.new), ("unchanged", case.unchanged), ("conflict", case.conflict)];
        let mut wanted: Vec<(&str, Vec<String>)> =
            fates.into_iter().filter_map(|(word, pair)| pair.map(|pair| (word, pair.to_vec()))).collect();
        wanted.extend(case.unmatched.map(|ids| ("unmatched", ids)));
        assert_eq!(found, wanted, "{}", case.why);
    }
}

#[test]
fn what_was_confirmed_is_copied_and_listed_and_the_package_stays_sound() {
    let (_folder, package, received) = office();
    let before = fs::read_to_string(package.join("applications/sx-0003.toml")).unwrap();
    fs::write(received.join("sx-0003 人才需求调研.pdf"), "一").unwrap();
    fs::write(received.join("sx-0003 平面图.png"), "二").unwrap();
    fs::write(received.join("无关.docx"), "三").unwrap();
    let gathering = gather::preview(&received, &package).unwrap();
    assert_eq!((gathering.errors(), gathering.copied()), (0, 2), "{gathering:?}");
    assert_eq!(gathering.take_in().unwrap(), 2);
    let intake = prepare::check(&package).unwrap();
    let application = intake.package.applications.iter().find(|one| one.id.as_str() == "sx-0003").unwrap();
    let listed: Vec<(&str, &str)> = application.attachments.iter().map(|one| (one.file.as_str(), one.title.zh.as_str())).collect();
    assert!(listed.ends_with(&[("file.pdf", "sx-0003 人才需求调研"), ("file.png", "sx-0003 平面图")]), "{listed:?}");
    assert_eq!(fs::read_to_string(package.join("attachments/sx-0003/file.pdf")).unwrap(), "一");
    let after = fs::read_to_string(package.join("applications/sx-0003.toml")).unwrap();
    assert!(before.lines().all(|line| after.lines().any(|other| other == line)), "what the office wrote stays as it is");
    let again = gather::preview(&received, &package).unwrap();
    assert_eq!(again.copied(), 0, "a second time changes nothing: {again:?}");
}

#[test]
fn a_file_that_changed_since_the_preview_stops_everything_and_nothing_is_left_behind() {
    let (_folder, package, received) = office();
    fs::write(received.join("sx-0003 甲.pdf"), "一").unwrap();
    fs::write(received.join("sx-0004 乙.pdf"), "二").unwrap();
    let gathering = gather::preview(&received, &package).unwrap();
    let path = package.join("applications/sx-0004.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("# 改过\n{text}")).unwrap();
    assert!(gathering.take_in().is_err());
    assert!(!package.join("attachments/sx-0003/file.pdf").exists());
    fs::write(&path, text).unwrap();
    fs::remove_file(received.join("sx-0004 乙.pdf")).unwrap();
    assert!(gathering.take_in().is_err(), "a source that is gone");
    assert!(!package.join("attachments/sx-0003/file.pdf").exists(), "the first copy is taken back");
    assert!(prepare::check(&package).is_ok());
}

#[test]
fn attachments_can_be_taken_in_while_something_else_in_the_folder_is_still_open_and_what_is_open_is_told() {
    let (_folder, package, received) = office();
    let call = fs::read_to_string(package.join("call.toml")).unwrap();
    fs::write(package.join("call.toml"), call.replacen("示例省产教融合评审办公室", "【待填】组织单位全称", 1)).unwrap();
    fs::write(received.join("sx-0003 平面图.png"), "二").unwrap();
    let gathering = gather::preview(&received, &package).unwrap();
    let open: Vec<_> = gathering.standing.open.iter().map(|problem| (problem.file.as_str(), problem.what.id)).collect();
    assert_eq!((gathering.errors(), open), (0, vec![("call.toml", "err-to-fill")]));
    assert_eq!(gathering.take_in().unwrap(), 1);
    // What is new is told apart from it, and nothing is copied.
    let application = package.join("applications/sx-0004.toml");
    let text = fs::read_to_string(&application).unwrap();
    fs::write(&application, text.replacen("schema = 1", "schema = 2", 1)).unwrap();
    fs::write(received.join("sx-0004 效果图.png"), "三").unwrap();
    let gathering = gather::preview(&received, &package).unwrap();
    assert_eq!(gathering.errors(), 0, "an application of another schema was there before: {:?}", gathering.standing);
    assert_eq!(gathering.standing.open.len(), 2);
}
