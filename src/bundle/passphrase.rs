//! Passphrases: what is strong enough to lie on a stick, and forgetting them.

use zeroize::Zeroizing;

use crate::{
    domain::text::{Explain, Message},
    msg,
};

/// Fewest characters of a passphrase that is not made of words (reliability row 16).
pub const FEWEST_CHARACTERS: usize = 14;
/// Fewest words of a passphrase that is made of words.
pub const FEWEST_WORDS: usize = 8;
/// Fewest different characters: fourteen times the same key is not a passphrase.
const FEWEST_DIFFERENT: usize = 5;

/// A passphrase. It is wiped from memory when dropped, cannot be copied and does not print.
pub struct Passphrase(Zeroizing<String>);

/// A chosen passphrase does not protect a key that may get lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassphrase {
    /// Fewer than fourteen characters and fewer than eight words.
    #[error("the passphrase is too short")]
    Short,
    /// A few characters, over and over.
    #[error("the passphrase repeats a few characters")]
    Monotonous,
    /// A blank at an end, or a character that cannot be typed again on every keyboard.
    #[error("the passphrase has a blank at an end or a control character")]
    Untypable,
}

impl Passphrase {
    /// A passphrase as somebody typed it to open a key; its strength is no matter any more.
    #[must_use]
    pub const fn entered(text: Zeroizing<String>) -> Self {
        Self(text)
    }

    /// A passphrase for a new key.
    ///
    /// A Chinese character counts as two: it takes two to four key strokes and carries about as much as two letters.
    ///
    /// # Errors
    /// When it is too weak; having none at all is decided by the caller, in words.
    pub fn chosen(text: Zeroizing<String>) -> Result<Self, WeakPassphrase> {
        if text.trim() != text.as_str() || text.chars().any(char::is_control) {
            return Err(WeakPassphrase::Untypable);
        }
        let length: usize = text.chars().map(|letter| if is_han(letter) { 2 } else { 1 }).sum();
        if length < FEWEST_CHARACTERS && text.split_whitespace().count() < FEWEST_WORDS {
            return Err(WeakPassphrase::Short);
        }
        let mut different: Vec<char> = text.chars().collect();
        different.sort_unstable();
        different.dedup();
        let enough = different.len() >= FEWEST_DIFFERENT;
        different.iter_mut().for_each(|letter| *letter = '\0');
        if enough { Ok(Self(text)) } else { Err(WeakPassphrase::Monotonous) }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

const fn is_han(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

impl Explain for WeakPassphrase {
    fn what(&self) -> Message {
        match self {
            Self::Short => msg!("err-passphrase-short", characters = FEWEST_CHARACTERS, words = FEWEST_WORDS),
            Self::Monotonous => msg!("err-passphrase-monotonous"),
            Self::Untypable => msg!("err-passphrase-untypable"),
        }
    }

    fn advice(&self) -> Message {
        msg!("rec-passphrase", characters = FEWEST_CHARACTERS, words = FEWEST_WORDS)
    }
}
