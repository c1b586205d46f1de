//! The chair's screens: keys in, acts and pictures out.

use std::collections::BTreeSet;

use pingyi::{
    domain::{
        correction::Stage,
        decision::FlagRuling,
        table::act::{Act, Removal, Signature},
        text::Language,
    },
    tui::text::width,
};
use serde::Deserialize;

use crate::support::{
    cases::worked,
    places::{PLACES, Start},
    rules::of,
    screens::{Look, SMALL, World, picture, press, screen, with},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    start: String,
    keys: String,
    shows: Vec<String>,
    #[serde(default)]
    settled: bool,
    #[serde(default)]
    hides: Vec<String>,
}

fn world(start: &str) -> World {
    match start {
        "table" => Start::Table.world(),
        "awaiting" => Start::Awaiting.world(),
        "bare" => Start::Bare.world(),
        other => panic!("{other} is no start"),
    }
}

/// The screen after what waited for its first frame was done.
fn settled(world: &mut World, look: Look, keys: &str) -> String {
    with(world, look, keys, |app| {
        picture(app, look.size);
        app.go_on();
        picture(app, look.size).0.join("\n")
    })
}

/// What is otherwise than the cases say.
fn otherwise(cases: &str, language: Language, size: (u16, u16)) -> Vec<String> {
    let mut wrong = Vec::new();
    for case in worked::<Case>(cases) {
        let look = Look { language, size, ..SMALL };
        let mut world = world(&case.start);
        let picture = if case.settled { settled(&mut world, look, &case.keys) } else { screen(&mut world, look, &case.keys) };
        let missing = case.shows.iter().filter(|words| !picture.contains(words.as_str()));
        let odd = case.hides.iter().filter(|words| picture.contains(words.as_str()));
        let found: Vec<&String> = missing.chain(odd).collect();
        if !found.is_empty() {
            wrong.push(format!("{} ({}): {found:?} in\n{picture}\n", case.why, case.keys));
        }
    }
    wrong
}

#[test]
fn the_chair_sees_what_the_cases_say() {
    let wrong = otherwise(include_str!("chair.toml"), Language::Zh, (100, 40));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_chair_who_reads_english_sees_the_same_in_english() {
    let wrong = otherwise(include_str!("chair.en.toml"), Language::En, (140, 45));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Small {
    name: String,
    shows: Vec<String>,
}

#[derive(Deserialize)]
struct SmallOnes {
    place: Vec<Small>,
}

#[test]
fn in_the_smallest_window_nothing_that_matters_is_cut_away() {
    let smallest: SmallOnes = toml::from_str(include_str!("small.toml")).unwrap();
    for one in smallest.place {
        let (_, start, keys) = places().find(|(name, ..)| *name == one.name).unwrap_or_else(|| panic!("{} is no place", one.name));
        let picture = screen(&mut start.world(), Look { language: Language::En, size: (60, 16), ..SMALL }, keys);
        for words in &one.shows {
            assert!(picture.contains(words.as_str()), "{}: {words} in\n{picture}", one.name);
        }
    }
}

/// The places of the chair, by name and keys.
fn places() -> impl Iterator<Item = (&'static str, Start, &'static str)> {
    PLACES.into_iter().filter(|(_, start, _)| matches!(start, Start::Table | Start::Awaiting))
}

#[test]
fn the_chairs_screens_look_as_they_did() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, start, keys) in places() {
            for size in [(120, 40), (80, 24), (60, 16)] {
                for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                    let look = Look { language, size, ..SMALL };
                    // The one place that shows how something waits is pictured while it waits.
                    let see = if name.ends_with("working") { screen } else { settled };
                    let picture = see(&mut start.world(), look, keys);
                    insta::assert_snapshot!(format!("chair-{}-{}x{}-{tag}", name.replace(", ", "-"), size.0, size.1), picture);
                }
            }
        }
    });
}

#[test]
fn ascii_is_enough_for_every_picture_of_the_chair() {
    for (name, start, keys) in places() {
        let picture = screen(&mut start.world(), Look { ascii: true, size: (120, 40), ..SMALL }, keys);
        for odd in ['│', '─', '░', '▒', '▓', '█', '✓', '✗'] {
            assert!(!picture.contains(odd), "{name}: {odd}");
        }
    }
    let matrix = screen(&mut World::table(&[]), Look { ascii: true, ..SMALL }, "2");
    assert!(matrix.contains('#') && matrix.contains('+'), "shades have marks of their own: {matrix}");
}

#[test]
fn no_line_of_the_chairs_screens_is_wider_than_its_window() {
    for (name, start, keys) in places() {
        for (columns, rows) in [(60, 16), (80, 24), (120, 40)] {
            let look = Look { language: Language::En, size: (columns, rows), ..SMALL };
            for line in screen(&mut start.world(), look, keys).lines() {
                assert!(width(line) <= usize::from(columns), "{name}: {line}");
            }
        }
    }
}

/// The acts that `keys` record at the table of the sample call.
fn acts(keys: &str) -> Vec<Act> {
    let mut world = World::table(&[]);
    let before = world.chair.as_ref().unwrap().desk.entries.len();
    with(&mut world, SMALL, keys, |_| ());
    let entries = &world.chair.as_ref().unwrap().desk.entries;
    let act = |change: &pingyi::domain::change::Change| match change {
        pingyi::domain::change::Change::Table(act) => act.clone(),
        other => panic!("{other:?} is nothing for a table"),
    };
    entries[before..].iter().map(|entry| act(&entry.change)).collect()
}

#[test]
fn a_form_records_exactly_one_act_that_says_what_was_typed() {
    let flag = acts("3 1 1 依据充分 tab");
    let [Act::Flag { application, flag, before: None, after: Some(FlagRuling::Uphold { reason }) }] = flag.as_slice() else {
        panic!("{flag:?}")
    };
    assert_eq!((application.as_str(), reason.as_str()), ("sx-0004", "依据充分"));
    assert_eq!((flag.reviewer.clone(), flag.criterion.clone()), (Some(of("R06")), None));

    let vote = acts("5 1 7 6 tab 6 tab 4 tab 1 tab 1 tab 0 tab tab tab");
    let [Act::Vote { after: Some(ballot), .. }] = vote.as_slice() else { panic!("{vote:?}") };
    assert_eq!([ballot.entitled, ballot.present, ballot.approve, ballot.reject, ballot.abstain, ballot.invalid], [6, 6, 4, 1, 1, 0]);
    assert_eq!((ballot.teller.as_str(), ballot.scrutineer.as_str()), ("T01", "T02"), "the roster's own teller and scrutineer stand there");

    let void = acts("6 3 5 监督处 tab 泄露评审情况 tab");
    let [Act::Remove { reviewer, after: Some(Removal::Void { authority, reason }), .. }] = void.as_slice() else { panic!("{void:?}") };
    assert_eq!((reviewer.as_str(), authority.as_str(), reason.as_str()), ("R03", "监督处", "泄露评审情况"));

    let refusal = acts("6 2 3 监督员 enter");
    let [Act::Member { person, after: Some(Signature::RefusedDeemedAgreement { witness }), .. }] = refusal.as_slice() else {
        panic!("{refusal:?}")
    };
    assert_eq!((person.as_str(), witness.as_str()), ("R02", "监督员"));
}

#[test]
fn a_correction_looks_the_old_score_up_and_is_refused_where_nothing_was_found() {
    let path = "1 2 right enter esc 2 down down down enter 7";
    // R06, the criterion O4 that is flagged, strikingly high or low, four points.
    let criteria: Vec<&str> = ["A1", "A2", "A3", "A4", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "O1", "O2", "O3", "O4"].to_vec();
    let right = |times: usize| "right ".repeat(times);
    let found = acts(&format!("{path} {} tab {} tab right tab 4 tab 评审组议定 tab", right(5), right(criteria.len() - 1)));
    let Some(Act::Correct(correction)) = found.last() else { panic!("{found:?}") };
    assert_eq!((correction.reviewer.as_str(), correction.before, correction.after), ("R06", of("2"), of("4")));
    assert_eq!((correction.criterion.clone(), correction.minute.as_str(), correction.by.as_str()), (Some(of("O4")), "评审组议定", "R01"));
    let refused = acts(&format!("{path} {} tab tab right tab 4 tab 评审组议定 tab", right(1)));
    assert_eq!(refused.len(), 1, "the scores were put together and nothing else happened: {refused:?}");
}

#[test]
fn an_opinion_is_written_at_the_latest_when_the_loop_waits_and_before_the_screen_is_left() {
    let mut world = World::table(&[]);
    with(&mut world, SMALL, "5 1 1 总体可行", |app| app.flush());
    let said = |world: &World| world.chair.as_ref().unwrap().desk.table.opinions[&of("sx-0001")].overall.clone();
    assert_eq!(said(&world), "总体可行");
    with(&mut world, SMALL, "5 1 1 ， 建议 支持 esc", |_| ());
    assert_eq!(said(&world), "总体可行，建议支持");
}

#[test]
fn nothing_typed_into_a_form_is_thrown_away_at_the_first_escape() {
    with(&mut World::table(&[]), SMALL, "3 1 1 依据 esc", |app| {
        let lines = picture(app, SMALL.size).0.join("\n");
        assert!(lines.contains("依据") && lines.contains("再按一次 Esc 放弃"), "{lines}");
        press(app, "ctrl-q");
        assert!(!app.is_over(), "leaving would lose it, which is said first");
        press(app, "esc");
        assert!(picture(app, SMALL.size).0[0].starts_with("分歧复核 sx-0004"));
    });
}

#[test]
fn bundles_are_checked_only_after_the_screen_said_so() {
    let mut world = World::table(&["R07"]);
    with(&mut world, SMALL, "1 1 /stick enter", |app| {
        assert!(app.is_waiting(), "the frame comes first");
        assert!(picture(app, SMALL.size).0.join("\n").contains("请稍候"));
        app.go_on();
        assert!(!app.is_waiting() && picture(app, SMALL.size).0[0].starts_with("导入结果"));
    });
    assert_eq!(world.chair.as_ref().unwrap().index.open.awaited, Vec::new());
}

#[test]
fn ranks_are_tried_another_way_only_after_a_frame_and_once_after_every_act() {
    let mut world = World::table(&[]);
    let wide = Look { size: (120, 40), ..SMALL };
    with(&mut world, wide, "4", |app| {
        assert!(!app.is_waiting(), "nothing is drawn yet");
        assert!(!picture(app, wide.size).0.join("\n").contains("稳定  ") && app.is_waiting(), "the first frame stands without it");
        app.go_on();
        assert!(picture(app, wide.size).0.join("\n").contains("稳定  ") && !app.is_waiting());
        press(app, "esc 4");
        picture(app, wide.size);
        assert!(!app.is_waiting(), "nothing changed, so nothing is tried again");
        press(app, "esc 3 1 1 有依据 tab esc esc 4");
        picture(app, wide.size);
        assert!(app.is_waiting(), "a decision may change every rank");
    });
}

#[test]
fn time_is_counted_only_while_an_application_is_discussed_and_shown() {
    let counting = |keys: &str| with(&mut World::table(&[]), SMALL, keys, |app| app.is_counting());
    let table = [("7", false), ("7 enter", true), ("7 enter enter", false), ("7 enter esc", false), ("", false), ("4", false)];
    for (keys, expected) in table {
        assert_eq!(counting(keys), expected, "{keys}");
    }
}

#[test]
fn the_orders_of_discussion_are_by_spread_by_total_and_by_who_leaves() {
    let first = |keys: &str| {
        let lines = screen(&mut World::table(&[]), Look { size: (100, 40), ..SMALL }, keys);
        let row = |line: &&str| line.contains(" sx-00");
        lines
            .lines()
            .filter(row)
            .map(|line| line.split_whitespace().find(|word| word.starts_with("sx-")).unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(first("7")[0], "sx-0004");
    assert_eq!(first("7 f4")[0], "sx-0001", "the highest total");
    let grouped = first("7 f4 f4");
    let world = World::table(&[]);
    let index = &world.chair.as_ref().unwrap().index;
    let leaving: Vec<String> = grouped
        .iter()
        .map(|id| index.leaving(index.case(&of(id)).unwrap()).map(ToString::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    let mut groups = leaving.clone();
    groups.dedup();
    assert_eq!(groups.len(), groups.iter().collect::<BTreeSet<_>>().len(), "nobody leaves, comes back and leaves again: {leaving:?}");
}

#[test]
fn what_is_open_on_the_board_is_what_the_screens_list() {
    let mut world = World::table(&[]);
    let open = |world: &World| world.chair.as_ref().unwrap().index.open.clone();
    let before = open(&world);
    assert!(before.flags > 0 && before.ties == 1 && before.opinions == 23 && !before.is_decided(), "{before:?}");
    with(&mut world, SMALL, "3 1 1 有依据 tab", |_| ());
    assert_eq!(open(&world).flags, before.flags - 1);
    with(&mut world, SMALL, "3 1 2 请复核计算 tab", |_| ());
    assert_eq!(open(&world).flags, before.flags - 1, "asking again decides nothing");
    with(&mut world, SMALL, "4 tab tab tab down f3 5 tab 依据服务面 tab", |_| ());
    assert_eq!(world.chair.as_ref().unwrap().desk.table.progress.stage, Stage::Draft);
}

#[test]
fn a_table_that_cannot_be_written_says_so_and_loses_nothing() {
    let mut world = World { full: true, ..World::table(&[]) };
    let picture = screen(&mut world, Look { size: (120, 30), ..SMALL }, "3 1 1 有依据 tab");
    assert!(picture.contains("只读") && picture.contains("有依据"), "{picture}");
    assert!(world.chair.as_ref().unwrap().desk.table.rulings.is_empty());
}
