//! An office's lists become a package folder: the same one, whatever program the list was kept in.

use std::{
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    domain::{application::Application, finding::Severity, panel::Roster},
    workflow::{
        StepError, prepare,
        tables::{self, Order, Preview, State, TableError, application_text},
    },
};
use tempfile::TempDir;

use crate::support::{stage::copy, workbook, workbook::Sheet};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn fixtures() -> PathBuf {
    repository().join("tests/intake/tables")
}

/// A copy of the sample package folder.
struct Office {
    folder: TempDir,
}

impl Office {
    fn with_applications() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&repository().join("sample-data/package"), &folder.path().join("package"));
        Self { folder }
    }

    /// The sample call before anybody applied.
    fn empty() -> Self {
        let office = Self::with_applications();
        fs::remove_dir_all(office.package().join("applications")).unwrap();
        office
    }

    fn package(&self) -> PathBuf {
        self.folder.path().join("package")
    }

    fn preview(&self, files: &[PathBuf]) -> Preview {
        let package = self.package();
        let files = files.iter().map(PathBuf::as_path).collect();
        tables::preview(&Order { files, into: &package, columns: None, prefix: None }).unwrap()
    }

    /// Writes a workbook beside the package.
    fn table(&self, sheets: &[Sheet]) -> PathBuf {
        let path = self.folder.path().join("表.xlsx");
        fs::write(&path, workbook::xlsx(sheets)).unwrap();
        path
    }

    fn text(&self, id: &str) -> String {
        fs::read_to_string(self.package().join(format!("applications/{id}.toml"))).unwrap()
    }
}

fn csv_files() -> Vec<PathBuf> {
    let all = fs::read_dir(fixtures()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = all.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect();
    found.sort();
    found
}

fn applications(package: &Path) -> Vec<Application> {
    prepare::check(package).unwrap().package.applications
}

/// Remarks that are errors, as cell and id.
fn errors(preview: &Preview) -> Vec<(String, &'static str)> {
    let errors = preview.remarks.iter().filter(|remark| remark.severity == Severity::Error);
    errors.map(|remark| (remark.place.cell(), remark.what.id)).collect()
}

#[test]
fn the_sample_applications_in_every_form_of_an_office_make_the_package_that_their_files_make() {
    let wanted = applications(&repository().join("sample-data/package"));
    let forms = [
        ("xlsx with titles, groups, merged cells and numbers as text", vec![fixtures().join("applications.xlsx")]),
        ("xls", vec![fixtures().join("applications.xls")]),
        ("ods", vec![fixtures().join("applications.ods")]),
        ("csv in GB18030, a file for each list", csv_files()),
    ];
    for (form, files) in forms {
        let office = Office::empty();
        let preview = office.preview(&files);
        assert_eq!(errors(&preview), [], "{form}");
        assert_eq!(preview.take_in(false).unwrap(), 24, "{form}");
        let found = applications(&office.package());
        assert_eq!(found.len(), wanted.len(), "{form}");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert_eq!(serde_json::to_value(found).unwrap(), serde_json::to_value(wanted).unwrap(), "{form}: {}", wanted.id);
        }
        let again = office.preview(&files);
        assert!(again.records.iter().all(|record| record.state == State::Unchanged) && again.written() == 0, "{form}: a second time");
    }
}

#[test]
fn the_file_of_an_application_says_the_same_as_the_one_an_office_writes_by_hand() {
    for entry in fs::read_dir(repository().join("sample-data/package/applications")).unwrap() {
        let path = entry.unwrap().path();
        let by_hand: Application = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let text = application_text(&by_hand);
        let read: Application = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}\n{text}", path.display()));
        assert_eq!(read, by_hand, "{}", path.display());
        let groups: Vec<&str> = text.lines().filter(|line| line.starts_with('[')).collect();
        assert!(groups.first() == Some(&"[applicant]") && groups.last() == Some(&"[narrative]"), "{groups:?}");
        assert!(!text.contains("= \"\"\n") || text.contains("en = \"\"\n"), "nothing that says nothing: {text}");
    }
}

#[test]
fn texts_that_are_hard_to_quote_survive_the_file() {
    let path = repository().join("sample-data/package/applications/sx-0001.toml");
    let mut application: Application = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    application.operation.team = "三引号\"\"\"与'单引号'、反斜杠\\和制表\t".to_owned();
    application.narrative.zh = "一\n\"\"\"二\"\"\"\n'''三'''\\\n".to_owned();
    application.title.en = "[narrative]\nzh = \"x\"".to_owned();
    application.compliance.gates.clear();
    let read: Application = toml::from_str(&application_text(&application)).unwrap();
    assert_eq!(read, application);
}

#[test]
fn a_change_is_shown_field_by_field_and_made_only_when_replacing_is_allowed() {
    let office = Office::with_applications();
    let before = office.text("sx-0001");
    let table = Sheet::new("汇总表", &[&["项目编号", "联系电话"], &["sx-0001", "0354-7654321"]]);
    let preview = office.preview(&[office.table(&[table])]);
    assert!(preview.errors() > 0, "a table with two columns makes no application");
    let path = office.package().join("applications/sx-0001.toml");
    fs::write(&path, before.replace("0354-0000001", "0354-7654321")).unwrap();
    let preview = office.preview(&[fixtures().join("applications.xls")]);
    let changed: Vec<_> = preview.records.iter().filter(|record| record.state != State::Unchanged).collect();
    let [record] = changed[..] else { panic!("{changed:?}") };
    let State::Changed(fields) = &record.state else { panic!("{record:?}") };
    let shown: Vec<(&str, &str, &str)> = fields.iter().map(|one| (one.path.as_str(), one.before.as_str(), one.after.as_str())).collect();
    assert_eq!(shown, [("applicant.contact", "0354-7654321", "0354-0000001")]);
    assert!(matches!(preview.take_in(false), Err(StepError::Table(TableError::WouldReplace { count: 1 }))));
    assert!(office.text("sx-0001").contains("0354-7654321"), "nothing was written");
    assert_eq!(preview.take_in(true).unwrap(), 1);
    assert!(office.text("sx-0001").contains("0354-0000001"));
}

#[test]
fn an_office_may_take_tables_in_before_everything_else_is_filled_in_and_is_told_what_is_left() {
    let office = Office::empty();
    let path = office.package().join("roster.toml");
    let roster = fs::read_to_string(&path).unwrap();
    fs::write(&path, roster.replacen("林示例", "【待填】组长", 1)).unwrap();
    let preview = office.preview(&[fixtures().join("applications.xls")]);
    let open: Vec<(&str, &str)> = preview.standing.open.iter().map(|problem| (problem.file.as_str(), problem.what.id)).collect();
    assert_eq!((preview.errors(), open), (0, vec![("roster.toml", "err-to-fill")]));
    assert_eq!(preview.take_in(false).unwrap(), 24);
    // A roster that says nothing at all is another matter: nothing could be checked against it.
    fs::write(&path, "schema = 1\n").unwrap();
    let preview = office.preview(&[fixtures().join("applications.xls")]);
    assert!(preview.errors() > 0 && preview.standing.open.is_empty(), "{:?}", preview.standing);
}

#[test]
fn a_file_that_somebody_changed_after_the_preview_is_not_overwritten() {
    let office = Office::with_applications();
    let path = office.package().join("applications/sx-0003.toml");
    fs::write(&path, office.text("sx-0003").replace("province", "city")).unwrap();
    let preview = office.preview(&[fixtures().join("applications.xls")]);
    let meanwhile = office.text("sx-0003").replace("city", "county");
    fs::write(&path, &meanwhile).unwrap();
    assert!(matches!(preview.take_in(true), Err(StepError::Table(TableError::Moved { .. }))));
    assert_eq!(office.text("sx-0003"), meanwhile);
}

#[cfg(unix)]
#[test]
fn when_one_file_cannot_be_written_none_is() {
    let office = Office::empty();
    let preview = office.preview(&[fixtures().join("applications.xls")]);
    let folder = office.package().join("applications");
    fs::create_dir_all(folder.join("sx-0020.toml")).unwrap();
    assert!(preview.take_in(false).is_err());
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["sx-0020.toml"], "only what stood in the way");
}

#[test]
fn what_the_checks_of_a_package_find_is_told_at_the_cell() {
    let office = Office::empty();
    let mut sheets = whole_table();
    let investment = sheets[0].rows[0].iter().position(|heading| heading == "总投资").unwrap();
    sheets[0].rows[1][investment] = "n:7000".to_owned();
    let preview = office.preview(&[office.table(&sheets)]);
    let told = |id: &str| {
        let remark = preview.remarks.iter().find(|remark| remark.what.id == id).unwrap_or_else(|| panic!("{id}: {:?}", preview.remarks));
        (remark.place.sheet.as_str(), remark.place.cell(), remark.place.heading.as_str())
    };
    assert_eq!(told("err-funding-sum"), ("资金来源", "C2".to_owned(), "金额（万元）"));
    assert_eq!(told("err-field-required"), ("汇总表", "2".to_owned(), ""), "a field that no column has is told at the row");
    assert!(preview.standing.new.iter().all(|problem| !problem.file.starts_with("applications/")), "{:?}", preview.standing.new);
    assert!(!office.package().join("applications").exists(), "a preview writes nothing");
    assert!(matches!(preview.take_in(true), Err(StepError::Table(TableError::Unsound { .. }))));
}

/// The first sample application as a table of its own: every field under its path, lists in sheets.
fn whole_table() -> Vec<Sheet> {
    let preview_columns = [
        ("项目编号", "sx-0001"),
        ("项目名称", "晋中智能网联新能源汽车产教融合实训基地"),
        ("项目英文名称", "Jinzhong training base"),
        ("榜题", "t1"),
        ("收件日期", "2026-03-02"),
        ("申报单位", "晋中示例职业技术学院"),
        ("申报单位类型", "职业院校"),
        ("所在市", "晋中"),
        ("统一社会信用代码", "12140700XXXXXXXX01"),
        ("法定代表人", "示例"),
        ("联系方式", "0354-0000001"),
        ("产业门类", "先进制造业"),
        ("主导模式", "院校主导"),
        ("总投资", "6000"),
        ("项目简介", "简介。"),
    ];
    let (head, row): (Vec<&str>, Vec<&str>) = preview_columns.into_iter().unzip();
    let funding: [&[&str]; 2] = [&["项目编号", "资金来源", "金额（万元）", "落实情况"], &["sx-0001", "政府投资", "6000", "已落实"]];
    vec![Sheet::new("汇总表", &[head.as_slice(), row.as_slice()]), Sheet::new("资金来源", &funding)]
}

#[test]
fn attachments_that_were_gathered_before_stay_listed_where_no_table_speaks_of_them() {
    let office = Office::with_applications();
    let mut files = csv_files();
    files.retain(|path| !path.ends_with("附件.csv"));
    let preview = office.preview(&files);
    assert!(preview.records.iter().all(|record| record.state == State::Unchanged), "{:?}", preview.records);
}

#[test]
fn numbers_are_assigned_in_the_order_of_the_rows_and_marked_as_such() {
    let office = Office::empty();
    let mut sheets = whole_table();
    sheets.truncate(1);
    sheets[0].rows.iter_mut().for_each(|row| drop(row.remove(0)));
    let path = office.table(&sheets);
    let ids = |prefix: Option<&str>| {
        let package = office.package();
        let preview = tables::preview(&Order { files: vec![&path], into: &package, columns: None, prefix }).unwrap();
        preview.records.iter().map(|record| (record.id.clone(), record.assigned)).collect::<Vec<_>>()
    };
    assert_eq!(ids(None), [("sx-0001".to_owned(), true)], "the first part of the call's id");
    assert_eq!(ids(Some("jz")), [("jz-0001".to_owned(), true)]);
}

#[test]
fn the_roster_of_a_table_keeps_the_keys_of_those_who_stay_and_counts_its_revision() {
    let office = Office::with_applications();
    let path = office.package().join("roster.toml");
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample";
    let text = fs::read_to_string(&path).unwrap().replacen("code = \"R02\"", &format!("code = \"R02\"\nkey = {{ public = \"{key}\" }}"), 1);
    fs::write(&path, &text).unwrap();
    let package = office.package();
    let table = fixtures().join("roster.xlsx");
    let order = Order { files: vec![&table], into: &package, columns: None, prefix: None };
    let same = tables::preview_people(&order).unwrap();
    assert_eq!((errors(&same), same.written(), same.replaced()), (vec![], 0, 0), "{:?}", same.records);
    fs::write(&path, text.replace("title = \"研究员\"", "title = \"工程师\"")).unwrap();
    let preview = tables::preview_people(&order).unwrap();
    assert!(preview.records.iter().any(|one| one.id == "R02" && matches!(one.state, State::Changed(_))), "{:?}", preview.records);
    preview.take_in(true).unwrap();
    let roster: Roster = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(roster.revision, 2);
    let second = roster.people.iter().find(|person| person.code.as_str() == "R02").unwrap();
    assert_eq!((second.title.as_str(), second.key.as_ref().map(|key| key.public.as_str())), ("研究员", Some(key)));
}

#[test]
fn who_is_not_in_the_table_leaves_the_roster_only_with_consent() {
    let office = Office::with_applications();
    let package = office.package();
    let rows: [&[&str]; 3] =
        [&["专家编号", "姓名", "角色", "工作单位"], &["OF1", "周示例", "工作人员", "示例办"], &["R01", "林示例", "组长", "示例理工大学"]];
    let table = office.table(&[Sheet::new("名单", &rows)]);
    let preview = tables::preview_people(&Order { files: vec![&table], into: &package, columns: None, prefix: None }).unwrap();
    assert!(preview.leaving.contains(&"R02".to_owned()) && preview.replaced() > 0, "{preview:?}");
    assert!(preview.errors() > 0, "a panel of one is no panel, and the checks say so before anything is written");
    assert!(fs::read_to_string(package.join("roster.toml")).unwrap().contains("R02"));
}
