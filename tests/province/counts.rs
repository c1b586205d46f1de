//! Quotas, distribution and things that stand twice, by worked examples: `counts.toml`.

use pingyi::domain::{
    call::Quota,
    register::{PanelResult, file::RegisterFile, merge, record::Record},
};
use serde::Deserialize;

use super::merge::{Given, result};
use crate::support::{cases::worked, rules::of};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    what: String,
    /// Panels: `call panel`, each with its applications in few words (`merge.rs`).
    panels: Vec<Panel>,
    /// Quota of the call, as call.toml writes it.
    #[serde(default)]
    quota: String,
    /// Quotas of the province, as record.toml writes them.
    #[serde(default)]
    province: String,
    /// `whose code found/max binding: applications`.
    #[serde(default)]
    broken: Vec<String>,
    /// `group applications winners money`.
    #[serde(default)]
    cities: Vec<String>,
    #[serde(default)]
    regions: Vec<String>,
    /// `name amount: applications`.
    #[serde(default)]
    costs: Vec<String>,
    /// `title: applications`.
    #[serde(default)]
    projects: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Panel {
    call: String,
    #[serde(default = "p1")]
    panel: String,
    applications: Vec<String>,
}

fn p1() -> String {
    "p1".to_owned()
}

fn panel(at: usize, given: &Panel, quota: &Quota) -> PanelResult {
    let mut result = result(&Given {
        bundle: format!("b{at}"),
        call: given.call.clone(),
        panel: given.panel.clone(),
        revision: 1,
        supersedes: None,
        rehearsal: false,
        applications: given.applications.clone(),
    });
    result.call.quota = quota.clone();
    result
}

#[test]
fn what_is_counted_is_what_a_clerk_counts_by_hand() {
    for case in worked::<Case>(include_str!("counts.toml")) {
        let quota: Quota = toml::from_str(&case.quota).unwrap();
        let record: Record = toml::from_str(&format!("schema = 1\n{}", case.province)).unwrap();
        let merged = merge(case.panels.iter().enumerate().map(|(at, given)| panel(at, given, &quota)));
        let register = of("sx-2026");
        let file = RegisterFile::of(&register, 1, &merged, &record);
        let ids = |applications: &[pingyi::domain::ids::ApplicationId]| {
            applications.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        let broken: Vec<String> = file
            .quotas
            .iter()
            .map(|one| {
                let whose = one.call.as_ref().map_or("province", |call| call.as_str());
                let binding = if one.soft { "soft" } else { "hard" };
                format!("{whose} {} {}/{} {binding}: {}", one.code, one.found, one.max, ids(&one.applications))
            })
            .collect();
        assert_eq!(broken, case.broken, "{}: quotas", case.what);
        let group = |(name, count): (&String, &pingyi::domain::register::distribution::Count)| {
            format!("{name} {} {} {}", count.applications, count.winners, count.government)
        };
        if !case.cities.is_empty() {
            assert_eq!(file.distribution.cities.iter().map(group).collect::<Vec<_>>(), case.cities, "{}: cities", case.what);
        }
        if !case.regions.is_empty() {
            assert_eq!(file.distribution.regions.iter().map(group).collect::<Vec<_>>(), case.regions, "{}: regions", case.what);
        }
        let whose = |list: &[pingyi::domain::register::twins::Whose]| {
            list.iter().map(|one| format!("{}/{}", one.call, one.application)).collect::<Vec<_>>().join(" ")
        };
        let costs: Vec<String> =
            file.same_costs.iter().map(|one| format!("{} {}: {}", one.name, one.amount, whose(&one.applications))).collect();
        assert_eq!(costs, case.costs, "{}: cost lines", case.what);
        let projects: Vec<String> = file.same_projects.iter().map(|one| format!("{}: {}", one.title, whose(&one.applications))).collect();
        assert_eq!(projects, case.projects, "{}: projects", case.what);
    }
}

#[test]
fn the_parts_of_a_distribution_add_up_to_the_whole_except_regions() {
    for case in worked::<Case>(include_str!("counts.toml")) {
        let merged = merge(case.panels.iter().enumerate().map(|(at, given)| panel(at, given, &Quota::default())));
        let all = pingyi::domain::register::distribution::of(&merged.panels);
        for parts in [&all.cities, &all.families] {
            let sum: usize = parts.values().map(|count| count.applications).sum();
            assert_eq!(sum, all.all.applications, "{}", case.what);
            let winners: usize = parts.values().map(|count| count.winners).sum();
            assert_eq!(winners, all.all.winners, "{}", case.what);
        }
        for parts in [&all.applicants, &all.lead_modes] {
            let sum: usize = parts.values().map(|count| count.applications).sum();
            assert_eq!(sum, all.all.applications, "{}", case.what);
        }
    }
}

#[test]
fn an_evaluation_of_bases_recommends_nobody_and_counts_in_no_distribution() {
    let given = Panel { call: "jx-26".into(), panel: p1(), applications: vec!["x1 140100 中部 0 winner 1 设备=1".into()] };
    let mut evaluation = panel(0, &given, &Quota::default());
    evaluation.call.kind = pingyi::domain::rubric::ReviewKind::Performance;
    let all = pingyi::domain::register::distribution::of(&[evaluation]);
    assert_eq!(all.all.applications, 0);
}
