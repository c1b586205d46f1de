//! `rubric check|list|schema` and `schema`.

use std::fs;

use pingyi::cli::Exit;
use serde_json::json;

use super::{golden::golden, path, pingyi, refused};
use crate::tidy::{files, root};

fn selection() -> String {
    root().join("rubrics/selection.toml").to_str().unwrap().to_owned()
}

#[test]
fn a_sound_rubric_is_said_to_be_sound_in_both_languages() {
    for file in [selection(), "selection".to_owned()] {
        assert!(pingyi(&["--lang", "zh-CN", "rubric", "check", &file]).done().ends_with("检查通过。\n"));
        assert!(pingyi(&["--lang", "en", "rubric", "check", &file]).done().ends_with("sound.\n"));
    }
}

#[test]
fn a_wrong_rubric_ends_with_the_code_for_bad_input_and_names_file_line_and_column() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    fs::write(&file, "schema = 1\nidd = \"x\"\n").unwrap();
    let answer = pingyi(&["--lang", "en", "rubric", "check", path(&file)]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(answer.out.contains(&format!("{}:2:1: error: Unknown key \"idd\".", file.display())), "{}", answer.out);
}

#[test]
fn json_gives_line_column_code_and_both_languages() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    fs::write(&file, "idd = 1\n").unwrap();
    let answer = pingyi(&["--json", "rubric", "check", path(&file)]);
    assert_eq!(answer.exit, Exit::BadInput);
    let document = answer.json();
    assert_eq!(document["sound"], false);
    let first = document["problems"].as_array().unwrap().iter().find(|problem| problem["code"] == "err-unknown-key").unwrap();
    assert_eq!((first["line"].as_u64(), first["column"].as_u64()), (Some(1), Some(1)));
    assert!(first["text"]["zh"].as_str().unwrap().contains("未知") && first["text"]["en"].as_str().unwrap().contains("Unknown"));
    golden("rubric-check-bad", &document, dir.path());
    golden("rubric-check-good", &pingyi(&["--json", "rubric", "check", "selection"]).json(), dir.path());
}

#[test]
fn what_cannot_be_read_as_a_rubric_is_bad_input_with_advice() {
    let dir = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let file = dir.path().join(name);
        fs::write(&file, bytes).unwrap();
        path(&file).to_owned()
    };
    let latin = file("gb.toml", b"schema = 1\ntitle = \"\xb2\xe2\xca\xd4\"\n");
    let folder = path(dir.path()).to_owned();
    let missing = dir.path().join("none.toml");
    for (name, code, says) in [
        (path(&missing), "err-cannot-read", "Check the name"),
        (&folder, "err-cannot-read", "Check the name"),
        (&latin, "err-not-utf8", "Save it as UTF-8"),
    ] {
        refused(dir.path(), &["rubric", "check", name], Exit::BadInput, code, &[name, says]);
    }
}

#[test]
fn every_mistake_of_a_rubric_is_named_at_once_each_with_its_line() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("r.toml");
    let text = fs::read_to_string(selection()).unwrap();
    let mut wanted = Vec::new();
    let broken: Vec<String> = text
        .lines()
        .zip(1..)
        .map(|(line, number)| {
            if line.starts_with("total ") {
                wanted.push(number);
                "total = \"099\"".to_owned()
            } else if line.starts_with("step ") && wanted.len() < 4 {
                wanted.push(number);
                "step = 0.5".to_owned()
            } else {
                line.to_owned()
            }
        })
        .collect();
    assert!(wanted.len() > 2, "the rubric has a total and steps");
    fs::write(&file, broken.join("\n")).unwrap();
    let document = pingyi(&["--json", "rubric", "check", path(&file)]).json();
    let lines: Vec<u64> = document["problems"].as_array().unwrap().iter().map(|problem| problem["line"].as_u64().unwrap()).collect();
    wanted.iter().for_each(|line| assert!(lines.contains(line), "line {line} is not among {lines:?}"));
}

#[test]
fn the_list_names_every_shipped_rubric_and_each_of_them_is_sound() {
    let listed = pingyi(&["--json", "rubric", "list"]).json();
    let ids: Vec<&str> = listed.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    let on_disk = files("rubrics", ".toml");
    assert_eq!(ids.len(), on_disk.len(), "{ids:?} {on_disk:?}");
    for (id, row) in ids.iter().zip(listed.as_array().unwrap()) {
        assert!(on_disk.contains(&format!("rubrics/{id}.toml")));
        pingyi(&["rubric", "check", id]).done();
        for (lang, key) in [("zh-CN", "zh"), ("en", "en")] {
            let line = format!("{id}  {}\n", row["title"][key].as_str().unwrap());
            assert!(pingyi(&["--lang", lang, "rubric", "list"]).done().contains(&line));
        }
    }
    golden("rubric-list", &listed, &root());
}

#[test]
fn schemas_are_json_and_the_two_ways_to_the_rubric_schema_print_the_same() {
    let names = pingyi(&["schema"]).done();
    assert_eq!(pingyi(&["--json", "schema"]).json(), json!(names.lines().collect::<Vec<_>>()));
    for name in names.lines() {
        let schema: serde_json::Value = serde_json::from_str(&pingyi(&["schema", name]).done()).unwrap();
        assert!(schema["$schema"].is_string() && schema["properties"].is_object(), "{name}");
    }
    let printed = pingyi(&["rubric", "schema"]).done();
    assert_eq!(printed, pingyi(&["schema", "rubric"]).done());
    assert_eq!(printed, fs::read_to_string(root().join("rubrics/rubric.schema.json")).unwrap());
    let dir = tempfile::tempdir().unwrap();
    refused(dir.path(), &["schema", "rubrik"], Exit::Usage, "err-no-schema", &["rubrik", "rubric, "]);
}
