//! Overlap of an application with existing bases and with other applications (一(二)3 错位建设). Shown, never scored.

use crate::{
    domain::{
        application::{Application, Cost},
        ids::{ApplicationId, BaseId},
        names::same_name,
        package::Package,
        reference::{Base, Code, words},
        text::{Bilingual, Message},
        time::Day,
    },
    msg,
};

/// One overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// With what.
    pub with: Other,
    /// What is the same: city, industry, functions, cost line; one message each.
    pub shared: Vec<Message>,
    /// Strength from 1 (one thing in common) upward; the list is ordered by it.
    pub weight: u32,
}

/// The other side of an overlap.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Other {
    /// An existing base.
    Base(BaseId),
    /// Another application of the call.
    Application(ApplicationId),
}

/// The overlaps of `application`, strongest first.
///
/// Two plans overlap only where they serve the same industry or cluster or claim the same cost line; then city and functions
/// in common weigh too. City or functions alone are no overlap: nearly every base trains somebody somewhere.
#[must_use]
pub fn of(package: &Package, application: &Application) -> Vec<Overlap> {
    let day = package.call.session.opens.day();
    let bases = package.bases.bases.iter().filter(|base| is_in_force(base, day)).filter_map(|base| with_base(package, application, base));
    let others = package.applications.iter().filter(|other| other.id != application.id);
    let mut found: Vec<Overlap> = bases.chain(others.filter_map(|other| with_application(package, application, other))).collect();
    found.sort_by(|one, other| other.weight.cmp(&one.weight).then_with(|| one.with.cmp(&other.with)));
    found
}

fn is_in_force(base: &Base, day: Option<Day>) -> bool {
    day.is_none_or(|day| base.valid_from <= day && base.valid_to.is_none_or(|last| day <= last))
}

fn with_base(package: &Package, application: &Application, base: &Base) -> Option<Overlap> {
    let industries = common(industries_of(application), std::slice::from_ref(&base.industry));
    let core = industry_messages(package, &industries);
    let functions = common(function_codes(application), &base.functions);
    overlap(package, Other::Base(base.id.clone()), core, (&application.applicant.city, &base.city), &functions)
}

fn with_application(package: &Package, application: &Application, other: &Application) -> Option<Overlap> {
    let industries = common(industries_of(application), &other.direction.industries);
    let mut core = industry_messages(package, &industries);
    if let Some(cluster) = application.direction.cluster.as_ref().filter(|cluster| other.direction.cluster.as_ref() == Some(cluster)) {
        core.push(match package.map.cluster(cluster) {
            Some(known) => msg!("overlap-cluster").with_both("cluster", &known.name),
            None => msg!("overlap-cluster", cluster = cluster),
        });
    }
    core.extend(common_costs(application, other).map(|cost| msg!("overlap-cost", cost = &cost.name, amount = cost.amount)));
    let functions = common(function_codes(application), &function_codes(other));
    overlap(package, Other::Application(other.id.clone()), core, (&application.applicant.city, &other.applicant.city), &functions)
}

/// The cost lines of `application` that `other` claims too: same name and same amount.
pub(super) fn common_costs<'a>(application: &'a Application, other: &'a Application) -> impl Iterator<Item = &'a Cost> {
    let claims = |cost: &&Cost| other.costs.iter().any(|twin| twin.amount == cost.amount && same_name(&twin.name, &cost.name));
    application.costs.iter().filter(claims)
}

fn overlap(package: &Package, with: Other, core: Vec<Message>, cities: (&str, &str), functions: &[&str]) -> Option<Overlap> {
    if core.is_empty() {
        return None;
    }
    let mut shared = core;
    if cities.0 == cities.1 {
        shared.push(match package.codes.city(cities.0) {
            Some(city) => msg!("overlap-city").with_both("city", &city.name),
            None => msg!("overlap-city", city = cities.0),
        });
    }
    shared.extend(functions.iter().map(|code| named(msg!("overlap-function"), "function", &package.codes.functions, code)));
    let weight = u32::try_from(shared.len()).unwrap_or(u32::MAX);
    Some(Overlap { with, shared, weight })
}

fn industry_messages(package: &Package, industries: &[&str]) -> Vec<Message> {
    industries.iter().map(|code| named(msg!("overlap-industry"), "industry", &package.codes.industries, code)).collect()
}

/// The message with the words of `code`, or with the code itself where it has none.
fn named(message: Message, place: &'static str, list: &[Code], code: &str) -> Message {
    let name: Option<&Bilingual> = words(list, code);
    match name {
        Some(name) => message.with_both(place, name),
        None => message.with(place, code),
    }
}

fn industries_of(application: &Application) -> impl Iterator<Item = &str> {
    application.direction.industries.iter().map(String::as_str)
}

fn function_codes(application: &Application) -> Vec<&str> {
    application.functions.iter().map(|function| function.code.as_str()).collect()
}

/// What stands in both lists, once each, in the order of the first.
fn common<'a>(one: impl IntoIterator<Item = &'a str>, other: &[impl AsRef<str>]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for code in one {
        if other.iter().any(|twin| twin.as_ref() == code) && !found.contains(&code) {
            found.push(code);
        }
    }
    found
}
