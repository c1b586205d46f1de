//! Undo, redo and replay: every state follows from the entries, also after a restart.

use pingyi::domain::{
    change::{Change, Entry, Link},
    desk::Desk,
    sheet::{Cell, Declaration, Status},
};

use crate::support::rules::{Worker, cell, entry, of, points};

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
