//! The register as it is written down: `data/register.json` of an aggregate bundle 汇总包. The order of the keys is that of the fields
//! here; the same results and the same record give the same bytes.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::domain::{
    ids::{ApplicationId, CallId, ItemId, PanelId},
    register::{
        Excluded, Merged, PanelResult,
        distribution::{self, CallBreach, CityYear, Distribution},
        follow_up::{self, Stage},
        record::Record,
        spread::{self, PanelSpread},
        twins::{self, SameCost, SameProject},
        years::{self, BaseYear, YearBands},
    },
    text::Explain,
};

/// `data/register.json`, whole.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegisterFile<'a> {
    /// Name of the register.
    pub register: &'a CallId,
    /// Revision, from 1.
    pub revision: u32,
    /// Results that count, by call and panel.
    pub panels: &'a [PanelResult],
    /// Files that do not count, by digest.
    pub excluded: &'a [Excluded],
    /// Recommendations with where each stands, in the order of `panels`; never ranked across items or panels.
    pub recommended: Vec<Recommended>,
    /// Distribution.
    pub distribution: Distribution,
    /// Recommendations by city and year.
    pub winners_by_city_and_year: Vec<CityYear>,
    /// Spread of the sheets by panel.
    pub spread_by_panel: Vec<PanelSpread>,
    /// Projects that were applied for twice.
    pub same_projects: Vec<SameProject>,
    /// Cost lines that several applications claim.
    pub same_costs: Vec<SameCost>,
    /// Performance evaluations by base and year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<BaseYear>,
    /// Performance evaluations by year.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<YearBands>,
    /// Quotas that are broken over all panels.
    pub quotas: Vec<QuotaEntry>,
    /// Calls whose panels carry different quotas.
    pub unlike_quotas: Vec<CallId>,
}

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommended {
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: PanelId,
    /// Item.
    pub item: ItemId,
    /// Application.
    pub application: ApplicationId,
    /// Where it stands.
    pub stage: Stage,
}

/// A quota that is broken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuotaEntry {
    /// The call whose quota it is; the province's own where there is none.
    pub call: Option<CallId>,
    /// Code of the rule.
    pub code: &'static str,
    /// What was found: recommendations, or 万元.
    pub found: Decimal,
    /// What is allowed.
    pub max: Decimal,
    /// Reported only.
    pub soft: bool,
    /// The recommendations that count towards it.
    pub applications: Vec<ApplicationId>,
}

impl QuotaEntry {
    fn of(broken: CallBreach) -> Self {
        let code = broken.breach.what().id;
        let CallBreach { call, breach } = broken;
        Self { call, code, found: breach.found, max: breach.max, soft: breach.soft, applications: breach.applications }
    }
}

/// Quotas that are broken: the calls' own, then the province's; and calls whose panels disagree about theirs.
#[must_use]
pub fn quotas(panels: &[PanelResult], record: &Record) -> (Vec<CallBreach>, Vec<CallId>) {
    let (mut broken, unlike) = distribution::breaches(panels);
    broken.extend(distribution::province_breaches(panels, &record.quota, record.quota_per_region.as_ref()));
    (broken, unlike)
}

impl<'a> RegisterFile<'a> {
    /// The file of these results and this record.
    #[must_use]
    pub fn of(register: &'a CallId, revision: u32, merged: &'a Merged, record: &Record) -> Self {
        let panels = &merged.panels;
        let (broken, unlike_quotas) = quotas(panels, record);
        let bases = years::of(panels);
        let recommended = panels.iter().flat_map(|panel| panel.winners().map(move |(item, line)| (panel, item, line)));
        Self {
            register,
            revision,
            panels,
            excluded: &merged.excluded,
            recommended: recommended
                .map(|(panel, item, line)| Recommended {
                    call: panel.call.id.clone(),
                    panel: panel.panel.clone(),
                    item: item.id.clone(),
                    application: line.id.clone(),
                    stage: follow_up::stage(record, &panel.call.id, &line.id),
                })
                .collect(),
            distribution: distribution::of(panels),
            winners_by_city_and_year: distribution::by_city_and_year(panels),
            spread_by_panel: spread::by_panel(panels),
            same_projects: twins::projects(panels),
            same_costs: twins::costs(panels),
            years: years::bands(&bases),
            bases,
            quotas: broken.into_iter().map(QuotaEntry::of).collect(),
            unlike_quotas,
        }
    }
}
