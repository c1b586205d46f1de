//! The search line on the command line: `score status --find` and `score list --find`.

use std::{collections::BTreeSet, sync::LazyLock};

use pingyi::cli::Exit;
use serde_json::Value;
use tempfile::TempDir;

use super::{Answer, path, pingyi};
use crate::support::stage;

/// The data folder of R02 after the whole sample call was scored and handed in.
static HOME: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    stage::copy(stage::home_of("R02").root(), folder.path());
    folder
});

fn score(language: &str, words: &[&str]) -> Answer {
    let head = ["--lang", language, "--home", path(HOME.path()), "score"];
    pingyi(&[&head, words].concat())
}

fn json(words: &[&str]) -> Value {
    let head = ["--json", "--home", path(HOME.path()), "score"];
    let answer = pingyi(&[&head, words].concat());
    assert_eq!(answer.exit, Exit::Done, "{}", answer.complaints);
    serde_json::from_str(&answer.out).unwrap()
}

fn ids(document: &Value) -> Vec<&str> {
    document["rows"].as_array().unwrap().iter().map(|row| row["application"].as_str().unwrap()).collect()
}

#[test]
fn status_shows_what_fits_in_the_order_asked_for() {
    let document = json(&["status", "--find", "城市:太原 排序:-编号"]);
    assert_eq!(ids(&document), ["sx-0019", "sx-0007", "sx-0005", "sx-0003"]);
    assert_eq!(document["find"], "城市:太原 排序:-编号", "whoever keeps the answer can see what was asked");
    assert_eq!(json(&["status"]).get("find"), None);
}

#[test]
fn a_line_that_begins_with_a_minus_is_a_line_and_no_option() {
    let all: BTreeSet<String> = ids(&json(&["status"])).into_iter().map(str::to_owned).collect();
    let found: BTreeSet<String> = ids(&json(&["status", "--find", "太原"])).into_iter().map(str::to_owned).collect();
    let rest: BTreeSet<String> = ids(&json(&["status", "--find", "-太原"])).into_iter().map(str::to_owned).collect();
    assert_eq!((found.len(), rest), (4, &all - &found));
}

#[test]
fn totals_are_compared_exactly() {
    let document = json(&["status"]);
    let rows = document["rows"].as_array().unwrap();
    let (id, points) = rows.iter().find_map(|row| Some((row["application"].as_str()?, row["running"].as_str()?))).unwrap();
    let holds = |line: &str| ids(&json(&["status", "--find", line])).contains(&id);
    assert!(holds(&format!("my:{points}")) && holds(&format!("my:<={points}")) && holds(&format!("my:>={points}")));
    assert!(!holds(&format!("my:<{points}")) && !holds(&format!("my:>{points}")), "a number is neither above nor below itself");
}

#[test]
fn groups_are_heads_in_words_and_places_in_json() {
    let answer = score("zh-CN", &["status", "--find", "榜题:t1 分组:榜题 分组:主导 排序:编号"]);
    let heads: Vec<&str> = answer.out.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(heads, ["# 榜题：智能网联新能源汽车 (4)", "## 主导：院校 (1)", "## 主导：企业 (2)", "## 主导：园区 (1)"]);
    let document = json(&["status", "--find", "item:t1 group:item group:mode sort:id"]);
    assert_eq!(ids(&document), ["sx-0001", "sx-0002", "sx-0004", "sx-0003"]);
    let groups = &document["rows"][1]["groups"];
    assert_eq!(*groups, serde_json::json!([{ "key": "item", "value": "t1" }, { "key": "mode", "value": "enterprise" }]));
    assert_eq!(json(&["status", "--find", "item:t1"])["rows"][0].get("groups"), None);
}

#[test]
fn every_mistake_is_named_with_its_column_and_nothing_is_answered() {
    let answer = score("en", &["status", "--find", "cty:taiyuan my:<abc"]);
    assert_eq!((answer.exit, answer.out.as_str()), (Exit::Usage, ""));
    let lines: Vec<&str> = answer.complaints.lines().collect();
    assert_eq!(lines[0], "Column 1: there is no key \"cty\".");
    assert!(lines[1].contains("Did you mean city:"), "{lines:?}");
    assert_eq!(lines[2], "Column 16: my wants a number, not \"abc\".");
    assert_eq!(lines.len(), 4, "{lines:?}");
}

#[test]
fn a_reviewer_cannot_ask_for_figures_of_others() {
    for line in ["mean:>80", "spread:>15", "rank:1", "sort:-spread", "group:tied"] {
        for command in ["status", "list"] {
            let answer = score("zh-CN", &[command, "--find", line]);
            assert_eq!((answer.exit, answer.out.as_str()), (Exit::Usage, ""), "{command} {line}");
            assert!(answer.complaints.contains("您只能查看本人评分"), "{command} {line}: {}", answer.complaints);
        }
    }
}

#[test]
fn nothing_found_is_no_error_and_no_line_of_the_answer() {
    for command in [&["status"][..], &["list"], &["list", "--plain"]] {
        let answer = score("en", &[command, &["--find", "太原 大同"]].concat());
        assert_eq!((answer.exit, answer.out.as_str(), answer.complaints.as_str()), (Exit::Done, "", "Nothing fits.\n"));
    }
    assert_eq!(ids(&json(&["status", "--find", "太原 大同"])).len(), 0);
}

#[test]
fn the_cells_of_what_fits_are_lines_of_the_whole_list() {
    let whole = score("en", &["list", "--plain"]).out;
    let found = score("en", &["list", "--plain", "--find", "item:t1 sort:-id"]).out;
    let known: BTreeSet<&str> = whole.lines().collect();
    assert!(found.lines().all(|line| known.contains(line)), "{found}");
    let mut order: Vec<&str> = found.lines().map(|line| line.split('\t').next().unwrap()).collect();
    order.dedup();
    assert_eq!(order, ["sx-0004", "sx-0003", "sx-0002", "sx-0001"]);
    let cells = |text: &str, id: &str| text.lines().filter(|line| line.starts_with(id)).count();
    assert!(order.iter().all(|id| cells(&found, id) == cells(&whole, id)));
}
