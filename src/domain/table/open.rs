//! What is still open before the result can be sealed 签署: each point says what it is and what to do. The board lists them, sealing
//! refuses while there is one, and whoever verifies a result asks again.

use std::collections::BTreeSet;

use crate::{
    domain::{
        consolidate::derivation::{Block, ItemResult},
        correction::Stage,
        decision::{self, FlagDecision, Opinion},
        deviation::FlagKey,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::{Person, Role},
        ranking::{
            Place,
            quota::{self, Breach, Winner},
        },
        sheet::Declaration,
        table::{
            Table,
            act::{Removal, Signature},
            input::{self, Submissions},
            seat,
            telling::flag_words,
        },
        text::{Explain, Message},
    },
    msg,
};

/// Something that keeps the result from being sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenPoint {
    /// The scores were not put together yet.
    Draft,
    /// The result was signed already; another one needs a re-review.
    Signed,
    /// A member's bundle is not here.
    Bundle(PersonCode),
    /// Those who sit are no panel under the call's rule: what, and what to do.
    Panel(Message, Message),
    /// Too few members are present to decide.
    Quorum {
        /// Members present.
        present: u32,
        /// Members who sit.
        sitting: u32,
    },
    /// A flag without a decision.
    Flag(ApplicationId, FlagKey),
    /// Figures of an item wait for a decision.
    Block(Block),
    /// A quota that is broken, and hard.
    Quota(Breach),
    /// The opinion of the panel lacks a part.
    Opinion(ApplicationId),
    /// The vote that the rubric asks for was not taken.
    Vote(ApplicationId),
    /// A member's stand on the report is not recorded.
    Member(PersonCode),
}

/// Everything that is still open, in the order in which a chair settles it.
#[must_use]
pub fn open_points(package: &Package, table: &Table, given: &Submissions, results: &[ItemResult]) -> Vec<OpenPoint> {
    let mut points = Vec::new();
    let awaited: BTreeSet<PersonCode> = input::missing(package, table, given).into_iter().map(|missing| missing.reviewer).collect();
    points.extend(awaited.into_iter().map(OpenPoint::Bundle));
    match table.progress.stage {
        Stage::Draft => points.push(OpenPoint::Draft),
        Stage::Consolidated => {}
        Stage::Signed | Stage::Published | Stage::Final => points.push(OpenPoint::Signed),
    }
    points.extend(panel(package, table));
    let decisions: Vec<FlagDecision> = table.decisions().collect();
    for application in results.iter().flat_map(|item| &item.applications) {
        let flags = decision::open_flags(application, &decisions);
        points.extend(flags.into_iter().map(|flag| OpenPoint::Flag(application.id.clone(), flag.key())));
    }
    points.extend(results.iter().flat_map(|item| &item.blocks).cloned().map(OpenPoint::Block));
    points.extend(breaches(package, results).into_iter().filter(Breach::blocks).map(OpenPoint::Quota));
    let scored = package.applications.iter().filter(|application| package.is_scored(&application.id));
    let votes = package.rubric.vote.is_some();
    let unvoted = scored.clone().filter(|application| votes && !table.votes.contains_key(&application.id));
    points.extend(unvoted.map(|application| OpenPoint::Vote(application.id.clone())));
    let silent = scored.filter(|application| !has_opinion(table.opinions.get(&application.id)));
    points.extend(silent.map(|application| OpenPoint::Opinion(application.id.clone())));
    let unsigned = sitting(package, table).filter(|person| !table.members.contains_key(&person.code));
    points.extend(unsigned.map(|person| OpenPoint::Member(person.code.clone())));
    points
}

/// The members who sit, in whatever item: those who score, without those who fell out everywhere, with those who took a place.
pub fn sitting<'a>(package: &'a Package, table: &'a Table) -> impl Iterator<Item = &'a Person> {
    seat::members(package, table).filter(|person| !table.removed.get(&person.code).is_some_and(Removal::is_whole))
}

/// Whoever fills each seat of the panel; a seat whose last holder's opinion is void is empty.
fn seated<'a>(package: &'a Package, table: &'a Table) -> impl Iterator<Item = &'a Person> {
    package.roster.scoring().filter_map(|person| holder(package, table, person))
}

/// Who fills the seat of `member` now, after everybody who took it from somebody else.
fn holder<'a>(package: &'a Package, table: &'a Table, member: &'a Person) -> Option<&'a Person> {
    let mut person = member;
    // A record that was tampered with can name people in a circle.
    for _ in 0..=table.removed.len() {
        let Some(removal) = table.removed.get(&person.code).filter(|removal| removal.is_whole()) else { return Some(person) };
        person = package.roster.person(removal.successor()?)?;
    }
    None
}

/// Whose signatures belong to the result: whoever presides, the deputy where the chair stayed out of an application, and everybody
/// who supervises.
#[must_use]
pub fn signers(package: &Package, given: &Submissions, presides: &PersonCode) -> Vec<(Role, PersonCode)> {
    let people = &package.roster.people;
    let stays_out = |application: &ApplicationId| {
        let declared = given.get(presides).map(|submission| submission.desk.sheet(application).declaration);
        package.recusal(application, presides).is_some() || matches!(declared, Some(Some(Declaration::Conflict { .. })))
    };
    let needs_deputy = package.applications.iter().any(|application| stays_out(&application.id));
    let belongs = |person: &&Person| match person.role {
        Role::Chair => person.code == *presides,
        Role::Deputy => person.code == *presides || needs_deputy,
        Role::Supervisor => true,
        _ => false,
    };
    people.iter().filter(belongs).map(|person| (person.role, person.code.clone())).collect()
}

/// Quotas that the winners break, soft ones too.
#[must_use]
pub fn breaches(package: &Package, results: &[ItemResult]) -> Vec<Breach> {
    let rows = results.iter().flat_map(|item| &item.ranking.rows).filter(|row| row.place == Place::Winner);
    let winners: Vec<Winner> = rows.filter_map(|row| Some(Winner::of(package.application(&row.id)?, row.tied))).collect();
    quota::check(&package.call.quota, &winners)
}

/// Whether all five parts of an opinion say something.
fn has_opinion(opinion: Option<&Opinion>) -> bool {
    opinion.is_some_and(|opinion| opinion.missing().is_empty())
}

fn panel(package: &Package, table: &Table) -> Vec<OpenPoint> {
    let rule = &package.call.panel;
    let count = |people: usize| u32::try_from(people).unwrap_or(u32::MAX);
    let size = count(seated(package, table).count());
    let experts = count(seated(package, table).filter(|person| person.expert).count());
    let shortcomings = decision::shortcomings(rule, size.into(), experts.into());
    let mut points: Vec<OpenPoint> = shortcomings.into_iter().map(|(what, advice)| OpenPoint::Panel(what, advice)).collect();
    let is_absent = |person: &&Person| table.members.get(&person.code) == Some(&Signature::Absent);
    let present = size.saturating_sub(count(seated(package, table).filter(is_absent).count()));
    if !decision::is_quorate(present, size, &rule.quorum) {
        points.push(OpenPoint::Quorum { present, sitting: size });
    }
    points
}

impl Explain for OpenPoint {
    fn what(&self) -> Message {
        match self {
            Self::Draft => msg!("open-draft"),
            Self::Signed => msg!("open-signed"),
            Self::Bundle(code) => msg!("open-bundle", code = code),
            Self::Panel(what, _) => what.clone(),
            Self::Quorum { present, sitting } => msg!("open-quorum", present = present, sitting = sitting),
            Self::Flag(application, flag) => msg!("open-flag", application = application).with_message("flag", flag_words(flag)),
            Self::Block(block) => block.text(),
            Self::Quota(breach) => breach.what(),
            Self::Opinion(application) => msg!("open-opinion", application = application),
            Self::Vote(application) => msg!("open-vote", application = application),
            Self::Member(code) => msg!("open-member", code = code),
        }
    }

    fn advice(&self) -> Message {
        match self {
            Self::Draft => msg!("rec-open-draft"),
            Self::Signed => msg!("rec-progress-signed"),
            Self::Bundle(_) => msg!("rec-open-bundle"),
            Self::Panel(_, advice) => advice.clone(),
            Self::Quorum { .. } => msg!("rec-open-quorum"),
            Self::Flag(..) => msg!("rec-open-flag"),
            Self::Block(Block::Tie(_)) => msg!("rec-open-tie"),
            Self::Block(_) => msg!("rec-open-block"),
            Self::Quota(breach) => breach.advice(),
            Self::Opinion(_) => msg!("rec-open-opinion"),
            Self::Vote(_) => msg!("rec-open-vote"),
            Self::Member(_) => msg!("rec-open-member"),
        }
    }
}
