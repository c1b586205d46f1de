//! The field above the worklist: a search line, what it asks for, and what is wrong with it while it is typed.

use ratatui::layout::Rect;

use crate::{
    domain::text::Explain,
    msg,
    search::{
        keys::{self, KeyId},
        parse,
        problem::Problem,
        query::Query,
    },
    tui::{
        screen::Canvas,
        text,
        theme::Role,
        view::{View, Work},
        widgets::{field::Field, list::Cursor},
    },
};

/// Lines that an error may take below the signs that point at it.
const ERROR_LINES: usize = 2;
/// Columns for how many were found.
const COUNT: u16 = 12;

/// The field and what it asks for.
pub(super) struct Find {
    /// What is typed.
    pub(super) field: Field,
    /// Where the cursor was before, and is again afterwards.
    pub(super) back: Cursor,
    /// What it asks for. Of a wrong line it is what stands before the mistake, so that a key that is being typed empties no list.
    pub(super) query: Query,
    problems: Vec<Problem>,
    /// The line that was looked at last.
    read: String,
}

impl Find {
    /// An empty field; `back` is where the cursor is now.
    pub(super) fn from(back: Cursor) -> Self {
        Self { field: Field::default(), back, query: Query::default(), problems: Vec::new(), read: String::new() }
    }

    /// Reads the line, where it is another than before.
    pub(super) fn understand(&mut self, work: &Work<'_>) {
        let Some(scheme) = work.index.scheme.as_ref().filter(|_| self.read != self.field.text) else { return };
        self.read.clone_from(&self.field.text);
        self.problems.clear();
        self.query = parse(&self.read, scheme).unwrap_or_else(|problems| {
            let sound = problems.first().map_or("", |first| before(&self.read, first.span.start));
            self.problems = problems;
            parse(sound, scheme).unwrap_or_default()
        });
    }

    /// Draws the field, how many of all it found, and what is wrong; returns the lines that it took.
    pub(super) fn draw(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, found: usize, all: usize) -> u16 {
        let label = view.say(&msg!("find-label"));
        canvas.line(area, 0, &label, view.theme.style(Role::Key));
        let shift = u16::try_from(text::width(&label)).unwrap_or_default().saturating_add(1);
        let width = area.width.saturating_sub(shift).saturating_sub(COUNT);
        self.field.draw(view, canvas, Rect { x: area.x.saturating_add(shift), width, height: 1, ..area });
        let count = text::right(&format!("{found}/{all}"), usize::from(COUNT));
        canvas.put(area, area.width.saturating_sub(COUNT), 0, &count, view.theme.style(Role::Muted));
        let Some(first) = self.problems.first() else { return 1 };
        let style = view.theme.style(Role::Warn);
        for column in self.problems.iter().filter_map(|problem| self.field.column(problem.span.start, width)) {
            canvas.put(area, shift.saturating_add(column), 1, "^", style);
        }
        let words = format!("{} {}", view.say(&first.what()), view.say(&first.advice()));
        let lines = text::wrap(&words, usize::from(area.width));
        for (row, line) in (2_u16..).zip(lines.iter().take(ERROR_LINES)) {
            canvas.line(area, row, line, style);
        }
        u16::try_from(lines.len().min(ERROR_LINES)).unwrap_or_default().saturating_add(2)
    }
}

/// The whole words of `line` before the character `at`.
fn before(line: &str, at: usize) -> &str {
    let end = line.char_indices().nth(at).map_or(line.len(), |(byte, _)| byte);
    let start = line.get(..end).unwrap_or_default();
    start.rfind(char::is_whitespace).and_then(|cut| start.get(..cut)).unwrap_or_default()
}

/// The head of a group, with how many are in it.
pub(super) fn heading(view: &View<'_>, work: &Work<'_>, (id, which, count): (KeyId, Option<usize>, usize)) -> String {
    let heading = keys::key(id).zip(work.index.scheme.as_ref()).map(|(key, scheme)| scheme.heading(key, which));
    format!("{} ({count})", heading.map(|heading| text::safe_line(&view.say(&heading))).unwrap_or_default())
}
