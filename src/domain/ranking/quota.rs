//! Quotas over all items of a call: reported with the rule and the applications that break it, never resolved silently.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::Application,
        call::{Quota, QuotaRule},
        ids::ApplicationId,
        text::{Explain, Message},
    },
    msg,
};

/// A winner, with what quotas count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Winner {
    /// Application.
    pub id: ApplicationId,
    /// City code.
    pub city: String,
    /// Code of the sector family.
    pub sector: String,
    /// Government money asked for, in 万元.
    pub government: Decimal,
    /// Whether its rank is shared, so that the chain has not decided between it and another winner.
    pub tied: bool,
}

impl Winner {
    /// The winner `application`.
    #[must_use]
    pub fn of(application: &Application, tied: bool) -> Self {
        Self {
            id: application.id.clone(),
            city: application.applicant.city.clone(),
            sector: application.direction.family.clone(),
            government: application.government(),
            tied,
        }
    }
}

/// Which quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// All winners together.
    Total,
    /// Winners of one city, by code.
    City(String),
    /// Winners of one sector family, by code.
    Sector(String),
    /// Winners of one region of 一群两区三圈, by name.
    Region(String),
    /// Government money of all winners together.
    Government,
}

/// A quota that is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Which one.
    pub which: Which,
    /// What was found: winners, or 万元.
    pub found: Decimal,
    /// What is allowed.
    pub max: Decimal,
    /// Reported only; a hard quota keeps the result from being sealed.
    pub soft: bool,
    /// The winners that count towards it, by id.
    pub applications: Vec<ApplicationId>,
    /// Those of them that share a rank: a tie that touches a quota must be settled first.
    pub tied: Vec<ApplicationId>,
}

impl Breach {
    /// Whether it keeps the result from being sealed.
    #[must_use]
    pub fn blocks(&self) -> bool {
        !self.soft || !self.tied.is_empty()
    }
}

/// All quotas that `winners` break.
#[must_use]
pub fn check(quota: &Quota, winners: &[Winner]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if let Some(rule) = &quota.total {
        breaches.extend(counted(rule, Which::Total, winners.iter().collect()));
    }
    if let Some(rule) = &quota.per_city {
        breaches.extend(grouped(winners, |one| &one.city).into_iter().filter_map(|(id, of)| counted(rule, Which::City(id), of)));
    }
    if let Some(rule) = &quota.per_sector {
        breaches.extend(grouped(winners, |one| &one.sector).into_iter().filter_map(|(id, of)| counted(rule, Which::Sector(id), of)));
    }
    if let Some(max) = quota.gov_funding_max {
        let found = winners.iter().fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.government));
        let of = winners.iter().filter(|one| !one.government.is_zero()).collect();
        breaches.extend((found > max.get()).then(|| breach(Which::Government, found, max.get(), false, of)));
    }
    breaches
}

/// The quota of one region, which `of` its winners may break. Regions overlap, so a winner counts in each of its own.
#[must_use]
pub fn region(rule: &QuotaRule, region: &str, mut of: Vec<ApplicationId>) -> Option<Breach> {
    let (found, max) = (Decimal::from(of.len()), Decimal::from(rule.max));
    of.sort();
    let which = Which::Region(region.to_owned());
    (found > max).then(|| Breach { which, found, max, soft: rule.soft, applications: of, tied: Vec::new() })
}

fn grouped(winners: &[Winner], key: impl Fn(&Winner) -> &String) -> BTreeMap<String, Vec<&Winner>> {
    let mut groups: BTreeMap<String, Vec<&Winner>> = BTreeMap::new();
    for one in winners {
        groups.entry(key(one).clone()).or_default().push(one);
    }
    groups
}

fn counted(rule: &QuotaRule, which: Which, of: Vec<&Winner>) -> Option<Breach> {
    let (found, max) = (Decimal::from(of.len()), Decimal::from(rule.max));
    (found > max).then(|| breach(which, found, max, rule.soft, of))
}

fn breach(which: Which, found: Decimal, max: Decimal, soft: bool, mut of: Vec<&Winner>) -> Breach {
    of.sort_by(|one, other| one.id.cmp(&other.id));
    let tied = of.iter().filter(|one| one.tied).map(|one| one.id.clone()).collect();
    Breach { which, found, max, soft, applications: of.into_iter().map(|one| one.id.clone()).collect(), tied }
}

impl Explain for Breach {
    fn what(&self) -> Message {
        let applications = self.applications.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let (found, max) = (self.found, self.max);
        match &self.which {
            Which::Total => msg!("err-quota-total", found = found, max = max, applications = applications),
            Which::City(city) => msg!("err-quota-city", city = city, found = found, max = max, applications = applications),
            Which::Sector(sector) => msg!("err-quota-sector", sector = sector, found = found, max = max, applications = applications),
            Which::Region(region) => msg!("err-quota-region", region = region, found = found, max = max, applications = applications),
            Which::Government => msg!("err-quota-government", found = found, max = max, applications = applications),
        }
    }

    fn advice(&self) -> Message {
        match (self.tied.is_empty(), self.soft) {
            (false, _) => msg!("rec-quota-tied"),
            (true, true) => msg!("rec-quota-soft"),
            (true, false) => msg!("rec-quota-hard"),
        }
    }
}
