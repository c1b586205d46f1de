//! The lot 抽签: an order that nobody can choose once the bundles are signed, and that anybody can repeat.

use std::collections::BTreeSet;

use crate::domain::ids::{ApplicationId, ItemId};

/// A lot as it was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// Item it was drawn for.
    pub item: ItemId,
    /// Seed, 64 hexadecimal digits.
    pub seed: String,
    /// All applications of the item, first one first.
    pub order: Vec<ApplicationId>,
}

/// Draws the lot of `item`: the seed is the SHA-256 of the sorted digests of all accepted score bundles, joined by line feeds, then a
/// line feed and the item; applications stand in the order of the SHA-256 of seed bytes and id. `None` where there is no bundle,
/// because a seed without them could be known beforehand.
///
/// `sha256` comes from outside: the rules name no hash crate.
#[must_use]
pub fn draw<'a>(
    item: &ItemId,
    bundles: impl IntoIterator<Item = &'a str>,
    applications: impl IntoIterator<Item = &'a ApplicationId>,
    sha256: impl Fn(&[u8]) -> [u8; 32],
) -> Option<Lot> {
    // Several sheets come in one bundle, so digests repeat.
    let digests: BTreeSet<&str> = bundles.into_iter().filter(|digest| !digest.is_empty()).collect();
    if digests.is_empty() {
        return None;
    }
    let text = format!("{}\n{item}", digests.into_iter().collect::<Vec<_>>().join("\n"));
    let seed = sha256(text.as_bytes());
    let mut drawn: Vec<([u8; 32], &ApplicationId)> =
        applications.into_iter().map(|id| (sha256(&[seed.as_slice(), id.as_str().as_bytes()].concat()), id)).collect();
    drawn.sort();
    let order = drawn.into_iter().map(|(_, id)| id.clone()).collect();
    Some(Lot { item: item.clone(), seed: seed.iter().map(|byte| format!("{byte:02x}")).collect(), order })
}
