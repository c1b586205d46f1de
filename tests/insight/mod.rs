//! The advisory statistics: published examples to the printed figure, what must hold for any scores, and what cannot be estimated.

mod agreement;
mod descriptive;
mod leniency;
mod magnitudes;
mod properties;
mod stability;

use pingyi::insight::ratings::Ratings;
use serde::de::DeserializeOwned;

/// The cases of a TOML file of this folder.
fn cases<T: DeserializeOwned>(name: &str) -> Vec<T> {
    #[derive(serde::Deserialize)]
    struct File<T> {
        case: Vec<T>,
    }
    let path = crate::tidy::root().join("tests/insight").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let file: File<T> = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(!file.case.is_empty(), "{name} has no case");
    file.case
}

/// One line of ratings, `.` for a missing one.
fn line(text: &str) -> Vec<Option<f64>> {
    text.split_whitespace().map(|cell| (cell != ".").then(|| cell.parse().unwrap())).collect()
}

/// A table, one line an application.
fn table(lines: &[impl AsRef<str>]) -> Ratings {
    Ratings::new(lines.iter().map(|text| line(text.as_ref())).collect()).unwrap()
}

/// A table without holes.
fn full(rows: &[Vec<f64>]) -> Ratings {
    Ratings::new(rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()).unwrap()
}

/// The table with rows and columns exchanged.
fn turned(rows: &[Vec<Option<f64>>]) -> Vec<Vec<Option<f64>>> {
    (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column]).collect()).collect()
}

/// `value` with as many places as `like` has.
fn as_printed(value: f64, like: &str) -> String {
    let places = like.split_once('.').map_or(0, |(_, places)| places.len());
    let text = format!("{value:.places$}");
    if text.trim_matches(['-', '0', '.']).is_empty() { text.trim_start_matches('-').to_owned() } else { text }
}
