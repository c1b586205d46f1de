//! A vote as counts. Votes are secret and sheets are signed, so no ballot is ever linked to a person (domain reference 0.6 and 3.4).

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        call::Quorum,
        ids::PersonCode,
        number::Fraction,
        rubric::{Compare, VoteBase, VoteRule},
        text::{Explain, Message},
    },
    msg,
};

/// A vote as it was counted. Members who stay out of the application are in none of the numbers (V7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// 应到: members of the panel without those who stay out.
    pub entitled: u32,
    /// 实到.
    pub present: u32,
    /// 同意.
    pub approve: u32,
    /// 反对.
    pub reject: u32,
    /// 弃权.
    pub abstain: u32,
    /// 无效.
    pub invalid: u32,
    /// 计票人.
    pub teller: PersonCode,
    /// 监票人.
    pub scrutineer: PersonCode,
}

/// What is wrong with the numbers of a vote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotProblem {
    /// More present than entitled.
    #[error("{present} present of {entitled}")]
    TooManyPresent {
        /// Present.
        present: u32,
        /// Entitled.
        entitled: u32,
    },
    /// The papers do not add up to those present.
    #[error("{papers} papers of {present}")]
    Papers {
        /// All papers.
        papers: u64,
        /// Present.
        present: u32,
    },
    /// One person counted and watched the count.
    #[error("{0} is teller and scrutineer")]
    SamePerson(PersonCode),
}

/// What a vote comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Whether enough members were there to decide at all.
    pub quorate: bool,
    /// What the share is taken of.
    pub base: u32,
    /// Fewest votes in favour that carry it.
    pub needed: u32,
    /// Whether it is carried.
    pub carried: bool,
}

impl Ballot {
    /// Everything that is wrong with the numbers.
    #[must_use]
    pub fn problems(&self) -> Vec<BallotProblem> {
        let mut found = Vec::new();
        if self.present > self.entitled {
            found.push(BallotProblem::TooManyPresent { present: self.present, entitled: self.entitled });
        }
        let papers = [self.approve, self.reject, self.abstain, self.invalid].into_iter().map(u64::from).sum();
        if papers != u64::from(self.present) {
            found.push(BallotProblem::Papers { papers, present: self.present });
        }
        if self.teller == self.scrutineer {
            found.push(BallotProblem::SamePerson(self.teller.clone()));
        }
        found
    }

    /// What the vote comes to under `rule`; `quorum` says when the panel may decide.
    #[must_use]
    pub fn tally(&self, rule: &VoteRule, quorum: &Quorum) -> Tally {
        let of = |base: VoteBase| match base {
            VoteBase::All => self.entitled,
            VoteBase::Present => self.present,
        };
        let quorate = is_quorate(self.present, self.entitled, quorum);
        let out = if rule.abstain_counts { 0 } else { self.abstain };
        let base = of(rule.base).saturating_sub(out);
        let needed = (0..=base).find(|votes| reaches(*votes, base, rule.share, rule.compare)).unwrap_or(base.saturating_add(1)).max(1);
        Tally { quorate, base, needed, carried: quorate && self.approve >= needed }
    }
}

/// Whether `present` of `entitled` members may decide under `quorum`.
#[must_use]
pub fn is_quorate(present: u32, entitled: u32, quorum: &Quorum) -> bool {
    let base = match quorum.base {
        VoteBase::All => entitled,
        VoteBase::Present => present,
    };
    reaches(present, base, quorum.at_least, quorum.compare)
}

/// Whether `votes` of `base` are the share: compared by cross-multiplication, never by a rounded percentage.
fn reaches(votes: u32, base: u32, share: Fraction, compare: Compare) -> bool {
    let (left, right) =
        (u64::from(votes).saturating_mul(u64::from(share.denominator)), u64::from(base).saturating_mul(u64::from(share.numerator)));
    match compare {
        Compare::AtLeast => left >= right,
        Compare::MoreThan => left > right,
    }
}

impl Explain for BallotProblem {
    fn what(&self) -> Message {
        match self {
            Self::TooManyPresent { present, entitled } => msg!("err-ballot-present", present = present, entitled = entitled),
            Self::Papers { papers, present } => msg!("err-ballot-papers", papers = papers, present = present),
            Self::SamePerson(person) => msg!("err-ballot-person", person = person),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::TooManyPresent { .. } | Self::Papers { .. } => msg!("rec-ballot-count"),
            Self::SamePerson(_) => msg!("rec-ballot-person"),
        }
    }
}
