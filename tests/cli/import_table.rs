//! `package import-table|import-roster|attach`: shown first, done when confirmed, and one JSON shape.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::cli::Exit;
use tempfile::TempDir;

use super::{golden::golden, path, pingyi, program::Program, refused, tree::Tree};
use crate::support::{
    stage::copy,
    workbook::{Sheet, xlsx},
};

pub(super) struct Office(pub(super) TempDir);

impl Office {
    /// The sample package without applications.
    fn new() -> Self {
        let office = Self::with_applications();
        fs::remove_dir_all(office.0.path().join("package/applications")).unwrap();
        office
    }

    pub(super) fn with_applications() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&repository().join("sample-data/package"), &folder.path().join("package"));
        Self(folder)
    }

    pub(super) fn package(&self) -> String {
        path(&self.0.path().join("package")).to_owned()
    }

    /// Writes a file beside the package.
    pub(super) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let file = self.0.path().join(name);
        fs::write(&file, bytes).unwrap();
        path(&file).to_owned()
    }

    fn applications(&self) -> usize {
        fs::read_dir(self.0.path().join("package/applications")).map_or(0, Iterator::count)
    }

    /// Writes a workbook with one sheet.
    fn table(&self, rows: &[&[&str]]) -> String {
        self.write("表.xlsx", xlsx(&[Sheet::new("汇总表", rows)]))
    }
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixture(name: &str) -> String {
    path(&repository().join("tests/intake/tables").join(name)).to_owned()
}

#[test]
fn a_preview_shows_columns_rows_and_numbers_in_both_languages_and_changes_nothing() {
    let office = Office::new();
    let before = Tree::of(office.0.path());
    let words = ["package", "import-table", &fixture("applications.xlsx"), "--into", &office.package(), "--dry-run"];
    let chinese = pingyi(&[&["--lang", "zh-CN"], &words[..]].concat()).done();
    for part in [
        "A 项目编号 → id",
        "总投资（万元） → money.investment_total",
        "[资金来源]：",
        "第 4 行不读",
        "填表说明",
        "sx-0024",
        "新增 24，改动 0",
        "没有写入任何文件",
    ] {
        assert!(chinese.contains(part), "{part}: {chinese}");
    }
    let english = pingyi(&[&["--lang", "en"], &words[..]].concat()).done();
    for part in ["is not read", "24 new, 0 changed, 0 unchanged", "Nothing was written"] {
        assert!(english.contains(part), "{part}: {english}");
    }
    before.is_still(office.0.path());
}

#[test]
fn what_was_confirmed_is_written_and_a_second_time_changes_nothing() {
    let office = Office::new();
    let words = ["--json", "package", "import-table", &fixture("applications.xls"), "--into", &office.package(), "--yes"];
    let first = pingyi(&words).json();
    assert_eq!((first["done"].as_bool(), first["files"].as_u64(), first["errors"].as_u64()), (Some(true), Some(24), Some(0)), "{first}");
    assert_eq!(office.applications(), 24);
    let keys: Vec<&String> = first.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["done", "sheets", "unread", "records", "leaving", "remarks", "problems", "open", "errors", "files"]);
    let row = &first["records"][0];
    assert_eq!((row["id"].as_str(), row["state"].as_str(), row["row"].as_u64()), (Some("sx-0001"), Some("new"), Some(2)), "{row}");
    let before = Tree::of(office.0.path());
    let again = pingyi(&words).json();
    assert_eq!((again["done"].as_bool(), again["files"].as_u64()), (Some(false), Some(0)), "{again}");
    assert_eq!(again["records"][0]["state"], "unchanged");
    before.is_still(office.0.path());
}

#[test]
fn mistakes_are_told_with_sheet_cell_and_heading_and_nothing_is_written() {
    let office = Office::new();
    let table = office.table(&[&["项目编号", "项目名称", "总投资（万元）"], &["sx-0001", "甲基地", "约六千"]]);
    let words = ["package", "import-table", &table, "--into", &office.package(), "--yes"];
    let answer = pingyi(&[&["--lang", "zh-CN"], &words[..]].concat());
    assert_eq!(answer.exit, Exit::BadInput, "{answer:?}");
    assert!(answer.out.contains("表.xlsx [汇总表] C2 总投资（万元）: 错误: “约六千”不是规定的数字。"), "{}", answer.out);
    assert!(answer.out.contains("缺少“申报单位”"), "what the table leaves out is told at once: {}", answer.out);
    let document = pingyi(&[&["--json"], &words[..]].concat());
    let remarks = document.json()["remarks"].clone();
    let remark = remarks.as_array().unwrap().iter().find(|remark| remark["code"] == "err-cell-number").unwrap();
    assert_eq!((remark["cell"].as_str(), remark["row"].as_u64(), remark["column"].as_u64()), (Some("C2"), Some(2), Some(3)), "{remark}");
    assert_eq!(
        (remark["sheet"].as_str(), remark["heading"].as_str(), remark["severity"].as_str()),
        (Some("汇总表"), Some("总投资（万元）"), Some("error"))
    );
    assert_eq!(office.applications(), 0);
}

#[test]
fn a_heading_that_nobody_knows_has_one_remark_in_the_document_and_no_record() {
    let office = Office::new();
    let table = office.table(&[&["项目编号", "项目名称", "总投姿"], &["sx-0001", "甲基地", "6000"]]);
    let answer = pingyi(&["--json", "package", "import-table", &table, "--into", &office.package(), "--dry-run"]);
    assert_eq!(answer.exit, Exit::BadInput);
    golden("package-import-table-heading", &answer.json(), office.0.path());
}

#[test]
fn text_from_a_table_does_nothing_to_a_terminal() {
    let office = Office::new();
    let table = office.table(&[&["项目编号", "项目名称", "所在市\u{202e}"], &["sx-0001\u{1b}[2J", "甲\u{200b}基地", "太\u{9b}原"]]);
    // `pingyi` itself looks at every character that is printed.
    for flags in [&["--lang", "zh-CN"][..], &["--json"]] {
        let words = ["package", "import-table", &table, "--into", &office.package(), "--dry-run"];
        assert_eq!(pingyi(&[flags, &words[..]].concat()).exit, Exit::BadInput);
    }
}

#[test]
fn without_a_terminal_only_the_option_is_a_yes() {
    let office = Office::new();
    let (table, package) = (fixture("applications.xls"), office.package());
    let answer = Program::new(&["--lang", "en", "package", "import-table", &table, "--into", &package]).run();
    assert_eq!(answer.exit, Exit::Usage, "{answer:?}");
    assert!(answer.complaints.contains("--yes"), "{answer:?}");
    assert_eq!(office.applications(), 0);
}

#[test]
fn replacing_needs_its_own_word() {
    let office = Office::new();
    let (table, package) = (fixture("applications.xls"), office.package());
    pingyi(&["package", "import-table", &table, "--into", &package, "--yes"]).done();
    let file = office.0.path().join("package/applications/sx-0001.toml");
    let text = fs::read_to_string(&file).unwrap().replace("0354-0000001", "0354-1");
    fs::write(&file, &text).unwrap();
    let words = ["package", "import-table", &table, "--into", &package, "--yes"];
    let answer = pingyi(&[&["--lang", "en"], &words[..]].concat());
    assert_eq!(answer.exit, Exit::No, "{answer:?}");
    assert!(answer.out.contains("applicant.contact: 0354-1 → 0354-0000001") && answer.complaints.contains("--replace"), "{answer:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    pingyi(&[&words[..], &["--replace"]].concat()).done();
    assert!(fs::read_to_string(&file).unwrap().contains("0354-0000001"));
}

#[test]
fn what_cannot_be_read_at_all_is_one_error() {
    let office = Office::new();
    let package = office.package();
    let folder = office.0.path();
    let missing = path(&folder.join("没有.xlsx")).to_owned();
    refused(folder, &["package", "import-table", &missing, "--into", &package, "--dry-run"], Exit::BadInput, "err-file", &["没有.xlsx"]);
    let nowhere = path(&folder.join("nowhere")).to_owned();
    refused(folder, &["package", "import-table", &fixture("roster.xlsx"), "--into", &nowhere], Exit::BadInput, "err-file", &["nowhere"]);
    let columns = folder.join("columns.toml");
    fs::write(&columns, "schema = 1\n[column]\n\"工程名\" = \"titel.zh\"\n").unwrap();
    let words = ["package", "import-table", &fixture("applications.xls"), "--into", &package, "--columns", path(&columns)];
    refused(folder, &words, Exit::BadInput, "err-problems", &["1"]);
}

#[test]
fn a_roster_comes_from_a_table_too() {
    let office = Office::new();
    copy(&repository().join("sample-data/package/applications"), Path::new(&office.package()).join("applications").as_path());
    let roster = office.0.path().join("package/roster.toml");
    fs::write(&roster, fs::read_to_string(&roster).unwrap().replace("title = \"研究员\"", "title = \"工程师\"")).unwrap();
    let words = ["package", "import-roster", &fixture("roster.xlsx"), "--into", &office.package(), "--yes", "--replace"];
    let shown = pingyi(&[&["--lang", "zh-CN"], &words[..]].concat()).done();
    assert!(
        shown.contains("R02  改动  赵示例") && shown.contains("title: 工程师 → 研究员") && shown.contains("已写入 1 个文件"),
        "{shown}"
    );
    assert!(fs::read_to_string(&roster).unwrap().contains("revision = 2"));
    fs::write(&roster, fs::read_to_string(&roster).unwrap().replace("title = \"研究员\"", "title = \"工程师\"")).unwrap();
    let words = [&["--json"], &words[..]].concat();
    golden("package-import-roster", &pingyi(&words).json(), office.0.path());
    let again = pingyi(&words).json();
    assert_eq!((again["done"].as_bool(), again["files"].as_u64()), (Some(false), Some(0)), "{again}");
}

#[test]
fn attachments_are_shown_with_their_place_or_the_reason_and_copied_when_confirmed() {
    let office = Office::new();
    copy(&repository().join("sample-data/package/applications"), Path::new(&office.package()).join("applications").as_path());
    let received = office.0.path().join("received");
    fs::create_dir_all(&received).unwrap();
    fs::write(received.join("sx-0003 report.pdf"), "一").unwrap();
    fs::write(received.join("会议通知.docx"), "二").unwrap();
    let words = ["package", "attach", path(&received), "--into", &office.package()];
    let shown = pingyi(&[&["--lang", "zh-CN"], &words[..], &["--dry-run"]].concat()).done();
    assert!(
        shown.contains("sx-0003：存为 report.pdf") && shown.contains("没有任何项目的编号或名称") && shown.contains("待复制 1 个附件"),
        "{shown}"
    );
    let target = office.0.path().join("package/attachments/sx-0003/report.pdf");
    assert!(!target.exists());
    let document = pingyi(&[&["--json"], &words[..], &["--yes"]].concat()).json();
    golden("package-attach", &document, office.0.path());
    let states: Vec<&str> = document["files"].as_array().unwrap().iter().map(|file| file["state"].as_str().unwrap()).collect();
    assert_eq!((states, document["done"].as_bool(), document["copied"].as_u64()), (vec!["new", "unmatched"], Some(true), Some(1)));
    assert_eq!(fs::read_to_string(target).unwrap(), "一");
    pingyi(&["package", "check", &office.package()]).done();
}
