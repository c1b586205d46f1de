//! `score set|comment|na|declare|recuse|decline|pledge|submit|withdraw|undo|redo`: what changes a sheet.

use pingyi::cli::Exit;
use serde_json::json;

use super::{
    desk::{APPLICATIONS, Desk, Stand, sheets},
    golden::golden,
    tree::Tree,
};

#[test]
fn a_change_is_saved_with_a_number_and_the_same_change_again_is_none() {
    let desk = Desk::at(Stand::Begun);
    for (words, cell) in [
        (["score", "set", "sx-0004", "A1", "7.5"], "scored 7.5"),
        (["score", "set", "sx-0004", "A1", "0"], "scored 0"),
        (["score", "set", "sx-0004", "A1", "-"], "blank "),
        (["score", "na", "sx-0004", "O4", "该项目不涉及"], "na "),
    ] {
        let done = desk.json(&words);
        assert_eq!(done["changed"], true, "{words:?}");
        assert_eq!(desk.cell("sx-0004", words[3]), cell);
        let before = Tree::of(desk.path());
        assert_eq!(desk.json(&words), json!({ "seq": done["seq"], "changed": false }), "{words:?}");
        assert_eq!(desk.does(&words), "Nothing changed.\n");
        before.is_still(desk.path());
    }
    assert!(desk.does(&["score", "set", "sx-0013", "A1", "7"]).starts_with("Saved (entry "));
    assert!(desk.run_in("zh-CN", &["score", "set", "sx-0013", "A1", "6"]).done().starts_with("已保存（第"));
    golden("score-set", &desk.json(&["score", "set", "sx-0013", "A1", "7"]), desk.path());
}

#[test]
fn values_are_kept_in_one_form() {
    let desk = Desk::at(Stand::Begun);
    desk.does(&["score", "set", "sx-0004", "A1", "7.50"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 7.5");
    assert_eq!(desk.json(&["score", "set", "sx-0004", "A1", "7.5"])["changed"], false);
    desk.does(&["score", "set", "sx-0004", "A1", "7.0"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 7");
}

#[test]
fn each_rule_that_refuses_a_change_says_what_where_what_is_expected_and_what_to_do() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0001 A1 4\nrecuse sx-0013 employment 近三年任职\n");
    let long = "长".repeat(4001);
    let cases: [(&[&str], Exit, &str, &[&str]); 18] = [
        (&["set", "sx-0004", "A1", "8.5"], Exit::No, "err-out-of-range", &["8.5", "A1", "0 to 8"]),
        (&["set", "sx-0004", "A1", "85"], Exit::No, "err-out-of-range", &["85", "0 to 8"]),
        (&["set", "sx-0004", "A1", "7.25"], Exit::No, "err-off-step", &["7.25", "A1", "0.5"]),
        (&["set", "sx-0004", "A1", "7,5"], Exit::Usage, "err-score-form", &["7,5", "plain digits"]),
        (&["set", "sx-0004", "Z9", "1"], Exit::No, "err-no-criterion", &["Z9"]),
        (&["set", "sx-0004", "A 1", "1"], Exit::Usage, "err-not-an-id", &["A 1"]),
        (&["set", "sx-9999", "A1", "1"], Exit::No, "err-no-application", &["sx-9999"]),
        (&["set", "sx 4", "A1", "1"], Exit::Usage, "err-not-an-id", &["sx 4"]),
        (&["set", "sx-0013", "A1", "1"], Exit::No, "err-out", &["sx-0013"]),
        (&["na", "sx-0004", "A1", "不涉及"], Exit::No, "err-no-na", &["A1"]),
        (&["comment", "sx-0004", "A1", &long], Exit::No, "err-too-long", &["4001", "4000"]),
        (&["comment", "sx-0004", "Z9", "好"], Exit::No, "err-no-criterion", &["Z9"]),
        (&["comment", "sx-0013", "overall", "好"], Exit::No, "err-out", &["sx-0013"]),
        (&["recuse", "sx-0001", "--ground", "kinship", "亲属"], Exit::No, "err-has-scores", &["sx-0001"]),
        (&["recuse", "sx-0004", "--ground", "other", " "], Exit::No, "err-no-reason", &[]),
        (&["decline", "sx-0004", ""], Exit::No, "err-no-reason", &[]),
        (&["submit", "sx-0001"], Exit::No, "err-incomplete", &["sx-0001", "15 points"]),
        (&["submit", "sx-0013"], Exit::No, "err-out", &["sx-0013"]),
    ];
    desk.does(&["score", "status"]);
    for (words, exit, code, says) in cases {
        desk.refuses(&[&["score"], words].concat(), exit, code, says);
    }
    let undeclared = Desk::at(Stand::Opened);
    undeclared.does(&["score", "pledge", "--accept"]);
    undeclared.refuses(&["score", "set", "sx-0004", "A1", "1"], Exit::No, "err-undeclared", &["sx-0004"]);
}

#[test]
fn nothing_is_recorded_before_the_pledge_is_accepted() {
    let desk = Desk::at(Stand::Opened);
    golden("score-pledge", &desk.json(&["score", "pledge"]), desk.path());
    for words in [
        &["score", "declare"][..],
        &["score", "declare", "sx-0001"],
        &["score", "set", "sx-0001", "A1", "1"],
        &["score", "comment", "sx-0001", "overall", "好"],
        &["score", "recuse", "sx-0001", "--ground", "other", "x"],
        &["score", "submit"],
    ] {
        desk.refuses(words, Exit::No, "err-no-pledge", &["pledge"]);
    }
    let shown = desk.does(&["score", "pledge"]);
    assert!(shown.lines().count() > 3 && shown.ends_with("Not accepted yet.\n"), "{shown}");
    assert!(desk.run_in("zh-CN", &["score", "pledge"]).done().ends_with("尚未接受。\n"));
    assert_eq!(desk.does(&["score", "pledge", "--accept"]), "The pledge is accepted.\n");
    let accepted = desk.json(&["score", "pledge", "--accept"]);
    assert_eq!(accepted["changed"], false, "accepted once");
    golden("score-declare-all", &desk.json(&["score", "declare"]), desk.path());
    assert_eq!(desk.json(&["score", "declare"]), json!({ "applications": [] }));
}

#[test]
fn declarations_are_made_changed_and_kept_to_their_own_application() {
    let desk = Desk::at(Stand::Begun);
    desk.does(&["score", "recuse", "sx-0001", "--ground", "employment", "近三年任职"]);
    desk.does(&["score", "decline", "sx-0004", "专业不符"]);
    let status = desk.json(&["score", "status"]);
    let state = |id: &str| status["rows"].as_array().unwrap().iter().find(|row| row["application"] == id).unwrap()["state"].clone();
    assert_eq!([state("sx-0001"), state("sx-0004"), state("sx-0013")], [json!("recused"), json!("declined"), json!("draft")]);
    assert!(desk.does(&["score", "list", "--plain"]).contains("sx-0001\tA1\trecused\t\n"));
    desk.does(&["score", "declare", "sx-0001"]);
    assert!(desk.does(&["score", "list", "--plain"]).contains("sx-0001\tA1\tblank\t\n"));
    let grounds = ["employment", "director", "owner", "kinship", "same-entity", "own-application", "participant", "other"];
    for ground in grounds {
        assert_eq!(desk.json(&["score", "recuse", "sx-0001", "--ground", ground, "理由"])["changed"], true, "{ground}");
    }
    let wrong = desk.run(&["score", "recuse", "sx-0001", "--ground", "friendship", "理由"]);
    assert_eq!(wrong.exit, Exit::Usage);
    grounds.iter().for_each(|ground| assert!(wrong.complaints.contains(ground), "{wrong:?}"));
}

#[test]
fn comments_come_from_the_command_line_or_from_standard_input_and_can_be_cleared() {
    let desk = Desk::at(Stand::Begun);
    let shown = || desk.does(&["score", "show", "sx-0004"]);
    desk.does(&["score", "comment", "sx-0004", "A1", "- 论证充分"]);
    assert!(shown().contains("         - 论证充分\n"));
    desk.program(&["score", "comment", "sx-0004", "A1"]).input("第一行\n第二行\r\n").run().done();
    assert!(shown().contains("         第一行\n         第二行\n"), "{}", shown());
    desk.does(&["score", "comment", "sx-0004", "A1", ""]);
    assert!(!shown().contains("第一行"));
    let before = Tree::of(desk.path());
    let latin = desk.program(&["score", "comment", "sx-0004", "A1"]).input(*b"\xb2\xe2\xca\xd4").run();
    assert_eq!(latin.exit, Exit::BadInput, "{latin:?}");
    assert!(latin.complaints.contains("UTF-8"), "{latin:?}");
    let long = desk.program(&["score", "comment", "sx-0004", "A1"]).input("a".repeat(5_000_000)).run();
    assert_eq!(long.exit, Exit::No, "{}", long.complaints);
    before.is_still(desk.path());
}

#[test]
fn a_sheet_is_handed_in_closed_and_taken_back() {
    let desk = Desk::at(Stand::Done);
    for words in [
        &["score", "set", "sx-0004", "A1", "1"][..],
        &["score", "comment", "sx-0004", "overall", "x"],
        &["score", "declare", "sx-0004"],
        &["score", "recuse", "sx-0004", "--ground", "other", "x"],
    ] {
        if words[1] == "declare" {
            assert_eq!(desk.json(words)["changed"], false);
        } else {
            desk.refuses(words, Exit::No, "err-submitted", &["sx-0004"]);
        }
    }
    assert_eq!(desk.json(&["score", "submit", "sx-0004"])["changed"], false);
    assert_eq!(desk.json(&["score", "submit"]), json!({ "count": 0 }));
    desk.does(&["score", "withdraw", "sx-0004"]);
    desk.does(&["score", "set", "sx-0004", "A1", "1"]);
    desk.does(&["score", "comment", "sx-0004", "A1", "需求论证不足"]);
    assert_eq!(desk.does(&["score", "submit"]), "1 sheets handed in.\n");
    desk.refuses(&["score", "withdraw", "sx-9999"], Exit::No, "err-no-application", &["sx-9999"]);
}

#[test]
fn handing_in_everything_hands_in_all_sheets_or_none() {
    let desk = Desk::at(Stand::Begun);
    let sheets = sheets();
    let without_submit: Vec<&str> = sheets.lines().filter(|line| !line.starts_with("submit")).collect();
    let with_hole: Vec<&str> = without_submit.iter().copied().filter(|line| !line.starts_with("set sx-0013 C1")).collect();
    desk.batch(with_hole.join("\n"));
    desk.refuses(&["score", "submit"], Exit::No, "err-incomplete", &["sx-0013"]);
    desk.batch(without_submit.join("\n"));
    assert_eq!(desk.json(&["score", "submit"]), json!({ "count": APPLICATIONS.len() }));
}

#[test]
fn undo_and_redo_walk_along_what_happened_and_stop_at_its_ends() {
    let desk = Desk::at(Stand::Begun);
    desk.batch("set sx-0004 A1 7\nset sx-0004 A1 6\n");
    desk.does(&["score", "undo"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 7");
    desk.does(&["score", "undo"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "blank ");
    desk.does(&["score", "redo"]);
    desk.does(&["score", "redo"]);
    assert_eq!(desk.cell("sx-0004", "A1"), "scored 6");
    let before = Tree::of(desk.path());
    assert_eq!(desk.json(&["score", "redo"])["changed"], false);
    before.is_still(desk.path());
    while desk.json(&["score", "undo"])["changed"] == true {}
    assert_eq!(desk.json(&["score", "undo"])["changed"], false);
    desk.refuses(&["score", "set", "sx-0004", "A1", "1"], Exit::No, "err-undeclared", &["sx-0004"]);
}
