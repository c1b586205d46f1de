//! Values put into a record by their paths, `funding[0].amount`.

use serde_json::{Map, Value};

/// One step of a path.
enum Step<'a> {
    Key(&'a str),
    Entry(usize),
}

/// Puts `value` at `path`, making groups and entries on the way.
pub(super) fn set(root: &mut Value, path: &str, value: Value) {
    put(root, &steps(path), value);
}

/// Takes the field at `path` away from its group.
pub(super) fn remove(root: &mut Value, path: &str) {
    let (above, name) = path.rsplit_once('.').map_or((None, path), |(above, name)| (Some(above), name));
    let group = match above {
        Some(above) => root.pointer_mut(&format!("/{}", above.replace('.', "/"))),
        None => Some(root),
    };
    if let Some(fields) = group.and_then(Value::as_object_mut) {
        fields.shift_remove(name);
    }
}

/// The value at `path`.
pub(super) fn get<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    steps(path).iter().try_fold(root, |here, step| match step {
        Step::Key(name) => here.get(name),
        Step::Entry(index) => here.get(index),
    })
}

/// How many entries the list at `path` has.
pub(super) fn len(root: &Value, path: &str) -> usize {
    get(root, path).and_then(Value::as_array).map_or(0, Vec::len)
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let of = |part| -> Vec<Step<'_>> {
        let (name, indices) = str::split_once(part, '[').unwrap_or((part, ""));
        let entries = indices.split('[').filter_map(|index| index.trim_end_matches(']').parse().ok()).map(Step::Entry);
        std::iter::once(Step::Key(name)).chain(entries).collect()
    };
    path.split('.').flat_map(of).collect()
}

fn put(here: &mut Value, steps: &[Step<'_>], value: Value) {
    match steps.split_first() {
        None => *here = value,
        Some((Step::Key(name), rest)) => {
            if !here.is_object() {
                *here = Value::Object(Map::new());
            }
            if let Value::Object(map) = here {
                put(map.entry((*name).to_owned()).or_insert(Value::Null), rest, value);
            }
        }
        Some((Step::Entry(index), rest)) => {
            if !here.is_array() {
                *here = Value::Array(Vec::new());
            }
            if let Value::Array(list) = here {
                while list.len() <= *index {
                    list.push(Value::Null);
                }
                if let Some(entry) = list.get_mut(*index) {
                    put(entry, rest, value);
                }
            }
        }
    }
}
