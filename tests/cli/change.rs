//! `package change`: a table of changes is shown, made when confirmed, and refused whole where a row is wrong.

use std::{fs, path::Path};

use pingyi::cli::Exit;

use super::{golden::golden, import_table::Office, pingyi, program::Program, refused, tree::Tree};
use crate::support::workbook::{Sheet, xlsx};

const CHANGES: &str = "操作,项目编号,专家编号,字段,内容,具体情形\n\
    修改,sx-0001,,联系方式,0354-7654321,\n\
    回避,sx-0002,R04,,,曾任该单位技术顾问\n\
    取消分配,sx-0004,R07,,,\n\
    修改,sx-0003,,联系方式,0354-0000003,\n";

#[test]
fn changes_are_shown_in_both_languages_and_nothing_is_written_before_yes() {
    let office = Office::with_applications();
    let table = office.write("修改.csv", CHANGES);
    let before = Tree::of(office.0.path());
    let words = ["package", "change", &office.package(), "--from", &table, "--dry-run"];
    for (lang, parts) in [
        ("zh-CN", ["applicant.contact: 0354-0000001 → 0354-7654321", "recusals.toml R04: — → 曾任该单位技术顾问", "没有写入任何文件"]),
        ("en", ["assignments.csv R07: R07 → —", "sx-0001  changed", "Nothing was written"]),
    ] {
        let shown = pingyi(&[&["--lang", lang], &words[..]].concat()).done();
        parts.iter().for_each(|part| assert!(shown.contains(part), "{part}: {shown}"));
    }
    before.is_still(office.0.path());
    // Without a person at the terminal only the option is an answer.
    refused(office.0.path(), &words[..5], Exit::Usage, "err-needs-yes", &[]);
}

#[test]
fn what_was_confirmed_is_written_at_once_and_has_one_shape_as_a_document() {
    let office = Office::with_applications();
    let table = office.write("修改.csv", CHANGES);
    let words = ["--json", "package", "change", &office.package(), "--from", &table, "--yes"];
    let run = || Program::new(&words).env("SOURCE_DATE_EPOCH", "1773400000").run().json();
    let done = run();
    assert_eq!((done["done"].as_bool(), done["files"].as_u64()), (Some(true), Some(4)), "{done}");
    golden("package-change", &done, office.0.path());
    let recusals = fs::read_to_string(Path::new(&office.package()).join("recusals.toml")).unwrap();
    assert!(recusals.contains("曾任该单位技术顾问") && recusals.contains("date = \"2026-03-13\""), "{recusals}");
    let before = Tree::of(office.0.path());
    let again = run();
    assert_eq!((again["done"].as_bool(), again["files"].as_u64()), (Some(false), Some(0)), "{again}");
    before.is_still(office.0.path());
    assert!(pingyi(&["--lang", "en", "package", "check", &office.package()]).done().contains("The package is sound"));
}

#[test]
fn one_wrong_row_keeps_all_of_them_from_being_made() {
    let office = Office::with_applications();
    let table = office.write("修改.csv", format!("{CHANGES}修改,sx-9999,,联系方式,1,\n"));
    let before = Tree::of(office.0.path());
    let answer = pingyi(&["--lang", "zh-CN", "package", "change", &office.package(), "--from", &table, "--yes"]);
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
    assert!(answer.out.contains("修改.csv B6 项目编号: 错误") && answer.out.contains("有 1 处错误，未写入"), "{}", answer.out);
    before.is_still(office.0.path());
}

#[test]
fn text_from_a_table_of_changes_does_nothing_to_a_terminal_and_reaches_no_file() {
    let office = Office::with_applications();
    let rows: [&[&str]; 2] = [&["操作", "项目编号", "字段", "内容"], &["修改", "sx-0001", "联系方式", "0354\u{1b}[2J\u{202e}7654321"]];
    let table = office.write("修改.xlsx", xlsx(&[Sheet::new("修改表", &rows)]));
    let before = Tree::of(office.0.path());
    // `pingyi` itself looks at every character that is printed.
    for flags in [&["--lang", "zh-CN"][..], &["--json"]] {
        let words = ["package", "change", &office.package(), "--from", &table, "--yes"];
        assert_eq!(pingyi(&[flags, &words].concat()).exit, Exit::BadInput);
    }
    before.is_still(office.0.path());
}

#[test]
fn a_table_without_a_heading_that_anybody_knows_is_told_as_such() {
    let office = Office::with_applications();
    let table = office.write("修改.csv", "甲,乙\n1,2\n");
    let answer = pingyi(&["--json", "package", "change", &office.package(), "--from", &table, "--dry-run"]);
    assert_eq!(answer.exit, Exit::BadInput);
    assert_eq!(answer.json()["remarks"][0]["code"], "err-no-headings");
    refused(office.0.path(), &["package", "change", "nowhere", "--from", &table, "--dry-run"], Exit::BadInput, "err-file", &["nowhere"]);
}
