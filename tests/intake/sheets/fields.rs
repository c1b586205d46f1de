//! No field of an application is out of a table's reach.

use std::collections::BTreeSet;

use pingyi::intake::columns::{APPLICATIONS, Options, spec::Spec};
use serde::Deserialize;

use super::{at, errors, filled, grids};
use crate::support::workbook::{Sheet, xlsx};

#[derive(Deserialize)]
struct Table {
    field: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    path: String,
    heading: String,
    cell: String,
    expect: serde_json::Value,
}

fn cases() -> Vec<Case> {
    toml::from_str::<Table>(include_str!("fields.toml")).unwrap().field
}

/// A table with the application's number and this column, in a sheet of the list that the field belongs to.
fn table(case: &Case, heading: &str) -> (Vec<u8>, Options) {
    let mut head = vec!["项目编号", heading];
    let mut row = vec!["sx-0042", case.cell.as_str()];
    if case.path == "id" {
        (head, row) = (vec![heading, "项目名称"], vec![case.cell.as_str(), "示例"]);
    } else if case.path.contains("contribution") {
        head.push("共建单位");
        row.push("甲公司");
    } else if case.path.starts_with("compliance.gates[]") && !case.path.ends_with(".gate") {
        head.push("审查项");
        row.push("G2");
    }
    let list = case.path.split("[]").next().unwrap();
    let list = if case.path.contains("[]") { list } else { "application" };
    let options = format!("schema = 1\n[sheet]\n\"表\" = \"{list}\"\n");
    let options = Options::read("columns.toml", options.as_bytes(), &APPLICATIONS).unwrap();
    // The list's rows name an application that the first sheet has.
    let main = Sheet::new("汇总", &[&["项目编号", "项目名称"], &["sx-0042", "示例"]]);
    let other = Sheet::new("表", &[head.as_slice(), row.as_slice()]);
    let sheets = if list == "application" { vec![other] } else { vec![main, other] };
    (xlsx(&sheets), options)
}

fn in_tree(path: &str) -> String {
    match path.strip_prefix("compliance.gates[].") {
        Some("gate") => "compliance.gates".to_owned(),
        Some(field) => format!("compliance.gates.G2.{field}"),
        None => path.replace("[]", "[0]"),
    }
}

#[test]
fn every_field_is_reached_by_the_heading_of_an_office_and_by_its_own_path() {
    for case in cases() {
        for heading in [case.heading.as_str(), case.path.as_str()] {
            let (bytes, options) = table(&case, heading);
            let filled = filled(&grids("表.xlsx", &bytes), &options);
            assert_eq!(errors(&filled), Vec::<&pingyi::intake::sheets::Remark>::new(), "{} under {heading}", case.path);
            let [record] = filled.records.as_slice() else { panic!("{}: {filled:?}", case.path) };
            if !case.path.ends_with(".gate") {
                assert_eq!(at(&record.tree, &in_tree(&case.path)), &case.expect, "{} under {heading}", case.path);
            }
        }
    }
}

#[test]
fn the_table_of_fields_leaves_none_out() {
    let listed: BTreeSet<String> = cases().into_iter().map(|case| case.path).chain(["schema".to_owned()]).collect();
    let known: BTreeSet<String> = APPLICATIONS.spec.leaves.keys().cloned().collect();
    assert_eq!(known.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "fields without a case");
    assert_eq!(listed.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "cases without a field");
}

#[test]
fn no_heading_means_two_fields_of_one_list() {
    let mut meant: Vec<(String, &str, &str)> = Vec::new();
    for (path, names) in APPLICATIONS.headings {
        assert!(APPLICATIONS.spec.leaves.contains_key(path), "headings for a field that does not exist: {path}");
        for name in names {
            let key = (pingyi::domain::names::folded(name), Spec::list_of(path), path.as_str());
            let twice = meant.iter().find(|(other, list, _)| *other == key.0 && *list == key.1);
            assert!(twice.is_none(), "{name} means {path} and {}", twice.unwrap().2);
            meant.push(key);
        }
    }
}
