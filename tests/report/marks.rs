//! What a report is worth stands on everything: every page, every sheet, every row of every table, in both languages at once.

use pingyi::{
    domain::{call::Mode, text::Language},
    report::{Format, dossier::Mark},
};

use super::{Case, LANGUAGES, text};

const MARKS: [(Mark, &str, &str); 3] =
    [(Mark::Official, "正式 OFFICIAL", "official"), (Mark::Draft, "草稿 DRAFT", "draft"), (Mark::Rehearsal, "演练 REHEARSAL", "rehearsal")];

fn marked(mark: Mark) -> Case {
    Case { mark, ..Case::new() }
}

#[test]
fn a_rehearsal_is_one_whoever_signed_and_a_draft_is_what_somebody_has_still_to_sign() {
    let cases = [
        (Mode::Official, 0, Mark::Official),
        (Mode::Official, 1, Mark::Draft),
        (Mode::Rehearsal, 0, Mark::Rehearsal),
        (Mode::Rehearsal, 2, Mark::Rehearsal),
    ];
    for (mode, awaited, expected) in cases {
        assert_eq!(Mark::of(mode, awaited), expected, "{mode:?} {awaited}");
    }
}

#[test]
fn every_row_of_every_csv_says_what_it_is_worth_and_which_bundle_it_comes_from() {
    for (mark, words, _) in MARKS {
        for public in [false, true] {
            for format in ["csv", "archive"] {
                for language in LANGUAGES {
                    for (name, bytes) in marked(mark).made(Format::find(format).unwrap(), public, language) {
                        let mut reader = csv::Reader::from_reader(&bytes[3..]);
                        for row in reader.records().map(Result::unwrap) {
                            let last: Vec<&str> = row.iter().rev().take(2).collect();
                            assert_eq!(last, ["0123456789abcdef".repeat(4).as_str(), words], "{name} {row:?}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn an_empty_table_is_marked_by_the_index_that_lists_it() {
    let index = marked(Mark::Draft).text("csv", false, "00-index.csv");
    let line = index.lines().find(|line| line.starts_with("08-corrections.csv")).unwrap();
    assert!(line.contains(",0,草稿 DRAFT,"), "{line}");
}

#[test]
fn every_sheet_of_a_workbook_is_marked_above_the_table_and_in_the_margin_of_every_page() {
    for (mark, words, _) in MARKS {
        for public in [false, true] {
            let files = marked(mark).made(Format::find("xlsx").unwrap(), public, Language::En);
            for (name, cells) in super::workbook::sheets(&files) {
                let first = format!("{:?}", cells["A1"]);
                assert!(first.contains(words), "{name}: {first}");
            }
            for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet")) {
                let sheet = text(bytes.clone());
                assert!(sheet.contains(&format!("<oddHeader>&amp;L{words}&amp;C")), "{name}");
                assert!(sheet.contains(&"0123456789abcdef".repeat(4)), "{name}: the digest in the footer");
            }
        }
    }
}

#[test]
fn a_page_carries_its_mark_in_what_repeats_on_every_sheet_of_paper_and_says_what_it_means() {
    for (mark, words, _) in MARKS {
        for public in [false, true] {
            for (language, means) in [
                (Language::Zh, ["全部签署", "尚缺签名", "不作为评审依据"]),
                (Language::En, ["has signed", "still missing", "counts for nothing"]),
            ] {
                let page = text(marked(mark).made(Format::find("html").unwrap(), public, language)["html"].clone());
                for repeated in ["<thead><tr><td><div class=\"run", "<tfoot><tr><td><div class=\"run end"] {
                    let part = page.split(repeated).nth(1).unwrap().split("</td>").next().unwrap();
                    assert!(part.contains(&format!("<b>{words}</b>")), "{part}");
                }
                let meaning = means[MARKS.iter().position(|one| one.0 == mark).unwrap()];
                assert!(page.contains(meaning), "{words}: {meaning}");
                assert_eq!(page.contains("class=\"warning weak\""), mark != Mark::Official, "what is no result is framed twice");
            }
        }
    }
}

#[test]
fn a_document_for_programs_has_the_mark_as_a_word() {
    for (mark, _, word) in MARKS {
        for public in [false, true] {
            let document: serde_json::Value = serde_json::from_str(&marked(mark).text("json", public, "json")).unwrap();
            assert_eq!(
                (document["mark"].as_str(), document["audience"].as_str()),
                (Some(word), Some(if public { "public" } else { "internal" }))
            );
        }
    }
}

#[test]
fn who_has_still_to_sign_a_draft_is_named_inside_and_not_outside() {
    let case = marked(Mark::Draft);
    assert!(case.text("csv", false, "11-verification.csv").contains("尚缺签名,S01"));
    assert!(case.everything(true).iter().all(|(_, text)| !text.contains("S01")));
}
