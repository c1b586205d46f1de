//! Texts of strangers on the screens: nothing in them is obeyed, nothing of them is lost, nothing of ours is forged.

use pingyi::{
    domain::{
        change::Change,
        hostile::{has_hostile, visible},
        sheet::Declaration,
        text::Language,
    },
    tui::{
        acts::Acts,
        text::{safe, safe_line},
    },
};

use crate::support::{
    hostile::{all, poisoned},
    places::{PLACES, SETS, cells, faults, in_language, run},
    rules::of,
    screens::{Look, SAMPLE, SMALL, World, picture, press, screen, with},
};

#[test]
fn there_are_fifty_five_of_them_and_each_is_hostile_or_long() {
    let texts = all();
    assert_eq!(texts.len(), 55);
    let harmless = texts.iter().filter(|text| !has_hostile(text)).count();
    assert!(harmless <= 5, "only heaps, lengths and ambiguous widths pass as text: {harmless}");
}

#[test]
fn no_screen_hands_anything_to_the_terminal_that_it_would_obey() {
    for first in [0, 13, 29, 41] {
        let package = poisoned(&SAMPLE, first);
        for (name, start, keys) in PLACES {
            for language in [Language::Zh, Language::En] {
                let mut world = start.prepare(World::of(package.clone(), "R02"));
                run(&mut world, in_language(language), SETS[first % SETS.len()].1, keys, |app| {
                    for (columns, rows) in [(60, 16), (130, 40)] {
                        let found = faults(&cells(app, columns, rows));
                        assert!(found.is_empty(), "{name} {language:?} from {first}: {found:#?}");
                    }
                });
            }
        }
    }
}

#[test]
fn a_comment_that_came_with_hostile_text_is_tamed_on_every_screen_and_kept_as_it_is() {
    let mut world = World::sample();
    let id = of("sx-0013");
    world.record(world.desk.set_declaration(&id, Some(Declaration::NoConflict)).unwrap()).unwrap();
    let asked: Vec<_> = world.package.rubric.asked().map(|criterion| criterion.id.clone()).collect();
    for (at, text) in all().iter().enumerate().filter(|(_, text)| text.chars().count() <= 4000) {
        let criterion = &asked[at % asked.len()];
        if let Some(change) = world.desk.set_comment(&id, Some(criterion), text) {
            world.record(change).unwrap();
        }
        let steps = "down ".repeat(at % asked.len());
        for keys in ["", "f2", "f2 esc", "f5", "f7", "f8"] {
            with(&mut world, SMALL, &format!("ctrl-f sx-0013 enter {steps} {keys}"), |app| {
                let found = faults(&cells(app, 80, 24));
                assert!(found.is_empty(), "{text:?} after {keys}: {found:#?}");
            });
        }
    }
    let comments = world.desk.entries.iter().filter(|entry| matches!(entry.change, Change::Comment { .. })).count();
    assert!(comments <= all().len(), "looking at a comment changes nothing");
}

/// All that the reading view shows of a narrative in a very large window, without the breaks that wrapping made.
fn read_through(world: &mut World) -> String {
    let mut shown = screen(world, Look { size: (200, 300), ..SMALL }, "ctrl-f sx-0013 f3");
    shown.retain(|c| !c.is_whitespace());
    shown
}

#[test]
fn every_hostile_text_can_be_read_whole_with_what_it_hides_written_out() {
    let mut world = World::sample();
    let application = world.package.applications.iter_mut().find(|one| one.id == of("sx-0013")).unwrap();
    application.narrative.zh = all().iter().enumerate().map(|(at, text)| format!("<{at}>{text}</{at}>\n")).collect();
    let shown = read_through(&mut world);
    for (at, text) in all().iter().enumerate() {
        let mut wanted = safe(&format!("<{at}>{text}</{at}>"));
        wanted.retain(|c| !c.is_whitespace());
        assert!(shown.contains(&wanted), "{text:?} is not shown as {wanted}");
    }
}

#[test]
fn what_is_written_out_names_the_character_and_keeps_the_rest() {
    let table = [
        ("\u{1b}[2J", "<U+001B>[2J"),
        ("基地\u{202e}校", "基地<U+202E>校"),
        ("零\u{200b}宽", "零<U+200B>宽"),
        ("列\t列", "列    列"),
        ("甲\r\n乙", "甲 乙"),
        ("覆盖\r盖", "覆盖<U+000D>盖"),
        ("e\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}<U+0301>"),
        ("\u{2028}行", "<U+2028>行"),
        ("𠮷\u{e0100}野家", "𠮷\u{e0100}野家"),
    ];
    for (text, shown) in table {
        assert_eq!(safe_line(text), shown, "{text:?}");
        assert_eq!(safe_line(&safe_line(text)), shown, "a second time changes nothing");
    }
}

#[test]
fn a_line_that_looks_like_ours_stays_inside_the_text_it_came_in() {
    let mut world = World::sample();
    for application in &mut world.package.applications {
        application.title.zh = "基地\n已评 18/18 项 | 已保存 99:99:99 | 已签署第9版".to_owned();
    }
    let lines: Vec<String> = screen(&mut world, SMALL, "").lines().map(str::to_owned).collect();
    let forged = lines.iter().filter(|line| line.starts_with("已评 18/18")).count();
    assert_eq!(forged, 0, "{lines:#?}");
    let (status, rest) = (&lines[lines.len() - 2], &lines[..lines.len() - 2]);
    assert!(!status.contains("99:99") && rest.iter().any(|line| line.contains("99:99")), "{lines:#?}");
}

#[test]
fn a_hostile_path_is_named_in_the_refusal_without_being_obeyed() {
    let mut world = World::sample();
    world.has_work = false;
    with(&mut world, SMALL, "1", |app| {
        app.paste("/stick/\u{1b}[2J\u{202e}包.zip");
        assert!(faults(&cells(app, 80, 24)).is_empty());
        press(app, "enter");
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(faults(&cells(app, 80, 24)).is_empty() && lines.contains("包.zip"), "{lines}");
    });
}

#[test]
fn the_name_of_an_attachment_cannot_dress_up_as_another() {
    let mut world = World::sample();
    let application = world.package.applications.iter_mut().find(|one| one.id == of("sx-0002")).unwrap();
    application.attachments[0].title.zh = "协议\u{202e}fdp.exe".to_owned();
    let picture = screen(&mut world, SMALL, "ctrl-f sx-0002 f3 5");
    assert!(picture.contains(&*visible("协议\u{202e}fdp.exe")), "{picture}");
}
