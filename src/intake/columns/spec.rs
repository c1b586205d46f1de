//! Which fields a table can fill in, read off the type itself: no field is forgotten here, and none is invented.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::intake::schema;

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf {
    /// Text.
    Text,
    /// An amount, up to four places.
    Amount,
    /// Points.
    Points,
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// Yes or no.
    Truth,
    /// An identifier.
    Id,
    /// A list of texts or codes, in one cell.
    List,
}

/// The fields of one kind of record. A path of a list's field is `funding[].amount`.
#[derive(Debug)]
pub struct Spec {
    /// The fields.
    pub leaves: BTreeMap<String, Leaf>,
    /// Fields without which a record or an entry of a list cannot stand.
    pub required: Vec<String>,
    /// Words that a field is limited to by its type.
    pub words: BTreeMap<String, Vec<String>>,
}

/// A map by identifier, as the answers to the formal check are: its entries are given like those of a list, with the identifier in a
/// field of its own.
pub const GATES: &str = "compliance.gates[]";

impl Spec {
    /// The fields of `T`.
    pub(super) fn of<T: schemars::JsonSchema>() -> Self {
        let mut spec = Self { leaves: BTreeMap::new(), required: Vec::new(), words: BTreeMap::new() };
        let schema = schema::of::<T>();
        let root = schema.as_value();
        spec.walk(root, root, "");
        spec
    }

    /// The list that a path goes through, the innermost one: `consortium[].contribution[]`. Empty for a field of the record itself.
    #[must_use]
    pub fn list_of(path: &str) -> &str {
        path.rfind("[]").and_then(|at| path.get(..at.saturating_add(2))).unwrap_or_default()
    }

    fn walk(&mut self, root: &Value, node: &Value, prefix: &str) {
        let node = resolved(root, node);
        let required: Vec<&str> = node.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
        for (name, child) in node.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let path = format!("{prefix}{name}");
            let inner = resolved(root, child);
            if required.contains(&name.as_str()) {
                self.required.push(path.clone());
            }
            self.field(root, inner, &path);
        }
    }

    fn field(&mut self, root: &Value, node: &Value, path: &str) {
        let is = |wanted: &str| node.get("type").is_some_and(|kind| kind == wanted || list_has(kind, wanted));
        if node.get("properties").is_some() {
            return self.walk(root, node, &format!("{path}."));
        }
        if let Some(entries) = node.get("additionalProperties").filter(|entries| entries.is_object()) {
            self.leaves.insert(format!("{path}[].gate"), Leaf::Id);
            self.required.push(format!("{path}[].gate"));
            return self.walk(root, entries, &format!("{path}[]."));
        }
        if is("array") {
            let items = node.get("items").map(|items| resolved(root, items));
            return match items.filter(|items| items.get("properties").is_some()) {
                Some(items) => self.walk(root, items, &format!("{path}[].")),
                None => drop(self.leaves.insert(path.to_owned(), Leaf::List)),
            };
        }
        let words = words(node);
        if !words.is_empty() {
            self.words.insert(path.to_owned(), words);
        }
        let leaf = match node.get("format").and_then(Value::as_str) {
            _ if is("boolean") => Leaf::Truth,
            _ if is("integer") => Leaf::Whole,
            Some("amount") => Leaf::Amount,
            Some("points") => Leaf::Points,
            Some("day") => Leaf::Day,
            Some("id") => Leaf::Id,
            _ => Leaf::Text,
        };
        self.leaves.insert(path.to_owned(), leaf);
    }
}

fn list_has(kind: &Value, wanted: &str) -> bool {
    kind.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == wanted))
}

/// Follows references, and takes the present side of an optional field.
fn resolved<'a>(root: &'a Value, node: &'a Value) -> &'a Value {
    let target = node.get("$ref").and_then(Value::as_str).and_then(|link| root.pointer(link.strip_prefix('#')?));
    let sides = node.get("anyOf").and_then(Value::as_array);
    let present = || sides.and_then(|sides| sides.iter().find(|side| side.get("type").is_none_or(|kind| kind != "null")));
    target.or_else(present).map_or(node, |next| resolved(root, next))
}

fn words(node: &Value) -> Vec<String> {
    let own = node.get("enum").and_then(Value::as_array).into_iter().flatten();
    let sides = node.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let single = sides.clone().filter_map(|side| side.get("const"));
    let several = sides.filter_map(|side| side.get("enum").and_then(Value::as_array)).flatten();
    own.chain(single).chain(several).filter_map(Value::as_str).map(str::to_owned).collect()
}
