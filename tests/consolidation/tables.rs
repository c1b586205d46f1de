//! Bad tables of scores: every mistake is told, with its place, and none stops the program.

use std::fs;

use pingyi::cli::Exit;

use crate::support::tally::{Bench, HEAD, sheet};

#[test]
fn every_kind_of_mistake_is_told_with_its_line_and_column() {
    let sound = sheet("p1", "R01", ["6", "5", "5"]);
    let table = [
        ("p2,R01,A1,6.555\n", "5:4: error: “6.555” is no score."),
        ("p2,R01,A1,8 5\n", "5:4: error: “8 5” is no score."),
        ("p2,R01,A1,85e-1\n", "5:4: error: “85e-1” is no score."),
        ("p2,R01,A1,-0\n", "5:4: error: “-0” is no score."),
        ("p2,R01,A1,８\n", "5:4: error: “８” is no score."),
        ("p2,R01,A1,\n", "5:4: error: “” is no score."),
        ("p2,R01,A1,10.5\n", "5:4: error: The score 10.5 for A1 is outside 0 to 10."),
        ("p2,R01,B1,0.5\n", "5:4: error: The score 0.5 for B1 is outside 1 to 10."),
        ("p2,R01,A1,6.2\n", "5:4: error: The score 6.2 for A1 is not a multiple of 0.5."),
        ("p2,R01,A9,6\n", "5:3: error: The rubric has no \"A9\"."),
        ("p 2,R01,A1,6\n", "5:1: error: \"p 2\" cannot be an identifier."),
        ("p2,,A1,6\n", "5:2: error: \"\" cannot be an identifier."),
        ("p2,R01,A1\n", "5:4: error: This row has 3 cells, the headings 4."),
        ("p2,R01,A1,6,7\n", "5:5: error: This row has 5 cells, the headings 4."),
        ("p1,R01,A1,6\n", "5:3: error: The same cell stands in line 2 already."),
        ("p2,R01,A1,6\np2,R01,B1,6\n", "5:1: error: The sheet of R01 for p2 has no score for B2."),
    ];
    for (line, expected) in table {
        let found = Bench::new(&format!("{HEAD}{sound}{line}")).problems();
        assert!(found.iter().any(|problem| problem == expected), "{line}{found:#?}");
    }
}

#[test]
fn states_that_contradict_their_cells_are_told() {
    let head = "application,reviewer,criterion,value,state\n";
    let table = [
        ("p1,R01,B1,5,na\n", "2:4"),
        ("p1,R01,A1,,na\n", "2:5"),
        ("p1,R01,A1,5,maybe\n", "2:5"),
        ("p1,R01,,5,scored\n", "2:3"),
        ("p1,R01,A1,5,\np1,R01,,,recused\n", "2:1"),
    ];
    for (lines, place) in table {
        let found = Bench::new(&format!("{head}{lines}")).problems();
        assert!(found.iter().any(|problem| problem.starts_with(&format!("{place}:"))), "{lines}{found:#?}");
    }
}

#[test]
fn wrong_headings_are_told_by_name_before_any_line() {
    for (head, expected) in [
        ("application,reviewer,criterion,valu\n", "1:4: error: Unknown heading “valu”."),
        ("application,reviewer,criterion,value,comment\n", "1:5: error: Unknown heading “comment”."),
        ("application,criterion,value\n", "1:1: error: The column “reviewer” is missing."),
        ("application,reviewer,criterion,value,value\n", "1:5: error: The heading “value” stands twice."),
        ("", "1:1: error: The column “application” is missing."),
    ] {
        let found = Bench::new(head).problems();
        assert!(found.iter().any(|problem| problem == expected), "{head}{found:#?}");
    }
}

#[test]
fn a_table_that_is_wrong_everywhere_lists_a_hundred_and_says_how_many_there_are() {
    let rows: String = (0..250).map(|at| format!("p{at},R01,A1,x\n")).collect();
    let bench = Bench::new(&format!("{HEAD}{rows}"));
    assert_eq!(bench.problems().len(), 100);
    assert!(bench.tally(&[]).complaints.starts_with("250 problems were found; the first 100 are listed."));
    let twice: String = (0..250).map(|_| "p1,R01,A1,5\n").collect();
    let told = Bench::new(&format!("{HEAD}{twice}")).tally(&[]);
    assert!(told.complaints.starts_with("251 problems"), "249 repeats and two missing scores: {}", told.complaints);
}

#[test]
fn an_application_that_no_item_names_is_told_and_so_is_one_that_two_name() {
    let bench = Bench::new(&format!("{HEAD}{}", sheet("p1", "R01", ["6", "5", "5"])));
    for (items, expected) in [
        ("application,item\np2,t1\n", "p1 has scores, but the table of items leaves it out."),
        ("application,item\np1,t1\np1,t2\n", "The same cell stands in line 2 already."),
        ("application,item\np1,t 1\n", "\"t 1\" cannot be an identifier."),
    ] {
        fs::write(bench.path("i.csv"), items).unwrap();
        let answer = bench.tally(&["--items", &bench.path("i.csv")]);
        assert_eq!(answer.exit, Exit::BadInput);
        assert!(answer.out.contains(expected), "{}", answer.out);
    }
}
