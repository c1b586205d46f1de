//! Text from files is hostile until shown otherwise: control characters, escape sequences, text-direction overrides and
//! invisible characters are made visible, never passed on.

use std::borrow::Cow;

/// Whether `text` holds a character that must not reach a screen as it is. A line feed counts too: whoever shows several
/// lines splits them first.
#[must_use]
pub fn has_hostile(text: &str) -> bool {
    text.chars().any(is_hostile)
}

/// `text` with every hostile character written out, for example `<U+202E>`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !has_hostile(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hostile(c) {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Control characters (C0, DEL, C1), bidi controls (UAX #9), zero-width and other invisible format characters, variation
/// selectors, tags, and what is not a character at all.
fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}' | '\u{E0000}'..='\u{E0FFF}')
}
