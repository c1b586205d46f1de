//! Pasting: what a terminal marks as pasted, and what it only hands on as very fast keys.

use pingyi::{
    domain::desk::LONGEST_COMMENT,
    tui::{
        app::App,
        keymap::{Key, key_named},
        widgets::pasted::Pasted,
    },
};
use proptest::prelude::*;

use crate::support::{
    places::{Start, cells, faults},
    rules::of,
    screens::{SMALL, World, picture, press, with},
};

const COMMENT: &str = "ctrl-f sx-0013 enter 1 f2";

fn comment(world: &World) -> String {
    world.desk.sheet(&of("sx-0013")).comment(&of("A1")).to_owned()
}

/// The keys as which a terminal without marked pastes hands `text` on.
fn burst(text: &str) -> Vec<Key> {
    let key = |c: char| match c {
        '\n' => key_named("enter").unwrap(),
        '\t' => key_named("tab").unwrap(),
        c => Key { code: crossterm::event::KeyCode::Char(c), ctrl: false },
    };
    text.chars().map(key).collect()
}

/// What is recorded after `act` in an open comment and Esc.
fn written(act: impl FnOnce(&mut App<'_>)) -> (String, String) {
    let mut world = World::sample();
    let picture = with(&mut world, SMALL, COMMENT, |app| {
        act(app);
        assert!(app.is_writing(), "no shortcut fired");
        let lines = picture(app, SMALL.size).0.join("\n");
        press(app, "esc");
        lines
    });
    (comment(&world), picture)
}

#[test]
fn what_a_paste_becomes() {
    let table = [
        ("一\r\n二\r三\n四", "一\n二\n三\n四", "line ends of every system"),
        ("甲\t乙", "甲    乙", "a tab becomes blanks"),
        ("红\u{1b}[31m字\u{7}", "红[31m字", "what a terminal would obey is left out"),
        ("\u{9b}2J清", "2J清", "in one character too"),
        ("倒\u{202e}写\u{200b}宽\u{feff}", "倒写宽", "and what nobody would see"),
        ("𠮷野家 e\u{301} ①“”——", "𠮷野家 e\u{301} ①“”——", "everything else stays as it is"),
        ("jkq:?/7", "jkq:?/7", "no letter is a command"),
    ];
    for (pasted, wanted, why) in table {
        assert_eq!(written(|app| app.paste(pasted)).0, wanted, "{why}");
    }
}

#[test]
fn keys_that_lie_ready_at_once_are_a_paste() {
    let table = [
        ("第一行\n第二行", "第一行\n第二行", "Enter is a new line"),
        ("列一\t列二\t列三", "列一    列二    列三", "a tab with text behind it does not leave the field"),
        ("q:?/d7", "q:?/d7", "nothing is a command"),
        ("评审", "评审", "two keys are two keys"),
    ];
    for (text, wanted, why) in table {
        assert_eq!(written(|app| app.keys(&burst(text))).0, wanted, "{why}");
    }
}

#[test]
fn a_fast_hand_that_ends_with_tab_still_goes_on() {
    let mut world = World::sample();
    with(&mut world, SMALL, COMMENT, |app| {
        app.keys(&burst("好的。\t"));
        assert!(!app.is_writing());
    });
    assert_eq!(comment(&world), "好的。");
}

#[test]
fn a_burst_outside_a_text_is_keys_and_stops_when_one_leaves() {
    let mut world = World::sample();
    let rows = with(&mut world, SMALL, "", |app| {
        app.keys(&burst("jjj"));
        picture(app, SMALL.size).0.iter().position(|line| line.starts_with('>')).unwrap()
    });
    assert_eq!(rows, 6, "three rows down");
    with(&mut world, SMALL, "", |app| {
        app.keys(&[key_named("ctrl-q").unwrap(), key_named("7").unwrap(), key_named("enter").unwrap()]);
        assert!(app.is_over());
    });
    assert_eq!(world.desk.entries.len(), 1, "keys behind the farewell do nothing");
}

#[test]
fn a_paste_that_is_too_long_is_cut_with_a_message_and_what_was_there_stays() {
    let (text, picture) = written(|app| {
        press(app, "开头");
        app.paste(&"长".repeat(10 * LONGEST_COMMENT));
    });
    assert!(text.starts_with("开头长") && text.chars().count() == LONGEST_COMMENT, "{}", text.chars().count());
    let left = 10 * LONGEST_COMMENT - (LONGEST_COMMENT - 2);
    assert!(picture.contains(&format!("有{left}字未粘贴")), "{picture}");
}

#[test]
fn what_was_left_out_is_counted_and_said() {
    let (_, picture) = written(|app| app.paste("a\u{200b}b\u{202e}c"));
    assert!(picture.contains("2个不可见字符已去除"), "{picture}");
    let (_, picture) = written(|app| app.paste("abc\r\n"));
    assert!(!picture.contains("不可见"), "a line end is nothing odd: {picture}");
}

#[test]
fn a_field_of_one_line_takes_a_paste_as_one_line() {
    let mut world = Start::Bare.world();
    with(&mut world, SMALL, "1", |app| {
        app.paste("/stick/\u{200b}pack");
        app.paste("age.zip\r\n");
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("  /stick/package.zip\n"), "{lines}");
        press(app, "enter");
        assert!(picture(app, SMALL.size).0.join("\n").contains("4EFM-APM3"), "the path is whole");
    });
    with(&mut World::sample(), SMALL, "ctrl-f", |app| {
        app.paste(&"实训".repeat(100_000));
        assert!(picture(app, SMALL.size).0.join("\n").contains("字未粘贴"));
        app.paste("再来");
        assert!(faults(&cells(app, 80, 24)).is_empty());
    });
}

#[test]
fn where_nothing_is_written_a_paste_is_nothing() {
    for keys in ["", "f7", "f8", "f5", "f12", "f1", "f3 4", "ctrl-f sx-0013 enter", "ctrl-f sx-0013 enter 1"] {
        let mut world = World::sample();
        with(&mut world, SMALL, keys, |app| {
            let before = picture(app, SMALL.size).0;
            app.paste("7\nenter\u{1b}");
            assert_eq!(picture(app, SMALL.size).0[0], before[0], "{keys}: still the same screen");
        });
        assert!(world.desk.entries.len() <= 2, "{keys}: nothing was recorded but the answer that opened the sheet");
    }
}

#[test]
fn a_passphrase_can_be_pasted_and_is_never_shown() {
    let mut world = Start::Done.world();
    with(&mut world, SMALL, "f9 enter tab", |app| {
        app.paste("correct horse battery staple\r\n");
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(!lines.contains("horse") && lines.contains(&"*".repeat(28)), "{lines}");
    });
}

proptest! {
    #[test]
    fn of_any_paste_only_text_is_taken_and_nothing_is_lost_unsaid(text in any::<String>(), room in 0_usize..60) {
        let (taken, pasted) = Pasted::of(&text, '\n', room);
        prop_assert!(taken.chars().count() <= room);
        prop_assert!(!taken.contains(['\r', '\t', '\u{1b}', '\u{202e}', '\u{200b}']), "only text");
        let normal = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
        prop_assert_eq!(normal.chars().count(), taken.chars().count() + pasted.left_out + pasted.odd);
        prop_assert_eq!(pasted.effects().is_empty(), pasted == Pasted::default());
    }
}
