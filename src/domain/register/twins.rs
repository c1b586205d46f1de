//! The same thing applied for twice (一(二)1 一钱多用, 3 避免重复建设): one project in two calls, one cost line in two applications. Shown,
//! never decided.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::domain::{
    ids::{ApplicationId, CallId},
    names::folded,
    number::Amount,
    register::{ApplicationLine, PanelResult},
};

/// An application of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Whose {
    /// Call.
    pub call: CallId,
    /// Application.
    pub application: ApplicationId,
}

/// A project that stands in two calls or twice in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SameProject {
    /// Title, as the first of them writes it.
    pub title: String,
    /// Applicant, as the first of them writes it.
    pub applicant: String,
    /// The applications, at least two.
    pub applications: Vec<Whose>,
}

/// A cost line that several applications claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SameCost {
    /// What it buys, as the first of them writes it.
    pub name: String,
    /// Amount in 万元.
    pub amount: Amount,
    /// The applications, at least two.
    pub applications: Vec<Whose>,
}

/// Projects of one name and one applicant, by credit code or name, apart from spaces and widths.
#[must_use]
pub fn projects(panels: &[PanelResult]) -> Vec<SameProject> {
    let mut found: BTreeMap<(String, String), Vec<(Whose, &ApplicationLine)>> = BTreeMap::new();
    for (whose, application) in all(panels) {
        let applicant = if application.code.is_empty() { &application.applicant } else { &application.code };
        found.entry((folded(&application.title.zh), folded(applicant))).or_default().push((whose, application));
    }
    let line = |mut same: Vec<(Whose, &ApplicationLine)>| {
        same.sort_by(|(one, _), (other, _)| one.cmp(other));
        let (_, first) = same.first()?;
        let (title, applicant) = (first.title.zh.clone(), first.applicant.clone());
        (same.len() > 1).then(|| SameProject { title, applicant, applications: same.into_iter().map(|(whose, _)| whose).collect() })
    };
    found.into_values().filter_map(line).collect()
}

/// Cost lines of one name and one amount in different applications.
#[must_use]
pub fn costs(panels: &[PanelResult]) -> Vec<SameCost> {
    let mut found: BTreeMap<(String, Amount), (String, BTreeSet<Whose>)> = BTreeMap::new();
    let mut lines: Vec<(Whose, &ApplicationLine)> = all(panels).collect();
    lines.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (whose, application) in lines {
        for cost in &application.costs {
            let entry = found.entry((folded(&cost.name), cost.amount)).or_insert_with(|| (cost.name.clone(), BTreeSet::new()));
            entry.1.insert(whose.clone());
        }
    }
    let line = |((_, amount), (name, of)): ((String, Amount), (String, BTreeSet<Whose>))| {
        (of.len() > 1).then(|| SameCost { name, amount, applications: of.into_iter().collect() })
    };
    found.into_iter().filter_map(line).collect()
}

fn all(panels: &[PanelResult]) -> impl Iterator<Item = (Whose, &ApplicationLine)> {
    panels.iter().filter(|panel| panel.selects()).flat_map(|panel| {
        let whose = |application: &ApplicationLine| Whose { call: panel.call.id.clone(), application: application.id.clone() };
        panel.applications().map(move |(_, application)| (whose(application), application))
    })
}
