//! `score import`: a table of scores goes through the same rules, and in whole or not at all.

use std::fs;

use pingyi::cli::Exit;
use serde_json::json;

use super::{
    desk::{Desk, Stand},
    golden::golden,
    path,
    tree::Tree,
};
use crate::tidy::root;

const HEAD: &str = "application,criterion,value,state,reason,comment\n";

#[test]
fn a_table_is_tried_first_and_then_taken_in_and_the_second_time_nothing_is_left_to_do() {
    let desk = Desk::at(Stand::Begun);
    let rows = "sx-0004,A1,7.5,,,很好\nsx-0004,O4,,na,不涉及,\nsx-0004,overall,,comment,,总体可行\nsx-0013,-,kinship,recused,亲属,\n";
    let file = desk.file("scores.csv", format!("{HEAD}{rows}"));
    let before = Tree::of(desk.path());
    let tried = desk.json(&["score", "import", &file, "--dry-run"]);
    assert_eq!([&tried["done"], &tried["lines"], &tried["changes"]], [&json!(false), &json!(4), &json!(5)]);
    let said = desk.run_in("zh-CN", &["score", "import", &file, "--dry-run"]).done();
    assert_eq!(said, "4行将产生5项变更，0项不予接受，另有0行属于他人。未作任何改动。\n");
    before.is_still(desk.path());
    golden("score-import", &desk.json(&["score", "import", &file]), desk.path());
    let cells = ["A1", "O4"].map(|criterion| desk.cell("sx-0004", criterion));
    assert_eq!(cells, ["scored 7.5", "na "]);
    assert!(desk.does(&["score", "show", "sx-0004"]).contains("         很好\n"));
    let after = Tree::of(desk.path());
    assert_eq!(desk.does(&["score", "import", &file]), "0 changes made.\n");
    after.is_still(desk.path());
}

#[test]
fn one_line_that_a_rule_refuses_keeps_the_whole_table_out_and_all_such_lines_are_named() {
    let desk = Desk::at(Stand::Begun);
    let rows = "sx-0004,A1,7,,,\nsx-0004,A2,99,,,\nsx-0004,A3,1,,,\nsx-0004,B1,0.7,,,\nsx-0099,A1,1,,,\nsx-0001,Z9,1,,,\n";
    let file = desk.file("scores.csv", format!("{HEAD}{rows}"));
    let before = Tree::of(desk.path());
    for words in [&["score", "import", &file][..], &["score", "import", &file, "--dry-run"]] {
        let answer = desk.run(&[&["--json"], words].concat());
        assert_eq!(answer.exit, Exit::No, "{answer:?}");
        let document = answer.json();
        let named: Vec<(u64, &str)> = document["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["line"].as_u64().unwrap(), row["code"].as_str().unwrap()))
            .collect();
        let wanted =
            [(3, "err-out-of-range"), (5, "err-off-step"), (6, "err-no-application"), (6, "err-no-application"), (7, "err-no-criterion")];
        assert_eq!(named, wanted);
        assert_eq!(document["done"], false);
    }
    let answer = desk.run(&["score", "import", &file]);
    assert!(answer.out.contains(&format!("{file}:3\n")) && answer.out.ends_with("5 refused; nothing was changed.\n"), "{answer:?}");
    assert!(answer.complaints.contains("99 for A2 is outside 0 to 8."), "{answer:?}");
    before.is_still(desk.path());
}

#[test]
fn a_table_of_everybody_gives_each_reviewer_their_own_lines() {
    let desk = Desk::at(Stand::Begun);
    let table = fs::read_to_string(root().join("sample-data/scores.csv")).unwrap();
    let kept: Vec<&str> =
        table.lines().filter(|line| ["application", "sx-0001", "sx-0004", "sx-0013"].iter().any(|id| line.starts_with(id))).collect();
    let mine = kept.iter().filter(|line| line.contains(",R02,")).count();
    let file = desk.file("all.csv", kept.join("\r\n"));
    let done = desk.json(&["score", "import", &file]);
    assert_eq!((done["lines"].as_u64(), done["others"].as_u64()), (Some(mine as u64), Some((kept.len() - 1 - mine) as u64)));
    assert!(desk.does(&["score", "show", "sx-0004"]).contains("total 82.00"));
}

#[test]
fn tables_as_offices_export_them_are_read() {
    let chinese = "2026年评分汇总,,\n申报编号,指标,得分,评语\nsx-0004,A1,7,\"需求充分，\n依据可核\"\n,,,\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(chinese);
    let with_mark = [&b"\xef\xbb\xbf"[..], chinese.as_bytes()].concat();
    let tabs = chinese.replace(',', "\t");
    for (name, bytes) in [("gb18030", gb.into_owned()), ("utf-8 with a mark", with_mark), ("tabs", tabs.into_bytes())] {
        let desk = Desk::at(Stand::Begun);
        let file = desk.file("t.csv", bytes);
        assert_eq!(desk.json(&["score", "import", &file])["changes"], 2, "{name}");
        assert_eq!(desk.cell("sx-0004", "A1"), "scored 7", "{name}");
    }
}

#[test]
fn a_table_with_mistakes_is_refused_with_every_line_and_column() {
    let desk = Desk::at(Stand::Begun);
    let cases: [(&str, &str, u64); 8] = [
        ("sx-0004,A1,7,5,,\nsx-0004,A2,1,,,\n", "err-state", 2),
        ("sx 4,A1,7,,,\n", "err-not-an-id", 2),
        ("sx-0004,A 1,7,,,\n", "err-not-an-id", 2),
        ("sx-0004,A1,,,,\n", "err-score-form", 2),
        ("sx-0004,A1,7,,,\nsx-0004,A1,7,,,\n", "err-cell-twice", 3),
        ("sx-0004,-,friend,recused,x,\n", "err-ground", 2),
        ("sx-0004,A1,7,done,,\n", "err-state", 2),
        ("sx-0004,A1,\"7,,,\n", "err-quote-open", 2),
    ];
    for (rows, code, line) in cases {
        let file = desk.file("t.csv", format!("{HEAD}{rows}"));
        let before = Tree::of(desk.path());
        let answer = desk.run(&["--json", "score", "import", &file]);
        assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
        before.is_still(desk.path());
        let document = answer.json();
        let first = &document["error"]["problems"][0];
        assert_eq!((first["code"].as_str(), first["line"].as_u64()), (Some(code), Some(line)), "{rows:?}: {document}");
        assert_eq!(first["file"], file.as_str());
    }
    for (text, code) in [
        ("a,b\n1,2\n", "err-no-headings"),
        ("", "err-no-headings"),
        ("application,criterion\nsx-0004,A1\n", "err-heading-missing"),
        ("application,criterion,value,valeu\nsx-0004,A1,1,1\n", "err-heading-unknown"),
        ("application,criterion,value,value\nsx-0004,A1,1,1\n", "err-heading-twice"),
    ] {
        let file = desk.file("t.csv", text);
        let document = desk.run(&["--json", "score", "import", &file]).json();
        assert_eq!(document["error"]["problems"][0]["code"], code, "{text:?}");
    }
    let wide = desk.file("t.csv", b"\xff\xfea\x00");
    desk.refuses(&["score", "import", &wide], Exit::BadInput, "err-problems", &[]);
    let none = path(&desk.path().join("none.csv")).to_owned();
    desk.refuses(&["score", "import", &none], Exit::BadInput, "err-cannot-read", &["none.csv"]);
}
