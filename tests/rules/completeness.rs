//! What is still open on a sheet, in the order in which a reviewer walks through it.

use pingyi::domain::{completeness::Gap, text::Explain};

use crate::support::rules::{Worker, of};

fn open(worker: &Worker) -> Vec<Gap> {
    worker.desk.blocking(&worker.package, &of("sx-0001"))
}

#[test]
fn an_untouched_sheet_asks_for_the_declaration_and_every_counted_criterion() {
    let expected =
        [Gap::Undeclared, Gap::Blank(of("A1")), Gap::Blank(of("A2")), Gap::Blank(of("B1")), Gap::Blank(of("B2")), Gap::Blank(of("C1"))];
    assert_eq!(open(&Worker::sits_down()), expected, "neither the computed criterion nor the advisory one is asked for");
}

#[test]
fn a_full_sheet_has_nothing_open() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    assert_eq!(open(&worker), []);
}

#[test]
fn a_striking_score_asks_for_a_comment_below_sixty_and_from_ninety_five_percent() {
    for (value, asks) in [("5.5", true), ("6", false), ("9", false), ("9.5", true), ("10", true), ("0", true)] {
        let mut worker = Worker::sits_down();
        worker.fills("sx-0001");
        worker.scores("sx-0001", "A1", value).unwrap();
        let expected = if asks { vec![Gap::NoComment(of("A1"))] } else { Vec::new() };
        assert_eq!(open(&worker), expected, "{value}");
    }
}

#[test]
fn a_comment_of_spaces_is_no_comment() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.scores("sx-0001", "A1", "5").unwrap();
    worker.comments("sx-0001", Some("A1"), "  \n　").unwrap();
    assert_eq!(open(&worker), [Gap::NoComment(of("A1"))]);
    worker.comments("sx-0001", Some("A1"), "论证不足").unwrap();
    assert_eq!(open(&worker), []);
}

#[test]
fn a_dimension_that_is_not_applicable_as_a_whole_is_open_because_nothing_carries_its_points() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.scores("sx-0001", "B1", "na").unwrap();
    assert_eq!(open(&worker), []);
    worker.scores("sx-0001", "B2", "na").unwrap();
    assert_eq!(open(&worker), [Gap::AllNotApplicable(of("B1"))]);
    let total =
        pingyi::domain::total::sheet_total(&worker.package.rubric, &worker.package.applications[0], &worker.desk.sheet(&of("sx-0001")));
    assert_eq!(total.total, None, "the total and the list of open points agree");
}

#[test]
fn a_sheet_one_stays_out_of_asks_for_nothing() {
    let mut worker = Worker::sits_down();
    let declined = pingyi::domain::sheet::Declaration::Declined { reason: "专业不符".to_owned() };
    worker.declares("sx-0001", Some(declined)).unwrap();
    assert_eq!(open(&worker), []);
}

#[test]
fn every_gap_names_its_criterion_and_says_what_to_do() {
    let gaps = [Gap::Undeclared, Gap::Blank(of("A1")), Gap::NoComment(of("A1")), Gap::AllNotApplicable(of("A1"))];
    let expected = [
        ("gap-undeclared", "rec-gap-undeclared"),
        ("gap-blank", "rec-gap-blank"),
        ("gap-no-comment", "rec-gap-no-comment"),
        ("gap-all-na", "rec-gap-all-na"),
    ];
    for (gap, (what, advice)) in gaps.iter().zip(expected) {
        assert_eq!((gap.what().id, gap.advice().id), (what, advice));
    }
    assert_eq!(gaps[0].criterion(), None);
    assert_eq!(gaps[1].criterion(), Some(&of("A1")));
}
