//! How tables are laid out: titles, groups, merged cells, sums, several sheets – and what cannot be told apart.

use std::collections::BTreeMap;

use pingyi::intake::columns::{APPLICATIONS, Options};
use serde::Deserialize;
use serde_json::Value;

use super::{at, errors, filled, grids};
use crate::support::workbook::{Sheet, xlsx};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    sheet: Vec<Given>,
    /// Text of `columns.toml`.
    columns: Option<String>,
    /// What the records say: `sx-0001 money.investment_total`, and the value.
    #[serde(default)]
    says: BTreeMap<String, Value>,
    /// The records, where the case is about which there are.
    records: Option<Vec<String>>,
    /// Errors: sheet, cell, and id.
    #[serde(default)]
    errors: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    #[serde(default = "main_sheet")]
    name: String,
    rows: Vec<Vec<String>>,
    #[serde(default)]
    merged: Vec<String>,
    #[serde(default)]
    hidden: bool,
    dimension: Option<String>,
}

fn main_sheet() -> String {
    "汇总表".to_owned()
}

#[test]
fn tables_are_understood_as_an_office_lays_them_out() {
    for case in toml::from_str::<Table>(include_str!("layout.toml")).unwrap().case {
        let sheets: Vec<Sheet> = case
            .sheet
            .into_iter()
            .map(|given| Sheet {
                name: given.name,
                rows: given.rows,
                merged: given.merged,
                hidden: given.hidden,
                dimension: given.dimension,
            })
            .collect();
        let options = case
            .columns
            .as_deref()
            .map_or_else(Options::default, |text| Options::read("columns.toml", text.as_bytes(), &APPLICATIONS).unwrap());
        let filled = filled(&grids("表.xlsx", &xlsx(&sheets)), &options);
        let told: Vec<String> =
            errors(&filled).iter().map(|remark| format!("{} {} {}", remark.place.sheet, remark.place.cell(), remark.what.id)).collect();
        assert_eq!(told, case.errors, "{}", case.why);
        let ids: Vec<&str> = filled.records.iter().map(|record| record.id.as_str()).collect();
        if let Some(records) = &case.records {
            assert_eq!(&ids, records, "{}", case.why);
        }
        for (place, value) in &case.says {
            let (id, path) = place.split_once(' ').unwrap();
            let record = filled.records.iter().find(|record| record.id == id).unwrap_or_else(|| panic!("{}: no {id} in {ids:?}", case.why));
            assert_eq!(at(&record.tree, path), value, "{}: {place}", case.why);
        }
    }
}

#[test]
fn what_a_table_leaves_out_is_told_at_the_row_or_at_the_empty_cell() {
    let sheet = Sheet::new("汇总表", &[&["项目编号", "项目名称", "所在市"], &["sx-0001", "示例", "太原"], &["sx-0002", "示例二", ""]]);
    let filled = filled(&grids("表.xlsx", &xlsx(&[sheet])), &Options::default());
    let missing: Vec<(String, String)> = filled
        .remarks
        .iter()
        .filter(|remark| remark.what.id == "err-cell-missing")
        .map(|remark| (remark.place.cell(), remark.place.heading.clone()))
        .collect();
    assert!(missing.contains(&("C3".to_owned(), "所在市".to_owned())), "{missing:?}");
    assert!(!missing.iter().any(|(cell, _)| cell == "C2"), "{missing:?}");
    assert!(missing.iter().any(|(cell, _)| cell == "2"), "a column that is missing altogether is told at the row: {missing:?}");
}

#[test]
fn an_unknown_heading_gets_the_nearest_known_one_for_advice() {
    let sheet = Sheet::new("汇总表", &[&["项目编号", "项目名称", "总投姿"], &["sx-0001", "示例", "1"]]);
    let filled = filled(&grids("表.xlsx", &xlsx(&[sheet])), &Options::default());
    let [remark] = errors(&filled)[..] else { panic!("{filled:?}") };
    assert_eq!((remark.what.id, remark.advice.id, remark.place.cell().as_str()), ("err-heading-unknown", "rec-did-you-mean", "C1"));
    assert!(format!("{:?}", remark.advice).contains("总投资"), "{remark:?}");
}

#[test]
fn columns_toml_is_refused_with_its_line_where_it_names_what_does_not_exist() {
    let cases = [
        ("schema = 1\n[column]\n\"工程名\" = \"titel.zh\"\n", "err-field-unknown", 3),
        ("schema = 1\n[sheet]\n\"表二\" = \"fundings\"\n", "err-list-unknown", 3),
        ("schema = 2\n", "err-schema", 1),
        ("schema = 1\n[colum]\n", "err-unknown-key", 2),
    ];
    for (text, id, line) in cases {
        let problems = Options::read("columns.toml", text.as_bytes(), &APPLICATIONS).unwrap_err();
        let told: Vec<(&str, usize)> = problems.iter().map(|problem| (problem.what.id, problem.line)).collect();
        assert_eq!(told, [(id, line)], "{text}");
    }
}
