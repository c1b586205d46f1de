//! A list of which only the visible part is ever drawn.

use ratatui::layout::Rect;

use crate::tui::action::Action;

/// Which row is chosen, and which is the first visible one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The chosen row.
    pub at: usize,
    top: usize,
    page: usize,
}

impl Cursor {
    /// A cursor on the row `at`.
    #[must_use]
    pub const fn at(at: usize) -> Self {
        Self { at, top: 0, page: 0 }
    }

    /// Moves in a list of `length` rows; whether the action was a move.
    pub fn act(&mut self, action: Action, length: usize) -> bool {
        let last = length.saturating_sub(1);
        let page = self.page.max(1);
        self.at = match action {
            Action::Up => self.at.saturating_sub(1),
            Action::Down => self.at.saturating_add(1),
            Action::PageUp => self.at.saturating_sub(page),
            Action::PageDown => self.at.saturating_add(page),
            Action::First => 0,
            Action::Last => last,
            Action::Row(number) if usize::from(number) <= length && number > 0 => {
                self.top.saturating_add(usize::from(number)).saturating_sub(1)
            }
            _ => return false,
        }
        .min(last);
        true
    }

    /// The rows of a list of `length` that are visible in `area`, the chosen one among them.
    pub fn visible(&mut self, area: Rect, length: usize) -> std::ops::Range<usize> {
        self.page = usize::from(area.height);
        self.at = self.at.min(length.saturating_sub(1));
        if self.at < self.top {
            self.top = self.at;
        }
        if self.page > 0 && self.at >= self.top.saturating_add(self.page) {
            self.top = self.at.saturating_sub(self.page).saturating_add(1);
        }
        self.top = self.top.min(length.saturating_sub(self.page));
        self.top..length.min(self.top.saturating_add(self.page))
    }

    /// The number with which a visible row is chosen: 1 to 9 for the first nine on the screen.
    #[must_use]
    pub fn number(&self, row: usize) -> Option<usize> {
        let number = row.checked_sub(self.top)?.saturating_add(1);
        (number <= 9).then_some(number)
    }
}
