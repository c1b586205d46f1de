//! The same small table in every kind of file that an office has, and in files that only look like one.

use pingyi::intake::sheets::{Cell, read};

use super::grids;
use crate::support::workbook::{Sheet, archive, parts, xlsx};

const TABLE: &str = "项目编号,项目名称,总投资（万元）\nsx-0001,晋中㐂基地,\"1,800\"\n";

/// Cells of the only sheet, as people read them.
fn shown(name: &str, bytes: &[u8]) -> Vec<Vec<String>> {
    let grids = grids(name, bytes);
    assert_eq!(grids.len(), 1, "{name}");
    grids[0].rows.iter().map(|(_, cells)| cells.iter().map(Cell::shown).collect()).collect()
}

fn gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn a_text_table_is_read_in_both_encodings_with_every_separator() {
    let wanted = shown("表.csv", TABLE.as_bytes());
    assert_eq!(wanted[1], ["sx-0001", "晋中㐂基地", "1,800"]);
    let tabs = "项目编号\t项目名称\t总投资（万元）\nsx-0001\t晋中㐂基地\t1,800\n";
    let semicolons = "项目编号;项目名称;总投资（万元）\r\nsx-0001;晋中㐂基地;1,800\r\n";
    let forms: [(&str, Vec<u8>); 6] = [
        ("marked", [b"\xef\xbb\xbf".as_slice(), TABLE.as_bytes()].concat()),
        ("gb18030", gb18030(TABLE)),
        ("tabs", tabs.as_bytes().to_vec()),
        ("tabs in gb18030", gb18030(tabs)),
        ("semicolons, Windows line ends", semicolons.as_bytes().to_vec()),
        ("no line end at the end", TABLE.trim_end().as_bytes().to_vec()),
    ];
    for (what, bytes) in forms {
        assert_eq!(shown("表.txt", &bytes), wanted, "{what}");
    }
}

#[test]
fn a_row_of_a_text_table_is_known_by_its_line_in_the_file() {
    let text = "汇总表\n\n项目编号,项目名称\nsx-0001,\"两行\n名称\"\nsx-0002,乙\n";
    let grid = grids("表.csv", text.as_bytes()).remove(0);
    assert_eq!(grid.rows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3, 4, 6]);
    let remarks = read("表.csv", b"a,b\n1,\"2\n3,4\n").unwrap_err();
    assert_eq!((remarks[0].place.row, remarks[0].place.column, remarks[0].what.id), (2, 2, "err-quote-open"));
}

#[test]
fn a_workbook_that_another_program_wrote_with_prefixed_elements_or_none_of_the_optional_parts_is_read() {
    let sheet = Sheet::new("表", &[&["项目编号", "项目名称"], &["sx-0001", "甲"]]);
    let without_styles: Vec<(String, String)> = parts(&[sheet]).into_iter().filter(|(name, _)| name != "xl/styles.xml").collect();
    assert_eq!(shown("表.xlsx", &archive(&without_styles))[1], ["sx-0001", "甲"]);
}

#[test]
fn a_merged_cell_stands_in_all_its_rows_and_only_in_its_first_column() {
    let sheet = Sheet::new("表", &[&["甲", "乙", "丙"], &["", "", "丁"], &["戊", "", ""]]).merged(&["A1:A2", "B1:B2", "A3:C3"]);
    assert_eq!(shown("表.xlsx", &xlsx(&[sheet])), [["甲", "乙", "丙"], ["甲", "乙", "丁"], ["戊", "", ""]]);
}

#[test]
fn merged_regions_that_reach_beyond_the_sheet_or_lie_outside_are_harmless() {
    for region in ["A1:A1048576", "A1:XFD1048576", "ZZ900:AAA999"] {
        let sheet = Sheet::new("表", &[&["甲", "乙"], &["", "丙"]]).merged(&[region]);
        let rows = shown("表.xlsx", &xlsx(&[sheet]));
        assert!(rows.len() <= 300 && rows[0] == ["甲", "乙"], "{region}: {} rows", rows.len());
    }
}

#[test]
fn files_that_only_look_like_a_spreadsheet_are_told_what_they_are() {
    let archive_of_text = archive(&[("readme.txt".to_owned(), "x".to_owned())]);
    let cases: [(&str, &[u8], &str); 6] = [
        ("a web page as .xls", b"<html><table><tr><td>1</td></tr></table></html>", "err-sheet-markup"),
        ("an XML table as .xls", b"\xef\xbb\xbf<?xml version=\"1.0\"?><Workbook/>", "err-sheet-markup"),
        ("an archive without workbook", &archive_of_text, "err-sheet-no-workbook"),
        ("half an archive", b"PK\x03\x04\x14\x00\x00\x00", "err-sheet-damaged"),
        ("half a compound file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\x00", "err-sheet-damaged"),
        ("neither encoding", b"a,b\n\xff\xff,1\n", "err-encoding"),
    ];
    for (what, bytes, id) in cases {
        let remarks = read("表.xls", bytes).unwrap_err();
        assert_eq!(remarks.iter().map(|remark| remark.what.id).collect::<Vec<_>>(), [id], "{what}");
        assert_eq!(remarks[0].place.file, "表.xls", "{what}");
    }
}
