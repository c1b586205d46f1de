//! The list over which a panel goes: every flag with what was decided on it.

use std::collections::BTreeMap;

use crate::domain::{
    consolidate::derivation::{Flag, ItemResult},
    decision::FlagRuling,
    deviation::{DeviationFlag, FlagKey},
    ids::{ApplicationId, ItemId},
};

/// A flag, or a decision whose flag is gone since, because the score was corrected or the sheet is void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagLine {
    /// Item.
    pub item: ItemId,
    /// Application.
    pub application: ApplicationId,
    /// Which flag.
    pub key: FlagKey,
    /// The flag, where it still stands.
    pub flag: Option<DeviationFlag>,
    /// What was decided.
    pub ruling: Option<FlagRuling>,
}

impl FlagLine {
    /// Whether the panel still has to decide. A request to score again decides nothing.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.flag.is_some() && !matches!(self.ruling, Some(FlagRuling::Uphold { .. } | FlagRuling::Void { .. }))
    }
}

/// All flags of `results` and all `rulings`: by item in the order of the notice, then by application, then flags as they were raised.
#[must_use]
pub fn flag_lines(results: &[ItemResult], rulings: &BTreeMap<(ApplicationId, FlagKey), FlagRuling>) -> Vec<FlagLine> {
    let mut lines = Vec::new();
    for item in results {
        let mut applications: Vec<_> = item.applications.iter().collect();
        applications.sort_by(|one, other| one.id.cmp(&other.id));
        for application in applications {
            let line = |key: FlagKey, flag: Option<&DeviationFlag>| FlagLine {
                item: item.id.clone(),
                application: application.id.clone(),
                ruling: rulings.get(&(application.id.clone(), key.clone())).cloned(),
                key,
                flag: flag.cloned(),
            };
            let flags: Vec<&DeviationFlag> = application.flags.iter().filter_map(deviation).collect();
            lines.extend(flags.iter().map(|flag| line(flag.key(), Some(flag))));
            let gone = |key: &FlagKey| !flags.iter().any(|flag| flag.key() == *key);
            let decided = rulings.keys().filter(|(id, key)| *id == application.id && gone(key));
            lines.extend(decided.map(|(_, key)| line(key.clone(), None)));
        }
    }
    lines
}

const fn deviation(flag: &Flag) -> Option<&DeviationFlag> {
    match flag {
        Flag::Deviation(flag) => Some(flag),
        Flag::Untrimmed { .. } => None,
    }
}
