//! What a reviewer sees of a request of the chair: the mark in the list, the words above the sheet, and what is closed.

use pingyi::{
    domain::{change::Change, text::Language},
    tui::{acts::Acts, effect::Arrival},
};

use crate::support::{
    hostile::all,
    places::{PLACES, Start, asks, faults},
    rules::of,
    screens::{Look, SMALL, World, arriving, picture, press, screen, with},
};

#[test]
fn the_mark_in_the_list_and_the_words_on_the_sheet_look_as_they_did() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, start, keys) in PLACES.into_iter().filter(|(_, start, _)| *start == Start::Asked) {
            for size in [(120, 40), (80, 24), (60, 16)] {
                for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    let picture = screen(&mut start.world(), Look { language, size, ..SMALL }, keys);
                    insta::assert_snapshot!(format!("{}-{}x{}-{tag}", name.replace(", ", "-"), size.0, size.1), picture);
                }
            }
        }
    });
}

#[test]
fn a_request_is_opened_from_the_list_and_taken_in_with_enter() {
    let mut world = World::sample();
    let shown = screen(&mut world, SMALL, "ctrl-o /stick/rescore.zip enter");
    assert!(shown.contains("第 1 号复评单") && shown.contains("请复评指标 A1, B2（畸高畸低）：请对照产业地图复核两项评分"), "{shown}");
    assert!(shown.contains("2026-03-17T12:00:00+08:00"), "the deadline is told: {shown}");
    screen(&mut world, SMALL, "ctrl-o /stick/rescore.zip enter enter");
    assert_eq!(world.accepted.as_deref(), Some("R02"));
    let nowhere = screen(&mut World::sample(), SMALL, "ctrl-o /stick/nothing.zip enter");
    assert!(nowhere.contains("/stick/nothing.zip"), "{nowhere}");
    let back = screen(&mut World::sample(), SMALL, "ctrl-o esc");
    assert!(back.contains("sx-0001") || back.contains("sx-0013"), "Esc leads back to the list: {back}");
}

#[test]
fn the_mark_goes_when_the_sheet_is_handed_in_and_the_words_go_when_the_answer_is_signed() {
    let mut world = Start::Asked.world();
    let list = |world: &mut World| screen(world, SMALL, "ctrl-f sx-0013 enter esc");
    let row = |shown: &str| shown.lines().find(|line| line.starts_with('>')).unwrap().to_owned();
    let before = list(&mut world);
    assert!(row(&before).contains('!') && before.contains("组长来单"), "{before}");
    screen(&mut world, SMALL, "ctrl-f sx-0013 enter 7 enter f9");
    let half = screen(&mut world, SMALL, "f5");
    assert!(half.contains("B2") && half.contains("维持理由"), "what is not answered is listed as missing: {half}");
    screen(&mut world, SMALL, "ctrl-f sx-0013 enter end up f2");
    let say = world.desk.set_comment(&of("sx-0013"), Some(&of("B2")), "材料充分，维持原分").unwrap();
    world.record(say).unwrap();
    screen(&mut world, SMALL, "ctrl-f sx-0013 enter f9");
    let handed = list(&mut world);
    assert!(!row(&handed).contains('!'), "{handed}");
    let export = Change::Export { revision: 2, digest: "7".repeat(64), file: "r2.zip".to_owned(), supersedes: Some("5".repeat(64)) };
    world.record(export).unwrap();
    let after = list(&mut world);
    assert!(!after.contains("组长来单"), "{after}");
    let sheet = screen(&mut world, SMALL, "ctrl-f sx-0013 enter 5 enter");
    assert!(sheet.contains("复评已答复"), "nothing can be changed any more: {sheet}");
}

#[test]
fn what_is_not_asked_about_says_so_when_somebody_types_there() {
    let mut world = Start::Asked.world();
    let shown = screen(&mut world, SMALL, "ctrl-f sx-0013 enter down 5 enter");
    assert!(shown.contains("复评单未涉及项目 sx-0013 的指标 A2"), "{shown}");
}

#[test]
fn the_chairs_words_do_nothing_to_the_terminal_whatever_they_hold() {
    for (at, text) in all().iter().enumerate() {
        let mut world = World::sample();
        let asked = asks(&mut world, text);
        let mut looking = World::sample();
        looking.arriving = Some(Arrival { request: Some(asked.clone()), ..arriving(&looking) });
        // A text that is too long or blank is no request; what came with it is looked at all the same.
        let is_request = world.desk.admit(&world.package, &Change::Asked(asked.clone())).is_ok();
        if is_request {
            world.record(Change::Asked(asked)).unwrap();
        }
        for keys in ["", "ctrl-f sx-0013 enter", "ctrl-o /stick/rescore.zip enter"] {
            let world = if keys.starts_with("ctrl-o") { &mut looking } else { &mut world };
            with(world, SMALL, keys, |app| {
                let mut buffer = ratatui::buffer::Buffer::empty(ratatui::layout::Rect::new(0, 0, 80, 24));
                app.draw(&mut buffer);
                assert!(faults(&buffer).is_empty(), "text {at}");
                press(app, "down");
                assert_eq!(picture(app, (60, 16)).0.len(), 16);
            });
        }
    }
}
