//! Widths and looks: characters on which terminals disagree, cuts and breaks of lines, popups over Chinese, colours that are not needed.

use pingyi::{
    domain::text::Language,
    tui::{
        settings::{Charset, Settings},
        text::{cut, is_ambiguous, stand_in, wide_parts, wide_width, width, wrap, wrap_wide},
    },
};
use proptest::prelude::*;
use ratatui::{
    buffer::{Buffer, CellWidth},
    style::{Color, Modifier},
};

use crate::support::{
    places::{PLACES, SETS, Start, cells, faults, in_language, run},
    rules::of,
    screens::{SMALL, World, press, screen, with},
};

/// How a terminal that paints ambiguous characters two columns wide shows a row: cells behind such a character are not painted.
fn painted(buffer: &Buffer, row: u16) -> String {
    let (mut line, mut x) = (String::new(), 0);
    while x < buffer.area().width {
        let cell = &buffer[(x, row)];
        line.push_str(cell.symbol());
        x += cell.cell_width().max(1);
    }
    line
}

#[test]
fn which_characters_are_wide_narrow_or_a_matter_of_opinion() {
    for wide in "中，。（《　％㈠㎡𠮷".chars() {
        assert_eq!((width(&wide.to_string()), wide_width(&wide.to_string())), (2, 2), "{wide}");
    }
    for either in "“”‘’—…·①⑩★●○■□▲→√×÷±℃№Ⅰ‰°※◆│─┌█".chars() {
        assert!(is_ambiguous(&either.to_string()), "{either}");
        assert_eq!((width(&either.to_string()), wide_width(&either.to_string())), (1, 2), "{either}");
        assert_eq!(wide_width(stand_in(&either.to_string())), 1, "{either}");
    }
    for narrow in "✓✗▸▾»«aZ7|-#>".chars() {
        assert_eq!((width(&narrow.to_string()), wide_width(&narrow.to_string())), (1, 1), "{narrow}");
    }
}

#[test]
fn on_a_terminal_that_paints_quotation_marks_wide_no_row_runs_over_and_columns_stay_in_line() {
    let mut world = World::sample();
    for (at, application) in world.package.applications.iter_mut().enumerate() {
        application.title.zh = if at % 2 == 0 { "“10+N”基地①②③——甲".to_owned() } else { "普通实训基地".to_owned() };
        application.narrative.zh = "建设“一群两区三圈”——①平台；②基地……".repeat(40);
    }
    let settings = Settings { charset: Charset::Auto, ..Settings::default() };
    for columns in [60, 80, 120] {
        for keys in ["", "ctrl-f sx-0013 enter", "ctrl-f sx-0013 f3", "f8", "ctrl-f sx-0013 enter 1"] {
            run(&mut world, settings.clone(), SETS[3].1, keys, |app| {
                let buffer = cells(app, columns, 24);
                assert!(faults(&buffer).is_empty(), "{keys} {columns}: {:#?}", faults(&buffer));
                for row in 0..24 {
                    let line = painted(&buffer, row);
                    let total: usize = unicode_segmentation::UnicodeSegmentation::graphemes(line.as_str(), true).map(wide_width).sum();
                    assert_eq!(total, usize::from(columns), "{keys} row {row}: {line}");
                }
            });
        }
    }
    // The figures of the list stand in one column, whatever the title before them is made of.
    let places: Vec<usize> = run(&mut World { ..world }, settings, SETS[3].1, "", |app| {
        let buffer = cells(app, 100, 24);
        let lines: Vec<String> = (3..12).map(|row| painted(&buffer, row)).collect();
        lines
            .iter()
            .map(|line| line.split("0/16").next().unwrap())
            .map(|head| head.chars().map(|c| wide_width(&c.to_string())).sum())
            .collect()
    });
    assert!(places.windows(2).all(|pair| pair[0] == pair[1]), "{places:?}");
}

#[test]
fn nothing_of_a_text_is_lost_where_its_characters_are_painted_wide() {
    let mut world = World::sample();
    let narrative: String = (0..60).map(|at| format!("“第{at}条”——①平台；②基地……")).collect();
    world.package.applications.iter_mut().for_each(|one| one.narrative.zh.clone_from(&narrative));
    let shown = run(&mut world, Settings::default(), SETS[3].1, "ctrl-f sx-0013 f3", |app| {
        let buffer = cells(app, 80, 60);
        (2..57).map(|row| painted(&buffer, row).trim().to_owned()).collect::<String>()
    });
    assert!(shown.contains(&narrative), "{shown}");
}

#[test]
fn a_comment_with_such_characters_keeps_the_cursor_where_it_is_painted() {
    let (cells, cursor) = run(&mut World::sample(), Settings::default(), SETS[3].1, "ctrl-f sx-0013 enter 1 f2 “甲”——", |app| {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
        let cursor = app.draw(&mut buffer).unwrap();
        (painted(&buffer, cursor.y).trim_end().to_owned(), cursor)
    });
    assert_eq!((cells.as_str(), cursor.x), ("\"甲\"--", 6), "stand-ins of one column each, while it is written");
    let mut world = World::sample();
    run(&mut world, Settings::default(), SETS[3].1, "ctrl-f sx-0013 enter 1 f2 “甲”—— esc", |_| ());
    assert_eq!(world.desk.sheet(&of("sx-0013")).comment(&of("A1")), "“甲”——", "recorded as it was typed");
}

#[test]
fn lines_break_where_chinese_may_break() {
    let text = "产教融合platform是推动教育链、人才链与产业链、创新链有机衔接（四链融合）的重要举措，“十四五”期间。建设《实训基地》，";
    for columns in 8..60 {
        for line in wrap(text, columns).iter().chain(&wrap_wide(text, columns)) {
            assert!(!line.starts_with(['，', '。', '）', '》', '、', '；', '：', '！', '？']), "{columns}: {line}");
            assert!(!line.ends_with(['（', '《']), "{columns}: {line}");
        }
        assert!(wrap(text, columns).iter().all(|line| width(line) <= columns));
        let fill = |lines: &[String]| lines[..lines.len() - 1].iter().map(|line| width(line)).min().unwrap_or(columns);
        assert!(columns < 20 || fill(&wrap(text, columns)) + 10 >= columns, "{columns}: a hole after the Latin word");
    }
    assert_eq!(wrap("一\n\n二\n", 10), ["一", "", "二"], "a blank line stays one");
}

#[test]
fn a_cut_is_marked_and_falls_between_characters_as_people_see_them() {
    let table = [
        ("实训基地（智能制造）", 12, "实训基地（.."),
        ("实训基地", 8, "实训基地"),
        ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", 4, "e\u{301}e\u{301}.."),
        ("𠮷𠮷𠮷", 5, "𠮷.."),
        ("👩‍🔬👩‍🔬👩‍🔬", 5, "👩‍🔬.."),
        ("abcdef", 2, ".."),
        ("abcdef", 1, ""),
        ("", 0, ""),
    ];
    for (text, columns, wanted) in table {
        assert_eq!(cut(text, columns), wanted, "{text} in {columns}");
    }
}

#[test]
fn a_popup_over_chinese_keeps_both_edges_and_everything_beside_it() {
    for columns in 60..100 {
        run(&mut Start::Done.world(), Settings::default(), SETS[2].1, "f9 enter enter", |app| {
            let under = cells(app, columns, 24);
            press(app, "enter");
            let over = cells(app, columns, 24);
            assert!(faults(&over).is_empty(), "{columns}: {:#?}", faults(&over));
            let rules: Vec<u16> = (0..24).filter(|row| painted(&over, *row).contains("──────")).collect();
            let [top, bottom] = rules[..] else { panic!("{columns}: two rules, not {rules:?}") };
            let edges = |row| {
                let drawn: Vec<u16> = (0..columns).filter(|x| over[(*x, row)].symbol() == "─").collect();
                (drawn[0], drawn[drawn.len() - 1])
            };
            assert_eq!(edges(top), edges(bottom), "{columns}");
            let (left, right) = edges(top);
            assert_eq!(right - left + 1, (columns - 4).min(64), "{columns}: no column of the border is swallowed");
            for row in (0..24).filter(|row| !(top..=bottom).contains(row) && *row != 22 && *row != 23) {
                assert_eq!(painted(&over, row), painted(&under, row), "{columns}: outside the popup nothing changes");
            }
        });
    }
}

#[test]
fn state_is_a_word_or_a_mark_and_never_only_a_colour() {
    // Without any style at all, the words alone must tell the states apart.
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f sx-0002 enter 1 7 enter esc ctrl-f esc ctrl-f sx-0005 enter 2 任职 tab", |_| ());
    let picture = screen(&mut world, SMALL, "");
    for words in ["待声明", "已回避", "评分中"] {
        assert!(picture.contains(words), "{words}: {picture}");
    }
    for (name, start, keys) in PLACES {
        run(&mut start.world(), Settings::default(), SETS[0].1, keys, |app| {
            let buffer = cells(app, 80, 24);
            for row in 0..24 {
                let reversed = (0..80).any(|x| buffer[(x, row)].modifier.contains(Modifier::REVERSED));
                let line = painted(&buffer, row);
                // The title line, the open part of a reading view and a cell of the journal say by their place what they are.
                let says = row == 0
                    || line.contains('>')
                    || ["compare", "journal", "palette", "settings"].contains(&name)
                    || name.starts_with("read");
                assert!(!reversed || says, "{name} row {row}: {line}");
            }
        });
    }
}

#[test]
fn ascii_marks_and_lines_are_ascii_and_colours_are_the_terminals_own() {
    for (name, start, keys) in PLACES {
        for (charset, terminal) in SETS {
            let settings = Settings { charset, ..in_language(Language::En) };
            run(&mut start.world(), settings, terminal, keys, |app| {
                let buffer = cells(app, 120, 40);
                for cell in buffer.content() {
                    let is_line = ["│", "─", "✓", "✗"].contains(&cell.symbol());
                    assert!(!is_line || charset == Charset::Unicode, "{name} {charset:?}: {}", cell.symbol());
                    assert!(!matches!(cell.fg, Color::Rgb(..) | Color::Indexed(_)) && cell.bg == Color::Reset, "{name}: {:?}", cell.fg);
                    assert!(!terminal.mono || cell.fg == Color::Reset, "{name}: {:?} without colours", cell.fg);
                }
            });
        }
    }
}

proptest! {
    #[test]
    fn parts_for_a_wide_terminal_fit_and_keep_their_order(text in "[a-z中“”①—… ]{0,60}", room in 0_usize..80) {
        let parts = wide_parts(&text, room);
        let total: usize = parts.iter().map(|(_, columns)| columns).sum();
        prop_assert!(total <= room);
        let plain: String = text.chars().filter(|c| *c != ' ').collect();
        let kept: String = parts.iter().map(|(part, _)| *part).filter(|part| *part != " ").collect();
        prop_assert!(kept == plain || plain.starts_with(kept.trim_end_matches('.')), "{kept} of {plain}");
        let fits: usize = text.chars().map(|c| wide_width(&c.to_string())).sum();
        prop_assert!(fits > room || kept == plain, "what fits is not cut");
    }

    #[test]
    fn wrapping_loses_no_character_in_either_width(text in "[a-z中，。“”①— ]{0,80}", columns in 4_usize..40) {
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for lines in [wrap(&text, columns), wrap_wide(&text, columns)] {
            prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
        }
        for line in wrap_wide(&text, columns) {
            prop_assert!(line.trim_end().chars().map(|c| wide_width(&c.to_string())).sum::<usize>() <= columns, "{}", line);
        }
    }
}
