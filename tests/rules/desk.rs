//! The desk: what is admitted and what is refused, with the sentence for it.

use pingyi::domain::{
    change::Change,
    desk::Refusal,
    panel::Ground,
    sheet::{Cell, Declaration},
    text::Explain,
};
use serde_json::json;

use crate::support::rules::{Worker, cell, of, package, points};

/// The id of the sentence that a refusal says.
fn refused(result: Result<(), Refusal>) -> (&'static str, &'static str) {
    let refusal = result.unwrap_err();
    (refusal.what().id, refusal.advice().id)
}

fn recused_package() -> pingyi::domain::package::Package {
    let mut package = package();
    package.recusals = serde_json::from_value(json!([
        { "application": "sx-0001", "person": "R02", "origin": "office", "ground": "kinship", "text": "亲属" },
    ]))
    .unwrap();
    package
}

#[test]
fn nothing_is_scored_before_the_conflict_question_is_answered() {
    let mut worker = Worker::sits_down();
    assert_eq!(refused(worker.scores("sx-0001", "A1", "8")), ("err-undeclared", "rec-undeclared"));
    assert_eq!(refused(worker.comments("sx-0001", None, "好")), ("err-undeclared", "rec-undeclared"));
    assert_eq!(refused(worker.submits("sx-0001")), ("err-undeclared", "rec-undeclared"));
}

#[test]
fn a_score_out_of_range_is_refused_with_the_range_and_never_clamped() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    let refusal = worker.scores("sx-0001", "A1", "10.5").unwrap_err();
    let expected = Refusal::OutOfRange { criterion: of("A1"), value: points("10.5"), min: points("0"), max: points("10") };
    assert_eq!(refusal, expected);
    assert_eq!(worker.desk.sheet(&of("sx-0001")).cell(&of("A1")), Cell::Blank, "the desk keeps what it had");
}

#[test]
fn a_score_off_the_step_is_refused_and_never_rounded() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    assert_eq!(refused(worker.scores("sx-0001", "A1", "8.3")), ("err-off-step", "rec-off-step"));
    assert_eq!(refused(worker.scores("sx-0001", "C1", "18")), ("err-off-step", "rec-off-step"), "the criterion's own step is 4");
    worker.scores("sx-0001", "C1", "16").unwrap();
}

#[test]
fn a_score_far_out_and_off_the_step_is_told_about_the_range() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    assert_eq!(refused(worker.scores("sx-0001", "A1", "85.3")), ("err-out-of-range", "rec-out-of-range"));
}

#[test]
fn not_applicable_needs_a_policy_and_a_reason() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    assert_eq!(refused(worker.scores("sx-0001", "A1", "na")), ("err-no-na", "rec-no-na"));
    let without_reason = worker.scoring("sx-0001", "B1", Cell::NotApplicable { reason: "  ".to_owned() });
    assert_eq!(refused(worker.does(without_reason)), ("err-no-reason", "rec-no-reason"));
    worker.scores("sx-0001", "B1", "na").unwrap();
}

#[test]
fn a_computed_criterion_is_not_written_but_may_be_objected_to_in_a_comment() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    assert_eq!(refused(worker.scores("sx-0001", "C2", "9")), ("err-computed", "rec-computed"));
    worker.comments("sx-0001", Some("C2"), "人次含校内学生，请核实").unwrap();
}

#[test]
fn what_does_not_exist_is_refused_by_name() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    assert_eq!(refused(worker.scores("sx-0099", "A1", "8")).0, "err-no-application");
    assert_eq!(refused(worker.scores("sx-0001", "Z9", "8")).0, "err-no-criterion");
    assert_eq!(refused(worker.comments("sx-0001", Some("Z9"), "好")).0, "err-no-criterion");
}

#[test]
fn the_office_and_an_alternate_do_not_score() {
    for code in ["O01", "S01", "R06"] {
        let mut worker = Worker::opens(package(), code);
        assert_eq!(refused(worker.declares("sx-0001", Some(Declaration::NoConflict))).0, "err-not-assigned", "{code}");
    }
}

#[test]
fn a_recusal_ordered_by_the_office_closes_the_sheet_before_it_opens() {
    let mut worker = Worker::opens(recused_package(), "R02");
    assert_eq!(refused(worker.declares("sx-0001", Some(Declaration::NoConflict))), ("err-recused", "rec-recused"));
    worker.declares("sx-0002", Some(Declaration::NoConflict)).unwrap();
}

#[test]
fn a_declared_conflict_keeps_the_sheet_shut_and_needs_words() {
    let mut worker = Worker::sits_down();
    let empty = Declaration::Conflict { ground: Ground::Kinship, text: " ".to_owned() };
    assert_eq!(refused(worker.declares("sx-0001", Some(empty))).0, "err-no-reason");
    let conflict = Declaration::Conflict { ground: Ground::Kinship, text: "法人为近亲属".to_owned() };
    worker.declares("sx-0001", Some(conflict)).unwrap();
    assert_eq!(refused(worker.scores("sx-0001", "A1", "8")), ("err-out", "rec-out"));
}

#[test]
fn a_conflict_found_late_is_declared_only_after_the_scores_are_cleared() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    let late = Declaration::Declined { reason: "专业不符".to_owned() };
    assert_eq!(refused(worker.declares("sx-0001", Some(late.clone()))), ("err-has-scores", "rec-has-scores"));
    worker.scores("sx-0001", "A1", "").unwrap();
    worker.declares("sx-0001", Some(late)).unwrap();
}

#[test]
fn a_sheet_with_open_points_is_not_handed_in_and_the_count_is_given() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    assert_eq!(worker.submits("sx-0001"), Err(Refusal::Incomplete { application: of("sx-0001"), missing: 4 }));
}

#[test]
fn a_sheet_that_was_handed_in_is_closed_until_it_is_taken_back() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.submits("sx-0001").unwrap();
    assert_eq!(refused(worker.scores("sx-0001", "A1", "9")), ("err-submitted", "rec-submitted"));
    assert_eq!(refused(worker.comments("sx-0001", None, "好")).0, "err-submitted");
    assert_eq!(refused(worker.declares("sx-0001", None)).0, "err-submitted");
    worker.takes_back("sx-0001").unwrap();
    worker.scores("sx-0001", "A1", "9").unwrap();
}

#[test]
fn a_comment_may_be_four_thousand_characters_long_and_not_one_more() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.comments("sx-0001", None, &"评".repeat(4000)).unwrap();
    assert_eq!(worker.comments("sx-0001", None, &"评".repeat(4001)), Err(Refusal::TooLong { length: 4001 }));
}

#[test]
fn the_parts_of_a_group_are_judged_in_the_state_the_parts_before_leave() {
    let mut worker = Worker::sits_down();
    let declare = Change::Declare { application: of("sx-0001"), before: None, after: Some(Declaration::NoConflict) };
    let score = worker.scoring("sx-0001", "A1", cell("8"));
    let both = Change::Group { changes: vec![declare.clone(), score.clone()] };
    worker.does(both).unwrap();
    assert_eq!(worker.desk.sheet(&of("sx-0001")).cell(&of("A1")), cell("8"));
    let mut other = Worker::sits_down();
    assert_eq!(refused(other.does(Change::Group { changes: vec![score, declare] })).0, "err-undeclared");
    assert_eq!(other.desk.sheets.len(), 0, "a group is taken whole or not at all");
}

#[test]
fn a_group_that_starts_from_another_state_is_refused() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    let stale = worker.scoring("sx-0001", "A1", cell("8"));
    worker.scores("sx-0001", "A1", "9").unwrap();
    assert_eq!(refused(worker.does(Change::Group { changes: vec![stale] })), ("err-stale", "rec-stale"));
}
