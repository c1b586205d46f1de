//! Statistics and map: advice is called advice, what cannot be known is said to be unknown, and every count adds up.

use pingyi::{
    domain::text::Language,
    i18n,
    tui::settings::{Charset, Settings},
};

use crate::support::{
    places::{SETS, cells, in_language, run},
    screens::{Look, SMALL, World, lines, screen},
};

const WIDE: Look = Look { size: (160, 40), ..SMALL };

/// The page of statistics where only the bundles of `here` came in.
fn statistics(language: Language, here: &[&str]) -> String {
    let awaited: Vec<&str> = ["R01", "R02", "R03", "R04", "R05", "R06", "R07"].into_iter().filter(|code| !here.contains(code)).collect();
    screen(&mut World::table(&awaited), Look { language, ..WIDE }, "8")
}

#[test]
fn the_first_line_says_that_statistics_change_no_result_in_every_size_and_language() {
    for (language, words) in [(Language::Zh, "仅供参考"), (Language::En, "advisory only")] {
        for size in [(60, 16), (80, 24), (160, 40)] {
            let shown = screen(&mut World::table(&[]), Look { language, size, ..SMALL }, "8");
            let first: Vec<&str> = shown.lines().skip(1).take(2).collect();
            assert!(first.iter().any(|line| line.contains(words)), "{size:?}: {first:?}");
        }
        let label = i18n::by_id(language, "stat-agreement");
        assert!(statistics(language, &["R01", "R02", "R03"]).contains(&label), "coefficients stand below the same label");
    }
}

#[test]
fn what_cannot_be_estimated_says_so_with_the_reason_and_never_a_number() {
    let coefficients = ["stat-icc-single", "stat-icc-mean", "stat-alpha", "stat-kendall"];
    for (here, defined) in [(&[][..], false), (&["R02"][..], false), (&["R01", "R02", "R03", "R04", "R05", "R06", "R07"][..], true)] {
        for (language, words) in [(Language::Zh, "无法估计"), (Language::En, "cannot be estimated")] {
            let shown = statistics(language, here);
            for id in coefficients {
                let name = i18n::by_id(language, id);
                let line = shown.lines().find(|line| line.contains(&name)).unwrap_or_else(|| panic!("no {name} in\n{shown}"));
                assert_eq!(line.contains(words), !defined, "{here:?}: {line}");
                let figure = line.split(&name).nth(1).unwrap().split_whitespace().next().unwrap();
                assert_eq!(figure.parse::<f64>().is_ok(), defined, "{here:?}: {line}");
            }
            assert!(!shown.contains("NaN") && !shown.contains("inf"), "{here:?}:\n{shown}");
        }
    }
}

#[test]
fn every_member_has_a_row_and_one_without_sheets_has_dashes() {
    let shown = statistics(Language::En, &["R01", "R02"]);
    for code in ["R01", "R02", "R03", "R04", "R05", "R06", "R07"] {
        let line = shown
            .lines()
            .find(|line| line.trim_start_matches(['>', ' ']).starts_with(code))
            .unwrap_or_else(|| panic!("no {code} in\n{shown}"));
        let figures: Vec<&str> = line.split_whitespace().skip(2).collect();
        let (sheets, rest) = figures.split_first().unwrap();
        assert_eq!(*sheets == "0", !["R01", "R02"].contains(&code), "{line}");
        assert!(*sheets != "0" || rest.iter().all(|figure| *figure == "-"), "{line}");
    }
}

#[test]
fn a_panel_whose_totals_are_all_here_has_means_within_the_scale() {
    let shown = statistics(Language::En, &["R01", "R02", "R03", "R04", "R05", "R06", "R07"]);
    let rows: Vec<Vec<&str>> = shown
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ']))
        .filter(|line| line.starts_with("R0"))
        .map(|line| line.split_whitespace().skip(2).collect())
        .collect();
    assert_eq!(rows.len(), 7, "{shown}");
    let number = |text: &str| text.parse::<f64>().unwrap_or_else(|_| panic!("{text} in\n{shown}"));
    let total: f64 = rows.iter().map(|row| number(row[0])).sum();
    let sheets =
        World::table(&[]).chair.unwrap().index.results.iter().flat_map(|item| &item.applications).map(|one| one.valid).sum::<usize>();
    assert_eq!(format!("{total}"), sheets.to_string(), "sheets of all members are all sheets that count");
    for row in &rows {
        assert!((0.0..=100.0).contains(&number(row[1])) && number(row[2]) > 0.0, "{row:?}");
        assert!((0.0..=1.0).contains(&number(row[3])), "share of the scale: {row:?}");
    }
    let lenient: f64 = rows.iter().map(|row| number(row[5])).sum();
    assert!(lenient.abs() < 0.05, "generous and severe are against one another, so they cancel: {lenient}");
}

/// Applications, bases and winners of every cell, by city.
fn map(world: &mut World, settings: &Settings) -> Vec<(String, Vec<[usize; 3]>)> {
    let families = world.package.codes.families.len();
    let names: Vec<String> = world.package.codes.cities.iter().map(|city| city.name.get(settings.language).to_owned()).collect();
    let mut rows: Vec<(String, Vec<[usize; 3]>)> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for first in 0..families {
        let buffer = run(world, settings.clone(), SETS[0].1, &format!("9 {}", "right ".repeat(first)), |app| cells(app, 120, 50));
        for (name, row) in &mut rows {
            let shown = lines(&buffer);
            // A city's row begins with its name; the legend and the detail do not.
            let line = shown.iter().skip(2).find(|line| {
                line.trim_start_matches(['>', ' ']).trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().starts_with(name.as_str())
            });
            let line = line.unwrap_or_else(|| panic!("no {name} in\n{}", shown.join("\n")));
            let cell = line.split(name.as_str()).nth(1).unwrap().split_whitespace().next().unwrap();
            let wins = cell.matches('*').count();
            let counts = cell.trim_end_matches('*');
            row.push(match counts.split_once('/') {
                Some((applied, bases)) => [applied.parse().unwrap(), bases.parse().unwrap(), wins],
                None if counts == "-" => [0; 3],
                None => panic!("{cell} in {line}"),
            });
        }
    }
    rows
}

#[test]
fn the_cells_of_the_map_add_up_to_all_applications_bases_and_winners() {
    let mut world = World::table(&[]);
    let settings = Settings { charset: Charset::Unicode, ..in_language(Language::Zh) };
    let rows = map(&mut world, &settings);
    let sum = |what: usize| rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell[what]).sum::<usize>();
    let index = &world.chair.as_ref().unwrap().index;
    assert_eq!(sum(0), world.package.applications.len());
    assert_eq!(sum(1), world.package.bases.bases.len(), "every base stands in one cell and in one only");
    assert_eq!(sum(2), index.results.iter().flat_map(|item| item.ranking.winners()).count());
    for (city, (name, cells)) in world.package.codes.cities.iter().zip(&rows) {
        let here = world.package.applications.iter().filter(|one| one.applicant.city == city.code).count();
        assert_eq!(cells.iter().map(|cell| cell[0]).sum::<usize>(), here, "{name}");
    }
}

#[test]
fn the_chosen_city_is_told_with_every_base_and_application_of_it() {
    let mut world = World::table(&[]);
    let city = |world: &World| {
        let most = |code: &String| world.package.applications.iter().filter(|one| one.applicant.city == *code).count();
        (0..world.package.codes.cities.len()).max_by_key(|at| most(&world.package.codes.cities[*at].code)).unwrap()
    };
    let at = city(&world);
    let code = world.package.codes.cities[at].code.clone();
    let shown = screen(&mut world, Look { size: (200, 60), ..SMALL }, &format!("9 {}", "down ".repeat(at)));
    let applied = world.package.applications.iter().filter(|one| one.applicant.city == code);
    for id in applied.map(|one| one.id.to_string()) {
        assert!(shown.contains(&id), "{id} is not told in\n{shown}");
    }
    let mut close = shown.clone();
    close.retain(|c| !c.is_whitespace());
    for base in world.package.bases.bases.iter().filter(|one| one.city == code) {
        let mut name = base.name.zh.clone();
        name.retain(|c| !c.is_whitespace());
        assert!(close.contains(&name), "{name} is not told in\n{shown}");
    }
}
