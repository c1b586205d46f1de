//! Score sheets from paper: two people, a control total, and what the rules of a sheet ask for.

use std::fs;

use pingyi::cli::Exit;

use super::{chair::Chair, golden::golden, path, pingyi, refused, sitting::paper};
use crate::{support::stage::scores, tidy::read};

const ENTER: [&str; 3] = ["paper", "enter", "R08"];

/// A table at which R08 took the place of R07 in item t5.
fn replaced() -> Chair {
    let chair = Chair::with_everything();
    chair.does(&["decide", "replace", "R07", "--by", "R08", "--item", "t5", "--reason", "因病"]);
    chair
}

/// The paper sheets of the sample call with something else on them.
fn otherwise(chair: &Chair, changes: &[(&str, &str)]) -> String {
    let changed = changes.iter().fold(read("sample-data/paper-R08.csv"), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    chair.file("typed.csv", &changed)
}

fn typed<'a>(by: &'a str, file: &'a str, total: &'a str) -> Vec<&'a str> {
    [&ENTER[..], &["--by", by, "--file", file, "--control-total", total]].concat()
}

#[test]
fn sheets_count_as_soon_as_a_second_person_typed_the_same_and_not_before() {
    let chair = replaced();
    let scan = chair.file("scan.png", "a picture of the paper");
    let first = chair.json(&[&typed("T01", &paper(), "393")[..], &["--image", &scan]].concat());
    golden("paper-first", &first, chair.path());
    let missing = |chair: &Chair| chair.does(&["consolidate", "--item", "t5"]).matches("Missing").count();
    assert_eq!(missing(&chair), 5);
    golden("paper-list-waiting", &chair.json(&["paper", "list"]), chair.path());
    assert_eq!(chair.json(&typed("T01", &paper(), "393"))["state"], "first", "the same person twice is one person");
    assert_eq!(missing(&chair), 5);
    golden("paper-agreed", &chair.json(&typed("T02", &paper(), "393")), chair.path());
    assert_eq!(missing(&chair), 0);
    let listed = chair.json(&["paper", "list"]);
    golden("paper-list", &listed, chair.path());
    let kept: Vec<_> = fs::read_dir(chair.path().join("home/work/sx-2026-01-p1.table/paper")).unwrap().collect();
    assert_eq!(kept.len(), 1, "the image is kept");
    let sheets = chair.json(&["consolidate", "--explain", "sx-0017"])["application"]["sheets"].clone();
    let of = |code: &str| sheets.as_array().unwrap().iter().find(|sheet| sheet["reviewer"] == code).unwrap().clone();
    assert_eq!((of("R08")["bundle"].clone(), of("R08")["source"].as_str()), (listed["papers"][0]["digest"].clone(), Some("paper")));
    assert_eq!(of("R01").get("source"), None, "a signed sheet has no such mark");
}

#[test]
fn where_the_two_differ_both_values_are_told_and_no_sheet_counts_until_one_types_again() {
    let chair = replaced();
    let other = otherwise(
        &chair,
        &[("sx-0017,R08,A2,scored,7.5", "sx-0017,R08,A2,scored,7"), ("sx-0018,R08,B2,scored,4.5", "sx-0018,R08,B2,scored,5")],
    );
    chair.does(&typed("T01", &paper(), "393"));
    let answer = chair.run(&typed("T02", &other, "393"));
    assert_eq!(answer.exit, Exit::No);
    assert_eq!(answer.out, "sx-0017 A2: T02 typed 7, T01 typed 7.5\nsx-0018 B2: T02 typed 5, T01 typed 4.5\n");
    assert!(answer.complaints.contains("in 2 places, so no sheet counts"), "{answer:?}");
    let words = otherwise(&chair, &[("隐私保护制度要细化", "隐私保护制度有待细化")]);
    let told = chair.json(&typed("T02", &words, "393"));
    assert_eq!(told["differences"].as_array().unwrap().len(), 1, "words count too");
    golden("paper-differs", &told, chair.path());
    assert_eq!(chair.json(&["paper", "list"])["papers"].as_array().unwrap().len(), 0);
    assert_eq!(chair.json(&typed("T02", &paper(), "393"))["state"], "agreed");
}

/// What stands otherwise on the paper, its control total, and what is told about it.
type Case = (&'static [(&'static str, &'static str)], &'static str, &'static [&'static str]);

#[test]
fn what_a_reviewer_may_not_hand_in_may_not_be_typed_either_and_everything_wrong_is_told_at_once() {
    let chair = replaced();
    let cases: [Case; 5] = [
        (&[("A2,scored,7.5", "A2,scored,7.25")], "392.75", &["7.25 for A2 is not a whole number of steps of 0.5"]),
        (&[("sx-0017,R08,B2,scored,5", "sx-0017,R08,B2,scored,50")], "438", &["sx-0017 B2"]),
        (&[("sx-0021,", "sx-0001,")], "393", &["R08 owes no sheet on sx-0001", "There is no sheet on sx-0021"]),
        (&[("sx-0017,R08,B1,scored,7,,\n", "")], "386", &["sx-0017 B1"]),
        (&[("sx-0017,R08,A1,scored,8,,论证充分，依据可核。", "sx-0017,R08,A1,scored,8,,")], "393", &["sx-0017 A1"]),
    ];
    for (changes, total, says) in cases {
        let file = otherwise(&chair, changes);
        let answer = chair.run(&typed("T01", &file, total));
        assert_eq!(answer.exit, Exit::No, "{answer:?}");
        assert_eq!(answer.out.lines().count(), says.len(), "{changes:?}: {answer:?}");
        says.iter().for_each(|part| assert!(answer.out.contains(part), "{part}: {answer:?}"));
        assert_eq!(chair.json(&["paper", "list"])["waiting"].as_array().unwrap().len(), 0);
    }
    let file = otherwise(&chair, &[("A2,scored,7.5", "A2,scored,7.25"), ("sx-0021,", "sx-0001,")]);
    golden("paper-refused", &chair.json(&typed("T01", &file, "392.75")), chair.path());
}

#[test]
fn whoever_may_not_type_and_whatever_does_not_add_up_is_refused() {
    let chair = replaced();
    let home = chair.home();
    let sample = paper();
    let stray = otherwise(&chair, &[("sx-0018,R08", "sx-0018,R07")]);
    let of = |reviewer: &'static str| vec!["paper", "enter", reviewer, "--by", "T01", "--file", sample.as_str(), "--control-total", "393"];
    let cases: Vec<(Vec<&str>, Exit, &str)> = vec![
        (typed("T01", &sample, "392.5"), Exit::No, "err-paper-total"),
        (typed("R01", &sample, "393"), Exit::No, "err-paper-hand"),
        (typed("R08", &sample, "393"), Exit::No, "err-paper-hand"),
        (typed("S01", &sample, "393"), Exit::No, "err-paper-hand"),
        (typed("T09", &sample, "393"), Exit::No, "err-paper-hand"),
        (typed("T01", &stray, "393"), Exit::BadInput, "err-problems"),
        (typed("T01", &sample, "39x"), Exit::Usage, "err-score-form"),
        (of("R02"), Exit::BadInput, "err-problems"),
    ];
    for (words, exit, code) in cases {
        refused(chair.path(), &[&["--home", &home], &words[..]].concat(), exit, code, &[]);
    }
    let before = Chair::with_everything();
    let home = before.home();
    let words = typed("T01", &sample, "393");
    refused(before.path(), &[&["--home", &home], &words[..]].concat(), Exit::No, "err-paper-no-sheets", &["decide replace"]);
}

#[test]
fn a_corrected_entry_is_a_new_revision_by_two_people_and_the_earlier_one_stays() {
    let chair = replaced();
    for by in ["T01", "T02"] {
        chair.does(&typed(by, &paper(), "393"));
    }
    let home = chair.home();
    let (sample, words) = (paper(), ["--home", &home]);
    refused(chair.path(), &[&words[..], &typed("T01", &sample, "393")].concat(), Exit::No, "err-paper-same", &[]);
    let right = otherwise(&chair, &[("sx-0017,R08,A2,scored,7.5", "sx-0017,R08,A2,scored,7")]);
    chair.does(&typed("OF1", &right, "392.5"));
    assert_eq!(chair.json(&typed("T02", &right, "392.5"))["revision"], 2);
    let papers = chair.json(&["paper", "list"])["papers"].clone();
    assert_eq!((papers.as_array().unwrap().len(), &papers[1]["supersedes"]), (2, &papers[0]["digest"]));
    let said = chair.does(&["consolidate", "--item", "t5"]);
    assert!(said.contains("revision 2, typed by OF1 and T02") && !said.contains("revision 1"), "{said}");
    assert_eq!(chair.does(&["decide", "undo"]), "Nothing changed.\n", "what two people typed is no decision");
    chair.does(&["consolidate", "--close", "--yes"]);
    refused(chair.path(), &[&words[..], &typed("T01", &sample, "393")].concat(), Exit::No, "err-progress-stage", &[]);
}

#[test]
fn nobody_hands_in_on_paper_and_in_a_bundle_and_both_ways_come_to_the_same_figures() {
    let lines: Vec<String> = read("sample-data/scores.csv")
        .lines()
        .filter(|line| line.starts_with("application") || line.contains(",R02,"))
        .map(str::to_owned)
        .collect();
    let file_of = |chair: &Chair| chair.file("r02.csv", &(lines.join("\n") + "\n"));
    let total = "1519.5";
    let signed = Chair::with_everything();
    let (home, file) = (signed.home(), file_of(&signed));
    let words = ["--home", &home, "paper", "enter", "R02", "--by", "T01", "--file", &file, "--control-total", total];
    refused(signed.path(), &words, Exit::No, "err-paper-signed", &[]);
    let chair = Chair::seated();
    let others = ["R01", "R03", "R04", "R05", "R06", "R07"].map(|code| path(&scores(code)).to_owned());
    chair.does(&std::iter::once("import").chain(others.iter().map(String::as_str)).collect::<Vec<_>>());
    let file = file_of(&chair);
    for by in ["T01", "T02"] {
        chair.does(&["paper", "enter", "R02", "--by", by, "--file", &file, "--control-total", total]);
    }
    let answer = pingyi(&["--lang", "en", "--home", &chair.home(), "import", path(&scores("R02"))]);
    assert_eq!(answer.exit, Exit::No);
    assert!(answer.out.contains("Paper sheets of R02 are at the table already"), "{answer:?}");
    let figures = |chair: &Chair| -> Vec<String> {
        let items = chair.json(&["consolidate"])["items"].as_array().unwrap().clone();
        let rows = items.iter().flat_map(|item| item["applications"].as_array().unwrap().clone());
        rows.map(|row| format!("{} {} {}", row["id"], row["total"], row["outcome"])).collect()
    };
    assert_eq!(figures(&chair), figures(&signed));
}
