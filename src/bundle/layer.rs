//! The verification report: nine layers, each pass, fail or not checked, with everything that was found (domain reference 6.7).
//!
//! This folder fills layers 1 to 5. The workflow, which knows packages and rules, fills 6 to 9. What was not checked is said
//! to be not checked; it never looks like a pass.

use serde_json::{Value, json};

use crate::{
    bundle::{
        kind::{Kind, role_id},
        trust::SignedBy,
    },
    domain::{
        finding::Severity,
        text::{Bilingual, Explain, Message},
    },
    msg,
};

/// A layer of verification. Each rests on the ones before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayerId {
    /// 1: the archive is a sane one.
    Container,
    /// 2: everything listed is there, and nothing else.
    Completeness,
    /// 3: every byte is as listed.
    Integrity,
    /// 4: the signatures fit.
    Signatures,
    /// 5: the signers are who may sign, at the time that counts.
    Authority,
    /// 6: it belongs to this package, rubric, roster, mode and round.
    Binding,
    /// 7: what it says is possible.
    Content,
    /// 8: its sums are right.
    Arithmetic,
    /// 9: it follows what was there before.
    History,
}

/// All layers in order.
pub const LAYERS: [LayerId; 9] = [
    LayerId::Container,
    LayerId::Completeness,
    LayerId::Integrity,
    LayerId::Signatures,
    LayerId::Authority,
    LayerId::Binding,
    LayerId::Content,
    LayerId::Arithmetic,
    LayerId::History,
];

impl LayerId {
    /// Number, from 1.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The name in `verify --json`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Container => "container",
            Self::Completeness => "completeness",
            Self::Integrity => "integrity",
            Self::Signatures => "signatures",
            Self::Authority => "authority",
            Self::Binding => "binding",
            Self::Content => "content",
            Self::Arithmetic => "arithmetic",
            Self::History => "history",
        }
    }

    /// The name for people.
    #[must_use]
    pub fn name(self) -> Message {
        match self {
            Self::Container => msg!("layer-name-container"),
            Self::Completeness => msg!("layer-name-completeness"),
            Self::Integrity => msg!("layer-name-integrity"),
            Self::Signatures => msg!("layer-name-signatures"),
            Self::Authority => msg!("layer-name-authority"),
            Self::Binding => msg!("layer-name-binding"),
            Self::Content => msg!("layer-name-content"),
            Self::Arithmetic => msg!("layer-name-arithmetic"),
            Self::History => msg!("layer-name-history"),
        }
    }
}

/// What no verification can show, and what is therefore said beside every one.
#[must_use]
pub fn not_proved() -> [Message; 3] {
    [msg!("not-proved-who"), msg!("not-proved-when"), msg!("not-proved-judgement")]
}

/// How a layer came out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum State {
    /// Checked in full; nothing against it.
    Pass,
    /// Something is against it.
    Fail,
    /// Not checked, or not in full.
    #[default]
    NotChecked,
}

impl State {
    /// The name in `verify --json`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotChecked => "not-checked",
        }
    }

    /// The same for people.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::Pass => msg!("layer-pass"),
            Self::Fail => msg!("layer-fail"),
            Self::NotChecked => msg!("layer-not-checked"),
        }
    }
}

/// One thing that a layer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable name of what is wrong, for scripts and tests.
    pub code: &'static str,
    /// The member it is about, below the top folder; empty for the bundle as a whole.
    pub member: String,
    /// Whether it refuses the bundle.
    pub severity: Severity,
    /// What was found.
    pub what: Message,
    /// What to do about it.
    pub advice: Message,
}

impl Explain for Finding {
    fn what(&self) -> Message {
        self.what.clone()
    }

    fn advice(&self) -> Message {
        self.advice.clone()
    }
}

/// Findings of one layer, as they come up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Notes something that refuses the bundle.
    pub fn error(&mut self, code: &'static str, member: &str, what: Message, advice: Message) {
        self.0.push(Finding { code, member: member.to_owned(), severity: Severity::Error, what, advice });
    }

    /// Notes something that people should know.
    pub fn note(&mut self, code: &'static str, member: &str, what: Message, advice: Message) {
        self.0.push(Finding { code, member: member.to_owned(), severity: Severity::Note, what, advice });
    }

    /// Takes over what another list has.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Whether anything refuses the bundle.
    #[must_use]
    pub fn refuse(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Error)
    }
}

/// One layer of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layer {
    /// Which.
    pub id: LayerId,
    /// How it came out.
    pub state: State,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// The report on one bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// File name, as it was.
    pub file: String,
    /// What the bundle carries, where that could be read.
    pub kind: Option<Kind>,
    /// The bundle's digest: SHA-256 of its tag manifest.
    pub digest: Option<String>,
    /// All nine layers, in order.
    pub layers: [Layer; 9],
    /// Everybody who signed.
    pub signers: Vec<SignedBy>,
}

impl Report {
    /// A report in which nothing is checked yet.
    #[must_use]
    pub fn new(file: &str) -> Self {
        let layers = LAYERS.map(|id| Layer { id, state: State::NotChecked, findings: Vec::new() });
        Self { file: file.to_owned(), kind: None, digest: None, layers, signers: Vec::new() }
    }

    /// Enters what a layer found. `complete` says that the layer was looked at in full: without it, a layer that found nothing
    /// stays not checked.
    pub fn enter(&mut self, id: LayerId, findings: Findings, complete: bool) {
        let state = match (findings.refuse(), complete) {
            (true, _) => State::Fail,
            (false, true) => State::Pass,
            (false, false) => State::NotChecked,
        };
        if let Some(layer) = self.layers.iter_mut().find(|layer| layer.id == id) {
            *layer = Layer { id, state, findings: findings.0 };
        }
    }

    /// Takes over a layer from another report on the same bytes.
    pub fn replace(&mut self, layer: Layer) {
        if let Some(place) = self.layers.iter_mut().find(|own| own.id == layer.id) {
            *place = layer;
        }
    }

    /// How a layer came out.
    #[must_use]
    pub fn state(&self, id: LayerId) -> State {
        self.layers.iter().find(|layer| layer.id == id).map(|layer| layer.state).unwrap_or_default()
    }

    /// Whether the bytes are whole and from the right people: layers 1 to 5 all pass.
    #[must_use]
    pub fn is_authentic(&self) -> bool {
        self.layers.iter().filter(|layer| layer.id <= LayerId::Authority).all(|layer| layer.state == State::Pass)
    }

    /// Whether the bundle stands: it is authentic, and no later layer fails.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.is_authentic() && self.layers.iter().all(|layer| layer.state != State::Fail)
    }

    /// Everything that refuses the bundle, with its layer, in order.
    pub fn errors(&self) -> impl Iterator<Item = (LayerId, &Finding)> {
        let of = |layer: &Layer| layer.id;
        self.layers.iter().flat_map(move |layer| {
            layer.findings.iter().filter(|finding| finding.severity == Severity::Error).map(move |finding| (of(layer), finding))
        })
    }

    /// The shape of `pingyi verify --json`. `text` puts a message into both languages; `not_proved` is what no layer can show.
    #[must_use]
    pub fn to_json(&self, text: &dyn Fn(&Message) -> Bilingual, not_proved: &[Message]) -> Value {
        let both = |message: &Message| {
            let text = text(message);
            json!({ "zh": text.zh, "en": text.en })
        };
        let finding = |finding: &Finding| json!({ "code": finding.code, "member": finding.member, "text": both(&finding.what) });
        let layer = |layer: &Layer| {
            let findings: Vec<Value> = layer.findings.iter().map(finding).collect();
            json!({ "n": layer.id.number(), "id": layer.id.id(), "state": layer.state.id(), "findings": findings })
        };
        let signer = |signer: &SignedBy| {
            json!({
                "code": signer.code.as_str(),
                "role": role_id(signer.role),
                "fingerprint": signer.key.as_ref().map(|key| key.fingerprint()),
                "state": signer.state.id(),
            })
        };
        json!({
            "verdict": if self.passes() { "pass" } else { "fail" },
            "file": self.file,
            "kind": self.kind.map(Kind::id),
            "digest": self.digest,
            "layers": self.layers.iter().map(layer).collect::<Vec<_>>(),
            "signers": self.signers.iter().map(signer).collect::<Vec<_>>(),
            "not_proved": not_proved.iter().map(both).collect::<Vec<_>>(),
        })
    }
}
