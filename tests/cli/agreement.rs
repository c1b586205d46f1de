//! `pingyi agreement`: the coefficients of a table of scores, for spreadsheets and for programs.

use std::{collections::BTreeMap, fs};

use pingyi::cli::Exit;
use serde_json::Value;

use super::{Answer, path, pingyi};
use crate::tidy::root;

/// A file of the worked example.
fn example(name: &str) -> String {
    root().join("tests/cli/agreement").join(name).to_str().unwrap().to_owned()
}

/// `stat` and `value` of every row of a CSV answer.
fn values(answer: &Answer) -> BTreeMap<String, String> {
    assert_eq!(answer.exit, Exit::Done, "{}", answer.complaints);
    let row = |line: &str| line.split(',').take(2).map(str::to_owned).collect::<Vec<_>>();
    answer.out.lines().skip(1).map(row).map(|row| (row[0].clone(), row[1].clone())).collect()
}

/// The answer for a table of these lines below the usual headings.
fn of(lines: &str, more: &[&str]) -> Answer {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("scores.csv");
    fs::write(&file, format!("application,reviewer,criterion,value,state\n{lines}")).unwrap();
    let words = [&["--lang", "en", "agreement", "--scores", path(&file)], more].concat();
    pingyi(&words)
}

#[test]
fn the_worked_panel_comes_out_byte_for_byte_in_both_languages_and_both_formats() {
    let scores = example("panel.csv");
    for (name, words) in [
        ("panel.en.csv", vec!["--lang", "en", "agreement", "--scores", &scores]),
        ("panel.zh-CN.csv", vec!["--lang", "zh-CN", "agreement", "--scores", &scores, "--format", "csv"]),
        ("panel.json", vec!["--lang", "en", "agreement", "--scores", &scores, "--format", "json"]),
        ("panel.json", vec!["--lang", "zh-CN", "--json", "agreement", "--scores", &scores]),
        ("criterion.json", vec!["agreement", "--scores", &scores, "--criterion", "A1", "--format", "json"]),
    ] {
        let answer = pingyi(&words);
        assert_eq!((answer.exit, answer.complaints.as_str()), (Exit::Done, ""), "{name}");
        assert_eq!(answer.out, fs::read_to_string(example(name)).unwrap(), "{name}");
    }
}

#[test]
fn the_figures_of_the_command_are_the_worked_ones() {
    // tests/insight/agreement.toml has the same panel as totals, computed in exact fractions.
    let document: toml::Table = toml::from_str(&fs::read_to_string(root().join("tests/insight/agreement.toml")).unwrap()).unwrap();
    let cases = document["case"].as_array().unwrap();
    let case = cases.iter().find(|case| case["why"].as_str().unwrap().starts_with("the same with two recusals")).unwrap();
    let found = values(&pingyi(&["agreement", "--scores", &example("panel.csv")]));
    for (id, value) in case["expect"].as_table().unwrap() {
        assert_eq!(found[id], value.as_str().unwrap(), "{id}");
    }
    assert_eq!(found.len(), 13);
}

#[test]
fn a_criterion_that_all_scored_alike_has_no_figures_and_says_why() {
    let document: Value = serde_json::from_str(&fs::read_to_string(example("criterion.json")).unwrap()).unwrap();
    for statistic in document["statistics"].as_array().unwrap() {
        assert_eq!(statistic["value"], Value::Null);
        for (language, words) in [("zh", "无法估计"), ("en", "cannot be estimated")] {
            assert!(statistic["note"][language].as_str().unwrap().contains(words), "{statistic}");
        }
    }
}

#[test]
fn a_sheet_without_one_of_its_criteria_has_no_sum_and_is_not_taken_for_a_strict_one() {
    let whole = "a1,R1,A1,8,\na1,R1,A2,8,\na1,R2,A1,7,\na1,R2,A2,8,\na2,R1,A1,5,\na2,R1,A2,5,\na2,R2,A1,5,\na2,R2,A2,6,\n";
    let more = "a3,R1,A1,9,\na3,R1,A2,9,\na3,R2,A1,9,\n";
    let recused = "a3,R1,,,recused\na3,R2,,,recused\n";
    for last in [more.to_owned(), format!("{more}a3,R2,A2,,na\n"), recused.to_owned()] {
        let answer = of(&format!("{whole}{last}"), &[]);
        assert!(answer.out.contains("2 of 3 applications"), "{}", answer.out);
        assert_eq!(values(&answer), values(&of(whole, &[])), "with {last:?}");
    }
}

#[test]
fn one_criterion_uses_every_score_on_it_whatever_the_rest_of_the_sheet_says() {
    let lines = "a1,R1,A1,8,\na1,R2,A1,7,\na1,R2,A2,,na\na2,R1,A1,5,\na2,R1,A2,4,\na2,R2,A1,6,\n";
    let answer = of(lines, &["--criterion", "A1"]);
    assert!(answer.out.contains("criterion A1; 2 of 2 applications"), "{}", answer.out);
    assert_eq!(values(&answer)["kendall_w"], "1.0000000000");
}

#[test]
fn the_order_of_lines_and_columns_changes_nothing() {
    let forward = pingyi(&["--lang", "en", "agreement", "--scores", &example("panel.csv")]);
    let text = fs::read_to_string(example("panel.csv")).unwrap();
    let turn = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        cells.into_iter().rev().collect::<Vec<_>>().join(",")
    };
    let (head, lines) = text.split_once('\n').unwrap();
    let turned: Vec<String> = std::iter::once(head).chain(lines.lines().rev()).map(turn).collect();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("turned.csv");
    fs::write(&file, turned.join("\n")).unwrap();
    let backward = pingyi(&["--lang", "en", "agreement", "--scores", path(&file)]);
    assert_eq!(backward.out, forward.out);
}

#[test]
fn a_criterion_that_nobody_scored_is_a_wrong_command_line_and_the_others_are_named() {
    let answer = of("a1,R1,A1,8,\na1,R1,A2,8,\n", &["--criterion", "B1"]);
    assert_eq!((answer.exit, answer.out.as_str()), (Exit::Usage, ""));
    assert!(answer.complaints.contains("B1") && answer.complaints.contains("A1, A2"), "{}", answer.complaints);
    assert_eq!(of("a1,R1,A1,8,\n", &["--criterion", "A/1"]).exit, Exit::Usage);
    assert_eq!(of("a1,R1,A1,8,\n", &["--format", "xml"]).exit, Exit::Usage);
}

#[test]
fn a_wrong_table_is_bad_input_with_every_mistake_and_no_figure() {
    let answer = of("a1,R1,A1,8e1,\na1,R1,A2,8,\na1,R1,A2,9,\n", &[]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(answer.out.contains(":2:4: error:") && answer.out.contains(":4:3: error:"), "{}", answer.out);
    assert!(!answer.out.contains("icc_1_1"));
    let missing = pingyi(&["--lang", "en", "agreement", "--scores", "/nowhere/scores.csv"]);
    assert_eq!((missing.exit, missing.complaints.lines().count()), (Exit::BadInput, 2));
}

#[test]
fn a_table_of_headings_alone_estimates_nothing() {
    let found = values(&of("", &[]));
    assert_eq!(found.len(), 13);
    assert!(found.values().all(String::is_empty));
}
