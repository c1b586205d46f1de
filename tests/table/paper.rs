//! Sheets from paper, by the rules alone: who types, whose sheets, what makes two entries one, and what is left when somebody falls out.

use std::collections::BTreeMap;

use pingyi::domain::{
    package::Package,
    panel::{Ground, Person, Recusal, RecusalDecision, RecusalOrigin, Role},
    sheet::{Cell, Declaration, Status},
    table::{
        ActRefusal, Table,
        act::{Act, Signature},
        input::{self, Submission, Submissions},
        paper::{Difference, Paper, PaperEntry, PaperRefusal, PaperSheet, PaperWhy, Typed, differences, sum},
    },
};
use proptest::{prelude::*, sample::select};

use crate::support::rules::{FULL, cell, of, package};

/// The sound package with a teller, a scrutineer and a third party on its roster.
pub(super) fn office() -> Package {
    let mut package = package();
    for (code, role) in [("T01", Role::Teller), ("T02", Role::Scrutineer), ("P01", Role::Province)] {
        let model = package.roster.people.last().unwrap().clone();
        package.roster.people.push(Person { code: of(code), role, ..model });
    }
    package
}

/// A full sheet on `application`, with what stands otherwise on it.
pub(super) fn sheet(application: &str, otherwise: &[(&str, &str)]) -> PaperSheet {
    let mut cells: BTreeMap<_, Cell> = FULL.iter().map(|(id, text)| (of(id), cell(text))).collect();
    for (id, text) in otherwise {
        match cell(text) {
            Cell::Blank => drop(cells.remove(&of(id))),
            other => drop(cells.insert(of(id), other)),
        }
    }
    PaperSheet {
        application: of(application),
        declaration: Declaration::NoConflict,
        cells,
        comments: BTreeMap::new(),
        overall: String::new(),
    }
}

pub(super) fn all() -> Vec<PaperSheet> {
    ["sx-0001", "sx-0002", "sx-0003", "sx-0004"].map(|id| sheet(id, &[])).to_vec()
}

/// What `by` typed of the sheets of `reviewer`, added up rightly.
pub(super) fn typed(by: &str, reviewer: &str, sheets: Vec<PaperSheet>) -> PaperEntry {
    let control_total = of(&sum(&sheets).normalize().to_string());
    PaperEntry { reviewer: of(reviewer), by: of(by), control_total, image: None, digest: format!("{by} typed"), sheets }
}

/// The sheets that both typed.
pub(super) fn paper(first: &PaperEntry, second: &PaperEntry, digest: &str) -> Paper {
    let by = |entry: &PaperEntry| Typed { by: entry.by.clone(), digest: entry.digest.clone() };
    Paper {
        reviewer: first.reviewer.clone(),
        revision: 1,
        supersedes: None,
        digest: digest.to_owned(),
        first: by(first),
        second: by(second),
        control_total: first.control_total,
        image: None,
        sheets: first.sheets.clone(),
    }
}

/// A table at which T01 and T02 typed `sheets` of `reviewer` alike.
pub(super) fn agreed(reviewer: &str, sheets: &[PaperSheet]) -> Table {
    let mut table = Table::default();
    let [first, second] = ["T01", "T02"].map(|by| typed(by, reviewer, sheets.to_vec()));
    table.fold(&Act::Enter(first.clone())).unwrap();
    table.fold(&Act::Paper(paper(&first, &second, "paper-1"))).unwrap();
    table
}

pub(super) fn given(table: &Table, reviewer: &str) -> Submissions {
    let paper = table.current_paper(&of(reviewer)).unwrap();
    BTreeMap::from([(of(reviewer), Submission { bundle: paper.digest.clone(), desk: paper.desk() })])
}

#[test]
fn office_teller_and_scrutineer_type_and_nobody_who_scores_presides_or_supervises() {
    let (package, table) = (office(), Table::default());
    for (by, may) in
        [("O01", true), ("T01", true), ("T02", true), ("R01", false), ("R02", false), ("S01", false), ("P01", false), ("X99", false)]
    {
        let judged = table.admit(&package, &[], &Act::Enter(typed(by, "R02", all())));
        let refused = Err(ActRefusal::Paper(PaperRefusal::Hand(of(by))));
        assert_eq!(judged, if may { Ok(()) } else { refused }, "{by}");
    }
}

#[test]
fn every_rule_of_a_sheet_holds_for_one_from_paper_and_all_that_is_wrong_is_told() {
    let with = |at: usize, change: &dyn Fn(&mut PaperSheet)| {
        let mut sheets = all();
        change(&mut sheets[at]);
        sheets
    };
    let out = Declaration::Conflict { ground: Ground::Kinship, text: "近亲属".into() };
    let silent = Declaration::Declined { reason: " ".into() };
    let cases: Vec<(&str, Vec<PaperSheet>, &[&str])> = vec![
        ("off the step", with(0, &|one| *one = sheet("sx-0001", &[("A2", "12.25")])), &["sx-0001 A2 err-off-step"]),
        ("out of range", with(0, &|one| *one = sheet("sx-0001", &[("A1", "10.5")])), &["sx-0001 A1 err-out-of-range"]),
        ("no score", with(0, &|one| *one = sheet("sx-0001", &[("B1", "")])), &["sx-0001 B1 gap-blank"]),
        ("no comment on a low score", with(0, &|one| *one = sheet("sx-0001", &[("A1", "2")])), &["sx-0001 A1 gap-no-comment"]),
        ("N/A where it is forbidden", with(0, &|one| *one = sheet("sx-0001", &[("A2", "na")])), &["sx-0001 A2 err-no-na"]),
        ("no such criterion", with(0, &|one| *one = sheet("sx-0001", &[("Z1", "1")])), &["sx-0001 Z1 err-no-criterion"]),
        ("computed", with(0, &|one| *one = sheet("sx-0001", &[("C2", "1")])), &["sx-0001 C2 err-computed"]),
        ("too long", with(1, &|one| one.overall = "长".repeat(4001)), &["sx-0002 err-too-long"]),
        ("scores on a sheet that is out", with(2, &|one| one.declaration = out.clone()), &["sx-0003 err-has-scores"]),
        (
            "another application",
            with(3, &|one| one.application = of("sx-0009")),
            &["sx-0009 err-paper-not-due", "sx-0004 err-paper-missing"],
        ),
        ("the same twice", with(3, &|one| one.application = of("sx-0003")), &["sx-0003 err-paper-twice", "sx-0004 err-paper-missing"]),
        ("no reason", with(3, &|one| (one.declaration, one.cells) = (silent.clone(), BTreeMap::new())), &["sx-0004 err-no-reason"]),
    ];
    for (why, sheets, expect) in cases {
        let judged = Table::default().admit(&office(), &[], &Act::Enter(typed("T01", "R02", sheets)));
        let Err(ActRefusal::Paper(PaperRefusal::Problems(problems))) = judged else { panic!("{why}: {judged:?}") };
        let told = problems.iter().map(|one| {
            let criterion = one.criterion.as_ref().map(|id| format!("{id} ")).unwrap_or_default();
            format!("{} {criterion}{}", one.application, pingyi::domain::text::Explain::what(one).id)
        });
        assert_eq!(told.collect::<Vec<_>>(), expect, "{why}");
    }
}

#[test]
fn an_application_from_which_the_office_keeps_the_reviewer_is_not_due() {
    let mut package = office();
    package.recusals.push(Recusal {
        application: of("sx-0002"),
        person: of("R02"),
        origin: RecusalOrigin::Office,
        ground: Ground::Employment,
        text: "现任职于申报单位".into(),
        decision: RecusalDecision::Upheld,
        reason: String::new(),
        date: Some(of("2026-03-13")),
    });
    let judged = Table::default().admit(&package, &[], &Act::Enter(typed("T01", "R02", all())));
    let Err(ActRefusal::Paper(PaperRefusal::Problems(problems))) = judged else { panic!("{judged:?}") };
    assert!(problems.iter().all(|one| one.application == of("sx-0002") && one.why == PaperWhy::NotDue(of("R02"))), "{problems:?}");
    let without: Vec<PaperSheet> = all().into_iter().filter(|one| one.application != of("sx-0002")).collect();
    assert_eq!(Table::default().admit(&package, &[], &Act::Enter(typed("T01", "R02", without))), Ok(()));
}

#[test]
fn points_that_do_not_add_up_to_the_control_total_are_refused_with_both_sums() {
    // Four sheets of 66.5 points each, the advisory criterion among them.
    assert_eq!(sum(&all()).to_string(), "266.0");
    let entry = PaperEntry { control_total: of("266.5"), ..typed("T01", "R02", all()) };
    let refused = PaperRefusal::ControlTotal { stated: of("266.5"), found: "266".into() };
    assert_eq!(Table::default().admit(&office(), &[], &Act::Enter(entry)), Err(refused.into()));
}

#[test]
fn what_one_person_typed_counts_for_nothing_and_no_one_signature_falls_for_it() {
    let mut table = Table::default();
    table.fold(&table.sign(&of("R03"), Some(Signature::Signed))).unwrap();
    let first = typed("T01", "R02", all());
    table.fold(&Act::Enter(first.clone())).unwrap();
    assert_eq!((table.current_paper(&of("R02")), table.members.len()), (None, 1));
    table.fold(&Act::Paper(paper(&first, &typed("T02", "R02", all()), "p"))).unwrap();
    assert_eq!((table.typed.len(), table.members.len()), (0, 0), "the sheets count, and who signed before signs again");
}

#[test]
fn sheets_that_no_other_person_typed_are_neither_admitted_nor_folded() {
    let (first, alone) = (typed("T01", "R02", all()), typed("T02", "R02", all()));
    let good = paper(&first, &alone, "p");
    let mut table = Table::default();
    assert_eq!(table.fold(&Act::Paper(good.clone())), Err("typed"), "nobody typed anything");
    table.fold(&Act::Enter(first.clone())).unwrap();
    let mut changed = all();
    changed[0] = sheet("sx-0001", &[("A2", "13")]);
    let wrong = [
        ("other points", Paper { sheets: changed, ..good.clone() }, "typed"),
        ("one person", Paper { second: good.first.clone(), ..good.clone() }, "typed"),
        ("a revision that is not here", Paper { supersedes: Some("x".into()), revision: 2, ..good.clone() }, "before"),
    ];
    for (why, paper, word) in wrong {
        assert!(table.admit(&office(), &[], &Act::Paper(paper.clone())).is_err(), "{why}");
        assert_eq!(table.clone().fold(&Act::Paper(paper)), Err(word), "{why}");
    }
    assert_eq!(table.admit(&office(), &[], &Act::Paper(good.clone())), Ok(()));
    assert_eq!(table.fold(&Act::Paper(good)), Ok(()));
}

#[test]
fn where_two_entries_differ_every_place_is_told_with_both_values() {
    let mut there = all();
    there[0] = sheet("sx-0001", &[("A2", "11.5"), ("B1", "na"), ("X1", "")]);
    there[1].overall = "可行".into();
    there[2].comments.insert(of("A1"), "依据充分".into());
    there[3] =
        PaperSheet { declaration: Declaration::Declined { reason: "不熟悉".into() }, ..sheet("sx-0004", &FULL.map(|(id, _)| (id, ""))) };
    let told = |one: &Difference| {
        let criterion = one.criterion.as_ref().map_or("–".to_owned(), ToString::to_string);
        format!("{} {criterion} {}|{}", one.application, one.here, one.there)
    };
    let found: Vec<String> = differences(&all(), &there).iter().map(told).collect();
    let head = [
        "sx-0001 A2 12|11.5",
        "sx-0001 B1 18|na 不涉及",
        "sx-0001 X1 4|",
        "sx-0002 – |可行",
        "sx-0003 A1 |依据充分",
        "sx-0004 – scored|declined 不熟悉",
    ];
    assert_eq!(found[..6], head);
    assert_eq!(found.len(), 6 + FULL.len(), "and each score of the sheet that the other does not have");
    assert_eq!(differences(&all(), &all()), []);
    let short = &all()[..3];
    assert_eq!(differences(short, &all()).len(), 1 + FULL.len(), "a sheet that only one of them typed is told too");
}

proptest! {
    #[test]
    fn no_slip_in_a_single_cell_goes_unnoticed(at in 0_usize..4, place in 0_usize..6, other in select(vec!["", "na", "0", "1", "7.5", "9999"])) {
        let (id, before) = FULL[place];
        prop_assume!(before != other);
        let mut slipped = all();
        let application = slipped[at].application.to_string();
        slipped[at] = sheet(&application, &[(id, other)]);
        let found = differences(&all(), &slipped);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].application.as_str(), found[0].criterion.as_ref().map(|id| id.as_str())), (application.as_str(), Some(id)));
        prop_assert_eq!(found[0].here.as_str(), before);
    }
}

#[test]
fn a_sheet_from_paper_is_a_sheet_that_was_handed_in() {
    let out =
        PaperSheet { declaration: Declaration::Declined { reason: "不熟悉".into() }, ..sheet("sx-0004", &FULL.map(|(id, _)| (id, ""))) };
    let sheets = [all()[..3].to_vec(), vec![out]].concat();
    let table = agreed("R02", &sheets);
    let desk = table.current_paper(&of("R02")).unwrap().desk();
    assert_eq!((desk.sheet(&of("sx-0001")).status, desk.sheet(&of("sx-0004")).status), (Status::Submitted, Status::Draft));
    let results = input::results(&office(), &table, &given(&table, "R02"), &|_| [0; 32]).unwrap();
    let of_one = |id: &str| results.iter().find_map(|item| item.application(&of(id))).unwrap();
    assert_eq!((of_one("sx-0001").valid, of_one("sx-0004").valid), (1, 0));
    assert_eq!(of_one("sx-0001").sheets[0].source, pingyi::domain::consolidate::input::Source::Paper);
}

#[test]
fn what_was_typed_reads_back_from_the_journal_as_it_was_written_and_is_never_taken_back() {
    let first = typed("T01", "R02", all());
    for act in [Act::Paper(paper(&first, &typed("T02", "R02", all()), "p")), Act::Enter(first)] {
        let text = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), act);
        assert_eq!((act.inverse(), act.is_idle(), act.application()), (None, false, None), "{text}");
    }
}
