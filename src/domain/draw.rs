//! The draw of reviewers from a pool 抽取专家: an order that nobody chose and anybody can repeat by hand.
//!
//! Every code gets a lot, the SHA-256 of the seed, a slash and the code; the smallest lot is drawn first. The seed must be fixed before
//! witnesses after the pool is closed, because whoever knows the pool can try seeds; the program cannot see to that.

use crate::domain::ids::PersonCode;

/// A code with its lot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lot {
    /// 64 hexadecimal digits.
    pub digest: String,
    /// Whose it is.
    pub code: PersonCode,
}

/// The lots of these codes, in the order in which they are drawn, whatever the order in which they are given. `digest` gives the
/// SHA-256 of a text as 64 lower-case hexadecimal digits.
pub fn draw<'a>(seed: &str, codes: impl Iterator<Item = &'a PersonCode>, digest: &dyn Fn(&str) -> String) -> Vec<Lot> {
    let mut lots: Vec<Lot> = codes.map(|code| Lot { digest: digest(&format!("{seed}/{code}")), code: code.clone() }).collect();
    lots.sort();
    lots
}
