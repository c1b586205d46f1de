//! Who gives sheets in whose place, and that nobody hands in twice.

use std::collections::BTreeMap;

use pingyi::domain::table::{
    ActRefusal, Table,
    act::{Act, Arrived, Removal, Sealed},
    collect::{Incoming, Refusal, Verdict, judge},
    input,
    open::{OpenPoint, open_points},
    paper::PaperRefusal,
};

use super::paper::{agreed, all, given, office, paper, sheet, typed};
use crate::support::rules::{of, package};

fn replaced(table: &mut Table, items: &[&str]) {
    let after = Removal::Replaced { by: of("R06"), reason: "因病".into(), items: items.iter().map(|id| of(id)).collect() };
    table.fold(&table.remove(&of("R05"), Some(after))).unwrap();
}

#[test]
fn a_bundle_does_not_come_beside_paper_sheets_nor_paper_beside_a_bundle() {
    let bundle = Arrived { reviewer: of("R02"), revision: 1, digest: "b".into(), file: "b.zip".into(), supersedes: None, request: None };
    let call = package().call;
    let incoming = |bundle: &Arrived| Incoming {
        call: call.id.clone(),
        panel: Some(call.panel.id.clone()),
        mode: call.mode,
        round: None,
        bundle: bundle.clone(),
        differs: Vec::new(),
    };
    let verdict = judge(&office(), &agreed("R02", &all()), &incoming(&bundle));
    assert_eq!(verdict, Verdict::Refused(Refusal::OnPaper(of("R02"))));
    let mut table = Table::default();
    table.fold(&Act::Accept(bundle)).unwrap();
    let refused = table.admit(&office(), &[], &Act::Enter(typed("T01", "R02", all())));
    assert_eq!(refused, Err(PaperRefusal::Signed(of("R02")).into()));
}

#[test]
fn whoever_takes_a_place_owes_what_was_scored_there_and_only_while_the_place_is_taken() {
    let package = office();
    let owes =
        |table: &Table, code: &str| table.owes(&package, &of(code)).iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(" ");
    let mut table = Table::default();
    assert_eq!((owes(&table, "R05").as_str(), owes(&table, "R06").as_str()), ("sx-0001 sx-0002 sx-0003 sx-0004", ""));
    replaced(&mut table, &["t2"]);
    assert_eq!((owes(&table, "R05").as_str(), owes(&table, "R06").as_str()), ("sx-0001 sx-0002", "sx-0003 sx-0004"));
    let both = ["sx-0003", "sx-0004"].map(|id| sheet(id, &[])).to_vec();
    let [first, second] = ["T01", "T02"].map(|by| typed(by, "R06", both.clone()));
    assert_eq!(table.admit(&package, &[], &Act::Enter(first.clone())), Ok(()));
    table.fold(&Act::Enter(first.clone())).unwrap();
    table.fold(&Act::Paper(paper(&first, &second, "p"))).unwrap();
    let valid = |table: &Table| {
        let results = input::results(&package, table, &given(table, "R06"), &|_| [0; 32]).unwrap();
        results.iter().find_map(|item| item.application(&of("sx-0003"))).unwrap().valid
    };
    assert_eq!(valid(&table), 1);
    let void = Removal::Void { authority: "监督管理部门".into(), reason: "收受礼品".into() };
    let mut without = table.clone();
    without.fold(&without.remove(&of("R06"), Some(void))).unwrap();
    assert_eq!(valid(&without), 0, "sheets from paper are void like any others");
    assert_eq!(without.papers.len(), 1, "and nothing is deleted");
    table.fold(&table.remove(&of("R05"), None)).unwrap();
    assert_eq!(valid(&table), 0, "with R05 back, what R06 gave in that place counts nowhere");
}

#[test]
fn after_the_scores_are_together_only_whoever_starts_again_still_gives_sheets() {
    let package = office();
    let mut table = Table::default();
    table.fold(&Act::Consolidate).unwrap();
    let late = |table: &Table, reviewer: &str| table.admit(&package, &[], &Act::Enter(typed("T01", reviewer, all())));
    assert!(matches!(late(&table, "R02"), Err(ActRefusal::Progress(_))));
    replaced(&mut table, &[]);
    assert_eq!(late(&table, "R06"), Ok(()));
    table.fold(&Act::Seal(Sealed { revision: 1, digest: "s".into(), file: "r.zip".into(), supersedes: None })).unwrap();
    assert!(matches!(late(&table, "R06"), Err(ActRefusal::Progress(_))));
    assert_eq!(table.fold(&Act::Enter(typed("T01", "R06", all()))), Err("stage"));
}

#[test]
fn a_place_may_be_taken_over_again_but_not_by_somebody_who_sits_there_already() {
    let package = office();
    let mut table = Table::default();
    replaced(&mut table, &["t2"]);
    let again = |by: &str, items: &[&str]| {
        let after = Removal::Replaced { by: of(by), reason: "因公".into(), items: items.iter().map(|id| of(id)).collect() };
        table.remove(&of("R06"), Some(after))
    };
    for (by, items, may) in [("R02", &[][..], false), ("R02", &["t2"], false), ("R05", &["t2"], false), ("R02", &["t1"], true)] {
        assert_eq!(table.admit(&package, &[], &again(by, items)).is_ok(), may, "{by} {items:?}");
    }
}

#[test]
fn a_record_that_names_two_members_in_a_circle_is_read_to_its_end() {
    let package = office();
    let mut table = Table::default();
    for (reviewer, by) in [("R05", "R06"), ("R06", "R05")] {
        let after = Removal::Replaced { by: of(by), reason: "因病".into(), items: Vec::new() };
        table.removed.insert(of(reviewer), after);
    }
    assert!(table.owes(&package, &of("R05")).is_empty() && table.owes(&package, &of("R06")).is_empty());
    let results = input::results(&package, &table, &BTreeMap::new(), &|_| [0; 32]).unwrap();
    let points = open_points(&package, &table, &BTreeMap::new(), &results);
    assert!(points.iter().any(|point| matches!(point, OpenPoint::Panel(..))), "nobody fills the place: {points:?}");
}
