//! What every screen can do: take an action or a key, change itself, ask for the rest, and draw itself.

use std::num::NonZeroU16;

use ratatui::{
    buffer::{Buffer, CellDiffOption},
    layout::{Position, Rect},
    style::Style,
};

use crate::{
    domain::{hostile, text::Message},
    tui::{
        action::{Action, Scope},
        effect::Effect,
        keymap::Key,
        text,
        view::View,
    },
};

/// An action with the words that the hint line has for it.
pub type Hint = (Action, fn() -> Message);

/// A screen.
pub trait Screen {
    /// Its name in the title line.
    fn title(&self, view: &View<'_>) -> String;

    /// Where its bindings hold.
    fn scopes(&self) -> &'static [Scope];

    /// What the hint line says while something goes on in which the usual keys rest, such as writing: the actions that count
    /// then, in words. Their keys are those in force.
    fn hint(&self) -> Option<&'static [Hint]> {
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

    /// Whether it shows how firm ranks are, which is tried once its first frame stands.
    fn wants_trial(&self) -> bool {
        false
    }

    /// Whether it shows how time passes.
    fn is_counting(&self) -> bool {
        false
    }

    /// What was typed and is not recorded yet.
    fn flush(&mut self, _view: &View<'_>) -> Vec<Effect> {
        Vec::new()
    }

    /// Whether something was typed that leaving the program now would lose.
    fn is_pending(&self, _view: &View<'_>) -> bool {
        false
    }

    /// Why an action cannot be done now, where the palette should say so.
    fn why_not(&self, _view: &View<'_>, _action: Action) -> Option<Message> {
        None
    }

    /// Whether an action that needs a package elsewhere means something here without one.
    fn offers(&self, _action: Action) -> bool {
        false
    }

    /// Draws itself.
    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect);
}

/// Where a screen draws.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    /// Where the terminal's cursor goes: the input method shows its candidates there.
    pub cursor: Option<Position>,
    /// Whether characters of ambiguous width take one column on this terminal.
    pub narrow: bool,
}

impl<'a> Canvas<'a> {
    /// Draws into `buffer`.
    pub const fn new(buffer: &'a mut Buffer, narrow: bool) -> Self {
        Self { buffer, cursor: None, narrow }
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
        // Texts were made harmless where they came in; this is the last door before the terminal.
        let text = text::harmless(text);
        let (x, y) = (area.x.saturating_add(column), area.y.saturating_add(row));
        if self.narrow {
            self.buffer.set_stringn(x, y, text::cut(&text, room), room, style);
        } else {
            self.put_wide(x, y, &text::wide_parts(&text, room), style);
        }
    }

    /// Writes parts of which some take more columns on this terminal than the library of cells believes.
    fn put_wide(&mut self, x: u16, y: u16, parts: &[(&str, usize)], style: Style) {
        let mut x = x;
        for (part, columns) in parts {
            let columns = u16::try_from(*columns).unwrap_or(1).max(1);
            for behind in 0..columns {
                if let Some(cell) = self.buffer.cell_mut((x.saturating_add(behind), y)) {
                    cell.reset();
                    cell.set_style(style);
                    if behind == 0 {
                        cell.set_symbol(part);
                        let forced = NonZeroU16::new(columns).filter(|_| text::is_ambiguous(part));
                        cell.set_diff_option(forced.map_or(CellDiffOption::None, CellDiffOption::ForcedWidth));
                    }
                }
            }
            x = x.saturating_add(columns);
        }
    }

    /// Makes the cells of `area` harmless that a widget of the library has filled with a person's own text.
    pub fn tame(&mut self, area: Rect) {
        let area = area.intersection(*self.buffer.area());
        for (y, x) in (area.top()..area.bottom()).flat_map(|y| (area.left()..area.right()).map(move |x| (y, x))) {
            let Some(cell) = self.buffer.cell_mut((x, y)) else { continue };
            if !self.narrow && text::is_ambiguous(cell.symbol()) {
                cell.set_symbol(text::stand_in(cell.symbol()));
            } else if hostile::has_hostile(cell.symbol()) {
                cell.set_symbol("?");
            } else if let Some(fewer) = text::with_few_marks(cell.symbol()) {
                cell.set_symbol(&fewer);
            }
        }
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
