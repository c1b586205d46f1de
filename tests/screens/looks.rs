//! How the screens look: pictures in both languages and all sizes, colours and marks, and no size that breaks anything.

use pingyi::{
    domain::text::Language,
    tui::{
        settings::{Charset, THEMES, ThemeName},
        text::{cut, fold, pad, right, safe_line, width, wrap},
        theme::{Glyphs, ROLES, Theme},
    },
};
use proptest::prelude::*;
use ratatui::{buffer::Buffer, layout::Rect, style::Color};

use crate::support::places::PLACES as PLACES_OF_ALL;
use crate::support::screens::{Look, SMALL, World, lines, picture, press, screen, with};

/// Each screen, by the keys that lead to it.
const PLACES: [(&str, &str); 14] = [
    ("worklist", ""),
    ("declare", "ctrl-f sx-0006 enter"),
    ("sheet", "ctrl-f sx-0013 enter 1 7 . 5 enter 4 enter 9 enter"),
    ("comment", "ctrl-f sx-0013 enter 1 f2 评审意见 enter 第二行"),
    ("read", "ctrl-f sx-0013 enter 1 f3"),
    ("figures", "ctrl-f sx-0004 enter 1 f3 2"),
    ("money", "ctrl-f sx-0004 enter 1 f3 3"),
    ("position", "ctrl-f sx-0020 enter 1 f3 4"),
    ("files", "ctrl-f sx-0019 enter 1 f3 5"),
    ("compare", "f7"),
    ("check", "f5"),
    ("journal", "ctrl-f sx-0013 enter 1 7 enter 6 enter ctrl-z f8"),
    ("palette", "ctrl-p"),
    ("settings", "f12"),
];

const SIZES: [(u16, u16); 3] = [(120, 40), (80, 24), (60, 16)];

#[test]
fn the_screens_look_as_they_did() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, keys) in PLACES {
            for size in SIZES {
                for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    let look = Look { language, size, ..SMALL };
                    let picture = screen(&mut World::sample(), look, keys);
                    insta::assert_snapshot!(format!("{name}-{}x{}-{tag}", size.0, size.1), picture);
                }
            }
        }
    });
}

#[test]
fn the_screens_before_and_after_the_work_look_as_they_did() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        let wanted = ["welcome, path", "arrival", "pledge", "declare, reason", "help", "export", "export, popup", "open-file", "arrival, request"];
        for (name, start, keys) in PLACES_OF_ALL.into_iter().filter(|(name, ..)| wanted.contains(name)) {
            for size in [(80, 24), (60, 16)] {
                for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    let picture = screen(&mut start.world(), Look { language, size, ..SMALL }, keys);
                    insta::assert_snapshot!(format!("{}-{}x{}-{tag}", name.replace(", ", "-"), size.0, size.1), picture);
                }
            }
        }
    });
}

#[test]
fn no_line_is_wider_than_its_window() {
    for (name, keys) in PLACES {
        for size in SIZES {
            with(&mut World::sample(), Look { size, ..SMALL }, keys, |app| {
                for line in picture(app, size).0 {
                    assert!(width(&line) <= usize::from(size.0), "{name} {size:?}: {line}");
                }
            });
        }
    }
}

#[test]
fn ascii_is_enough_for_every_mark_and_line() {
    for (name, keys) in PLACES {
        let picture = screen(&mut World::sample(), Look { ascii: true, size: (120, 40), ..SMALL }, keys);
        for odd in ['│', '─', '✓', '✗', '→'] {
            // The arrow stands in words of the journal, which are text and no line of ours.
            assert!(odd == '→' || !picture.contains(odd), "{name}: {odd}");
        }
    }
    assert!(Glyphs::new(Charset::Auto, false).ascii && !Glyphs::new(Charset::Auto, true).ascii);
}

#[test]
fn without_colours_there_are_none() {
    for (name, keys) in PLACES {
        with(&mut World::sample(), Look { mono: true, ..SMALL }, keys, |app| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
            app.draw(&mut buffer);
            let plain = buffer.content().iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset);
            assert!(plain, "{name}");
        });
    }
}

#[test]
fn only_the_sixteen_colours_of_the_terminal_are_used_and_never_a_background() {
    for name in THEMES {
        for role in ROLES {
            let style = Theme::new(name, false).style(role);
            assert!(style.bg.is_none(), "{name:?} {role:?}");
            assert!(!matches!(style.fg, Some(Color::Rgb(..) | Color::Indexed(_))), "{name:?} {role:?}");
            let mono = Theme::new(name, true).style(role);
            assert!(mono.fg.is_none() && mono.bg.is_none(), "{name:?} {role:?}");
        }
    }
    assert_eq!(Theme::new(ThemeName::Mono, false), Theme::new(ThemeName::Mono, true));
}

#[test]
fn a_popup_over_chinese_text_keeps_its_left_edge() {
    let mut world = World::sample();
    for columns in 60..90 {
        with(&mut world, Look { size: (columns, 24), ..SMALL }, "f7 f9", |app| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 24));
            app.draw(&mut buffer);
            for line in lines(&buffer) {
                assert!(width(&line) <= usize::from(columns), "{columns}: {line}");
            }
        });
    }
}

#[test]
fn chinese_is_cut_by_columns_and_never_in_half() {
    assert_eq!((width("产教融合"), width("abc"), width("，。")), (8, 3, 4));
    assert_eq!((cut("产教融合实训基地", 9).as_str(), cut("abc", 3).as_str(), cut("产教", 1).as_str()), ("产教融..", "abc", ""));
    assert_eq!((pad("产", 4).as_str(), right("7.5", 6).as_str()), ("产  ", "   7.5"));
    assert_eq!(wrap("平台，公共。", 6), ["平台，", "公共。"], "no line begins with a full stop or a comma");
    assert_eq!(wrap("产教融合platform是推动", 12), ["产教融合", "platform是推", "动"]);
    assert_eq!(safe_line("a\u{1b}b\tc"), "a<U+001B>b    c");
    assert_eq!(('７', '。', '：', '中').map(fold), ('7', '.', ':', '中').map(|c| c));
}

trait Each {
    fn map(self, f: fn(char) -> char) -> (char, char, char, char);
}

impl Each for (char, char, char, char) {
    fn map(self, f: fn(char) -> char) -> (char, char, char, char) {
        (f(self.0), f(self.1), f(self.2), f(self.3))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_size_and_no_keys_break_a_screen(columns in 1_u16..200, rows in 1_u16..60, keys in proptest::collection::vec(0_usize..26, 0..40)) {
        let names = ["up", "down", "enter", "esc", "tab", "pagedown", "left", "right", "f2", "f3", "f5", "f7", "f8", "f9", "ctrl-p", "f1", "f12",
            "ctrl-z", "ctrl-y", "7", "5", ".", "评", "ctrl-n", "delete", "f4"];
        with(&mut World::sample(), Look { size: (columns, rows), ..SMALL }, "", |app| {
            for key in keys {
                press(app, names[key]);
                let (lines, cursor) = picture(app, (columns, rows));
                prop_assert!(lines.iter().all(|line| width(line) <= usize::from(columns)));
                prop_assert!(cursor.is_none_or(|cursor| cursor.x < columns && cursor.y < rows), "{cursor:?} in {columns}x{rows}");
            }
            Ok(())
        })?;
    }

    #[test]
    fn cutting_and_padding_never_exceed_their_columns(text in "\\PC{0,40}", columns in 0_usize..60) {
        prop_assert!(width(&cut(&text, columns)) <= columns);
        prop_assert_eq!(width(&pad(&text, columns)), columns);
    }
}
