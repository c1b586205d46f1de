//! What is done at the chair's table 组长席. Each act names what was before and what is after, so that the journal alone tells
//! everything and nothing is ever overwritten. The names are written out and for ever: they stand in journals and result bundles.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        consolidate::input::{GoOn, Standing},
        correction::Correction,
        decision::{Ballot, FlagRuling, Opinion},
        deviation::FlagKey,
        ids::{ApplicationId, ItemId, PersonCode, VetoId},
        request::Asked,
        table::paper::{Paper, PaperEntry},
        text::Message,
    },
    msg,
};

/// One act at the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// A score bundle was taken in.
    Accept(Arrived),
    /// Somebody typed sheets from paper; they wait for a second person.
    Enter(PaperEntry),
    /// Two people typed the same sheets from paper, which now count.
    Paper(Paper),
    /// A score bundle of a member who is out was kept as evidence; it counts nowhere.
    Keep(Arrived),
    /// A member fell out, with everything that the member gave, or is back.
    Remove {
        /// Member.
        reviewer: PersonCode,
        /// Before.
        before: Option<Removal>,
        /// After.
        after: Option<Removal>,
    },
    /// The panel decided on a flag.
    Flag {
        /// Application.
        application: ApplicationId,
        /// Flag.
        flag: FlagKey,
        /// Decision before.
        before: Option<FlagRuling>,
        /// Decision after.
        after: Option<FlagRuling>,
    },
    /// The panel found a veto, or takes the finding back.
    Veto {
        /// Application.
        application: ApplicationId,
        /// Veto of the rubric.
        veto: VetoId,
        /// Finding before, in words.
        before: Option<String>,
        /// Finding after.
        after: Option<String>,
    },
    /// The panel decided how to go on with too few valid sheets.
    GoOn {
        /// Application.
        application: ApplicationId,
        /// Before.
        before: Option<GoingOn>,
        /// After.
        after: Option<GoingOn>,
    },
    /// A score was corrected on one of the four grounds (Order 87 §64). Listed in the report; never taken back.
    Correct(Correction),
    /// The panel voted on a tie.
    TieVote {
        /// One of the tied applications.
        application: ApplicationId,
        /// Before.
        before: Option<TieVote>,
        /// After.
        after: Option<TieVote>,
    },
    /// The chair ruled on a tie.
    TieRuling {
        /// Item.
        item: ItemId,
        /// Before.
        before: Option<TieRuling>,
        /// After.
        after: Option<TieRuling>,
    },
    /// The panel voted on an application.
    Vote {
        /// Application.
        application: ApplicationId,
        /// Before.
        before: Option<Ballot>,
        /// After.
        after: Option<Ballot>,
    },
    /// The opinion of the panel 专家组意见 on an application.
    Opinion {
        /// Application.
        application: ApplicationId,
        /// Before.
        before: Opinion,
        /// After.
        after: Opinion,
    },
    /// Whether a member sits with the panel, and how the member stands to the report.
    Member {
        /// Member.
        person: PersonCode,
        /// Before.
        before: Option<Signature>,
        /// After.
        after: Option<Signature>,
    },
    /// The scores were put together: from now on sheets change by correction, or by an answer to a request.
    Consolidate,
    /// A request to score again was written.
    Ask(Asked),
    /// A signed result was written.
    Seal(Sealed),
    /// The original panel reviews again after signing (Order 87 §64); the next result names the one it takes the place of.
    Reopen {
        /// Number of the notice to the authority.
        notice: String,
        /// Why.
        reason: String,
    },
}

/// A score bundle as it arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrived {
    /// Whose.
    pub reviewer: PersonCode,
    /// Revision, from 1.
    pub revision: u32,
    /// SHA-256 of its tag manifest.
    pub digest: String,
    /// File name.
    pub file: String,
    /// Digest of the bundle it takes the place of.
    pub supersedes: Option<String>,
    /// Digest of the request that it answers.
    pub request: Option<String>,
}

/// How a member fell out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Removal {
    /// The opinion is void (政府采购法实施条例 §75).
    Void {
        /// Who decided it.
        authority: String,
        /// Why.
        reason: String,
    },
    /// Another member took the place and starts again (招标投标法实施条例 §48).
    Replaced {
        /// Who.
        by: PersonCode,
        /// Why.
        reason: String,
        /// The items in which; all of them where none is named.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<ItemId>,
    },
}

impl Removal {
    /// Whether the member is out in `item`.
    #[must_use]
    pub fn covers(&self, item: &ItemId) -> bool {
        match self {
            Self::Void { .. } => true,
            Self::Replaced { items, .. } => items.is_empty() || items.contains(item),
        }
    }

    /// Who took the place.
    #[must_use]
    pub const fn successor(&self) -> Option<&PersonCode> {
        match self {
            Self::Void { .. } => None,
            Self::Replaced { by, .. } => Some(by),
        }
    }

    /// Whether the member is out everywhere, so that nothing of the member's counts any more.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        match self {
            Self::Void { .. } => true,
            Self::Replaced { items, .. } => items.is_empty(),
        }
    }

    /// How the member's sheets stand.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self {
            Self::Void { .. } => Standing::Void,
            Self::Replaced { .. } => Standing::Replaced,
        }
    }
}

/// How the panel goes on with too few valid sheets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoingOn {
    /// How.
    pub how: GoOn,
    /// Why.
    pub reason: String,
}

/// Votes on a tie, as counts (domain reference 3.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieVote {
    /// Votes in favour.
    pub votes: u32,
    /// 计票人.
    pub teller: PersonCode,
    /// 监票人.
    pub scrutineer: PersonCode,
}

/// The chair's order of tied applications, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TieRuling {
    /// First one first.
    pub order: Vec<ApplicationId>,
    /// Why.
    pub reason: String,
}

/// How a member stands to the report (招标投标法实施条例 §53).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Signature {
    /// Present, and signs on paper or with a key.
    Signed,
    /// Disagrees, in writing and with reasons; noted in the report.
    Dissent {
        /// The reasons.
        text: String,
    },
    /// Refuses to sign and gives no reasons in writing: counts as agreeing.
    RefusedDeemedAgreement {
        /// Who saw it.
        witness: String,
    },
    /// Not there.
    Absent,
}

impl Signature {
    /// The stand in words.
    #[must_use]
    pub fn words(&self) -> Message {
        match self {
            Self::Signed => msg!("stand-signed"),
            Self::Dissent { text } => msg!("stand-dissent", text = text),
            Self::RefusedDeemedAgreement { witness } => msg!("stand-refused", witness = witness),
            Self::Absent => msg!("stand-absent"),
        }
    }
}

/// A result as it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealed {
    /// Revision, from 1.
    pub revision: u32,
    /// SHA-256 of its tag manifest.
    pub digest: String,
    /// File name.
    pub file: String,
    /// Digest of the result it takes the place of.
    pub supersedes: Option<String>,
}

impl Act {
    /// Whether the present figures say if it is admitted: a decision on a flag needs the flag.
    #[must_use]
    pub const fn rests_on_figures(&self) -> bool {
        matches!(self, Self::Flag { .. } | Self::GoOn { .. } | Self::Correct(_) | Self::TieVote { .. } | Self::TieRuling { .. })
    }

    /// The act that takes this one back; `None` for what arrived, was corrected, put together, asked or signed.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        Some(match self.clone() {
            Self::Accept(_)
            | Self::Enter(_)
            | Self::Paper(_)
            | Self::Keep(_)
            | Self::Correct(_)
            | Self::Consolidate
            | Self::Ask(_)
            | Self::Seal(_)
            | Self::Reopen { .. } => return None,
            Self::Remove { reviewer, before, after } => Self::Remove { reviewer, before: after, after: before },
            Self::Flag { application, flag, before, after } => Self::Flag { application, flag, before: after, after: before },
            Self::Veto { application, veto, before, after } => Self::Veto { application, veto, before: after, after: before },
            Self::GoOn { application, before, after } => Self::GoOn { application, before: after, after: before },
            Self::TieVote { application, before, after } => Self::TieVote { application, before: after, after: before },
            Self::TieRuling { item, before, after } => Self::TieRuling { item, before: after, after: before },
            Self::Vote { application, before, after } => Self::Vote { application, before: after, after: before },
            Self::Opinion { application, before, after } => Self::Opinion { application, before: after, after: before },
            Self::Member { person, before, after } => Self::Member { person, before: after, after: before },
        })
    }

    /// Whether nothing would be otherwise afterwards.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.inverse().as_ref() == Some(self)
    }

    /// The application it is about, where it is about one.
    #[must_use]
    pub const fn application(&self) -> Option<&ApplicationId> {
        match self {
            Self::Flag { application, .. }
            | Self::Veto { application, .. }
            | Self::GoOn { application, .. }
            | Self::TieVote { application, .. }
            | Self::Vote { application, .. }
            | Self::Opinion { application, .. } => Some(application),
            Self::Correct(correction) => Some(&correction.application),
            Self::Accept(_)
            | Self::Enter(_)
            | Self::Paper(_)
            | Self::Keep(_)
            | Self::Remove { .. }
            | Self::TieRuling { .. }
            | Self::Member { .. }
            | Self::Consolidate
            | Self::Ask(_)
            | Self::Seal(_)
            | Self::Reopen { .. } => None,
        }
    }
}
