//! Many changes out of one table: shown field by field, made as a unit, told at the cell where they are wrong.

use std::{collections::BTreeMap, fs, path::Path};

use pingyi::{
    domain::finding::Severity,
    workflow::{
        StepError, prepare,
        tables::{self, Order, Preview, State, TableError},
    },
};
use serde::Deserialize;
use tempfile::TempDir;

use crate::support::{
    stage::copy,
    workbook::{Sheet, xlsx},
};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    why: String,
    table: String,
    #[serde(default)]
    changes: Vec<String>,
    #[serde(default)]
    errors: Vec<String>,
    /// Files that would be written, where it matters.
    files: Option<usize>,
}

struct Office(TempDir);

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/package"), &folder.path().join("package"));
        Self(folder)
    }

    fn package(&self) -> std::path::PathBuf {
        self.0.path().join("package")
    }

    fn preview(&self, name: &str, bytes: &[u8]) -> Preview {
        let (file, package) = (self.0.path().join(name), self.package());
        fs::write(&file, bytes).unwrap();
        let order = Order { files: vec![&file], into: &package, columns: None, prefix: None };
        tables::preview_changes(&order, Some("2026-03-13".parse().unwrap())).unwrap()
    }

    /// Every file of the folder.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        for name in ["call.toml", "recusals.toml", "assignments.csv", "roster.toml"] {
            found.insert(name.to_owned(), fs::read(self.package().join(name)).unwrap());
        }
        for entry in fs::read_dir(self.package().join("applications")).unwrap() {
            let path = entry.unwrap().path();
            found.insert(path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap());
        }
        found
    }
}

fn changes(preview: &Preview) -> Vec<String> {
    let of = |record: &tables::RecordView| match &record.state {
        State::Changed(fields) => fields.clone(),
        State::New | State::Unchanged => Vec::new(),
    };
    let lines = preview.records.iter().flat_map(|record| of(record).into_iter().map(|field| (record.id.clone(), field)));
    lines.map(|(id, field)| format!("{id} | {} | {} | {}", field.path, field.before, field.after)).collect()
}

fn errors(preview: &Preview) -> Vec<String> {
    let errors = preview.remarks.iter().filter(|remark| remark.severity == Severity::Error);
    let mut lines: Vec<String> = errors.map(|remark| format!("{} | {}", remark.place.cell(), remark.what.id)).collect();
    lines.sort();
    lines
}

#[test]
fn the_worked_tables_of_changes_come_to_what_they_say() {
    let office = Office::new();
    let before = office.files();
    for case in toml::from_str::<Table>(include_str!("changes.toml")).unwrap().case {
        let preview = office.preview("修改.csv", case.table.trim_start().as_bytes());
        assert_eq!(errors(&preview), case.errors, "{}", case.why);
        if case.errors.is_empty() {
            assert_eq!(changes(&preview), case.changes, "{}: {:?}", case.why, preview.standing);
            assert_eq!(preview.errors(), 0, "{}: {:?}", case.why, preview.standing);
        } else {
            assert!(matches!(preview.take_in(true), Err(StepError::Table(TableError::Unsound { .. }))), "{}", case.why);
        }
        if let Some(files) = case.files {
            assert_eq!(preview.written(), files, "{}", case.why);
        }
        assert!(office.files() == before, "{}: a preview writes nothing", case.why);
    }
}

#[test]
fn the_changes_of_a_workbook_are_made_together_and_touch_nothing_else() {
    let office = Office::new();
    let before = office.files();
    let rows: [&[&str]; 7] = [
        &["2026年揭榜遴选材料修改表", "", "", "", "", ""],
        &["操作", "项目编号", "专家编号", "字段", "内容", "具体情形"],
        &["修改", "sx-0001", "", "联系方式", "0354-7654321", ""],
        &["修改", "sx-0001", "", "项目英文名称", "Renamed base", ""],
        &["修改", "sx-0003", "", "demand.annual_demand", "n:1250", ""],
        &["回避", "sx-0002", "R04", "", "", "曾任该单位技术顾问"],
        &["取消分配", "sx-0004", "R07", "", "", ""],
    ];
    let preview = office.preview("修改.xlsx", &xlsx(&[Sheet::new("修改表", &rows)]));
    assert_eq!((errors(&preview), preview.errors(), preview.written()), (vec![], 0, 4), "{:?}", preview.standing);
    assert_eq!(preview.take_in(true).unwrap(), 4);
    let after = office.files();
    let touched: Vec<&str> = after.iter().filter(|(name, bytes)| before[*name] != **bytes).map(|(name, _)| name.as_str()).collect();
    assert_eq!(touched, ["assignments.csv", "recusals.toml", "sx-0001.toml", "sx-0003.toml"]);
    let package = prepare::check(&office.package()).unwrap().package;
    let of = |id: &str| package.applications.iter().find(|one| one.id.as_str() == id).unwrap();
    assert_eq!((of("sx-0001").applicant.contact.as_str(), of("sx-0001").title.en.as_str()), ("0354-7654321", "Renamed base"));
    let recusal = package.recusal(&"sx-0002".parse().unwrap(), &"R04".parse().unwrap()).unwrap();
    assert_eq!(recusal.date.map(|day| day.to_string()).as_deref(), Some("2026-03-13"));
    assert!(!package.is_assigned(&"sx-0004".parse().unwrap(), &"R07".parse().unwrap()));
    let recusals = String::from_utf8(after["recusals.toml"].clone()).unwrap();
    assert!(recusals.starts_with(std::str::from_utf8(&before["recusals.toml"]).unwrap()), "what stood in the file stays, comments and all");
    let again = office.preview("修改.xlsx", &xlsx(&[Sheet::new("修改表", &rows)]));
    assert!(again.records.iter().all(|record| record.state == State::Unchanged) && again.written() == 0, "a second time nothing is left");
}

#[test]
fn without_a_list_of_readers_everybody_reads_everything_and_taking_one_away_writes_the_list() {
    let office = Office::new();
    fs::remove_file(office.package().join("assignments.csv")).unwrap();
    let preview = office.preview("修改.csv", "操作,项目编号,专家编号\n取消分配,sx-0005,R07\n".as_bytes());
    assert_eq!(preview.take_in(true).unwrap(), 1);
    let package = prepare::check(&office.package()).unwrap().package;
    let pairs = package.roster.scoring().count() * package.applications.iter().filter(|one| package.is_scored(&one.id)).count();
    assert_eq!(package.assignments.len(), pairs - 1);
    assert!(!package.is_assigned(&"sx-0005".parse().unwrap(), &"R07".parse().unwrap()));
}

#[test]
fn a_table_that_leaves_an_application_without_enough_readers_is_refused_whole() {
    let office = Office::new();
    let rows: String = ["R01", "R02", "R04", "R05", "R06", "R07"].iter().map(|code| format!("取消分配,sx-0001,{code}\n")).collect();
    let preview = office.preview("修改.csv", format!("操作,项目编号,专家编号\n{rows}").as_bytes());
    assert!(preview.standing.errors() > 0, "{:?}", preview.standing);
    assert!(matches!(preview.take_in(true), Err(StepError::Table(TableError::Unsound { .. }))));
}

/// A row that is always sound: an application, and what is done with it.
#[derive(Debug, Clone)]
enum Row {
    Contact(usize, u32),
    Unassign(usize, usize),
    Recuse(usize, usize),
}

const IDS: [&str; 4] = ["sx-0002", "sx-0003", "sx-0008", "sx-0010"];
const PEOPLE: [&str; 2] = ["R02", "R04"];

impl Row {
    fn text(&self) -> String {
        match self {
            Self::Contact(id, number) => format!("修改,{},,联系方式,0354-{number:07},\n", IDS[*id]),
            Self::Unassign(id, who) => format!("取消分配,{},{},,,\n", IDS[*id], PEOPLE[*who]),
            Self::Recuse(id, who) => format!("回避,{},{},,,与项目负责人有合作\n", IDS[*id], PEOPLE[*who]),
        }
    }
}

fn row() -> impl proptest::strategy::Strategy<Value = Row> {
    use proptest::prelude::*;
    prop_oneof![
        (0..4_usize, 0..9_999_999_u32).prop_map(|(id, number)| Row::Contact(id, number)),
        (0..4_usize, 0..2_usize).prop_map(|(id, who)| Row::Unassign(id, who)),
        (0..4_usize, 0..2_usize).prop_map(|(id, who)| Row::Recuse(id, who)),
    ]
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { cases: 12, ..Default::default() })]

    /// Rows in one table come to the same package as the same rows one table each, whatever they are; and a second time to nothing.
    #[test]
    fn a_table_comes_to_the_same_as_its_rows_one_by_one(mut rows in proptest::collection::vec(row(), 1..6)) {
        const HEAD: &str = "操作,项目编号,专家编号,字段,内容,具体情形\n";
        // Two contacts for one application in one table contradict each other, and are refused as such.
        let mut seen = Vec::new();
        rows.retain(|row| match row {
            Row::Contact(id, _) => !seen.contains(id) && { seen.push(*id); true },
            _ => true,
        });
        let (whole, single) = (Office::new(), Office::new());
        let all: String = rows.iter().map(Row::text).collect();
        let preview = whole.preview("全部.csv", format!("{HEAD}{all}").as_bytes());
        proptest::prop_assert_eq!(preview.errors(), 0);
        preview.take_in(true).unwrap();
        for (at, row) in rows.iter().enumerate() {
            single.preview(&format!("{at}.csv"), format!("{HEAD}{}", row.text()).as_bytes()).take_in(true).unwrap();
        }
        proptest::prop_assert!(whole.files() == single.files(), "{all}");
        let again = whole.preview("全部.csv", format!("{HEAD}{all}").as_bytes());
        proptest::prop_assert_eq!((again.written(), changes(&again)), (0, Vec::new()));
    }
}
