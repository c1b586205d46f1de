//! The search line above the worklist: what is typed, what is shown, and what a wrong line looks like.

use pingyi::{
    domain::text::Language,
    i18n,
    search::keys::{FORMS, KEYS},
    tui::text::width,
};

use crate::support::{
    rules::of,
    screens::{Look, SMALL, World, crowd, picture, press, screen, with},
};

/// Each state of the field, by the keys that lead to it.
const STATES: [(&str, &str); 6] = [
    ("find", "ctrl-f 城市：太原_主导:企业"),
    ("find-empty-field", "ctrl-f"),
    ("find-wrong", "ctrl-f 太原_城布:晋_mean:>80"),
    ("find-groups", "ctrl-f 榜题:t1,t2_分组:榜题_分组:主导_排序:编号"),
    ("find-none", "ctrl-f 太原_大同"),
    ("find-help", "ctrl-f 太原 f1"),
];

#[test]
fn the_states_of_the_search_field_look_as_they_did() {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, keys) in STATES {
            for (tag, language) in [("zh", Language::Zh), ("en", Language::En)] {
                let picture = screen(&mut World::sample(), Look { language, ..SMALL }, keys);
                insta::assert_snapshot!(format!("{name}-80x24-{tag}"), picture);
            }
        }
    });
}

/// The applications on the screen, in their order.
fn shown(picture: &str) -> Vec<String> {
    // Title, head, status and hints may name an application too.
    let lines: Vec<&str> = picture.lines().collect();
    let list = lines.get(2..lines.len().saturating_sub(2)).unwrap_or(&[]);
    list.iter().filter_map(|line| line.split("sx-").nth(1)).map(|rest| rest.chars().take(4).collect()).collect()
}

#[test]
fn the_list_follows_every_character_that_is_typed() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f", |app| {
        for (typed, expected) in
            [("太", 5), ("原", 4), ("space", 4), ("不", 1), ("backspace", 4), ("backspace", 4), ("backspace", 5), ("backspace", 19)]
        {
            press(app, typed);
            let picture = picture(app, SMALL.size).0.join("\n");
            assert_eq!(shown(&picture).len(), expected, "after {typed}: {picture}");
            assert!(picture.contains(&format!("{expected}/19")), "after {typed}: {picture}");
        }
    });
}

#[test]
fn a_wrong_line_finds_what_stands_before_the_mistake_and_points_at_it() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f 太原", |app| {
        press(app, "_城布:晋");
        let (lines, _) = picture(app, SMALL.size);
        assert_eq!(shown(&lines.join("\n")).len(), 4, "{lines:#?}");
        let (typed, sign) = (&lines[2], &lines[3]);
        let before = typed.split("城布").next().unwrap();
        assert_eq!(width(sign.trim_end_matches('^')), width(before), "the sign stands below the key: {lines:#?}");
        assert!(lines[4].contains("第 4 字") && lines[4].contains("城市:"), "{lines:#?}");
        press(app, "backspace backspace backspace 市:太原");
        let (lines, _) = picture(app, SMALL.size);
        assert!(!lines.iter().any(|line| line.trim() == "^"), "a right line has no sign: {lines:#?}");
    });
}

#[test]
fn a_key_that_is_being_typed_empties_no_list() {
    for (typed, expected) in [
        ("city:", 19),
        ("太原_city:", 4),
        ("太原_城市：", 4),
        ("太原_(", 4),
        ("太原_-", 4),
        ("太原_“", 4),
        ("太原_mode:zz", 4),
        ("mean:>80", 19),
    ] {
        let picture = screen(&mut World::sample(), SMALL, &format!("ctrl-f {typed}"));
        assert!(picture.contains(&format!(" {expected}/19")), "{typed}: {picture}");
    }
}

#[test]
fn two_mistakes_have_two_signs() {
    let picture = screen(&mut World::sample(), SMALL, "ctrl-f cty:a_my:b");
    let signs = picture.lines().nth(3).unwrap();
    assert_eq!(signs.trim(), "^        ^", "{picture}");
}

#[test]
fn the_sign_goes_with_a_line_that_is_longer_than_the_field() {
    let mut world = World::sample();
    let long = "太原实训基地".repeat(12);
    with(&mut world, Look { size: (60, 16), ..SMALL }, &format!("ctrl-f paste:{long} _cty:a"), |app| {
        let (lines, cursor) = picture(app, (60, 16));
        let sign = width(lines[3].trim_end_matches('^'));
        assert_eq!(usize::from(cursor.unwrap().x) - sign, width("cty:a"), "{lines:#?}");
        assert!(lines.iter().all(|line| width(line) <= 60));
    });
    let picture = screen(&mut world, SMALL, &format!("ctrl-f cty:a_ paste:{long}"));
    assert!(picture.contains("第 1 字"), "a place that is scrolled out is still named: {picture}");
}

#[test]
fn escape_brings_everything_back_and_the_cursor_to_where_it_was() {
    let mut world = World::sample();
    let before = screen(&mut world, SMALL, "down down down");
    assert_eq!(screen(&mut world, SMALL, "down down down ctrl-f 太原 down esc"), before);
    assert_eq!(screen(&mut world, SMALL, "down down down ctrl-f 太原_mean:1 esc"), before, "also after a wrong line");
}

#[test]
fn the_line_stands_in_the_title_and_stays_while_an_application_is_open() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, "ctrl-f 城市:晋中 enter esc");
    assert!(picture.lines().next().unwrap().contains("评审项目 | 城市:晋中"), "{picture}");
    assert_eq!(shown(&picture).len(), 2, "{picture}");
    let picture = screen(&mut world, SMALL, "ctrl-f");
    assert!(!picture.lines().next().unwrap().contains('|'), "an empty line is not shown: {picture}");
}

#[test]
fn heads_of_groups_are_passed_over_by_the_cursor_and_count_their_rows() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f 榜题:t1,t2_分组:榜题_排序:编号", |app| {
        let chosen = |app: &mut _| {
            let (lines, _) = picture(app, SMALL.size);
            let chosen: Vec<String> = lines.iter().filter(|line| line.starts_with('>')).cloned().collect();
            assert_eq!(chosen.len(), 1, "{lines:#?}");
            chosen[0].split("sx-").nth(1).unwrap().chars().take(4).collect::<String>()
        };
        assert_eq!(chosen(app), "0001", "the first row, not the head above it");
        press(app, "up up");
        assert_eq!(chosen(app), "0001", "there is nothing above");
        let (lines, _) = picture(app, SMALL.size);
        assert!(lines.iter().any(|line| line.contains("榜题：智能网联新能源汽车 (4)")), "the head is still there: {lines:#?}");
        press(app, "down down down down");
        assert_eq!(chosen(app), "0005", "the head of the second group is passed over");
        press(app, "up");
        assert_eq!(chosen(app), "0004");
        press(app, "end");
        assert_eq!(chosen(app), "0008");
        press(app, "home");
        assert_eq!(chosen(app), "0001");
    });
}

#[test]
fn heads_stay_in_sight_above_the_first_row_in_the_smallest_window() {
    let mut world = World::sample();
    with(&mut world, Look { size: (60, 16), ..SMALL }, "ctrl-f 分组:榜题_分组:城市 end home", |app| {
        let (lines, _) = picture(app, (60, 16));
        let at = lines.iter().position(|line| line.starts_with('>')).unwrap();
        assert!(lines[at - 1].contains("城市：") && lines[at - 2].contains("榜题："), "{lines:#?}");
    });
}

#[test]
fn digits_belong_to_the_line_and_no_row_is_numbered_meanwhile() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, "ctrl-f 0 0 1 3");
    assert_eq!(shown(&picture), ["0013"]);
    assert!(picture.lines().any(|line| line.starts_with(">  sx-0013")), "{picture}");
    let picture = screen(&mut world, SMALL, "ctrl-f 0 0 1 3 esc");
    assert!(picture.lines().any(|line| line.starts_with(">1 sx-")), "numbers are back afterwards: {picture}");
}

#[test]
fn help_on_the_field_lists_every_key_that_works_here_with_its_example_and_no_other() {
    for (at, language) in [Language::Zh, Language::En].into_iter().enumerate() {
        let look = Look { language, size: (110, 90), ..SMALL };
        let picture = screen(&mut World::sample(), look, "ctrl-f f1");
        for key in KEYS {
            let stands = picture.contains(key.example[at]) && picture.contains(&i18n::by_id(language, key.help));
            let is_ours =
                !["search-key-mean", "search-key-spread", "search-key-sd", "search-key-missing", "search-key-flag", "search-key-rank"]
                    .contains(&key.help)
                    && key.help != "search-key-tied";
            assert_eq!(stands, is_ours, "{language:?} {:?}: {picture}", key.example);
        }
        for form in FORMS {
            assert!(picture.contains(form.example[at]), "{language:?} {:?}", form.example);
        }
    }
    let picture = screen(&mut World::sample(), Look { size: (110, 90), ..SMALL }, "f1");
    assert!(!picture.contains("查找项（"), "help on the list itself is about its keys: {picture}");
}

#[test]
fn an_empty_result_says_which_keys_lead_out() {
    for (language, words) in [(Language::Zh, "按 Esc 恢复全部，按 F1"), (Language::En, "Esc shows all again, F1")] {
        let picture = screen(&mut World::sample(), Look { language, ..SMALL }, "ctrl-f 太原_大同");
        assert!(picture.contains(words), "{picture}");
    }
}

#[test]
fn what_is_scored_while_a_line_stands_is_found_at_once() {
    let mut world = World::sample();
    with(&mut world, SMALL, "ctrl-f my:any", |app| {
        assert_eq!(shown(&picture(app, SMALL.size).0.join("\n")).len(), 0);
    });
    with(&mut world, SMALL, "ctrl-f sx-0013 enter 1 7 enter esc esc ctrl-f my:7_c:A1=7", |app| {
        assert_eq!(shown(&picture(app, SMALL.size).0.join("\n")), ["0013"]);
        press(app, "ctrl-z");
        assert_eq!(shown(&picture(app, SMALL.size).0.join("\n")).len(), 0, "what was undone is not found");
        press(app, "ctrl-y");
        assert_eq!(shown(&picture(app, SMALL.size).0.join("\n")), ["0013"]);
    });
}

#[test]
fn sorting_in_the_line_goes_before_the_sorting_of_the_list() {
    let mut world = World::sample();
    let picture = screen(&mut world, SMALL, "f4 ctrl-f item:t1_sort:-id");
    assert_eq!(shown(&picture), ["0004", "0003", "0002", "0001"]);
    let picture = screen(&mut world, SMALL, "f4 ctrl-f item:t1");
    assert_eq!(shown(&picture), ["0001", "0002", "0003", "0004"], "without it, the list's own order holds");
}

#[test]
fn a_hidden_name_is_found_by_no_word() {
    let mut package = crate::support::screens::SAMPLE.clone();
    package.call.blind.applicant = true;
    let name = package.applications[0].applicant.name.clone();
    package.applications[0].title.zh = format!("{name}的基地");
    let mut world = World::of(package, "R02");
    assert_eq!(shown(&screen(&mut world, SMALL, &format!("ctrl-f {name}"))).len(), 0);
    assert!(screen(&mut world, SMALL, "ctrl-f 单位:学院").contains("隐去申报单位"));
}

#[test]
fn a_call_of_five_thousand_applications_is_searched_like_a_small_one() {
    let mut world = World::of(crowd(5_000), "R02");
    let all = world.index.rows.len();
    let wanted = world.package.assigned_to(&of("R02")).iter().filter(|application| application.applicant.city == "140100").count();
    with(&mut world, SMALL, "ctrl-f 城市:太原_排序:-编号", |app| {
        let picture = picture(app, SMALL.size).0.join("\n");
        assert!(picture.contains(&format!("{wanted}/{all}")), "{picture}");
    });
}
