//! What the panel decides beside the scores: on flags, in words, and by vote (scoring rule 6; domain reference 3.4 and 3.5).

mod ballot;
mod draft;
mod review;
mod sitting;

pub use ballot::{Ballot, BallotProblem, Tally, is_quorate};
pub use draft::{Remark, draft};
pub use review::{FlagLine, flag_lines};
pub use sitting::shortcomings;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        consolidate::{
            derivation::{ApplicationResult, Flag},
            input::{ApplicationInput, Standing},
        },
        deviation::{DeviationFlag, FlagKey},
        ids::ApplicationId,
        text::{Explain, Message},
    },
    msg,
};

/// A decision on a flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagDecision {
    /// Application.
    pub application: ApplicationId,
    /// Which flag.
    pub flag: FlagKey,
    /// What was decided.
    pub ruling: FlagRuling,
}

/// What was decided on a flag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ruling", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FlagRuling {
    /// The score stands.
    Uphold {
        /// Why.
        reason: String,
    },
    /// The reviewer is asked to look again; the answer comes as a correction.
    ReScore {
        /// What is asked.
        request: String,
    },
    /// The sheet is void (政府采购法实施条例 §75).
    Void {
        /// Who decided it.
        authority: String,
        /// Why.
        reason: String,
    },
}

/// Why a decision on a flag is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FlagRefusal {
    /// There is no such flag.
    #[error("no such flag")]
    NoFlag,
    /// The reason is missing.
    #[error("no reason")]
    NoReason,
    /// A fact that was scored differently is nobody's sheet alone.
    #[error("no sheet to void")]
    NobodysSheet,
}

impl FlagDecision {
    /// Whether the decision may be recorded over `result`.
    ///
    /// # Errors
    /// The first reason why not.
    pub fn check(&self, result: &ApplicationResult) -> Result<(), FlagRefusal> {
        if !deviations(result).any(|flag| flag.key() == self.flag) {
            return Err(FlagRefusal::NoFlag);
        }
        let texts: &[&String] = match &self.ruling {
            FlagRuling::Uphold { reason } => &[reason],
            FlagRuling::ReScore { request } => &[request],
            FlagRuling::Void { .. } if self.flag.reviewer.is_none() => return Err(FlagRefusal::NobodysSheet),
            FlagRuling::Void { authority, reason } => &[authority, reason],
        };
        if texts.iter().any(|text| text.trim().is_empty()) { Err(FlagRefusal::NoReason) } else { Ok(()) }
    }

    /// Takes a void sheet out of `input`; the other rulings change no sheet.
    pub fn apply(&self, input: &mut ApplicationInput) {
        if !matches!(self.ruling, FlagRuling::Void { .. }) {
            return;
        }
        for sheet in input.sheets.iter_mut().filter(|sheet| Some(&sheet.reviewer) == self.flag.reviewer.as_ref()) {
            sheet.standing = Standing::Void;
        }
    }
}

/// The flags of `result` that ask for a decision.
pub fn deviations(result: &ApplicationResult) -> impl Iterator<Item = &DeviationFlag> {
    result.flags.iter().filter_map(Flag::deviation)
}

/// The flags of `result` on which nothing was decided; they keep the result from being sealed. A request to score again decides
/// nothing: the flag goes with the corrected score, or needs another decision.
#[must_use]
pub fn open_flags<'a>(result: &'a ApplicationResult, decisions: &[FlagDecision]) -> Vec<&'a DeviationFlag> {
    let decided = |flag: &&DeviationFlag| {
        let key = flag.key();
        decisions.iter().any(|decision| {
            decision.application == result.id && decision.flag == key && !matches!(decision.ruling, FlagRuling::ReScore { .. })
        })
    };
    deviations(result).filter(|flag| !decided(flag)).collect()
}

/// The opinion of the panel 专家组意见 on one application.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// 总体评价.
    pub overall: String,
    /// 优势.
    pub strengths: String,
    /// 问题.
    pub problems: String,
    /// 建议.
    pub advice: String,
    /// 结论.
    pub conclusion: String,
}

impl Opinion {
    /// The parts in their order, each with its name.
    #[must_use]
    pub fn parts(&self) -> [(&str, Message); 5] {
        [
            (&self.overall, msg!("opinion-overall")),
            (&self.strengths, msg!("opinion-strengths")),
            (&self.problems, msg!("opinion-problems")),
            (&self.advice, msg!("opinion-advice")),
            (&self.conclusion, msg!("opinion-conclusion")),
        ]
    }

    /// Names of the parts that say nothing yet.
    #[must_use]
    pub fn missing(&self) -> Vec<Message> {
        self.parts().into_iter().filter(|(text, _)| text.trim().is_empty()).map(|(_, name)| name).collect()
    }
}

impl Explain for FlagRefusal {
    fn what(&self) -> Message {
        match self {
            Self::NoFlag => msg!("err-flag-none"),
            Self::NoReason => msg!("err-flag-reason"),
            Self::NobodysSheet => msg!("err-flag-sheet"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::NoFlag => msg!("rec-flag-none"),
            Self::NoReason => msg!("rec-flag-reason"),
            Self::NobodysSheet => msg!("rec-flag-sheet"),
        }
    }
}
