//! What is to become a bundle.

use std::collections::BTreeMap;

use crate::bundle::{archive::Source, passport::Passport};

/// The content of a bundle before it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says about itself; its kind, identifiers and revision make the file name.
    pub passport: Passport,
    /// Everything below `data/` but `bundle.json`, by its name there.
    pub members: BTreeMap<String, Source>,
    /// Further tag files, by name: `allowed_signers`, `allowed_signers-dated`, `digests-sm3.txt`.
    pub tag_files: BTreeMap<String, Vec<u8>>,
}

impl Draft {
    /// A draft without content.
    #[must_use]
    pub const fn new(passport: Passport) -> Self {
        Self { passport, members: BTreeMap::new(), tag_files: BTreeMap::new() }
    }

    /// The same draft with `bytes` as the member `name` below `data/`.
    #[must_use]
    pub fn with(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.members.insert(name.to_owned(), Source::Bytes(bytes.into()));
        self
    }
}
