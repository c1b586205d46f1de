//! Performance evaluation 绩效评价 over the years (五(二)): what each base achieved, year by year, for the annual report.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::domain::{
    application::Application,
    exact::Exact,
    ids::{ApplicationId, BaseId, CallId},
    number::Points,
    register::{ApplicationLine, PanelResult},
    text::Bilingual,
};

/// What a register shows of a performance evaluation beside its total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The base across the years.
    pub base: BaseId,
    /// Reporting year.
    pub year: u32,
    /// Band 等次 of the total, where the rubric has bands and there is a total.
    pub band: Option<Bilingual>,
    /// Indicators by name.
    pub indicators: BTreeMap<String, Indicator>,
}

/// An indicator: persons, numbers, percent or 万元, as the application form says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Target of the year.
    pub target: Option<String>,
    /// What was reached.
    pub actual: Option<String>,
}

impl Report {
    /// The report in `application`; `None` where it names no base or no year.
    #[must_use]
    pub fn of(application: &Application, band: Option<Bilingual>) -> Option<Self> {
        let history = application.history.as_ref().filter(|history| history.year > 0)?;
        let performance = serde_json::to_value(application.performance.as_ref()?).ok()?;
        let mut indicators: BTreeMap<String, Indicator> = BTreeMap::new();
        let figures = |part: &str| performance.get(part).and_then(serde_json::Value::as_object).cloned().unwrap_or_default();
        for (name, value) in figures("target") {
            indicators.entry(name).or_default().target = value.as_str().map(str::to_owned);
        }
        for (name, value) in figures("actual") {
            indicators.entry(name).or_default().actual = value.as_str().map(str::to_owned);
        }
        Some(Self { base: history.base.clone()?, year: history.year, band, indicators })
    }
}

/// A base in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseYear {
    /// Base.
    pub base: BaseId,
    /// Reporting year.
    pub year: u32,
    /// Call.
    pub call: CallId,
    /// Application.
    pub application: ApplicationId,
    /// Title as the application has it.
    pub title: Bilingual,
    /// City code.
    pub city: String,
    /// The consolidated total, in points.
    pub total: Option<String>,
    /// Band of the total.
    pub band: Option<Bilingual>,
    /// What became of it, as the result says: a veto makes it fail whatever the total.
    pub outcome: String,
    /// Total minus that of the year before, in points; `None` where that year is missing or stands twice.
    pub change: Option<String>,
    /// Indicators by name.
    pub indicators: BTreeMap<String, Indicator>,
}

/// Every base in every year, by base and year.
#[must_use]
pub fn of(panels: &[PanelResult]) -> Vec<BaseYear> {
    let mut lines: Vec<BaseYear> = panels.iter().flat_map(reports).collect();
    lines.sort_by(|one, other| {
        (&one.base, one.year, &one.call, &one.application).cmp(&(&other.base, other.year, &other.call, &other.application))
    });
    let changes: Vec<Option<String>> = lines.iter().map(|line| change(&lines, line)).collect();
    for (line, change) in lines.iter_mut().zip(changes) {
        line.change = change;
    }
    lines
}

fn reports(panel: &PanelResult) -> impl Iterator<Item = BaseYear> {
    let line = |application: &ApplicationLine| {
        let report = application.report.clone()?;
        Some(BaseYear {
            base: report.base,
            year: report.year,
            call: panel.call.id.clone(),
            application: application.id.clone(),
            title: application.title.clone(),
            city: application.city.clone(),
            total: application.total.clone(),
            band: report.band,
            outcome: application.outcome.clone(),
            change: None,
            indicators: report.indicators,
        })
    };
    panel.applications().filter_map(move |(_, application)| line(application))
}

/// What a total gained on the year before. Two evaluations of one base in one year are shown and not compared: nobody knows which counts.
fn change(lines: &[BaseYear], line: &BaseYear) -> Option<String> {
    let of_year = |year: u32| {
        let mut found = lines.iter().filter(|other| other.base == line.base && other.year == year);
        found.next().filter(|_| found.next().is_none())
    };
    of_year(line.year)?;
    let before = figure(of_year(line.year.checked_sub(1)?)?)?;
    figure(line)?.minus(before).ok().map(|change| change.to_string())
}

fn figure(line: &BaseYear) -> Option<Exact> {
    line.total.as_deref()?.parse::<Points>().ok().map(Exact::from)
}

/// How many bases reached each band in a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearBands {
    /// Reporting year.
    pub year: u32,
    /// Bases evaluated.
    pub bases: usize,
    /// Bases by band, in the order of the Chinese names' code points; those without a band are not in it.
    pub bands: BTreeMap<String, usize>,
    /// Sums of the indicators that are numbers of persons, things or 万元.
    pub sums: BTreeMap<String, String>,
}

/// The years, oldest first.
#[must_use]
pub fn bands(lines: &[BaseYear]) -> Vec<YearBands> {
    let mut years: BTreeMap<u32, Vec<&BaseYear>> = BTreeMap::new();
    for line in lines {
        years.entry(line.year).or_default().push(line);
    }
    let year = |(year, lines): (u32, Vec<&BaseYear>)| {
        let mut bands: BTreeMap<String, usize> = BTreeMap::new();
        let mut sums: BTreeMap<String, Exact> = BTreeMap::new();
        for line in &lines {
            if let Some(band) = &line.band {
                let count = bands.entry(band.zh.clone()).or_default();
                *count = count.saturating_add(1);
            }
            for (name, indicator) in line.indicators.iter().filter(|(name, _)| !name.ends_with("_pct")) {
                let Some(actual) = indicator.actual.as_deref().and_then(|text| text.parse().ok()) else { continue };
                let sum = sums.entry(name.clone()).or_insert(Exact::count(0));
                *sum = sum.plus(Exact::of(actual)).unwrap_or(*sum);
            }
        }
        YearBands { year, bases: lines.len(), bands, sums: sums.into_iter().map(|(name, sum)| (name, sum.to_string())).collect() }
    };
    years.into_iter().map(year).collect()
}
