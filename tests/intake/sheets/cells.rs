//! One cell at a time: what an office writes, and what the application says then – or what is told instead.

use pingyi::intake::columns::Options;
use serde::Deserialize;
use serde_json::Value;

use super::{at, errors, filled, grids};
use crate::support::workbook::{Sheet, xlsx};

#[derive(Deserialize)]
struct Table {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    why: String,
    heading: String,
    path: String,
    cell: String,
    /// What the application says.
    says: Option<Value>,
    /// The error that is told instead.
    error: Option<String>,
    /// The note that is told beside the value.
    note: Option<String>,
}

#[test]
fn cells_are_read_as_people_mean_them_or_refused_by_their_address() {
    for case in toml::from_str::<Table>(include_str!("cells.toml")).unwrap().case {
        let sheet = Sheet::new("表", &[&["项目编号", "项目名称", case.heading.as_str()], &["sx-0001", "示例", case.cell.as_str()]]);
        let filled = filled(&grids("表.xlsx", &xlsx(&[sheet])), &Options::default());
        let told: Vec<(&str, String)> = errors(&filled).into_iter().map(|remark| (remark.what.id, remark.place.cell())).collect();
        let wanted: Vec<(&str, String)> = case.error.as_deref().map(|id| (id, "C2".to_owned())).into_iter().collect();
        assert_eq!(told, wanted, "{}", case.why);
        let value = at(&filled.records[0].tree, &case.path);
        assert_eq!(value, case.says.as_ref().unwrap_or(&Value::Null), "{}", case.why);
        let notes: Vec<&str> = filled.remarks.iter().map(|remark| remark.what.id).filter(|id| id.starts_with("note-")).collect();
        assert_eq!(notes, case.note.as_deref().into_iter().collect::<Vec<_>>(), "{}", case.why);
    }
}
