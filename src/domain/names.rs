//! Names as people write them: the same unit with other spaces or other widths is the same unit.

/// `name` without spaces, in half width and lower case, so that two ways of writing one name compare equal.
#[must_use]
pub fn folded(name: &str) -> String {
    name.chars().filter_map(fold_char).collect()
}

/// Whether two names are the same apart from spaces, width and case. An empty name equals nothing.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let folded_one = folded(one);
    !folded_one.is_empty() && folded_one == folded(other)
}

/// One character of a folded name; `None` for a space. The full-width forms U+FF01 to U+FF5E mirror ASCII.
pub(super) fn fold_char(c: char) -> Option<char> {
    if c.is_whitespace() {
        return None;
    }
    let half = match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    };
    Some(half.to_ascii_lowercase())
}

/// The name among `known` that a person most likely meant by `typed`; `None` when none is close.
#[must_use]
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(typed);
    let most = (wanted.chars().count() / 3).max(1);
    let scored = known.into_iter().map(|name| (strsim::osa_distance(&wanted, &folded(name)), name));
    scored.filter(|(distance, _)| *distance <= most).min().map(|(_, name)| name)
}
