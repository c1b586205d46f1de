//! Characters that make a text look like another text: a name that holds one is refused where it enters.

/// Whether a name, title or code holds a character that no honest one needs: a control or line break, a direction
/// override (Unicode TR 36 and 39, "Trojan Source"), or a character without width.
#[must_use]
pub fn has_hostile(text: &str) -> bool {
    text.chars().any(|c| c.is_control() || is_invisible(c))
}

/// The same for a longer text, where line breaks and tabs are welcome.
#[must_use]
pub fn has_hostile_in_prose(text: &str) -> bool {
    text.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || is_invisible(c))
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
