//! The roster: one person, one code, one key; and a panel that is lawfully composed.

use std::collections::BTreeMap;

use crate::{
    domain::{
        decision::shortcomings,
        finding::Finding,
        load::file::File,
        names::{folded, same_name},
        package::Package,
        panel::{Person, Role, Roster},
        wording::unknown_advice,
    },
    msg,
};

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    let roster = &package.roster;
    let mut file = File::new("roster.toml", out);
    file.check_schema(roster.schema);
    file.check_unique(roster.people.iter().enumerate().map(|(index, person)| (format!("person[{index}].code"), person.code.as_str())));
    check_people(&mut file, roster);
    check_keys(&mut file, roster);
    check_replacements(&mut file, roster);
    check_offices(&mut file, package);
    check_size(&mut file, package);
}

/// One human being stands on the roster once: a second line would be a second vote.
fn check_people(file: &mut File, roster: &Roster) {
    let mut seen: BTreeMap<(String, String), &Person> = BTreeMap::new();
    for (index, person) in roster.people.iter().enumerate() {
        for (key, text) in [("name", &person.name), ("employer", &person.employer)] {
            if text.trim().is_empty() {
                file.error(&format!("person[{index}].{key}"), msg!("err-empty"), msg!("rec-empty"));
            }
        }
        let who = (folded(&person.name), folded(&person.employer));
        match seen.get(&who) {
            Some(first) => {
                let what = msg!("err-person-twice", code = &person.code, first = &first.code);
                file.error(&format!("person[{index}].name"), what, msg!("rec-person-twice"));
            }
            None => drop(seen.insert(who, person)),
        }
    }
}

/// No key belongs to two people, and none that was given up is in use.
fn check_keys(file: &mut File, roster: &Roster) {
    let mut owners: BTreeMap<String, &Person> = BTreeMap::new();
    for (index, person) in roster.people.iter().enumerate() {
        let current = person.key.iter().map(|key| ("key.public".to_owned(), &key.public));
        let given_up = person.revoked.iter().enumerate().map(|(number, key)| (format!("revoked[{number}].public"), &key.public));
        for (key, public) in current.chain(given_up) {
            let path = format!("person[{index}].{key}");
            if !is_key_line(public) {
                file.error(&path, msg!("err-key-form"), msg!("rec-key-form"));
                continue;
            }
            match owners.get(public.as_str()) {
                Some(owner) if owner.code == person.code => {
                    file.error(&path, msg!("err-key-again", code = &person.code), msg!("rec-key-again"));
                }
                Some(owner) => {
                    file.error(&path, msg!("err-key-shared", code = &person.code, other = &owner.code), msg!("rec-key-shared"));
                }
                None => drop(owners.insert(public.clone(), person)),
            }
        }
    }
}

/// One OpenSSH line of an Ed25519 key without comment. Whether the bytes are a key is the business of whoever verifies.
fn is_key_line(line: &str) -> bool {
    let data = line.strip_prefix("ssh-ed25519 ").unwrap_or_default();
    !data.is_empty() && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'='))
}

fn check_replacements(file: &mut File, roster: &Roster) {
    let codes: Vec<&str> = roster.people.iter().map(|person| person.code.as_str()).collect();
    let mut taken: BTreeMap<&str, &Person> = BTreeMap::new();
    for (index, person) in roster.people.iter().enumerate() {
        let Some(place) = &person.replaces else { continue };
        let path = format!("person[{index}].replaces");
        match roster.person(place) {
            None => file.error(&path, msg!("err-replaces-unknown", code = place), unknown_advice(place.as_str(), &codes)),
            Some(replaced) if replaced.code == person.code || replaced.replaces.as_ref() == Some(&person.code) => {
                file.error(&path, msg!("err-replaces-circle", code = place), msg!("rec-replaces-circle"));
            }
            Some(replaced) if replaced.role.scores() != person.role.scores() => {
                file.error(&path, msg!("err-replaces-role", code = place), msg!("rec-replaces-role"));
            }
            Some(_) => {}
        }
        if let Some(first) = taken.insert(place.as_str(), person) {
            file.error(&path, msg!("err-replaces-twice", code = place, first = &first.code), msg!("rec-replaces-twice"));
        }
    }
}

/// Exactly one chair sits, and somebody keeps the office.
fn check_offices(file: &mut File, package: &Package) {
    let roster = &package.roster;
    let chairs: Vec<&Person> = roster.scoring().filter(|person| person.role == Role::Chair).collect();
    if chairs.len() != 1 {
        file.error("person", msg!("err-chair", found = chairs.len()), msg!("rec-chair"));
    }
    if !roster.people.iter().any(|person| person.role == Role::Office) {
        file.error("person", msg!("err-no-office"), msg!("rec-no-office"));
    }
    // Order 87 §45: who organises the review may not lead the panel.
    for chair in chairs.iter().filter(|chair| same_name(&chair.employer, &package.call.office.zh)) {
        file.warning("person", msg!("warn-chair-organiser", code = &chair.code), msg!("rec-chair-organiser"));
    }
}

/// 招标投标法 §37 and the call's own rules.
fn check_size(file: &mut File, package: &Package) {
    let rule = &package.call.panel;
    let size = package.roster.scoring().count() as u64;
    let experts = package.roster.scoring().filter(|person| person.expert).count() as u64;
    for (what, advice) in shortcomings(rule, size, experts) {
        file.error("person", what, advice);
    }
}
