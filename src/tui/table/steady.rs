//! How firm the ranks are: the same arithmetic without one reviewer, and by other methods. Advisory 仅供参考; tried after a frame that
//! shows ranks, once after every act, and not at all where that would keep the screen waiting.

use super::TableView;
use crate::{
    domain::{
        consolidate::derivation::ItemResult,
        ids::ApplicationId,
        rubric::Method,
        table::{act::Removal, input},
    },
    insight::stability::{self, Firmness, Places, Variation},
};

/// Sheets times variations up to which the ranks are tried another way at once.
const MOST: usize = 20_000;

/// The methods that are tried beside the declared one.
const METHODS: [(&str, Method); 3] = [("mean", Method::Mean), ("median", Method::Median), ("trimmed-mean", Method::TrimmedMean)];

/// One item's firmness.
#[derive(Debug, Clone)]
pub struct Firm {
    ids: Vec<ApplicationId>,
    firmness: Vec<Firmness>,
}

/// The firmness of all items.
#[derive(Debug, Clone, Default)]
pub struct Steadiness(Vec<Firm>);

impl Steadiness {
    /// How firm the place of `id` is.
    #[must_use]
    pub fn of(&self, id: &ApplicationId) -> Option<&Firmness> {
        self.0.iter().find_map(|item| item.firmness.get(item.ids.iter().position(|one| one == id)?))
    }
}

impl<'a> TableView<'a> {
    /// How firm the ranks are; `None` where it was not tried yet, or there are too many sheets to try it at once.
    #[must_use]
    pub fn steadiness(&self) -> Option<&'a Steadiness> {
        self.index.steady.get().and_then(Option::as_ref)
    }

    /// Whether it was tried since the last act.
    #[must_use]
    pub fn is_tried(&self) -> bool {
        self.index.steady.get().is_some()
    }

    /// Tries it. That takes a moment, so whoever asks has drawn a frame before.
    pub fn try_ranks(&self) {
        self.index.steady.get_or_init(|| self.try_others());
    }

    fn try_others(&self) -> Option<Steadiness> {
        let active: Vec<_> = self.index.members.iter().filter(|code| self.given.contains_key(*code)).cloned().collect();
        let own = self.package.rubric.scoring.method;
        let is_other = |(_, method): &&(&str, Method)| {
            *method != own && (*method != Method::TrimmedMean || self.package.rubric.scoring.trim.is_some())
        };
        let methods: Vec<&'static str> = METHODS.iter().filter(is_other).map(|(id, _)| *id).collect();
        let variations = stability::variations(&active, &methods);
        let sheets = self.index.cases.len().saturating_mul(active.len());
        if sheets.saturating_mul(variations.len()) > MOST || self.index.trouble.is_some() {
            return None;
        }
        let others: Vec<(&Variation, Option<Vec<ItemResult>>)> = variations.iter().map(|one| (one, self.otherwise(one))).collect();
        let firm = |item: &ItemResult| {
            let ids: Vec<ApplicationId> = item.applications.iter().map(|one| one.id.clone()).collect();
            let winners = self.package.call.item(&item.id).map_or(1, |item| item.winners);
            let quota = usize::try_from(winners).unwrap_or(usize::MAX);
            let rank = |wanted: &Variation| {
                let found = others.iter().find(|(one, _)| *one == wanted).and_then(|(_, results)| results.as_ref())?;
                found.iter().find(|other| other.id == item.id).map(|other| places(other, &ids))
            };
            Firm { firmness: stability::stability(&places(item, &ids), quota, &variations, rank).applications, ids }
        };
        Some(Steadiness(self.index.results.iter().map(firm).collect()))
    }

    fn otherwise(&self, variation: &Variation) -> Option<Vec<ItemResult>> {
        match variation {
            Variation::Without(code) => {
                // As if the panel had set the member's sheets aside; the bundles themselves stay where they are.
                let mut table = self.table().clone();
                table.removed.insert(code.clone(), Removal::Void { authority: String::new(), reason: String::new() });
                input::results(self.package, &table, self.given, &self.sha256).ok()
            }
            Variation::Method(id) => {
                let mut package = self.package.clone();
                package.rubric.scoring.method = METHODS.iter().find(|(known, _)| known == id).map(|(_, method)| *method)?;
                input::results(&package, self.table(), self.given, &self.sha256).ok()
            }
        }
    }
}

fn places(item: &ItemResult, ids: &[ApplicationId]) -> Places {
    ids.iter().map(|id| item.ranking.row(id).map(|row| row.rank)).collect()
}
