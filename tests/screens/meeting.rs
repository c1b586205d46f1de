//! The meeting: every scored application is called up once, whoever must leave is named before it opens, and time is told, not kept.

use std::collections::BTreeSet;

use pingyi::domain::{exact::Exact, text::Language};

use crate::support::{
    chair::Sitting,
    rules::of,
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const WIDE: Look = Look { size: (120, 40), ..SMALL };

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

/// Applications in the order of discussion.
fn order(world: &mut World, language: Language, keys: &str) -> Vec<String> {
    let shown = screen(world, Look { language, ..WIDE }, &format!("7 {keys}"));
    let id = |line: &str| line.split_whitespace().find(|word| word.starts_with("sx-") && word.len() == 7).map(str::to_owned);
    // The head may name the application that is discussed now.
    shown.lines().skip(3).filter_map(id).collect()
}

const ORDERS: [(&str, &str); 3] = [("by spread", ""), ("by total", "f4"), ("by who leaves", "f4 f4")];

#[test]
fn every_order_calls_every_scored_application_exactly_once_in_both_languages() {
    let mut world = World::table(&[]);
    let scored: BTreeSet<String> =
        chair(&world).index.cases.iter().filter(|case| case.scored).map(|case| case.application.to_string()).collect();
    for (name, keys) in ORDERS {
        let [chinese, english] = [Language::Zh, Language::En].map(|language| order(&mut world, language, keys));
        assert_eq!(chinese, english, "{name}");
        assert_eq!((chinese.len(), chinese.iter().cloned().collect::<BTreeSet<_>>()), (23, scored.clone()), "{name}");
        assert!(!chinese.contains(&"sx-0022".to_owned()), "what failed the formal check is not discussed");
    }
    assert_eq!(order(&mut world, Language::Zh, "f4 f4 f4"), order(&mut world, Language::Zh, ""), "three orders and no more");
}

#[test]
fn by_spread_and_by_total_the_figures_fall_from_the_first_to_the_last() {
    let mut world = World::table(&[]);
    for (at, (name, keys)) in ORDERS.into_iter().enumerate().take(2) {
        let shown = order(&mut world, Language::En, keys);
        let index = &chair(&world).index;
        let case = |id: &String| index.case(&of(id)).unwrap();
        let figures: Vec<Option<Exact>> = shown.iter().map(|id| if at == 0 { case(id).spread } else { case(id).total }).collect();
        assert!(figures.windows(2).all(|pair| pair[0] >= pair[1]), "{name}: {figures:?}");
        assert!(figures.iter().all(Option::is_some), "{name}");
    }
}

#[test]
fn the_chosen_order_is_said_in_words() {
    let table = [
        ("f4", "按得分", "By total"),
        ("f4 f4", "按回避人员归并", "grouped by who is recused"),
        ("f4 f4 f4", "按分差从大到小", "by spread, widest first"),
    ];
    for (keys, zh, en) in table {
        for (language, words) in [(Language::Zh, zh), (Language::En, en)] {
            let shown = screen(&mut World::table(&[]), Look { language, ..WIDE }, &format!("7 {keys}"));
            assert!(shown.contains(words), "{keys}: no {words:?} in\n{shown}");
        }
    }
}

/// Who leaves before `id` is discussed, by code and name.
fn leaving(world: &World, id: &str) -> Vec<String> {
    let index = &chair(world).index;
    let name = |code| format!("{code} {}", world.package.roster.person(code).unwrap().name);
    index.leaving(index.case(&of(id)).unwrap()).map(name).collect()
}

#[test]
fn whoever_must_leave_is_named_before_the_application_opens_and_nobody_is_named_for_nothing() {
    let mut world = World::table(&[]);
    let shown = order(&mut world, Language::Zh, "");
    let mut asked = 0;
    for (at, id) in shown.iter().enumerate() {
        let names = leaving(&world, id);
        with(&mut world, WIDE, &format!("7 {} enter", "down ".repeat(at)), |app| {
            let lines = picture(app, WIDE.size).0.join("\n");
            if names.is_empty() {
                assert!(
                    !lines.contains("请离席") && lines.contains(&format!("正在讨论 {id}")) && lines.contains("离席：无"),
                    "{id}:\n{lines}"
                );
                return;
            }
            assert!(lines.contains("请离席") && !lines.contains("正在讨论") && !app.is_counting(), "{id}:\n{lines}");
            assert!(names.iter().all(|name| lines.contains(name)), "{id} {names:?}:\n{lines}");
            // Enter alone stands on cancelling: the application stays closed.
            press(app, "enter");
            assert!(!app.is_counting() && !picture(app, WIDE.size).0.join("\n").contains("正在讨论"), "{id}");
            press(app, "enter right enter");
            let lines = picture(app, WIDE.size).0.join("\n");
            assert!(app.is_counting() && lines.contains(&format!("正在讨论 {id}")) && lines.contains(&names[0]), "{id}:\n{lines}");
            press(app, "enter");
            assert!(picture(app, WIDE.size).0[0].starts_with(&format!("项目 {id}")), "once more opens its page");
        });
        asked += usize::from(!names.is_empty());
    }
    assert_eq!(asked, 2, "sx-0001 without R03, sx-0006 without the one who declared a conflict");
}

#[test]
fn everybody_whom_the_office_recused_leaves_and_whoever_was_kept_on_stays() {
    let world = World::table(&[]);
    let mut decided = BTreeSet::new();
    for recusal in world.package.recusals.iter().filter(|one| world.package.is_scored(&one.application)) {
        let upheld = world.package.recusal(&recusal.application, &recusal.person).is_some();
        let leaves = leaving(&world, recusal.application.as_str()).iter().any(|name| name.starts_with(recusal.person.as_str()));
        assert_eq!(leaves, upheld, "{} on {}", recusal.person, recusal.application);
        decided.insert(upheld);
    }
    assert_eq!(decided.len(), 2, "the sample call has an upheld recusal and a rejected objection");
}

#[test]
fn a_whole_meeting_writes_nothing_into_the_journal() {
    let mut world = World::table(&[]);
    let before = chair(&world).desk.entries.clone();
    for at in 0..23 {
        with(&mut world, WIDE, &format!("7 {} enter right enter", "down ".repeat(at)), |app| {
            for _ in 0..3 {
                picture(app, WIDE.size);
                app.flush();
            }
            press(app, "f4 f4 enter esc");
            app.flush();
        });
    }
    assert_eq!(chair(&world).desk.entries, before);
}

#[test]
fn the_time_of_a_discussion_is_that_of_the_clock_over_midnight_too_and_starts_anew_with_the_next() {
    let table = [
        ("14:32:05", "14:33:10", "01:05"),
        ("14:32:05", "15:32:05", "60:00"),
        ("23:59:50", "00:00:20", "00:30"),
        ("09:00:00", "09:00:00", "00:00"),
    ];
    for (began, now, shown) in table {
        let mut world = World::table(&[]);
        let clock = world.now.clone();
        began.clone_into(&mut clock.borrow_mut());
        with(&mut world, WIDE, "7 enter", |app| {
            now.clone_into(&mut clock.borrow_mut());
            let lines = picture(app, WIDE.size).0.join("\n");
            assert!(lines.contains(&format!("用时 {shown}")), "{began} to {now}: no {shown} in\n{lines}");
            press(app, "down enter");
            let lines = picture(app, WIDE.size).0.join("\n");
            assert!(lines.contains("用时 00:00"), "the next one begins at nought:\n{lines}");
        });
    }
}
