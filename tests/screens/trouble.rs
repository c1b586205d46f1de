//! What the screens do when something goes wrong.

use pingyi::domain::text::Language;

use crate::support::screens::{Look, SAMPLE, SMALL, World, picture, press, screen, with};

#[test]
fn what_could_not_be_saved_is_said_until_it_can() {
    let mut world = World::sample();
    let declare = "ctrl-f sx-0013 enter 1 7 enter";
    with(&mut world, SMALL, declare, |_| ());
    world.full = true;
    with(&mut world, SMALL, "ctrl-f sx-0013 enter down 6 enter", |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("未能保存"), "{lines}");
        assert!(lines.contains("暂计 7.00"), "the screen shows what is really stored: {lines}");
        press(app, "down down");
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("未能保存"), "it stays: {lines}");
    });
    world.full = false;
    with(&mut world, SMALL, "ctrl-f sx-0013 enter down 6 enter ctrl-s", |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(!lines.contains("未能保存") && lines.contains("已保存 14:32:05"), "{lines}");
    });
}

#[test]
fn leaving_asks_only_where_something_would_be_lost() {
    let mut world = World::sample();
    assert!(with(&mut world, SMALL, "ctrl-f sx-0013 enter 1 7 enter ctrl-q", |app| app.is_over()), "everything is saved");
    world.full = true;
    with(&mut world, SMALL, "ctrl-f sx-0013 enter down 6 enter ctrl-q", |app| {
        assert!(!app.is_over(), "the first time says that something is lost");
        press(app, "ctrl-q");
        assert!(app.is_over(), "the second time leaves all the same");
    });
}

#[test]
fn a_window_that_is_too_small_says_so_in_both_languages_and_still_lets_one_leave() {
    for language in [Language::Zh, Language::En] {
        let look = Look { language, size: (59, 15), ..SMALL };
        with(&mut World::sample(), look, "", |app| {
            let lines = picture(app, look.size).0.join("\n");
            assert!(
                lines.contains("59x15") && lines.contains("60x16") && lines.contains("窗口太小") && lines.contains("too small"),
                "{lines}"
            );
            press(app, "ctrl-q");
            assert!(app.is_over());
        });
    }
}

#[test]
fn escape_never_throws_text_away() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 1 f2 abc esc esc esc esc", |_| ());
    let sheet = world.desk.sheet(&crate::support::rules::of("sx-0013"));
    assert_eq!(sheet.comment(&crate::support::rules::of("A1")), "abc");
}

#[test]
fn hostile_text_from_files_reaches_no_cell() {
    let mut world = World::sample();
    for application in &mut world.package.applications {
        application.title.zh = "示例\u{202e}基地\u{1b}[2J\u{200b}\n第二行".to_owned();
        application.narrative.zh = "一\u{7}、\u{9b}31m正文\r\n二\t格".to_owned();
    }
    for keys in ["", "enter", "f3", "f3 2", "f3 4", "f7", "f8", "f5"] {
        with(&mut world, Look { size: (120, 40), ..SMALL }, keys, |app| {
            for line in picture(app, (120, 40)).0 {
                assert!(
                    line.chars().all(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c) && c != '\u{200b}'),
                    "{keys}: {line:?}"
                );
            }
        });
    }
}

#[test]
fn a_call_that_hides_applicants_shows_their_names_on_no_screen() {
    let mut package = SAMPLE.clone();
    package.call.blind.applicant = true;
    let name = package.applications[0].applicant.name.clone();
    package.applications[0].title.zh = format!("{name}的基地");
    let mut world = World::of(package, "R02");
    for keys in ["", "ctrl-f 0001", "ctrl-f 0001 enter", "ctrl-f 0001 enter 1", "ctrl-f 0001 f3", "ctrl-f 0001 f3 2"] {
        let picture = screen(&mut world, Look { size: (140, 60), ..SMALL }, keys);
        assert!(!picture.contains(&name), "{keys}: {picture}");
        assert!(picture.contains("已隐去"), "{keys}: {picture}");
    }
}

#[test]
fn a_conflict_is_noticed_even_where_the_applicants_name_is_hidden() {
    let mut package = SAMPLE.clone();
    package.call.blind.applicant = true;
    let picture = screen(&mut World::of(package, "R05"), Look { size: (100, 30), ..SMALL }, "ctrl-f sx-0006 enter");
    assert!(picture.contains("请注意"), "{picture}");
}
