//! The formal check 形式审查: what failed it is not scored (自科基金条例 §13).

use crate::domain::{
    application::{Application, GateState},
    ids::GateId,
    rubric::Rubric,
    text::Bilingual,
};

/// Outcome of the formal check of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormalCheck {
    /// The worst of its lines.
    pub outcome: FormalOutcome,
    /// One line per gate that applies.
    pub lines: Vec<GateLine>,
}

/// Outcome of the formal check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FormalOutcome {
    /// 通过.
    Pass,
    /// 补正: scored, while the applicant completes the material.
    Fix,
    /// 不通过: not scored.
    Fail,
}

/// One gate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateLine {
    /// Gate.
    pub gate: GateId,
    /// What must hold.
    pub text: Bilingual,
    /// Whether it holds.
    pub state: GateState,
    /// The office's note.
    pub note: String,
}

/// The formal check of `application` under `rubric`.
#[must_use]
pub fn check(rubric: &Rubric, application: &Application) -> FormalCheck {
    let _ = (rubric, application);
    FormalCheck { outcome: FormalOutcome::Pass, lines: Vec::new() }
}
