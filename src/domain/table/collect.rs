//! Taking score bundles in (domain reference 6.5): every incoming bundle gets exactly one verdict. The order in which bundles come
//! never matters for what counts in the end, and the same bundle twice changes nothing.

use crate::{
    domain::{
        call::Mode,
        correction::Stage,
        ids::{CallId, PanelId, PersonCode},
        package::Package,
        table::{
            Table,
            act::{Arrived, Removal},
        },
        text::{Explain, Message},
    },
    msg,
};

/// A score bundle whose layers all passed, as far as the decision needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Call.
    pub call: CallId,
    /// Panel.
    pub panel: Option<PanelId>,
    /// Rehearsal or official.
    pub mode: Mode,
    /// Round, where the call has several.
    pub round: Option<u32>,
    /// The bundle itself.
    pub bundle: Arrived,
    /// Parts of the package that are others than at this table: `package`, `rubric`, `applications`, `roster`, `map`.
    pub differs: Vec<&'static str>,
}

/// What becomes of an incoming bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The first one of this reviewer.
    New,
    /// A later revision takes the place of the one here, which is kept.
    Replaces {
        /// Digest of the one here.
        earlier: String,
        /// Whether the chair asked for it; else the session is still open and nothing was put together yet.
        asked: bool,
    },
    /// It is here already.
    Same,
    /// Its reviewer is out: kept as evidence, counted nowhere.
    Evidence(Removal),
    /// Not taken in, and nothing changed.
    Refused(Refusal),
}

/// Why a bundle is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Of another call, panel, mode or round.
    #[error("another {0}")]
    Other(&'static str),
    /// Made on another package; these parts differ.
    #[error("another package: {0:?}")]
    Parts(Vec<&'static str>),
    /// Not from anybody who scores for this panel.
    #[error("{0} does not score here")]
    Stranger(PersonCode),
    /// The same revision with another content is here.
    #[error("revision {revision} is here with another content")]
    Conflict {
        /// Revision.
        revision: u32,
        /// Digest of the one here.
        known: String,
        /// Digest of this one.
        incoming: String,
    },
    /// A newer revision is here.
    #[error("revision {known} is here, this is {incoming}")]
    Stale {
        /// Revision here.
        known: u32,
        /// Revision of this one.
        incoming: u32,
    },
    /// The revision before it is not here.
    #[error("the revision before {incoming} is missing")]
    MissingPredecessor {
        /// Revision of this one.
        incoming: u32,
    },
    /// The scores were put together and nobody asked for this revision.
    #[error("nobody asked for it")]
    NotAsked,
    /// Sheets of the reviewer from paper are here; nobody hands in twice.
    #[error("paper sheets of {0} are here")]
    OnPaper(PersonCode),
    /// The result is signed; only the panel's re-review opens it again.
    #[error("the result is signed")]
    Closed,
}

impl Verdict {
    /// Whether the bundle is here afterwards.
    #[must_use]
    pub const fn is_good(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

/// The verdict on `incoming` at `table`; the first matching row of the table counts.
#[must_use]
pub fn judge(package: &Package, table: &Table, incoming: &Incoming) -> Verdict {
    let bundle = &incoming.bundle;
    if table.arrived.iter().any(|known| known.bundle.digest == bundle.digest) {
        return Verdict::Same;
    }
    if let Some(refusal) = elsewhere(package, incoming) {
        return Verdict::Refused(refusal);
    }
    if let Some(removal) = table.removed.get(&bundle.reviewer).filter(|removal| removal.is_whole()) {
        return Verdict::Evidence(removal.clone());
    }
    if table.current_paper(&bundle.reviewer).is_some() {
        return Verdict::Refused(Refusal::OnPaper(bundle.reviewer.clone()));
    }
    let known = table.current(&bundle.reviewer);
    match succession(known, bundle) {
        Err(refusal) => Verdict::Refused(refusal),
        Ok(()) => admitted(table, known, bundle),
    }
}

/// It belongs to another call, panel, mode, round or package, or to nobody here.
fn elsewhere(package: &Package, incoming: &Incoming) -> Option<Refusal> {
    let call = &package.call;
    let others = [
        (incoming.call != call.id, "call"),
        (incoming.panel.as_ref() != Some(&call.panel.id), "panel"),
        (incoming.mode != call.mode, "mode"),
        (incoming.round.is_some(), "round"),
    ];
    if let Some((_, what)) = others.into_iter().find(|(differs, _)| *differs) {
        return Some(Refusal::Other(what));
    }
    if !incoming.differs.is_empty() {
        return Some(Refusal::Parts(incoming.differs.clone()));
    }
    let reviewer = &incoming.bundle.reviewer;
    let on_roster = package.roster.person(reviewer).is_some_and(|person| person.role.scores());
    (!on_roster).then(|| Refusal::Stranger(reviewer.clone()))
}

/// Revisions follow each other without a gap, each naming the one before.
fn succession(known: Option<&Arrived>, bundle: &Arrived) -> Result<(), Refusal> {
    let incoming = bundle.revision;
    let Some(known) = known else {
        return if incoming == 1 { Ok(()) } else { Err(Refusal::MissingPredecessor { incoming }) };
    };
    if incoming == known.revision {
        let (held, new) = (known.digest.clone(), bundle.digest.clone());
        return Err(Refusal::Conflict { revision: incoming, known: held, incoming: new });
    }
    if incoming < known.revision {
        return Err(Refusal::Stale { known: known.revision, incoming });
    }
    let follows = known.revision.checked_add(1) == Some(incoming) && bundle.supersedes.as_deref() == Some(known.digest.as_str());
    if follows { Ok(()) } else { Err(Refusal::MissingPredecessor { incoming }) }
}

fn admitted(table: &Table, known: Option<&Arrived>, bundle: &Arrived) -> Verdict {
    // A request is answered once: by the revision that follows the bundle it is about.
    let asked = table.waiting_for(&bundle.reviewer).is_some_and(|waiting| bundle.request.as_ref() == Some(&waiting.digest));
    match table.progress.stage {
        Stage::Draft => {}
        Stage::Consolidated if asked => {}
        Stage::Consolidated => return Verdict::Refused(Refusal::NotAsked),
        Stage::Signed | Stage::Published | Stage::Final => return Verdict::Refused(Refusal::Closed),
    }
    known.map_or(Verdict::New, |known| Verdict::Replaces { earlier: known.digest.clone(), asked })
}

impl Explain for Refusal {
    fn what(&self) -> Message {
        let list = |parts: &[&str]| parts.join(", ");
        match self {
            Self::Other(what) => Message::new("err-collect-other").with_message("what", part(what)),
            Self::Parts(parts) => msg!("err-collect-parts", parts = list(parts)),
            Self::Stranger(code) => msg!("err-collect-stranger", code = code),
            Self::Conflict { revision, known, incoming } => {
                msg!("err-collect-conflict", revision = revision, known = known, incoming = incoming)
            }
            Self::Stale { known, incoming } => msg!("err-collect-stale", known = known, incoming = incoming),
            Self::MissingPredecessor { incoming } => msg!("err-collect-gap", incoming = incoming),
            Self::NotAsked => msg!("err-collect-not-asked"),
            Self::OnPaper(code) => msg!("err-collect-paper", reviewer = code),
            Self::Closed => msg!("err-collect-closed"),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Other(_) | Self::Parts(_) | Self::Stranger(_) => msg!("rec-collect-other"),
            Self::Conflict { .. } => msg!("rec-collect-conflict"),
            Self::Stale { .. } => msg!("rec-collect-stale"),
            Self::MissingPredecessor { .. } => msg!("rec-collect-gap"),
            Self::NotAsked => msg!("rec-collect-not-asked"),
            Self::OnPaper(_) => msg!("rec-collect-paper"),
            Self::Closed => msg!("rec-collect-closed"),
        }
    }
}

fn part(what: &str) -> Message {
    match what {
        "call" => msg!("collect-call"),
        "panel" => msg!("collect-panel"),
        "mode" => msg!("collect-mode"),
        _ => msg!("collect-round"),
    }
}
