//! Saving, taking back and leaving: what is on the screen is what is stored, and what was typed is not lost.

use pingyi::{
    domain::{
        change::{Change, Link},
        desk::LONGEST_COMMENT,
        sheet::{Cell, Declaration},
    },
    tui::acts::Acts,
};

use crate::support::{
    places::decline_all,
    rules::of,
    screens::{SMALL, World, picture, press, screen, with},
};

const SHEET: &str = "ctrl-f sx-0013 enter 1";
const AGAIN: &str = "ctrl-f sx-0013 enter";

fn value(world: &World, application: &str, criterion: &str) -> String {
    world.desk.sheet(&of(application)).cell(&of(criterion)).value().map(|value| value.to_string()).unwrap_or_default()
}

fn comment(world: &World) -> String {
    world.desk.sheet(&of("sx-0013")).comment(&of("A1")).to_owned()
}

fn links(world: &World) -> Vec<Option<Link>> {
    world.desk.entries.iter().map(|entry| entry.link).collect()
}

#[test]
fn every_accepted_field_is_one_entry_and_one_step_back() {
    let mut world = World::sample();
    with(&mut world, SMALL, SHEET, |_| ());
    let start = world.desk.entries.len();
    let steps =
        [("7 . 5 enter", 1), ("6 enter", 1), ("+", 1), ("enter f2 好 esc", 1), ("f2 esc", 0), ("down 4 esc", 0), ("7 enter 5 enter", 2)];
    with(&mut world, SMALL, AGAIN, |app| {
        for (keys, _) in steps {
            press(app, keys);
        }
    });
    let wanted: usize = steps.iter().map(|(_, count)| count).sum();
    assert_eq!(world.desk.entries.len() - start, wanted, "{:#?}", &world.desk.entries[start..]);
    with(&mut world, SMALL, &"ctrl-z ".repeat(wanted), |_| ());
    let sheet = world.desk.sheet(&of("sx-0013"));
    assert!(sheet.cells.is_empty() && sheet.comments.is_empty() && sheet.declaration.is_some(), "{sheet:?}");
    assert_eq!(world.desk.entries.len(), start + 2 * wanted, "taking back is an entry of its own; history only grows");
}

#[test]
fn undo_and_redo_go_across_screens_and_applications_and_say_what_they_did() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{SHEET} 7 enter esc esc ctrl-f sx-0002 enter 1 5 enter"), |_| ());
    for (keys, first, second) in [("ctrl-z", "7", ""), ("f7 ctrl-z", "7", ""), ("f8 ctrl-z", "", ""), ("f5 ctrl-y ctrl-y ctrl-y", "7", "5")]
    {
        let picture = screen(&mut world, SMALL, keys);
        assert!(picture.contains("已撤销，现为") || picture.contains("已重做"), "{keys}: {picture}");
        assert_eq!((value(&world, "sx-0013", "A1").as_str(), value(&world, "sx-0002", "A1").as_str()), (first, second), "{keys}");
    }
    let undone = links(&world).iter().filter(|link| matches!(link, Some(Link::Undoes(_)))).count();
    let redone = links(&world).iter().filter(|link| matches!(link, Some(Link::Redoes(_)))).count();
    assert_eq!((undone, redone), (3, 3), "the answer to the conflict question between them is a step too");
}

#[test]
fn nothing_to_take_back_is_said_and_is_no_entry() {
    let mut world = World::sample();
    for (keys, words) in [("ctrl-z", "没有可以撤销的更改"), ("ctrl-y", "没有可以重做的更改")] {
        assert!(screen(&mut world, SMALL, keys).contains(words) || screen(&mut world, SMALL, keys).contains("没有可以撤销"), "{keys}");
    }
    assert_eq!(world.desk.entries.len(), 1);
}

#[test]
fn a_new_change_ends_the_way_forward() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{SHEET} 7 enter ctrl-z 6 enter ctrl-y"), |_| ());
    assert_eq!((value(&world, "sx-0013", "A1"), value(&world, "sx-0013", "A2")), (String::new(), "6".to_owned()));
}

#[test]
fn undo_while_writing_takes_back_the_last_piece_and_the_text_shows_it() {
    let mut world = World::sample();
    let lines = with(&mut world, SMALL, &format!("{SHEET} f2 甲"), |app| {
        app.flush();
        press(app, "乙");
        press(app, "ctrl-z");
        let lines = picture(app, SMALL.size).0;
        press(app, "esc");
        lines
    });
    assert!(lines.iter().any(|line| line == "甲"), "the piece after the pause is gone: {lines:#?}");
    assert_eq!(comment(&world), "甲", "closing does not bring back what was taken back");
    with(&mut world, SMALL, &format!("{AGAIN} f2 ctrl-y esc"), |_| ());
    assert_eq!(comment(&world), "甲乙");
}

#[test]
fn a_comment_is_recorded_when_the_window_changes_when_another_screen_opens_and_when_one_leaves() {
    for (way, keys) in
        [("another screen", "f1"), ("the commands", "ctrl-p"), ("what is missing", "f5"), ("saving now", "ctrl-s"), ("leaving", "ctrl-q")]
    {
        let mut world = World::sample();
        let is_over = with(&mut world, SMALL, &format!("{SHEET} f2 评语 {keys}"), |app| app.is_over());
        assert_eq!(comment(&world), "评语", "{way}");
        assert_eq!(is_over, keys == "ctrl-q", "{way}: everything is saved, so nobody is asked");
    }
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{SHEET} f2 评语"), |app| {
        assert!(app.is_writing(), "the loop waits for silence only while a text is open");
        // The loop flushes on a resize, on a signal, and when no key came for a moment.
        app.flush();
    });
    assert_eq!(comment(&world), "评语");
}

#[test]
fn coming_back_to_a_text_finds_the_cursor_in_it() {
    with(&mut World::sample(), SMALL, &format!("{SHEET} f2 评语 f1"), |app| {
        press(app, "esc");
        let (lines, cursor) = picture(app, SMALL.size);
        assert!(lines.iter().any(|line| line == "评语") && cursor.is_some_and(|cursor| cursor.x == 4), "{cursor:?} {lines:#?}");
        assert!(app.is_writing());
    });
}

#[test]
fn a_text_that_could_not_be_saved_stays_open_and_is_saved_when_there_is_room() {
    let mut world = World::sample();
    with(&mut world, SMALL, SHEET, |_| ());
    world.full = true;
    with(&mut world, SMALL, &format!("{AGAIN} f2 评语 esc"), |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("未能保存") && lines.contains("\n评语"), "{lines}");
        assert!(lines.contains("再按一次 Esc"), "{lines}");
        assert!(app.is_writing());
    });
    assert_eq!(comment(&world), "", "the store holds what it says it holds");
    // The second Esc in a row is an answer; any key in between is a second thought.
    let still = with(&mut world, SMALL, &format!("{AGAIN} f2 评语 esc 。 esc"), |app| app.is_writing());
    assert!(still);
    assert!(!with(&mut world, SMALL, &format!("{AGAIN} f2 评语 esc esc"), |app| app.is_writing()));
    world.full = false;
    with(&mut world, SMALL, &format!("{AGAIN} f2 评语 esc"), |_| ());
    assert_eq!(comment(&world), "评语");
}

#[test]
fn a_text_that_is_too_long_stays_open_with_the_reason() {
    let mut world = World::sample();
    let lines = with(&mut world, SMALL, &format!("{SHEET} f2"), |app| {
        app.paste(&"长".repeat(LONGEST_COMMENT));
        press(app, "超 esc");
        assert!(app.is_writing());
        picture(app, SMALL.size).0.join("\n")
    });
    assert!(lines.contains("4001") && lines.contains("4000"), "{lines}");
    assert_eq!(comment(&world), "");
    with(&mut world, SMALL, &format!("{AGAIN} f2"), |app| {
        app.paste(&"长".repeat(LONGEST_COMMENT));
        press(app, "超 esc backspace esc");
        assert!(!app.is_writing());
    });
    assert_eq!(comment(&world).chars().count(), LONGEST_COMMENT);
}

#[test]
fn leaving_is_guarded_by_what_would_be_lost_and_by_nothing_else() {
    let table = [
        ("nothing typed", "", true),
        ("a score accepted", "ctrl-f sx-0013 enter 1 7 enter", true),
        ("digits not accepted", "ctrl-f sx-0013 enter 1 7 .", false),
        ("digits below another screen", "ctrl-f sx-0013 enter 1 7 f8", false),
        ("a comment in writing", "ctrl-f sx-0013 enter 1 f2 评语", true),
        ("a reason not declared", "ctrl-f sx-0013 enter 2 曾任教", false),
        ("a reason gone back from", "ctrl-f sx-0013 enter 2 曾任教 esc", false),
        ("a reason declared", "ctrl-f sx-0013 enter 2 曾任教 tab", true),
        ("a line of finding", "ctrl-f 实训", true),
        ("a command looked for", "ctrl-p 对比", true),
    ];
    for (what, keys, leaves) in table {
        with(&mut World::sample(), SMALL, &format!("{keys} ctrl-q"), |app| {
            assert_eq!(app.is_over(), leaves, "{what}");
            if !leaves {
                let lines = picture(app, SMALL.size).0.join("\n");
                assert!(lines.contains("再按一次 Ctrl+Q"), "{what}: {lines}");
                press(app, "ctrl-q");
                assert!(app.is_over(), "{what}: the second time leaves");
            }
        });
    }
}

#[test]
fn a_reason_is_not_thrown_away_by_esc_and_follows_to_another_ground() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 2 曾任教 esc esc", |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("所写理由尚未申报"), "{lines}");
        press(app, "3 。 tab");
    });
    let declared = world.desk.sheet(&of("sx-0013")).declaration;
    assert!(matches!(&declared, Some(Declaration::Conflict { text, .. }) if text == "曾任教。"), "{declared:?}");
    let mut world = World::sample();
    let title = screen(&mut world, SMALL, "ctrl-f sx-0013 enter 2 曾任教 esc esc esc");
    assert!(title.starts_with("评审项目") && world.desk.sheets.is_empty(), "the second time leaves: {title}");
}

#[test]
fn a_failed_save_leaves_the_screen_at_what_is_stored() {
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{SHEET} 7 enter"), |_| ());
    world.full = true;
    for (keys, refused) in [("up 6 enter", true), ("ctrl-z", true), ("ctrl-w", false), ("up delete", true)] {
        let picture = screen(&mut world, SMALL, &format!("{AGAIN} down {keys}"));
        assert_eq!(picture.contains("未能保存"), refused, "{keys}: {picture}");
        assert!(picture.contains("暂计 7.00"), "{keys}: {picture}");
        assert_eq!(world.desk.sheet(&of("sx-0013")).cell(&of("A1")), Cell::Scored { value: of("7") }, "{keys}");
    }
}

#[test]
fn handing_in_and_signing_stop_at_the_first_thing_that_cannot_be_saved() {
    let mut world = World::sample();
    decline_all(&mut world);
    let before = world.desk.entries.len();
    world.full = true;
    with(&mut world, SMALL, "f9 enter enter enter esc ctrl-s", |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("未能保存"), "{lines}");
    });
    assert_eq!(world.desk.entries.len(), before);
    assert!(world.record(Change::Pledge { digest: "0".repeat(64) }).is_err());
}
