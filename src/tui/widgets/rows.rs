//! Rows with a number each, of which one is chosen; only those in sight are made.

use ratatui::layout::Rect;

use crate::tui::{screen::Canvas, theme::Role, view::View, widgets::list::Cursor};

/// Draws the rows of a list of `length` that fit into `area`; `content` says how a row reads and what it means.
pub fn draw(
    view: &View<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    cursor: &mut Cursor,
    length: usize,
    content: impl Fn(usize) -> (Role, String),
) {
    draw_parted(view, canvas, area, cursor, length, |at| {
        let (role, text) = content(at);
        (role, text, true)
    });
}

/// The same where some lines are no rows but part them: those carry no number.
pub fn draw_parted(
    view: &View<'_>,
    canvas: &mut Canvas<'_>,
    area: Rect,
    cursor: &mut Cursor,
    length: usize,
    content: impl Fn(usize) -> (Role, String, bool),
) {
    for (line, at) in (0_u16..).zip(cursor.visible(area, length)) {
        let (role, text, is_row) = content(at);
        let number = cursor.number(at).filter(|_| is_row).map_or_else(String::new, |number| number.to_string());
        let (point, role) = if at == cursor.at { (">", Role::Focus) } else { (" ", role) };
        canvas.bar(area, line, &format!("{point}{number:>1} {text}"), view.theme.style(role));
    }
}

/// The part of `area` below its first `rows` lines.
#[must_use]
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y.saturating_add(rows), height: area.height.saturating_sub(rows), ..area }
}

/// Writes `text` over as many lines as it takes, at most `most`, from `row` on; the row after it.
pub fn wrapped(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, (row, most): (u16, usize), (role, text): (Role, &str)) -> u16 {
    let lines = view.wrap(text, usize::from(area.width));
    let mut row = row;
    for line in lines.iter().take(most) {
        canvas.line(area, row, line, view.theme.style(role));
        row = row.saturating_add(1);
    }
    row
}
