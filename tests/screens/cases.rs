//! The page of an application at the table: what the members gave, what is open, and where each of its lines leads.

use pingyi::{
    domain::text::Language,
    i18n,
    tui::table::{Seat, words},
};

use crate::support::{
    chair::Sitting,
    rules::of,
    screens::{Look, SMALL, World, picture, screen, with},
};

const WIDE: Look = Look { size: (160, 40), ..SMALL };

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

fn page(world: &mut World, language: Language, at: usize) -> String {
    screen(world, Look { language, ..WIDE }, &format!("2 {} enter", "down ".repeat(at)))
}

#[test]
fn every_page_shows_what_each_member_gave_or_why_nothing_is_there() {
    for awaited in [&[][..], &["R02"]] {
        let mut world = World::table(awaited);
        for language in [Language::Zh, Language::En] {
            for at in 0..chair(&world).index.cases.len() {
                let shown = page(&mut world, language, at);
                let index = &chair(&world).index;
                let case = &index.cases[at];
                assert!(shown.lines().next().unwrap().contains(case.application.as_str()), "{shown}");
                for (code, seat) in index.members.iter().zip(&case.seats) {
                    let words = match seat {
                        Seat::Valid(total) => total.to_string(),
                        Seat::Out(standing) => i18n::text(language, &words::standing(*standing)),
                        Seat::Missing => i18n::by_id(language, "cell-missing"),
                        Seat::Elsewhere => {
                            assert!(
                                !shown.contains(&format!("{code} ")) || !case.scored,
                                "{}: {code} reads it not\n{shown}",
                                case.application
                            );
                            continue;
                        }
                    };
                    assert!(shown.contains(&format!("{code} {words}")), "{}: no {code} {words} in\n{shown}", case.application);
                }
            }
        }
    }
}

#[test]
fn every_numbered_line_of_every_page_leads_somewhere_and_escape_leads_back() {
    let mut world = World::table(&[]);
    for at in 0..chair(&world).index.cases.len() {
        let shown = page(&mut world, Language::Zh, at);
        let title = shown.lines().next().unwrap().to_owned();
        let numbers: Vec<String> = (1..=9).map(|number| number.to_string()).collect();
        let stands =
            |number: &&String| shown.lines().any(|line| line.trim_start_matches('>').trim_start().starts_with(&format!("{number} ")));
        let offered: Vec<&String> = numbers.iter().filter(stands).collect();
        assert!(offered.len() >= 2, "{shown}");
        for number in offered {
            let keys = format!("2 {} enter {number}", "down ".repeat(at));
            let [there, back] = with(&mut world, WIDE, &keys, |app| {
                let there = picture(app, WIDE.size).0;
                crate::support::screens::press(app, "esc");
                [there, picture(app, WIDE.size).0]
            });
            let moved = there[0] != title || there != shown.lines().map(str::to_owned).collect::<Vec<_>>();
            assert!(moved, "{number} does nothing on\n{shown}");
            assert_eq!(back[0], title, "{number}: Escape does not lead back from\n{}", there.join("\n"));
        }
    }
    let journal = chair(&world).desk.entries.len();
    assert_eq!(journal, 8, "looking around decides nothing");
}

#[test]
fn a_page_lists_exactly_the_open_questions_of_its_own_application() {
    let mut world = World::table(&[]);
    for at in 0..chair(&world).index.cases.len() {
        let shown = page(&mut world, Language::En, at);
        let index = &chair(&world).index;
        let own: Vec<_> = index.flags.iter().filter(|row| row.application == index.cases[at].application).collect();
        for row in &own {
            let words = i18n::text(Language::En, &pingyi::domain::table::telling::flag_words(&row.key));
            assert!(shown.contains(&words), "{words:?} is not offered on\n{shown}");
        }
        let offered = shown.lines().filter(|line| line.contains("to look at:")).count();
        assert_eq!(offered, own.len(), "{shown}");
    }
}

#[test]
fn the_flags_of_all_pages_are_those_of_the_list_and_a_decision_stands_on_both() {
    let mut world = World::table(&[]);
    let list = screen(&mut world, Look { language: Language::En, ..WIDE }, "3");
    let flags = chair(&world).index.flags.len();
    assert!(list.contains(&format!("{flags} of {flags} to be decided")), "{list}");
    with(&mut world, WIDE, "3 1 1 逐项说明了理由 tab", |_| ());
    let list = screen(&mut world, Look { language: Language::En, ..WIDE }, "3");
    assert!(list.contains(&format!("{} of {flags} to be decided", flags - 1)) && list.contains("upheld"), "{list}");
    let at = chair(&world).index.cases.iter().position(|case| case.application.as_str() == "sx-0004").unwrap();
    let shown = page(&mut world, Language::En, at);
    assert!(shown.lines().any(|line| line.contains("to look at:") && line.contains("upheld")), "{shown}");
}

#[test]
fn a_member_page_and_the_list_of_members_say_the_same_in_both_languages() {
    let said = [
        ("1", "已签字", "signed"),
        ("2 资金未落实 tab", "有不同意见 资金未落实", "资金未落实"),
        ("3 钱示例 enter", "拒签，视为同意", "钱示例"),
        ("4", "缺席", "absent"),
    ];
    for (keys, zh, en) in said {
        for (language, words) in [(Language::Zh, zh), (Language::En, en)] {
            let mut world = World::table(&[]);
            let own = screen(&mut world, Look { language, ..WIDE }, &format!("6 4 {keys}"));
            assert!(own.contains(words), "{keys}: no {words:?} on the member's page\n{own}");
            let list = screen(&mut world, Look { language, ..WIDE }, "6");
            let row = list.lines().find(|line| line.contains("R04")).unwrap_or_default();
            // The list has the beginning of the word for each; the whole of it, with what was said, stands on the member's own page.
            let word: String =
                i18n::text(language, &words::signature(chair(&world).desk.table.members.get(&of("R04")))).chars().take(16).collect();
            assert!(row.contains(&word) && !row.contains(&i18n::by_id(language, "signature-none")), "{keys}: no {word:?} in {row}");
        }
    }
}
