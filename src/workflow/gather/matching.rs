//! Which application a file belongs to, by its name and by the names of the folders it lies in.

use crate::domain::{ids::ApplicationId, names};

/// Shortest title by which a file is recognised, in characters; shorter ones stand in too many names.
const SHORTEST_TITLE: usize = 4;

/// Why a file belongs to no single application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unmatched {
    /// Its name has neither the number nor the title of any.
    None,
    /// Its name fits several.
    Several(Vec<ApplicationId>),
}

/// The application that a name below the folder speaks of. The innermost part decides that speaks of any.
pub(super) fn application_of(name: &str, known: &[(ApplicationId, String)]) -> Result<ApplicationId, Unmatched> {
    for part in name.split('/').rev() {
        match meant_by(part, known).as_slice() {
            [] => {}
            [one] => return Ok(one.clone()),
            several => return Err(Unmatched::Several(several.to_vec())),
        }
    }
    Err(Unmatched::None)
}

fn meant_by(part: &str, known: &[(ApplicationId, String)]) -> Vec<ApplicationId> {
    let (plain, bare) = (half_width(part), bare(part));
    let titles: Vec<(&ApplicationId, String)> = known.iter().map(|(id, title)| (id, self::bare(title))).collect();
    let in_name: Vec<&(&ApplicationId, String)> =
        titles.iter().filter(|(_, title)| title.chars().count() >= SHORTEST_TITLE && bare.contains(title.as_str())).collect();
    // A title that is a part of another one in the same name is not meant.
    let is_part = |title: &str| in_name.iter().any(|(_, other)| other.len() > title.len() && other.contains(title));
    let mut found: Vec<ApplicationId> =
        known.iter().filter(|(id, _)| has_number(&plain, &id.file_stem())).map(|(id, _)| id.clone()).collect();
    found.extend(in_name.iter().filter(|(_, title)| !is_part(title)).map(|(id, _)| (*id).clone()));
    found.sort();
    found.dedup();
    found
}

/// Whether a number stands in a name by itself: `sx-0001` is not in `sx-00012`.
fn has_number(name: &str, id: &str) -> bool {
    name.match_indices(id).any(|(at, _)| {
        let before = name.get(..at).and_then(|head| head.chars().next_back());
        let after = name.get(at.saturating_add(id.len())..).and_then(|tail| tail.chars().next());
        let is_apart = |neighbour: Option<char>| neighbour.is_none_or(|c| !c.is_ascii_alphanumeric());
        is_apart(before) && is_apart(after)
    })
}

/// A name without widths and case; spaces stay, because they set a number apart from the word behind it.
fn half_width(name: &str) -> String {
    name.chars().map(|c| if c.is_whitespace() { " ".to_owned() } else { names::folded(c.encode_utf8(&mut [0; 4])) }).collect()
}

/// A name without spaces, widths, case and punctuation.
fn bare(name: &str) -> String {
    names::folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
