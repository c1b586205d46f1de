//! The hint line, the palette and help: they say what can be done now, with the keys in force.

use pingyi::{
    domain::text::Language,
    i18n,
    tui::{
        action::{Action, BINDINGS, Scope},
        settings::Settings,
        text::width,
    },
};

use crate::support::{
    places::{PLACES, SETS, Start, in_language, run},
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const SHEET: &str = "ctrl-f sx-0013 enter 1";
const BOTH: [Language; 2] = [Language::Zh, Language::En];

#[test]
fn the_hint_line_of_every_screen_fits_sixty_columns_and_ends_with_help_and_commands() {
    for (name, start, keys) in PLACES {
        for (language, end) in [(Language::Zh, "F1 帮助 Ctrl+P 命令"), (Language::En, "F1 help Ctrl+P commands")] {
            for columns in [60, 80, 120, 200] {
                let line =
                    run(&mut start.world(), in_language(language), SETS[2].1, keys, |app| picture(app, (columns, 24)).0.pop().unwrap());
                assert!(line.ends_with(end), "{name} {language:?} at {columns}: {line}");
                assert!(width(&line) <= usize::from(columns) && !line.contains(".."), "{name} {language:?} at {columns}: {line}");
                let hints = line.strip_suffix(end).unwrap().split("  ").filter(|hint| !hint.is_empty()).count();
                assert!(hints + 2 <= 8, "{name} {language:?} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn hints_of_the_task_replace_the_general_ones() {
    let table = [
        (SHEET, "F2 评语", "查找"),
        ("ctrl-f sx-0013 enter 1 f2", "Tab 完成并到下一项", "F2 评语"),
        ("ctrl-f sx-0013 enter 1 f3", "Esc 回到评分表", "F2 评语"),
        ("ctrl-f sx-0013 enter 2", "Tab 确认", "回车"),
        ("ctrl-f", "Esc 取消查找", "回避声明"),
        ("", "Ctrl+F 查找", "评语"),
    ];
    for (keys, shown, gone) in table {
        let line = screen(&mut World::sample(), Look { size: (100, 24), ..SMALL }, keys).lines().last().unwrap().to_owned();
        assert!(line.contains(shown) && !line.contains(gone), "{keys}: {line}");
    }
}

#[test]
fn the_hint_line_can_be_switched_off_and_leaves_its_row_to_the_screen() {
    for (name, start, keys) in PLACES.into_iter().filter(|(name, ..)| *name != "settings") {
        let settings = Settings { hints: false, ..Settings::default() };
        let line = run(&mut start.world(), settings, SETS[2].1, keys, |app| picture(app, (80, 24)).0.pop().unwrap());
        assert!(!line.contains("F1 帮助"), "{name}: {line}");
    }
    let lines = |keys: &str| screen(&mut World::sample(), SMALL, keys);
    assert!(lines("f12 4").lines().last().unwrap().contains("未签署"), "the status line is the last one then");
}

#[test]
fn names_of_keys_are_those_of_the_keyboard_in_front_of_the_reader() {
    let see = |language| screen(&mut World::sample(), Look { language, size: (100, 60), ..SMALL }, "f1");
    for (name, zh, en) in [("enter", "回车", "Enter"), ("space", "空格 ", "Space "), ("up", "上 / k", "Up / k")] {
        let (chinese, english) = (see(Language::Zh), see(Language::En));
        assert!(chinese.contains(zh) && english.contains(en), "{name}: {chinese}\n{english}");
    }
}

/// The names under which a command is looked for.
fn names(id: &str) -> Vec<String> {
    let binding = BINDINGS.iter().find(|binding| binding.id == id).unwrap();
    let words = (binding.words)();
    vec![i18n::text(Language::Zh, &words), i18n::text(Language::En, &words), binding.pinyin.to_owned(), id.to_owned()]
}

const MOVES: [&str; 14] =
    ["up", "down", "left", "right", "page-up", "page-down", "first", "last", "next", "previous", "toggle", "open", "palette", "back"];

#[test]
fn every_command_is_found_by_chinese_english_first_letters_and_id() {
    for binding in BINDINGS.iter().filter(|binding| !MOVES.contains(&binding.id)) {
        let place = if binding.scope == Scope::Sheet { SHEET } else { "" };
        let start = if binding.scope == Scope::Chair { Start::Table } else { Start::Fresh };
        let place = if binding.scope == Scope::Chair { "3" } else { place };
        for name in names(binding.id) {
            let picture = with(&mut start.world(), SMALL, &format!("{place} ctrl-p"), |app| {
                // Digits pick a row here, so a name is pasted rather than typed.
                app.paste(&name);
                picture(app, SMALL.size).0.join("\n")
            });
            let words = i18n::text(Language::Zh, &(binding.words)());
            assert!(picture.lines().skip(3).any(|line| line.contains(&words)), "{} by {name}: {picture}", binding.id);
        }
    }
}

#[test]
fn the_palette_shows_the_key_in_force_beside_the_name() {
    let settings: Settings = toml::from_str("[keys]\ncompare = [\"f11\"]\njournal = []\n").unwrap();
    let see = |typed: &str| {
        run(&mut World::sample(), settings.clone(), SETS[2].1, &format!("ctrl-p {typed}"), |app| picture(app, (80, 24)).0.join("\n"))
    };
    assert!(see("对比").contains("F11") && !see("对比").contains("F7"));
    assert!(!see("记录").contains("F8"), "without a key it is still a command");
    assert!(run(&mut World::sample(), settings, SETS[2].1, "ctrl-p 记录 enter", |app| picture(app, (80, 24)).0[0].contains("评审记录")));
}

#[test]
fn a_command_that_cannot_be_done_stands_there_with_the_reason() {
    let table = [
        ("sheet", Start::Fresh, "ctrl-f sx-0013 enter 1 ctrl-p", "撤回提交", "尚未提交"),
        ("sheet", Start::Fresh, "ctrl-f sx-0013 enter 1 ctrl-p", "不适用", "不允许此项不适用"),
        ("worklist", Start::Fresh, "ctrl-p", "撤回提交", "尚未提交"),
        ("welcome", Start::Bare, "ctrl-p", "签署", "还没有打开过组评包"),
        ("welcome", Start::Bare, "ctrl-p", "对比", "还没有打开过组评包"),
    ];
    for (place, start, keys, command, why) in table {
        let picture = screen(&mut start.world(), Look { size: (100, 40), ..SMALL }, keys);
        let row = picture.lines().skip(2).find(|line| line.contains(command)).unwrap_or_else(|| panic!("{place}: {command} in {picture}"));
        assert!(row.contains(why), "{place}: {row}");
    }
    let row = screen(&mut World::sample(), SMALL, "ctrl-p 对比");
    assert!(!row.contains("尚未") && !row.contains("还没有"), "what can be done has no reason beside it: {row}");
}

#[test]
fn nothing_that_needs_a_package_opens_an_empty_screen() {
    for keys in ["f5", "f7", "f8", "f9", "ctrl-z", "ctrl-y", "ctrl-s"] {
        let picture = screen(&mut Start::Bare.world(), SMALL, keys);
        assert!(picture.starts_with("欢迎") && picture.contains("还没有打开过组评包"), "{keys}: {picture}");
    }
    let hints = screen(&mut Start::Bare.world(), SMALL, "").lines().last().unwrap().to_owned();
    assert!(!hints.contains("签署") && !hints.contains("对比"), "{hints}");
}

#[test]
fn help_names_the_keys_of_the_screen_below_and_no_others() {
    let see = |keys: &str| screen(&mut World::sample(), Look { size: (100, 60), ..SMALL }, keys);
    let (list, sheet) = (see("f1"), see(&format!("{SHEET} f1")));
    let words = |action: Action| i18n::text(Language::Zh, &(BINDINGS.iter().find(|binding| binding.action == action).unwrap().words)());
    for (action, in_list, in_sheet) in [(Action::Find, true, false), (Action::NotApplicable, false, true), (Action::Undo, true, true)] {
        let has = |picture: &str| picture.lines().any(|line| line.ends_with(&format!(" {}", words(action))));
        assert_eq!((has(&list), has(&sheet)), (in_list, in_sheet), "{action:?}");
    }
}

#[test]
fn esc_leads_back_from_everywhere_to_where_one_was() {
    for key in ["f1", "ctrl-p", "f12", "f8", "f7", "f5", "f3"] {
        for language in BOTH {
            with(&mut World::sample(), Look { language, ..SMALL }, "down down", |app| {
                let before = picture(app, SMALL.size).0;
                press(app, key);
                assert_ne!(picture(app, SMALL.size).0, before, "{key}");
                press(app, "esc");
                assert_eq!(picture(app, SMALL.size).0, before, "{key} {language:?}");
            });
        }
    }
}
