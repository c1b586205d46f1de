//! What an aggregate bundle says, made from the results and the record that it holds. The same content gives the same bytes, so a
//! verifier makes them again and compares.

use std::collections::BTreeMap;

use crate::{
    domain::{
        ids::CallId,
        register::{Merged, file::RegisterFile, record::Record},
        text::Language,
    },
    report::register as page,
    workflow::{StepError, files::json_bytes},
};

/// Where the register lies, below `data/`.
pub const REGISTER: &str = "register.json";
/// Where the province's record lies, below `data/`.
pub const RECORD: &str = "record.toml";
/// Where the list of trusted offices lies, below `data/`.
pub const OFFICES: &str = "offices.allowed_signers";
/// Where result bundles lie as they came, below `data/`.
pub const RESULTS: &str = "results/";
/// Pages for people, below `data/`, with their language.
pub const PAGES: [(&str, Language, bool); 4] = [
    ("register.zh-cn.html", Language::Zh, false),
    ("register.en.html", Language::En, false),
    ("public/recommended.zh-cn.html", Language::Zh, true),
    ("public/recommended.en.html", Language::En, true),
];
/// The list of recommendations for a spreadsheet, below `data/`.
pub const PUBLIC_LIST: &str = "public/recommended.csv";

/// What the documents are made from.
pub struct Subject<'a> {
    /// Name of the register.
    pub register: &'a CallId,
    /// Revision, from 1.
    pub revision: u32,
    /// Results that count, and files that do not.
    pub merged: &'a Merged,
    /// What followed.
    pub record: &'a Record,
}

/// All documents, by their name below `data/`.
///
/// # Errors
/// When a document cannot be written.
pub fn derived(subject: &Subject<'_>) -> Result<BTreeMap<String, Vec<u8>>, StepError> {
    let file = RegisterFile::of(subject.register, subject.revision, subject.merged, subject.record);
    let value = serde_json::to_value(&file).map_err(|error| StepError::Output(error.into()))?;
    let mut members = BTreeMap::from([(REGISTER.to_owned(), json_bytes(&value))]);
    for (name, language, is_public) in PAGES {
        let bytes = if is_public { page::public_list(&file, subject.record, language) } else { page::overview(&file, language) };
        members.insert(name.to_owned(), bytes);
    }
    let list = page::public_table(&file, Language::Zh).map_err(|error| StepError::Output(std::io::Error::other(error)))?;
    members.insert(PUBLIC_LIST.to_owned(), list);
    Ok(members)
}

/// Whether a member below `data/` is a page.
#[must_use]
pub fn is_page(below: &str) -> bool {
    PAGES.iter().any(|(name, ..)| *name == below) || below == PUBLIC_LIST
}
