//! Which results count, by worked examples: `merge.toml`. And that no order of the files changes anything.

use std::collections::BTreeMap;

use pingyi::domain::{
    call::Mode,
    register::{
        ApplicationLine, CallLine, CostLine, ItemLine, Merged, PanelResult, distribution, file::RegisterFile, merge, record::Record,
        spread, twins,
    },
    rubric::ReviewKind,
    text::Bilingual,
};
use proptest::prelude::*;
use serde::Deserialize;

use crate::support::{cases::worked, rules::of};

#[derive(Deserialize)]
struct Case {
    what: String,
    given: Vec<Given>,
    counts: Vec<String>,
    #[serde(default)]
    excluded: BTreeMap<String, String>,
}

/// A result in few words. Applications are written `id city region+region government place`.
#[derive(Deserialize, Clone)]
pub(super) struct Given {
    pub(super) bundle: String,
    pub(super) call: String,
    #[serde(default = "p1")]
    pub(super) panel: String,
    #[serde(default = "one")]
    pub(super) revision: u32,
    pub(super) supersedes: Option<String>,
    #[serde(default)]
    pub(super) rehearsal: bool,
    #[serde(default)]
    pub(super) applications: Vec<String>,
}

fn p1() -> String {
    "p1".to_owned()
}

const fn one() -> u32 {
    1
}

/// The result that a case describes.
pub(super) fn result(given: &Given) -> PanelResult {
    PanelResult {
        bundle: given.bundle.clone(),
        sha256: format!("file of {}", given.bundle),
        file: format!("result-{}-{}-r{}.zip", given.call, given.panel, given.revision),
        revision: given.revision,
        supersedes: given.supersedes.clone(),
        mode: if given.rehearsal { Mode::Rehearsal } else { Mode::Official },
        call: CallLine {
            id: of(&given.call),
            title: Bilingual::default(),
            document: "晋发改科教发〔2021〕453号".to_owned(),
            kind: ReviewKind::Selection,
            tier: pingyi::domain::call::Tier::Province,
            closes: of(if given.call.ends_with("27") { "2027-03-18" } else { "2026-03-18" }),
            quota: toml::from_str("total = { max = 2, soft = true }\nper_city = { max = 1, soft = false }").unwrap(),
        },
        panel: of(&given.panel),
        items: vec![ItemLine {
            id: of("t1"),
            title: Bilingual::default(),
            outcome: "winner",
            applications: given.applications.iter().map(|text| application(text)).collect(),
        }],
    }
}

fn application(text: &str) -> ApplicationLine {
    let [id, city, regions, government, place, spread, cost] = text.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (name, amount) = cost.split_once('=').unwrap();
    ApplicationLine {
        id: of(id),
        title: Bilingual { zh: format!("{name}项目"), en: String::new() },
        applicant: "示例单位".to_owned(),
        code: String::new(),
        kind: pingyi::domain::application::ApplicantKind::Vocational,
        city: city.to_owned(),
        city_name: Bilingual::default(),
        regions: regions.split('+').map(str::to_owned).collect(),
        family: "social".to_owned(),
        family_name: Bilingual::default(),
        lead_mode: pingyi::domain::application::LeadMode::School,
        government: of(government),
        costs: vec![CostLine { name: name.to_owned(), amount: of(amount) }],
        outcome: "eligible".to_owned(),
        place: match place {
            "winner" => "winner",
            "reserve" => "reserve",
            _ => "none",
        },
        rank: Some(1),
        tied: false,
        total: Some("80.00".to_owned()),
        sheets: 5,
        spread: Some(spread.to_owned()),
        report: None,
    }
}

fn cases() -> Vec<Case> {
    worked::<Case>(include_str!("merge.toml"))
}

fn words(merged: &Merged) -> (Vec<String>, BTreeMap<String, String>) {
    let why = |one: &pingyi::domain::register::Excluded| {
        let value = serde_json::to_value(one).unwrap();
        (one.sha256.trim_start_matches("file of ").to_owned(), value["why"].as_str().unwrap().to_owned())
    };
    (merged.panels.iter().map(|panel| panel.bundle.clone()).collect(), merged.excluded.iter().map(why).collect())
}

#[test]
fn what_counts_is_what_the_worked_examples_say() {
    for case in cases() {
        let merged = merge(case.given.iter().map(result));
        assert_eq!(words(&merged), (case.counts, case.excluded), "{}", case.what);
    }
}

/// Three panels of two calls with everything that is counted.
fn three() -> Vec<PanelResult> {
    let given = |bundle: &str, call: &str, panel: &str, applications: &[&str]| {
        let applications = applications.iter().map(|text| (*text).to_owned()).collect();
        result(&Given {
            bundle: bundle.into(),
            call: call.into(),
            panel: panel.into(),
            revision: 1,
            supersedes: None,
            rehearsal: false,
            applications,
        })
    };
    vec![
        given("a", "sx-26", "p1", &["a1 140100 中部 500 winner 8.5 设备=120", "a2 140100 中部+两区 40.5 winner 12 厂房=60"]),
        given("b", "sx-26", "p2", &["b1 140200 晋北 0 winner 3 设备=120.0", "b2 140200 晋北 900 none 30 平台=10"]),
        given("c", "sx-27", "p1", &["c1 140100 中部 100 winner 1.25 设备=120"]),
    ]
}

#[test]
fn a_city_counts_its_recommendations_in_each_year_over_all_calls() {
    let lines = distribution::by_city_and_year(&three());
    let told: Vec<String> = lines.iter().map(|line| format!("{} {} {}", line.city, line.year, line.winners)).collect();
    assert_eq!(told, ["140100 2026 2", "140100 2027 1", "140200 2026 1"]);
}

#[test]
fn regions_overlap_so_an_application_counts_in_each_of_its_own() {
    let found = distribution::of(&three());
    assert_eq!((found.all.applications, found.all.winners, found.all.government.to_string().as_str()), (5, 4, "640.5"));
    let regions: Vec<String> =
        found.regions.iter().map(|(name, count)| format!("{name} {} {}", count.applications, count.winners)).collect();
    assert_eq!(regions, ["两区 1 1", "中部 3 3", "晋北 2 1"]);
}

#[test]
fn quotas_hold_over_all_panels_of_a_call_and_the_provinces_own_over_all_calls() {
    let record: Record =
        toml::from_str("schema = 1\nquota = { per_city = { max = 2, soft = true } }\nquota_per_region = { max = 2, soft = true }\n")
            .unwrap();
    let (merged, call) = (merge(three()), of("sx-2026"));
    let file = RegisterFile::of(&call, 1, &merged, &record);
    let told: Vec<String> = file
        .quotas
        .iter()
        .map(|one| format!("{} {} {} of {}", one.call.as_ref().map_or("province", |call| call.as_str()), one.code, one.found, one.max))
        .collect();
    assert_eq!(
        told,
        [
            "sx-26 err-quota-total 3 of 2",
            "sx-26 err-quota-city 2 of 1",
            "province err-quota-city 3 of 2",
            "province err-quota-region 3 of 2",
        ]
    );
}

#[test]
fn panels_of_one_call_with_different_quotas_are_named_and_not_judged() {
    let mut panels = three();
    panels[1].call.quota.total.as_mut().unwrap().max = 9;
    let (broken, unlike) = distribution::breaches(&panels);
    assert!(broken.iter().all(|one| one.call != Some(of("sx-26"))));
    assert_eq!(unlike, [of("sx-26")]);
}

#[test]
fn one_cost_line_of_two_applications_is_found_whatever_the_digits_of_its_amount() {
    let found = twins::costs(&three());
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            format!(
                "{} {}: {}",
                one.name,
                one.amount,
                one.applications.iter().map(|whose| whose.application.to_string()).collect::<Vec<_>>().join(" ")
            )
        })
        .collect();
    assert_eq!(told, ["设备 120: a1 b1 c1"]);
}

#[test]
fn one_project_in_two_calls_is_found_by_its_title_and_applicant() {
    let found = twins::projects(&three());
    let told: Vec<(&str, usize)> = found.iter().map(|one| (one.title.as_str(), one.applications.len())).collect();
    assert_eq!(told, [("设备项目", 3)]);
}

#[test]
fn the_spread_of_a_panel_is_told_without_a_mean() {
    let told: Vec<String> = spread::by_panel(&three())
        .iter()
        .map(|one| format!("{} {} n={} sum={} max={}", one.call, one.panel, one.applications, one.sum, one.widest))
        .collect();
    assert_eq!(told, ["sx-26 p1 n=2 sum=20.5 max=12", "sx-26 p2 n=2 sum=33 max=30", "sx-27 p1 n=1 sum=1.25 max=1.25"]);
}

/// All results of the examples. A digest stands for one content, so those of different examples have different ones.
fn all() -> Vec<Given> {
    let own = |at: usize, name: &str| format!("{name}{at}");
    let of_case = |(at, case): (usize, Case)| {
        case.given.into_iter().map(move |given| Given {
            bundle: own(at, &given.bundle),
            supersedes: given.supersedes.as_deref().map(|name| own(at, name)),
            ..given
        })
    };
    cases().into_iter().enumerate().flat_map(of_case).collect()
}

proptest! {
    #[test]
    fn the_order_of_the_files_changes_nothing(seed in any::<u64>(), picked in proptest::collection::vec(0_usize..40, 1..25)) {
        let all = all();
        let given: Vec<PanelResult> = picked.iter().map(|at| result(&all[at % all.len()])).collect();
        let mut shuffled = given.clone();
        let mut state = seed | 1;
        for at in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(at, usize::try_from(state >> 33).unwrap() % (at + 1));
        }
        prop_assert_eq!(merge(given), merge(shuffled));
    }

    #[test]
    fn a_result_enters_unaltered_or_is_named(picked in proptest::collection::vec(0_usize..40, 1..25)) {
        let all = all();
        let given: Vec<PanelResult> = picked.iter().map(|at| result(&all[at % all.len()])).collect();
        let merged = merge(given.clone());
        for one in &given {
            let is_in = merged.panels.contains(one);
            let is_named = merged.excluded.iter().any(|out| out.sha256 == one.sha256);
            prop_assert!(is_in || is_named, "{} vanished", one.bundle);
        }
        for panel in &merged.panels {
            prop_assert!(given.contains(panel));
        }
    }
}
