//! The page that says why an application has its rank: every figure on it stands in the derivation, every step of the derivation
//! stands on the page, and both languages say the same.

use std::collections::BTreeSet;

use pingyi::{
    domain::{
        consolidate::{
            derivation::{ApplicationResult, Flag},
            outcome::Outcome,
        },
        exact::Exact,
        number::RoundingMode,
        result::Working,
        text::Language,
    },
    i18n,
};
use serde_json::Value;

use crate::support::{
    chair::Sitting,
    screens::{Look, SMALL, World, screen, with},
};

const TALL: Look = Look { size: (180, 120), ..SMALL };

fn chair(world: &World) -> &Sitting {
    world.chair.as_ref().unwrap()
}

/// Every scored application, its row among all, and what it came to.
fn scored(world: &World) -> Vec<(usize, ApplicationResult)> {
    let index = &chair(world).index;
    let result = |id| index.results.iter().find_map(|item| item.application(id)).cloned();
    let rows = index.cases.iter().enumerate().filter(|(_, case)| case.scored);
    rows.map(|(at, case)| (at, result(&case.application).unwrap_or_else(|| panic!("{} has no result", case.application)))).collect()
}

/// The page of the row `at`, without the frame: the lines between title and status.
fn page(world: &mut World, language: Language, at: usize) -> Vec<String> {
    let shown = screen(world, Look { language, ..TALL }, &format!("2 {} enter 1", "down ".repeat(at)));
    let lines: Vec<String> = shown.lines().map(str::to_owned).collect();
    let title = i18n::by_id(language, "screen-why");
    let title = title.split('{').next().unwrap().trim();
    assert!(lines[0].starts_with(title), "not the page of reasons: {}", lines[0]);
    lines[1..lines.len() - 2].iter().filter(|line| !line.is_empty()).cloned().collect()
}

/// The lines below the heading `id`, up to the next heading.
fn below(page: &[String], language: Language, id: &str) -> Vec<String> {
    let heads: BTreeSet<String> = ["why-sheets", "why-trims", "why-total", "why-parts", "why-rank", "why-flags", "why-firm"]
        .map(|id| i18n::by_id(language, id))
        .into();
    let wanted = i18n::by_id(language, id);
    let after = page.iter().skip_while(|line| line.trim() != wanted).skip(1);
    after.take_while(|line| !heads.contains(line.trim())).cloned().collect()
}

/// Numbers in a line: whole words of digits with a point or a bar; codes such as `R01`, `B1` and `sx-0001` are none.
fn figures(line: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '/' | '-' | '_');
    let words = line.split(|c: char| !is_part(c)).map(|word| word.trim_end_matches('.'));
    let is_figure =
        |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '/');
    words.filter(is_figure).map(str::to_owned).collect()
}

/// A number as it is written, whatever its places: `92.50`, `92.5` and `185/2` are one.
fn value(written: &str) -> Exact {
    let part = |text: &str| Exact::of(text.parse().unwrap_or_else(|_| panic!("{written} is no number")));
    match written.split_once('/') {
        Some((upper, lower)) => part(upper).over(part(lower)).unwrap(),
        None => part(written),
    }
}

/// Every number of a document, and each without last place as a sentence shows it, to two places.
fn numbers(document: &Value, found: &mut Vec<Exact>) {
    match document {
        Value::String(text) if figures(text).first() == Some(text) => {
            let value = value(text);
            found.extend([value, value.round(2, RoundingMode::HalfUp).unwrap()]);
        }
        Value::Number(number) => found.push(value(&number.to_string())),
        Value::Array(list) => list.iter().for_each(|one| numbers(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| numbers(one, found)),
        _ => {}
    }
}

fn derivation(world: &World, result: &ApplicationResult) -> Vec<Exact> {
    let rubric = &world.package.rubric;
    let mut found = Vec::new();
    numbers(&serde_json::to_value(Working::of(rubric, result)).unwrap(), &mut found);
    found.extend(rubric.pass.iter().map(|pass| Exact::from(pass.total)));
    for flag in &result.flags {
        if let Flag::Deviation(flag) = flag {
            let text = i18n::text(Language::En, &flag.text());
            found.extend(figures(&text).iter().map(|figure| value(figure)));
        }
    }
    found
}

const FIGURES: [&str; 5] = ["why-sheets", "why-trims", "why-total", "why-parts", "why-flags"];

#[test]
fn every_figure_of_every_page_stands_in_the_derivation() {
    let mut world = World::table(&[]);
    let all = scored(&world);
    assert_eq!(all.len(), 23);
    for (at, result) in all {
        let known = derivation(&world, &result);
        for language in [Language::En, Language::Zh] {
            let page = page(&mut world, language, at);
            let lines: Vec<String> = FIGURES.iter().flat_map(|head| below(&page, language, head)).collect();
            let mut count = 0;
            for line in &lines {
                for figure in figures(line) {
                    count += 1;
                    assert!(known.contains(&value(&figure)), "{}: {figure} comes from nowhere: {line}", result.id);
                }
            }
            assert!(count > result.valid + 4, "{}: only {count} figures in\n{}", result.id, page.join("\n"));
        }
    }
}

#[test]
fn every_sheet_that_counts_stands_on_the_page_with_its_total_and_every_other_with_why_not() {
    let mut world = World::table(&[]);
    for (at, result) in scored(&world) {
        let sheets = below(&page(&mut world, Language::En, at), Language::En, "why-sheets");
        assert_eq!(sheets.len(), result.sheets.len(), "{}: {sheets:#?}", result.id);
        for (line, sheet) in sheets.iter().zip(&result.sheets) {
            assert!(line.trim_start_matches(['>', ' ']).starts_with(sheet.reviewer.as_str()), "{}: {line}", result.id);
            let says = if sheet.counts() { format!("total {}", sheet.total.exact) } else { "does not count".to_owned() };
            assert!(line.contains(&says), "{}: {line}", result.id);
        }
    }
}

#[test]
fn the_sum_divided_as_the_page_says_and_rounded_as_it_says_is_the_total() {
    let mut world = World::table(&[]);
    let mut divided = 0;
    for (at, result) in scored(&world) {
        let page = page(&mut world, Language::En, at);
        let total = below(&page, Language::En, "why-total");
        let last = |line: &String| value(figures(line).last().unwrap());
        let Some(line) = total.iter().find(|line| line.contains(" / ")) else { continue };
        let (sum, rest) = line.split_once(" / ").unwrap();
        let (divisor, mean) = rest.split_once(" = ").unwrap();
        let mean = value(mean.split(" ≈ ").next().unwrap().trim());
        let by_hand = value(sum.trim()).over(value(divisor.trim())).unwrap();
        assert_eq!(by_hand, mean, "{}: {line}", result.id);
        let rounded = by_hand.round(2, RoundingMode::HalfUp).unwrap();
        assert_eq!(last(total.last().unwrap()), rounded, "{}: {total:#?}", result.id);
        assert!(result.outcome != Outcome::Eligible || page[1].contains(&result.total_text()), "{}", page[1]);
        divided += 1;
    }
    assert!(divided >= 20, "the sample call divides nearly everywhere: {divided}");
}

#[test]
fn what_falls_away_by_the_page_and_what_counts_add_up_to_the_sheets() {
    let mut world = World::table(&[]);
    for (at, result) in scored(&world) {
        let trims = below(&page(&mut world, Language::En, at), Language::En, "why-trims");
        if result.valid < 5 {
            assert!(trims.iter().any(|line| line.contains("Nothing was dropped")), "{}: {trims:#?}", result.id);
            continue;
        }
        let head: Vec<Exact> = figures(&trims[0]).iter().map(|figure| value(figure)).collect();
        assert_eq!(Exact::sum(head).unwrap(), Exact::count(result.valid), "{}: {}", result.id, trims[0]);
        for side in ["Lowest", "Highest"] {
            let lines = trims.iter().filter(|line| line.contains(side));
            let shares: Vec<Exact> = lines.map(|line| value(figures(line).last().unwrap())).collect();
            let both = trims.iter().any(|line| line.contains("among the lowest and the highest"));
            assert!(both || Exact::sum(shares).unwrap().is_one(), "{} {side}: {trims:#?}", result.id);
        }
    }
}

/// Chinese or English letters that are neither names nor titles of the sample call.
fn own_words(world: &World, line: &str) -> String {
    let mut line = line.to_owned();
    world.package.roster.people.iter().for_each(|person| line = line.replace(&person.name, ""));
    for criterion in &world.package.rubric.criteria {
        line = line.replace(&criterion.title.zh, "").replace(&criterion.title.en, "");
    }
    for dimension in &world.package.rubric.dimensions {
        line = line.replace(&dimension.title.zh, "").replace(&dimension.title.en, "");
    }
    line
}

#[test]
fn both_languages_say_the_same_sentence_for_sentence_with_the_same_figures() {
    let mut world = World::table(&[]);
    let is_chinese = |line: &str| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    for (at, result) in scored(&world) {
        let [chinese, english] = [Language::Zh, Language::En].map(|language| page(&mut world, language, at));
        assert_eq!(chinese.len(), english.len(), "{}:\n{}\n\n{}", result.id, chinese.join("\n"), english.join("\n"));
        // The first line is the applicant's own title.
        for (zh, en) in chinese.iter().zip(&english).skip(1) {
            let sorted = |line: &str| {
                let mut found = figures(line);
                found.sort();
                found
            };
            assert_eq!(sorted(zh), sorted(en), "{}:\n{zh}\n{en}", result.id);
            let (zh, en) = (own_words(&world, zh), own_words(&world, en));
            let is_sum = zh.contains(" = ");
            assert!(is_sum || is_chinese(&zh) || !zh.contains(|c: char| c.is_lowercase()), "{}: not Chinese: {zh}", result.id);
            assert!(!is_chinese(&en), "{}: not English: {en}", result.id);
            assert!(!zh.contains('{') && !en.contains('{') && !en.contains("why-"), "{}: {zh} {en}", result.id);
        }
    }
}

#[test]
fn the_page_follows_a_decision_and_its_taking_back() {
    let mut world = World::table(&[]);
    let row = |world: &World| chair(world).index.cases.iter().position(|case| case.application.as_str() == "sx-0004").unwrap();
    let at = row(&world);
    let before = page(&mut world, Language::En, at);
    assert!(before.iter().any(|line| line.contains("R06 孙示例: total 48.5")), "{before:#?}");
    with(&mut world, TALL, "3 1 3 监督处 tab 未独立评审 tab", |_| ());
    let after = page(&mut world, Language::En, at);
    assert!(after.iter().any(|line| line.contains("R06 孙示例: void, does not count")), "{after:#?}");
    let (_, result) = scored(&world).into_iter().find(|(_, one)| one.id.as_str() == "sx-0004").unwrap();
    assert_eq!(result.valid, 6);
    assert!(after[1].contains(&result.total_text()) && !after[1].contains("81.20"), "{}", after[1]);
    with(&mut world, TALL, "ctrl-z", |_| ());
    assert_eq!(page(&mut world, Language::En, at), before, "taken back, the page is word for word the one before");
}
