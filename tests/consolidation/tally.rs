//! `pingyi tally` against golden files that were computed by other software with exact fractions, and what it prints.

use std::{fs, path::Path};

use pingyi::{cli::Exit, domain::number::Points, intake::tally::hundredths};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    support::tally::{Bench, HEAD, RUBRIC, pingyi, sheet},
    tidy::{read, root},
};

fn golden(name: &str) -> String {
    root().join("tests/consolidation/tally").join(name).to_str().unwrap().to_owned()
}

#[test]
fn tables_are_consolidated_to_the_last_digit_as_other_software_does() {
    // Drop one high and one low of nine per criterion, round, weigh, round again and add; plain means half to even; standard scores
    // with rounded mean and deviation.
    for name in ["trim-criterion", "mean-even", "standard"] {
        let answer = pingyi(&["tally", "--rubric", &golden(&format!("{name}.toml")), "--scores", &golden(&format!("{name}.csv"))]);
        assert_eq!(answer.exit, Exit::Done, "{name}: {}{}", answer.out, answer.complaints);
        assert_eq!(answer.out, read(&format!("tests/consolidation/tally/{name}-expected.csv")), "{name}");
    }
}

#[test]
fn rows_are_ordered_by_item_rank_and_application_and_a_tie_names_its_step() {
    let rows = [
        sheet("p3", "R01", ["5", "5", "5"]),
        sheet("p1", "R01", ["6", "5", "5"]),
        sheet("p2", "R01", ["7", "5", "4"]),
        sheet("p9", "R01", ["4", "8", "8"]),
    ]
    .concat();
    let bench = Bench::new(&format!("{HEAD}{rows}"));
    fs::write(bench.path("i.csv"), "item,application\nt2,p9\nt1,p1\nt1,p2\nt1,p3\nt1,p4\n").unwrap();
    let answer = bench.tally(&["--items", &bench.path("i.csv")]);
    let expected = "item,application,n,kept,total,rank,tied,outcome,separated_by\n\
                    t1,p2,1,1,16.00,1,false,eligible,\n\
                    t1,p1,1,1,16.00,2,false,eligible,dimension:A\n\
                    t1,p3,1,1,15.00,3,false,eligible,\n\
                    t1,p4,0,0,,,false,incomplete,\n\
                    t2,p9,1,1,20.00,1,false,eligible,\n";
    assert_eq!(answer.out, expected, "{}", answer.complaints);
}

#[test]
fn the_order_of_lines_and_columns_and_what_stands_between_the_cells_bears_on_nothing() {
    let sheets = [sheet("p1", "R01", ["6", "5", "5"]), sheet("p1", "R02", ["7", "5", "5"]), sheet("p2", "R02", ["7", "9.5", "4"])].concat();
    let plain = Bench::new(&format!("{HEAD}{sheets}")).tally(&[]).out;
    assert!(plain.contains("p2"), "{plain}");
    let mut lines: Vec<&str> = sheets.lines().collect();
    lines.reverse();
    assert_eq!(Bench::new(&format!("{HEAD}{}\n", lines.join("\n"))).tally(&[]).out, plain);
    let turned: String = sheets.lines().map(|line| line.split(',').rev().collect::<Vec<_>>().join(";") + "\r\n").collect();
    let turned = format!("\u{feff}value;criterion;reviewer;application\r\n{turned}\r\n;;;\r\n");
    assert_eq!(Bench::new(&turned).tally(&[]).out, plain);
    let chinese: String = sheets.lines().map(|line| format!("\"{}\"\n", line.replace(',', "\" ,\""))).collect();
    let chinese = format!("申报编号,评审专家,指标,得分\n{}", chinese.replace("\" ,", "\","));
    assert_eq!(Bench::new(&chinese).tally(&[]).out, plain);
}

#[test]
fn not_applicable_and_recused_lines_count_as_the_rubric_says() {
    let head = "application,reviewer,criterion,value,state,reason\n";
    let rows = "p1,R01,A1,6,,\np1,R01,B1,,na,不涉及\np1,R01,B2,8,scored,\np1,R02,,,recused,同一单位\n";
    let recused = "p1,R03,A1,,recused,x\np1,R03,B1,,recused,x\np1,R03,B2,,recused,x\n";
    let answer = Bench::new(&format!("{head}{rows}{recused}")).tally(&[]);
    assert_eq!(answer.out.lines().nth(1), Some("all,p1,1,1,22.00,1,false,eligible,"), "{}", answer.complaints);
}

#[test]
fn json_has_the_application_its_derivation_and_the_documented_keys() {
    let rows = [sheet("p1", "R01", ["6", "5", "5"]), sheet("p1", "R02", ["7", "5", "5"]), sheet("p2", "R01", ["9", "9", "9"])].concat();
    let answer = Bench::new(&format!("{HEAD}{rows}")).tally(&["--format", "json"]);
    let document: Value = serde_json::from_str(&answer.out).unwrap();
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&document), ["rubric", "version", "items"]);
    assert_eq!(keys(&document["items"][0]), ["id", "outcome", "applications"]);
    let first = &document["items"][0]["applications"][0];
    assert_eq!((first["id"].as_str(), first["total"].as_str(), first["rank"].as_u64()), (Some("p2"), Some("27.00"), Some(1)));
    let second = &document["items"][0]["applications"][1];
    assert_eq!((second["n"].as_u64(), second["kept"].as_str(), second["total"].as_str()), (Some(2), Some("2"), Some("16.50")));
    assert_eq!(keys(&second["derivation"]), ["sheets", "trims", "criteria", "dimensions", "total", "untrimmed_mean"]);
    assert_eq!(second["flags"][0]["mark"], "untrimmed: 2 < 3");
    assert_eq!(second["flags"][1]["code"], "objective", "R01 and R02 differ on the fact A1");
}

#[test]
fn an_answer_written_to_a_file_is_the_answer_that_would_be_printed() {
    let bench = Bench::new(&format!("{HEAD}{}", sheet("p1", "R01", ["6", "5", "5"])));
    let target = bench.path("out.csv");
    assert_eq!(bench.tally(&["--output", &target]).out, "");
    assert_eq!(fs::read_to_string(&target).unwrap(), bench.tally(&[]).out);
    let nowhere = bench.path("no/such/folder.csv");
    assert_eq!(bench.tally(&["--output", &nowhere]).exit, Exit::BadInput);
    assert!(!Path::new(&nowhere).exists());
}

#[test]
fn files_that_are_not_there_and_rubrics_that_are_not_sound_are_bad_input() {
    let bench = Bench::new(HEAD);
    let scores = bench.path("s.csv");
    assert_eq!(pingyi(&["tally", "--rubric", "/nowhere.toml", "--scores", &scores]).exit, Exit::BadInput);
    assert_eq!(pingyi(&["tally", "--rubric", "selection", "--scores", "/nowhere.csv"]).exit, Exit::BadInput);
    fs::write(bench.path("r.toml"), RUBRIC.replace("total = \"30\"", "total = \"31\"")).unwrap();
    let answer = bench.tally(&[]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert!(answer.out.contains("r.toml:8:"), "{}", answer.out);
}

#[test]
fn a_table_with_headings_and_nothing_else_has_nothing_to_rank() {
    let answer = Bench::new(HEAD).tally(&[]);
    assert_eq!((answer.exit, answer.out.lines().count()), (Exit::Done, 1), "{}", answer.complaints);
}

#[test]
fn the_quick_reader_of_points_reads_exactly_what_the_strict_one_reads() {
    let same = |text: &str| {
        let strict = text.parse::<Points>().ok().map(|points| (points.get() * rust_decimal::Decimal::ONE_HUNDRED).normalize().to_string());
        assert_eq!(hundredths(text.as_bytes()).map(|number| number.to_string()), strict, "{text:?}");
    };
    for whole in ["", "0", "00", "01", "7", "10", "99", "100", "9999", "10000", "09999", "99999999999", "-1", "+1", "x", "７"] {
        for after in ["", ".", ".0", ".5", ".50", ".05", ".99", ".555", "..5", ".5.", ".x", "e1", " ", ",5"] {
            same(&format!("{whole}{after}"));
        }
    }
}

proptest! {
    #[test]
    fn the_quick_reader_agrees_on_any_text(text in "[0-9.]{0,8}|\\PC{0,4}") {
        let strict = text.parse::<Points>().ok();
        prop_assert_eq!(hundredths(text.as_bytes()).is_some(), strict.is_some());
    }

    #[test]
    fn no_table_of_scores_makes_the_program_stop_short(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in "([a-z0-9,;\"\n\t.]|p1,R01,A1,5\n){0,40}") {
        let bench = Bench::new("");
        for content in [bytes, format!("{HEAD}{lines}").into_bytes()] {
            fs::write(bench.path("s.csv"), content).unwrap();
            prop_assert!(matches!(bench.tally(&[]).exit, Exit::Done | Exit::BadInput));
        }
    }
}
