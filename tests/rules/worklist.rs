//! The worklist, its reading order, progress, and the reviewer's own scores side by side.

use pingyi::domain::{
    compare::{Order, SortKey, TableCell, table},
    number::Points,
    panel::{Assignment, Ground},
    sheet::Declaration,
    shuffle::{fnv1a, shuffle},
    worklist::{RowState, progress, reading_order, rows},
};
use serde_json::json;

use crate::support::rules::{Worker, of, package};

fn ids(worker: &Worker, key: &SortKey, order: Order) -> Vec<String> {
    table(&worker.package, &worker.desk, None, key, order).rows.iter().map(|row| row.application.to_string()).collect()
}

fn state(worker: &Worker, application: &str) -> RowState {
    rows(&worker.package, &worker.desk).into_iter().find(|row| row.application.as_str() == application).unwrap().state
}

#[test]
fn the_hash_and_the_shuffle_are_the_published_ones_and_stay_so_for_ever() {
    // Test vectors of the FNV reference: http://www.isthe.com/chongo/tech/comp/fnv/.
    assert_eq!(fnv1a(""), 0xcbf2_9ce4_8422_2325);
    assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c);
    assert_eq!(fnv1a("foobar"), 0x8594_4171_f739_67e8);
    for (seed, expected) in SHUFFLED {
        let mut list: Vec<u32> = (1..=10).collect();
        shuffle(&mut list, seed);
        assert_eq!(list, expected, "a changed order would show every reviewer another worklist after an update");
    }
}

/// 1 to 10 under two seeds, computed by an independent program from the published algorithms.
const SHUFFLED: [(&str, [u32; 10]); 2] = [("seed/R02", [6, 8, 1, 5, 4, 3, 10, 7, 2, 9]), ("seed/R01", [3, 9, 2, 6, 4, 10, 8, 1, 7, 5])];

#[test]
fn without_shuffling_applications_are_read_by_id() {
    let mut package = package();
    package.call.blind.shuffle_order = false;
    package.applications.reverse();
    let order = reading_order(&package, &of("R02"), "seed");
    assert_eq!(order, ["sx-0001", "sx-0002", "sx-0003", "sx-0004"].map(of));
}

#[test]
fn the_order_of_the_files_does_not_change_the_reading_order() {
    let mut turned = package();
    turned.applications.reverse();
    assert_eq!(reading_order(&package(), &of("R02"), "seed"), reading_order(&turned, &of("R02"), "seed"));
}

#[test]
fn reviewers_read_in_orders_of_their_own() {
    let package = package();
    let orders: std::collections::BTreeSet<_> =
        ["R01", "R02", "R03", "R04", "R05"].map(|code| reading_order(&package, &of(code), "seed")).into_iter().collect();
    assert!(orders.len() > 1);
}

#[test]
fn only_assigned_applications_stand_on_the_worklist() {
    let mut package = package();
    package.assignments = vec![Assignment { application: of("sx-0003"), reviewer: of("R02") }];
    assert_eq!(reading_order(&package, &of("R02"), "seed"), [of("sx-0003")]);
    assert_eq!(reading_order(&package, &of("R01"), "seed"), []);
}

#[test]
fn an_alternate_reads_nothing_until_taking_a_place_and_the_replaced_then_reads_nothing() {
    let mut package = package();
    assert_eq!(reading_order(&package, &of("R06"), "seed").len(), 0);
    package.roster.people[5].replaces = Some(of("R02"));
    assert_eq!(reading_order(&package, &of("R06"), "seed").len(), 4);
    assert_eq!(reading_order(&package, &of("R02"), "seed").len(), 0);
}

#[test]
fn a_row_goes_from_undeclared_through_draft_and_complete_to_submitted() {
    let mut worker = Worker::sits_down();
    assert_eq!(state(&worker, "sx-0001"), RowState::Undeclared);
    worker.has_no_conflict("sx-0001");
    assert_eq!(state(&worker, "sx-0001"), RowState::Draft);
    for (criterion, text) in crate::support::rules::FULL {
        worker.scores("sx-0001", criterion, text).unwrap();
    }
    assert_eq!(state(&worker, "sx-0001"), RowState::Complete);
    worker.submits("sx-0001").unwrap();
    assert_eq!(state(&worker, "sx-0001"), RowState::Submitted);
    worker.takes_back("sx-0001").unwrap();
    assert_eq!(state(&worker, "sx-0001"), RowState::Complete);
}

#[test]
fn staying_out_is_shown_with_who_said_so() {
    let mut package = package();
    package.recusals = serde_json::from_value(json!([
        { "application": "sx-0003", "person": "R02", "origin": "office", "ground": "kinship", "text": "亲属" },
        { "application": "sx-0004", "person": "R02", "origin": "applicant", "ground": "other", "text": "有合作", "decision": "rejected", "reason": "查无此事" },
    ]))
    .unwrap();
    let mut worker = Worker::opens(package, "R02");
    worker.declares("sx-0001", Some(Declaration::Conflict { ground: Ground::Kinship, text: "亲属".to_owned() })).unwrap();
    worker.declares("sx-0002", Some(Declaration::Declined { reason: "专业不符".to_owned() })).unwrap();
    assert_eq!(state(&worker, "sx-0001"), RowState::Recused);
    assert_eq!(state(&worker, "sx-0002"), RowState::Declined);
    assert_eq!(state(&worker, "sx-0003"), RowState::RecusedByOffice);
    assert_eq!(state(&worker, "sx-0004"), RowState::Undeclared, "a rejected objection keeps nobody out");
}

#[test]
fn a_row_counts_what_is_answered_and_what_is_open() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "5").unwrap();
    let row = rows(&worker.package, &worker.desk).into_iter().find(|row| row.application.as_str() == "sx-0001").unwrap();
    assert_eq!((row.answered, row.asked), (1, 6));
    assert_eq!(row.gaps, 5, "four blanks, and a low score that asks for a comment");
    assert_eq!(row.running, Some(of::<Points>("12.5").get()), "5 by hand and 7.5 computed");
}

#[test]
fn nothing_scored_shows_no_running_total_even_where_a_criterion_is_computed() {
    let worker = Worker::sits_down();
    assert!(rows(&worker.package, &worker.desk).iter().all(|row| row.running.is_none()));
}

#[test]
fn progress_counts_every_application_once() {
    let mut worker = Worker::sits_down();
    worker.fills("sx-0001");
    worker.submits("sx-0001").unwrap();
    worker.fills("sx-0002");
    worker.declares("sx-0003", Some(Declaration::Declined { reason: "专业不符".to_owned() })).unwrap();
    let found = progress(&worker.package, &worker.desk);
    assert_eq!((found.assigned, found.undeclared, found.draft, found.complete, found.submitted, found.out), (4, 1, 0, 1, 1, 1));
    assert_eq!((found.answered, found.asked), (12, 18), "what one stays out of is not asked");
    assert!(!found.is_done());
}

#[test]
fn progress_is_done_when_everything_is_handed_in_or_out() {
    let mut worker = Worker::sits_down();
    for id in ["sx-0001", "sx-0002", "sx-0003"] {
        worker.fills(id);
        worker.submits(id).unwrap();
    }
    worker.declares("sx-0004", Some(Declaration::Declined { reason: "专业不符".to_owned() })).unwrap();
    assert!(progress(&worker.package, &worker.desk).is_done());
}

#[test]
fn my_scores_can_be_ordered_by_total_dimension_and_criterion() {
    let mut worker = Worker::sits_down();
    for (id, a1, b1) in [("sx-0001", "6", "10"), ("sx-0002", "9", "2"), ("sx-0003", "7", "18")] {
        worker.has_no_conflict(id);
        worker.scores(id, "A1", a1).unwrap();
        worker.scores(id, "B1", b1).unwrap();
    }
    let criterion = SortKey::Criterion(of("A1"));
    assert_eq!(ids(&worker, &criterion, Order::Rising), ["sx-0001", "sx-0003", "sx-0002", "sx-0004"]);
    assert_eq!(ids(&worker, &criterion, Order::Falling), ["sx-0002", "sx-0003", "sx-0001", "sx-0004"], "blank stays last");
    assert_eq!(ids(&worker, &SortKey::Total, Order::Falling), ["sx-0003", "sx-0001", "sx-0002", "sx-0004"]);
    assert_eq!(ids(&worker, &SortKey::Dimension(of("B")), Order::Rising), ["sx-0002", "sx-0001", "sx-0003", "sx-0004"]);
    assert_eq!(ids(&worker, &SortKey::Application, Order::Falling), ["sx-0004", "sx-0003", "sx-0002", "sx-0001"]);
}

#[test]
fn a_row_without_the_figure_comes_last_whichever_way_the_rows_run() {
    for id in ["sx-0001", "sx-0002", "sx-0003", "sx-0004"] {
        let mut worker = Worker::sits_down();
        worker.has_no_conflict(id);
        worker.scores(id, "A1", "5").unwrap();
        for order in [Order::Rising, Order::Falling] {
            assert_eq!(ids(&worker, &SortKey::Criterion(of("A1")), order)[0], id);
            assert_eq!(ids(&worker, &SortKey::Total, order)[0], id);
        }
    }
}

#[test]
fn equal_rows_keep_the_reading_order() {
    let worker = Worker::sits_down();
    let order: Vec<String> = reading_order(&worker.package, &of("R02"), "seed").iter().map(ToString::to_string).collect();
    assert_eq!(ids(&worker, &SortKey::Total, Order::Rising), order);
    assert_eq!(ids(&worker, &SortKey::Reading, Order::Falling), order, "the reading order has one direction");
}

#[test]
fn my_scores_show_one_item_and_leave_out_what_i_stay_out_of() {
    let mut worker = Worker::sits_down();
    worker.declares("sx-0003", Some(Declaration::Declined { reason: "专业不符".to_owned() })).unwrap();
    let found = table(&worker.package, &worker.desk, Some(&of("t2")), &SortKey::Application, Order::Rising);
    assert_eq!(found.rows.iter().map(|row| row.application.as_str()).collect::<Vec<_>>(), ["sx-0004"]);
}

#[test]
fn a_cell_says_whether_it_is_blank_scored_computed_or_not_applicable() {
    let mut worker = Worker::sits_down();
    worker.has_no_conflict("sx-0001");
    worker.scores("sx-0001", "A1", "7").unwrap();
    worker.scores("sx-0001", "B1", "na").unwrap();
    let found = table(&worker.package, &worker.desk, None, &SortKey::Application, Order::Rising);
    assert_eq!(found.criteria.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["A1", "A2", "B1", "B2", "C1", "C2", "X1"]);
    let value = |text: &str| of::<Points>(text).get();
    let expected = [
        TableCell::Scored(value("7")),
        TableCell::Blank,
        TableCell::NotApplicable,
        TableCell::Blank,
        TableCell::Blank,
        TableCell::Computed(value("7.5")),
        TableCell::Blank,
    ];
    assert_eq!(found.rows[0].cells, expected);
}
