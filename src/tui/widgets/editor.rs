//! A field of several lines, for comments and reasons.

use crossterm::event::KeyCode;
use ratatui::{
    layout::{Position, Rect},
    style::Style,
    widgets::Widget,
};
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::tui::{keymap::Key, screen::Canvas};

/// A field of several lines.
pub struct Editor {
    area: TextArea<'static>,
    changed: bool,
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
        Self { area, changed: false }
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

    /// Whether something was typed since the last call of [`Editor::settle`].
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.changed
    }

    /// What was typed is recorded.
    pub const fn settle(&mut self) {
        self.changed = false;
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
            (Some(c), _) if !c.is_control() => self.area.insert_char(c),
            (None, KeyCode::Enter) => self.area.insert_newline(),
            (None, KeyCode::Backspace) => drop(self.area.delete_char()),
            (None, KeyCode::Delete) => drop(self.area.delete_next_char()),
            _ => return false,
        }
        self.changed = true;
        true
    }

    /// Takes pasted text: line ends of every system, no other control characters.
    pub fn paste(&mut self, text: &str) {
        let plain: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        self.area.insert_str(plain);
        self.changed = true;
    }

    /// Draws itself, with the terminal's cursor at the place of writing.
    pub fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) {
        Widget::render(&self.area, area, canvas.buffer());
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
