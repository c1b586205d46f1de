//! Overlaps, conflicts of interest, and what each role may see.

use pingyi::domain::{
    application::Application,
    call::Blind,
    conflict::suggest,
    overlap::{Other, Overlap, of as overlaps_of},
    panel::{Ground, Role},
    text::Value as Argument,
    visibility::{HIDDEN, THINGS, Thing, for_reviewer, may},
};
use serde_json::{Value, json};

use crate::support::rules::{application, application_as, edited, of, package, roster};

fn with(overlap: &Overlap) -> String {
    match &overlap.with {
        Other::Base(id) => id.to_string(),
        Other::Application(id) => id.to_string(),
    }
}

fn shared(overlap: &Overlap) -> Vec<&'static str> {
    overlap.shared.iter().map(|message| message.id).collect()
}

#[test]
fn an_existing_base_of_the_same_industry_and_city_overlaps_and_a_closed_one_does_not() {
    let package = package();
    let found = overlaps_of(&package, &package.applications[0]);
    let bases: Vec<String> = found.iter().filter(|overlap| matches!(overlap.with, Other::Base(_))).map(with).collect();
    assert_eq!(bases, ["b01"], "b02 serves another industry, b03 closed in 2020");
    let base = found.iter().find(|overlap| with(overlap) == "b01").unwrap();
    assert_eq!(shared(base), ["overlap-industry", "overlap-city", "overlap-function"]);
}

#[test]
fn the_strongest_overlap_stands_first_and_the_list_never_names_the_application_itself() {
    let mut package = package();
    package.applications[1].costs[0].name = package.applications[0].costs[0].name.clone();
    package.applications[2].direction.industries = vec!["metals".to_owned()];
    package.applications[2].direction.cluster = None;
    let found = overlaps_of(&package, &package.applications[0]);
    assert_eq!(found.iter().map(with).collect::<Vec<_>>(), ["sx-0002", "sx-0004", "b01"], "sx-0003 shares city and function only");
    assert_eq!(shared(&found[0]), ["overlap-industry", "overlap-cluster", "overlap-cost", "overlap-city", "overlap-function"]);
    assert!(found.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
}

#[test]
fn an_overlap_is_told_in_words_of_both_languages_where_the_code_has_any() {
    let package = package();
    let found = overlaps_of(&package, &package.applications[0]);
    let city = found[0].shared.iter().find(|message| message.id == "overlap-city").unwrap();
    match &city.args[0].1 {
        Argument::Both(name) => assert_eq!((name.zh.as_str(), name.en.as_str()), ("晋中", "Jinzhong")),
        other => panic!("{other:?}"),
    }
}

#[test]
fn overlaps_are_mutual_between_applications() {
    let package = package();
    let names = |index: usize| overlaps_of(&package, &package.applications[index]).iter().map(with).collect::<Vec<_>>();
    assert!(names(0).contains(&"sx-0002".to_owned()) && names(1).contains(&"sx-0001".to_owned()));
}

#[test]
fn an_employer_that_applies_or_builds_along_suggests_a_conflict_however_it_is_spelt() {
    let person = edited(&roster().people[1], "employer", json!("晋中示例 职业技术学院"));
    let found = suggest(&person, &application());
    assert_eq!(found.iter().map(|one| (one.ground, one.why.id)).collect::<Vec<_>>(), [(Ground::Employment, "conflict-employer-applicant")]);
    let person = edited(&roster().people[1], "earlier_employers", json!(["示例汽车零部件有限公司", "别处"]));
    assert_eq!(suggest(&person, &application()).iter().map(|one| one.why.id).collect::<Vec<_>>(), ["conflict-earlier-member"]);
}

#[test]
fn an_employer_of_a_similar_name_suggests_nothing() {
    let person = edited(&roster().people[1], "employer", json!("晋中示例职业技术学院附属医院"));
    assert_eq!(suggest(&person, &application()), []);
}

/// An application in which every free text holds the name of the applicant.
fn talkative() -> Application {
    let name = application().applicant.name;
    let said = json!(format!("据{name}称"));
    let places = [
        "title.zh",
        "title.en",
        "applicant.county",
        "applicant.recommender",
        "consortium[0].role",
        "consortium[0].contribution[0].note",
        "direction.chain",
        "direction.chain_position",
        "direction.park",
        "direction.major_categories[0]",
        "demand.gap_evidence",
        "demand.employers[0]",
        "positioning.distinctiveness",
        "positioning.strengths",
        "positioning.compared[0].name",
        "positioning.compared[0].overlap",
        "function[0].unit",
        "function[0].plan",
        "conditions.site",
        "conditions.land_status",
        "conditions.acceptance[0]",
        "sharing.rules",
        "operation.operator",
        "operation.rules[0]",
        "operation.team",
        "operation.asset_title",
        "operation.supervising_dept",
        "funding[0].note",
        "money.policy_requests[0]",
        "cost[0].name",
        "income[0].name",
        "schedule.milestones[0].text",
        "compliance.gates.G1.note",
        "compliance.incidents[0]",
        "attachment[0].title.zh",
        "attachment[0].title.en",
        "narrative.zh",
        "narrative.en",
    ];
    let start = edited(&application(), "sharing.linked_platforms", json!([{ "kind": "public", "name": said, "note": said }]));
    let start = edited(&start, "self_score", json!([{ "criterion": "A1", "value": "8", "evidence": said }]));
    places.iter().fold(start, |record, place| edited(&record, place, said.clone()))
}

fn hidden(application: &Application) -> Application {
    for_reviewer(application, &Blind { applicant: true, ..Blind::default() })
}

#[test]
fn an_open_call_hides_nothing() {
    assert_eq!(for_reviewer(&application(), &Blind { applicant: false, reviewers: true, shuffle_order: true }), application());
}

#[test]
fn a_blind_call_leaves_no_name_code_or_contact_anywhere_in_the_application() {
    let original = talkative();
    let shown = serde_json::to_string(&hidden(&original)).unwrap();
    let applicant = &original.applicant;
    for secret in [&applicant.name, &applicant.code, &applicant.legal_rep, &applicant.contact, &original.consortium[0].name] {
        assert!(serde_json::to_string(&original).unwrap().contains(secret.as_str()));
        assert!(!shown.contains(secret.as_str()), "{secret}");
    }
}

#[test]
fn a_blind_call_keeps_everything_that_is_scored() {
    let (original, shown) = (talkative(), hidden(&talkative()));
    assert_eq!((&shown.id, &shown.item, shown.tier), (&original.id, &original.item, original.tier));
    assert_eq!(shown.applicant.city, original.applicant.city, "where it is decides about positioning");
    assert_eq!(shown.direction.family, original.direction.family);
    assert_eq!(shown.sharing.targets, original.sharing.targets);
    assert_eq!(shown.funding_total(), original.funding_total());
    assert_eq!(shown.demand.gap_evidence, format!("据{HIDDEN}称"));
}

#[test]
fn a_name_broken_by_spaces_or_written_wide_is_hidden_too() {
    let name = "ABC学院";
    let original = edited(&application(), "applicant.name", json!(name));
    let original = edited(&original, "narrative.zh", json!("前言 ＡＢＣ 学\n院 与 abc学院附中"));
    assert_eq!(hidden(&original).narrative.zh, format!("前言 {HIDDEN} 与 {HIDDEN}附中"));
}

#[test]
fn a_longer_name_is_hidden_whole_although_a_shorter_one_begins_it() {
    let original = edited(&application(), "applicant.name", json!("示例汽车"));
    let original = edited(&original, "narrative.zh", json!("由示例汽车零部件有限公司承建"));
    assert_eq!(hidden(&original).narrative.zh, format!("由{HIDDEN}承建"));
}

#[test]
fn an_empty_or_one_letter_name_does_not_black_out_the_document() {
    let original = edited(&edited(&application(), "applicant.legal_rep", json!("")), "applicant.contact", json!("一"));
    let shown = hidden(&original);
    assert!(shown.narrative.zh.contains("一、建设背景"));
    assert_eq!(shown.applicant.legal_rep, "", "an empty field stays empty");
}

#[test]
fn a_name_that_is_also_a_code_word_breaks_nothing() {
    let original = edited(&application(), "consortium[0].name", json!("enterprise"));
    let shown = hidden(&original);
    assert_eq!(shown.consortium[0].party, original.consortium[0].party);
    assert_eq!(serde_json::from_value::<Application>(serde_json::to_value(&shown).unwrap()).unwrap(), shown);
}

#[test]
fn nobody_sees_the_draft_of_somebody_else() {
    let roles = [
        Role::Office,
        Role::Reviewer,
        Role::Chair,
        Role::Deputy,
        Role::Supervisor,
        Role::Teller,
        Role::Scrutineer,
        Role::ThirdParty,
        Role::Province,
    ];
    assert!(roles.into_iter().all(|role| !may(role, Thing::OthersDrafts)));
}

#[test]
fn each_role_sees_what_the_rules_give_it_and_no_more() {
    use Thing::{ApplicantNames, OthersSheets, OwnSheets, Results, ReviewerNames};
    let table: [(Role, &[Thing]); 9] = [
        (Role::Office, &[OthersSheets, ApplicantNames, ReviewerNames, Results]),
        (Role::Reviewer, &[OwnSheets, Results]),
        (Role::Chair, &[OwnSheets, OthersSheets, ReviewerNames, Results]),
        (Role::Deputy, &[OwnSheets, OthersSheets, ReviewerNames, Results]),
        (Role::Supervisor, &[OthersSheets, ApplicantNames, ReviewerNames, Results]),
        (Role::Teller, &[ReviewerNames]),
        (Role::Scrutineer, &[ReviewerNames]),
        (Role::ThirdParty, &[OwnSheets, Results]),
        (Role::Province, &[OthersSheets, ApplicantNames, ReviewerNames, Results]),
    ];
    for (role, expected) in table {
        let seen: Vec<Thing> = THINGS.into_iter().filter(|thing| may(role, *thing)).collect();
        assert_eq!(seen, expected, "{role:?}");
    }
}

#[test]
fn an_application_written_out_and_read_back_is_the_same() {
    let original = application_as("sx-0042", "t2");
    let text = toml::to_string(&original).unwrap();
    assert_eq!(toml::from_str::<Application>(&text).unwrap(), original);
    assert_eq!(original.id, of("sx-0042"));
    assert_eq!(original.field("demand.annual_gap"), Some(Value::from("300")));
    assert_eq!(original.figure("function"), Some(1.into()));
    assert_eq!(original.figure("sharing.rules"), None, "words are no figure");
}
