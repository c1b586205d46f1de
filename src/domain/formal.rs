//! The formal check 形式审查: what failed it is not scored (自科基金条例 §13).

use crate::domain::{
    application::{Application, GateState},
    ids::GateId,
    rubric::{Gate, GateOutcome, Rubric},
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

/// The formal check of `application` under `rubric`. A gate that nobody answered is to be completed, not passed over.
#[must_use]
pub fn check(rubric: &Rubric, application: &Application) -> FormalCheck {
    let lines: Vec<(GateLine, FormalOutcome)> =
        rubric.gates.iter().filter(|gate| applies(gate, application)).map(|gate| line(gate, application)).collect();
    let outcome = lines.iter().map(|(_, outcome)| *outcome).max().unwrap_or(FormalOutcome::Pass);
    FormalCheck { outcome, lines: lines.into_iter().map(|(line, _)| line).collect() }
}

/// Whether the application has all the values that the gate is about, for example `lead_mode = "park"`.
fn applies(gate: &Gate, application: &Application) -> bool {
    gate.when.iter().all(|(field, wanted)| condition(application, field).is_some_and(|value| value == *wanted))
}

/// Fields that a gate's `when` may name. The short names are those of the policy's own words.
pub const CONDITIONS: [(&str, &str); 4] =
    [("lead_mode", "operation.lead_mode"), ("applicant_kind", "applicant.kind"), ("tier", "tier"), ("build_kind", "conditions.build_kind")];

fn condition(application: &Application, field: &str) -> Option<String> {
    let path = CONDITIONS.iter().find(|(short, _)| *short == field).map(|(_, path)| *path)?;
    application.field(path)?.as_str().map(str::to_owned)
}

fn line(gate: &Gate, application: &Application) -> (GateLine, FormalOutcome) {
    let answer = application.compliance.gates.get(gate.id.as_str());
    let (state, note) = answer.map_or((GateState::Fix, String::new()), |answer| (answer.state, answer.note.clone()));
    let outcome = match (state, gate.outcome) {
        (GateState::Pass | GateState::NotConcerned, _) => FormalOutcome::Pass,
        (GateState::Fail, GateOutcome::Fail) => FormalOutcome::Fail,
        (GateState::Fail, GateOutcome::Fix) | (GateState::Fix, _) => FormalOutcome::Fix,
    };
    (GateLine { gate: gate.id.clone(), text: gate.text.clone(), state, note }, outcome)
}
