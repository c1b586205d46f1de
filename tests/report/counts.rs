//! Every figure of every format is the one of `results.json`, digit by digit.

use std::collections::BTreeMap;

use pingyi::{
    domain::{
        result::{ApplicationEntry, ItemEntry},
        text::Language,
    },
    report::Format,
};
use serde_json::Value;

use super::{Case, workbook::Found};
use crate::support::rules::{cell, of};

/// A case in which totals tie, an application is out, and means have no last place.
fn varied() -> Case {
    let mut case = Case::new();
    for (at, code) in super::MEMBERS.iter().enumerate() {
        let points = ["7", "7.5", "8", "9.5", "10"][at];
        case.sheet(code, "sx-0002", |sheet| drop(sheet.cells.insert(of("A2"), cell(["3", "9", "10.5", "12", "15"][at]))));
        case.sheet(code, "sx-0003", |sheet| drop(sheet.cells.insert(of("A1"), cell(points))));
    }
    case.sheet("R05", "sx-0003", |sheet| drop(sheet.cells.insert(of("B2"), cell("na"))));
    case
}

/// What `results.json` says of each application, by id.
fn stated(case: &Case) -> BTreeMap<String, ApplicationEntry> {
    let items: Vec<ItemEntry> = case.results().iter().map(|item| ItemEntry::of(&case.package.rubric, item)).collect();
    items.into_iter().flat_map(|item| item.applications).map(|one| (one.id.to_string(), one)).collect()
}

fn rows(case: &Case, file: &str) -> Vec<Vec<String>> {
    let bytes = case.made(Format::find("csv").unwrap(), false, Language::Zh)[file].clone();
    assert_eq!(&bytes[..3], "\u{feff}".as_bytes(), "Excel takes it for UTF-8");
    let text = String::from_utf8(bytes[3..].to_vec()).unwrap();
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\r'), "{file}: CRLF");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn totals_and_ranks_in_tables_workbook_and_document_are_those_of_the_result() {
    let case = varied();
    let stated = stated(&case);
    let table = rows(&case, "01-ranking.csv");
    assert_eq!(table.len(), stated.len());
    let document: Value = serde_json::from_str(&case.text("json", false, "json")).unwrap();
    let sheets = super::workbook::sheets(&case.made(Format::find("xlsx").unwrap(), false, Language::Zh));
    for (at, row) in table.iter().enumerate() {
        let entry = &stated[&row[4]];
        let total = entry.total.clone().unwrap_or_default();
        assert_eq!(row[9], total, "{row:?}");
        assert_eq!(row[2], entry.rank.map(|rank| rank.to_string()).unwrap_or_default());
        let line = &document["ranking"][at];
        assert_eq!((line["application"].as_str(), line["total"].as_str()), (Some(&*row[4]), entry.total.as_deref()));
        let Found::Number(number) = &sheets[0].1[&format!("J{}", at + 4)] else { panic!("the total is a number") };
        let places = total.split_once('.').map_or(0, |(_, places)| places.len());
        assert_eq!(format!("{:.places$}", number.parse::<f64>().unwrap()), total, "as it is shown");
        assert_eq!(number.parse::<rust_decimal::Decimal>().unwrap(), total.parse::<rust_decimal::Decimal>().unwrap(), "and as it is kept");
    }
}

#[test]
fn every_mean_of_the_result_stands_in_the_table_of_means_as_it_is_written() {
    let case = varied();
    let table = rows(&case, "02-means.csv");
    let mut seen = 0;
    for (id, entry) in stated(&case) {
        let criteria = entry.criteria.iter().map(|one| (one.id.to_string(), one.mean.clone()));
        for (part, mean) in entry.dimensions.iter().map(|one| (one.id.to_string(), one.mean.clone())).chain(criteria) {
            assert!(
                table.iter().any(|row| row[0] == id && row[1] == part && row[4].trim_start_matches('\'') == mean),
                "{id} {part} {mean}"
            );
            seen += 1;
        }
    }
    assert_eq!(table.len(), seen, "and nothing else");
    assert!(table.iter().any(|row| row[4].contains('/')), "a mean of three has no last place: {table:?}");
}

#[test]
fn every_sheet_of_the_result_has_a_row_in_the_matrix_with_its_total_its_weight_and_each_score() {
    let case = varied();
    let table = rows(&case, "03-matrix.csv");
    let criteria = case.package.rubric.criteria.len();
    for (id, entry) in stated(&case) {
        for sheet in &entry.sheets {
            let row = table.iter().find(|row| row[1] == id && row[2] == sheet.reviewer.to_string()).unwrap();
            assert_eq!((&*row[4 + criteria], row[5 + criteria].trim_start_matches('\'')), (&*sheet.total, &*sheet.weight), "{row:?}");
            let desk = &case.given[&sheet.reviewer].desk;
            for (at, criterion) in case.package.rubric.criteria.iter().enumerate() {
                if let Some(points) = desk.sheet(&of(&id)).cell(&criterion.id).value() {
                    assert_eq!(row[4 + at], points.to_string(), "{id} {}", criterion.id);
                }
            }
        }
    }
    assert_eq!(table.len(), 20);
    let not_applicable = table.iter().find(|row| row[1] == "sx-0003" && row[2] == "R05").unwrap();
    assert_eq!(not_applicable[4 + 3], "不适用", "what does not apply is no nought: {not_applicable:?}");
}

#[test]
fn a_fraction_is_no_date_to_whoever_opens_the_table() {
    let cells: Vec<String> = ["02-means.csv", "03-matrix.csv"].iter().flat_map(|file| rows(&varied(), file)).flatten().collect();
    let fractions: Vec<&String> = cells.iter().filter(|cell| cell.contains('/')).collect();
    assert!(!fractions.is_empty() && fractions.iter().all(|cell| cell.starts_with('\'')), "{fractions:?}");
}

#[test]
fn a_page_shows_every_total_and_a_bar_of_that_length() {
    let case = varied();
    let page = case.text("html", false, "html");
    for (id, entry) in stated(&case) {
        let total = entry.total.unwrap();
        let row = page.split("<tr>").find(|row| row.contains(&format!("<td>{id} ")) && row.contains("class=\"bar\"")).unwrap();
        assert!(row.contains(&format!("<td class=\"n\">{total}</td>")), "{row}");
        assert!(row.contains(&format!("M0,2 H{total} V8 H0 Z")), "{row}");
    }
}

#[test]
fn the_public_totals_are_the_same_figures() {
    let case = varied();
    let stated = stated(&case);
    let document: Value = serde_json::from_str(&case.text("json", true, "json")).unwrap();
    let lines = document["recommended"].as_array().unwrap();
    assert!(!lines.is_empty());
    for line in lines {
        let entry = &stated[line["application"].as_str().unwrap()];
        assert_eq!(line["total"].as_str(), entry.total.as_deref());
        assert_eq!(line["rank"].as_str().map(str::to_owned), entry.rank.map(|rank| rank.to_string()));
    }
}
