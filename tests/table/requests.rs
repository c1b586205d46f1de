//! Requests at the chair's table: one at a time, about the bundle that counts, and answered flags are looked at anew.

use pingyi::domain::{
    correction::CorrectionGround,
    decision::FlagRuling,
    deviation::FlagKey,
    package::Package,
    request::{About, Asked, Line, Request},
    table::{
        ActRefusal, Table,
        act::{Act, Arrived, Removal},
    },
};

use crate::support::rules::{of, package};

fn arrives(table: &mut Table, revision: u32, request: Option<&str>) {
    let supersedes = (revision > 1).then(|| format!("s{}", revision - 1));
    let (digest, file) = (format!("s{revision}"), "scores.zip".to_owned());
    let bundle = Arrived { reviewer: of("R03"), revision, digest, file, supersedes, request: request.map(str::to_owned) };
    table.fold(&Act::Accept(bundle)).unwrap();
}

/// The table with revision 1 of R03 at it.
fn table() -> Table {
    let mut table = Table::default();
    arrives(&mut table, 1, None);
    table
}

fn asks(number: u32, about: u32) -> Asked {
    let line = Line {
        application: of("sx-0001"),
        criteria: vec![of("B1")],
        ground: CorrectionGround::Abnormal,
        text: "请复核该项评分".to_owned(),
    };
    let about = About { revision: about, digest: format!("s{about}") };
    let request = Request { reviewer: of("R03"), about, lines: vec![line], deadline: None };
    Asked { revision: number, digest: format!("q{number}"), file: format!("rescore-r{number}.zip"), request }
}

fn judged(table: &Table, asked: Asked) -> Result<(), ActRefusal> {
    let package: Package = package();
    table.admit(&package, &[], &Act::Ask(asked))
}

#[test]
fn a_request_is_about_the_bundle_that_counts_and_they_come_one_at_a_time() {
    let mut table = table();
    assert_eq!(judged(&table, asks(1, 1)), Ok(()));
    assert_eq!(judged(&table, asks(2, 1)), Err(ActRefusal::NotTheNext), "the first one is number 1");
    assert_eq!(judged(&table, asks(1, 2)), Err(ActRefusal::NotTheNext), "revision 2 is not here");
    table.fold(&Act::Ask(asks(1, 1))).unwrap();
    let waiting = Err(ActRefusal::Waiting { reviewer: of("R03"), file: "rescore-r1.zip".to_owned() });
    assert_eq!(judged(&table, asks(2, 1)), waiting);
    arrives(&mut table, 2, Some("q1"));
    assert_eq!(table.waiting_for(&of("R03")), None);
    assert_eq!(judged(&table, asks(2, 2)), Ok(()));
}

#[test]
fn a_request_that_another_revision_overtook_waits_no_longer() {
    let mut table = table();
    table.fold(&Act::Ask(asks(1, 1))).unwrap();
    arrives(&mut table, 2, None);
    assert_eq!(table.waiting_for(&of("R03")), None, "what was asked about is not what counts any more");
    assert_eq!(judged(&table, asks(2, 2)), Ok(()));
}

#[test]
fn nobody_is_asked_who_gave_nothing_that_counts() {
    let nobody = Err(ActRefusal::NoBundle(of("R03")));
    assert_eq!(judged(&Table::default(), asks(1, 1)), nobody);
    let mut table = table();
    let void = Removal::Void { authority: "组织单位".to_owned(), reason: "违反评审纪律".to_owned() };
    table.fold(&Act::Remove { reviewer: of("R03"), before: None, after: Some(void) }).unwrap();
    assert_eq!(judged(&table, asks(1, 1)), nobody);
}

#[test]
fn a_question_that_may_not_be_asked_is_no_act() {
    let mut asked = asks(1, 1);
    asked.request.lines[0].text = "R05给了18分，请复核".to_owned();
    assert!(matches!(judged(&table(), asked), Err(ActRefusal::Request(_))));
}

/// Rules a flag of `sx-0001`.
fn rules(table: &mut Table, reviewer: Option<&str>, criterion: Option<&str>, ruling: FlagRuling) {
    let flag = FlagKey { reviewer: reviewer.map(of), criterion: criterion.map(of) };
    table.fold(&Act::Flag { application: of("sx-0001"), flag, before: None, after: Some(ruling) }).unwrap();
}

#[test]
fn scores_that_were_upheld_are_looked_at_anew_when_an_answer_could_have_changed_them() {
    let uphold = || FlagRuling::Uphold { reason: "经复核无误".to_owned() };
    let mut table = table();
    table.fold(&Act::Ask(asks(1, 1))).unwrap();
    for (reviewer, criterion) in
        [(Some("R03"), Some("B1")), (Some("R03"), None), (None, Some("B1")), (Some("R03"), Some("A1")), (Some("R04"), Some("B1"))]
    {
        rules(&mut table, reviewer, criterion, uphold());
    }
    let void = FlagRuling::Void { authority: "组织单位".to_owned(), reason: "违反评审纪律".to_owned() };
    rules(&mut table, Some("R05"), None, void);
    arrives(&mut table, 2, Some("q1"));
    let left: Vec<String> = table
        .rulings
        .keys()
        .map(|(_, flag)| {
            format!("{:?} {:?}", flag.reviewer.as_ref().map(ToString::to_string), flag.criterion.as_ref().map(ToString::to_string))
        })
        .collect();
    assert_eq!(left.len(), 3, "another score, another reviewer, and what is void stay as decided: {left:?}");
    assert!(left.iter().all(|flag| !flag.contains("R03") || flag.contains("A1")), "{left:?}");
}
