//! Two JSON documents digit by digit: which number of which application is stated, and which one follows from the signed sheets.

use std::fmt::Write as _;

use serde_json::Value;

/// Most differences that are told; a changed rule changes all figures.
const MOST: usize = 20;
/// Fields by which the rows of a list are told apart.
const NAMES: [&str; 6] = ["id", "reviewer", "criterion", "of", "code", "bundle"];

/// A place where two documents differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Application, where the place is inside one.
    pub application: Option<String>,
    /// The place inside it, for example `criteria.A1.mean`.
    pub place: String,
    /// What is stated; `-` where nothing is.
    pub stated: String,
    /// What follows.
    pub found: String,
}

/// Where `stated` differs from `found`, at most twenty places, in reading order.
#[must_use]
pub fn differences(stated: &Value, found: &Value) -> Vec<Difference> {
    let mut differences = Vec::new();
    walk(stated, found, &Place::default(), &mut differences);
    differences
}

#[derive(Debug, Clone, Default)]
struct Place {
    application: Option<String>,
    path: String,
}

impl Place {
    fn below(&self, step: &str) -> Self {
        let mut path = self.path.clone();
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(step);
        Self { application: self.application.clone(), path }
    }

    /// Inside a list called `applications`, the row's name is the application's.
    fn row(&self, name: &str) -> Self {
        let is_application = self.path == "applications" || self.path.ends_with(".applications");
        if is_application { Self { application: Some(name.to_owned()), path: String::new() } } else { self.below(name) }
    }
}

fn walk(stated: &Value, found: &Value, place: &Place, into: &mut Vec<Difference>) {
    if stated == found || into.len() >= MOST {
        return;
    }
    match (stated, found) {
        (Value::Object(ours), Value::Object(theirs)) => {
            for (key, value) in ours {
                walk(value, theirs.get(key).unwrap_or(&Value::Null), &place.below(key), into);
            }
            for (key, value) in theirs.iter().filter(|(key, _)| !ours.contains_key(*key)) {
                walk(&Value::Null, value, &place.below(key), into);
            }
        }
        (Value::Array(ours), Value::Array(theirs)) => rows(ours, theirs, place, into),
        _ => into.push(Difference {
            application: place.application.clone(),
            place: place.path.clone(),
            stated: short(stated),
            found: short(found),
        }),
    }
}

/// Rows that have a name are compared by it, so that one left out does not make all that follow differ. Of several with one name the
/// first is compared with the first, the second with the second.
fn rows(ours: &[Value], theirs: &[Value], place: &Place, into: &mut Vec<Difference>) {
    let before = into.len();
    let (own, others) = (names(ours), names(theirs));
    let find = |names: &[Name], name: &Name| names.iter().position(|other| other == name);
    for (one, name) in ours.iter().zip(&own) {
        let other = find(&others, name).and_then(|at| theirs.get(at));
        walk(one, other.unwrap_or(&Value::Null), &place.row(&name.0), into);
    }
    for (other, name) in theirs.iter().zip(&others).filter(|(_, name)| find(&own, name).is_none()) {
        walk(&Value::Null, other, &place.row(&name.0), into);
    }
    if before == into.len() && into.len() < MOST {
        let order = |names: &[Name]| names.iter().map(|name| name.0.as_str()).collect::<Vec<_>>().join(", ");
        let (stated, found) = (order(&own), order(&others));
        into.push(Difference { application: place.application.clone(), place: place.path.clone(), stated, found });
    }
}

/// What a row is called, and how many rows before it are called the same.
type Name = (String, usize);

/// The names of rows; a row that has none goes by its place.
fn names(rows: &[Value]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let name = name(row).unwrap_or_else(|| at.to_string());
        let same = names.iter().filter(|(other, _)| *other == name).count();
        names.push((name, same));
    }
    names
}

fn name(row: &Value) -> Option<String> {
    let fields = row.as_object()?;
    NAMES.iter().find_map(|key| fields.get(*key)).and_then(Value::as_str).map(str::to_owned)
}

/// A value on one line, shortened.
fn short(value: &Value) -> String {
    let text = match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        // Writing to a text cannot fail.
        let _ = write!(short, "..");
    }
    short
}
