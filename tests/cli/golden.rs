//! Shapes that others read, as files that a person can look at. What differs from run to run is masked; everything else, the order
//! of the keys included, must stay. `PINGYI_GOLDEN=write` writes them anew, to be looked at before they are kept.

use std::{fs, path::Path};

use pingyi::domain::time::Moment;
use serde_json::{Value, json};

use crate::tidy::root;

/// Compares `document` with `golden/<name>.json`. Paths below `place` are written `<here>`.
#[track_caller]
pub(super) fn golden(name: &str, document: &Value, place: &Path) {
    let text = serde_json::to_string_pretty(&masked(document, &place.display().to_string())).unwrap() + "\n";
    let file = root().join("tests/cli/golden").join(format!("{name}.json"));
    if std::env::var("PINGYI_GOLDEN").as_deref() == Ok("write") {
        fs::write(&file, &text).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let line = kept.lines().zip(text.lines()).position(|(one, other)| one != other);
    assert!(kept == text, "golden/{name}.json differs, first in line {line:?}; now:\n{text}");
}

/// The document with what differs from run to run replaced by its kind.
fn masked(value: &Value, place: &str) -> Value {
    match value {
        Value::String(text) => json!(mask(text, place)),
        Value::Array(list) => list.iter().map(|one| masked(one, place)).collect(),
        Value::Object(fields) => {
            let one = |(name, one): (&String, &Value)| (name.clone(), if name == "size" { json!(0) } else { masked(one, place) });
            Value::Object(fields.iter().map(one).collect())
        }
        other => other.clone(),
    }
}

fn mask(text: &str, place: &str) -> String {
    let is_hex = |length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_groups = text.len() == 29 && text.split('-').all(|group| group.len() == 4) && text.split('-').count() == 6;
    match text {
        _ if is_hex(64) => "<sha256>".to_owned(),
        _ if is_hex(32) => "<random>".to_owned(),
        _ if is_groups => "<groups>".to_owned(),
        _ if text.starts_with("SHA256:") => "<fingerprint>".to_owned(),
        _ if text.starts_with("ssh-ed25519 ") => "<public key>".to_owned(),
        _ if text.parse::<Moment>().is_ok() => "<moment>".to_owned(),
        // A backup is named after the last entry and the beginning of its hash.
        _ if text.ends_with(".journal") => {
            format!("{}<backup>", text.replace(place, "<here>").rsplit_once('-').map_or("", |(head, _)| head))
        }
        _ => text.replace(place, "<here>"),
    }
}
