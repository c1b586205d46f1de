//! `import` and `consolidate`: the chair's table on the command line.

use std::fs;

use pingyi::cli::Exit;
use serde_json::Value;

use super::{chair::Chair, path, pingyi, refused, tree::Tree};
use crate::support::stage::{copy, home_of, package, scores};

#[test]
fn a_package_opens_the_table_for_the_person_whose_key_lies_here_and_shows_the_offices_key() {
    let chair = Chair::new();
    let said = chair.does(&["import", path(&package())]);
    assert!(said.contains("sx-2026-01-p1.table") && said.contains("R01 presides"), "{said}");
    assert!(said.contains("4EFM") || said.matches('-').count() > 5, "the office's key is to be compared: {said}");
    let document = Chair::new().json(&["import", path(&package())]);
    assert_eq!(document["table"]["chair"], "R01");
    assert_eq!((document["files"].as_array().unwrap().len(), document["taken_in"].as_bool()), (0, Some(true)));
}

#[test]
fn without_a_table_there_is_nowhere_to_take_bundles_in() {
    let chair = Chair::new();
    let home = chair.home();
    refused(chair.path(), &["--home", &home, "import", path(&scores("R02"))], Exit::Usage, "err-no-table", &["import PACKAGE"]);
    refused(chair.path(), &["--home", &home, "consolidate"], Exit::Usage, "err-no-table", &[]);
}

#[test]
fn whoever_does_not_preside_opens_no_table() {
    let folder = tempfile::tempdir().unwrap();
    copy(&home_of("R04").keys(), &folder.path().join("home/keys"));
    let home = path(&folder.path().join("home")).to_owned();
    // The first command makes the folder private; after it, nothing changes any more.
    pingyi(&["--home", &home, "--lang", "en", "import", path(&package())]);
    refused(folder.path(), &["--home", &home, "import", path(&package())], Exit::Usage, "err-not-the-chair", &["R04"]);
}

#[test]
fn every_file_has_its_verdict_in_words_and_those_still_awaited_are_named() {
    let chair = Chair::seated();
    let dry = chair.does(&["import", "--dry-run", path(&scores("R02")), path(&scores("R01"))]);
    assert!(dry.contains("R01 r1  taken in") && dry.contains("Still awaited: R01, R02, R03"), "{dry}");
    let said = chair.does(&["import", path(&scores("R02")), path(&scores("R01"))]);
    assert!(said.find("R01 r1").unwrap() < said.find("R02 r1").unwrap(), "{said}");
    assert!(said.ends_with("Still awaited: R03, R04, R05, R06, R07\n"), "{said}");
    let again = chair.json(&["import", path(&scores("R01"))]);
    assert_eq!(again["files"][0]["verdict"], "same");
    assert_eq!(again["files"][0]["bundle"]["reviewer"], "R01");
    assert!(again["files"][0]["text"]["zh"].as_str().unwrap().contains("已接收过"));
}

#[test]
fn one_altered_bundle_keeps_everything_back_with_the_layer_that_failed() {
    let chair = Chair::seated();
    let altered = chair.path().join("scores-sx-2026-01-p1-r03-r1.zip");
    let mut bytes = fs::read(scores("R03")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&altered, bytes).unwrap();
    let bundles = Tree::of(&chair.path().join("home/work"));
    let answer = pingyi(&Chair::words(&chair.home(), &["import", path(&scores("R01")), path(&altered)]));
    assert_eq!(answer.exit, Exit::No);
    assert!(answer.out.contains("does not verify") && answer.complaints.contains("none was taken in"), "{answer:?}");
    bundles.is_still(&chair.path().join("home/work"));
}

#[test]
fn the_figures_are_the_same_in_words_and_as_the_result_file_would_have_them() {
    let chair = Chair::with_everything();
    let said = chair.does(&["consolidate", "--item", "t2"]);
    assert!(
        said.contains("1  sx-0005  86.00") && said.contains("2  sx-0007  86.00") && said.contains("set apart by criterion:B1"),
        "{said}"
    );
    assert!(!said.contains("sx-0001"), "only this item: {said}");
    let document = chair.json(&["consolidate"]);
    let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["call", "panel", "revision", "rubric_digest", "items", "lot"]);
    let first = &document["items"][1]["applications"][0];
    assert_eq!((first["id"].as_str(), first["total"].as_str(), first["rank"].as_u64()), (Some("sx-0005"), Some("86.00"), Some(1)));
    let weights: Vec<&str> = first["sheets"].as_array().unwrap().iter().map(|sheet| sheet["weight"].as_str().unwrap()).collect();
    assert_eq!(weights.len(), 5, "five valid sheets, one highest and one lowest fall away: {weights:?}");
    let explained: Value = serde_json::from_str(&chair.does(&["consolidate", "--explain", "sx-0006"])).unwrap();
    assert_eq!(explained["application"]["flags"][0]["mark"], "untrimmed: 4 < 5");
    assert!(explained["derivation"]["total"].is_object());
    let home = chair.home();
    refused(chair.path(), &["--home", &home, "consolidate", "--explain", "sx-0999"], Exit::No, "err-no-application", &["sx-0999"]);
}
