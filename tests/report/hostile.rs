//! Texts that try to be obeyed go through every format and do nothing.

use pingyi::{
    domain::{hostile::is_hostile, text::Language},
    report::{FORMATS, Format},
};

use super::{Case, LANGUAGES, opinion, text};
use crate::support::hostile;

/// Texts that spreadsheets, browsers and templates would act on.
const RUN: [&str; 14] = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2",
    "@SUM(1+1)",
    "＝1+1",
    " =1",
    "\t=1",
    "\"=1",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{ title }}{% for x in y %}",
    "_x000D_",
    "&L&G",
    "]]></t><c r=\"A1\"><f>1</f></c>",
];

/// A case in which `text` stands wherever somebody can write.
fn filled(text: &str) -> Case {
    let mut case = Case::new();
    case.package.call.title.zh = text.to_owned();
    case.package.call.office.zh = text.to_owned();
    case.package.call.items[0].title.zh = text.to_owned();
    for person in &mut case.package.roster.people {
        person.name.push_str(text);
    }
    for application in &mut case.package.applications {
        application.title.zh = text.to_owned();
        application.title.en = text.to_owned();
        application.applicant.name = text.to_owned();
    }
    for code in super::MEMBERS {
        case.sheet(code, "sx-0001", |sheet| {
            sheet.overall = text.to_owned();
            sheet.comments.insert("A1".parse().unwrap(), text.to_owned());
        });
    }
    case.thinks("sx-0001", opinion(text));
    case
}

fn all_texts() -> Vec<String> {
    let mut texts = hostile::all();
    texts.extend(RUN.map(str::to_owned));
    texts
}

#[test]
fn no_raw_character_of_a_strangers_text_reaches_any_file() {
    // Several at a time: every text goes to every place, and a workbook takes its time to be made.
    for text in all_texts().chunks(12).map(|texts| texts.join("·")) {
        for public in [false, true] {
            for (place, found) in filled(&text).everything(public) {
                let is_ours = |c: char| matches!(c, '\n') || (place.starts_with("csv") || place.starts_with("archive")) && c == '\r';
                let content = found.strip_prefix('\u{feff}').unwrap_or(&found);
                let bad = content.chars().find(|c| is_hostile(*c) && !is_ours(*c));
                assert_eq!(bad.filter(|c| !(place.contains("xml") && matches!(c, '\r' | '\t'))), None, "{place} with {text:?}");
            }
        }
    }
}

#[test]
fn no_cell_of_a_table_begins_with_what_a_spreadsheet_would_run() {
    for text in RUN {
        for public in [false, true] {
            for format in ["csv", "archive"] {
                for (name, bytes) in filled(text).made(Format::find(format).unwrap(), public, Language::Zh) {
                    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&bytes[3..]);
                    for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
                        let runs = cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                        assert!(!runs, "{name}: {cell:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_that_is_written_becomes_a_part_of_the_page() {
    for text in RUN {
        for public in [false, true] {
            let page = self::text(filled(text).made(Format::find("html").unwrap(), public, Language::Zh)["html"].clone());
            for tag in ["<script", "<img", "onerror=alert(1)>", "<c r="] {
                assert!(!page.contains(tag), "{tag} of {text:?} became part of the page");
            }
            assert_eq!((page.matches("<html").count(), page.matches("</html>").count()), (1, 1));
        }
    }
}

#[test]
fn a_page_asks_for_nothing_from_elsewhere() {
    for public in [false, true] {
        for language in LANGUAGES {
            let page = text(Case::new().made(Format::find("html").unwrap(), public, language)["html"].clone());
            for word in ["http:", "https:", "src=", "<link", "@import", "url(", "<script", "<iframe"] {
                assert!(!page.contains(word), "{word}");
            }
            assert!(page.contains("default-src 'none'"), "and the browser is told so");
        }
    }
}

#[test]
fn a_name_of_ten_thousand_bytes_comes_through_every_format_whole() {
    let name = "长".repeat(3_400);
    // The list for the archive names members of the bundle, and nothing that an applicant wrote.
    for format in FORMATS.iter().filter(|format| format.id != "archive") {
        for public in [false, true] {
            let files = filled(&name).made(format, public, Language::Zh);
            assert!(files.into_values().any(|bytes| text(bytes).contains(&name)), "{} cut the name", format.id);
        }
    }
}

#[test]
fn a_text_that_looks_like_an_escape_of_a_workbook_stays_what_it_is() {
    let files = filled("_x000D_").made(Format::find("xlsx").unwrap(), false, Language::Zh);
    let strings = text(files["xl/sharedStrings.xml"].clone());
    assert!(strings.contains("_x005F_x000D_") && !strings.contains(">_x000D_"), "Excel would read a carriage return");
}

#[test]
fn the_ampersand_of_a_title_is_no_command_of_a_header() {
    let mut case = Case::new();
    case.package.call.title.zh = "&L&G".to_owned();
    let files = case.made(Format::find("xlsx").unwrap(), false, Language::Zh);
    for (_, bytes) in files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/")) {
        let sheet = text(bytes.clone());
        let header = sheet.split("<oddHeader>").nth(1).unwrap().split("</oddHeader>").next().unwrap();
        assert!(!header.contains("&amp;G"), "{header}");
    }
}
