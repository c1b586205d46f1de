//! The workbook, read back by a reader of our own: numbers are numbers, text is text, nothing is computed, and it prints.

use std::collections::BTreeMap;

use pingyi::{domain::text::Language, report::Format};

use super::{Case, Files, text};

/// A cell as it lies in the file: its number, or its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    Number(String),
    Text(String),
}

/// The sheets of a workbook, by name in order, each with its cells by address.
pub(super) fn sheets(files: &Files) -> Vec<(String, BTreeMap<String, Found>)> {
    let part = |name: &str| text(files[name].clone());
    let strings: Vec<String> =
        part("xl/sharedStrings.xml").split("<si>").skip(1).map(|item| unescaped(between(item, ">", "</t>"))).collect();
    let book = part("xl/workbook.xml");
    let names = book.split("<sheet ").skip(1).map(|sheet| unescaped(between(sheet, "name=\"", "\"")));
    names.enumerate().map(|(at, name)| (name, cells(&part(&format!("xl/worksheets/sheet{}.xml", at + 1)), &strings))).collect()
}

fn cells(sheet: &str, strings: &[String]) -> BTreeMap<String, Found> {
    let with_value = |cell: &&str| cell.contains("<v>");
    let read = |cell: &str| {
        let (address, value) = (between(cell, "r=\"", "\"").to_owned(), between(cell, "<v>", "</v>"));
        let is_text = cell.split('>').next().unwrap().contains("t=\"s\"");
        let found = if is_text { Found::Text(strings[value.parse::<usize>().unwrap()].clone()) } else { Found::Number(value.to_owned()) };
        (address, found)
    };
    sheet.split("<c ").skip(1).map(|cell| cell.split("</c>").next().unwrap()).filter(with_value).map(read).collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map_or("", |(found, _)| found)
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn book(case: &Case, public: bool, language: Language) -> Files {
    case.made(Format::find("xlsx").unwrap(), public, language)
}

#[test]
fn every_table_is_a_sheet_with_a_name_that_excel_takes_in_both_languages() {
    let case = Case::new();
    let expected = [
        (
            false,
            Language::Zh,
            "评分汇总 指标汇总值 评分矩阵 评语 专家组意见 回避 偏差处理、表决与其他决定 更正 成员与签字 评审记录 核验摘要",
        ),
        (true, Language::Zh, "推荐名单 专家组意见 公示与异议 核验摘要"),
    ];
    for (public, language, names) in expected {
        let found: Vec<String> = sheets(&book(&case, public, language)).into_iter().map(|(name, _)| name).collect();
        assert_eq!(found.join(" "), names);
    }
    for (name, _) in sheets(&book(&case, false, Language::En)) {
        assert!(name.chars().count() <= 31 && !name.contains(['[', ']', ':', '*', '?', '/', '\\']), "{name}");
    }
}

#[test]
fn scores_and_totals_are_numbers_and_shown_with_their_own_places() {
    let case = Case::new();
    let files = book(&case, false, Language::Zh);
    let all = sheets(&files);
    let (_, ranking) = &all[0];
    assert_eq!(ranking["J4"], Found::Number("86.5".to_owned()), "the total of the first: {ranking:?}");
    assert_eq!(ranking["C4"], Found::Number("1".to_owned()), "the rank");
    assert_eq!(ranking["E4"], Found::Text("sx-0001".to_owned()), "an id is no number");
    let (_, matrix) = &all[2];
    assert_eq!([&matrix["E4"], &matrix["E5"]], [&Found::Number("8.5".to_owned()), &Found::Number("9".to_owned())]);
    let styles = text(files["xl/styles.xml"].clone());
    assert!(styles.contains("formatCode=\"0.0\""), "86.50 is shown with the places that it was worked out with: {styles}");
}

#[test]
fn a_figure_without_a_last_place_stays_the_fraction_that_it_is() {
    let mut case = Case::new();
    for (reviewer, points) in [("R01", "8"), ("R02", "8"), ("R03", "8.5")] {
        case.sheet(reviewer, "sx-0001", |sheet| drop(sheet.cells.insert("A1".parse().unwrap(), crate::support::rules::cell(points))));
    }
    let means: Vec<String> = case.results()[0].applications[0].criteria.iter().map(|line| line.mean.value().to_string()).collect();
    let fraction = means.iter().find(|mean| mean.contains('/')).expect("a mean of three has no last place");
    let all = sheets(&book(&case, false, Language::Zh));
    assert!(all[1].1.values().any(|found| *found == Found::Text(fraction.clone())), "{fraction} is neither rounded nor a date");
}

#[test]
fn no_cell_of_any_sheet_is_a_formula_or_a_link_whatever_stands_in_it() {
    let mut case = Case::new();
    for (at, text) in ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "http://example.org", "{=1}"].iter().enumerate() {
        let application = ["sx-0001", "sx-0002", "sx-0003", "sx-0004"][at % 4];
        case.sheet(super::MEMBERS[at % 5], application, |sheet| sheet.overall = (*text).to_owned());
        let place = case.package.applications.iter().position(|one| one.id.as_str() == application).unwrap();
        case.package.applications[place].title.zh = (*text).to_owned();
    }
    for public in [false, true] {
        let files = book(&case, public, Language::Zh);
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
            let sheet = text(bytes.clone());
            assert!(!sheet.contains("<f>") && !sheet.contains("<f ") && !sheet.contains("hyperlink"), "{name}");
        }
        assert!(!files.keys().any(|name| name.contains("externalLink") || name.contains("vba")), "{:?}", files.keys());
    }
    let all = sheets(&book(&case, false, Language::Zh));
    assert!(all[3].1.values().any(|found| *found == Found::Text("=HYPERLINK(\"http://x\")".to_owned())), "text is kept to the letter");
}

#[test]
fn every_sheet_prints_on_a4_across_with_its_headings_on_each_page_and_stays_in_view() {
    let files = book(&Case::new(), false, Language::Zh);
    for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
        let sheet = text(bytes.clone());
        for wanted in ["paperSize=\"9\"", "orientation=\"landscape\"", "fitToHeight=\"0\"", "state=\"frozen\"", "topLeftCell=\"A4\""] {
            assert!(sheet.contains(wanted), "{name} lacks {wanted}");
        }
        assert!(sheet.contains("<oddHeader>") && sheet.contains("&amp;P / &amp;N"), "{name}: header, footer and page numbers");
    }
    let book = text(files["xl/workbook.xml"].clone());
    assert_eq!(book.matches("_xlnm.Print_Titles").count(), 11, "every sheet repeats its headings: {book}");
}

#[test]
fn a_comment_as_long_as_a_cell_takes_comes_whole_and_a_longer_one_says_that_it_was_cut() {
    let mut case = Case::new();
    let (fits, longer) = ("评".repeat(32_767), "议".repeat(40_000));
    case.sheet("R01", "sx-0001", |sheet| sheet.overall = fits.clone());
    case.sheet("R02", "sx-0001", |sheet| sheet.overall = longer.clone());
    case.sheet("R03", "sx-0001", |sheet| sheet.overall = "𠀀".repeat(20_000));
    let all = sheets(&book(&case, false, Language::Zh));
    let texts: Vec<&String> = all[3].1.values().filter_map(|found| if let Found::Text(text) = found { Some(text) } else { None }).collect();
    assert!(texts.contains(&&fits));
    let cut = texts.iter().find(|text| text.starts_with('议')).unwrap();
    assert!(cut.ends_with('…') && cut.chars().count() == 32_767);
    let rare = texts.iter().find(|text| text.starts_with('𠀀')).unwrap();
    assert!(rare.encode_utf16().count() <= 32_767, "a rare character counts twice, as Excel counts it");
    let json = case.text("json", false, "json");
    assert!(json.contains(&longer), "the whole text is in the document for programs");
}

#[test]
fn the_workbook_is_dated_by_the_result_and_not_by_the_day_it_is_printed() {
    let files = book(&Case::new(), false, Language::Zh);
    let core = text(files["docProps/core.xml"].clone());
    assert!(core.contains("2026-03-16T06:59:48Z"), "{core}");
    assert_eq!(files, book(&Case::new(), false, Language::Zh));
}
