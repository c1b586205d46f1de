//! The chair's table 组长席: what the panel took in and decided, as the fold of all acts.
//!
//! Reading order: [`act`] (what is done), [`collect`] and [`paper`] (what may come in), this file (the state and its fold), [`admit`](Table::admit)
//! (what may be decided), `changes` (decisions as a person means them), `seat` (who scores in whose place), [`input`] (from the table to the engine), [`open`] (what is left to decide). Figures are never stored here: they follow from the sheets.

pub mod act;
mod admit;
mod changes;
pub mod collect;
pub mod draft;
pub mod input;
pub mod open;
pub mod paper;
mod seat;
pub mod telling;

pub use admit::ActRefusal;

use std::collections::BTreeMap;

use crate::domain::{
    correction::{Correction, Progress, ResultAct, Stage},
    decision::{Ballot, FlagDecision, FlagRuling, Opinion},
    deviation::FlagKey,
    ids::{ApplicationId, ItemId, PersonCode, VetoId},
    request::Asked,
    table::{
        act::{Act, Arrived, GoingOn, Removal, Sealed, Signature, TieRuling, TieVote},
        paper::{Paper, PaperEntry},
    },
};

/// Everything at the table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// How far the result has come.
    pub progress: Progress,
    /// Bundles that came in, in the order of their coming; earlier revisions stay.
    pub arrived: Vec<Held>,
    /// Sheets from paper that two people typed alike, in the order of their coming; earlier revisions stay.
    pub papers: Vec<Paper>,
    /// Sheets from paper that one person typed, by reviewer and person.
    pub typed: BTreeMap<(PersonCode, PersonCode), PaperEntry>,
    /// Members who fell out.
    pub removed: BTreeMap<PersonCode, Removal>,
    /// Decisions on flags.
    pub rulings: BTreeMap<(ApplicationId, FlagKey), FlagRuling>,
    /// Vetoes found, with the finding in words.
    pub vetoes: BTreeMap<(ApplicationId, VetoId), String>,
    /// How the panel goes on with too few valid sheets.
    pub going_on: BTreeMap<ApplicationId, GoingOn>,
    /// Corrections, in the order of their recording.
    pub corrections: Vec<Correction>,
    /// Votes on ties.
    pub tie_votes: BTreeMap<ApplicationId, TieVote>,
    /// The chair's rulings on ties.
    pub tie_rulings: BTreeMap<ItemId, TieRuling>,
    /// Votes on applications.
    pub votes: BTreeMap<ApplicationId, Ballot>,
    /// Opinions that say anything.
    pub opinions: BTreeMap<ApplicationId, Opinion>,
    /// How members stand to the report. Cleared when anything changes that they signed for.
    pub members: BTreeMap<PersonCode, Signature>,
    /// Requests that were written.
    pub asked: Vec<Asked>,
    /// Results that were signed.
    pub sealed: Vec<Sealed>,
}

/// A bundle at the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The bundle.
    pub bundle: Arrived,
    /// Whether it is evidence only.
    pub is_evidence: bool,
}

impl Table {
    /// The bundle of `reviewer` that counts: the last revision that was taken in.
    #[must_use]
    pub fn current(&self, reviewer: &PersonCode) -> Option<&Arrived> {
        let own = self.arrived.iter().filter(|held| !held.is_evidence && held.bundle.reviewer == *reviewer);
        own.map(|held| &held.bundle).max_by_key(|bundle| bundle.revision)
    }

    /// The request that `reviewer` has not answered yet. One is open while the bundle that it is about is the one that counts.
    #[must_use]
    pub fn waiting_for(&self, reviewer: &PersonCode) -> Option<&Asked> {
        let current = self.current(reviewer)?;
        let is_about = |asked: &&Asked| asked.request.reviewer == *reviewer && asked.request.about.digest == current.digest;
        self.asked.iter().rev().find(is_about)
    }

    /// All decisions on flags.
    pub fn decisions(&self) -> impl Iterator<Item = FlagDecision> + '_ {
        self.rulings.iter().map(|((application, flag), ruling)| FlagDecision {
            application: application.clone(),
            flag: flag.clone(),
            ruling: ruling.clone(),
        })
    }

    /// Folds one act in.
    ///
    /// # Errors
    /// Which rule of the fold it breaks, as a stable word.
    pub fn fold(&mut self, act: &Act) -> Result<(), &'static str> {
        match act {
            Act::Accept(bundle) | Act::Keep(bundle) => self.fold_arrival(bundle, matches!(act, Act::Keep(_)))?,
            // What only one person typed changes nothing that anybody signed for.
            Act::Enter(entry) => return self.fold_entry(entry),
            Act::Paper(paper) => self.fold_paper(paper)?,
            Act::Remove { reviewer, before, after } => replace(&mut self.removed, reviewer.clone(), before.as_ref(), after.as_ref())?,
            Act::Flag { application, flag, before, after } => {
                replace(&mut self.rulings, (application.clone(), flag.clone()), before.as_ref(), after.as_ref())?;
            }
            Act::Veto { application, veto, before, after } => {
                replace(&mut self.vetoes, (application.clone(), veto.clone()), before.as_ref(), after.as_ref())?;
            }
            Act::GoOn { application, before, after } => {
                replace(&mut self.going_on, application.clone(), before.as_ref(), after.as_ref())?;
            }
            Act::TieVote { application, before, after } => {
                replace(&mut self.tie_votes, application.clone(), before.as_ref(), after.as_ref())?;
            }
            Act::TieRuling { item, before, after } => replace(&mut self.tie_rulings, item.clone(), before.as_ref(), after.as_ref())?,
            Act::Vote { application, before, after } => replace(&mut self.votes, application.clone(), before.as_ref(), after.as_ref())?,
            Act::Opinion { application, before, after } => {
                let says = |opinion: &Opinion| (*opinion != Opinion::default()).then(|| opinion.clone());
                replace(&mut self.opinions, application.clone(), says(before).as_ref(), says(after).as_ref())?;
            }
            Act::Member { person, before, after } => {
                return replace(&mut self.members, person.clone(), before.as_ref(), after.as_ref());
            }
            Act::Correct(correction) => {
                self.progress = self.progress.after(&ResultAct::Correct).map_err(|_| "stage")?;
                self.corrections.push(correction.clone());
            }
            Act::Consolidate => self.progress = self.progress.after(&ResultAct::Consolidate).map_err(|_| "stage")?,
            Act::Reopen { notice, .. } => {
                let supersedes = self.sealed.last().map(|sealed| sealed.digest.clone()).unwrap_or_default();
                self.progress = self.progress.after(&ResultAct::ReReview { notice: notice.clone(), supersedes }).map_err(|_| "stage")?;
            }
            Act::Ask(asked) => self.asked.push(asked.clone()),
            Act::Seal(sealed) => {
                self.progress = self.progress.after(&ResultAct::Sign).map_err(|_| "stage")?;
                self.sealed.push(sealed.clone());
                return Ok(());
            }
        }
        // Nobody stays bound to a report that has changed since.
        self.members.retain(|_, status| *status == Signature::Absent);
        Ok(())
    }

    fn fold_entry(&mut self, entry: &PaperEntry) -> Result<(), &'static str> {
        if self.progress.stage > Stage::Consolidated {
            return Err("stage");
        }
        self.typed.insert((entry.reviewer.clone(), entry.by.clone()), entry.clone());
        Ok(())
    }

    fn fold_paper(&mut self, paper: &Paper) -> Result<(), &'static str> {
        if self.progress.stage > Stage::Consolidated {
            return Err("stage");
        }
        let first = self.typed.get(&(paper.reviewer.clone(), paper.first.by.clone()));
        if paper.first.by == paper.second.by || first.is_none_or(|first| first.sheets != paper.sheets) {
            return Err("typed");
        }
        let before = self.current_paper(&paper.reviewer).map(|before| before.digest.as_str());
        if paper.supersedes.as_deref() != before || self.papers.iter().any(|known| known.digest == paper.digest) {
            return Err("before");
        }
        self.typed.retain(|(reviewer, _), _| *reviewer != paper.reviewer);
        self.papers.push(paper.clone());
        Ok(())
    }

    fn fold_arrival(&mut self, bundle: &Arrived, is_evidence: bool) -> Result<(), &'static str> {
        if self.progress.stage > Stage::Consolidated {
            return Err("stage");
        }
        if self.arrived.iter().any(|held| held.bundle.digest == bundle.digest) {
            return Err("twice");
        }
        if !is_evidence {
            self.reopen_flags(bundle);
        }
        self.arrived.push(Held { bundle: bundle.clone(), is_evidence });
        Ok(())
    }

    /// A score that was upheld and has changed since is looked at anew. An answer changes only what was asked about; a revision that
    /// nobody asked for can change every sheet.
    fn reopen_flags(&mut self, bundle: &Arrived) {
        if self.current(&bundle.reviewer).is_none() {
            return;
        }
        let asked = self.waiting_for(&bundle.reviewer).filter(|asked| bundle.request.as_ref() == Some(&asked.digest)).cloned();
        self.rulings.retain(|(application, flag), ruling| {
            let is_of_reviewer = flag.reviewer.as_ref().is_none_or(|reviewer| *reviewer == bundle.reviewer);
            let can_change = asked.as_ref().map_or(is_of_reviewer, |asked| asked.request.asks_about(application, flag));
            !(can_change && matches!(ruling, FlagRuling::Uphold { .. }))
        });
    }
}

/// Puts `after` in the place of `before`, which must be what is there.
fn replace<K: Ord, V: Clone + PartialEq>(
    map: &mut BTreeMap<K, V>,
    key: K,
    before: Option<&V>,
    after: Option<&V>,
) -> Result<(), &'static str> {
    if map.get(&key) != before {
        return Err("before");
    }
    match after {
        Some(after) => {
            map.insert(key, after.clone());
        }
        None => {
            map.remove(&key);
        }
    }
    Ok(())
}
