//! A field of one line: digits, a path, a passphrase. The terminal's own cursor stands in it.

use crossterm::event::KeyCode;
use ratatui::layout::{Position, Rect};

use crate::tui::{
    keymap::Key,
    screen::Canvas,
    text,
    theme::Role,
    view::View,
    widgets::pasted::{Pasted, is_harmless},
};

/// Longest text of a field, in characters; paths are shorter.
const LONGEST: usize = 1000;

/// A field of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// What stands in it.
    pub text: String,
    /// Whether dots are shown instead.
    pub hidden: bool,
}

impl Field {
    /// A field with `text` in it.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self { text, hidden: false }
    }

    /// Takes a key; whether it was one for a field.
    pub fn key(&mut self, key: Key) -> bool {
        match (key.typed(), key.code) {
            (Some(c), _) if is_harmless(c) => self.text.push(c),
            (_, KeyCode::Backspace) => drop(self.text.pop()),
            (_, KeyCode::Delete) => self.text.clear(),
            _ => return false,
        }
        true
    }

    /// Takes pasted text as one line, as much as there is room for.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let room = LONGEST.saturating_sub(self.text.chars().count());
        let (line, pasted) = Pasted::of(text.trim_end_matches(['\r', '\n']), ' ', room);
        self.text.push_str(&line);
        pasted
    }

    /// Draws the end of it, with the cursor after it.
    pub fn draw(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let shown = self.shown();
        let tail = tail(&shown, area.width);
        canvas.bar(area, 0, tail, view.theme.style(Role::Plain));
        let column = u16::try_from(text::width(tail)).unwrap_or_default();
        canvas.cursor = Some(Position::new(area.x.saturating_add(column), area.y));
    }

    /// The column below which the character `at` stands in a field of this width; `None` where it is scrolled out.
    #[must_use]
    pub fn column(&self, at: usize, width: u16) -> Option<u16> {
        let shown = self.shown();
        let scrolled = text::width(&shown).saturating_sub(text::width(tail(&shown, width)));
        let before: String = self.text.chars().take(at).collect();
        let column = text::width(&text::safe_line(&before)).checked_sub(scrolled)?;
        u16::try_from(column).ok().filter(|column| *column < width)
    }

    fn shown(&self) -> String {
        if self.hidden { "*".repeat(self.text.chars().count()) } else { text::safe_line(&self.text) }
    }
}

/// The end of `shown` that a field of this width has room for, the cursor's cell kept free.
fn tail(shown: &str, width: u16) -> &str {
    let columns = usize::from(width).saturating_sub(1);
    let mut tail = shown;
    while text::width(tail) > columns {
        let mut characters = tail.chars();
        characters.next();
        tail = characters.as_str();
    }
    tail
}
