//! Texts in all files: no hidden characters anywhere, nothing left to fill in, and both languages in what the office writes.

use serde::Serialize;
use serde_json::Value;

use crate::{
    domain::{
        finding::Finding,
        hostile::{has_hostile, has_hostile_in_prose},
        load::file::{File, application_name},
        package::Package,
        text::Language,
    },
    msg,
};

/// Keys whose value is one line: names, titles and codes. Everything else may run over several lines.
const ONE_LINE: [&str; 14] = [
    "name",
    "title",
    "employer",
    "code",
    "file",
    "city",
    "county",
    "legal_rep",
    "contact",
    "recommender",
    "office",
    "version",
    "document",
    "rubric",
];

/// What an empty package folder has where the office is to write something, in either language.
const TO_FILL: [&str; 2] = ["【待填】", "[to fill in]"];

pub(super) fn check(package: &Package, out: &mut Vec<Finding>) {
    walk_file("call.toml", &package.call, true, out);
    walk_file("roster.toml", &package.roster, true, out);
    walk_file("recusals.toml", &package.recusals, true, out);
    walk_file("reference/industry-map.toml", &package.map, true, out);
    walk_file("reference/existing-bases.toml", &package.bases, true, out);
    walk_file("reference/codes.toml", &package.codes, true, out);
    for application in &package.applications {
        walk_file(&application_name(application), application, false, out);
    }
    for (language, name) in [(Language::Zh, "pledge.zh-CN.md"), (Language::En, "pledge.en.md")] {
        let text = package.pledge.text.get(language);
        let mut file = File::new(name, out);
        if text.trim().is_empty() {
            file.error("", msg!("err-language-missing"), msg!("rec-language-missing"));
        } else if has_hostile_in_prose(text) {
            file.error("", msg!("err-hostile"), msg!("rec-hostile"));
        }
    }
}

fn walk_file(name: &str, document: &impl Serialize, bilingual: bool, out: &mut Vec<Finding>) {
    if let Ok(whole) = serde_json::to_value(document) {
        let name = if whole.is_array() { format!("{name}#recusal") } else { format!("{name}#") };
        walk(&mut Walk { bilingual, out }, &name, false, &whole);
    }
}

struct Walk<'a> {
    /// Whether a text that has two languages needs both. Applicants may write Chinese only.
    bilingual: bool,
    out: &'a mut Vec<Finding>,
}

fn walk(state: &mut Walk, path: &str, one_line: bool, node: &Value) {
    match node {
        Value::String(text) => check_text(state, path, one_line, text),
        Value::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                walk(state, &format!("{path}[{index}]"), one_line, entry);
            }
        }
        Value::Object(group) => {
            let is_pair = group.len() == 2 && group.contains_key("zh") && group.contains_key("en");
            for (key, entry) in group {
                let below = if path.ends_with('#') { format!("{path}{key}") } else { format!("{path}.{key}") };
                let is_line = if is_pair { one_line } else { ONE_LINE.contains(&key.as_str()) };
                if is_pair && state.bilingual && entry.as_str().is_some_and(|text| text.trim().is_empty()) {
                    state.out.push(Finding::error(below.clone(), msg!("err-language-missing"), msg!("rec-language-missing")));
                }
                if has_hostile(key) {
                    state.out.push(Finding::error(path, msg!("err-hostile"), msg!("rec-hostile")));
                }
                walk(state, &below, is_line, entry);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn check_text(state: &mut Walk, path: &str, one_line: bool, text: &str) {
    let is_bad = if one_line { has_hostile(text) } else { has_hostile_in_prose(text) };
    if is_bad {
        state.out.push(Finding::error(path, msg!("err-hostile"), msg!("rec-hostile")));
    }
    if TO_FILL.iter().any(|mark| text.contains(mark)) {
        state.out.push(Finding::error(path, msg!("err-to-fill", found = text), msg!("rec-to-fill")));
    }
}
