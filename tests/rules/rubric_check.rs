//! Proofs about a rubric, by the planted mistakes of `rubric-mistakes.toml` and the levels of `anchors.toml`.

use pingyi::domain::{
    clause::{CLAUSES, is_clause},
    fields,
    finding::Severity,
    rubric::{Criterion, check::check},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::rules::{edited, paths, points, rubric};

#[derive(Deserialize)]
struct Mistakes {
    case: Vec<Mistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    why: String,
    at: String,
    #[serde(default)]
    to: Value,
    expect: Vec<String>,
}

#[test]
fn a_sound_rubric_has_no_findings() {
    assert_eq!(check(&rubric()), []);
}

#[test]
fn every_planted_mistake_is_found_at_its_place_and_nothing_else_is_blamed() {
    let mistakes: Mistakes = toml::from_str(include_str!("rubric-mistakes.toml")).unwrap();
    for mistake in mistakes.case {
        let found = check(&edited(&rubric(), &mistake.at, mistake.to));
        assert_eq!(paths(&found, Severity::Note), mistake.expect, "{}", mistake.why);
    }
}

#[test]
fn ten_mistakes_in_one_rubric_are_reported_all_at_once() {
    let planted = [
        ("schema", json!(2)),
        ("criterion[0].max", json!("9")),
        ("criterion[1].clause[0]", json!("六(一)")),
        ("criterion[2].title.en", json!("")),
        ("criterion[0].anchors[2].from", json!("5%")),
        ("criterion[0].look_at[0]", json!("demand.gap")),
        ("scoring.trim.min_valid", json!(1)),
        ("scoring.tie_break[0]", json!("dimension:Z")),
        ("pass.total", json!("200")),
        ("gate[1].when.lead_mode", json!("zone")),
    ];
    let broken = planted.into_iter().fold(rubric(), |rubric, (path, value)| edited(&rubric, path, value));
    let expected = [
        "criterion[0].anchors[2].from",
        "criterion[0].look_at[0]",
        "criterion[1].clause[0]",
        "criterion[2].title.en",
        "dimension[0].max",
        "gate[1].when.lead_mode",
        "pass.total",
        "schema",
        "scoring.tie_break[0]",
        "scoring.trim.min_valid",
    ];
    assert_eq!(paths(&check(&broken), Severity::Error), expected);
}

#[test]
fn a_mistyped_name_is_answered_with_the_nearest_known_one() {
    let cases = [
        ("criterion[0].look_at[0]", "direction.clusters", "direction.cluster"),
        ("criterion[0].clause[0]", "二（一）", "二(一)"),
        ("gate[1].when.lead_mode", "parks", "park"),
        ("scoring.tie_break[3]", "votes", "vote"),
        ("criterion[5].formula.actual", "sharing.actuals.visit", "sharing.actuals.visits"),
    ];
    for (at, typed, near) in cases {
        let found = check(&edited(&rubric(), at, json!(typed)));
        let advice = &found.first().unwrap().advice;
        assert_eq!(advice.id, "rec-did-you-mean", "{typed}");
        assert_eq!(advice.args, [("near", near.into())], "{typed}");
    }
}

#[test]
fn a_name_unlike_any_other_is_answered_with_the_whole_list() {
    let found = check(&edited(&rubric(), "criterion[0].dimension", json!("Zebra")));
    assert_eq!(found.iter().find(|finding| finding.path == "criterion[0].dimension").unwrap().advice.id, "rec-known-names");
}

#[test]
fn a_criterion_that_rests_on_no_clause_is_only_a_warning() {
    let found = check(&edited(&rubric(), "criterion[0].clause", json!([])));
    assert_eq!(paths(&found, Severity::Error), [""; 0]);
    assert_eq!(paths(&found, Severity::Warning), ["criterion[0].clause"]);
}

#[test]
fn redistribution_needs_a_second_criterion_to_take_the_points() {
    let alone = edited(&edited(&rubric(), "criterion[3]", Value::Null), "criterion[2].max", json!("30"));
    assert_eq!(paths(&check(&alone), Severity::Error), ["criterion[2].na"]);
}

#[derive(Deserialize)]
struct Levels {
    case: Vec<Level>,
    level: Vec<Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    why: String,
    from: Vec<String>,
    sound: Option<bool>,
    max: Option<String>,
    value: Option<String>,
    expect: Option<String>,
}

fn anchors(from: &[String]) -> Value {
    from.iter().map(|share| json!({ "from": share, "text": { "zh": "示例", "en": "Sample" } })).collect()
}

#[test]
fn levels_cover_the_whole_range_once_or_are_refused() {
    let levels: Levels = toml::from_str(include_str!("anchors.toml")).unwrap();
    for case in levels.case {
        let found = check(&edited(&rubric(), "criterion[0].anchors", anchors(&case.from)));
        assert_eq!(Some(found.is_empty()), case.sound, "{}", case.why);
    }
}

#[test]
fn a_score_falls_under_the_level_it_reaches() {
    let levels: Levels = toml::from_str(include_str!("anchors.toml")).unwrap();
    for case in levels.level {
        let criterion = edited(&rubric().criteria[0], "anchors", anchors(&case.from));
        let criterion: Criterion = edited(&criterion, "max", json!(case.max.unwrap()));
        let found = criterion.anchor_at(points(&case.value.unwrap())).map(|anchor| anchor.from.to_string());
        assert_eq!(found, case.expect, "{}", case.why);
    }
}

#[test]
fn the_clause_list_holds_the_policy_from_first_to_last() {
    for known in ["一(一)", "一(二)1", "一(二)4", "二(三)", "三(五)", "四(四)", "五(三)", "三"] {
        assert!(is_clause(known), "{known}");
    }
    for unknown in ["", "一(四)", "一(二)5", "三(六)", "五(四)", "六", "一（一）"] {
        assert!(!is_clause(unknown), "{unknown}");
    }
    assert!(CLAUSES.iter().all(|clause| !clause.zh.is_empty() && !clause.en.is_empty()));
}

#[test]
fn the_fields_a_rubric_may_name_are_those_of_the_application_file() {
    for (path, kind) in [
        ("sharing.targets.visits", fields::FieldKind::Figure),
        ("function", fields::FieldKind::List),
        ("performance.actual.trainees", fields::FieldKind::Figure),
        ("operation", fields::FieldKind::Group),
        ("operation.lead_mode", fields::FieldKind::Text),
        ("conditions.management_systems", fields::FieldKind::List),
        ("direction.cluster", fields::FieldKind::Text),
    ] {
        assert_eq!(fields::kind(path), Some(kind), "{path}");
    }
    assert_eq!(fields::kind("functions"), None, "the file says `function`");
    assert_eq!(fields::kind("consortium.name"), None, "a list is reached only as a whole");
}
