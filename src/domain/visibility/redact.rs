//! Taking names out of an application: the fields that hold them, and every text in which they occur.

use crate::domain::{
    application::{Application, Contribution, Cost, Funding, Income, Link, Member, Money, Schedule},
    names::{fold_char, folded},
};

/// What stands in place of a hidden name, the same in both languages.
pub const HIDDEN: &str = "［已隐去/hidden］";

/// A name shorter than this is not looked for inside other texts: one character would hit half the document.
const SHORTEST_NAME: usize = 2;

/// `application` without the names, codes and contacts of the applicant and of those who build with it.
pub(super) fn without_names(application: &Application) -> Application {
    let names = Names::of(application);
    let mut shown = application.clone();
    for text in texts(&mut shown) {
        names.hide_in(text);
    }
    for field in named_fields(&mut shown).into_iter().filter(|field| !field.is_empty()) {
        HIDDEN.clone_into(field);
    }
    shown
}

/// The fields that are a name, code or contact as a whole.
fn named_fields(application: &mut Application) -> Vec<&mut String> {
    let applicant = &mut application.applicant;
    let mut fields = vec![&mut applicant.name, &mut applicant.code, &mut applicant.legal_rep, &mut applicant.contact];
    fields.extend(application.consortium.iter_mut().map(|member| &mut member.name));
    fields
}

/// Every free text of an application. Codes and ids are left out: they are words of the code lists, not of the applicant.
fn texts(application: &mut Application) -> Vec<&mut String> {
    let Application { title, applicant, consortium, direction, demand, positioning, functions, conditions, sharing, operation, .. } =
        application;
    let mut all = vec![&mut title.zh, &mut title.en, &mut applicant.county, &mut applicant.recommender];
    all.extend(consortium.iter_mut().flat_map(member_texts));
    all.extend([&mut direction.chain, &mut direction.chain_position, &mut direction.park, &mut demand.gap_evidence]);
    all.extend(direction.major_categories.iter_mut());
    all.extend(demand.employers.iter_mut());
    all.extend([&mut positioning.distinctiveness, &mut positioning.strengths]);
    all.extend(positioning.compared.iter_mut().flat_map(|compared| [&mut compared.name, &mut compared.overlap]));
    all.extend(functions.iter_mut().flat_map(|function| [&mut function.unit, &mut function.plan]));
    all.extend([&mut conditions.site, &mut conditions.land_status]);
    all.extend(conditions.acceptance.iter_mut());
    all.push(&mut sharing.rules);
    all.extend(sharing.linked_platforms.iter_mut().chain(&mut sharing.linked_carriers).flat_map(link_texts));
    all.extend([&mut operation.operator, &mut operation.team, &mut operation.asset_title, &mut operation.supervising_dept]);
    all.extend(operation.rules.iter_mut());
    all.extend(later_texts(
        &mut application.funding,
        &mut application.money,
        &mut application.costs,
        &mut application.incomes,
        application.schedule.as_mut(),
    ));
    all.extend(application.compliance.gates.values_mut().map(|answer| &mut answer.note));
    all.extend(application.compliance.incidents.iter_mut());
    all.extend(application.history.iter_mut().flat_map(|history| &mut history.prior).map(|prior| &mut prior.verdict));
    all.extend(application.self_scores.iter_mut().map(|score| &mut score.evidence));
    all.extend(application.attachments.iter_mut().flat_map(|entry| [&mut entry.title.zh, &mut entry.title.en]));
    all.extend([&mut application.narrative.zh, &mut application.narrative.en]);
    all
}

/// The texts of money and time.
fn later_texts<'a>(
    funding: &'a mut [Funding],
    money: &'a mut Money,
    costs: &'a mut [Cost],
    incomes: &'a mut [Income],
    schedule: Option<&'a mut Schedule>,
) -> Vec<&'a mut String> {
    let mut all: Vec<&mut String> = funding.iter_mut().map(|line| &mut line.note).collect();
    all.extend(money.policy_requests.iter_mut());
    all.extend(costs.iter_mut().map(|cost| &mut cost.name));
    all.extend(incomes.iter_mut().map(|income| &mut income.name));
    all.extend(schedule.into_iter().flat_map(|schedule| &mut schedule.milestones).map(|milestone| &mut milestone.text));
    all
}

fn member_texts(member: &mut Member) -> impl Iterator<Item = &mut String> {
    std::iter::once(&mut member.role).chain(member.contribution.iter_mut().map(|contribution: &mut Contribution| &mut contribution.note))
}

fn link_texts(link: &mut Link) -> [&mut String; 2] {
    [&mut link.name, &mut link.note]
}

/// The names to hide, folded, longest first so that a short one never leaves half of a long one standing.
struct Names(Vec<Vec<char>>);

impl Names {
    fn of(application: &Application) -> Self {
        let applicant = &application.applicant;
        let own = [&applicant.name, &applicant.code, &applicant.legal_rep, &applicant.contact];
        let all = own.into_iter().chain(application.consortium.iter().map(|member| &member.name));
        let mut names: Vec<Vec<char>> = all.map(|name| folded(name).chars().collect()).collect();
        names.retain(|name: &Vec<char>| name.len() >= SHORTEST_NAME);
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self(names)
    }

    fn hide_in(&self, text: &mut String) {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            if let Some(after) = self.0.iter().find_map(|name| strip(rest, name)) {
                shown.push_str(HIDDEN);
                rest = after;
            } else {
                shown.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
        *text = shown;
    }
}

/// What follows `name` at the start of `text`, spaces and widths inside it disregarded; `None` when it does not start so.
fn strip<'a>(text: &'a str, name: &[char]) -> Option<&'a str> {
    let mut wanted = name.iter();
    let mut next = wanted.next()?;
    for (at, c) in text.char_indices() {
        match fold_char(c) {
            // A space before the name belongs to the text; one inside it belongs to the name.
            None if at == 0 => return None,
            None => {}
            Some(folded) if folded == *next => match wanted.next() {
                Some(more) => next = more,
                None => return text.get(at.saturating_add(c.len_utf8())..),
            },
            Some(_) => return None,
        }
    }
    None
}
