//! Which fields an application has, read off the type itself, so that a rubric cannot point at a field that does not exist.

use std::{collections::BTreeMap, sync::LazyLock};

use schemars::schema_for;
use serde_json::Value;

use crate::domain::application::Application;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// An exact figure.
    Figure,
    /// A list; its figure is the number of entries.
    List,
    /// A group of further fields.
    Group,
    /// Text, a code, a day or yes and no.
    Text,
}

impl FieldKind {
    /// Whether [`Application::figure`] can give a figure for it.
    #[must_use]
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Figure | Self::List)
    }
}

static KNOWN: LazyLock<BTreeMap<String, FieldKind>> = LazyLock::new(|| {
    let schema = schema_for!(Application).to_value();
    let mut found = BTreeMap::new();
    walk(&schema, &schema, "", &mut found);
    found
});

/// What stands in the field `path`, for example `sharing.targets.visits`; `None` when no application has such a field.
#[must_use]
pub fn kind(path: &str) -> Option<FieldKind> {
    KNOWN.get(path).copied()
}

/// All fields, by path.
pub fn paths() -> impl Iterator<Item = &'static str> {
    KNOWN.keys().map(String::as_str)
}

/// Goes down through groups; a list is a leaf, because a path reaches a list only as a whole.
fn walk(root: &Value, node: &Value, path: &str, found: &mut BTreeMap<String, FieldKind>) {
    let node = resolved(root, node);
    let Some(properties) = node.get("properties").and_then(Value::as_object) else { return };
    for (name, child) in properties {
        let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let child = resolved(root, child);
        found.insert(below.clone(), kind_of(child));
        walk(root, child, &below, found);
    }
}

fn kind_of(node: &Value) -> FieldKind {
    let word = |key: &str| node.get(key).and_then(Value::as_str).unwrap_or_default();
    let holds = |wanted: &str| match node.get("type") {
        Some(Value::Array(types)) => types.iter().any(|one| one == wanted),
        Some(one) => one == wanted,
        None => false,
    };
    if holds("array") {
        FieldKind::List
    } else if node.get("properties").is_some() || holds("object") {
        FieldKind::Group
    } else if holds("integer") || matches!(word("format"), "amount" | "points") {
        FieldKind::Figure
    } else {
        FieldKind::Text
    }
}

/// Follows references, and takes the present side of an optional field.
fn resolved<'a>(root: &'a Value, node: &'a Value) -> &'a Value {
    let target = node.get("$ref").and_then(Value::as_str).and_then(|link| root.pointer(link.strip_prefix('#')?));
    let present = || node.get("anyOf").and_then(Value::as_array).and_then(|sides| sides.iter().find(|side| !is_null(side)));
    match target.or_else(present) {
        Some(next) => resolved(root, next),
        None => node,
    }
}

fn is_null(side: &Value) -> bool {
    side.get("type").is_some_and(|kind| kind == "null")
}
