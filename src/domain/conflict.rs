//! Conflict suggestions: what the tool notices before the reviewer is asked. It suggests; the person declares.

use crate::domain::{
    application::Application,
    panel::{Ground, Person},
    text::Message,
};

/// A suggested ground, with what was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Ground.
    pub ground: Ground,
    /// What was noticed, for example that the employer is the applicant.
    pub why: Message,
}

/// What speaks for a recusal of `person` from `application`.
#[must_use]
pub fn suggest(person: &Person, application: &Application) -> Vec<Suggestion> {
    let _ = (person, application);
    Vec::new()
}
