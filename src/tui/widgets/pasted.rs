//! Text from the clipboard: made plain, kept to a size, and what was left out is said.

use crate::{domain::hostile, msg, tui::effect::Effect};

/// What became of a pasted text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct Pasted {
    /// Characters for which there was no room.
    pub left_out: usize,
    /// Characters that nobody sees and a terminal might obey.
    pub odd: usize,
}

impl Pasted {
    /// The part of `text` that can be taken, at most `room` characters: line ends become `line_end`, tabs become blanks.
    pub fn of(text: &str, line_end: char, room: usize) -> (String, Self) {
        let lines = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
        let mut taken = String::new();
        let (mut count, mut pasted) = (0_usize, Self::default());
        for c in lines.chars() {
            if c != '\n' && !is_harmless(c) {
                pasted.odd = pasted.odd.saturating_add(1);
            } else if count < room {
                taken.push(if c == '\n' { line_end } else { c });
                count = count.saturating_add(1);
            } else {
                pasted.left_out = pasted.left_out.saturating_add(1);
            }
        }
        (taken, pasted)
    }

    /// Says what was left out, if anything was.
    #[must_use]
    pub fn effects(self) -> Vec<Effect> {
        match (self.left_out, self.odd) {
            (0, 0) => Vec::new(),
            (0, odd) => vec![Effect::Tell(msg!("paste-odd", count = odd))],
            (left, _) => vec![Effect::Refuse(msg!("paste-too-long", count = left), msg!("paste-too-long-advice"))],
        }
    }
}

/// Whether a character may stand in a text: nothing that a terminal obeys, and nothing that nobody sees.
#[must_use]
pub fn is_harmless(c: char) -> bool {
    !hostile::has_hostile(c.encode_utf8(&mut [0; 4]))
}
