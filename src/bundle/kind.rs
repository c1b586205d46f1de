//! The six bundles of a review: what each is called, who signs it, and how large it may be.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::domain::panel::Role;

/// What a bundle carries. The names stand in file names, namespaces and `bundle.json`, for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// 组评包: everything a panel needs, from the office.
    Package,
    /// 登记: a person and the key just made.
    Enrol,
    /// 评分包: the sheets of one reviewer.
    Scores,
    /// 复评单: what the chair asks to be looked at again.
    Rescore,
    /// 结果包: what the panel found, with every input.
    Result,
    /// 汇总包: results of several panels together.
    Aggregate,
}

/// All kinds, in the order in which a review makes them.
pub const KINDS: [Kind; 6] = [Kind::Package, Kind::Enrol, Kind::Scores, Kind::Rescore, Kind::Result, Kind::Aggregate];

/// How large a bundle of one kind may be; checked in the archive's directory before anything is read (reliability row 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most members.
    pub members: usize,
    /// Largest member, in bytes as unpacked.
    pub member: u64,
    /// All members together, in bytes as unpacked.
    pub together: u64,
}

const MIB: u64 = 1024 * 1024;
const SHEETS: Limits = Limits { members: 500, member: 8 * MIB, together: 64 * MIB };
const ATTACHMENTS: Limits = Limits { members: 20_000, member: 512 * MIB, together: 16 * 1024 * MIB };
/// A result nests whole score bundles, and an aggregate whole results, but attachments stay with the package.
const NESTED: Limits = Limits { members: 20_000, member: 64 * MIB, together: 1024 * MIB };
const TWICE_NESTED: Limits = Limits { members: 2_000, member: 1024 * MIB, together: 16 * 1024 * MIB };

impl Kind {
    /// The name in file names and in `bundle.json`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Enrol => "enrol",
            Self::Scores => "scores",
            Self::Rescore => "rescore",
            Self::Result => "result",
            Self::Aggregate => "aggregate",
        }
    }

    /// The signature namespace: one per purpose and version, so that no signature can be used for anything else.
    #[must_use]
    pub const fn namespace(self) -> &'static str {
        match self {
            Self::Package => "pingyi.package.v1",
            Self::Enrol => "pingyi.enrol.v1",
            Self::Scores => "pingyi.scores.v1",
            Self::Rescore => "pingyi.rescore.v1",
            Self::Result => "pingyi.result.v1",
            Self::Aggregate => "pingyi.aggregate.v1",
        }
    }

    /// How large it may be.
    #[must_use]
    pub const fn limits(self) -> Limits {
        match self {
            Self::Enrol | Self::Scores | Self::Rescore => SHEETS,
            Self::Package => ATTACHMENTS,
            Self::Result => NESTED,
            Self::Aggregate => TWICE_NESTED,
        }
    }

    /// Whether a signature in this role may stand in it at all.
    #[must_use]
    pub const fn may_sign(self, role: Role) -> bool {
        match self {
            Self::Package => matches!(role, Role::Office | Role::Supervisor),
            Self::Enrol => true,
            Self::Scores => role.scores(),
            Self::Rescore => matches!(role, Role::Chair | Role::Deputy),
            Self::Result => role.scores() || matches!(role, Role::Supervisor),
            Self::Aggregate => matches!(role, Role::Province | Role::Supervisor),
        }
    }

    /// Roles of which one each must sign. Of the first group always; of a later one where the roster has anybody in it.
    #[must_use]
    pub const fn must_sign(self) -> &'static [&'static [Role]] {
        match self {
            Self::Package => &[&[Role::Office]],
            // The person named in the bundle signs; see `signs_for_itself`.
            Self::Enrol | Self::Scores => &[],
            Self::Rescore => &[&[Role::Chair, Role::Deputy]],
            Self::Result => &[&[Role::Chair, Role::Deputy], &[Role::Supervisor]],
            Self::Aggregate => &[&[Role::Province]],
        }
    }

    /// Whether exactly the one person whom the bundle is about signs it.
    #[must_use]
    pub const fn signs_for_itself(self) -> bool {
        matches!(self, Self::Enrol | Self::Scores)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A text is not the name of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of bundle")]
pub struct BadKind;

impl FromStr for Kind {
    type Err = BadKind;

    fn from_str(text: &str) -> Result<Self, BadKind> {
        KINDS.into_iter().find(|kind| kind.id() == text).ok_or(BadKind)
    }
}

/// Every role.
pub const ROLES: [Role; 9] = [
    Role::Office,
    Role::Reviewer,
    Role::Chair,
    Role::Deputy,
    Role::Supervisor,
    Role::Teller,
    Role::Scrutineer,
    Role::ThirdParty,
    Role::Province,
];

/// The name of `role` in signature file names.
#[must_use]
pub const fn role_id(role: Role) -> &'static str {
    match role {
        Role::Office => "office",
        Role::Reviewer => "reviewer",
        Role::Chair => "chair",
        Role::Deputy => "deputy",
        Role::Supervisor => "supervisor",
        Role::Teller => "teller",
        Role::Scrutineer => "scrutineer",
        Role::ThirdParty => "third-party",
        Role::Province => "province",
    }
}

/// The role with this name.
#[must_use]
pub fn role_of(text: &str) -> Option<Role> {
    ROLES.into_iter().find(|role| role_id(*role) == text)
}
