//! Tables as they come from spreadsheets, mail programs and careless hands: understood, or refused with every place told at once.

use pingyi::{
    domain::text::Language,
    i18n,
    intake::{
        Problem,
        scores::{self, Says, ScoreLine},
    },
};

/// Line, column and message of every problem; empty where there is none.
fn told(bytes: &[u8]) -> Vec<(usize, usize, &'static str)> {
    let problems: Vec<Problem> = scores::read("scores.csv", bytes).err().unwrap_or_default();
    for problem in &problems {
        for language in [Language::Zh, Language::En] {
            let texts = [&problem.what, &problem.advice].map(|message| i18n::text(language, message));
            assert!(texts.iter().all(|text| !text.is_empty() && !text.contains("{")), "{texts:?}");
        }
    }
    problems.into_iter().map(|problem| (problem.line, problem.column, problem.what.id)).collect()
}

fn lines(bytes: &[u8]) -> Vec<ScoreLine> {
    scores::read("scores.csv", bytes).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn values(bytes: &[u8]) -> Vec<String> {
    let value = |line: ScoreLine| match line.says {
        Says::Scored(criterion, value) => format!("{} {criterion} {value} {}", line.application, line.comment),
        other => format!("{} {other:?} {}", line.application, line.comment),
    };
    lines(bytes).into_iter().map(value).collect()
}

const HEAD: &str = "application,criterion,value,comment\n";

#[test]
fn a_decimal_comma_or_a_forgotten_quotation_mark_is_told_at_its_cell_and_never_read_as_another_score() {
    let cases: [(&str, usize); 5] = [
        ("application,criterion,value\nsx-0001,A1,7,5\n", 4),
        ("application,criterion,value\nsx-0001,A1,1,000\n", 4),
        ("application,criterion,value,comment\nsx-0001,A1,7,好，但是,不够\n", 5),
        ("application,criterion,value,,\nsx-0001,A1,7,,see letter\n", 5),
        ("application;criterion;value\nsx-0001;A1;7;5\n", 4),
    ];
    for (table, column) in cases {
        assert_eq!(told(table.as_bytes()), [(2, column, "err-cell-no-heading")], "{table}");
    }
    let blanks = "application,criterion,value\nsx-0001,A1,7,,,\n,,,,\n";
    assert_eq!(values(blanks.as_bytes()), ["sx-0001 A1 7 "], "blank cells beside a table are nothing");
}

#[test]
fn a_stray_cell_is_told_together_with_every_other_mistake_in_the_order_of_the_lines() {
    let table = "application,criterion,value\nsx-0001,A1,7e0\nsx-0001,A2,7,5\nsx-0001,??,6\nsx-0002,A1,6,,note\nsx-0001,A1,5\n";
    let expected = [
        (2, 3, "err-score-form"),
        (3, 4, "err-cell-no-heading"),
        (4, 2, "err-not-an-id"),
        (5, 5, "err-cell-no-heading"),
        (6, 2, "err-cell-twice"),
    ];
    assert_eq!(told(table.as_bytes()), expected);
}

#[test]
fn text_in_quotation_marks_keeps_its_commas_quotes_and_lines_and_the_lines_after_it_keep_their_numbers() {
    let table = format!("{HEAD}sx-0001,A1,7,\"第一行\n第二行, \"\"引号\"\"\"\nsx-0001,A2,x,\n");
    assert_eq!(told(table.as_bytes()), [(4, 3, "err-score-form")], "the second row begins in line 4");
    let table = table.replace(",x,", ",6,");
    assert_eq!(values(table.as_bytes()), ["sx-0001 A1 7 第一行\n第二行, \"引号\"", "sx-0001 A2 6 "]);
    let windows = table.replace('\n', "\r\n");
    assert_eq!(lines(windows.as_bytes()).iter().map(|line| line.line).collect::<Vec<_>>(), [2, 4]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_score() {
    let open = format!("{HEAD}sx-0001,A1,7,\"never closed\nsx-0001,A2,6,\nsx-0001,A3,5,\n");
    assert_eq!(told(open.as_bytes()), [(2, 4, "err-quote-open")]);
    let closed_by_the_next = format!("{HEAD}sx-0001,A1,7,\"open\nsx-0001,A2,6,\nsx-0001,A3,5,\"good\"\n");
    assert_eq!(told(closed_by_the_next.as_bytes()), [(2, 4, "err-quote-open")], "the rows between are not a part of the text");
    let harmless = format!("{HEAD}sx-0001,A1,7,an inch is 1\" here\nsx-0001,A2,6,\"\"\nsx-0001,A3,5,\"a \"\"b\"\"\" \n");
    assert_eq!(values(harmless.as_bytes()), ["sx-0001 A1 7 an inch is 1\" here", "sx-0001 A2 6 ", "sx-0001 A3 5 a \"b\""]);
}

#[test]
fn a_problem_stands_in_the_line_that_an_editor_shows_whatever_ends_the_lines_and_however_many_are_empty() {
    for end in ["\n", "\r\n", "\r"] {
        let table = ["评分表", "", "", HEAD.trim_end(), "", "sx-0001,A1,7,", "", ",,,", "sx-0001,A2,x,", ""].join(end);
        assert_eq!(told(table.as_bytes()), [(9, 3, "err-score-form")], "{table:?}");
    }
}

#[test]
fn a_file_that_calls_itself_utf8_and_is_not_is_refused_instead_of_being_read_as_something_else() {
    let mut table = "\u{feff}application,criterion,value,comment\nsx-0001,A1,7,很好很好\n".as_bytes().to_vec();
    assert_eq!(values(&table), ["sx-0001 A1 7 很好很好"]);
    let at = table.len() - 3;
    table[at] = 0x41;
    assert_eq!(told(&table), [(1, 1, "err-encoding")]);
}

#[test]
fn encodings_that_no_office_program_writes_by_accident_are_refused_at_the_first_place() {
    let text = "application,criterion,value\nsx-0001,A1,7\n";
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let with_mark = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    for bytes in [
        with_mark(&[0xff, 0xfe], wide(u16::to_le_bytes)),
        with_mark(&[0xfe, 0xff], wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
        b"application,criterion,value\nsx-0001,A1,7\xff\xff\n".to_vec(),
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00".to_vec(),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00".to_vec(),
    ] {
        let found = told(&bytes);
        assert!(!found.is_empty() && found.iter().all(|(line, column, _)| *line >= 1 && *column >= 1), "{bytes:?}");
    }
}

#[test]
fn an_empty_file_is_one_without_headings_in_every_way_of_being_empty() {
    for bytes in [&b""[..], b"\n\n", b"\xef\xbb\xbf", b",,,\n,,,\n", b"   \t  \r\n", "评分表\n".as_bytes()] {
        assert_eq!(told(bytes), [(1, 1, "err-no-headings")], "{bytes:?}");
    }
    assert_eq!(lines(HEAD.as_bytes()), [], "headings alone are a table without rows");
}

#[test]
fn headings_that_are_doubled_unknown_and_missing_are_told_all_at_once() {
    let table = "application,Criterion,指标,colour,valeu\nsx-0001,A1,A1,red,7\n";
    let expected =
        [(1, 3, "err-heading-twice"), (1, 4, "err-heading-unknown"), (1, 5, "err-heading-unknown"), (1, 1, "err-heading-missing")];
    assert_eq!(told(table.as_bytes()), expected);
}

#[test]
fn a_line_of_ten_megabytes_is_read_or_refused_in_good_time() {
    let began = std::time::Instant::now();
    let long = "很".repeat(3_500_000);
    assert_eq!(lines(format!("{HEAD}sx-0001,A1,7,{long}\n").as_bytes()).len(), 1);
    assert_eq!(told(format!("{HEAD}sx-0001,A1,{long},\n").as_bytes()), [(2, 3, "err-score-form")]);
    assert_eq!(told(format!("{HEAD}{}\n", ",".repeat(10_000_000)).as_bytes()), []);
    assert_eq!(told(format!("{}\n", "a,".repeat(5_000_000)).as_bytes()), [(1, 1, "err-no-headings")]);
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}

#[test]
fn a_table_with_thousands_of_mistakes_tells_of_every_one() {
    let table: String = HEAD.to_owned() + &"sx-0001,A1,x,\n".repeat(2_000);
    let found = told(table.as_bytes());
    assert_eq!(found.iter().filter(|(_, _, id)| *id == "err-score-form").count(), 2_000);
    assert_eq!(found.iter().filter(|(_, _, id)| *id == "err-cell-twice").count(), 1_999);
    assert!(found.is_sorted_by_key(|(line, column, _)| (*line, *column)));
}
