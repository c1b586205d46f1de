//! Texts: every id in both languages, with the same placeholders, and none that nobody uses.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, files, none, read};

const LANGUAGES: [&str; 2] = ["src/i18n/zh-CN.toml", "src/i18n/en.toml"];

fn texts(name: &str) -> BTreeMap<String, String> {
    toml::from_str(&read(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Every string literal of the source that has the form of a text id. Tables name ids as plain strings, so all literals count.
fn literals() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in files("src", ".rs") {
        let text = read(&name);
        for part in text.split('"').skip(1).step_by(1) {
            if is_id(part) {
                found.insert(part.to_owned());
            }
        }
    }
    found
}

fn is_id(text: &str) -> bool {
    text.contains('-')
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// The ids that `msg!` and `Message::new` name.
fn named() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for name in files("src", ".rs") {
        let text: String = code(&name).into_iter().map(|(_, line)| line + "\n").collect();
        for head in ["msg!(", "Message::new("] {
            for (at, _) in text.match_indices(head) {
                let rest = text[at + head.len()..].trim_start();
                if let Some(id) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    found.insert((id.to_owned(), name.clone()));
                }
            }
        }
    }
    found
}

fn placeholders(text: &str) -> BTreeSet<String> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

#[test]
fn every_message_of_the_source_has_a_text_in_both_languages() {
    for language in LANGUAGES {
        let known = texts(language);
        let missing: Vec<String> =
            named().into_iter().filter(|(id, _)| !known.contains_key(id)).map(|(id, name)| format!("{name}: {id}")).collect();
        none(&format!("{language} lacks"), &missing);
    }
}

#[test]
fn both_languages_say_the_same_things_with_the_same_values() {
    let [zh, en] = LANGUAGES.map(texts);
    let mut different = Vec::new();
    for (id, text) in &zh {
        match en.get(id) {
            None => different.push(format!("{id}: no English")),
            Some(other) if placeholders(text) != placeholders(other) => different.push(format!("{id}: other placeholders")),
            Some(_) => {}
        }
    }
    different.extend(en.keys().filter(|id| !zh.contains_key(*id)).map(|id| format!("{id}: no Chinese")));
    none("the two languages differ", &different);
}

#[test]
fn no_text_is_left_over() {
    let used = literals();
    let unused: Vec<String> = texts(LANGUAGES[0]).into_keys().filter(|id| !used.contains(id)).collect();
    none("texts that nobody uses", &unused);
}

#[test]
fn no_text_is_empty_or_holds_an_odd_character() {
    for language in LANGUAGES {
        let odd: Vec<String> = texts(language)
            .into_iter()
            .filter(|(_, text)| text.trim().is_empty() || text.chars().any(|c| c.is_control() && c != '\n'))
            .map(|(id, _)| id)
            .collect();
        none(language, &odd);
    }
}
