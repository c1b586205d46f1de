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
    // Each of the 250 sheets has one wrong cell and lacks two.
    assert!(bench.tally(&[]).complaints.starts_with("750 problems were found; the first 100 are listed."));
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

#[test]
fn lines_are_counted_as_an_editor_counts_them() {
    let told =
        |text: &str| Bench::new(text).problems().into_iter().map(|one| one.split(": ").next().unwrap().to_owned()).collect::<Vec<_>>();
    let rows = ["p1,R01,A1,x", "p1,R01,B1,5", "", "", "p1,R01,B2,y"];
    for end in ["\n", "\r\n"] {
        let text: String = std::iter::once(HEAD.trim_end()).chain(rows).map(|row| format!("{row}{end}")).collect();
        assert_eq!(told(&text), ["2:4", "6:4"], "{end:?}");
    }
    let quoted = format!("{HEAD}p1,R01,A1,x\n\"p1\",R01,\"B1\",\"5\n\"\np1,R01,B2,y\n");
    assert_eq!(told(&quoted), ["2:4", "5:4"], "a line end inside quotation marks is a line end too");
    let marked = format!("\u{feff}{HEAD}p1,R01,A1,x\n");
    assert_eq!(told(&marked)[0], "2:1", "the sheet begins there and lacks two scores");
}

#[test]
fn a_cell_that_is_wrong_is_told_once_and_not_as_missing_too() {
    let found = Bench::new(&format!("{HEAD}p1,R01,A1,x\np1,R01,B1,5\np1,R01,B2,5\n")).problems();
    assert_eq!(found, ["2:4: error: “x” is no score."]);
}

/// More lines than fit into two blocks.
fn many(applications: usize) -> String {
    let rows = (0..applications).flat_map(|at| (1..=7).map(move |reviewer| (at, reviewer)));
    rows.map(|(at, reviewer)| {
        let points = [at % 11, at % 10 + 1, (at + reviewer) % 11].map(|points| points.to_string());
        sheet(&format!("sx-{at:05}"), &format!("R{reviewer:02}"), [&points[0], &points[1], &points[2]])
    })
    .collect()
}

#[test]
fn a_large_table_is_read_alike_by_all_processors_and_by_one() {
    let rows = many(6_000);
    assert!(rows.len() > 2 << 20, "{}", rows.len());
    let plain = Bench::new(&format!("{HEAD}{rows}")).tally(&[]);
    assert_eq!(plain.out.lines().count(), 6_001, "{}", plain.complaints);
    // A quotation mark at the end of the second block: what is left is read in one piece.
    let at = rows.match_indices('\n').map(|(at, _)| at + 1).find(|at| *at > 3 << 19).unwrap();
    let (before, after) = rows.split_at(at);
    let quoted = format!("{HEAD}{before}\"{}\"{}", &after[..8], &after[8..]);
    assert_eq!(Bench::new(&quoted).tally(&[]).out, plain.out);
}

#[test]
fn in_a_large_table_too_the_first_line_and_the_later_one_of_a_double_cell_are_named() {
    let rows = many(6_000);
    let count = rows.lines().count();
    let found = Bench::new(&format!("{HEAD}{rows}sx-00000,R01,A1,5\nsx-00003,R02,B1,99\n")).problems();
    let expected = [
        format!("{}:3: error: The same cell stands in line 2 already.", count + 2),
        format!("{}:4: error: The score 99 for B1 is outside 1 to 10.", count + 3),
    ];
    assert!(expected.iter().all(|one| found.contains(one)), "{found:#?}");
}

#[test]
fn a_carriage_return_that_ends_no_line_is_never_swallowed() {
    // One reader of tables takes it for the end of a row, another for white space; whoever wrote it must look at it.
    let found = Bench::new(&format!("{HEAD}p1,R01,A1,5\r,p1,R01,B1,5\np1,R01,B2,5\n")).problems();
    assert!(found.iter().any(|problem| problem.contains("cells, the headings 4.")), "{found:#?}");
}
