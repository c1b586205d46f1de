//! What a reviewer does all day.

use pingyi::domain::{
    sheet::{Cell, Declaration, Status},
    text::Language,
};

use crate::support::{
    rules::of,
    screens::{Look, SMALL, World, crowd, picture, press, screen, with},
};

/// Goes to an application's sheet by finding it, declaring that there is no conflict.
const TO_SHEET: &str = "ctrl-f sx-0013 enter 1";

fn value(world: &World, application: &str, criterion: &str) -> String {
    match world.desk.sheet(&of(application)).cell(&of(criterion)) {
        Cell::Blank => String::new(),
        Cell::Scored { value } => value.to_string(),
        Cell::NotApplicable { .. } => "na".to_owned(),
    }
}

#[test]
fn fifteen_criteria_take_their_digits_their_enters_and_three_keys_more() {
    let mut world = World::sample();
    // The application is declared; the first row of the worklist is the one to score.
    let first = world.index.rows[0].application.clone();
    let change = world.desk.set_declaration(&first, Some(Declaration::NoConflict)).unwrap();
    pingyi::tui::acts::Acts::record(&mut world, change).unwrap();
    let values = ["7.5", "7", "5.5", "7", "7", "5", "5", "7", "5", "4", "5", "6", "5", "6", "4"];
    let mut keys = vec!["enter".to_owned()];
    for value in values {
        keys.extend(value.chars().map(|c| c.to_string()));
        keys.push("enter".to_owned());
    }
    let digits: usize = values.iter().map(|value| value.len()).sum();
    assert!(keys.len() <= digits + values.len() + 3);
    with(&mut world, SMALL, &keys.join(" "), |_| ());
    let scored: Vec<String> = world
        .package
        .rubric
        .asked()
        .filter(|criterion| !criterion.advisory)
        .map(|criterion| value(&world, first.as_str(), criterion.id.as_str()))
        .collect();
    assert_eq!(scored, values);
}

#[test]
fn a_value_out_of_range_or_off_the_step_leaves_the_cell_and_says_why_below_it() {
    let mut world = World::sample();
    for (typed, words) in [("9", "超出"), ("7 . 3", "步长"), (". .", "不是分值")] {
        let picture = screen(&mut world, SMALL, &format!("{TO_SHEET} 7 enter up {typed} enter"));
        assert!(picture.contains(words), "{typed}: {picture}");
        assert!(picture.lines().any(|line| line.starts_with("> A1")), "the cursor stays: {picture}");
        assert_eq!(value(&world, "sx-0013", "A1"), "7");
        world = World::sample();
    }
}

#[test]
fn full_width_digits_and_the_chinese_full_stop_are_meant_as_what_they_look_like() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} ７ 。 ５ enter"), |_| ());
    assert_eq!(value(&world, "sx-0013", "A1"), "7.5");
}

#[test]
fn plus_minus_and_the_arrows_go_by_the_rubrics_step_and_stop_at_its_ends() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} 7 enter up right right + - left"), |_| ());
    assert_eq!(value(&world, "sx-0013", "A1"), "7", "up twice, refused at 8.5, down twice");
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 8 enter up right right right", |_| ());
    assert_eq!(value(&world, "sx-0013", "A1"), "8", "the end of the range is the end");
}

#[test]
fn a_chinese_comment_of_two_lines_is_recorded_and_the_cursor_follows_it() {
    let mut world = World::sample();
    let cursor = with(&mut world, SMALL, &format!("{TO_SHEET} f2 评审意见创唛"), |app| {
        let (lines, cursor) = picture(app, SMALL.size);
        let row = lines.iter().position(|line| line.starts_with("评审意见创唛")).unwrap();
        let cursor = cursor.unwrap();
        assert_eq!(usize::from(cursor.y), row);
        press(app, "paste:第一行\\n第二行 esc");
        cursor.x
    });
    assert_eq!(cursor, 12, "six characters of two columns");
    assert_eq!(world.desk.sheet(&of("sx-0013")).comment(&of("A1")), "评审意见创唛第一行\n第二行");
}

#[test]
fn a_comment_is_recorded_when_the_typing_pauses_and_once_only() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} f2 abc"), |app| {
        app.flush();
        app.flush();
        press(app, "def");
        app.flush();
        press(app, "esc");
    });
    assert_eq!(world.desk.sheet(&of("sx-0013")).comment(&of("A1")), "abcdef");
    let comments = world.desk.entries.iter().filter(|entry| matches!(entry.change, pingyi::domain::change::Change::Comment { .. })).count();
    assert_eq!(comments, 2, "what did not change is not recorded again");
}

#[test]
fn shortcuts_are_letters_while_a_comment_is_written() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} f2 jkhlg:?o/ 7 enter d esc"), |_| ());
    assert_eq!(world.desk.sheet(&of("sx-0013")).comment(&of("A1")), "jkhlg:?o/7\nd");
}

#[test]
fn not_applicable_is_refused_where_the_rubric_forbids_it() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, &format!("{TO_SHEET} ctrl-n"));
    assert!(picture.contains("不适用"), "{picture}");
    assert_eq!(value(&world, "sx-0013", "A1"), "");
}

#[test]
fn three_steps_go_back_and_one_comes_again() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} 7 enter 6 enter 5 enter 4 enter ctrl-z ctrl-z ctrl-z ctrl-y"), |_| ());
    let values: Vec<String> = ["A1", "A2", "A3", "A4"].iter().map(|id| value(&world, "sx-0013", id)).collect();
    assert_eq!(values, ["7", "6", "", ""]);
    with(&mut world, SMALL, "ctrl-y", |_| ());
    assert_eq!(value(&world, "sx-0013", "A3"), "5", "undo and redo work on every screen");
}

#[test]
fn a_sheet_opens_only_after_the_conflict_question() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, "ctrl-f sx-0013 enter");
    assert!(picture.contains("应当回避的情形"), "{picture}");
    assert!(world.desk.sheets.is_empty());
    let picture = screen(&mut world, SMALL, "ctrl-f sx-0013 enter 1");
    assert!(picture.contains("A1"), "{picture}");
    assert_eq!(world.desk.sheet(&of("sx-0013")).declaration, Some(Declaration::NoConflict));
}

#[test]
fn a_recusal_wants_a_ground_in_words() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, "ctrl-f sx-0013 enter 2 tab");
    assert!(picture.contains("理由") && world.desk.sheets.is_empty(), "{picture}");
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 2 曾在该校任教 tab", |_| ());
    let sheet = world.desk.sheet(&of("sx-0013"));
    assert!(matches!(sheet.declaration, Some(Declaration::Conflict { ref text, .. }) if text == "曾在该校任教"), "{sheet:?}");
    let picture = screen(&mut world, SMALL, "ctrl-f sx-0013 enter");
    assert!(picture.contains("正文"), "a recused application can be read and not scored: {picture}");
}

#[test]
fn an_employer_that_is_the_applicant_is_pointed_out() {
    let mut world = World::of(crate::support::screens::SAMPLE.clone(), "R05");
    let picture = screen(&mut world, Look { size: (100, 30), ..SMALL }, "ctrl-f sx-0006 enter");
    assert!(picture.contains("请注意"), "{picture}");
}

/// Fills the whole sheet of sx-0013 and leaves it.
const FILL: &str = "ctrl-f sx-0013 enter 1 7 . 5 enter 7 enter 5 . 5 enter 7 enter 7 . 5 enter 5 enter 5 . 5 enter 7 enter 5 enter 4 . 5 enter 5 . 5 \
                    enter 6 enter 5 . 5 enter 6 enter 4 . 5 enter";

#[test]
fn a_complete_sheet_is_handed_in_with_one_key_and_taken_back_with_another() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{FILL} f9"), |_| ());
    assert_eq!(world.desk.sheet(&of("sx-0013")).status, Status::Submitted);
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 7 enter", |_| ());
    assert_eq!(value(&world, "sx-0013", "A1"), "7.5", "a handed-in sheet is closed");
    with(&mut world, SMALL, "ctrl-f sx-0013 ctrl-w", |_| ());
    assert_eq!(world.desk.sheet(&of("sx-0013")).status, Status::Draft);
}

#[test]
fn what_is_missing_is_a_list_whose_lines_lead_to_their_cells() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} 7 enter 6 enter"), |_| ());
    let only: Vec<_> = world.index.rows.iter().filter(|row| row.application != of("sx-0013")).map(|row| row.application.clone()).collect();
    for id in only {
        let change = world.desk.set_declaration(&id, Some(Declaration::Declined { reason: "时间冲突".to_owned() })).unwrap();
        pingyi::tui::acts::Acts::record(&mut world, change).unwrap();
    }
    let picture = screen(&mut world, SMALL, "f5");
    assert!(picture.contains("A3") && !picture.contains(" A1 "), "{picture}");
    let picture = screen(&mut world, SMALL, "f5 2");
    assert!(picture.lines().any(|line| line.starts_with("> A4")), "the second line leads to the second gap: {picture}");
}

#[test]
fn signing_wants_four_digits_that_stand_on_the_screen() {
    let mut world = World::sample();
    let ids: Vec<_> = world.index.rows.iter().map(|row| row.application.clone()).collect();
    for id in ids {
        let change = world.desk.set_declaration(&id, Some(Declaration::Declined { reason: "时间冲突".to_owned() })).unwrap();
        pingyi::tui::acts::Acts::record(&mut world, change).unwrap();
    }
    let picture = screen(&mut world, SMALL, "f9 enter enter enter");
    assert!(picture.contains("键入 1234"), "{picture}");
    with(&mut world, SMALL, "f9 enter enter enter enter enter 9 9 9 9 enter esc", |_| ());
    assert!(world.exported.is_empty(), "neither Enter nor other digits sign");
    with(&mut world, SMALL, "f9 enter enter enter 1 2 3 4 enter", |_| ());
    assert_eq!(world.exported, [std::path::PathBuf::from("/stick")]);
}

#[test]
fn an_attachment_opens_by_its_number() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f sx-0002 f3 5 2", |_| ());
    assert_eq!(world.viewed, ["sx-0002/gb-agreement.txt"]);
}

#[test]
fn the_pledge_comes_first() {
    let mut world = World::sample();
    world.pledged = false;
    let picture = screen(&mut world, SMALL, "");
    assert!(picture.contains("承诺"), "{picture}");
    let picture = screen(&mut world, SMALL, "enter");
    assert!(world.pledged && picture.contains("评审项目"), "{picture}");
}

#[test]
fn the_first_package_is_opened_by_its_path_after_a_look_at_the_fingerprint() {
    let mut world = World::sample();
    world.has_work = false;
    let picture = screen(&mut world, SMALL, "1 /nowhere enter");
    assert!(picture.contains("/nowhere"), "{picture}");
    let picture = screen(&mut world, SMALL, "1 paste:/stick/package.zip enter");
    assert!(picture.contains("4EFM-APM3-5VQQ-QM92-6G69-QVUS"), "{picture}");
    with(&mut world, SMALL, "1 paste:/stick/package.zip enter 2", |_| ());
    assert_eq!(world.accepted.as_deref(), Some("R02"));
}

#[test]
fn the_language_changes_at_once_and_the_place_stays() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, &format!("{TO_SHEET} 7 enter 6 enter f6"));
    assert!(picture.contains("Chain layout and radiation"), "{picture}");
    assert!(picture.lines().any(|line| line.starts_with("> A3")), "{picture}");
    assert_eq!(world.kept.unwrap().language, Language::En);
}

#[test]
fn own_scores_stand_side_by_side_and_lead_back_to_the_sheet() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{TO_SHEET} 7 enter 6 enter"), |_| ());
    let picture = screen(&mut world, SMALL, "f7 right");
    let first = picture.lines().nth(2).unwrap();
    assert!(first.contains("sx-0013") && first.contains("13.00"), "the only one with a total comes first: {picture}");
    let picture = screen(&mut world, SMALL, "f7 right enter");
    assert!(picture.starts_with("sx-0013"), "{picture}");
}

#[test]
fn a_call_of_five_thousand_applications_is_walked_like_a_small_one() {
    let mut world = World::of(crowd(5_000), "R02");
    assert_eq!(world.index.rows.len(), world.package.assigned_to(&of("R02")).len());
    let last = world.index.rows.last().unwrap().application.to_string();
    with(&mut world, SMALL, "end", |app| {
        let (lines, _) = picture(app, (80, 24));
        let chosen: Vec<&String> = lines.iter().filter(|line| line.starts_with('>')).collect();
        assert!(chosen.len() == 1 && chosen[0].contains(&last), "{lines:#?}");
    });
}
