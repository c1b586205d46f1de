//! A request of the chair on a reviewer's desk: what it opens, what stays closed, and what counts as an answer.

use pingyi::domain::{
    change::Change,
    correction::CorrectionGround,
    desk::{CannotAnswer, Refusal},
    request::{About, Asked, Line, Request},
    sheet::{Cell, Declaration},
};
use proptest::prelude::*;

use crate::support::rules::{FULL, Worker, cell, of, package};

/// R02 has signed revision 1: two sheets handed in, out of the other two.
fn signed() -> Worker {
    let mut worker = Worker::sits_down();
    for id in ["sx-0001", "sx-0002"] {
        worker.fills(id);
        worker.submits(id).unwrap();
    }
    for id in ["sx-0003", "sx-0004"] {
        worker.declares(id, Some(Declaration::Declined { reason: "时间冲突".to_owned() })).unwrap();
    }
    exports(&mut worker, 1);
    worker
}

fn exports(worker: &mut Worker, revision: u32) {
    let (digest, file) = (digest(revision), format!("scores-r{revision}.zip"));
    worker.does(Change::Export { revision, digest, file, supersedes: None }).unwrap();
}

fn digest(revision: u32) -> String {
    revision.to_string().repeat(64)
}

/// The request `number` about revision `about`: these criteria of `sx-0001`.
fn asks(number: u32, about: u32, criteria: &[&str]) -> Asked {
    let line = Line {
        application: of("sx-0001"),
        criteria: criteria.iter().map(|id| of(id)).collect(),
        ground: CorrectionGround::Abnormal,
        text: "请对照产业地图复核".to_owned(),
    };
    let request =
        Request { reviewer: of("R02"), about: About { revision: about, digest: digest(about) }, lines: vec![line], deadline: None };
    Asked { revision: number, digest: format!("{number}a").repeat(32), file: format!("rescore-r{number}.zip"), request }
}

fn asked(criteria: &[&str]) -> Worker {
    let mut worker = signed();
    worker.does(Change::Asked(asks(1, 1, criteria))).unwrap();
    worker
}

fn not_asked(criterion: Option<&str>) -> Result<(), Refusal> {
    Err(Refusal::NotAsked { application: of("sx-0001"), criterion: criterion.map(of) })
}

#[test]
fn exactly_what_is_asked_about_is_open_again() {
    let mut worker = asked(&["B1"]);
    assert_eq!(worker.scores("sx-0001", "A1", "9"), not_asked(Some("A1")));
    assert_eq!(worker.comments("sx-0001", Some("A1"), "另行说明"), not_asked(Some("A1")));
    assert_eq!(worker.comments("sx-0001", None, "另行说明"), not_asked(None));
    assert_eq!(worker.declares("sx-0001", None), not_asked(None));
    worker.scores("sx-0001", "B1", "16").unwrap();
    worker.comments("sx-0001", Some("B1"), "复核后调整").unwrap();
    for change in
        [worker.takes_back("sx-0002"), worker.scores("sx-0002", "B1", "16"), worker.declares("sx-0003", Some(Declaration::NoConflict))]
    {
        assert!(matches!(change, Err(Refusal::NotAsked { criterion: None, .. })), "{change:?}");
    }
    worker.submits("sx-0001").unwrap();
    worker.takes_back("sx-0001").unwrap();
}

#[test]
fn where_no_criterion_is_named_the_whole_sheet_is_open_and_no_other() {
    let mut worker = asked(&[]);
    worker.scores("sx-0001", "A1", "9").unwrap();
    worker.comments("sx-0001", None, "总体复核").unwrap();
    assert!(worker.scores("sx-0002", "A1", "9").is_err());
}

#[test]
fn an_answer_is_another_score_or_a_reason_why_it_stands() {
    let open = |worker: &Worker| worker.desk.blocking(&worker.package, &of("sx-0001")).len();
    let mut worker = asked(&["A2", "B1"]);
    assert_eq!(open(&worker), 2, "both criteria are to be answered");
    assert_eq!(worker.submits("sx-0001"), Err(Refusal::Incomplete { application: of("sx-0001"), missing: 2 }));
    worker.scores("sx-0001", "A2", "13").unwrap();
    worker.comments("sx-0001", Some("B1"), "  ").unwrap();
    assert_eq!(open(&worker), 1, "blanks are no reason");
    worker.comments("sx-0001", Some("B1"), "材料充分，维持原分").unwrap();
    worker.submits("sx-0001").unwrap();
    let mut whole = asked(&[]);
    assert_eq!(open(&whole), 1);
    whole.comments("sx-0001", Some("B1"), "维持").unwrap();
    assert_eq!(open(&whole), 1, "where the sheet is asked about, the reason stands on the whole");
    whole.comments("sx-0001", None, "经复核，维持原评分").unwrap();
    whole.submits("sx-0001").unwrap();
}

#[test]
fn a_score_that_is_put_back_answers_nothing() {
    let mut worker = asked(&["B1"]);
    worker.scores("sx-0001", "B1", "16").unwrap();
    worker.scores("sx-0001", "B1", "18").unwrap();
    assert_eq!(worker.desk.unanswered(&of("sx-0001")), [Some(of("B1"))]);
}

#[test]
fn a_request_is_answered_once_and_another_one_opens_the_desk_again() {
    let mut worker = asked(&["B1"]);
    worker.scores("sx-0001", "B1", "16").unwrap();
    worker.submits("sx-0001").unwrap();
    exports(&mut worker, 2);
    let answered = Err(Refusal::Answered(of("sx-0001")));
    assert_eq!(worker.scores("sx-0001", "B1", "15"), answered);
    assert_eq!(worker.takes_back("sx-0001"), answered);
    assert_eq!(worker.does(Change::Asked(asks(1, 1, &["B1"]))), Err(CannotAnswer::Twice.into()));
    worker.does(Change::Asked(asks(2, 2, &["A2"]))).unwrap();
    assert_eq!(worker.scores("sx-0001", "B1", "15"), not_asked(Some("B1")));
    worker.scores("sx-0001", "A2", "13").unwrap();
}

#[test]
fn a_request_that_does_not_fit_the_desk_is_not_taken_in() {
    let with = |change: fn(&mut Request)| {
        let mut asked = asks(1, 1, &["B1"]);
        change(&mut asked.request);
        Change::Asked(asked)
    };
    let other = with(|request| request.reviewer = of("R03"));
    assert_eq!(signed().does(other), Err(CannotAnswer::Other(of("R03")).into()));
    let earlier = Change::Asked(asks(1, 3, &["B1"]));
    assert_eq!(signed().does(earlier.clone()), Err(CannotAnswer::About { about: 3, last: 1 }.into()));
    assert_eq!(Worker::sits_down().does(earlier), Err(CannotAnswer::About { about: 3, last: 0 }.into()), "nothing was signed yet");
    let mut second = asked(&["B1"]);
    assert_eq!(second.does(Change::Asked(asks(2, 1, &["A2"]))), Err(CannotAnswer::Open(1).into()));
    let mut changed = signed();
    changed.takes_back("sx-0002").unwrap();
    assert_eq!(changed.does(Change::Asked(asks(1, 1, &["B1"]))), Err(CannotAnswer::Changed(1).into()));
    assert!(changed.undoes(), "undo leads back to what was signed");
    changed.does(Change::Asked(asks(1, 1, &["B1"]))).unwrap();
    let out = with(|request| request.lines[0].application = of("sx-0003"));
    assert_eq!(signed().does(out), Err(Refusal::Out(of("sx-0003"))));
    let unknown = with(|request| request.lines[0].criteria = vec![of("Z9")]);
    assert!(matches!(signed().does(unknown), Err(Refusal::Request(_))));
}

#[test]
fn the_list_says_which_applications_the_chair_asks_about() {
    let worker = asked(&["B1"]);
    let rows = pingyi::domain::worklist::rows(&worker.package, &worker.desk);
    let marked: Vec<&str> = rows.iter().filter(|row| row.is_asked).map(|row| row.application.as_str()).collect();
    assert_eq!(marked, ["sx-0001"]);
}

#[test]
fn flags_that_a_request_is_about_are_those_of_its_reviewer_and_of_shared_facts() {
    use pingyi::domain::deviation::FlagKey;
    let request = asks(1, 1, &["B1"]).request;
    let flag = |reviewer: Option<&str>, criterion: Option<&str>| FlagKey { reviewer: reviewer.map(of), criterion: criterion.map(of) };
    for (application, flag, is_meant, why) in [
        ("sx-0001", flag(Some("R02"), Some("B1")), true, "the score that is asked about"),
        ("sx-0001", flag(Some("R02"), None), true, "the total moves with it"),
        ("sx-0001", flag(None, Some("B1")), true, "a fact that several scored"),
        ("sx-0001", flag(Some("R02"), Some("A1")), false, "another score"),
        ("sx-0001", flag(Some("R03"), Some("B1")), false, "somebody else's score"),
        ("sx-0002", flag(Some("R02"), Some("B1")), false, "another application"),
    ] {
        assert_eq!(request.asks_about(&of(application), &flag), is_meant, "{why}");
    }
}

/// One thing that somebody tries at the desk.
#[derive(Debug, Clone)]
enum Try {
    Score(usize, usize, Cell),
    Comment(usize, usize, String),
    Submit(usize),
    Withdraw(usize),
    Undo,
    Redo,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let places = || (0..2_usize, 0..FULL.len());
    let one = prop_oneof![
        3 => (places(), 0..20_u32).prop_map(|((at, criterion), value)| Try::Score(at, criterion, cell(&value.to_string()))),
        2 => (places(), "[一-十]{0,3}").prop_map(|((at, criterion), text)| Try::Comment(at, criterion, text)),
        1 => (0..2_usize).prop_map(Try::Submit),
        1 => (0..2_usize).prop_map(Try::Withdraw),
        2 => Just(Try::Undo),
        1 => Just(Try::Redo),
    ];
    prop::collection::vec(one, 1..40)
}

proptest! {
    /// Whatever is tried, undo and redo included, only what is asked about differs from what was signed.
    #[test]
    fn nothing_leads_out_of_what_is_asked(tries in tries(), is_whole in any::<bool>()) {
        let criteria: &[&str] = if is_whole { &[] } else { &["B1", "C1"] };
        let mut worker = asked(criteria);
        let before = worker.desk.sent.clone();
        for one in tries {
            let id = |at: usize| ["sx-0001", "sx-0002"][at];
            match one {
                Try::Score(at, criterion, cell) => {
                    let change = worker.scoring(id(at), FULL[criterion].0, cell);
                    let _refused_or_not = worker.does(change);
                }
                Try::Comment(at, criterion, text) => drop(worker.comments(id(at), Some(FULL[criterion].0), &text)),
                Try::Submit(at) => drop(worker.submits(id(at))),
                Try::Withdraw(at) => drop(worker.takes_back(id(at))),
                Try::Undo => drop(worker.undoes()),
                Try::Redo => drop(worker.redoes()),
            }
            prop_assert_eq!(&worker.desk.sheets[&of("sx-0002")], &before[&of("sx-0002")]);
            let (now, then) = (worker.desk.sheet(&of("sx-0001")), &before[&of("sx-0001")]);
            for (criterion, _) in FULL.iter().filter(|(id, _)| !criteria.is_empty() && !criteria.contains(id)) {
                prop_assert_eq!(now.cell(&of(criterion)), then.cell(&of(criterion)));
                prop_assert_eq!(now.comment(&of(criterion)), then.comment(&of(criterion)));
            }
            prop_assert_eq!(&now.declaration, &then.declaration);
            prop_assert!(!worker.desk.requests.is_empty());
        }
    }
}

#[test]
fn a_request_on_the_sample_rubric_can_be_about_facts_and_judgements_and_not_about_computed_scores() {
    let package = package();
    let problems = |criteria: &[&str], ground| {
        let mut request = asks(1, 1, criteria).request;
        request.lines[0].ground = ground;
        request.problems(&package).len()
    };
    assert_eq!(problems(&["C1"], CorrectionGround::Objective), 0);
    assert_eq!(problems(&["B1"], CorrectionGround::Objective), 1, "B1 is a judgement");
    assert_eq!(problems(&["A1", "B1"], CorrectionGround::Abnormal), 0);
    assert_eq!(problems(&["C2"], CorrectionGround::Abnormal), 1, "C2 is computed");
}
