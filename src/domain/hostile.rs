//! Text from files is hostile until shown otherwise. Characters that make a text look like another text are refused where a
//! name enters, and made visible wherever a text is shown.

use std::borrow::Cow;

/// Whether a name, title or code holds a character that no honest one needs: a control or line break, a direction
/// override (Unicode TR 36 and 39, "Trojan Source"), or a character without width.
#[must_use]
pub fn has_hostile(text: &str) -> bool {
    text.chars().any(is_hostile)
}

/// Whether this one character is such a one.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// The same for a longer text, where line breaks and tabs are welcome.
#[must_use]
pub fn has_hostile_in_prose(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_invisible(c))
}

/// `text` with every such character written out, for example `<U+202E>`. The one way from a file to a screen, a terminal or a log.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !has_hostile(text) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len().saturating_add(16));
    for c in text.chars() {
        if is_hostile(c) {
            shown.push_str(&format!("<U+{:04X}>", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Direction controls, zero-width characters, fillers, separators and tags. Variation selectors stay allowed: rare Chinese
/// family names need them.
const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{3164}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}
