//! Bindings: one key, one meaning, on every screen and with every input method; and a person's own keys.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use pingyi::{
    domain::text::Language,
    tui::{
        action::{Action, BINDINGS, Scope},
        keymap::{Key, Keymap, key_named, pressed, strangers},
        settings::Settings,
        text::fold,
    },
};

use crate::support::{
    places::{SETS, Start, in_language, run},
    rules::of,
    screens::{SMALL, World, picture, press, screen, with},
};

/// The scopes of every kind of screen.
const SCOPES: [&[Scope]; 6] = [
    &[],
    &[Scope::Lists],
    &[Scope::Tables, Scope::Lists],
    &[Scope::Worklist, Scope::Tables, Scope::Lists],
    &[Scope::Sheet, Scope::Lists],
    &[Scope::Chair, Scope::Tables, Scope::Lists],
];

const SHEET: &str = "ctrl-f sx-0013 enter 1";

#[test]
fn a_key_that_means_something_means_the_same_on_every_screen() {
    let keymap = Keymap::new(&Settings::default());
    for name in BINDINGS.iter().flat_map(|binding| binding.keys) {
        let key = key_named(name).unwrap();
        let mut meanings: Vec<Action> = SCOPES.iter().filter_map(|scopes| keymap.action(scopes, key)).collect();
        meanings.dedup();
        assert_eq!(meanings.len(), 1, "{name} means {meanings:?}");
    }
}

#[test]
fn the_release_of_a_key_is_nothing_and_its_repetition_is_a_press() {
    let event = |kind| KeyEvent { kind, ..KeyEvent::new(KeyCode::Char('７'), KeyModifiers::NONE) };
    assert_eq!(pressed(event(KeyEventKind::Release)), None);
    for kind in [KeyEventKind::Press, KeyEventKind::Repeat] {
        assert_eq!(pressed(event(kind)).and_then(Key::digit), Some(7), "{kind:?}");
    }
    let with = |code, modifiers| pressed(KeyEvent::new(code, modifiers)).unwrap();
    assert!(
        with(KeyCode::Char('Z'), KeyModifiers::CONTROL | KeyModifiers::SHIFT) == key_named("ctrl-z").unwrap(),
        "Shift does not hide Ctrl"
    );
    let alt_gr = with(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT);
    assert_eq!(alt_gr.typed(), Some('@'), "AltGr types its character");
}

#[test]
fn full_width_characters_are_folded_row_by_row() {
    let punctuation = "。.、/，,【[】]《<》>“\"”\"￥$\u{3000} ！!？?：:；;（(）)＋+－-／/～~";
    let pairs: Vec<char> = punctuation.chars().collect();
    for pair in pairs.chunks(2) {
        assert_eq!(fold(pair[0]), pair[1], "{}", pair[0]);
    }
    for (wide, plain) in ('\u{ff01}'..='\u{ff5e}').zip('!'..='~') {
        assert_eq!(fold(wide), plain);
    }
    for unchanged in ['a', '7', '中', '①', '—', '…', '·', '「', '\u{ff5f}'] {
        assert_eq!(fold(unchanged), unchanged, "{unchanged} is text, no command");
    }
}

#[test]
fn full_width_commands_work_in_lists_and_stay_text_in_texts() {
    for (wide, plain) in
        [("ｊ ｊ ｋ", "j j k"), ("Ｇ", "G"), ("Ｇ ｇ", "G g"), ("ｏ", "o"), ("／", "/"), ("、", "/"), ("？", "?"), ("：", ":")]
    {
        assert_eq!(screen(&mut World::sample(), SMALL, wide), screen(&mut World::sample(), SMALL, plain), "{wide}");
    }
    let mut world = World::sample();
    with(&mut world, SMALL, &format!("{SHEET} f2 ｊ。、：７ esc"), |_| ());
    assert_eq!(world.desk.sheet(&of("sx-0013")).comment(&of("A1")), "ｊ。、：７", "what is written stays as it was written");
}

#[test]
fn a_digit_in_a_list_picks_the_row_that_carries_it() {
    let table = [
        ("welcome", Start::Bare, "１", "组评包文件的路径"),
        ("arrival", Start::Bare, "1 /stick/package.zip enter 2", "评审项目"),
        ("worklist", Start::Fresh, "2", "sx-0002"),
        ("worklist, full-width", Start::Fresh, "２", "sx-0002"),
        ("worklist, scrolled", Start::Fresh, "end 9", "回避声明"),
        ("conflict question", Start::Fresh, "ctrl-f sx-0013 enter 1", "A1"),
        ("settings", Start::Fresh, "f12 1", "Language"),
        ("parts of an application", Start::Fresh, "f3 3", "总投资"),
        ("commands", Start::Fresh, "ctrl-p 对比 1", "本人评分对比"),
        ("what is missing", Start::Fresh, "f5 1", "回避声明"),
    ];
    for (what, start, keys, shown) in table {
        let picture = screen(&mut start.world(), SMALL, keys);
        assert!(picture.contains(shown), "{what}: {picture}");
    }
}

#[test]
fn in_a_scrolled_list_of_commands_the_digit_picks_the_row_beside_which_it_stands() {
    let look = crate::support::screens::Look { size: (60, 16), ..SMALL };
    with(&mut World::sample(), look, "ctrl-p end", |app| {
        let lines = picture(app, look.size).0;
        let row = lines.iter().find(|line| line.starts_with(" 1 ")).unwrap();
        let first = row[3..].split_whitespace().next().unwrap().to_owned();
        assert_ne!(first, "帮助", "the list is scrolled: {lines:#?}");
        press(app, "1");
        let after = picture(app, look.size).0;
        assert!(!after[0].starts_with("命令"), "row {first} was done: {after:#?}");
    });
}

/// Where each binding can be seen to work: its id, the state of the work, and the keys before it.
const EFFECTS: [(&str, &str); 39] = [
    ("up", "down"),
    ("down", ""),
    ("page-up", "end"),
    ("page-down", ""),
    ("first", "end"),
    ("last", ""),
    ("left", "f3 2"),
    ("right", "f3"),
    ("next", "f3"),
    ("previous", "f3 2"),
    ("open", ""),
    ("back", "f8"),
    ("toggle", "f12"),
    ("help", ""),
    ("comment", SHEET),
    ("opinion", "3"),
    ("case", "3"),
    ("read", ""),
    ("read-sheet", SHEET),
    ("sort", ""),
    ("check", ""),
    ("language", ""),
    ("compare", ""),
    ("journal", ""),
    ("sign", ""),
    ("palette", ""),
    ("settings", ""),
    ("save", ""),
    ("find", ""),
    ("undo", "ctrl-f sx-0013 enter 1 7 enter"),
    ("redo", "ctrl-f sx-0013 enter 1 7 enter ctrl-z"),
    ("open-file", ""),
    ("declare", ""),
    ("withdraw", "ctrl-f sx-0013"),
    ("withdraw-sheet", ""),
    ("not-applicable", SHEET),
    ("clear", "ctrl-f sx-0013 enter 1 7 enter up"),
    ("redraw", ""),
    ("quit", ""),
];

#[test]
fn every_binding_does_something_somewhere() {
    for binding in BINDINGS {
        let (_, before) = *EFFECTS.iter().find(|(id, _)| *id == binding.id).unwrap_or_else(|| panic!("{} is not listed", binding.id));
        for key in binding.keys {
            let mut world = if binding.scope == Scope::Chair { World::table(&[]) } else { World::sample() };
            if binding.action == Action::Withdraw {
                submit(&mut world);
            }
            let before = if binding.id == "withdraw-sheet" { "ctrl-f sx-0013 enter" } else { before };
            let did = with(&mut world, SMALL, before, |app| {
                let old = picture(app, SMALL.size).0;
                app.repaint = false;
                press(app, key);
                let new = picture(app, SMALL.size).0;
                assert!(!new.join("\n").contains("此处无此操作"), "{} by {key}: {new:#?}", binding.id);
                app.is_over() || app.repaint || old != new
            });
            assert!(did, "{} by {key} changes nothing", binding.id);
        }
    }
}

/// Hands in the sheet of sx-0013.
fn submit(world: &mut World) {
    let values = ["7.5", "7", "5.5", "7", "7.5", "5", "5.5", "7", "5", "4.5", "5.5", "6", "5.5", "6", "4.5"];
    let digits: Vec<String> = values.iter().map(|value| value.chars().map(|c| format!("{c} ")).collect::<String>() + "enter").collect();
    with(world, SMALL, &format!("{SHEET} {} f9", digits.join(" ")), |_| ());
    assert!(world.index.progress.submitted == 1, "the sheet is complete");
}

fn own(text: &str) -> Settings {
    toml::from_str(text).unwrap()
}

#[test]
fn keys_of_ones_own_stand_in_hints_and_help_and_an_empty_list_takes_the_key_away() {
    let settings = own("[keys]\nread = [\"F11\"]\nfind = [\"Ctrl-K\"]\nsign = []\nhelp = [\"ctrl-g\"]\n");
    let see = |keys: &str| run(&mut World::sample(), settings.clone(), SETS[2].1, keys, |app| picture(app, (120, 60)).0.join("\n"));
    let hints = see("").lines().last().unwrap().to_owned();
    assert!(hints.contains("F11 申报材料") && hints.contains("Ctrl+K 查找") && hints.contains("Ctrl+G 帮助"), "{hints}");
    assert!(!hints.contains("签署") && !hints.contains("F1 "), "{hints}");
    let help = see("ctrl-g");
    assert!(help.contains("F11") && !help.contains("F9"), "{help}");
    assert!(see("f11").contains("正文") && see("f3").contains("此处无此操作") && see("f9").contains("此处无此操作"));
    assert!(see("f1").contains("此处无此操作"), "the old key is free");
}

#[test]
fn keys_that_clash_on_some_screen_are_reported_with_both_actions() {
    let table = [
        ("undo = [\"ctrl-s\"]", "ctrl-s", "save", "undo"),
        ("clear = [\"up\"]", "up", "up", "clear"),
        ("declare = [\"j\"]", "j", "down", "declare"),
        ("sort = [\"ctrl-f\"]", "ctrl-f", "sort", "find"),
        ("comment = [\"F1\"]", "f1", "help", "comment"),
    ];
    for (line, key, one, other) in table {
        let found = Keymap::new(&own(&format!("[keys]\n{line}\n"))).conflicts();
        assert!(found.len() == 1 && found[0].key == key, "{line}: {found:?}");
        assert!(found[0].actions.contains(&one) && found[0].actions.contains(&other), "{line}: {found:?}");
    }
    let apart = Keymap::new(&own("[keys]\ncomment = [\"f4\"]\n")).conflicts();
    assert_eq!(apart, [], "the sheet has no table to sort, so F4 is free on it");
}

#[test]
fn names_that_are_no_action_and_no_key_are_named_back() {
    let settings = own("[keys]\nundoo = [\"ctrl-u\"]\nredo = [\"strg-y\", \"Ctrl-R\", \"F5\"]\n");
    assert_eq!(strangers(&settings), ["strg-y", "undoo"], "{settings:?}");
    assert_eq!(strangers(&Settings::default()), Vec::<String>::new());
}

#[test]
fn a_screen_says_the_same_of_its_keys_in_both_languages() {
    for language in [Language::Zh, Language::En] {
        let help = run(&mut World::sample(), in_language(language), SETS[2].1, "f1", |app| picture(app, (100, 60)).0.join("\n"));
        for key in ["F5", "Ctrl+Z", "Ctrl+Q", "PgDn"] {
            assert!(help.contains(key), "{language:?} {key}: {help}");
        }
    }
}
