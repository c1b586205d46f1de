//! The desk: what is admitted, how changes fold, and undo and redo, also across a restart.

use pingyi::domain::{
    change::{Change, Entry, Link},
    desk::{Desk, Refusal},
    panel::Ground,
    sheet::{Cell, Declaration, Status},
    text::Explain,
};
use serde_json::json;

use crate::support::rules::{Worker, cell, entry, of, package, points};

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

#[test]
fn undo_takes_the_last_change_back_and_redo_makes_it_again() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    worker.scores("sx-0001", "A1", "9").unwrap();
    let value = |worker: &Worker| worker.desk.sheet(&of("sx-0001")).cell(&of("A1")).value();
    assert!(worker.undoes());
    assert_eq!(value(&worker), Some(points("8")));
    assert!(worker.undoes());
    assert_eq!(value(&worker), None);
    assert!(worker.redoes() && worker.redoes());
    assert_eq!(value(&worker), Some(points("9")));
    assert!(!worker.redoes(), "nothing is left to redo");
}

#[test]
fn a_new_change_ends_redo() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    worker.undoes();
    worker.scores("sx-0001", "A2", "8").unwrap();
    assert!(!worker.redoes());
}

#[test]
fn undo_and_redo_go_on_after_a_restart_where_they_stopped() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.undoes();
    worker.undoes();
    worker.redoes();
    let before = worker.desk.clone();
    worker.desk = Desk::replay(worker.desk.entries.clone()).unwrap();
    assert_eq!(worker.desk, before);
    assert!(worker.redoes(), "the second undone change can still be made again");
    assert!(!worker.redoes());
    while worker.undoes() {}
    assert!(worker.desk.sheets.is_empty(), "everything taken back is as if nothing had been done");
}

#[test]
fn a_group_is_taken_back_in_one_step_and_backwards() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    let full = worker.desk.sheet(&of("sx-0001"));
    let clear = |criterion: &str| worker.scoring("sx-0001", criterion, Cell::Blank);
    let group = Change::Group { changes: vec![clear("A1"), clear("A2"), clear("B1")] };
    worker.does(group).unwrap();
    assert_eq!(worker.desk.sheet(&of("sx-0001")).cells.len(), 3);
    assert!(worker.undoes());
    assert_eq!(worker.desk.sheet(&of("sx-0001")), full);
}

#[test]
fn undo_stops_at_an_export_because_what_left_the_laptop_cannot_be_called_back() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.submits("sx-0001").unwrap();
    worker.records(Change::Export { revision: 1, digest: "2".repeat(64), file: "scores.zip".to_owned(), supersedes: None });
    assert!(!worker.undoes());
    assert_eq!(worker.desk.exports.len(), 1);
    worker.takes_back("sx-0001").unwrap();
    assert!(worker.undoes(), "what came after it can be taken back");
    assert!(!worker.undoes());
}

#[test]
fn the_history_of_a_cell_keeps_every_value_with_undo_marked() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    worker.scores("sx-0001", "A2", "1").unwrap();
    let group = Change::Group { changes: vec![worker.scoring("sx-0001", "A1", cell("9"))] };
    worker.does(group).unwrap();
    worker.undoes();
    let history = worker.desk.cell_history(&of("sx-0001"), &of("A1"));
    let values: Vec<_> = history.iter().map(|past| past.cell.value()).collect();
    assert_eq!(values, [Some(points("8")), Some(points("9")), Some(points("8"))]);
    assert_eq!(history[2].link, Some(Link::Undoes(4)));
    assert!(history.iter().all(|past| past.writer == of("R02")));
}

#[test]
fn a_journal_with_a_gap_a_repeated_number_or_no_opening_is_not_replayed() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    let entries = worker.desk.entries.clone();
    let why = |entries: Vec<Entry>| Desk::replay(entries).unwrap_err().why;
    let mut gap = entries.clone();
    gap.remove(2);
    assert_eq!(why(gap), "number");
    let mut twice = entries.clone();
    twice.insert(2, entries[2].clone());
    assert_eq!(why(twice), "number");
    let without: Vec<Entry> = vec![Entry { seq: 0, ..entries[1].clone() }];
    assert_eq!(why(without), "opening");
    let second = Entry { seq: 1, ..entries[0].clone() };
    assert_eq!(why(vec![entries[0].clone(), second]), "opening");
}

#[test]
fn an_entry_that_starts_from_another_state_is_not_replayed() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    let opening = worker.desk.entries[0].clone();
    let cases = [
        (Change::Score { application: of("sx-0001"), criterion: of("A1"), before: cell("1"), after: cell("2") }, "cell"),
        (Change::Comment { application: of("sx-0001"), criterion: None, before: "旧".to_owned(), after: String::new() }, "comment"),
        (Change::Submit { application: of("sx-0001"), before: Status::Submitted, after: Status::Draft }, "status"),
        (Change::Declare { application: of("sx-0001"), before: Some(Declaration::NoConflict), after: None }, "declaration"),
        (Change::Revise { before: "3".repeat(64), after: "4".repeat(64), revision: 2 }, "package"),
    ];
    for (change, why) in cases {
        let misfit = Desk::replay([opening.clone(), entry(1, "R02", change)]).unwrap_err();
        assert_eq!((misfit.seq, misfit.why), (1, why));
    }
}

#[test]
fn an_undo_of_something_else_than_the_last_change_is_not_replayed() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "8").unwrap();
    let inverse = worker.desk.entries[1].change.inverse().unwrap();
    let crooked = Entry { link: Some(Link::Undoes(1)), ..entry(3, "R02", inverse) };
    assert_eq!(worker.desk.apply(crooked).unwrap_err().why, "undo");
}

#[test]
fn a_revised_package_is_taken_over_and_the_pledge_remembered() {
    let mut worker = Worker::sits_down();
    worker.records(Change::Pledge { digest: "5".repeat(64) });
    worker.records(Change::Revise { before: "1".repeat(64), after: "6".repeat(64), revision: 2 });
    assert_eq!((worker.desk.package.as_str(), worker.desk.package_revision), ("6".repeat(64).as_str(), 2));
    assert_eq!(worker.desk.pledge, Some("5".repeat(64)));
}

#[test]
fn a_change_written_to_the_journal_is_read_back_as_it_was() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.scores("sx-0001", "B1", "na").unwrap();
    worker.comments("sx-0001", Some("A1"), "有调研数据").unwrap();
    worker.comments("sx-0001", Some("B2"), "互补").unwrap();
    worker.submits("sx-0001").unwrap();
    worker.undoes();
    for entry in &worker.desk.entries {
        let text = serde_json::to_string(entry).unwrap();
        assert_eq!(&serde_json::from_str::<Entry>(&text).unwrap(), entry, "{text}");
    }
}
