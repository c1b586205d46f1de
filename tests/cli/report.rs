//! `report`: from the file to the report, or to the reason why there is none.

use std::{fs, path::PathBuf};

use pingyi::{cli::Exit, report::FORMATS};
use serde_json::Value;

use super::{Answer, conclude::Desk, golden::golden, path, pingyi, refused, refused_line, tree::Tree};
use crate::support::{
    bundle::{pack_as, reseal, unpack},
    small_panel,
    stage::root,
};

const STEM: &str = "result-sx-2026-01-p1-r1";

/// A folder for reports.
struct Shelf(tempfile::TempDir);

impl Shelf {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn out(&self) -> String {
        path(&self.at("out")).to_owned()
    }

    /// Asks for a report on `file`.
    fn asks(&self, file: &std::path::Path, words: &[&str]) -> Answer {
        let (out, office) = (self.out(), office());
        pingyi(&[&["--lang", "en", "report", path(file), "--to", &out, "--trust", &office], words].concat())
    }

    /// Asks for a report on the small result.
    fn reports(&self, words: &[&str]) -> Answer {
        self.asks(small_panel::result(), words)
    }
}

fn office() -> String {
    path(&root().join("office.allowed_signers")).to_owned()
}

#[test]
fn every_format_is_written_for_both_audiences_under_a_name_that_says_which() {
    let shelf = Shelf::new();
    for format in &FORMATS {
        for (words, audience) in [(&["--format", format.id][..], "internal"), (&["--format", format.id, "--public"], "public")] {
            let document = shelf.reports(&[words, &["--json"]].concat()).json();
            assert_eq!((document["audience"].as_str(), document["mark"].as_str()), (Some(audience), Some("official")), "{document}");
            for file in document["files"].as_array().unwrap() {
                let bytes = fs::read(file["file"].as_str().unwrap()).unwrap();
                assert_eq!(file["size"], bytes.len());
                assert_eq!(file["sha256"], pingyi::digest::sha256_hex(&bytes), "{file}");
            }
        }
    }
    let mut names: Vec<String> =
        fs::read_dir(shelf.at("out")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let expected = [
        "report-public-tables",
        "report-public.archive.csv",
        "report-public.html",
        "report-public.json",
        "report-public.xlsx",
        "report-tables",
        "report.archive.csv",
        "report.html",
        "report.json",
        "report.xlsx",
    ];
    assert_eq!(names, expected.map(|name| format!("{STEM}-{name}")));
}

#[test]
fn the_answer_for_programs_keeps_its_shape() {
    let shelf = Shelf::new();
    golden("report", &shelf.reports(&["--json", "--format", "csv", "--public"]).json(), shelf.0.path());
}

#[test]
fn the_figures_of_the_document_are_those_that_lie_in_the_bundle() {
    let shelf = Shelf::new();
    shelf.reports(&["--format", "json"]).done();
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    let document = read(&fs::read(shelf.at("out").join(format!("{STEM}-report.json"))).unwrap());
    let members = unpack(&fs::read(small_panel::result()).unwrap());
    let sealed = read(&members["data/results.json"]);
    let applications: Vec<&Value> =
        sealed["items"].as_array().unwrap().iter().flat_map(|item| item["applications"].as_array().unwrap()).collect();
    let ranking = document["ranking"].as_array().unwrap();
    assert_eq!(ranking.len(), applications.len());
    for (line, one) in ranking.iter().zip(&applications) {
        assert_eq!((&line["application"], &line["total"], &line["outcome"]), (&one["id"], &one["total"], &one["outcome"]));
        assert_eq!(line["rank"].as_str().map(str::to_owned), one["rank"].as_u64().map(|rank| rank.to_string()));
        assert_eq!(line["separated_by"], one["separated_by"]);
    }
    let of_matrix = |one: &Value, sheet: &Value| {
        let rows = document["matrix"].as_array().unwrap();
        rows.iter().find(|row| row["application"] == one["id"] && row["reviewer"] == sheet["reviewer"]).unwrap().clone()
    };
    for one in &applications {
        for sheet in one["sheets"].as_array().unwrap() {
            let row = of_matrix(one, sheet);
            assert_eq!((&row["total"], &row["weight"]), (&sheet["total"], &sheet["weight"]));
        }
    }
    assert_eq!(document["digest"], pingyi::digest::sha256_hex(&members["tagmanifest-sha256.txt"]));
}

#[test]
fn the_archive_list_has_every_member_of_the_bundle_with_its_digest_and_no_gap_in_its_numbers() {
    let shelf = Shelf::new();
    shelf.reports(&["--format", "archive"]).done();
    let bytes = fs::read(shelf.at("out").join(format!("{STEM}-report.archive.csv"))).unwrap();
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let members = unpack(&fs::read(small_panel::result()).unwrap());
    assert_eq!(rows.len(), 1 + members.len());
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(row[0], (at + 1).to_string());
        let (content, digest) = match at {
            0 => (fs::read(small_panel::result()).unwrap(), row[6].to_owned()),
            _ => (members[&row[7]].clone(), row[6].to_owned()),
        };
        assert_eq!((row[5].to_owned(), digest), (content.len().to_string(), pingyi::digest::sha256_hex(&content)), "{row:?}");
    }
}

#[test]
fn the_language_is_the_one_of_the_record_unless_another_is_asked_for() {
    let shelf = Shelf::new();
    let (out, office) = (shelf.out(), office());
    pingyi(&["report", path(small_panel::result()), "--to", &out, "--trust", &office, "--format", "html"]).done();
    let page = |shelf: &Shelf| fs::read_to_string(shelf.at("out").join(format!("{STEM}-report.html"))).unwrap();
    assert!(page(&shelf).contains("<html lang=\"zh-CN\">"), "the rubric's record is Chinese");
    shelf.reports(&["--format", "html", "--replace"]).done();
    assert!(page(&shelf).contains("<html lang=\"en\">"));
}

#[test]
fn the_same_report_again_changes_nothing_and_another_one_of_the_name_needs_a_word() {
    let shelf = Shelf::new();
    for format in ["html", "csv"] {
        shelf.reports(&["--format", format]).done();
        let before = Tree::of(&shelf.at("out"));
        let again = shelf.reports(&["--format", format]).done();
        assert!(again.contains("there already"), "{again}");
        before.is_still(&shelf.at("out"));
    }
    let (result, out, office) = (path(small_panel::result()).to_owned(), shelf.out(), office());
    fs::write(shelf.at("out").join(format!("{STEM}-report.html")), "somebody's own page").unwrap();
    fs::write(shelf.at("out").join(format!("{STEM}-report-tables/99-own.csv")), "somebody's own table").unwrap();
    for format in ["html", "csv"] {
        let words = ["report", &result, "--to", &out, "--trust", &office, "--format", format];
        refused(shelf.0.path(), &words, Exit::BadInput, "err-report-exists", &["--replace"]);
        shelf.reports(&["--format", format, "--replace"]).done();
    }
    assert!(!shelf.at("out").join(format!("{STEM}-report-tables/99-own.csv")).exists(), "a folder of tables is whole or not at all");
    let left: Vec<String> =
        Tree::of(&shelf.at("out")).names().iter().filter(|name| name.contains(".pingyi-")).map(|name| name.to_string()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_bundle_that_does_not_verify_gives_no_report_and_says_why() {
    let shelf = Shelf::new();
    let mut members = unpack(&fs::read(small_panel::result()).unwrap());
    let results = String::from_utf8(members["data/results.json"].clone()).unwrap();
    members.insert("data/results.json".to_owned(), results.replace("\"86.00\"", "\"96.00\"").into_bytes());
    let altered = shelf.at(&format!("{STEM}.zip"));
    fs::write(&altered, pack_as(STEM, &members)).unwrap();
    for format in &FORMATS {
        let answer = shelf.asks(&altered, &["--format", format.id]);
        assert_eq!(answer.exit, Exit::No, "{answer:?}");
        assert!(answer.out.contains("[member-altered] data/results.json"), "what was found is told: {answer:?}");
    }
    // Listed anew, but signed by nobody who may: no report either.
    reseal(&mut members);
    fs::write(&altered, pack_as(STEM, &members)).unwrap();
    let answer = shelf.asks(&altered, &["--format", "json", "--json"]);
    assert_eq!((answer.exit, answer.json()["error"]["exit"].as_u64()), (Exit::No, Some(1)), "{answer:?}");
    assert!(!shelf.at("out").exists(), "nothing was written");
}

#[test]
fn without_the_offices_key_nobody_says_whose_signatures_they_are_so_there_is_no_report() {
    let shelf = Shelf::new();
    let (result, out) = (path(small_panel::result()).to_owned(), shelf.out());
    let words = ["report", &result, "--format", "html", "--to", &out];
    refused(shelf.0.path(), &words, Exit::No, "err-not-verified-in-full", &["--trust"]);
}

#[test]
fn only_a_result_has_reports() {
    let shelf = Shelf::new();
    let office = office();
    for file in [small_panel::package(), &small_panel::bundles()[0]] {
        let out = shelf.out();
        let words = ["report", path(file), "--format", "html", "--to", &out, "--trust", &office];
        refused(shelf.0.path(), &words, Exit::BadInput, "err-wrong-kind", &["result"]);
    }
    let gone = shelf.asks(&shelf.at("nowhere.zip"), &["--format", "html"]);
    assert_eq!(gone.exit, Exit::BadInput, "{gone:?}");
}

#[test]
fn a_result_to_which_a_signature_is_still_to_come_gives_a_draft_that_says_so_everywhere() {
    let desk = Desk::ready();
    desk.says(&["export", "result", "--to", &desk.at("out")]).done();
    let shelf = Shelf::new();
    let half = desk.0.path().join("out").join(format!("{STEM}.zip"));
    let document = shelf.asks(&half, &["--format", "csv", "--json"]).json();
    assert_eq!(document["mark"], "draft");
    for file in document["files"].as_array().unwrap() {
        let text = fs::read_to_string(file["file"].as_str().unwrap()).unwrap();
        assert!(text.lines().count() == 1 || text.contains("草稿 DRAFT"), "{file}");
        assert!(!text.contains("正式 OFFICIAL"), "{file}");
    }
    let told = shelf.asks(&half, &["--format", "html", "--public"]).done();
    assert!(told.contains("草稿 DRAFT"), "{told}");
    let page = fs::read_to_string(shelf.at("out").join(format!("{STEM}-report-public.html"))).unwrap();
    assert!(page.contains("草稿 DRAFT") && !page.contains("正式 OFFICIAL"));
}

#[test]
fn a_wrong_command_line_says_which_formats_there_are_and_what_belongs_together() {
    refused_line(&["report", "r.zip", "--format", "pdf"], "expected: html");
    refused_line(&["report", "r.zip"], "--format <FORMAT>");
    refused_line(&["report", "r.zip", "--format", "html", "--from", "2026-03-23"], "--public");
    refused_line(&["report", "r.zip", "--format", "html", "--public", "--until", "tomorrow"], "\"tomorrow\" does not fit");
}
