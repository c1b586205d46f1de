//! Text as it is compared: one width, one case, one kind of punctuation.
//!
//! People type with a Chinese input method on, so `：`, `（`, `“` and `＞` mean what `:`, `(`, `"` and `>` mean. Both sides of
//! every comparison go through the same folding, so folding too much only makes more things equal.

/// One character in half width, its punctuation as on an English keyboard. One character stays one, so that places in the
/// folded line are places in the typed one.
#[must_use]
pub fn fold_char(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '“' | '”' | '„' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '、' => ',',
        '。' => '.',
        '《' | '〈' => '<',
        '》' | '〉' => '>',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '—' | '–' | '−' | '‐' | '‑' | '―' => '-',
        '〜' => '~',
        '￥' => '$',
        // Pinyin without its two points, as most keyboards write it: 吕梁 is Lüliang.
        'ü' | 'Ü' => 'u',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// `text` folded, in lower case.
#[must_use]
pub fn folded(text: &str) -> String {
    text.chars().map(fold_char).flat_map(char::to_lowercase).collect()
}

/// A text that was folded once, so that a key stroke never folds ten thousand of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Folded(String);

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(folded(text))
    }

    /// Folds `parts` as one text; a query never matches across two of them, because nobody can type a line end.
    #[must_use]
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        Self(parts.into_iter().map(folded).collect::<Vec<_>>().join("\n"))
    }

    /// Whether `wanted`, which must be folded, stands in it.
    #[must_use]
    pub fn has(&self, wanted: &str) -> bool {
        self.0.contains(wanted)
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it but blanks.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}
