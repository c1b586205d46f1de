//! The kinds of review.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{domain::text::Message, msg};

/// The kinds of review of the policy (四(二), 五(二)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewKind {
    /// 揭榜遴选.
    Selection,
    /// 评审认定, after construction.
    Accreditation,
    /// 评选直接授牌, for a base that is already in use.
    DirectAward,
    /// 市县级.
    CityCounty,
    /// 绩效评价, every year.
    Performance,
}

impl ReviewKind {
    /// All of them, in the order of the policy.
    pub const ALL: [Self; 5] = [Self::Selection, Self::Accreditation, Self::DirectAward, Self::CityCounty, Self::Performance];

    /// As files write it; also the id of the rubric that ships for it.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Selection => "selection",
            Self::Accreditation => "accreditation",
            Self::DirectAward => "direct-award",
            Self::CityCounty => "city-county",
            Self::Performance => "performance",
        }
    }

    /// The kind that files write as `id`.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Selection => msg!("kind-selection"),
            Self::Accreditation => msg!("kind-accreditation"),
            Self::DirectAward => msg!("kind-direct-award"),
            Self::CityCounty => msg!("kind-city-county"),
            Self::Performance => msg!("kind-performance"),
        }
    }
}
