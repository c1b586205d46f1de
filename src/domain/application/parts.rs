//! The field groups of an application: who, why, what, where, for whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{BaseId, ClusterId},
    number::Amount,
    time::Day,
};

/// A member of the consortium 共建单位.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Name.
    pub name: String,
    /// Which of the parties 政企行校 it is.
    pub party: Party,
    /// What it does in the consortium.
    #[serde(default)]
    pub role: String,
    /// What it brings in.
    #[serde(default)]
    pub contribution: Vec<Contribution>,
    /// Day of the agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Day>,
}

/// Which party a member is (一(一) 政企行校).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// 政府.
    Government,
    /// 企业.
    Enterprise,
    /// 行业.
    IndustryBody,
    /// 学校.
    School,
    /// 其他.
    Other,
}

/// What a member brings in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// Kind of input (四(三)).
    pub kind: ContributionKind,
    /// Worth in 万元; omitted where it is not valued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Amount>,
    /// In words.
    #[serde(default)]
    pub note: String,
}

/// Kind of input (四(三) 土地、资本、人力、技术、管理).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ContributionKind {
    /// 土地.
    Land,
    /// 资本.
    Capital,
    /// 人力.
    Labour,
    /// 技术.
    Technology,
    /// 管理.
    Management,
}

/// Industry and place in its chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Direction {
    /// Sector family (二(二)).
    pub family: String,
    /// Industry codes.
    #[serde(default)]
    pub industries: Vec<String>,
    /// Industry chain.
    #[serde(default)]
    pub chain: String,
    /// Place in the chain.
    #[serde(default)]
    pub chain_position: String,
    /// Cluster of the industry map.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<ClusterId>,
    /// Park.
    #[serde(default)]
    pub park: String,
    /// Major categories of the education ministry's catalogue.
    #[serde(default)]
    pub major_categories: Vec<String>,
    /// National strategies.
    #[serde(default)]
    pub strategies: Vec<String>,
    /// Services offered, of the ten (二(三)).
    #[serde(default)]
    pub services: Vec<String>,
    /// Centre roles, of 技术中心 `technology`, 实践中心 `practice`, 示范中心 `demonstration` (二(一)).
    #[serde(default)]
    pub centre_roles: Vec<String>,
    /// Kinds of talent: `innovative`, `applied`, `skilled` (一(一)).
    #[serde(default)]
    pub talent_outputs: Vec<String>,
    /// Version of the industry map the applicant used.
    #[serde(default)]
    pub map_version: String,
}

/// Evidence of demand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// How the gap was found.
    #[serde(default)]
    pub gap_evidence: String,
    /// Employers by name.
    #[serde(default)]
    pub employers: Vec<String>,
    /// Yearly demand, in persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual_demand: Option<Amount>,
    /// Yearly gap, in persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annual_gap: Option<Amount>,
    /// How far it radiates: `county`, `city`, `province`, `beyond`.
    #[serde(default)]
    pub radiation: String,
}

/// How it differs from what exists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Positioning {
    /// What is different.
    #[serde(default)]
    pub distinctiveness: String,
    /// Strengths of industry and education here.
    #[serde(default)]
    pub strengths: String,
    /// Bases compared with.
    #[serde(default)]
    pub compared: Vec<Compared>,
}

/// A comparison with an existing base.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// Base of `reference/existing-bases.toml`, where it stands there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseId>,
    /// Name, where it does not.
    #[serde(default)]
    pub name: String,
    /// What overlaps and how work is divided.
    pub overlap: String,
}

/// One of the five functions (三), planned or actual.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Function {
    /// Code: `train`, `innovate`, `produce`, `contest`, `assess`.
    pub code: String,
    /// Persons, contracts, orders, contests or assessments a year.
    #[serde(default)]
    pub capacity_year: Amount,
    /// Unit of the capacity.
    #[serde(default)]
    pub unit: String,
    /// What is planned or done.
    #[serde(default)]
    pub plan: String,
}

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

/// Who runs it, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Operation {
    /// Lead mode (四(三)).
    pub lead_mode: LeadMode,
    /// Form of cooperation: `ppp`, `share`, `mixed`, `other`.
    #[serde(default)]
    pub cooperation_form: String,
    /// Operator.
    #[serde(default)]
    pub operator: String,
    /// Whether an independent operating body exists or is planned (四(三): 园区应独立设置).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub independent_body: Option<bool>,
    /// Rules in writing.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Management team.
    #[serde(default)]
    pub team: String,
    /// Full-time staff, in persons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time: Option<Amount>,
    /// Title of state-funded assets.
    #[serde(default)]
    pub asset_title: String,
    /// Supervising department 主管部门.
    #[serde(default)]
    pub supervising_dept: String,
}

/// Lead mode (四(三)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeadMode {
    /// 院校主导.
    School,
    /// 企业主导.
    Enterprise,
    /// 园区主导.
    Park,
}
