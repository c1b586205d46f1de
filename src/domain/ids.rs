//! Names that travel: stable ASCII identifiers, each with its own type so that none can stand in for another.

use std::{borrow::Cow, fmt, str::FromStr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

/// An identifier was empty, too long, or had a character that file names and bundles cannot carry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: {found:?}")]
pub struct BadId {
    /// What was found.
    pub found: String,
}

/// Longest identifier, in ASCII characters; leaves room for a suffix in file names on every system.
pub const LONGEST_ID: usize = 40;

fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() <= LONGEST_ID
        && bytes.next().is_some_and(|first| first.is_ascii_alphanumeric())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The identifier as it stands in file names, which are lower case only.
            #[must_use]
            pub fn file_stem(&self) -> String {
                self.0.to_ascii_lowercase()
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                if is_id(text) { Ok(Self(text.to_owned())) } else { Err(BadId { found: text.to_owned() }) }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": "id", "pattern": "^[A-Za-z0-9][A-Za-z0-9-]{0,39}$" })
            }
        }
    };
}

id!(
    /// A call notice 榜单, for example `sx-2026-01`.
    CallId
);
id!(
    /// A call item 榜题, for example `t1`.
    ItemId
);
id!(
    /// A review panel 评审组, for example `p1`.
    PanelId
);
id!(
    /// An application 申报项目, for example `sx-0007`.
    ApplicationId
);
id!(
    /// A person on the roster, by code, for example `R01`. Codes, not names, stand in bundles and file names.
    PersonCode
);
id!(
    /// A rubric 评分细则, for example `selection`.
    RubricId
);
id!(
    /// A dimension 一级指标 of a rubric, for example `A`.
    DimensionId
);
id!(
    /// A criterion 指标 of a rubric, for example `A2`.
    CriterionId
);
id!(
    /// A gate 形式审查项, for example `G5`.
    GateId
);
id!(
    /// A veto 一票否决项, for example `V1`.
    VetoId
);
id!(
    /// A cluster in the industry map 产业地图, for example `jz-nev`.
    ClusterId
);
id!(
    /// An existing base 已建基地, for example `b03`.
    BaseId
);
