//! `package rehearsal`: the same folder under another call, and nothing that could be taken for the review itself.

use std::{collections::BTreeSet, fs, path::Path};

use pingyi::cli::Exit;

use super::{path, pingyi, refused, tree::Tree};
use crate::support::stage::copy;

#[test]
fn a_rehearsal_folder_differs_in_the_calls_id_and_mode_alone_and_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["package", "trial/copy"].map(|name| folder.path().join(name));
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &from);
    let before = Tree::of(&from);
    let document = pingyi(&["--json", "package", "rehearsal", path(&from), "--to", path(&to)]).json();
    assert_eq!((document["call"].as_str(), document["folder"].as_str()), (Some("sx-2026-01-test"), Some(path(&to))));
    before.is_still(&from);
    let [ours, theirs] = [&from, &to].map(|folder| fs::read_to_string(folder.join("call.toml")).unwrap());
    let differing: Vec<(&str, &str)> = ours.lines().zip(theirs.lines()).filter(|(one, other)| one != other).collect();
    assert_eq!(
        differing,
        [("id     = \"sx-2026-01\"", "id     = \"sx-2026-01-test\""), ("mode   = \"official\"", "mode   = \"rehearsal\"")]
    );
    fs::write(to.join("call.toml"), &ours).unwrap();
    let [ours, mirrored] = [&from, &to].map(|folder| files_of(folder));
    assert_eq!(ours, mirrored, "every other file is the same");
    fs::write(to.join("call.toml"), &theirs).unwrap();
    assert_eq!(pingyi(&["package", "check", path(&to)]).exit, Exit::Done);
    assert_eq!(fs::read_dir(folder.path().join("trial")).unwrap().count(), 1, "no workshop is left behind");

    let again = folder.path().join("again");
    let words = ["package", "rehearsal", path(&to), "--to", path(&again)];
    refused(folder.path(), &words, Exit::Usage, "err-rehearsal-already", &["sx-2026-01-test"]);
    let words = ["package", "rehearsal", path(&from), "--to", path(&to)];
    refused(folder.path(), &words, Exit::BadInput, "err-target-exists", &[]);
}

fn files_of(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    let names = Tree::of(folder);
    let file = |name: &str| folder.join(name).is_file().then(|| (name.to_owned(), fs::read(folder.join(name)).unwrap()));
    names.names().into_iter().filter_map(file).collect()
}
