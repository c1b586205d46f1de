//! Conflict suggestions: what the tool notices before the reviewer is asked. It suggests; the person declares.

use crate::{
    domain::{
        application::Application,
        names::same_name,
        package::Package,
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

/// A person and an application that something speaks against, and nobody has decided about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict<'a> {
    /// The application.
    pub application: &'a Application,
    /// The person.
    pub person: &'a Person,
    /// What was noticed; at least one.
    pub suggestions: Vec<Suggestion>,
}

/// Every pair that something speaks against, by application and then in roster order; alternates too, since they may be called.
/// A pair on which a recusal or a rejected objection stands is decided, and left out.
#[must_use]
pub fn undecided(package: &Package) -> Vec<Conflict<'_>> {
    let mut applications: Vec<&Application> = package.applications.iter().collect();
    applications.sort_by(|one, other| one.id.cmp(&other.id));
    let mut found = Vec::new();
    for application in applications {
        for person in package.roster.people.iter().filter(|person| person.role.scores()) {
            let is_decided = package.recusals.iter().any(|known| known.application == application.id && known.person == person.code);
            let suggestions = if is_decided { Vec::new() } else { suggest(person, application) };
            if !suggestions.is_empty() {
                found.push(Conflict { application, person, suggestions });
            }
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
