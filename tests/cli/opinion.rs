//! The panel's opinion: part by part, from a file, or drafted from what the members wrote.

use pingyi::cli::Exit;

use super::{chair::Chair, golden::golden, refused, tree::Tree};

#[test]
fn an_opinion_grows_part_by_part_and_the_answer_is_no_while_a_part_is_missing() {
    let chair = Chair::with_everything();
    let empty = chair.run(&["opinion", "sx-0001"]);
    assert_eq!((empty.exit, empty.out.matches("Not written yet").count()), (Exit::No, 5), "{empty:?}");
    chair.does(&["opinion", "sx-0001", "--overall", "基础好。", "--strengths", "与整车企业共建。"]);
    let more = ["opinion", "sx-0001", "--problems", "开放时间未定。", "--advice", "补充开放计划。", "--conclusion", "建议推荐。"];
    golden("opinion-said", &chair.json(&more), chair.path());
    let whole = chair.does(&["opinion", "sx-0001"]);
    assert!(whole.contains("基础好。") && whole.contains("建议推荐。"), "what was there stays: {whole}");
    golden("opinion", &chair.json(&["opinion", "sx-0001"]), chair.path());
}

#[test]
fn an_opinion_comes_whole_from_a_file_that_somebody_wrote() {
    let chair = Chair::with_everything();
    let text = "schema = 1\noverall = \"\"\"\n基础好。\n\"\"\"\nstrengths = \"共建。\"\nproblems = \"无。\"\nadvice = \"无。\"\nconclusion = \"推荐。\"\n";
    let file = chair.file("opinion.toml", text);
    chair.does(&["opinion", "sx-0001", "--file", &file]);
    assert_eq!(chair.json(&["opinion", "sx-0001"])["opinion"]["overall"], "基础好。");
    let home = chair.home();
    for (text, problem) in [
        ("schema = 1\noverrall = \"x\"\n", "err-problems"),
        ("schema = 2\noverall = \"x\"\n", "err-problems"),
        ("overall = 1\n", "err-problems"),
    ] {
        let file = chair.file("opinion.toml", text);
        refused(chair.path(), &["--home", &home, "opinion", "sx-0001", "--file", &file], Exit::BadInput, problem, &[]);
    }
}

#[test]
fn a_draft_says_what_the_members_wrote_without_who_wrote_it_and_saves_nothing() {
    let chair = Chair::with_everything();
    let before = Tree::of(chair.path());
    let draft = chair.json(&["opinion", "sx-0004", "--draft"]);
    before.is_still(chair.path());
    golden("opinion-draft", &draft, chair.path());
    let text = draft.to_string();
    for name in ["R01", "R06", "孙示例", "总体看", "从现场角度看", "就资金和绩效而言"] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    assert!(draft["opinion"]["problems"].as_str().unwrap().contains("订单依赖单一客户"));
    assert!(draft["opinion"]["strengths"].as_str().unwrap().contains("铝车身工艺有特色"));
}
