//! Tables of scores as offices and spreadsheets write them.

use pingyi::{
    domain::panel::{GROUNDS, Ground},
    intake::{
        Problem,
        scores::{self, Says, ScoreLine},
    },
};

const HEAD: &str = "application,reviewer,criterion,state,value,reason,comment\n";

/// The lines below the usual headings.
fn read(lines: &str) -> Result<Vec<ScoreLine>, Vec<Problem>> {
    scores::read("scores.csv", format!("{HEAD}{lines}").as_bytes())
}

/// Line, column and message of every problem.
fn complaints(result: Result<Vec<ScoreLine>, Vec<Problem>>) -> Vec<(usize, usize, String)> {
    result.unwrap_err().iter().map(|problem| (problem.line, problem.column, problem.what.id.to_string())).collect()
}

fn complaint(line: usize, column: usize, id: &str) -> Vec<(usize, usize, String)> {
    vec![(line, column, id.to_owned())]
}

/// The one score that every spelling of the same table says.
fn seven_and_a_half() -> Vec<(String, Says)> {
    vec![("sx-0001".to_owned(), Says::Scored("A1".parse().unwrap(), "7.5".parse().unwrap()))]
}

fn said(bytes: &[u8]) -> Vec<(String, Says)> {
    scores::read("scores.csv", bytes).unwrap().into_iter().map(|line| (line.application.to_string(), line.says)).collect()
}

#[test]
fn a_table_says_the_same_whatever_the_spreadsheet_puts_between_its_cells() {
    for text in ["application,criterion,value\nsx-0001,A1,7.5\n", "application;criterion;value\nsx-0001;A1;7.5\n"] {
        assert_eq!(said(text.as_bytes()), seven_and_a_half(), "{text}");
    }
    assert_eq!(said(b"application\tcriterion\tvalue\r\nsx-0001\tA1\t7.5\r\n"), seven_and_a_half());
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_heading() {
    assert_eq!(said("\u{feff}application,criterion,value\nsx-0001,A1,7.5\n".as_bytes()), seven_and_a_half());
}

#[test]
fn chinese_headings_are_understood_in_utf8_and_in_gb18030() {
    let text = "项目编号,指标,得分\nsx-0001,A1,7.5\n";
    assert_eq!(said(text.as_bytes()), seven_and_a_half());
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(text);
    assert!(!lossy && std::str::from_utf8(&bytes).is_err(), "the case must be one that is not UTF-8");
    assert_eq!(said(&bytes), seven_and_a_half());
}

#[test]
fn a_title_above_the_headings_and_blank_rows_below_are_passed_over() {
    assert_eq!(said("评分表,,\n\napplication,criterion,value\nsx-0001,A1,7.5\n,,\n\n".as_bytes()), seven_and_a_half());
}

#[test]
fn utf16_is_refused_at_its_first_byte() {
    for mark in [[0xff, 0xfe], [0xfe, 0xff]] {
        assert_eq!(complaints(scores::read("scores.csv", &mark)), complaint(1, 1, "err-encoding"));
    }
}

#[test]
fn a_table_without_headings_is_refused() {
    assert_eq!(complaints(scores::read("scores.csv", b"sx-0001,A1,7.5\n")), complaint(1, 1, "err-no-headings"));
}

#[test]
fn a_heading_that_is_unknown_missing_or_there_twice_is_named_at_its_cell() {
    let heads = [
        ("application,criterion,value,colour\n", complaint(1, 4, "err-heading-unknown")),
        ("application,criterion\n", complaint(1, 1, "err-heading-missing")),
        ("application,criterion,value,得分\n", complaint(1, 4, "err-heading-twice")),
    ];
    for (head, expected) in heads {
        assert_eq!(complaints(scores::read("scores.csv", head.as_bytes())), expected, "{head}");
    }
}

#[test]
fn a_score_in_any_other_form_than_plain_digits_is_refused_and_never_mended() {
    for value in ["", "1e1", "７", "-0", "-1", "+7", "7.", ".5", "0x7", "NaN", "inf", "7 5", "七"] {
        assert_eq!(complaints(read(&format!("sx-0001,R01,A1,scored,{value},,\n"))), complaint(2, 5, "err-score-form"), "{value:?}");
    }
}

#[test]
fn a_cell_that_stands_twice_is_told_with_the_second_line() {
    let twice = "sx-0001,R01,A1,scored,7,,\nsx-0001,R02,A1,scored,7,,\nsx-0001,R01,A1,scored,8,,\n";
    assert_eq!(complaints(read(twice)), complaint(4, 3, "err-cell-twice"));
}

#[test]
fn every_mistake_of_a_table_is_told_at_once() {
    let found =
        complaints(read("?,R01,A1,scored,7,,\nsx-0001,R01,A1,guessed,7,,\nsx-0001,R01,A2,scored,x,,\nsx-0002,R01,A1,recused,mood,,\n"));
    let expected = [(2, 1, "err-not-an-id"), (3, 4, "err-state"), (4, 5, "err-score-form"), (5, 5, "err-ground")];
    assert_eq!(found, expected.map(|(line, column, id)| (line, column, id.to_owned())));
}

#[test]
fn each_state_is_read_as_what_it_says() {
    let lines = "sx-0001,R01,A1,na,,没有该项,\nsx-0001,R01,overall,comment,,,总评\nsx-0002,R01,,declined,,太忙,\nsx-0003,R01,,recused,kinship,亲属,\n";
    let said: Vec<Says> = read(lines).unwrap().into_iter().map(|line| line.says).collect();
    let expected = [
        Says::NotApplicable("A1".parse().unwrap(), "没有该项".to_owned()),
        Says::Comment(None),
        Says::Declined("太忙".to_owned()),
        Says::Recused(Ground::Kinship, "亲属".to_owned()),
    ];
    assert_eq!(said, expected);
}

#[test]
fn every_ground_has_a_word_of_its_own_that_reads_back() {
    for ground in GROUNDS {
        assert_eq!(scores::ground(scores::ground_word(ground)), Some(ground));
    }
    assert_eq!(scores::ground(""), None);
}

#[test]
fn a_mistake_is_told_in_the_line_that_an_editor_shows_whatever_ends_the_lines() {
    for end in ["\n", "\r\n"] {
        let text = ["application,criterion,value", "sx-0001,A1,7", "", "", "sx-0001,A2,x"].map(|row| format!("{row}{end}")).concat();
        assert_eq!(complaints(scores::read("scores.csv", text.as_bytes())), complaint(5, 3, "err-score-form"), "{end:?}");
    }
}
