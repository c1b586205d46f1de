//! Keys: what they mean, where, and what the screens say of them.

use pingyi::{
    domain::text::Language,
    i18n,
    tui::{
        action::{BINDINGS, Scope},
        frame::hints,
        keymap::{Keymap, key_named, name_of},
        settings::{Settings, ThemeName},
        text::width,
        theme::{Glyphs, Theme},
        view::View,
    },
};

use crate::support::screens::{SMALL, World, screen};

fn view<'a>(settings: &'a Settings, keymap: &'a Keymap) -> View<'a> {
    View {
        settings,
        theme: Theme::new(ThemeName::Auto, true),
        glyphs: Glyphs::new(settings.charset, true),
        keymap,
        work: None,
        table: None,
        register: None,
        office: None,
        plan: None,
        pace: None,
        seconds: 0,
    }
}

#[test]
fn no_key_means_two_things_in_one_place() {
    assert_eq!(Keymap::new(&Settings::default()).conflicts(), []);
}

#[test]
fn every_key_has_a_name_that_leads_back_to_it() {
    for binding in BINDINGS {
        assert!(!binding.keys.is_empty(), "{}", binding.id);
        for key in binding.keys {
            let parsed = key_named(key).unwrap_or_else(|| panic!("{}: {key}", binding.id));
            assert_eq!(name_of(parsed).as_deref(), Some(*key), "{}", binding.id);
        }
    }
}

#[test]
fn no_binding_needs_a_key_that_terminals_or_input_methods_take() {
    for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
        assert!(!["f11", "ctrl-space", "ctrl-enter", "ctrl-c", "ctrl-h", "ctrl-i", "ctrl-m", "ctrl-j"].contains(key), "{key}");
        let is_symbol = key.strip_prefix("ctrl-").is_some_and(|rest| rest.len() == 1 && !rest.chars().all(char::is_alphanumeric));
        assert!(!is_symbol, "{key}: Ctrl with a symbol does not work on every keyboard");
    }
}

#[test]
fn every_hint_line_fits_sixty_columns_and_ends_with_help_and_commands() {
    for language in [Language::Zh, Language::En] {
        let settings = Settings { language, ..Settings::default() };
        let keymap = Keymap::new(&settings);
        let view = view(&settings, &keymap);
        for scopes in [&[][..], &[Scope::Lists][..], &[Scope::Worklist, Scope::Tables, Scope::Lists][..], &[Scope::Sheet, Scope::Lists][..]]
        {
            for columns in [60, 80, 120] {
                let line = hints(&view, scopes, columns);
                assert!(width(&line) <= columns, "{line}");
                assert!(line.contains("F1 ") && line.contains("Ctrl+P "), "{line}");
            }
        }
    }
}

#[test]
fn a_key_of_ones_own_takes_the_place_of_the_usual_one() {
    let settings: Settings = toml::from_str("[keys]\nundo = [\"ctrl-u\"]\nredo = []\n").unwrap();
    let keymap = Keymap::new(&settings);
    let action = |name: &str| keymap.action(&[], key_named(name).unwrap());
    assert_eq!(action("ctrl-u"), Some(pingyi::tui::action::Action::Undo));
    assert_eq!((action("ctrl-z"), action("ctrl-y")), (None, None));
    let settings: Settings = toml::from_str("[keys]\nundo = [\"ctrl-s\"]\n").unwrap();
    let conflicts = Keymap::new(&settings).conflicts();
    assert_eq!((conflicts.len(), conflicts[0].key.as_str()), (1, "ctrl-s"), "{conflicts:?}");
}

#[test]
fn settings_with_a_misspelt_key_are_refused() {
    assert!(toml::from_str::<Settings>("langauge = \"en\"\n").is_err());
    let settings = Settings::default();
    let text = toml::to_string_pretty(&settings).unwrap();
    assert_eq!(toml::from_str::<Settings>(&text).unwrap(), settings);
}

#[test]
fn the_palette_finds_by_chinese_english_first_letters_and_id() {
    for typed in ["撤销", "cx", "und", "undo"] {
        let picture = screen(&mut World::sample(), SMALL, &format!("ctrl-p {typed}"));
        assert!(picture.contains("撤销"), "{typed}: {picture}");
    }
    let picture = screen(&mut World::sample(), SMALL, "ctrl-p 对比 enter");
    assert!(picture.contains("本人评分对比"), "{picture}");
}

#[test]
fn a_command_that_cannot_be_done_says_why() {
    let picture = screen(&mut World::sample(), SMALL, "ctrl-p 撤回提交 enter");
    assert!(picture.contains("尚未提交"), "{picture}");
}

#[test]
fn a_key_without_meaning_says_so_and_names_help() {
    let picture = screen(&mut World::sample(), SMALL, "f11");
    assert!(picture.contains("此处无此操作") && picture.contains("F1"), "{picture}");
}

#[test]
fn help_lists_every_key_of_the_screen_below_in_words() {
    for language in [Language::Zh, Language::En] {
        let look = crate::support::screens::Look { language, size: (100, 60), ..SMALL };
        let picture = screen(&mut World::sample(), look, "ctrl-f sx-0013 enter 1 f1");
        for binding in BINDINGS.iter().filter(|binding| matches!(binding.scope, Scope::Everywhere | Scope::Sheet)) {
            assert!(picture.contains(&i18n::text(language, &(binding.words)())), "{}: {picture}", binding.id);
        }
    }
}
