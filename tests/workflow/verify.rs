//! Verification by somebody who has the file and the office's public key, and nothing else.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use pingyi::{
    bundle::{
        layer::{LAYERS, LayerId, State},
        trust::Trust,
    },
    domain::panel::Role,
    workflow::{demo, verify},
};

use crate::support::{
    rules::of,
    stage::{bundle, key, office, package, root, scores},
};

#[test]
fn a_score_bundle_passes_all_nine_layers_with_the_offices_key_alone() {
    for code in ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] {
        let report = verify::verify(&scores(code), Some(&office())).unwrap();
        assert!(report.passes(), "{code}: {:?}", report.errors().collect::<Vec<_>>());
        for layer in LAYERS {
            assert_eq!(report.state(layer), State::Pass, "{code} {}", layer.id());
        }
        assert_eq!(report.signers[0].code.as_str(), code);
    }
}

#[test]
fn without_a_trusted_office_nothing_is_called_good() {
    for file in [scores("R01"), package()] {
        let report = verify::verify(&file, None).unwrap();
        assert!(!report.passes());
        assert_eq!(report.state(LayerId::Authority), State::NotChecked);
        assert_eq!(report.errors().count(), 0, "nothing is wrong with it either");
    }
}

#[test]
fn another_office_is_another_review() {
    let trust = Trust::pinned(of("OF1"), Role::Office, key("S01").public());
    for file in [scores("R01"), package()] {
        let report = verify::verify(&file, Some(&trust)).unwrap();
        assert_eq!(report.state(LayerId::Authority), State::Fail, "{}", file.display());
        assert!(!report.passes());
    }
}

#[test]
fn a_first_package_has_no_history_and_of_a_later_one_it_is_not_known() {
    let first = verify::verify(&bundle("package-sx-2026-01-p1-r1.zip"), Some(&office())).unwrap();
    assert_eq!(first.state(LayerId::History), State::Pass);
    let second = verify::verify(&package(), Some(&office())).unwrap();
    assert_eq!(second.state(LayerId::History), State::NotChecked);
    assert!(first.passes() && second.passes());
}

#[test]
fn an_enrolment_names_the_key_that_signed_it() {
    let file = root().join("enrolment/enrol-sx-2026-01-p1-r03-r1.zip");
    let report = verify::verify(&file, None).unwrap();
    assert_eq!(report.state(LayerId::Content), State::Pass);
    assert_eq!(report.state(LayerId::Authority), State::NotChecked, "nobody has said yet whose key it is");
}

/// Everything that the demo leaves below `folder` outside people's data folders, by its place.
fn left(root: &Path, folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(path).unwrap());
        } else if path.file_name().unwrap() != "homes" {
            found.extend(left(root, &path));
        }
    }
    found
}

#[test]
fn two_runs_of_the_demo_give_the_same_bundles_reports_and_tables_byte_for_byte() {
    let again = tempfile::tempdir().unwrap();
    demo::headless(again.path(), &mut |_| {}).unwrap();
    let (one, other) = (left(root(), root()), left(again.path(), again.path()));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let differ: Vec<_> = one.iter().filter(|(at, bytes)| other[*at] != **bytes).map(|(at, _)| at).collect();
    assert!(differ.is_empty(), "{differ:?}");
    for (folder, ending) in
        [("bundles", "zip"), ("enrolment", "zip"), ("evaluation", "zip"), ("reports", "xlsx"), ("reports", "html"), ("tables", "csv")]
    {
        let is_such = |at: &PathBuf| at.starts_with(folder) && at.extension().is_some_and(|one| one == ending);
        assert!(one.keys().any(is_such), "no {ending} in {folder}");
    }
}

#[test]
fn the_totals_in_the_bundles_are_those_of_the_independent_calculation() {
    // EXPECTED.md was made by another program with exact fractions; here are the sheets it was made from.
    let mut totals = BTreeMap::<String, Vec<rust_decimal::Decimal>>::new();
    for code in ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] {
        for (name, bytes) in crate::support::bundle::unpack(&fs::read(scores(code)).unwrap()) {
            if let Some(id) = name.strip_prefix("data/scores/").and_then(|name| name.strip_suffix(".json")) {
                let sheet: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
                if let Some(total) = sheet["total"].as_str() {
                    totals.entry(id.to_owned()).or_default().push(total.parse().unwrap());
                }
            }
        }
    }
    let expected = include_str!("../../sample-data/EXPECTED.md");
    let mut seen = 0;
    for line in expected.lines().filter(|line| line.starts_with("| t")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (id, count, total) = (cells[2], cells[3], cells[4]);
        let mut sheets = totals.get(id).cloned().unwrap_or_default();
        assert_eq!(sheets.len().to_string(), count, "{id}");
        if sheets.is_empty() {
            continue;
        }
        sheets.sort();
        let kept = if sheets.len() >= 5 { &sheets[1..sheets.len() - 1] } else { &sheets[..] };
        let mean = kept.iter().sum::<rust_decimal::Decimal>() / rust_decimal::Decimal::from(kept.len());
        let rounded = mean.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        assert_eq!(format!("{rounded:.2}"), total, "{id}");
        seen += 1;
    }
    assert_eq!(seen, 23, "every application but the one that failed the formal check");
}
