//! The long table of ratings: what it may say, and every way in which it is refused, each at its place.

use pingyi::intake::ratings::{self, Sheets};
use serde::Deserialize;

const HEAD: &str = "application,reviewer,criterion,value,state,reason\n";

fn sheets(lines: &str) -> Sheets {
    ratings::read("scores.csv", format!("{HEAD}{lines}").as_bytes()).unwrap()
}

/// One sheet of the table, as `A1=7.5 A2=na`; a recused one has nothing.
fn told(sheets: &Sheets, application: &str, reviewer: &str) -> String {
    let sheet = &sheets[&(application.parse().unwrap(), reviewer.parse().unwrap())];
    let cell = |value: &Option<_>| value.as_ref().map_or("na".to_owned(), ToString::to_string);
    let cells: Vec<String> = sheet.iter().map(|(criterion, value)| format!("{criterion}={}", cell(value))).collect();
    cells.join(" ")
}

#[test]
fn a_table_says_scores_criteria_that_do_not_apply_and_recusals() {
    let found = sheets("a1,R1,A2,0,,\na1,R1,A1,7.5,scored,\na1,R2,A1,8.00,,\na1,R2,A2,,na,没有该项\na2,R1,,,recused,亲属\n");
    assert_eq!(told(&found, "a1", "R1"), "A1=7.5 A2=0");
    assert_eq!(told(&found, "a1", "R2"), "A1=8 A2=na");
    assert_eq!(told(&found, "a2", "R1"), "");
}

#[test]
fn a_recusal_may_stand_once_for_the_sheet_or_on_every_criterion() {
    let found = sheets("a1,R1,A1,,recused,\na1,R1,A2,,recused,\na1,R2,,,recused,\n");
    assert_eq!((told(&found, "a1", "R1"), told(&found, "a1", "R2")), (String::new(), String::new()));
}

#[test]
fn columns_may_stand_in_any_order_and_those_that_are_not_needed_may_be_missing() {
    let plain = ratings::read("s.csv", b"application,reviewer,criterion,value\na1,R1,A1,7\n").unwrap();
    let turned = ratings::read("s.csv", "得分;专家编号;项目编号;指标\n7.0;R1;a1;A1\n".as_bytes()).unwrap();
    assert_eq!(plain, turned);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    why: String,
    lines: String,
    /// `line:column id` of every complaint.
    complaints: Vec<String>,
}

#[derive(Deserialize)]
struct Mistakes {
    case: Vec<Mistake>,
}

#[test]
fn every_mistake_is_told_at_its_line_and_column_and_all_of_them_at_once() {
    let Mistakes { case } = toml::from_str(include_str!("ratings-mistakes.toml")).unwrap();
    for case in case {
        let problems = ratings::read("scores.csv", format!("{HEAD}{}", case.lines).as_bytes()).expect_err(&case.why);
        let told: Vec<String> = problems.iter().map(|problem| format!("{}:{} {}", problem.line, problem.column, problem.what.id)).collect();
        assert_eq!(told, case.complaints, "{}", case.why);
    }
}

#[test]
fn a_table_without_one_of_its_columns_or_with_a_strange_one_is_refused() {
    for (head, id) in [
        ("application,criterion,value", "err-heading-missing"),
        ("application,reviewer,value", "err-heading-missing"),
        ("application,reviewer,criterion", "err-heading-missing"),
        ("application,reviewer,criterion,value,weight", "err-heading-unknown"),
        ("application,reviewer,criterion,value,value", "err-heading-twice"),
    ] {
        let problems = ratings::read("scores.csv", format!("{head}\n").as_bytes()).expect_err(head);
        assert_eq!(problems[0].what.id, id, "{head}");
    }
}
