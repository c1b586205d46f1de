//! Text to read, wrapped once for its width and scrolled by lines.

use ratatui::layout::Rect;

use crate::tui::{action::Action, screen::Canvas, text, theme::Role, view::View};

/// A paragraph with its meaning.
pub type Paragraph = (Role, String);

/// Text to read.
#[derive(Debug, Clone, Default)]
pub struct Pane {
    top: usize,
    height: usize,
    wrapped: Option<Wrapped>,
}

#[derive(Debug, Clone)]
struct Wrapped {
    columns: usize,
    source: Vec<Paragraph>,
    lines: Vec<Paragraph>,
}

impl Pane {
    /// Scrolls; whether the action was a scroll.
    pub fn act(&mut self, action: Action) -> bool {
        let page = self.height.saturating_sub(1).max(1);
        let length = self.wrapped.as_ref().map_or(0, |wrapped| wrapped.lines.len());
        let last = length.saturating_sub(self.height);
        self.top = match action {
            Action::Up => self.top.saturating_sub(1),
            Action::Down => self.top.saturating_add(1),
            Action::PageUp => self.top.saturating_sub(page),
            Action::PageDown | Action::Toggle => self.top.saturating_add(page),
            Action::First => 0,
            Action::Last => last,
            _ => return false,
        }
        .min(last);
        true
    }

    /// Back to the top.
    pub const fn rewind(&mut self) {
        self.top = 0;
    }

    /// Draws the visible part of `paragraphs` into `area`, with how far it is in the last line.
    pub fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, paragraphs: Vec<Paragraph>) {
        let columns = usize::from(area.width);
        self.height = usize::from(area.height.saturating_sub(1));
        let is_current = self.wrapped.as_ref().is_some_and(|wrapped| wrapped.columns == columns && wrapped.source == paragraphs);
        if !is_current {
            let lines = paragraphs.iter().flat_map(|(role, text)| view.wrap(text, columns).into_iter().map(|line| (*role, line))).collect();
            self.wrapped = Some(Wrapped { columns, source: paragraphs, lines });
        }
        let Some(wrapped) = &self.wrapped else { return };
        self.top = self.top.min(wrapped.lines.len().saturating_sub(self.height));
        for (row, (role, line)) in (0_u16..).zip(wrapped.lines.iter().skip(self.top).take(self.height)) {
            canvas.line(area, row, line, view.theme.style(*role));
        }
        if wrapped.lines.len() > self.height {
            let seen = wrapped.lines.len().min(self.top.saturating_add(self.height));
            let note = format!("{seen}/{}", wrapped.lines.len());
            canvas.line(area, area.height.saturating_sub(1), &text::right(&note, columns), view.theme.style(Role::Muted));
        }
    }
}
