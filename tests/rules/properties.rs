//! What holds for every rubric, sheet and sequence of changes, not only for the worked examples.

use pingyi::domain::{
    desk::Desk,
    number::Points,
    rubric::{NotApplicablePolicy, Rubric},
    sheet::{Cell, Declaration, Sheet},
    shuffle::shuffle,
    total::sheet_total,
    worklist::reading_order,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::rules::{Worker, application, cell, of, package, points, rubric};

/// Any admitted cell for each asked criterion of the sample rubric.
fn full_cells() -> impl Strategy<Value = Vec<(&'static str, Cell)>> {
    let scored = |most: u32, step: &'static str| {
        (0..=most).prop_map(move |count| Cell::Scored { value: Points::exact(Decimal::from(count) * points(step).get()).unwrap() })
    };
    let or_na = |value: BoxedStrategy<Cell>| prop_oneof![4 => value, 1 => Just(cell("na"))];
    (
        scored(20, "0.5"),
        scored(30, "0.5"),
        or_na(scored(40, "0.5").boxed()),
        or_na(scored(20, "0.5").boxed()),
        or_na(scored(5, "4").boxed()),
        scored(10, "0.5"),
    )
        .prop_map(|(a1, a2, b1, b2, c1, x1)| vec![("A1", a1), ("A2", a2), ("B1", b1), ("B2", b2), ("C1", c1), ("X1", x1)])
}

fn sheet_of(cells: &[(&str, Cell)]) -> Sheet {
    let cells = cells.iter().map(|(id, cell)| (of(id), cell.clone())).collect();
    Sheet { declaration: Some(Declaration::NoConflict), cells, ..Sheet::default() }
}

/// One act at the desk.
#[derive(Debug, Clone)]
enum Act {
    Score(usize, usize, u32),
    Clear(usize, usize),
    Comment(usize, String),
    Submit(usize),
    TakeBack(usize),
    Undo,
    Redo,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let one = prop_oneof![
        6 => (0..2_usize, 0..5_usize, 0..24_u32).prop_map(|(application, criterion, value)| Act::Score(application, criterion, value)),
        1 => (0..2_usize, 0..5_usize).prop_map(|(application, criterion)| Act::Clear(application, criterion)),
        1 => (0..2_usize, "[a-z评]{0,3}").prop_map(|(application, text)| Act::Comment(application, text)),
        1 => (0..2_usize).prop_map(Act::Submit),
        1 => (0..2_usize).prop_map(Act::TakeBack),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
    ];
    prop::collection::vec(one, 0..60)
}

const APPLICATIONS: [&str; 2] = ["sx-0001", "sx-0002"];
const CRITERIA: [&str; 5] = ["A1", "A2", "B1", "B2", "C1"];

/// Does one act; a refusal is fine, it changes nothing.
fn act(worker: &mut Worker, act: &Act) {
    let before = worker.desk.clone();
    let done = match act {
        Act::Score(application, criterion, value) => worker.scores(APPLICATIONS[*application], CRITERIA[*criterion], &value.to_string()),
        Act::Clear(application, criterion) => worker.scores(APPLICATIONS[*application], CRITERIA[*criterion], ""),
        Act::Comment(application, text) => worker.comments(APPLICATIONS[*application], None, text),
        Act::Submit(application) => worker.submits(APPLICATIONS[*application]),
        Act::TakeBack(application) => worker.takes_back(APPLICATIONS[*application]),
        Act::Undo => {
            worker.undoes();
            Ok(())
        }
        Act::Redo => {
            worker.redoes();
            Ok(())
        }
    };
    if done.is_err() {
        assert_eq!(worker.desk, before, "a refusal leaves everything as it was");
    }
}

fn at_work() -> Worker {
    let mut worker = Worker::sits_down();
    for application in APPLICATIONS {
        worker.has_no_conflict(application);
    }
    worker
}

/// The number grammar, said a second time: a whole part without leading noughts and at most two places.
fn is_points(text: &str) -> bool {
    let (whole, places) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str, most: usize| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole, 4) && digits(places, 2) && (whole == "0" || !whole.starts_with('0'))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_total_lies_between_nought_and_the_total_of_the_rubric(cells in full_cells()) {
        let found = sheet_total(&rubric(), &application(), &sheet_of(&cells));
        prop_assert!(found.running >= Decimal::ZERO && found.running <= rubric().total.get());
        for part in &found.dimensions {
            prop_assert!(part.subtotal <= part.max.get());
        }
        if let Some(total) = found.total {
            prop_assert_eq!(total, found.dimensions.iter().map(|part| part.subtotal).sum::<Decimal>());
        }
    }

    #[test]
    fn an_advisory_criterion_never_changes_a_total(cells in full_cells(), value in 0..=10_u32) {
        let without: Vec<_> = cells.iter().filter(|(id, _)| *id != "X1").cloned().collect();
        let mut with = without.clone();
        with.push(("X1", Cell::Scored { value: Points::exact(Decimal::new(i64::from(value) * 5, 1)).unwrap() }));
        let total = |cells: &[(&str, Cell)]| sheet_total(&rubric(), &application(), &sheet_of(cells)).total;
        prop_assert_eq!(total(&with), total(&without));
    }

    #[test]
    fn more_points_on_a_criterion_never_lower_the_total(cells in full_cells(), criterion in 0..5_usize) {
        let total = |cells: &[(&str, Cell)]| sheet_total(&rubric(), &application(), &sheet_of(cells)).running;
        let (id, before) = cells[criterion].clone();
        if let Cell::Scored { .. } = before {
            let mut best = cells.clone();
            best[criterion].1 = Cell::Scored { value: rubric().criterion(&of(id)).unwrap().max };
            prop_assert!(total(&best) >= total(&cells));
        }
    }

    #[test]
    fn a_sheet_of_one_even_share_keeps_the_share_whatever_is_not_applicable(
        maxima in prop::collection::vec(1..50_u32, 2..6),
        weights in prop::collection::vec(1..4_u32, 6),
        out in prop::collection::vec(any::<bool>(), 6),
        tenths in 0..=10_u32,
    ) {
        let rubric = even_rubric(&maxima, &weights);
        let share = Decimal::new(i64::from(tenths), 1);
        let mut sheet = Sheet { declaration: Some(Declaration::NoConflict), ..Sheet::default() };
        for (index, criterion) in rubric.criteria.iter().enumerate() {
            // The first criterion always carries the dimension.
            let cell = if index > 0 && out[index] { cell("na") } else {
                Cell::Scored { value: Points::exact(criterion.max.get() * share).unwrap() }
            };
            sheet.cells.insert(criterion.id.clone(), cell);
        }
        let total = sheet_total(&rubric, &application(), &sheet).total;
        prop_assert_eq!(total, Some(rubric.dimensions[0].max.get() * share));
    }

    #[test]
    fn undo_after_a_change_gives_the_desk_before_it(acts in acts(), last in (0..2_usize, 0..5_usize, 0..10_u32)) {
        let mut worker = at_work();
        acts.iter().for_each(|one| act(&mut worker, one));
        let before = worker.desk.sheets.clone();
        let (application, criterion, value) = last;
        if worker.scores(APPLICATIONS[application], CRITERIA[criterion], &value.to_string()).is_ok() {
            prop_assert!(worker.undoes());
            prop_assert_eq!(&worker.desk.sheets, &before);
            prop_assert!(worker.redoes());
            prop_assert!(worker.undoes());
            prop_assert_eq!(&worker.desk.sheets, &before);
        }
    }

    #[test]
    fn replaying_the_entries_gives_the_desk(acts in acts()) {
        let mut worker = at_work();
        acts.iter().for_each(|one| act(&mut worker, one));
        prop_assert_eq!(&Desk::replay(worker.desk.entries.clone()).unwrap(), &worker.desk);
        let written: Vec<String> = worker.desk.entries.iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
        let read = written.iter().map(|line| serde_json::from_str(line).unwrap());
        prop_assert_eq!(&Desk::replay(read).unwrap(), &worker.desk);
    }

    #[test]
    fn a_reading_order_is_a_permutation_and_the_same_every_time(seed in "[ -~]{0,40}", reviewer in 1..=5_u32) {
        let reviewer = of(&format!("R0{reviewer}"));
        let order = reading_order(&package(), &reviewer, &seed);
        prop_assert_eq!(&order, &reading_order(&package(), &reviewer, &seed));
        let mut sorted = order;
        sorted.sort();
        prop_assert_eq!(sorted, ["sx-0001", "sx-0002", "sx-0003", "sx-0004"].map(of));
    }

    #[test]
    fn a_shuffle_loses_and_doubles_nothing(mut list in prop::collection::vec(any::<u8>(), 0..200), seed in ".{0,20}") {
        let mut sorted = list.clone();
        sorted.sort_unstable();
        shuffle(&mut list, &seed);
        list.sort_unstable();
        prop_assert_eq!(list, sorted);
    }

    #[test]
    fn the_number_grammar_is_the_documented_one(text in "[-+0-9.eE ８]{0,9}") {
        prop_assert_eq!(text.parse::<Points>().is_ok(), is_points(&text), "{:?}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_and_what_is_read_prints_back(text in "\\PC{0,12}") {
        if let Ok(value) = text.parse::<Points>() {
            prop_assert_eq!(value.to_string().parse::<Points>(), Ok(value));
        }
    }

    #[test]
    fn every_score_on_the_step_and_in_range_is_admitted_and_no_other(hundredths in 0..1500_u32) {
        let mut worker = at_work();
        let value = Points::exact(Decimal::new(i64::from(hundredths), 2)).unwrap();
        let admitted = worker.scores("sx-0001", "A1", &value.to_string()).is_ok();
        prop_assert_eq!(admitted, hundredths <= 1000 && hundredths % 50 == 0);
    }
}

/// One dimension whose criteria all spread N/A.
fn even_rubric(maxima: &[u32], weights: &[u32]) -> Rubric {
    let mut rubric = rubric();
    let pattern = rubric.criteria[2].clone();
    rubric.criteria.clear();
    let mut sum = Decimal::ZERO;
    for (index, (max, weight)) in maxima.iter().zip(weights).enumerate() {
        let (max, weight) = (Decimal::from(*max), Decimal::from(*weight));
        sum += max * weight;
        let mut criterion = pattern.clone();
        criterion.id = of(&format!("B{index}"));
        criterion.max = Points::exact(max).unwrap();
        criterion.weight = Points::exact(weight).unwrap();
        criterion.na = NotApplicablePolicy::Redistribute;
        rubric.criteria.push(criterion);
    }
    rubric.dimensions = vec![rubric.dimensions[1].clone()];
    rubric.dimensions[0].max = Points::exact(sum).unwrap();
    rubric
}
