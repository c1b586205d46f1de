//! What each role may see. Lists, counts, search and exports all run on this projection, never on the whole.

mod redact;

use crate::domain::{application::Application, call::Blind, panel::Role};

pub use redact::HIDDEN;

/// Something that not everybody may see (domain reference 1.7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// One's own sheets, drafts included.
    OwnSheets,
    /// Sheets of others that were handed in.
    OthersSheets,
    /// Sheets of others that were not handed in.
    OthersDrafts,
    /// Names and contacts of applicants where the call hides them.
    ApplicantNames,
    /// Names of reviewers where the call hides them.
    ReviewerNames,
    /// The consolidated result before it is published.
    Results,
}

/// All things.
pub const THINGS: [Thing; 6] =
    [Thing::OwnSheets, Thing::OthersSheets, Thing::OthersDrafts, Thing::ApplicantNames, Thing::ReviewerNames, Thing::Results];

/// Whether `role` may see `thing`. No role sees a draft of somebody else: scoring is independent (政府采购法实施条例 §41).
///
/// The chair scores too, so where applicants are hidden they are hidden from the chair; but the chair accepts the sheets, and
/// cannot verify a signature without knowing whose it is.
#[must_use]
pub const fn may(role: Role, thing: Thing) -> bool {
    use Role::{Chair, Deputy, Office, Province, Reviewer, Scrutineer, Supervisor, Teller, ThirdParty};
    match thing {
        Thing::OwnSheets => role.scores(),
        Thing::OthersSheets => matches!(role, Office | Chair | Deputy | Supervisor | Province),
        Thing::OthersDrafts => false,
        Thing::ApplicantNames => matches!(role, Office | Supervisor | Province),
        Thing::ReviewerNames => matches!(role, Office | Chair | Deputy | Supervisor | Teller | Scrutineer | Province),
        Thing::Results => matches!(role, Office | Reviewer | Chair | Deputy | Supervisor | ThirdParty | Province),
    }
}

/// `application` as a reviewer may see it: without names and contacts where the call hides the applicant.
///
/// What stands inside an attachment is not covered: the office must blacken those files itself.
#[must_use]
pub fn for_reviewer(application: &Application, blind: &Blind) -> Application {
    if blind.applicant { redact::without_names(application) } else { application.clone() }
}
