//! Codes: known, and in force on the day the session opens. A call of 2021 is not judged by a list of 2023.

use crate::{
    domain::{application::Application, load::file::File, package::Package, reference::Code, time::Day, wording::unknown_advice},
    msg,
};

/// The eleven prefecture-level cities of Shanxi (GB/T 2260).
pub const CITIES: [&str; 11] =
    ["140100", "140200", "140300", "140400", "140500", "140600", "140700", "140800", "140900", "141000", "141100"];

/// Fields whose few words are fixed by the policy rather than by `reference/codes.toml`. A blank is left to [`super::REQUIRED`].
const FIXED: [(&str, &[&str]); 6] = [
    ("demand.radiation", &["county", "city", "province", "beyond"]),
    ("conditions.build_kind", &["new", "rebuild", "extend"]),
    ("operation.cooperation_form", &["ppp", "share", "mixed", "other"]),
    ("direction.centre_roles", &["technology", "practice", "demonstration"]),
    ("direction.talent_outputs", &["innovative", "applied", "skilled"]),
    ("conditions.management_systems", &["design", "workshop", "site", "board", "quality", "equipment"]),
];

/// Whether something dated is in force on `day`.
pub(super) fn is_in_force(day: Option<Day>, from: Option<Day>, to: Option<Day>) -> bool {
    day.is_none_or(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
}

/// The code is in `list` and in force on `day`.
pub(super) fn check_code(file: &mut File, path: &str, code: &str, list: &[Code], day: Option<Day>) {
    let known: Vec<&str> = list.iter().map(|entry| entry.code.as_str()).collect();
    let mut entries = list.iter().filter(|entry| entry.code == code).peekable();
    if entries.peek().is_none() {
        file.error(path, msg!("err-code-unknown", code = code), unknown_advice(code, &known));
    } else if !entries.any(|entry| is_in_force(day, entry.valid_from, entry.valid_to)) {
        file.error(path, msg!("err-code-not-in-force", code = code, day = shown(day)), msg!("rec-code-not-in-force"));
    }
}

/// The city is one of the eleven.
pub(super) fn check_city(file: &mut File, path: &str, city: &str) {
    if !CITIES.contains(&city) {
        file.error(path, msg!("err-city-unknown", code = city), unknown_advice(city, &CITIES));
    }
}

/// A day as it is shown; empty where none is known.
pub(super) fn shown(day: Option<Day>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// All codes of one application.
pub(super) fn check_application(file: &mut File, package: &Package, application: &Application) {
    let (codes, day) = (&package.codes, package.call.session.opens.day());
    let direction = &application.direction;
    check_city(file, "applicant.city", &application.applicant.city);
    if !direction.family.is_empty() {
        check_code(file, "direction.family", &direction.family, &codes.families, day);
    }
    let functions = application.functions.iter().enumerate().map(|(index, line)| (format!("function[{index}].code"), line.code.as_str()));
    let platforms = application.sharing.linked_platforms.iter().enumerate();
    let platforms = platforms.map(|(index, link)| (format!("sharing.linked_platforms[{index}].kind"), link.kind.as_str()));
    check_all(file, functions, &codes.functions, day);
    check_all(file, platforms, &codes.platforms, day);
    check_all(file, listed("direction.industries", &direction.industries), &codes.industries, day);
    check_all(file, listed("direction.services", &direction.services), &codes.services, day);
    check_all(file, listed("direction.strategies", &direction.strategies), &codes.strategies, day);
    check_all(file, listed("sharing.audiences", &application.sharing.audiences), &codes.audiences, day);
    check_cluster(file, package, application, day);
    check_fixed(file, application);
}

fn listed<'a>(path: &'a str, codes: &'a [String]) -> impl Iterator<Item = (String, &'a str)> {
    codes.iter().enumerate().map(move |(index, code)| (format!("{path}[{index}]"), code.as_str()))
}

fn check_all<'a>(file: &mut File, found: impl Iterator<Item = (String, &'a str)>, list: &[Code], day: Option<Day>) {
    for (path, code) in found {
        check_code(file, &path, code, list, day);
    }
}

fn check_cluster(file: &mut File, package: &Package, application: &Application, day: Option<Day>) {
    let Some(id) = &application.direction.cluster else { return };
    let Some(cluster) = package.map.cluster(id) else {
        let known: Vec<&str> = package.map.clusters.iter().map(|cluster| cluster.id.as_str()).collect();
        file.error("direction.cluster", msg!("err-cluster-unknown", cluster = id), unknown_advice(id.as_str(), &known));
        return;
    };
    if !is_in_force(day, Some(cluster.valid_from), cluster.valid_to) {
        let what = msg!("err-code-not-in-force", code = id, day = shown(day));
        file.error("direction.cluster", what, msg!("rec-code-not-in-force"));
    }
    if cluster.city != application.applicant.city {
        let what = msg!("warn-cluster-city", cluster = id, city = &cluster.city, applicant = &application.applicant.city);
        file.warning("direction.cluster", what, msg!("rec-cluster-city"));
    }
}

fn check_fixed(file: &mut File, application: &Application) {
    for (path, allowed) in FIXED {
        let found = match application.field(path) {
            Some(serde_json::Value::String(word)) if !word.is_empty() => vec![(path.to_owned(), word)],
            Some(serde_json::Value::Array(words)) => {
                let words = words.iter().enumerate();
                words.filter_map(|(index, word)| Some((format!("{path}[{index}]"), word.as_str()?.to_owned()))).collect()
            }
            _ => Vec::new(),
        };
        for (path, word) in found.iter().filter(|(_, word)| !allowed.contains(&word.as_str())) {
            file.error(path, msg!("err-code-unknown", code = word), unknown_advice(word, allowed));
        }
    }
}
