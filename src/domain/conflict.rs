//! Conflict suggestions: what the tool notices before the reviewer is asked. It suggests; the person declares.

use crate::{
    domain::{
        application::Application,
        names::same_name,
        panel::{Ground, Person},
        text::Message,
    },
    msg,
};

/// A suggested ground, with what was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Ground.
    pub ground: Ground,
    /// What was noticed, for example that the employer is the applicant.
    pub why: Message,
}

/// What speaks for a recusal of `person` from `application`: an employer of now or of the last three years is the applicant
/// or builds with it (政府采购法实施条例 §9).
#[must_use]
pub fn suggest(person: &Person, application: &Application) -> Vec<Suggestion> {
    let employers = std::iter::once((true, &person.employer)).chain(person.earlier_employers.iter().map(|earlier| (false, earlier)));
    let mut found = Vec::new();
    for (is_now, employer) in employers {
        if let Some(why) = noticed(application, employer, is_now) {
            found.push(Suggestion { ground: Ground::Employment, why });
        }
    }
    found
}

fn noticed(application: &Application, employer: &str, is_now: bool) -> Option<Message> {
    if same_name(employer, &application.applicant.name) {
        return Some(if is_now {
            msg!("conflict-employer-applicant", employer = employer)
        } else {
            msg!("conflict-earlier-applicant", employer = employer)
        });
    }
    if !application.consortium.iter().any(|member| same_name(employer, &member.name)) {
        return None;
    }
    Some(if is_now { msg!("conflict-employer-member", employer = employer) } else { msg!("conflict-earlier-member", employer = employer) })
}
