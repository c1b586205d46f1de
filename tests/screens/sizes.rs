//! No size, no language, no set of marks and no sequence of keys breaks a screen.

use crossterm::event::KeyCode;
use pingyi::{
    domain::{desk::Desk, text::Language},
    tui::{
        keymap::{Key, key_named},
        settings::{Settings, THEMES},
        view::Index,
    },
};
use proptest::prelude::*;

use crate::support::{
    places::{PLACES, SETS, cells, faults, in_language, run},
    screens::{Look, SMALL, World, screen},
};

#[test]
fn every_screen_is_whole_in_both_languages_and_with_every_set_of_marks() {
    for (name, start, keys) in PLACES {
        for language in [Language::Zh, Language::En] {
            for (charset, terminal) in SETS {
                let settings = Settings { charset, ..in_language(language) };
                run(&mut start.world(), settings, terminal, keys, |app| {
                    for (columns, rows) in [(1, 1), (9, 40), (59, 15), (60, 16), (61, 17), (80, 24), (109, 30), (110, 30), (200, 60)] {
                        let found = faults(&cells(app, columns, rows));
                        assert!(found.is_empty(), "{name} {language:?} {charset:?} {columns}x{rows}: {found:#?}");
                    }
                });
            }
        }
    }
}

/// A key as a hand may press it: keys with a name, letters that are commands, digits and punctuation of every width, Chinese.
fn any_key() -> impl Strategy<Value = Key> {
    let named = prop::sample::select(vec![
        "up",
        "down",
        "left",
        "right",
        "pageup",
        "pagedown",
        "home",
        "end",
        "tab",
        "backtab",
        "enter",
        "enter",
        "enter",
        "esc",
        "space",
        "delete",
        "backspace",
        "ctrl-f",
        "ctrl-l",
        "ctrl-n",
        "ctrl-p",
        "ctrl-s",
        "ctrl-w",
        "ctrl-y",
        "ctrl-z",
        "ctrl-a",
    ]);
    let function = (1_u8..=12).prop_map(|number| Key { code: KeyCode::F(number), ctrl: false });
    let typed = prop::sample::select(
        "0123456789.+-jkhlgGdo/?:０１７。，：？、＋－ｊｋ【】《》“”￥　评审意见创唛①—é\u{301}\u{200b}".chars().collect::<Vec<_>>(),
    );
    prop_oneof![
        4 => named.prop_map(|name| key_named(name).unwrap()),
        1 => function,
        4 => typed.prop_map(|c| Key { code: KeyCode::Char(c), ctrl: false }),
    ]
}

#[derive(Debug, Clone)]
enum Doing {
    Press(Key),
    Paste(String),
    Burst(Vec<Key>),
    Wait,
}

fn anything() -> impl Strategy<Value = Doing> {
    prop_oneof![
        12 => any_key().prop_map(Doing::Press),
        1 => "[\\PC\r\n\t\u{1b}\u{9b}\u{202e}]{0,12}".prop_map(Doing::Paste),
        1 => prop::collection::vec(any_key(), 3..6).prop_map(Doing::Burst),
        1 => Just(Doing::Wait),
    ]
}

/// A world that knows nothing but the journal of `world`.
fn replayed(world: &World) -> World {
    let desk = Desk::replay(world.desk.entries.clone()).unwrap();
    let index = Index::new(&world.package, &desk);
    let chair = world.chair.as_ref().map(|chair| chair.replayed(&world.package));
    World { desk, index, chair, ..World::of(world.package.clone(), world.reviewer.as_str()) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_size_of_any_screen_is_whole(place in 0..PLACES.len(), set in 0..SETS.len(), zh in any::<bool>(), theme in 0..THEMES.len(),
        sizes in prop::collection::vec((1_u16..=200, 1_u16..=60), 1..6)) {
        let (name, start, keys) = PLACES[place];
        let (charset, terminal) = SETS[set];
        let language = if zh { Language::Zh } else { Language::En };
        let settings = Settings { charset, theme: THEMES[theme], ..in_language(language) };
        run(&mut start.world(), settings, terminal, keys, |app| {
            for (columns, rows) in sizes {
                let found = faults(&cells(app, columns, rows));
                prop_assert!(found.is_empty(), "{name} {columns}x{rows}: {found:#?}");
                // A resize hands what is typed to the journal, as the loop does.
                app.flush();
            }
            Ok(())
        })?;
    }

    #[test]
    fn whatever_is_pressed_the_journal_replays_to_what_the_screens_show(place in 0..PLACES.len(), doings in prop::collection::vec(anything(), 0..50)) {
        let (name, start, keys) = PLACES[place];
        let mut world = start.world();
        run(&mut world, Settings::default(), SETS[0].1, keys, |app| {
            for doing in doings {
                match doing.clone() {
                    Doing::Press(key) => app.key(key),
                    Doing::Paste(text) => app.paste(&text),
                    Doing::Burst(keys) => app.keys(&keys),
                    Doing::Wait => app.flush(),
                }
                let found = faults(&cells(app, 80, 24));
                prop_assert!(found.is_empty(), "{name}, after {doing:?}: {found:#?}");
            }
            app.flush();
            Ok(())
        })?;
        let mut again = replayed(&world);
        prop_assert_eq!(&again.desk, &world.desk);
        world.has_work = world.chair.is_none();
        again.has_work = world.chair.is_none();
        world.pledged = true;
        let look = Look { size: (120, 40), ..SMALL };
        for keys in ["", "f4 f4", "f5", "f7", "f8", "enter"] {
            prop_assert_eq!(screen(&mut world, look, keys), screen(&mut again, look, keys), "{}", keys);
        }
    }
}
