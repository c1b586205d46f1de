//! The ranking: every application stands on it once, with rank, total and what the rank brings, and the lines are drawn where places end.

use std::collections::BTreeSet;

use pingyi::{
    domain::{
        consolidate::conclusion,
        ranking::{Apart, Place},
        table::act::Act,
        text::Language,
    },
    i18n,
    tui::{acts::Acts, table::words},
};

use crate::support::{
    chair::Sitting,
    rules::of,
    screens::{Look, SMALL, World, lines, picture, screen, with},
};

const TALL: Look = Look { size: (140, 70), ..SMALL };

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

/// The lines of the list, without title, status and keys.
fn list(world: &mut World, language: Language) -> Vec<String> {
    let shown = screen(world, Look { language, ..TALL }, "4");
    let lines: Vec<String> = shown.lines().map(str::to_owned).collect();
    lines[1..lines.len() - 2].iter().filter(|line| !line.is_empty()).cloned().collect()
}

fn id_in(line: &str) -> Option<String> {
    line.split_whitespace().find(|word| word.starts_with("sx-") && word.len() == 7).map(str::to_owned)
}

/// The line of `id`.
fn line_of<'a>(list: &'a [String], id: &str) -> &'a str {
    list.iter().find(|line| id_in(line).as_deref() == Some(id)).unwrap_or_else(|| panic!("{id} stands nowhere in {list:#?}"))
}

#[test]
fn every_application_stands_on_the_ranking_once_in_the_order_of_its_item() {
    let mut world = World::table(&[]);
    for language in [Language::Zh, Language::En] {
        let shown: Vec<String> = list(&mut world, language).iter().filter_map(|line| id_in(line)).collect();
        let index = &chair(&world).index;
        let without = |item: &pingyi::domain::consolidate::derivation::ItemResult| {
            let left = item.applications.iter().filter(|one| item.ranking.row(&one.id).is_none());
            left.map(|one| one.id.to_string()).collect::<Vec<_>>()
        };
        let wanted: Vec<String> = index
            .results
            .iter()
            .flat_map(|item| item.ranking.rows.iter().map(|row| row.id.to_string()).chain(without(item)).collect::<Vec<_>>())
            .collect();
        assert_eq!(shown, wanted, "{language:?}");
        let all: BTreeSet<&String> = shown.iter().collect();
        assert_eq!((all.len(), shown.len()), (world.package.applications.len(), world.package.applications.len()));
    }
}

#[test]
fn every_row_says_rank_total_and_what_it_brings_or_why_there_is_no_rank() {
    let mut world = World::table(&[]);
    for language in [Language::Zh, Language::En] {
        let shown = list(&mut world, language);
        let rubric = &world.package.rubric;
        for item in &chair(&world).index.results {
            for result in &item.applications {
                let line = line_of(&shown, result.id.as_str());
                assert!(line.contains(&result.total_text()), "{line}");
                let Some(row) = item.ranking.row(&result.id) else {
                    let reason = i18n::text(language, &result.outcome.reason(rubric));
                    assert!(line.contains(&reason), "{reason:?} is not in {line}");
                    continue;
                };
                let before = line.split(" sx-").next().unwrap();
                assert_eq!(before.split_whitespace().last(), Some(row.rank.to_string().as_str()), "{line}");
                assert!(line.contains(&i18n::text(language, &conclusion::words(rubric, result, Some(row)))), "{line}");
                if let Apart::Step(step) = &row.apart {
                    let step = i18n::text(language, &words::step(rubric, step));
                    let begins: String = step.chars().take(4).collect();
                    assert!(line.contains(&begins), "{step:?} set it apart, which {line} does not say");
                }
            }
        }
    }
}

#[test]
fn above_the_line_of_winners_are_winners_and_open_ties_and_nobody_else() {
    let mut world = World::table(&[]);
    let shown = list(&mut world, Language::En);
    let mut drawn = 0;
    for item in &chair(&world).index.results {
        let first = item.ranking.rows.first().map(|row| row.id.to_string());
        let Some(first) = first else { continue };
        let from = shown.iter().position(|line| id_in(line).as_deref() == Some(first.as_str())).unwrap();
        let Some(until) = shown[from..].iter().position(|line| line.contains("places 1")) else { panic!("{} has no line", item.id) };
        let above: Vec<String> = shown[from..from + until].iter().filter_map(|line| id_in(line)).collect();
        for row in &item.ranking.rows {
            let is_above = above.contains(&row.id.to_string());
            assert_eq!(is_above, row.rank == 1, "{} rank {}", row.id, row.rank);
            assert!(!is_above || row.place == Place::Winner, "{}", row.id);
        }
        drawn += 1;
    }
    let heads = world
        .package
        .call
        .items
        .iter()
        .map(|item| item.title.en.clone())
        .filter(|title| shown.iter().any(|line| line.contains(title)))
        .count();
    assert_eq!((drawn, heads), (5, 6), "t6 has no winner, and its head stands all the same");
    assert_eq!(shown.iter().filter(|line| line.contains(&i18n::by_id(Language::En, "ranking-no-winner"))).count(), 1);
}

#[test]
fn a_veto_takes_its_application_to_the_end_and_everybody_below_moves_up() {
    let mut world = World::table(&[]);
    let order = |world: &mut World| -> Vec<String> { list(world, Language::Zh).iter().filter_map(|line| id_in(line)).collect() };
    let before = order(&mut world);
    let next = before[before.iter().position(|id| id == "sx-0017").unwrap() + 1].clone();
    world.decide(Act::Veto { application: of("sx-0017"), veto: of("V1"), before: None, after: Some("合同编号相同".to_owned()) }).unwrap();
    let shown = list(&mut world, Language::Zh);
    assert!(line_of(&shown, "sx-0017").contains("一票否决：V1"), "{}", line_of(&shown, "sx-0017"));
    let moved = line_of(&shown, &next);
    assert!(moved.contains("拟揭榜") && moved.trim_start_matches(['>', ' ']).contains("1 "), "{moved}");
    assert_ne!(order(&mut world), before);
    with(&mut world, TALL, "ctrl-z", |_| ());
    assert_eq!(order(&mut world), before, "taken back, all stand where they stood");
}

#[test]
fn how_firm_a_place_is_stands_only_after_it_was_tried_and_never_changes_a_rank() {
    let mut world = World::table(&[]);
    let rows: usize = chair(&world).index.results.iter().map(|item| item.ranking.rows.len()).sum();
    for (language, firm, loose) in [(Language::Zh, "稳定", "不稳"), (Language::En, "firm", "unstable")] {
        with(&mut world, Look { language, ..TALL }, "4", |app| {
            let untried = picture(app, TALL.size).0;
            let band = |line: &String| line.contains(&format!(" {firm} ")) || line.contains(loose);
            assert!(!untried.iter().filter(|line| id_in(line).is_some()).any(band), "{untried:#?}");
            app.go_on();
            let tried = picture(app, TALL.size).0;
            let ids = |shown: &[String]| shown.iter().filter_map(|line| id_in(line)).collect::<Vec<_>>();
            assert_eq!(ids(&untried), ids(&tried), "the ranks are the same");
            let ranked = tried.iter().filter(|line| id_in(line).is_some() && (line.contains(firm) || line.contains(loose))).count();
            assert_eq!(ranked, rows, "each of the ranked says how firm it stands: {tried:#?}");
        });
        world = World::table(&[]);
    }
}

#[test]
fn the_cursor_visits_every_application_and_no_head_or_line_between() {
    let mut world = World::table(&[]);
    let wanted: Vec<String> = list(&mut world, Language::Zh).iter().filter_map(|line| id_in(line)).collect();
    let mut visited = Vec::new();
    with(&mut world, TALL, "4", |app| {
        for _ in 0..wanted.len() {
            let buffer = crate::support::places::cells(app, TALL.size.0, TALL.size.1);
            let chosen = lines(&buffer).into_iter().find(|line| line.starts_with('>')).unwrap_or_default();
            visited.extend(id_in(&chosen));
            crate::support::screens::press(app, "down");
        }
    });
    assert_eq!(visited, wanted);
}
