//! Bases evaluated year after year: `years.toml`, as an annual report would print it.

use std::collections::BTreeMap;

use pingyi::domain::{
    register::{
        PanelResult,
        years::{self, BaseYear, Indicator, Report},
    },
    text::Bilingual,
};
use serde::Deserialize;

use super::merge::{Given, result};
use crate::support::{cases::worked, rules::of};

#[derive(Deserialize)]
struct Case {
    what: String,
    /// `call base year total band trainees/target`, one application each.
    evaluated: Vec<String>,
    /// `base year total change`.
    told: Vec<String>,
    /// `year bases band=count… trainees`.
    #[serde(default)]
    years: Vec<String>,
}

/// An evaluation as a panel's result.
fn evaluated(at: usize, text: &str) -> PanelResult {
    let [call, base, year, total, band, trainees] = text.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (actual, target) = trainees.split_once('/').unwrap();
    let application = format!("x{at} 140100 中部 0 none 1 设备=1");
    let given = Given {
        bundle: format!("b{at}"),
        call: call.to_owned(),
        panel: format!("p{at}"),
        revision: 1,
        supersedes: None,
        rehearsal: false,
        applications: vec![application],
    };
    let mut result = result(&given);
    let line = &mut result.items[0].applications[0];
    line.total = (total != "-").then(|| total.to_owned());
    let indicator = Indicator { target: Some(target.to_owned()), actual: (actual != "-").then(|| actual.to_owned()) };
    line.report = Some(Report {
        base: of(base),
        year: year.parse().unwrap(),
        band: (band != "-").then(|| Bilingual { zh: band.to_owned(), en: band.to_owned() }),
        indicators: BTreeMap::from([("trainees".to_owned(), indicator), ("external_pct".to_owned(), Indicator::default())]),
    });
    result
}

fn told(line: &BaseYear) -> String {
    let figure = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    format!("{} {} {} {}", line.base, line.year, figure(&line.total), figure(&line.change))
}

#[test]
fn each_base_is_told_year_by_year_with_what_it_gained() {
    for case in worked::<Case>(include_str!("years.toml")) {
        let panels: Vec<PanelResult> = case.evaluated.iter().enumerate().map(|(at, text)| evaluated(at, text)).collect();
        let lines = years::of(&panels);
        assert_eq!(lines.iter().map(told).collect::<Vec<_>>(), case.told, "{}", case.what);
        let year = |year: &years::YearBands| {
            let bands: Vec<String> = year.bands.iter().map(|(band, count)| format!("{band}={count}")).collect();
            let sum = year.sums.get("trainees").map_or("-", String::as_str);
            format!("{} {} {} {sum}", year.year, year.bases, bands.join(" "))
        };
        let found: Vec<String> = years::bands(&lines).iter().map(year).collect();
        assert_eq!(found, case.years, "{}", case.what);
        let backwards: Vec<PanelResult> = panels.into_iter().rev().collect();
        assert_eq!(years::of(&backwards), lines, "{}: the order of the files changes nothing", case.what);
    }
}
