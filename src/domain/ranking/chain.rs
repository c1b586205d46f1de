//! The chain: equal totals are parted step by step, and what a step leaves equal goes on to the next one.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::domain::{
    consolidate::input::ItemInput,
    exact::Exact,
    ids::ApplicationId,
    ranking::{Apart, ChairRuling, Compares, Rule, Standing, Step},
};

/// Applications of one rank.
pub(super) struct Group {
    /// By id.
    pub(super) members: Vec<Standing>,
    /// What set the group apart from the one above.
    pub(super) apart: Apart,
    /// The step that waits for a record, where there are several members.
    pub(super) waits: Option<String>,
}

/// All groups, best first.
pub(super) fn groups(rule: &Rule, mut standings: Vec<Standing>, item: &ItemInput) -> Vec<Group> {
    // Ids only put the rows of one rank in a fixed order; they part nobody.
    standings.sort_by(|one, other| other.total.cmp(&one.total).then_with(|| one.id.cmp(&other.id)));
    let records = Records::of(item);
    let mut groups = Vec::with_capacity(standings.len());
    let mut rest = standings.into_iter().peekable();
    while let Some(first) = rest.next() {
        let total = first.total;
        let mut equal = vec![first];
        while let Some(next) = rest.next_if(|next| next.total == total) {
            equal.push(next);
        }
        let apart = if groups.is_empty() { Apart::First } else { Apart::Total };
        part(&rule.steps, &records, equal, apart, &mut groups);
    }
    groups
}

/// Parts `equal` by the first of `steps`, and each part by the others.
fn part(steps: &[Step], records: &Records<'_>, equal: Vec<Standing>, apart: Apart, out: &mut Vec<Group>) {
    let [step, later @ ..] = steps else {
        out.push(Group { members: equal, apart, waits: None });
        return;
    };
    if equal.len() < 2 {
        out.push(Group { members: equal, apart, waits: None });
        return;
    }
    let Some(keys) = records.keys(step.compares, &equal) else {
        out.push(Group { members: equal, apart, waits: Some(step.word.clone()) });
        return;
    };
    let mut parts: BTreeMap<Reverse<Exact>, Vec<Standing>> = BTreeMap::new();
    for (key, standing) in keys.into_iter().zip(equal) {
        parts.entry(Reverse(key)).or_default().push(standing);
    }
    for (place, part_equal) in parts.into_values().enumerate() {
        let apart = if place == 0 { apart.clone() } else { Apart::Step(step.word.clone()) };
        part(later, records, part_equal, apart, out);
    }
}

/// What is recorded about ties, by place of each application in a ruling or a lot.
struct Records<'a> {
    item: &'a ItemInput,
    lot: BTreeMap<&'a ApplicationId, usize>,
}

impl<'a> Records<'a> {
    fn of(item: &'a ItemInput) -> Self {
        let lot = item.lot.iter().flat_map(|lot| lot.order.iter().enumerate()).map(|(place, id)| (id, place)).collect();
        Self { item, lot }
    }

    /// What `compares` says of each of `equal`, the larger the better; `None` where a record is missing for any of them.
    fn keys(&self, compares: Compares, equal: &[Standing]) -> Option<Vec<Exact>> {
        match compares {
            Compares::Figure(place) => equal.iter().map(|one| one.figures.get(place).copied()).collect(),
            Compares::Vote => {
                let votes = |one: &Standing| self.item.ties.votes.get(&one.id).map(|count| Exact::whole(i64::from(*count)));
                equal.iter().map(votes).collect()
            }
            Compares::Chair => {
                let ruled =
                    |ruling: &&ChairRuling| !ruling.reason.trim().is_empty() && equal.iter().all(|one| ruling.order.contains(&one.id));
                let ruling = self.item.ties.chair.iter().find(ruled)?;
                equal.iter().map(|one| ruling.order.iter().position(|id| *id == one.id).and_then(ahead)).collect()
            }
            Compares::Lot => equal.iter().map(|one| self.lot.get(&one.id).copied().and_then(ahead)).collect(),
        }
    }
}

/// A place in an order as a figure: the earlier the larger.
fn ahead(place: usize) -> Option<Exact> {
    Exact::ZERO.minus(Exact::count(place)).ok()
}
