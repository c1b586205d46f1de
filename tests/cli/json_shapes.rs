//! What holds for every JSON document, and that each shape is written down.

use std::fs;

use pingyi::cli::Exit;
use serde_json::Value;

use super::{
    desk::{Desk, PACKAGE, Stand, bundle},
    golden::golden,
    path, pingyi,
};
use crate::tidy::{files, read};

#[test]
fn figures_that_count_are_texts_and_no_document_has_a_fraction_that_is_a_number() {
    fn look(name: &str, key: &str, value: &Value) {
        match value {
            Value::Number(number) => {
                assert!(number.is_u64() || number.is_i64(), "{name}: {key} is {number}");
                let counts = ["value", "total", "running", "mean", "weight", "max", "step"].contains(&key);
                assert!(!counts, "{name}: {key} is a number and not a text");
            }
            Value::Array(list) => list.iter().for_each(|one| look(name, key, one)),
            Value::Object(fields) => fields.iter().for_each(|(key, one)| look(name, key, one)),
            _ => {}
        }
    }
    let goldens = files("tests/cli/golden", ".json");
    assert!(goldens.len() > 30, "{goldens:?}");
    for name in goldens {
        look(&name, "", &serde_json::from_str(&read(&name)).unwrap());
    }
}

#[test]
fn every_shape_is_described_with_all_its_keys() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Array(list) => list.iter().for_each(|one| keys(one, found)),
            Value::Object(fields) => {
                found.extend(fields.keys().cloned());
                fields.values().for_each(|one| keys(one, found));
            }
            _ => {}
        }
    }
    let page = read("docs/formats.md");
    let mut missing = Vec::new();
    for name in files("tests/cli/golden", ".json") {
        let mut found = Vec::new();
        keys(&serde_json::from_str(&read(&name)).unwrap(), &mut found);
        missing.extend(found.into_iter().filter(|key| !page.contains(&format!("\"{key}\""))).map(|key| format!("{name}: {key}")));
    }
    missing.dedup();
    assert!(missing.is_empty(), "docs/formats.md does not name {missing:#?}");
}

#[test]
fn a_document_stands_alone_on_its_stream_indented_by_two_with_one_line_end() {
    let desk = Desk::at(Stand::Done);
    for words in [&["score", "show", "sx-0004"][..], &["check"], &["key", "list"], &["journal", "verify"], &["score", "submit"]] {
        let answer = desk.run(&[&["--json"], words].concat());
        let again = serde_json::to_string_pretty(&answer.json()).unwrap() + "\n";
        assert_eq!((answer.out, answer.complaints.as_str()), (again, ""), "{words:?}");
    }
}

#[test]
fn a_failure_is_one_document_too_and_the_sentences_stand_beside_it() {
    let desk = Desk::at(Stand::Begun);
    let refused = desk.run(&["--json", "score", "set", "sx-0004", "A1", "9"]);
    assert_eq!(refused.exit, Exit::No);
    assert_eq!(refused.complaints.lines().count(), 2);
    golden("error", &refused.json(), desk.path());
    let table = desk.file("t.csv", "application,criterion,value\nsx-0004,A1,x\n");
    golden("error-problems", &desk.run(&["--json", "score", "import", &table]).json(), desk.path());
    let mut bytes = fs::read(bundle(PACKAGE)).unwrap();
    bytes.truncate(bytes.len() - 5);
    let short = desk.file(PACKAGE, bytes);
    golden("error-findings", &pingyi(&["--home", path(&desk.home()), "--json", "open", &short]).json(), desk.path());
}
