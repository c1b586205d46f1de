//! The matrix of all scores: each cell's figure, shade and mark is what the table holds, in every set of marks.

use std::collections::BTreeMap;

use pingyi::{
    domain::{
        consolidate::input::Standing,
        deviation::FlagKey,
        exact::Exact,
        table::act::{Act, Removal},
        text::Language,
    },
    tui::{
        acts::Acts,
        app::Terminal,
        settings::{Charset, Settings},
        table::Seat,
    },
};
use ratatui::buffer::Buffer;

use crate::support::{
    places::{cells, in_language, run},
    rules::of,
    screens::{Look, SMALL, World, lines, with},
};

const COLUMNS: u16 = 200;
const ROWS: u16 = 60;

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    words: String,
    shade: String,
    mark: String,
}

/// Column and row where `text` stands first below the title of the screen.
fn place(buffer: &Buffer, text: &str) -> (u16, u16) {
    for y in 1..buffer.area().height {
        for x in 0..buffer.area().width {
            let here: String = (x..buffer.area().width).take(text.len()).map(|x| buffer[(x, y)].symbol()).collect();
            if here == text {
                return (x, y);
            }
        }
    }
    panic!("{text} stands nowhere in\n{}", lines(buffer).join("\n"));
}

/// Every cell of the matrix after `keys`, by application and member.
fn matrix(world: &mut World, settings: Settings, terminal: Terminal, keys: &str) -> BTreeMap<(String, String), Found> {
    let members: Vec<String> = world.chair.as_ref().unwrap().index.members.iter().map(ToString::to_string).collect();
    let buffer = run(world, settings, terminal, &format!("2 {keys}"), |app| cells(app, COLUMNS, ROWS));
    let (_, head) = place(&buffer, &members[0]);
    let mut found = BTreeMap::new();
    for y in head + 1..ROWS {
        let row: String = (0..COLUMNS).map(|x| buffer[(x, y)].symbol()).collect();
        let Some(at) = row.find(" sx-") else { continue };
        let application = row[at + 1..at + 8].to_owned();
        for code in &members {
            let (column, row_of_heads) = place(&buffer, code);
            assert_eq!(row_of_heads, head, "{code} has a column");
            // A code ends where figures end; behind it stand the shade and the mark.
            let text = |from: u16, to: u16| (from..to).map(|x| buffer[(x, y)].symbol()).collect::<String>();
            let one = Found {
                words: text(column - 2, column + 3).trim().to_owned(),
                shade: text(column + 3, column + 4),
                mark: text(column + 4, column + 5),
            };
            found.insert((application.clone(), code.clone()), one);
        }
    }
    found
}

const UNICODE: Terminal = Terminal { mono: false, narrow: true };
const MONO: Terminal = Terminal { mono: true, narrow: true };

fn of_charset(charset: Charset) -> Settings {
    Settings { charset, ..in_language(Language::En) }
}

/// The sample call where somebody recused himself, one was replaced, one sheet set is void and one bundle is missing.
fn mixed() -> World {
    let mut world = World::table(&["R05"]);
    let void = Removal::Void { authority: "监督处".to_owned(), reason: "泄露评审情况".to_owned() };
    let replaced = Removal::Replaced { by: of("R08"), reason: "突发疾病".to_owned(), items: Vec::new() };
    for (code, after) in [("R06", void), ("R07", replaced)] {
        world.decide(Act::Remove { reviewer: of(code), before: None, after: Some(after) }).unwrap();
    }
    world
}

#[test]
fn who_is_out_and_why_stands_in_a_word_in_every_look_and_language() {
    let mut world = mixed();
    let words = |standing: Option<Standing>| match standing {
        Some(Standing::Recused) => ["回避", "recus"],
        Some(Standing::Declined) => ["谢绝", "decl"],
        Some(Standing::Void) => ["作废", "void"],
        Some(Standing::Replaced) => ["更换", "repl"],
        Some(Standing::Valid) => ["未评", "blank"],
        None => ["缺", "-"],
    };
    let index = &world.chair.as_ref().unwrap().index;
    let mut wanted = Vec::new();
    for case in &index.cases {
        for (code, seat) in index.members.iter().zip(&case.seats) {
            let standing = match seat {
                Seat::Missing => None,
                Seat::Out(standing) => Some(*standing),
                Seat::Valid(_) | Seat::Elsewhere => continue,
            };
            wanted.push((case.application.to_string(), code.to_string(), words(standing)));
        }
    }
    for kind in ["recus", "void", "repl", "-"] {
        assert!(wanted.iter().any(|(.., [_, word])| *word == kind), "no {kind} in this panel: {wanted:?}");
    }
    for (at, language) in [Language::Zh, Language::En].into_iter().enumerate() {
        for (charset, terminal) in [(Charset::Unicode, UNICODE), (Charset::Unicode, MONO), (Charset::Ascii, MONO)] {
            let shown = matrix(&mut world, Settings { charset, ..in_language(language) }, terminal, "");
            for (application, code, words) in &wanted {
                let found = &shown[&(application.clone(), code.clone())];
                // A word ends one column behind the figures.
                let cell: String = format!("{}{}", found.words, found.shade).chars().filter(|c| !c.is_whitespace()).collect();
                assert_eq!(cell, words[at], "{application} {code} {language:?} {charset:?}");
            }
        }
    }
}

#[test]
fn every_figure_is_the_total_that_the_table_holds_and_every_mark_an_open_question() {
    let mut world = World::table(&[]);
    let plain = matrix(&mut world, of_charset(Charset::Unicode), UNICODE, "");
    let index = &world.chair.as_ref().unwrap().index;
    let mut marks = 0;
    for case in &index.cases {
        for (code, seat) in index.members.iter().zip(&case.seats) {
            let found = &plain[&(case.application.to_string(), code.to_string())];
            match seat {
                Seat::Valid(total) => assert_eq!(found.words, total.to_string(), "{} {code}", case.application),
                Seat::Elsewhere => assert_eq!((found.words.as_str(), found.shade.as_str()), ("", " "), "{} {code}", case.application),
                Seat::Missing | Seat::Out(_) => assert!(!found.words.is_empty(), "{} {code}", case.application),
            }
            let is_flagged = index.is_flagged(&case.application, FlagKey { reviewer: Some(code.clone()), criterion: None });
            assert_eq!(found.mark == "!", is_flagged, "{} {code}: {found:?}", case.application);
            marks += usize::from(is_flagged);
        }
    }
    assert_eq!(marks, 1, "R06 on sx-0004 is the one striking total of the sample call");
}

fn exact(found: &Found) -> Option<Exact> {
    found.words.parse().ok().map(Exact::of)
}

#[test]
fn of_two_scores_the_higher_never_has_the_lighter_shade_for_totals_and_for_criteria() {
    let mut world = World::table(&[]);
    let criteria = world.package.rubric.criteria.len();
    for (charset, marks) in [(Charset::Unicode, [" ", "░", "▒", "▓", "█"]), (Charset::Ascii, [".", ":", "+", "*", "#"])] {
        let mut used = Vec::new();
        for what in 0..=criteria {
            let shown = matrix(&mut world, of_charset(charset), UNICODE, &"tab ".repeat(what));
            let step = |found: &Found| marks.iter().position(|mark| *mark == found.shade);
            let mut pairs: Vec<(Exact, usize)> = shown
                .values()
                .filter_map(|found| Some((exact(found)?, step(found).unwrap_or_else(|| panic!("{found:?} has no shade of {marks:?}")))))
                .collect();
            assert!(pairs.len() > 100, "{} figures for {what}", pairs.len());
            pairs.sort();
            assert!(pairs.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{charset:?} {what}: {pairs:?}");
            used.extend(pairs.iter().map(|(_, step)| *step));
        }
        used.sort_unstable();
        used.dedup();
        assert_eq!(used, [0, 1, 2, 3, 4], "all five shades tell scores apart");
    }
}

#[test]
fn shades_are_a_matter_of_marks_so_no_colour_says_what_the_marks_do_not() {
    let mut world = mixed();
    let coloured = matrix(&mut world, of_charset(Charset::Unicode), UNICODE, "");
    assert_eq!(matrix(&mut world, of_charset(Charset::Unicode), MONO, ""), coloured);
    let ascii = matrix(&mut world, of_charset(Charset::Ascii), MONO, "");
    let words = |all: &BTreeMap<(String, String), Found>| all.values().map(|one| (one.words.clone(), one.mark.clone())).collect::<Vec<_>>();
    assert_eq!(words(&ascii), words(&coloured), "figures, words and marks are the same without drawing characters");
    let bare = matrix(&mut World::table(&[]), of_charset(Charset::Ascii), MONO, "space");
    let figures = bare.values().filter(|found| exact(found).is_some());
    assert!(figures.into_iter().all(|found| found.shade == " "), "Space leaves the figures alone");
}

/// Applications of each item in the order of the screen, with what stands behind.
fn ordered(keys: &str) -> Vec<(String, Option<Exact>, Option<Exact>)> {
    let mut world = World::table(&[]);
    let shown = with(&mut world, Look { size: (COLUMNS, ROWS), ..SMALL }, &format!("2 {keys}"), |app| lines(&cells(app, COLUMNS, ROWS)));
    let index = &world.chair.as_ref().unwrap().index;
    let id = |line: &String| line.split_whitespace().find(|word| word.starts_with("sx-")).map(str::to_owned);
    let all: Vec<String> = shown.iter().skip(1).filter(|line| line.contains(" sx-")).filter_map(id).collect();
    assert_eq!(all.len(), index.cases.len(), "{shown:#?}");
    let row = |id: String| {
        let case = index.case(&of(&id)).unwrap();
        (case.item.to_string(), case.total, case.spread)
    };
    all.into_iter().map(row).collect()
}

#[test]
fn items_stay_together_in_every_order_and_within_them_the_figures_fall() {
    let by_number = ordered("");
    let mut items: Vec<&String> = by_number.iter().map(|(item, ..)| item).collect();
    items.dedup();
    assert_eq!(items, ["t1", "t2", "t3", "t4", "t5", "t6"]);
    for (keys, what) in [("f4", "total"), ("f4 f4", "spread")] {
        let rows = ordered(keys);
        let mut shown: Vec<&String> = rows.iter().map(|(item, ..)| item).collect();
        shown.dedup();
        assert_eq!(shown, items, "by {what}");
        let figure = |row: &(String, Option<Exact>, Option<Exact>)| if what == "total" { row.1 } else { row.2 };
        let falls = |pair: &[(String, Option<Exact>, Option<Exact>)]| pair[0].0 != pair[1].0 || figure(&pair[0]) >= figure(&pair[1]);
        assert!(rows.windows(2).all(falls), "by {what}: {rows:?}");
    }
    assert_eq!(ordered("f4 f4 f4"), by_number, "the third press leads back");
}
