//! A field of several lines, for comments and reasons.

use crossterm::event::KeyCode;
use ratatui::{
    layout::{Position, Rect},
    style::Style,
    widgets::Widget,
};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::{
    domain::desk::LONGEST_COMMENT,
    tui::{
        keymap::Key,
        screen::Canvas,
        widgets::pasted::{Pasted, is_harmless},
    },
};

/// A field of several lines.
pub struct Editor {
    area: TextArea<'static>,
}

impl Editor {
    /// A field with `text` in it, the cursor at its end.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        // The real cursor stands there; a painted one would hide what an input method shows.
        area.set_cursor_style(Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area }
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Its length in characters.
    #[must_use]
    pub fn length(&self) -> usize {
        self.text().chars().count()
    }

    /// Takes a key; whether it was one for a text.
    pub fn key(&mut self, key: Key) -> bool {
        let moved = match key.code {
            KeyCode::Left => Some(CursorMove::Back),
            KeyCode::Right => Some(CursorMove::Forward),
            KeyCode::Up => Some(CursorMove::Up),
            KeyCode::Down => Some(CursorMove::Down),
            KeyCode::Home => Some(CursorMove::Head),
            KeyCode::End => Some(CursorMove::End),
            _ => None,
        };
        if let Some(moved) = moved.filter(|_| !key.ctrl) {
            self.area.move_cursor(moved);
            return true;
        }
        match (key.typed(), key.code) {
            (Some(c), _) if is_harmless(c) => self.area.insert_char(c),
            (None, KeyCode::Enter) => self.area.insert_newline(),
            (None, KeyCode::Backspace) => drop(self.area.delete_char()),
            (None, KeyCode::Delete) => drop(self.area.delete_next_char()),
            _ => return false,
        }
        true
    }

    /// Takes pasted text with the line ends of every system, as much as there is room for.
    pub fn paste(&mut self, text: &str) -> Pasted {
        let (plain, pasted) = Pasted::of(text, '\n', LONGEST_COMMENT.saturating_sub(self.length()));
        self.area.insert_str(plain);
        pasted
    }

    /// Draws itself, with the terminal's cursor at the place of writing.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        Widget::render(&self.area, area, canvas.buffer());
        canvas.tame(area);
        let (cursor, (top, left)) = (self.area.screen_cursor(), self.area.scroll_offset());
        let column = u16::try_from(cursor.col).unwrap_or_default().saturating_sub(left);
        let row = u16::try_from(cursor.row).unwrap_or_default().saturating_sub(top);
        let inside = Position::new(
            area.x.saturating_add(column.min(area.width.saturating_sub(1))),
            area.y.saturating_add(row.min(area.height.saturating_sub(1))),
        );
        canvas.cursor = Some(inside);
    }
}
