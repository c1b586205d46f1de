//! The register as tables: what stands in them is what the register says, and nothing is half written.

use std::fs;

use super::registers::{good, made, signed};
use pingyi::report::tables::{TABLES, sql};

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn every_table_has_its_headings_and_the_figures_are_the_registers_own() {
    let (tables, register) = (made().tables(), made().register());
    for table in &TABLES {
        let text = fs::read_to_string(tables.join(format!("{}.csv", table.name))).unwrap();
        let heading: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
        assert_eq!(text.lines().next().unwrap(), heading.join(","));
        assert!(rows(&text).iter().all(|row| row.len() == heading.len()), "{}", table.name);
    }
    let ranks = rows(&fs::read_to_string(tables.join("ranks.csv")).unwrap());
    let winners = ranks.iter().filter(|row| row[3] == "winner").count();
    assert_eq!(winners, usize::try_from(register["distribution"]["all"]["winners"].as_u64().unwrap()).unwrap());
    let scores = rows(&fs::read_to_string(tables.join("scores.csv")).unwrap());
    // Two applications, five reviewers, sixteen criteria.
    assert_eq!(scores.len(), good().len() * 2 * 5 * 16);
}

#[test]
fn keys_are_unique_so_that_an_engine_takes_the_tables_as_they_are() {
    let tables = made().tables();
    for table in &TABLES {
        let rows = rows(&fs::read_to_string(tables.join(format!("{}.csv", table.name))).unwrap());
        let mut keys: Vec<&[String]> = rows.iter().map(|row| &row[..table.key]).collect();
        keys.sort();
        let before = keys.len();
        keys.dedup();
        assert_eq!(keys.len(), before, "{}", table.name);
    }
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let tables = folder.path().join("tables");
    fs::create_dir(&tables).unwrap();
    fs::write(tables.join("mine.txt"), "mine").unwrap();
    let outcome = std::panic::catch_unwind(|| signed(&good(), folder.path(), None, None, Some(&tables)));
    assert!(outcome.is_err());
    assert_eq!(fs::read_dir(&tables).unwrap().count(), 1);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["tables"], "no half tables are left");
}

#[test]
fn the_scripts_name_every_table_and_every_column() {
    for script in &sql::SCRIPTS {
        let text = (script.make)();
        for table in &TABLES {
            assert!(text.contains(table.name), "{} has no {}", script.file, table.name);
            if script.file.starts_with("schema") {
                assert!(table.columns.iter().all(|(name, _)| text.contains(&format!("  {name} "))), "{} {}", script.file, table.name);
            }
        }
    }
}

#[derive(serde::Deserialize)]
struct Contract {
    table: Vec<Shape>,
}

#[derive(serde::Deserialize, Debug, PartialEq)]
struct Shape {
    name: String,
    key: usize,
    columns: Vec<String>,
}

#[test]
fn the_shapes_that_offices_build_on_are_those_of_the_contract() {
    let found: Vec<Shape> = TABLES
        .iter()
        .map(|table| Shape {
            name: table.name.to_owned(),
            key: table.key,
            columns: table.columns.iter().map(|(name, holds)| format!("{name} {holds:?}").to_lowercase()).collect(),
        })
        .collect();
    assert_eq!(found, toml::from_str::<Contract>(include_str!("tables.toml")).unwrap().table);
}

#[test]
fn what_a_column_holds_reads_as_such() {
    use pingyi::report::tables::Holds;
    for table in &TABLES {
        for row in rows(&fs::read_to_string(made().tables().join(format!("{}.csv", table.name))).unwrap()) {
            for ((name, holds), cell) in table.columns.iter().zip(&row) {
                let reads = match holds {
                    Holds::Text => true,
                    Holds::Whole => cell.is_empty() || cell.parse::<i64>().is_ok(),
                    Holds::Decimal => {
                        cell.is_empty()
                            || cell.split_once('.').is_none_or(|(_, places)| places.len() <= 6)
                                && cell.parse::<rust_decimal::Decimal>().is_ok()
                    }
                    Holds::Day => cell.parse::<pingyi::domain::time::Day>().is_ok(),
                };
                assert!(reads, "{} {name}: {cell:?}", table.name);
            }
        }
    }
}

#[test]
fn every_row_belongs_to_a_bundle_and_every_application_to_an_item_that_is_there() {
    let read = |name: &str| rows(&fs::read_to_string(made().tables().join(format!("{name}.csv"))).unwrap());
    let bundles: Vec<String> = read("bundles").into_iter().map(|row| row[0].clone()).collect();
    for table in &TABLES {
        assert!(read(table.name).iter().all(|row| bundles.contains(&row[0])), "{}", table.name);
    }
    let items: Vec<(String, String)> = read("items").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let applications: Vec<(String, String)> = read("applications")
        .into_iter()
        .map(|row| {
            assert!(items.contains(&(row[0].clone(), row[2].clone())), "{row:?}");
            (row[0].clone(), row[1].clone())
        })
        .collect();
    for table in ["regions", "cost_lines", "sheets", "scores", "results", "ranks"] {
        assert!(read(table).iter().all(|row| applications.contains(&(row[0].clone(), row[1].clone()))), "{table}");
    }
}

#[test]
fn a_total_in_the_tables_is_the_sum_of_the_points_in_them() {
    let read = |name: &str| rows(&fs::read_to_string(made().tables().join(format!("{name}.csv"))).unwrap());
    let number = |text: &str| text.parse::<rust_decimal::Decimal>().unwrap();
    let scores = read("scores");
    // Advisory criteria are scored for the panel's information and add nothing.
    let rubric: pingyi::domain::rubric::Rubric = toml::from_str(include_str!("../../sample-data/package/rubric.toml")).unwrap();
    let advisory: Vec<String> = rubric.criteria.iter().filter(|one| one.advisory).map(|one| one.id.to_string()).collect();
    for sheet in read("sheets") {
        let mine = scores.iter().filter(|row| row[..3] == sheet[..3] && !row[5].is_empty() && !advisory.contains(&row[3]));
        let sum: rust_decimal::Decimal = mine.map(|row| number(&row[5])).sum();
        assert_eq!(sum, number(&sheet[5]), "{} {}", sheet[1], sheet[2]);
    }
}
