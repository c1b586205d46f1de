//! A review package 评审包: everything a panel needs, as one value. It exists only after all load checks passed.

use std::collections::BTreeSet;

use crate::domain::{
    application::Application,
    call::Call,
    formal::{self, FormalOutcome},
    ids::{ApplicationId, ItemId, PersonCode},
    panel::{Assignment, Pledge, Recusal, RecusalDecision, Roster},
    reference::{Codes, ExistingBases, IndustryMap},
    rubric::Rubric,
};

/// A review package, loaded and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The call notice.
    pub call: Call,
    /// The rubric.
    pub rubric: Rubric,
    /// People.
    pub roster: Roster,
    /// Who reads what; when empty, every scoring member reads everything.
    pub assignments: Vec<Assignment>,
    /// Recusals ordered before scoring, and objections with their decisions.
    pub recusals: Vec<Recusal>,
    /// Industry map.
    pub map: IndustryMap,
    /// Existing bases.
    pub bases: ExistingBases,
    /// Code lists.
    pub codes: Codes,
    /// Applications, by id.
    pub applications: Vec<Application>,
    /// Attachments of all applications, by application and file.
    pub attachments: Vec<Attachment>,
    /// Pledge of the reviewers.
    pub pledge: Pledge,
}

/// A file that belongs to an application, as it lies in the package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Application.
    pub application: ApplicationId,
    /// File name in the package folder below `attachments/<application>/`.
    pub file: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256 of the bytes, 64 hexadecimal digits; checked again before the file is opened.
    pub sha256: String,
}

impl Package {
    /// The application `id`.
    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&Application> {
        self.applications.iter().find(|application| application.id == *id)
    }

    /// The applications of one item, by id.
    pub fn applications_of(&self, item: &ItemId) -> impl Iterator<Item = &Application> {
        self.applications.iter().filter(move |application| application.item == *item)
    }

    /// Whether `application` is scored at all: it is in the package and did not fail the formal check.
    #[must_use]
    pub fn is_scored(&self, application: &ApplicationId) -> bool {
        self.application(application).is_some_and(|application| self.passes(application))
    }

    /// Whether `reviewer` is to read `application`. Nobody reads what is not scored. A recusal does not change this; it is looked up by [`Package::recusal`].
    #[must_use]
    pub fn is_assigned(&self, application: &ApplicationId, reviewer: &PersonCode) -> bool {
        if !self.is_scored(application) {
            return false;
        }
        if self.assignments.is_empty() {
            return self.roster.scoring().any(|person| person.code == *reviewer);
        }
        self.assignments.iter().any(|line| line.application == *application && line.reviewer == *reviewer)
    }

    /// What `reviewer` is to read, by id: every application for which [`Package::is_assigned`] holds.
    #[must_use]
    pub fn assigned_to(&self, reviewer: &PersonCode) -> Vec<&Application> {
        let lines = self.assignments.iter().filter(|line| line.reviewer == *reviewer).map(|line| &line.application);
        let named: BTreeSet<&ApplicationId> = lines.collect();
        let reads_all = self.assignments.is_empty() && self.roster.scoring().any(|person| person.code == *reviewer);
        let reads = |application: &&Application| (reads_all || named.contains(&application.id)) && self.passes(application);
        let mut found: Vec<&Application> = self.applications.iter().filter(reads).collect();
        found.sort_by(|one, other| one.id.cmp(&other.id));
        found
    }

    fn passes(&self, application: &Application) -> bool {
        formal::check(&self.rubric, application).outcome != FormalOutcome::Fail
    }

    /// The recusal in force before scoring for this pair, where there is one.
    #[must_use]
    pub fn recusal(&self, application: &ApplicationId, person: &PersonCode) -> Option<&Recusal> {
        self.recusals
            .iter()
            .find(|recusal| recusal.application == *application && recusal.person == *person && recusal.decision == RecusalDecision::Upheld)
    }

    /// The attachments of one application, in the order of its own list.
    pub fn attachments_of(&self, application: &ApplicationId) -> impl Iterator<Item = &Attachment> {
        self.attachments.iter().filter(move |attachment| attachment.application == *application)
    }
}
