//! Worked examples: a file of `[[case]]` that a domain expert can read and dispute.

use serde::{Deserialize, de::DeserializeOwned};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases<T> {
    case: Vec<T>,
}

/// The cases of a file. One without any would prove nothing.
pub(crate) fn worked<T: DeserializeOwned>(text: &str) -> Vec<T> {
    let Cases { case } = toml::from_str(text).unwrap();
    assert!(!case.is_empty());
    case
}
