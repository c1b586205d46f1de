//! The formal check 形式审查: what failed it is not scored (自科基金条例 §13).

use crate::{
    domain::{
        application::{ApplicantKind, Application, GateAnswer, GateState, LeadMode},
        call::Tier,
        ids::GateId,
        rubric::{Gate, GateOutcome, Rubric},
        text::{Bilingual, Message},
    },
    msg,
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
    /// What follows from the state under the gate's own rule.
    pub outcome: FormalOutcome,
    /// The office's note.
    pub note: String,
    /// What the record itself says beside the office's answer.
    pub remark: Option<Message>,
}

/// A condition under which a gate applies: a key of `when` and the values it may have.
#[derive(Debug, Clone, Copy)]
pub struct Condition {
    /// Key in the rubric file.
    pub key: &'static str,
    /// Values it may have.
    pub values: &'static [&'static str],
    /// The value of an application.
    value: fn(&Application) -> &'static str,
}

/// All conditions that a gate may name.
pub const CONDITIONS: [Condition; 5] = [
    Condition { key: "lead_mode", values: &["school", "enterprise", "park"], value: lead_mode },
    Condition { key: "applicant_kind", values: &["city-gov", "university", "vocational", "dev-zone", "enterprise"], value: applicant_kind },
    Condition { key: "tier", values: &["province", "city", "county"], value: tier },
    Condition { key: "consortium", values: YES_NO, value: |application| yes_no(!application.consortium.is_empty()) },
    Condition { key: "gov_funding", values: YES_NO, value: |application| yes_no(application.has_gov_funding()) },
];

const YES_NO: &[&str] = &["yes", "no"];

const fn yes_no(holds: bool) -> &'static str {
    if holds { "yes" } else { "no" }
}

fn lead_mode(application: &Application) -> &'static str {
    match application.operation.lead_mode {
        LeadMode::School => "school",
        LeadMode::Enterprise => "enterprise",
        LeadMode::Park => "park",
    }
}

fn applicant_kind(application: &Application) -> &'static str {
    match application.applicant.kind {
        ApplicantKind::CityGov => "city-gov",
        ApplicantKind::University => "university",
        ApplicantKind::Vocational => "vocational",
        ApplicantKind::DevZone => "dev-zone",
        ApplicantKind::Enterprise => "enterprise",
    }
}

fn tier(application: &Application) -> &'static str {
    match application.tier {
        Tier::Province => "province",
        Tier::City => "city",
        Tier::County => "county",
    }
}

/// The condition `key`, where there is one.
#[must_use]
pub fn condition(key: &str) -> Option<&'static Condition> {
    CONDITIONS.iter().find(|condition| condition.key == key)
}

/// The formal check of `application` under `rubric`.
#[must_use]
pub fn check(rubric: &Rubric, application: &Application) -> FormalCheck {
    let lines: Vec<GateLine> = rubric.gates.iter().filter(|gate| applies(gate, application)).map(|gate| line(gate, application)).collect();
    FormalCheck { outcome: lines.iter().map(|line| line.outcome).max().unwrap_or(FormalOutcome::Pass), lines }
}

/// A gate applies where all its conditions hold. A condition nobody knows never holds; the rubric's proofs refuse it.
fn applies(gate: &Gate, application: &Application) -> bool {
    gate.when.iter().all(|(key, wanted)| condition(key).is_some_and(|condition| (condition.value)(application) == wanted))
}

fn line(gate: &Gate, application: &Application) -> GateLine {
    let answer = application.compliance.gates.get(gate.id.as_str());
    let (state, remark) = state(gate, application, answer);
    let outcome = match (state, gate.outcome) {
        (GateState::Pass | GateState::NotConcerned, _) => FormalOutcome::Pass,
        (GateState::Fix, _) | (GateState::Fail, GateOutcome::Fix) => FormalOutcome::Fix,
        (GateState::Fail, GateOutcome::Fail) => FormalOutcome::Fail,
    };
    let note = answer.map_or_else(String::new, |answer| answer.note.clone());
    GateLine { gate: gate.id.clone(), text: gate.text.clone(), state, outcome, note, remark }
}

/// The office's answer; for the independent body of a park (G5) the record has a word too, and a plain "no" there outweighs it.
fn state(gate: &Gate, application: &Application, answer: Option<&GateAnswer>) -> (GateState, Option<Message>) {
    let asks_for_body = gate.id.as_str() == "G5" && application.operation.lead_mode == LeadMode::Park;
    let record = if asks_for_body { application.operation.independent_body } else { None };
    match (answer, record) {
        (_, Some(false)) => (GateState::Fail, Some(msg!("formal-no-body"))),
        (Some(answer), _) => (answer.state, None),
        (None, Some(true)) => (GateState::Pass, Some(msg!("formal-body"))),
        (None, None) => (GateState::Fix, Some(msg!("formal-no-answer", gate = &gate.id))),
    }
}
