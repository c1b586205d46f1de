//! Bundles come in on sticks, in any order, any number on one stick, and the same stick again: what is written down is the same to the
//! byte. `PINGYI_ORDERS=1000` tries a thousand orders.

use std::{collections::BTreeMap, fs, path::PathBuf};

use pingyi::{
    digest,
    domain::{
        desk::Desk,
        package::Package,
        sheet::Status,
        table::{
            Table,
            act::{Act, Arrived},
            collect::{Incoming, Verdict, judge},
            input::{self, Submission, Submissions},
        },
    },
    store::Access,
    workflow::{
        collect,
        documents::{self, Basis},
        home::Home,
        table::TableSession,
    },
};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::json;

use crate::support::{
    rules::{FULL, cell, edited, of, package, sheet},
    small_panel,
    stage::Machine,
};

/// Bundles of five members; R02 and R04 sent a second revision, R04 a third.
fn bundles() -> Vec<(Arrived, [&'static str; 2])> {
    let given = [("R01", ["8", "7"]), ("R02", ["6", "9"]), ("R03", ["8.5", "7.5"]), ("R04", ["7", "8"]), ("R05", ["9", "9"])];
    let mut all = Vec::new();
    for (at, (reviewer, first)) in given.into_iter().enumerate() {
        for revision in 1..=[1, 2, 1, 3, 1][at] {
            let name = |revision: u32| digest::sha256_hex(format!("{reviewer} {revision}").as_bytes());
            let bundle = Arrived {
                reviewer: of(reviewer),
                revision,
                digest: name(revision),
                file: format!("{reviewer}-r{revision}.zip"),
                supersedes: (revision > 1).then(|| name(revision - 1)),
                request: None,
            };
            // A later revision gives other points, so that counting an earlier one would show.
            all.push((bundle, if revision == 1 { first } else { [["5.5", "8.5"], ["8", "6.5"]][usize::try_from(revision).unwrap() - 2] }));
        }
    }
    all
}

/// The package; where two applications are equal the lot decides at once, because it is drawn from the digests of all bundles.
fn panel() -> Package {
    let mut package = package();
    package.rubric = edited(&package.rubric, "scoring.tie_break", json!(["lot"]));
    package
}

/// What a bundle holds: A1 as given, for the first of each item and for the second; in t2 both are equal.
fn submission(package: &Package, bundle: &Arrived, a1: [&str; 2]) -> Submission {
    let mut desk = Desk::default();
    for (at, application) in package.applications.iter().enumerate() {
        let mut sheet = sheet(&FULL);
        sheet.cells.insert(of("A1"), cell(a1[at % 2 * usize::from(at < 2)]));
        sheet.status = Status::Submitted;
        desk.sheets.insert(application.id.clone(), sheet);
    }
    Submission { bundle: bundle.digest.clone(), desk }
}

/// `results.json` and all derivations after the sticks came in this order. The journal, and what tells of it, differ rightly.
fn written(package: &Package, order: &[usize]) -> BTreeMap<String, Vec<u8>> {
    let (bundles, mut table, mut given) = (bundles(), Table::default(), Submissions::new());
    for (bundle, a1) in order.iter().map(|at| &bundles[*at]) {
        let call = &package.call;
        let incoming = Incoming {
            call: call.id.clone(),
            panel: Some(call.panel.id.clone()),
            mode: call.mode,
            round: None,
            bundle: bundle.clone(),
            differs: Vec::new(),
        };
        if let Verdict::New | Verdict::Replaces { .. } = judge(package, &table, &incoming) {
            table.fold(&Act::Accept(bundle.clone())).unwrap();
            given.insert(bundle.reviewer.clone(), submission(package, bundle, *a1));
        }
    }
    let results = input::results(package, &table, &given, &digest::sha256).unwrap();
    let basis = Basis { package, rubric_digest: "rubric", table: &table, entries: &[], head: "", results: &results, revision: 1 };
    let mut members = documents::members(&basis).unwrap();
    members.retain(|name, _| name == documents::RESULTS || name.starts_with(documents::WORKING) || name.ends_with(".csv"));
    members
}

/// Which bundles come, in which order: everything three times over, since a later revision waits for the one before.
fn coming() -> impl Strategy<Value = Vec<usize>> {
    let all: Vec<usize> = (0..bundles().len()).collect();
    let rounds = proptest::collection::vec(Just(all.clone()).prop_shuffle(), 3);
    // Sticks that come twice, somewhere in between.
    (rounds, proptest::collection::vec((0..all.len(), 0_usize..24), 0..6)).prop_map(|(rounds, twice)| {
        let mut order = rounds.concat();
        for (bundle, place) in twice {
            order.insert(place.min(order.len()), bundle);
        }
        order
    })
}

#[test]
fn whatever_the_order_of_coming_the_figures_are_the_same_to_the_byte() {
    let cases = std::env::var("PINGYI_ORDERS").map_or(60, |count| count.parse().unwrap());
    let package = panel();
    let everything: Vec<usize> = (0..bundles().len()).collect();
    let expected = written(&package, &everything);
    let results = String::from_utf8(expected[documents::RESULTS].clone()).unwrap();
    assert!(results.contains("\"seed\""), "a lot was drawn, from the digests of all that counts: {results}");
    assert_ne!(written(&package, &[0, 1, 3, 4, 7]), expected, "an earlier revision would show");
    let mut runner = TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() });
    runner
        .run(&coming(), |order| {
            prop_assert!(written(&package, &order) == expected, "{order:?}");
            Ok(())
        })
        .unwrap();
}

#[test]
fn signed_bundles_taken_in_one_by_one_and_backwards_give_what_they_give_together() {
    let all = small_panel::bundles();
    let together: Vec<Vec<PathBuf>> = vec![all.to_vec()];
    let backwards: Vec<Vec<PathBuf>> = vec![all[3..].to_vec(), vec![all[4].clone(), all[2].clone()], all[..2].to_vec(), all.to_vec()];
    let taken = [together, backwards].map(|sticks| {
        let mut machine = Machine::of("R01");
        small_panel::lay_seated(machine.home.root());
        let mut session = TableSession::open(&Home::new(machine.home.root().to_owned()), None, Access::Write).unwrap();
        for stick in &sticks {
            let lines = collect::collect(&mut session, stick, false, &machine.now()).unwrap();
            assert!(lines.iter().all(collect::Line::is_good), "{lines:?}");
        }
        assert_eq!(session.table().arrived.len(), 5, "nothing twice");
        let results = session.results().unwrap();
        let (package, table) = (session.package(), session.table());
        let basis = Basis { package, rubric_digest: "", table, entries: &[], head: "", results: &results, revision: 1 };
        documents::members(&basis).unwrap()
    });
    let [together, backwards] = &taken;
    for name in together.keys().filter(|name| name.as_str() != "inputs.json" && name.as_str() != "result.html") {
        assert!(together[name] == backwards[name], "{name}");
    }
    assert!(all.iter().all(|file| fs::metadata(file).is_ok()), "the sticks are as they were");
}
