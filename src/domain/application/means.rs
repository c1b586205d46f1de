//! What an application has: site, equipment and staff, and who may share them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::number::Amount;

/// Site, buildings, equipment, staff.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conditions {
    /// 新建 `new`, 改建 `rebuild`, 扩建 `extend`.
    #[serde(default)]
    pub build_kind: String,
    /// Floor area in m².
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<Amount>,
    /// Worth of the equipment in 万元.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equipment_value: Option<Amount>,
    /// Places for trainees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stations: Option<Amount>,
    /// Share of dual-qualified teachers 双师型, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dual_teachers_pct: Option<Amount>,
    /// Number of master studios 大师工作室.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub studios: Option<Amount>,
    /// Number of virtual simulation systems.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sim_systems: Option<Amount>,
    /// Site.
    #[serde(default)]
    pub site: String,
    /// State of the land: title, planning permission.
    #[serde(default)]
    pub land_status: String,
    /// Management systems in force (三(三)), of `design`, `workshop`, `site`, `board`, `quality`, `equipment`.
    #[serde(default)]
    pub management_systems: Vec<String>,
    /// Acceptance certificates.
    #[serde(default)]
    pub acceptance: Vec<String>,
}

/// Who may use it, and how much.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Audiences, of the five (二(三)).
    #[serde(default)]
    pub audiences: Vec<String>,
    /// Existing platforms it links with, each with its kind.
    #[serde(default)]
    pub linked_platforms: Vec<Link>,
    /// Innovation carriers it links with, each with its level.
    #[serde(default)]
    pub linked_carriers: Vec<Link>,
    /// Booking, hours, fees, responsibility.
    #[serde(default)]
    pub rules: String,
    /// Targets a year.
    #[serde(default)]
    pub targets: SharingFigures,
    /// Actual figures of the last year.
    #[serde(default)]
    pub actuals: SharingFigures,
}

/// A platform or carrier it links with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// Kind of platform or level of carrier.
    pub kind: String,
    /// Name.
    pub name: String,
    /// What is shared.
    #[serde(default)]
    pub note: String,
}

/// Figures of shared use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SharingFigures {
    /// Visits 人次 a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<Amount>,
    /// Share of external users, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_pct: Option<Amount>,
    /// Open machine-hours a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_hours: Option<Amount>,
}
