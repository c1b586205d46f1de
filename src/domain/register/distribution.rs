//! How applications and recommendations are spread over cities, regions, sector families, applicants and lead modes (二(二) 布局), and
//! the quotas over all panels of a call.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use crate::domain::{
    application::{ApplicantKind, LeadMode},
    call::{Quota, QuotaRule},
    ids::{ApplicationId, CallId},
    ranking::quota::{self, Breach, Winner},
    register::{ApplicationLine, PanelResult},
};

/// Numbers of one group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// Applications.
    pub applications: usize,
    /// Recommended ones.
    pub winners: usize,
    /// Government money of the recommended ones, in 万元.
    pub government: Decimal,
}

impl Count {
    fn add(&mut self, application: &ApplicationLine) {
        self.applications = self.applications.saturating_add(1);
        if application.is_winner() {
            self.winners = self.winners.saturating_add(1);
            self.government = self.government.saturating_add(application.government);
        }
    }
}

/// The distribution, each group by its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// Everything.
    pub all: Count,
    /// By city code.
    pub cities: BTreeMap<String, Count>,
    /// By region of 一群两区三圈. Regions overlap, so these do not add up to the whole.
    pub regions: BTreeMap<String, Count>,
    /// By sector family.
    pub families: BTreeMap<String, Count>,
    /// By kind of applicant.
    pub applicants: BTreeMap<&'static str, Count>,
    /// By lead mode.
    pub lead_modes: BTreeMap<&'static str, Count>,
}

/// The distribution of what was applied for; performance evaluations are not in it.
#[must_use]
pub fn of(panels: &[PanelResult]) -> Distribution {
    let mut found = Distribution::default();
    for (_, application) in panels.iter().filter(|panel| panel.selects()).flat_map(PanelResult::applications) {
        found.all.add(application);
        found.cities.entry(application.city.clone()).or_default().add(application);
        found.families.entry(application.family.clone()).or_default().add(application);
        found.applicants.entry(applicant_word(application.kind)).or_default().add(application);
        found.lead_modes.entry(lead_word(application.lead_mode)).or_default().add(application);
        let regions: BTreeSet<&String> = application.regions.iter().collect();
        for region in regions {
            found.regions.entry(region.clone()).or_default().add(application);
        }
    }
    found
}

/// The code of a kind of applicant, as application files write it.
#[must_use]
pub const fn applicant_word(kind: ApplicantKind) -> &'static str {
    match kind {
        ApplicantKind::CityGov => "city-gov",
        ApplicantKind::University => "university",
        ApplicantKind::Vocational => "vocational",
        ApplicantKind::DevZone => "dev-zone",
        ApplicantKind::Enterprise => "enterprise",
    }
}

/// The code of a lead mode, as application files write it.
#[must_use]
pub const fn lead_word(mode: LeadMode) -> &'static str {
    match mode {
        LeadMode::School => "school",
        LeadMode::Enterprise => "enterprise",
        LeadMode::Park => "park",
    }
}

/// Recommendations of one city in one year, over all calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CityYear {
    /// City code.
    pub city: String,
    /// Year in which scoring closed.
    pub year: i16,
    /// Recommended applications.
    pub winners: usize,
}

/// Recommendations by city and year.
#[must_use]
pub fn by_city_and_year(panels: &[PanelResult]) -> Vec<CityYear> {
    let mut found: BTreeMap<(&String, i16), usize> = BTreeMap::new();
    for panel in panels {
        for (_, application) in panel.winners() {
            let count = found.entry((&application.city, panel.call.year())).or_default();
            *count = count.saturating_add(1);
        }
    }
    found.into_iter().map(|((city, year), winners)| CityYear { city: city.clone(), year, winners }).collect()
}

/// What a quota over panels found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallBreach {
    /// Call whose quota is broken; `None` for the province's own over all calls.
    pub call: Option<CallId>,
    /// What is broken.
    pub breach: Breach,
}

/// Quotas that all panels of a call together break; and calls whose panels carry different quotas, which cannot be judged.
#[must_use]
pub fn breaches(panels: &[PanelResult]) -> (Vec<CallBreach>, Vec<CallId>) {
    let mut calls: BTreeMap<&CallId, Vec<&PanelResult>> = BTreeMap::new();
    for panel in panels {
        calls.entry(&panel.call.id).or_default().push(panel);
    }
    let (mut found, mut unlike) = (Vec::new(), Vec::new());
    for (call, panels) in calls {
        let Some(first) = panels.first() else { continue };
        if panels.iter().any(|panel| panel.call.quota != first.call.quota) {
            unlike.push(call.clone());
            continue;
        }
        let winners = winners(panels.iter().copied());
        let broken = quota::check(&first.call.quota, &winners);
        found.extend(broken.into_iter().map(|breach| CallBreach { call: Some(call.clone()), breach }));
    }
    (found, unlike)
}

/// The province's own quotas over everything that is registered: the calls' kinds, and one for each region.
#[must_use]
pub fn province_breaches(panels: &[PanelResult], quota: &Quota, per_region: Option<&QuotaRule>) -> Vec<CallBreach> {
    let mut found: Vec<Breach> = quota::check(quota, &winners(panels.iter()));
    if let Some(rule) = per_region {
        let mut regions: BTreeMap<&String, Vec<ApplicationId>> = BTreeMap::new();
        for (_, application) in panels.iter().flat_map(PanelResult::winners) {
            let own: BTreeSet<&String> = application.regions.iter().collect();
            for region in own {
                regions.entry(region).or_default().push(application.id.clone());
            }
        }
        found.extend(regions.into_iter().filter_map(|(region, of)| quota::region(rule, region, of)));
    }
    found.into_iter().map(|breach| CallBreach { call: None, breach }).collect()
}

fn winners<'a>(panels: impl Iterator<Item = &'a PanelResult>) -> Vec<Winner> {
    panels.flat_map(PanelResult::winners).map(|(_, application)| application.as_winner()).collect()
}
