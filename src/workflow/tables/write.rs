//! The file of an application as the office would write it: groups in the order of the form, entries of lists under each other, and
//! nothing that says nothing.

use serde_json::{Map, Value};

use crate::domain::application::Application;

/// The groups in the order in which an office reads them.
const ORDER: [&str; 26] = [
    "schema",
    "id",
    "item",
    "title",
    "tier",
    "received",
    "applicant",
    "consortium",
    "direction",
    "demand",
    "positioning",
    "function",
    "conditions",
    "sharing",
    "operation",
    "money",
    "funding",
    "cost",
    "income",
    "schedule",
    "compliance",
    "history",
    "performance",
    "self_score",
    "attachment",
    "narrative",
];

/// The text of `applications/<id>.toml`.
#[must_use]
pub fn application(application: &Application) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(application) else { return String::new() };
    let mut text = String::new();
    let mut groups = String::new();
    for name in ORDER {
        let Some(value) = fields.shift_remove(name) else { continue };
        match &value {
            Value::Object(group) if !is_bilingual(group) || name == "narrative" => table(&mut groups, name, group),
            Value::Array(entries) if !entries.is_empty() => entries.iter().for_each(|entry| list_entry(&mut groups, name, entry)),
            value if is_said(value) => line(&mut text, name, value),
            _ => {}
        }
    }
    text + &groups
}

fn is_bilingual(group: &Map<String, Value>) -> bool {
    group.len() == 2 && group.contains_key("zh") && group.contains_key("en")
}

/// Whether a value says anything. English that is missing is said, because both languages belong to a text.
fn is_said(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(entries) => !entries.is_empty(),
        Value::Object(group) => is_bilingual(group) || group.values().any(is_said),
        Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Fields that must be written even where they are empty.
const NEEDED: [&str; 4] = ["zh", "en", "family", "gates"];

fn table(out: &mut String, name: &str, group: &Map<String, Value>) {
    let of_tables = |value: &Value| value.as_object().filter(|inner| !inner.is_empty() && inner.values().all(Value::is_object)).cloned();
    let gates = group.get("gates").and_then(of_tables);
    if !group.values().any(is_said) && name != "narrative" && name != "compliance" {
        return;
    }
    out.push_str(&format!("\n[{name}]\n"));
    for (key, value) in group.iter().filter(|(key, value)| is_said(value) || NEEDED.contains(&key.as_str())) {
        if key != "gates" || gates.is_none() {
            line(out, key, value);
        }
    }
    if let Some(gates) = gates {
        out.push_str(&format!("\n[{name}.gates]\n"));
        gates.iter().for_each(|(gate, answer)| line(out, gate, answer));
    }
}

fn list_entry(out: &mut String, name: &str, entry: &Value) {
    out.push_str(&format!("\n[[{name}]]\n"));
    for (key, value) in entry.as_object().into_iter().flatten().filter(|(_, value)| is_said(value)) {
        line(out, key, value);
    }
}

fn line(out: &mut String, key: &str, value: &Value) {
    out.push_str(&format!("{key} = {}\n", inline(value)));
}

fn inline(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => toml::Value::String(text.clone()).to_string(),
        Value::Array(entries) => format!("[{}]", entries.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(group) => {
            let said = group.iter().filter(|(key, value)| is_said(value) || NEEDED.contains(&key.as_str()));
            let fields: Vec<String> = said.map(|(key, value)| format!("{key} = {}", inline(value))).collect();
            if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
