//! Load checks, by the planted mistakes of `load-mistakes.toml`.

use pingyi::domain::{
    finding::Severity,
    hostile::{has_hostile, has_hostile_in_prose},
    load::{REQUIRED, check},
    names::{nearest, same_name},
    package::Package,
    panel::{Assignment, Key, Recusal, RecusalOrigin},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::rules::{application_as, edited, of, package, paths};

#[derive(Deserialize)]
struct Mistakes {
    case: Vec<Mistake>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    why: String,
    r#in: String,
    at: String,
    #[serde(default)]
    to: Value,
    least: Option<String>,
    expect: Vec<String>,
}

fn with_mistake(file: &str, at: &str, to: Value) -> Package {
    let mut package = package();
    match file {
        "application" => package.applications[0] = edited(&package.applications[0], at, to),
        "call" => package.call = edited(&package.call, at, to),
        "roster" => package.roster = edited(&package.roster, at, to),
        "codes" => package.codes = edited(&package.codes, at, to),
        "map" => package.map = edited(&package.map, at, to),
        "bases" => package.bases = edited(&package.bases, at, to),
        "rubric" => package.rubric = edited(&package.rubric, at, to),
        "recusals" => package.recusals = edited(&package.recusals, at, to),
        "assignments" => package.assignments = serde_json::from_value(to).unwrap(),
        other => panic!("no file {other}"),
    }
    package
}

#[test]
fn a_sound_package_has_no_findings() {
    assert_eq!(check(&package()), []);
}

#[test]
fn every_planted_mistake_is_found_in_its_file_at_its_place() {
    let mistakes: Mistakes = toml::from_str(include_str!("load-mistakes.toml")).unwrap();
    for mistake in mistakes.case {
        let least = if mistake.least.as_deref() == Some("warning") { Severity::Warning } else { Severity::Error };
        let found = check(&with_mistake(&mistake.r#in, &mistake.at, mistake.to));
        assert_eq!(paths(&found, least), mistake.expect, "{}", mistake.why);
    }
}

#[test]
fn two_applications_that_would_lie_in_one_file_are_refused() {
    let mut package = package();
    package.applications[1] = application_as("SX-0001", "t1");
    package.attachments.remove(1);
    let found = paths(&check(&package), Severity::Error);
    assert!(found.contains(&"applications/sx-0001.toml#id".to_owned()), "{found:?}");
}

#[test]
fn one_key_for_two_people_is_refused_and_both_are_named() {
    let mut package = package();
    for person in package.roster.people.iter_mut().take(2) {
        person.key =
            Some(Key { public: "ssh-ed25519 AAAA".to_owned(), custody: Default::default(), valid_after: None, valid_before: None });
    }
    let found = check(&package);
    assert_eq!(paths(&found, Severity::Error), ["roster.toml#person[1].key.public"]);
    assert_eq!(found[0].what.args, [("code", "R02".into()), ("other", "R01".into())]);
}

#[test]
fn an_applicant_may_object_to_three_reviewers_and_not_to_four() {
    let objection = |person: &str| -> Recusal {
        serde_json::from_value(json!({
            "application": "sx-0001", "person": person, "origin": "applicant", "ground": "other", "text": "有合作关系",
            "decision": "rejected", "reason": "查无此事",
        }))
        .unwrap()
    };
    let mut package = package();
    package.recusals = ["R01", "R02", "R03"].map(objection).to_vec();
    assert!(package.recusals.iter().all(|recusal| recusal.origin == RecusalOrigin::Applicant));
    assert_eq!(paths(&check(&package), Severity::Error), [""; 0]);
    package.recusals.push(objection("R04"));
    assert_eq!(paths(&check(&package), Severity::Error), ["recusals.toml#recusal[3]"]);
}

#[test]
fn one_cost_line_claimed_by_two_applications_is_pointed_out() {
    let mut package = package();
    package.applications[1].costs[0].name = " 设备 购置 ".to_owned();
    let found = check(&package);
    assert_eq!(paths(&found, Severity::Warning), ["applications/sx-0002.toml#cost"]);
    assert_eq!(paths(&found, Severity::Error), [""; 0], "a warning refuses nothing");
}

#[test]
fn a_conflict_that_the_office_has_decided_is_not_raised_again() {
    let mut package = with_mistake("application", "applicant.name", json!("示例研究院"));
    assert_eq!(paths(&check(&package), Severity::Warning), ["roster.toml#person[1].employer"]);
    package.recusals = serde_json::from_value(json!([
        { "application": "sx-0001", "person": "R02", "origin": "office", "ground": "employment", "text": "任职单位即申报单位" },
    ]))
    .unwrap();
    let found = paths(&check(&package), Severity::Warning);
    assert_eq!(found, ["applications/sx-0001.toml#id"], "four readers are left, and that is said");
}

#[test]
fn an_application_nobody_reads_is_refused_unless_it_failed_the_formal_check() {
    let mut package = package();
    let lines = ["sx-0001", "sx-0002", "sx-0003"];
    package.assignments = lines.map(|id| Assignment { application: of(id), reviewer: of("R01") }).to_vec();
    assert_eq!(paths(&check(&package), Severity::Error), ["applications/sx-0004.toml#id"]);
    package.applications[3] = edited(&package.applications[3], "compliance.gates.G1.state", json!("fail"));
    assert_eq!(paths(&check(&package), Severity::Error), [""; 0]);
}

#[test]
fn an_item_without_applications_is_noted_and_nothing_is_refused() {
    let mut package = package();
    for application in &mut package.applications {
        application.item = of("t1");
    }
    let found = check(&package);
    assert_eq!(paths(&found, Severity::Note), ["call.toml#item[1]"]);
    assert_eq!(paths(&found, Severity::Warning), [""; 0]);
}

#[test]
fn a_pledge_in_one_language_is_refused() {
    let mut package = package();
    package.pledge.text.en.clear();
    assert_eq!(paths(&check(&package), Severity::Error), ["pledge.en.md#"]);
}

#[test]
fn every_required_field_is_a_field_of_the_application() {
    for (path, kinds) in REQUIRED {
        assert!(pingyi::domain::fields::kind(path).is_some(), "{path}");
        assert!(!kinds.is_empty(), "{path}");
    }
}

#[test]
fn characters_that_hide_or_turn_text_are_hostile_and_rare_characters_are_not() {
    for bad in ["a\u{202E}b", "a\u{200B}", "\u{FEFF}a", "a\u{0007}", "a\nb", "a\u{2066}b", "\u{00AD}", "a\u{E0041}"] {
        assert!(has_hostile(bad), "{bad:?}");
    }
    for good in ["", "评审组", "𠮷野", "葛\u{E0100}城", "Ünïted", "a b", "（示例）", "👍"] {
        assert!(!has_hostile(good), "{good:?}");
    }
    assert!(!has_hostile_in_prose("一、背景\n\t二、目标\r\n"));
    assert!(has_hostile_in_prose("一\u{202D}二"));
}

#[test]
fn one_unit_written_in_two_ways_is_one_unit() {
    assert!(same_name("示例（山西）有限公司", "示例(山西) 有限公司"));
    assert!(same_name("ＡＢＣ公司", "abc 公司"));
    assert!(!same_name("示例一公司", "示例二公司"));
    assert!(!same_name("", " "), "an empty name is nobody's");
}

#[test]
fn only_a_close_name_is_suggested() {
    assert_eq!(nearest("contests", ["practice", "contest"]), Some("contest"));
    assert_eq!(nearest("zebra", ["practice", "contest"]), None);
}
