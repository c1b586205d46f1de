//! What the panel decides on screens: taken back and made again in one keystroke, told in the journal in both languages, and refused in
//! words where this window may only read.

use pingyi::{
    domain::{change::Entry, table::Table, telling, text::Language},
    i18n,
};

use crate::support::{
    chair::Sitting,
    screens::{Look, SMALL, World, picture, press, screen, with},
};

const WIDE: Look = Look { size: (160, 40), ..SMALL };

/// What is decided, and the keys that do it. Each ends on a screen of the chair, nothing half typed.
const ACTS: [(&str, &str); 15] = [
    ("a flagged score stands", "3 1 1 评分有依据 tab"),
    ("a sheet is void", "3 1 3 监督处 enter 未独立评审 tab"),
    ("a fact stands as each saw it", "3 end enter 1 以材料为准 tab"),
    ("a veto is found", "2 enter 5 合同编号相同 tab"),
    ("a vote is counted", "2 enter 4 6 tab 6 tab 5 tab 1 tab 0 tab 0 tab tab tab"),
    ("a vote on a tie", "4 tab tab tab down f3 4 5 tab tab tab"),
    ("the chair's ruling on a tie", "4 tab tab tab down f3 5 tab 服务面更广 tab"),
    ("all sheets of a member are void", "6 3 5 监督处 tab 泄露评审情况 tab"),
    ("a member is replaced", "6 7 6 left tab tab 突发疾病 tab"),
    ("a member is replaced in two items", "6 7 6 left tab t5，t4 tab 突发疾病 tab"),
    ("a member signs", "6 4 1"),
    ("a member dissents", "6 4 2 资金未落实 tab"),
    ("a member refuses to sign", "6 4 3 钱示例 enter"),
    ("a member is absent", "6 4 4"),
    ("a part of an opinion", "5 1 5 建议支持 esc"),
];

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

fn table(world: &World) -> Table {
    chair(world).desk.table.clone()
}

fn entries(world: &World) -> Vec<Entry> {
    chair(world).desk.entries.clone()
}

/// What the program says at the foot of the screen.
fn said(shown: &str) -> &str {
    shown.lines().rev().nth(1).unwrap_or_default()
}

#[test]
fn every_act_is_taken_back_and_made_again_in_one_keystroke_each_and_both_are_said() {
    for (name, keys) in ACTS {
        let mut world = World::table(&[]);
        let before = table(&world);
        let mut shown = Vec::new();
        with(&mut world, WIDE, keys, |app| {
            for key in ["", "ctrl-z", "ctrl-y"] {
                press(app, key);
                shown.push(picture(app, WIDE.size).0.join("\n"));
            }
        });
        let told = telling::change(&entries(&world).last().unwrap().change);
        let told = i18n::text(Language::Zh, &told);
        assert!(said(&shown[2]).contains("已重做") && said(&shown[2]).contains(&told), "{name}: {}", said(&shown[2]));
        assert!(said(&shown[1]).contains("已撤销"), "{name}: {}", said(&shown[1]));
        let after = table(&world);
        assert_ne!(after, before, "{name} decides something");
        with(&mut world, WIDE, "ctrl-z", |_| ());
        assert_eq!(table(&world), before, "{name}, taken back");
        with(&mut world, WIDE, "ctrl-y", |_| ());
        assert_eq!(table(&world), after, "{name}, made again");
        assert_eq!(entries(&world).len(), entries(&World::table(&[])).len() + 5, "{name}: nothing is deleted, each step is an entry");
    }
}

#[test]
fn after_the_scores_are_together_nothing_before_it_is_taken_back() {
    let mut world = World::table(&[]);
    with(&mut world, WIDE, "3 1 1 评分有依据 tab esc esc 1 2 right enter", |_| ());
    let closed = table(&world);
    let shown = screen(&mut world, WIDE, "ctrl-z");
    assert_eq!(table(&world), closed, "{shown}");
    assert!(said(&shown).contains(&i18n::by_id(Language::Zh, "nothing-to-undo")), "{shown}");
    with(&mut world, WIDE, "6 4 1 ctrl-z", |_| ());
    assert_eq!(table(&world), closed, "what came after it is");
}

/// What the journal shows without the breaks of its lines.
fn journal(world: &mut World, language: Language) -> Vec<String> {
    let shown = screen(world, Look { language, size: (200, 60), ..SMALL }, "f8");
    shown.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_journal_tells_every_act_in_both_languages_newest_first() {
    let mut world = World::table(&[]);
    for (_, keys) in ACTS {
        with(&mut world, WIDE, keys, |_| ());
        with(&mut world, WIDE, "ctrl-z", |_| ());
    }
    with(&mut world, WIDE, "1 2 right enter", |_| ());
    let entries = entries(&world);
    for language in [Language::Zh, Language::En] {
        let shown = journal(&mut world, language);
        for (entry, line) in entries.iter().rev().zip(&shown) {
            let told = i18n::text(language, &telling::change(&entry.change));
            assert!(line.contains(&told), "{language:?}: {told:?} is not {line:?}");
            assert!(line.contains(&entry.seq.to_string()) && !line.contains("did-") && !line.contains('{'), "{line}");
        }
        let undone = shown.iter().filter(|line| line.contains(if language == Language::Zh { "（撤销第" } else { "(takes back" })).count();
        assert!(undone >= ACTS.len(), "{language:?}: what takes back says what it takes back: {shown:#?}");
    }
    let [chinese, english] = [Language::Zh, Language::En].map(|language| journal(&mut world, language));
    let same = chinese.iter().zip(&english).take(entries.len()).filter(|(zh, en)| zh == en).count();
    assert_eq!(same, 0, "no line is the same in both languages");
}

#[test]
fn a_second_window_that_may_only_read_refuses_every_act_in_words_and_changes_nothing() {
    for (language, reads, fails) in [(Language::Zh, "只读", "未能保存"), (Language::En, "read only", "Not saved")] {
        for (name, keys) in ACTS.into_iter().chain([("putting together", "1 2 right enter")]) {
            let mut world = World { full: true, ..World::table(&[]) };
            let before = entries(&world);
            let shown = screen(&mut world, Look { language, ..WIDE }, keys);
            assert_eq!(entries(&world), before, "{name}");
            assert!(shown.contains(reads), "{name}: nothing says {reads:?} in\n{shown}");
            assert!(said(&shown).contains(fails), "{name}: nothing says {fails:?} in\n{shown}");
        }
    }
}

#[test]
fn in_a_second_window_nothing_is_taken_back_or_made_again_either() {
    for key in ["ctrl-z", "ctrl-y"] {
        let mut world = World::table(&[]);
        with(&mut world, WIDE, "3 1 1 评分有依据 tab", |_| ());
        if key == "ctrl-y" {
            with(&mut world, WIDE, "ctrl-z", |_| ());
        }
        world.full = true;
        let before = entries(&world);
        let shown = screen(&mut world, WIDE, key);
        assert!(said(&shown).contains("未能保存"), "{key}: {shown}");
        assert_eq!(entries(&world), before, "{key}");
    }
}

#[test]
fn every_screen_can_be_read_in_a_second_window() {
    let readable =
        ["", "1", "2", "2 tab", "2 enter", "3", "3 1", "4", "4 enter", "5", "5 1", "6", "6 2", "7", "7 enter", "8", "9", "f8", "f9"];
    for keys in readable {
        let [free, bound] = [false, true].map(|full| screen(&mut World { full, ..World::table(&[]) }, WIDE, keys));
        let body = |shown: &str| -> Vec<String> { shown.lines().skip(1).take(34).map(str::to_owned).collect() };
        assert_eq!(body(&free), body(&bound), "{keys}: reading shows the same");
        assert!(bound.lines().next().unwrap().contains("只读"), "{keys}: {bound}");
    }
}
