//! Every format for every audience as a file that a person can look at; a new format without one fails here. `PINGYI_GOLDEN=write` writes
//! them anew, to be looked at before they are kept.

use std::{fmt::Write as _, fs};

use pingyi::{
    domain::{
        correction::{Correction, CorrectionGround},
        table::act::{Act, Signature},
        text::Language,
    },
    report::FORMATS,
};

use super::{
    Case, Files, opinion, text,
    workbook::{Found, sheets},
};
use crate::{
    support::rules::of,
    tidy::{self, root},
};

/// A result with a little of everything.
fn small() -> Case {
    let mut case = Case::new();
    case.sheet("R02", "sx-0001", |sheet| {
        sheet.overall = "总体可行，=不是公式".to_owned();
        sheet.comments.insert(of("A1"), "依据充分".to_owned());
    });
    case.thinks("sx-0001", opinion("可行。"));
    case.records(Act::Veto { application: of("sx-0004"), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) });
    case.records(Act::Consolidate);
    case.records(Act::Correct(Correction {
        ground: CorrectionGround::Objective,
        application: of("sx-0003"),
        reviewer: of("R02"),
        criterion: Some(of("B1")),
        before: of("18"),
        after: of("17"),
        by: of("R01"),
        minute: "经核对更正".to_owned(),
    }));
    case.records(Act::Member { person: of("R01"), before: None, after: Some(Signature::Signed) });
    case
}

/// What a person reads: a workbook cell by cell, a folder file by file.
fn readable(format: &str, files: &Files) -> String {
    if format == "xlsx" {
        let mut shown = String::new();
        for (name, cells) in sheets(files) {
            let _ = writeln!(shown, "# {name}");
            for (address, found) in cells {
                let _ = match found {
                    Found::Number(number) => writeln!(shown, "{address} {number}"),
                    Found::Text(text) => writeln!(shown, "{address} {text:?}"),
                };
            }
        }
        return shown;
    }
    let one = |(name, bytes): (&String, &Vec<u8>)| match files.len() {
        1 => text(bytes.clone()),
        _ => format!("# {name}\n{}", text(bytes.clone())),
    };
    files.iter().map(one).collect::<String>().replace('\r', "")
}

#[test]
fn every_format_for_every_audience_is_as_somebody_looked_at_it() {
    let case = small();
    for format in &FORMATS {
        for (public, audience) in [(false, "internal"), (true, "public")] {
            for (language, tag) in [(Language::Zh, "zh"), (Language::En, "en")] {
                let name = format!("{}-{audience}-{tag}.txt", format.id);
                let shown = readable(format.id, &case.made(format, public, language));
                let file = root().join("tests/report/golden").join(&name);
                if std::env::var("PINGYI_GOLDEN").as_deref() == Ok("write") {
                    fs::write(&file, &shown).unwrap();
                }
                let kept = fs::read_to_string(&file).unwrap_or_default();
                let line = kept.lines().zip(shown.lines()).position(|(one, other)| one != other);
                assert!(kept == shown, "golden/{name} differs, first in line {line:?}; now:\n{shown}");
            }
        }
    }
}

#[test]
fn no_golden_file_is_left_over_from_a_format_that_is_gone() {
    let kept = tidy::files("tests/report/golden", ".txt");
    assert_eq!(kept.len(), FORMATS.len() * 4, "{kept:?}");
}

#[test]
fn the_same_result_gives_the_same_bytes_every_time() {
    for format in &FORMATS {
        for public in [false, true] {
            for language in super::LANGUAGES {
                assert_eq!(small().made(format, public, language), small().made(format, public, language), "{}", format.id);
            }
        }
    }
}

#[test]
fn every_format_is_told_in_the_manual_and_on_the_help_page() {
    let manual = tidy::read("docs/formats.md");
    for language in ["en", "zh-CN"] {
        let help = crate::support::tally::pingyi(&["--lang", language, "report", "--help"]).out;
        for format in &FORMATS {
            assert!(help.contains(format.id), "{} is not on the help page: {help}", format.id);
        }
    }
    for format in &FORMATS {
        assert!(manual.contains(&format!("| `{}` |", format.id)), "docs/formats.md does not tell {}", format.id);
    }
}

#[test]
fn a_format_is_found_by_its_name_and_no_two_share_one() {
    for format in &FORMATS {
        assert_eq!(pingyi::report::Format::find(format.id).unwrap().id, format.id);
        assert_eq!(FORMATS.iter().filter(|other| other.id == format.id).count(), 1);
    }
    assert!(pingyi::report::Format::find("docx").is_none());
}
