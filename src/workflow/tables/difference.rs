//! In which fields two records differ.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Its path, for example `funding[0].amount`.
    pub path: String,
    /// What stands there now; nothing where the field is new.
    pub before: String,
    /// What would stand there; nothing where the field goes.
    pub after: String,
}

/// The fields in which `after` differs from `before`; all of them where there is nothing to compare with.
pub(super) fn between<T: Serialize>(before: Option<&T>, after: &T) -> Vec<FieldChange> {
    let flat = |record: &T| {
        let mut found = BTreeMap::new();
        flatten(&serde_json::to_value(record).unwrap_or_default(), String::new(), &mut found);
        found
    };
    let (old, new) = (before.map(flat).unwrap_or_default(), flat(after));
    let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
    paths.sort();
    paths.dedup();
    let of = |side: &BTreeMap<String, String>, path: &String| side.get(path).cloned().unwrap_or_default();
    let differs = paths.into_iter().filter(|path| of(&old, path) != of(&new, path));
    differs.map(|path| FieldChange { path: path.clone(), before: of(&old, path), after: of(&new, path) }).collect()
}

fn flatten(value: &Value, path: String, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(field, below, found);
            }
        }
        Value::Array(entries) => {
            for (at, entry) in entries.iter().enumerate() {
                flatten(entry, format!("{path}[{at}]"), found);
            }
        }
        Value::Null => {}
        Value::String(text) => drop(found.insert(path, text.clone())),
        other => drop(found.insert(path, other.to_string())),
    }
}
