//! Conflict suggestions: what the tool notices before the reviewer is asked. It suggests; the person declares.

use crate::{
    domain::{
        application::Application,
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

/// What speaks for a recusal of `person` from `application`: an employer, now or within three years, that applies or builds with
/// the applicant (政府采购法实施条例 §9).
#[must_use]
pub fn suggest(person: &Person, application: &Application) -> Vec<Suggestion> {
    let employers = std::iter::once(&person.employer).chain(&person.earlier_employers);
    employers.filter_map(|employer| suggestion(employer, application)).collect()
}

fn suggestion(employer: &str, application: &Application) -> Option<Suggestion> {
    let same = |name: &str| !employer.trim().is_empty() && plain(name) == plain(employer);
    let why = if same(&application.applicant.name) {
        msg!("say-conflict-applicant", employer = employer)
    } else {
        let member = application.consortium.iter().find(|member| same(&member.name))?;
        msg!("say-conflict-member", employer = employer, member = member.name)
    };
    Some(Suggestion { ground: Ground::Employment, why })
}

/// A name without white space and with full-width letters, digits and brackets made half-width, for comparison only.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        other => other,
    };
    name.chars().filter(|c| !c.is_whitespace()).map(half).collect()
}
