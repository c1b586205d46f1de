//! How a sheet is laid out: text on the left and form on the right where there is room, else one of the two.

use ratatui::layout::Rect;

use crate::{
    domain::application::Record,
    tui::{
        record,
        screen::Canvas,
        theme::Role,
        view::{View, Work},
        widgets::pane::Paragraph,
    },
};

use super::SheetScreen;

/// From this width on, text and form stand side by side.
const WIDE: u16 = 110;

impl SheetScreen {
    pub(super) fn draw_all(&mut self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        if area.width >= WIDE {
            let width = area.width.saturating_mul(5) / 10;
            let left = Rect { width: width.saturating_sub(2), ..area };
            let right = Rect { x: area.x.saturating_add(width), width: area.width.saturating_sub(width), ..area };
            for row in 0..area.height {
                canvas.put(area, width.saturating_sub(2), row, view.glyphs.bar(), view.theme.style(Role::Muted));
            }
            self.draw_text(view, work, canvas, left);
            self.draw_form(view, work, canvas, right);
        } else if self.is_reading {
            self.draw_text(view, work, canvas, area);
        } else {
            self.draw_form(view, work, canvas, area);
        }
    }

    /// What the rubric says to look at for this criterion, then the application's own words; its other parts on their tabs.
    fn draw_text(&mut self, view: &View<'_>, work: &Work<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(application) = work.application(&self.id) else { return };
        let record = Record::of(application);
        let mut first: Vec<Paragraph> = Vec::new();
        if let Some(criterion) = self.criterion(work) {
            let found = criterion.look_at.iter().filter_map(|path| record::line(view, &record, path));
            first.extend(found.map(|line| (Role::Plain, line)));
            first.push((Role::Muted, view.glyphs.rule().repeat(usize::from(area.width).min(40))));
        }
        self.reader.draw(view, canvas, area, first, self.is_reading);
    }
}
