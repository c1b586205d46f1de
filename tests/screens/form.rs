//! The form: a cell takes digits and nothing else, says what it refuses, and never loses what it had.

use pingyi::domain::{
    number::Points,
    rubric::NotApplicablePolicy,
    sheet::{Cell, Status},
    text::Language,
};

use crate::support::{
    rules::of,
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const SHEET: &str = "ctrl-f sx-0013 enter 1";

fn value(world: &World, criterion: &str) -> String {
    match world.desk.sheet(&of("sx-0013")).cell(&of(criterion)) {
        Cell::Blank => String::new(),
        Cell::Scored { value } => value.to_string(),
        Cell::NotApplicable { reason } => format!("na: {reason}"),
    }
}

#[test]
fn what_a_cell_makes_of_keys() {
    // Keys on A1 (0 to 8, step 0.5), and what stands in the cell afterwards.
    let table = [
        ("7 enter", "7", "a digit and Enter"),
        ("7 . 5 enter", "7.5", "one separator"),
        ("7 。 5 enter", "7.5", "the Chinese full stop"),
        ("７ ． ５ enter", "7.5", "full-width throughout"),
        ("7 . . 5 enter", "7.5", "the second separator is a slip"),
        ("7 , enter", "7", "a comma is ignored"),
        ("7 ， enter", "7", "a Chinese comma is ignored"),
        ("7 . enter", "7", "a separator with nothing behind it"),
        ("6 enter up 7 enter", "7", "typed digits replace the value"),
        ("6 enter up 7 esc", "6", "Esc takes the digits back and keeps the value"),
        ("7 8 backspace enter", "7", "Backspace takes one digit back"),
        ("7 backspace enter", "", "the last one leaves the cell as it was"),
        ("7 tab", "7", "Tab accepts and goes on"),
        ("7 down", "7", "so do the arrows"),
        ("7 end", "7", "and the jump to the end"),
        ("7 f2 esc", "7", "and the way to the comment"),
        ("7 esc enter", "", "but not Esc"),
        ("+ +", "1", "plus goes up by the step, from the lowest value"),
        ("＋ ＋ －", "0.5", "full-width plus and minus"),
        ("right right left", "0.5", "arrows step too"),
        ("7 enter up delete", "", "Delete clears"),
        ("7 enter up 9 enter", "7", "out of range"),
        ("7 enter up 7 . 3 enter", "7", "off the step"),
        ("7 enter up 0 7 enter", "7", "a nought in front is no figure"),
        ("7 enter up 1 0 0 0 0 0 0 0 enter", "7", "far out of range"),
        ("8 enter up +", "8", "a step beyond the end"),
        ("0 enter up -", "0", "a step below the beginning"),
        ("评 enter", "", "a Chinese character is no figure"),
    ];
    for (keys, wanted, why) in table {
        let mut world = World::sample();
        with(&mut world, SMALL, &format!("{SHEET} {keys}"), |_| ());
        assert_eq!(value(&world, "A1"), wanted, "{why}: {keys}");
    }
}

#[test]
fn a_refusal_stands_below_the_cell_in_words_and_goes_with_the_next_key() {
    for (language, out, off) in [(Language::Zh, "超出", "间隔"), (Language::En, "outside", "step")] {
        for (typed, figure, words) in [("9", "9", out), ("7 . 3", "7.3", off)] {
            with(&mut World::sample(), Look { language, ..SMALL }, &format!("{SHEET} {typed} enter"), |app| {
                let lines = picture(app, SMALL.size).0;
                let cell = lines.iter().position(|line| line.starts_with("> A1")).unwrap();
                let refusal = lines
                    .iter()
                    .position(|line| line.contains(words) && line.contains(figure))
                    .unwrap_or_else(|| panic!("{words}: {lines:#?}"));
                assert!(refusal > cell && refusal < lines.len() - 2, "below the cell, not in a popup: {lines:#?}");
                press(app, "7");
                let after = picture(app, SMALL.size).0;
                assert!(!after.contains(&lines[refusal]), "gone with the next key: {after:#?}");
            });
        }
    }
}

#[test]
fn range_and_step_stand_beside_every_cell() {
    let mut world = World::sample();
    let asked: Vec<(String, Points, Points, Points)> = {
        let rubric = &world.package.rubric;
        rubric.asked().map(|one| (one.id.to_string(), one.min, one.max, rubric.step_of(one))).collect()
    };
    with(&mut world, SMALL, SHEET, |app| {
        for (id, min, max, step) in asked {
            let lines = picture(app, SMALL.size).0.join("\n");
            assert!(lines.contains(&format!("> {id}")) || lines.contains(&format!(">*{id}")), "{id}: {lines}");
            let range = lines.lines().find(|line| line.contains("步长")).unwrap_or_else(|| panic!("{id}: {lines}"));
            for figure in [min, max, step] {
                assert!(range.contains(&figure.to_string()), "{id}: {range}");
            }
            press(app, "down");
        }
    });
}

#[test]
fn what_is_missing_says_so_by_a_word_and_the_total_runs_along() {
    let mut world = World::sample();
    let asked = world.package.rubric.asked().count();
    with(&mut world, Look { size: (80, 40), ..SMALL }, SHEET, |app| {
        let missing = |app: &mut pingyi::tui::app::App<'_>| picture(app, (80, 40)).0.iter().filter(|line| line.contains(" 缺/")).count();
        assert_eq!(missing(app), asked, "every cell is missing");
        for (keys, total, left) in [("7 . 5 enter", "7.50", asked - 1), ("6 enter", "13.50", asked - 2), ("ctrl-z", "7.50", asked - 1)] {
            press(app, keys);
            let lines = picture(app, (80, 40)).0;
            assert!(lines[1].contains(total) && lines[1].contains(&format!("{}/", asked - left)), "{keys}: {}", lines[1]);
            assert_eq!(missing(app), left, "{keys}");
        }
    });
}

#[test]
fn a_whole_application_takes_its_digits_and_enters_and_three_keys_more() {
    let mut world = World::sample();
    let values: Vec<String> = world.package.rubric.asked().map(|one| one.max.to_string()).collect();
    let mut keys: Vec<String> = ["enter", "1"].map(str::to_owned).to_vec();
    for value in &values {
        keys.extend(value.chars().map(|c| c.to_string()));
        keys.push("enter".to_owned());
    }
    let digits: usize = values.iter().map(String::len).sum();
    assert_eq!(keys.len(), digits + values.len() + 2, "open, declare, then nothing but digits and Enter");
    let first = world.index.rows[0].application.clone();
    with(&mut world, SMALL, &keys.join(" "), |_| ());
    let sheet = world.desk.sheet(&first);
    for (criterion, value) in world.package.rubric.asked().zip(&values) {
        assert_eq!(sheet.cell(&criterion.id).value().map(|value| value.to_string()).as_ref(), Some(value), "{}", criterion.id);
    }
    assert_eq!(values.len(), 16, "the rubric of the sample: fifteen criteria and one that only advises");
}

#[test]
fn a_comment_is_counted_in_characters_and_asked_for_before_it_is_missing() {
    let rule = |world: &World| world.package.rubric.asked().find(|one| one.comment.is_some()).map(|one| (one.id.to_string(), one.max));
    let mut world = World::sample();
    let (id, max) = rule(&world).unwrap();
    let steps = "down ".repeat(world.package.rubric.asked().position(|one| one.id.to_string() == id).unwrap());
    let before = screen(&mut world, Look { size: (80, 40), ..SMALL }, &format!("{SHEET} {steps}"));
    assert!(before.contains("须写明理由"), "the rule stands there: {before}");
    let after = screen(&mut World::sample(), Look { size: (80, 40), ..SMALL }, &format!("{SHEET} {steps} 0 enter up"));
    assert!(after.lines().any(|line| line.contains("0/") && line.contains("需评语")), "{max}: {after}");
    let picture = screen(&mut World::sample(), SMALL, &format!("{SHEET} {steps} f2 评审意见ab enter 𠮷"));
    assert!(picture.contains("（8字）"), "four, two, a line end and one: {picture}");
}

#[test]
fn not_applicable_wants_a_reason_where_the_rubric_allows_it() {
    let mut world = World::sample();
    let at = 2;
    let id = world.package.rubric.asked().nth(at).unwrap().id.clone();
    let criterion = world.package.rubric.criteria.iter_mut().find(|one| one.id == id).unwrap();
    criterion.na = NotApplicablePolicy::Redistribute;
    let steps = "down ".repeat(at);
    with(&mut world, SMALL, &format!("{SHEET} {steps} ctrl-n esc"), |_| ());
    assert_eq!(value(&world, id.as_str()), "", "without a reason nothing is recorded");
    let picture = screen(&mut world, SMALL, &format!("ctrl-f sx-0013 enter {steps} ctrl-n 无此设备 esc"));
    assert_eq!(value(&world, id.as_str()), "na: 无此设备");
    assert!(picture.lines().any(|line| line.starts_with(&format!("> {id}")) && line.contains("不适用")), "{picture}");
    with(&mut world, SMALL, &format!("ctrl-f sx-0013 enter {steps} 5 enter ctrl-z"), |_| ());
    assert_eq!(value(&world, id.as_str()), "na: 无此设备", "a value replaces it, and undo brings it back");
}

#[test]
fn a_sheet_that_was_handed_in_opens_no_text_that_could_not_be_kept() {
    let mut world = World::sample();
    with(&mut world, SMALL, SHEET, |_| ());
    world.desk.sheets.get_mut(&of("sx-0013")).unwrap().status = Status::Submitted;
    let before = world.desk.entries.len();
    for keys in ["f2 abc", "7 enter", "ctrl-n", "delete", "+"] {
        let picture = screen(&mut world, SMALL, &format!("ctrl-f sx-0013 enter {keys}"));
        assert!(picture.contains("已提交") || picture.contains("不允许"), "{keys}: {picture}");
    }
    assert_eq!(world.desk.entries.len(), before);
}
