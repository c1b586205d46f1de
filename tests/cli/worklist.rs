//! `score show|status|list|history`: what was recorded, read without changing anything.

use std::fs;

use super::{
    desk::{APPLICATIONS, Desk, Stand},
    golden::golden,
    tree::Tree,
};
use pingyi::cli::Exit;

#[test]
fn the_plain_list_has_one_line_for_every_cell_with_three_tabs() {
    let desk = Desk::at(Stand::Done);
    let listed = desk.does(&["score", "list", "--plain"]);
    let rows: Vec<Vec<&str>> = listed.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), APPLICATIONS.len() * 16, "sixteen criteria are scored by hand");
    for row in &rows {
        assert!(row.len() == 4 && APPLICATIONS.contains(&row[0]) && row[2] == "scored" && !row[3].is_empty(), "{row:?}");
    }
    assert_eq!(desk.run_in("zh-CN", &["score", "list", "--plain"]).done(), listed, "no word of it is in a language");
    let documents = desk.json(&["score", "list"]);
    for (row, document) in rows.iter().zip(documents.as_array().unwrap()) {
        let named = ["application", "criterion", "state", "value"].map(|key| document[key].as_str().unwrap());
        assert_eq!(row[..], named);
    }
    let table = desk.does(&["score", "list"]);
    assert_eq!(table.lines().count(), rows.len());
    assert!(!table.contains('\t'));
}

#[test]
fn a_sheet_is_shown_with_titles_values_working_and_total_in_both_languages() {
    let desk = Desk::at(Stand::Done);
    let shown = desk.does(&["score", "show", "sx-0004"]);
    assert!(shown.contains("A1        6 / 8    Fit of direction") && shown.contains("sx-0004: total 82.00"), "{shown}");
    assert!(desk.run_in("zh-CN", &["score", "show", "sx-0004"]).done().contains("sx-0004 总分 82.00"));
    golden("score-show", &desk.json(&["score", "show", "sx-0004"]), desk.path());
    let open = Desk::at(Stand::Begun);
    open.does(&["score", "set", "sx-0004", "A1", "7"]);
    let shown = open.does(&["score", "show", "sx-0004"]);
    assert!(shown.contains("so far, 1 of 16") && shown.contains("  ! "), "{shown}");
    golden("score-show-open", &open.json(&["score", "show", "sx-0004"]), open.path());
}

#[test]
fn the_worklist_says_how_far_each_application_is() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 7\nrecuse sx-0013 kinship 亲属\n");
    let document = desk.json(&["score", "status"]);
    let mut rows = document["rows"].as_array().unwrap().clone();
    rows.sort_by_key(|row| row["application"].as_str().unwrap().to_owned());
    let mut sorted = document.clone();
    sorted["rows"] = rows.into();
    golden("score-status", &sorted, desk.path());
    let said = desk.does(&["score", "status"]);
    assert!(said.contains("recused") && said.lines().count() == 3, "{said}");
}

#[test]
fn no_value_is_ever_overwritten_and_history_shows_all_of_them_with_who_and_when() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 7\nset sx-0004 A1 6.5\nset sx-0004 A1 -\nundo\n");
    let rows = desk.json(&["score", "history", "sx-0004", "A1"]);
    golden("score-history", &rows, desk.path());
    let values: Vec<&str> = rows.as_array().unwrap().iter().map(|row| row["cell"]["value"].as_str().unwrap_or("-")).collect();
    assert_eq!(values, ["7", "6.5", "-", "6.5"]);
    let said = desk.does(&["score", "history", "sx-0004", "A1"]);
    assert_eq!(said.lines().count(), 4);
    assert!(said.lines().last().unwrap().contains("(takes back"), "{said}");
    assert_eq!(desk.does(&["score", "history", "sx-0004", "A2"]), "", "nothing was ever there");
}

#[test]
fn reading_changes_nothing_on_disk() {
    let desk = Desk::at(Stand::Done);
    let before = Tree::of(desk.path());
    let commands: [&[&str]; 9] = [
        &["score", "status"],
        &["score", "list"],
        &["score", "list", "--plain"],
        &["score", "show", "sx-0001"],
        &["score", "history", "sx-0001", "A1"],
        &["score", "pledge"],
        &["journal", "show"],
        &["journal", "verify"],
        &["check"],
    ];
    for words in commands {
        desk.does(words);
        desk.json(words);
        before.is_still(desk.path());
    }
}

#[test]
fn what_is_asked_about_must_exist() {
    let desk = Desk::at(Stand::Begun);
    desk.refuses(&["score", "show", "sx-9999"], Exit::No, "err-no-application", &["sx-9999"]);
    desk.refuses(&["score", "show", "sx 1"], Exit::Usage, "err-not-an-id", &["sx 1"]);
    desk.refuses(&["score", "history", "sx-9999", "A1"], Exit::No, "err-no-application", &["sx-9999"]);
    desk.refuses(&["score", "history", "sx-0001", "Z9"], Exit::No, "err-no-criterion", &["Z9"]);
    desk.refuses(&["score", "history", "sx-0001", "A 1"], Exit::Usage, "err-not-an-id", &["A 1"]);
    fs::remove_file(desk.home().join("work").join(super::desk::WORK).join("packages").read_dir().unwrap().next().unwrap().unwrap().path())
        .unwrap();
    let answer = desk.run(&["score", "status"]);
    assert_ne!(answer.exit, Exit::Done, "a workspace that lost its package: {answer:?}");
    assert!(answer.complaints.lines().count() >= 2, "{answer:?}");
}
