//! Reading an application: every group of its fields, where it stands, and its attachments.

use std::collections::BTreeSet;

use pingyi::{
    domain::{ids::ApplicationId, overlap, package::Package, text::Language},
    tui::{
        acts::Acts,
        fields::{ANSWERS, FIGURES, MONEY, POSITION},
        settings::Settings,
        shell::{Seat, Senses, Shell},
        text::safe_line,
    },
    workflow::session::Session,
};
use serde_json::Value;

use crate::support::{
    hostile::poisoned,
    places::{SETS, run},
    rules::of,
    screens::{Look, SAMPLE, SMALL, World, picture, press, screen, with},
    stage::Machine,
};

const LARGE: Look = Look { size: (160, 200), ..SMALL };

fn part(world: &mut World, look: Look, id: &str, part: u8) -> String {
    screen(world, look, &format!("ctrl-f {id} f3 {part}"))
}

/// Paths of the fields of an application in its file; inside a list or an object that is shown as a whole, only its own.
fn paths(value: &Value, path: &str, whole: &BTreeSet<&str>, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) if !whole.contains(path) => {
            for (key, entry) in fields {
                let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                paths(entry, &below, whole, found);
            }
        }
        _ => drop(found.insert(path.to_owned())),
    }
}

/// Fields that stand elsewhere than in the lists of the reading view, or nowhere, each with the reason.
const ELSEWHERE: [(&str, &str); 13] = [
    ("schema", "the version of the file"),
    ("id", "in the title line"),
    ("title", "in the title line"),
    ("item", "in the worklist, as words"),
    ("narrative", "the first part"),
    ("attachment", "the last part"),
    ("direction.cluster", "in the industry map, as words"),
    ("applicant.contact", "nobody scores it, and it never leaves the office"),
    ("compliance.gates", "in the formal check, as words"),
    ("history.task_book_digest", "the office compares it on taking in"),
    ("performance.target", "by its indicators"),
    ("performance.actual", "by its indicators"),
    ("schedule", "by its own line"),
];

#[test]
fn every_field_of_an_application_stands_on_some_part_of_the_reading_view() {
    let shown: BTreeSet<&str> = FIGURES.iter().chain(&MONEY).chain(&POSITION).chain(&ANSWERS).copied().collect();
    let elsewhere: BTreeSet<&str> = ELSEWHERE.iter().map(|(path, _)| *path).collect();
    let whole: BTreeSet<&str> = shown.iter().chain(&elsewhere).copied().collect();
    let mut found = BTreeSet::new();
    for application in &SAMPLE.applications {
        paths(&serde_json::to_value(application).unwrap(), "", &whole, &mut found);
    }
    let missing: Vec<&String> = found.iter().filter(|path| !whole.contains(path.as_str())).collect();
    assert!(missing.is_empty(), "shown nowhere: {missing:?}");
}

#[test]
fn every_field_has_a_name_in_both_languages_and_none_shows_its_path() {
    let mut world = World::sample();
    let ids: Vec<ApplicationId> = world.index.rows.iter().map(|row| row.application.clone()).collect();
    for language in [Language::Zh, Language::En] {
        for id in &ids {
            for number in 2..=4 {
                let picture = part(&mut world, Look { language, ..LARGE }, id.as_str(), number);
                for path in FIGURES.iter().chain(&MONEY).chain(&POSITION).chain(&ANSWERS).filter(|path| path.contains('.')) {
                    assert!(!picture.contains(path), "{id} {number}: {path}\n{picture}");
                }
            }
        }
    }
}

#[test]
fn figures_of_a_reporting_year_stand_with_target_and_actual_value() {
    let mut world = World::sample();
    let application = world.package.applications.iter_mut().find(|one| one.id == of("sx-0004")).unwrap();
    application.performance = serde_json::from_value(serde_json::json!({
        "target": { "trainees": "3000", "satisfaction_pct": "90" }, "actual": { "trainees": "3210", "contests": "4" }
    }))
    .unwrap();
    application.history = serde_json::from_value(serde_json::json!({
        "base": "b01", "year": 2025, "prior": [{ "year": 2024, "kind": "accreditation", "total": "81.5", "verdict": "合格" }]
    }))
    .ok();
    let picture = part(&mut world, LARGE, "sx-0004", 2);
    for line in
        ["目标：实训人次：3000", "实际：实训人次：3210", "目标：满意度（%）：90", "实际：承办赛事（次）：4", "报告年度：2025", "81.5"]
    {
        assert!(picture.contains(line), "{line} in {picture}");
    }
}

#[test]
fn codes_are_words_in_both_languages() {
    let picture = part(&mut World::sample(), LARGE, "sx-0004", 2);
    let english = part(&mut World::sample(), Look { language: Language::En, ..LARGE }, "sx-0004", 2);
    let application = SAMPLE.application(&of("sx-0004")).unwrap();
    for code in application.direction.industries.iter().chain(&application.direction.services).chain(&application.sharing.audiences) {
        assert!(!picture.contains(code.as_str()), "{code}: {picture}");
    }
    assert!(picture.contains("申报层级：省级") && english.contains("Tier: province"), "{picture}\n{english}");
}

#[test]
fn overlaps_name_the_base_or_the_application_and_what_is_shared() {
    let mut world = World::sample();
    let mut seen = 0;
    for id in world.index.rows.iter().map(|row| row.application.clone()).collect::<Vec<_>>() {
        let found = overlap::of(&SAMPLE, SAMPLE.application(&id).unwrap());
        let picture = part(&mut world, LARGE, id.as_str(), 4);
        assert!(picture.contains("仅供参考，不自动扣分"), "{id}: {picture}");
        assert_eq!(picture.contains("未发现重叠"), found.is_empty(), "{id}: {picture}");
        for one in found.iter().take(12) {
            let name = match &one.with {
                overlap::Other::Base(base) => base.to_string(),
                overlap::Other::Application(other) => other.to_string(),
            };
            assert!(picture.lines().any(|line| line.starts_with(&name)), "{id} and {name}: {picture}");
            seen += 1;
        }
    }
    assert!(seen > 20, "the sample has overlaps to look at: {seen}");
}

#[test]
fn the_industry_map_gives_the_cluster_with_firms_and_year_or_says_that_it_is_not_there() {
    let mut world = World::sample();
    let cluster = SAMPLE.map.clusters.iter().find(|one| one.id.as_str() == "dt-care").unwrap();
    let picture = part(&mut world, LARGE, "sx-0020", 4);
    for words in [&cluster.name.zh, &cluster.year.to_string(), &cluster.lead_firms.to_string()] {
        assert!(picture.contains(words.as_str()), "{words}: {picture}");
    }
    world.package.map.clusters.clear();
    assert!(part(&mut world, LARGE, "sx-0020", 4).contains("不在产业地图中"));
}

#[test]
fn every_attachment_is_listed_with_title_name_and_size_and_opens_by_its_number() {
    let mut world = World::sample();
    for id in world.index.rows.iter().map(|row| row.application.clone()).collect::<Vec<_>>() {
        let entries = SAMPLE.application(&id).unwrap().attachments.clone();
        let picture = part(&mut world, LARGE, id.as_str(), 5);
        for (at, entry) in entries.iter().enumerate() {
            let size = SAMPLE.attachments_of(&id).find(|file| file.file == entry.file).unwrap().size;
            let wanted = format!("{} {}  {} ({size} B)", at + 1, safe_line(&entry.title.zh), entry.file);
            assert!(picture.contains(&wanted), "{id}: {wanted} in {picture}");
            world.viewed.clear();
            with(&mut world, SMALL, &format!("ctrl-f {id} f3 5 {}", at + 1), |_| ());
            assert_eq!(world.viewed, [format!("{id}/{}", entry.file)]);
        }
    }
}

struct Still;

impl Senses for Still {
    fn now(&self) -> pingyi::domain::time::Moment {
        of("2026-03-16T10:00:00+08:00")
    }

    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(7);
    }
}

#[test]
fn an_attachment_in_gb18030_is_laid_out_byte_by_byte_and_one_that_is_not_in_the_package_is_refused() {
    let mut machine = Machine::of("R02");
    let session: Session = machine.sits_down();
    let viewing = session.workspace().viewing();
    let mut senses = Still;
    let mut shell = Shell::new(&machine.home, &mut senses, Seat::Desk(session));
    // A machine without a viewer says so; the file lies there all the same.
    let _viewer = shell.view(&of("sx-0002"), "gb-agreement.txt");
    let laid = std::fs::read(viewing.join("sx-0002.gb-agreement.txt")).unwrap();
    let signed = std::fs::read(crate::tidy::root().join("sample-data/package/attachments/sx-0002/gb-agreement.txt")).unwrap();
    assert_eq!(laid, signed);
    let (text, _, is_broken) = encoding_rs::GB18030.decode(&laid);
    assert!(std::str::from_utf8(&laid).is_err() && !is_broken && text.contains("协议"), "{text}");
    let refused = shell.view(&of("sx-0002"), "no-such.pdf").unwrap_err();
    assert!(refused.what.id.starts_with("err-") && refused.advice.id.starts_with("rec-"), "{refused:?}");
}

#[test]
fn an_attachment_that_was_changed_on_the_disk_is_refused_in_words_and_not_laid_out() {
    let mut machine = Machine::of("R02");
    let session = machine.sits_down();
    let (viewing, package) = (session.workspace().viewing(), session.workspace().package(&session.desk().package));
    let signed = std::fs::read(crate::tidy::root().join("sample-data/package/attachments/sx-0002/gb-agreement.txt")).unwrap();
    let mut bytes = std::fs::read(&package).unwrap();
    let at = bytes.windows(signed.len()).position(|window| window == signed).unwrap();
    bytes[at + 3] ^= 1;
    std::fs::write(&package, bytes).unwrap();
    let mut senses = Still;
    let mut shell = Shell::new(&machine.home, &mut senses, Seat::Desk(session));
    let look = Settings { language: Language::Zh, ..Settings::default() };
    let lines = run(&mut shell, look, SETS[2].1, "ctrl-f sx-0002 f3 5 2", |app| picture(app, (120, 24)).0);
    assert!(lines[0].starts_with("sx-0002") && lines[22].contains("gb-agreement"), "the refusal names the file: {lines:#?}");
    assert!(!lines[22].contains("已用系统程序打开") && !viewing.join("sx-0002.gb-agreement.txt").exists(), "{lines:#?}");
}

/// The sample call with applicants hidden.
fn blind() -> Package {
    let mut package = SAMPLE.clone();
    package.call.blind.applicant = true;
    package
}

#[test]
fn where_the_call_hides_applicants_no_screen_names_them() {
    let mut world = World::of(blind(), "R05");
    for row in world.index.rows.iter().map(|row| row.application.clone()).collect::<Vec<_>>() {
        let application = SAMPLE.application(&row).unwrap().clone();
        let names: Vec<&String> =
            std::iter::once(&application.applicant.name).chain(application.consortium.iter().map(|one| &one.name)).collect();
        let own = &SAMPLE.roster.person(&of("R05")).unwrap().employer;
        with(&mut world, Look { size: (160, 100), ..SMALL }, &format!("ctrl-f {row}"), |app| {
            for keys in ["", "enter", "1", "esc f3", "2", "3", "4", "5", "esc f7", "esc f8"] {
                press(app, keys);
                let shown = picture(app, (160, 100)).0.join("\n");
                for name in names.iter().filter(|name| **name != own) {
                    assert!(!shown.contains(name.as_str()), "{row} after {keys}: {name} in {shown}");
                }
            }
        });
    }
}

#[test]
fn a_hidden_employer_is_still_pointed_out_to_the_one_who_works_there() {
    let picture = screen(&mut World::of(blind(), "R05"), Look { size: (100, 30), ..SMALL }, "ctrl-f sx-0006 enter");
    assert!(picture.contains("请注意") && picture.contains("已隐去"), "{picture}");
}

#[test]
fn the_conflict_question_stays_in_sight_however_long_the_names_are() {
    let mut world = World::of(poisoned(&SAMPLE, 50), "R02");
    for application in &mut world.package.applications {
        application.title.zh = "极长".repeat(2000);
        application.applicant.name = "名".repeat(3000);
    }
    let picture = screen(&mut world, Look { size: (60, 16), ..SMALL }, "ctrl-f sx-0013 enter");
    assert!(picture.contains("应当回避的情形") && picture.contains(">1 "), "{picture}");
}
