//! What a name becomes in the list for a spreadsheet, on a page and in the tables for a database: `cells.toml`.

use pingyi::{
    domain::{
        register::{file::RegisterFile, merge, record::Record},
        text::{Bilingual, Language},
    },
    report::register::{public_list, public_table},
};
use serde::Deserialize;

use super::merge::{Given, result};
use crate::support::rules::of;

#[derive(Deserialize)]
struct Cells {
    cell: Vec<Cell>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cell {
    name: String,
    /// What a spreadsheet is given.
    list: String,
    /// What stands in the page's source.
    page: String,
}

#[test]
fn a_name_reaches_every_form_whole_and_harmless() {
    for cell in toml::from_str::<Cells>(include_str!("cells.toml")).unwrap().cell {
        let mut panel = result(&Given {
            bundle: "b1".into(),
            call: "sx-26".into(),
            panel: "p1".into(),
            revision: 1,
            supersedes: None,
            rehearsal: false,
            applications: vec!["a1 140100 中部 1 winner 1 设备=1".into()],
        });
        let line = &mut panel.items[0].applications[0];
        line.title = Bilingual { zh: "项目".into(), en: "project".into() };
        line.applicant.clone_from(&cell.name);
        let (merged, register, record) = (merge([panel]), of("sx-2026"), Record { schema: 1, ..Record::default() });
        let file = RegisterFile::of(&register, 1, &merged, &record);
        let list = public_table(&file, Language::Zh).unwrap();
        let mut reader = csv::Reader::from_reader(list.strip_prefix(b"\xEF\xBB\xBF").unwrap());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[4], cell.list, "{:?} in the list", cell.name);
        let page = String::from_utf8(public_list(&file, &record, Language::Zh)).unwrap();
        assert!(page.contains(&format!("<td>{}</td>", cell.page)), "{:?} on the page:\n{page}", cell.name);
    }
}
