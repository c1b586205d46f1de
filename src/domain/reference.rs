//! Reference data that travel inside the package: the industry map, the existing bases and the code lists.
//! Every entry is dated, so that a call is judged by what was in force at its time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::{BaseId, ClusterId},
    text::Bilingual,
    time::Day,
};

/// `reference/industry-map.toml`, whole: 产业地图.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IndustryMap {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Version of the map, for example `2026-01`.
    pub version: String,
    /// Where the map comes from.
    pub source: Bilingual,
    /// Rows.
    #[serde(rename = "cluster")]
    pub clusters: Vec<Cluster>,
}

/// A cluster 产业集群 in a city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cluster {
    /// Cluster, for example `jz-nev`.
    pub id: ClusterId,
    /// City code, one of the eleven.
    pub city: String,
    /// Name.
    pub name: Bilingual,
    /// Industry code in `codes.toml`.
    pub industry: String,
    /// Sector family in `codes.toml`.
    pub family: String,
    /// Development zone or park.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub park: Option<String>,
    /// Links of the chain that are present.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chain_position: Vec<Bilingual>,
    /// Number of lead firms.
    #[serde(default)]
    pub lead_firms: u32,
    /// Year of the figures.
    pub year: u32,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
    /// Invented for illustration.
    #[serde(default)]
    pub illustrative: bool,
}

/// `reference/existing-bases.toml`, whole: what exists already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExistingBases {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Bases.
    #[serde(rename = "base")]
    pub bases: Vec<Base>,
}

/// A base or platform that exists already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Base, for example `b03`.
    pub id: BaseId,
    /// Name.
    pub name: Bilingual,
    /// City code, one of the eleven.
    pub city: String,
    /// Platform kind: `college`, `public`, `enterprise` or `park` (一(二)1).
    pub platform: String,
    /// Industry code in `codes.toml`.
    pub industry: String,
    /// Functions: `train`, `innovate`, `produce`, `contest`, `assess`.
    pub functions: Vec<String>,
    /// Year of opening.
    pub since: u32,
    /// Places for trainees.
    #[serde(default)]
    pub stations: u32,
    /// What it does, in a sentence.
    pub note: Bilingual,
    /// First day in force.
    pub valid_from: Day,
    /// Last day in force; open when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
}

/// `reference/codes.toml`, whole: every code that an application may use, with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// Version of the file format; this program writes and reads 1.
    pub schema: u32,
    /// Prefecture-level cities (GB/T 2260).
    #[serde(rename = "city")]
    pub cities: Vec<City>,
    /// Sector families (二(二)).
    #[serde(rename = "family")]
    pub families: Vec<Code>,
    /// Industries.
    #[serde(rename = "industry")]
    pub industries: Vec<Code>,
    /// National strategies, for information.
    #[serde(default, rename = "strategy")]
    pub strategies: Vec<Code>,
    /// Ten services (二(三)).
    #[serde(rename = "service")]
    pub services: Vec<Code>,
    /// Five functions (三).
    #[serde(rename = "function")]
    pub functions: Vec<Code>,
    /// Five audiences (二(三)).
    #[serde(rename = "audience")]
    pub audiences: Vec<Code>,
    /// Four kinds of platform (一(二)1).
    #[serde(rename = "platform")]
    pub platforms: Vec<Code>,
}

/// A city and the regions it belongs to. The regions of 一群两区三圈 overlap, so they are a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct City {
    /// Six-digit code.
    pub code: String,
    /// Name.
    pub name: Bilingual,
    /// Regions.
    #[serde(default)]
    pub regions: Vec<String>,
}

/// A code and its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// Code.
    pub code: String,
    /// Words.
    pub name: Bilingual,
    /// First day in force; always when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Day>,
    /// Last day in force; open when omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Day>,
}

impl Codes {
    /// The words of a city code.
    #[must_use]
    pub fn city(&self, code: &str) -> Option<&City> {
        self.cities.iter().find(|city| city.code == code)
    }
}

/// The words of `code` in one of the lists of [`Codes`].
#[must_use]
pub fn words<'a>(list: &'a [Code], code: &str) -> Option<&'a Bilingual> {
    list.iter().find(|entry| entry.code == code).map(|entry| &entry.name)
}

impl IndustryMap {
    /// The cluster `id`.
    #[must_use]
    pub fn cluster(&self, id: &ClusterId) -> Option<&Cluster> {
        self.clusters.iter().find(|cluster| cluster.id == *id)
    }
}
