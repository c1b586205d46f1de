//! What every screen can do: take an action or a key, change itself, ask for the rest, and draw itself.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::Style,
};

use crate::{
    domain::text::Message,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        keymap::Key,
        text,
        view::View,
    },
};

/// A screen.
pub trait Screen {
    /// Its name in the title line.
    fn title(&self, view: &View<'_>) -> String;

    /// Where its bindings hold.
    fn scopes(&self) -> &'static [Scope];

    /// The hint line while something goes on in which the usual keys rest, such as writing.
    fn hint(&self) -> Option<Message> {
        None
    }

    /// Takes an action; `None` when it means nothing here.
    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>>;

    /// Takes a key before it becomes an action, for fields; `None` when the field has no use for it.
    fn key(&mut self, _view: &View<'_>, _key: Key) -> Option<Vec<Effect>> {
        None
    }

    /// Takes text that was pasted; `None` when no field is open.
    fn paste(&mut self, _view: &View<'_>, _text: &str) -> Option<Vec<Effect>> {
        None
    }

    /// Whether a field of several lines is open, in which a burst of keys is a paste.
    fn is_writing(&self) -> bool {
        false
    }

    /// What was typed and is not recorded yet.
    fn flush(&mut self, _view: &View<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// Why an action cannot be done now, where the palette should say so.
    fn why_not(&self, _view: &View<'_>, _action: Action) -> Option<Message> {
        None
    }

    /// Draws itself.
    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect);
}

/// Where a screen draws.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// Where the terminal's cursor goes: the input method shows its candidates there.
    pub cursor: Option<Position>,
}

impl<'a> Canvas<'a> {
    /// Draws into `buffer`.
    pub const fn new(buffer: &'a mut Buffer) -> Self {
        Self { buffer, cursor: None }
    }

    /// The cells, for widgets of the library.
    pub const fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }

    /// Writes one line into `area`, `row` lines from its top, cut at its right edge.
    pub fn line(&mut self, area: Rect, row: u16, text: &str, style: Style) {
        self.put(area, 0, row, text, style);
    }

    /// Writes one line into `area`, `column` and `row` from its corner.
    pub fn put(&mut self, area: Rect, column: u16, row: u16, text: &str, style: Style) {
        let area = area.intersection(*self.buffer.area());
        if row >= area.height || column >= area.width {
            return;
        }
        let room = usize::from(area.width.saturating_sub(column));
        self.buffer.set_stringn(area.x.saturating_add(column), area.y.saturating_add(row), text::cut(text, room), room, style);
    }

    /// Writes a line over the whole width, so that its background reaches the edge.
    pub fn bar(&mut self, area: Rect, row: u16, text: &str, style: Style) {
        self.put(area, 0, row, &text::pad(text, usize::from(area.width)), style);
    }

    /// Clears `area` for something on top. A wide character that begins left of the edge would swallow the first column.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(*self.buffer.area());
        for y in area.top()..area.bottom() {
            let left = area.x.checked_sub(1).and_then(|left| self.buffer.cell_mut((left, y)));
            if let Some(cell) = left.filter(|cell| text::width(cell.symbol()) > 1) {
                cell.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }
}
