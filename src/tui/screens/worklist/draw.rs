//! How a line of the worklist and the application beside it look.

use ratatui::layout::Rect;

use super::{Line, Worklist, find};
use crate::{
    domain::{
        ids::ApplicationId,
        number::fixed,
        text::Message,
        worklist::{Row, RowState},
    },
    msg,
    tui::{
        screen::Canvas,
        text,
        theme::Role,
        view::{View, Work},
    },
};

impl Worklist {
    pub(super) fn draw_row(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, line: u16, at: usize, work: &Work<'_>) {
        let row = match self.lines.get(at) {
            Some(Line::Row(place)) => work.index.rows.get(*place),
            Some(Line::Head(depth, key, which, count)) => {
                let head = find::heading(view, work, (*key, *which, *count));
                canvas.bar(area, line, &format!("{}{head}", "  ".repeat(*depth)), view.theme.style(Role::Title));
                return;
            }
            None => None,
        };
        let Some(row) = row else { return };
        let is_chosen = at == self.cursor.at;
        let (mark, role) = mark(view, row);
        // While a search line is written, digits belong to it and choose no row.
        let number = self.cursor.number(at).filter(|_| self.find.is_none()).map_or_else(String::new, |number| number.to_string());
        let state = view.say(&row.state.message());
        let total = row.running.map_or_else(String::new, |points| fixed(points, 2));
        let wide = area.width >= 70;
        let tail = if wide {
            format!("{:>2}/{:<2} {total:>6} {mark:<3} {}", row.answered, row.asked, text::pad(&state, 10))
        } else {
            format!("{total:>6} {mark:<3}")
        };
        let room = usize::from(area.width).saturating_sub(text::width(&tail)).saturating_sub(5);
        let head = text::pad(&describe(view, work, &row.application), room);
        let point = if is_chosen { ">" } else { " " };
        let content = format!("{point}{number:>1} {head} {tail}");
        let style = if is_chosen { view.theme.style(Role::Focus) } else { view.theme.style(role) };
        canvas.bar(area, line, &content, style);
    }

    /// What the chair asks: about the chosen application in words, else about how many. Returns how many lines that took.
    pub(super) fn draw_request(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work<'_>) -> u16 {
        let Some(open) = work.desk.open_request() else { return 0 };
        let line = self.row(work).and_then(|row| open.request.line(&row.application));
        let words = match line {
            Some(line) => msg!("worklist-asked").with_message("what", line.told()),
            None => msg!("worklist-request", count = open.request.lines.len(), revision = open.revision),
        };
        let lines = view.wrap(&text::safe_line(&view.say(&words)), usize::from(area.width));
        // A short list must stay in sight; the whole text stands on the sheet.
        let most = if area.height >= 16 { 3 } else { 1 };
        for (row, line) in (0..most).zip(&lines) {
            canvas.line(area, row, line, view.theme.style(Role::Warn));
        }
        u16::try_from(lines.len()).unwrap_or(most).min(most)
    }

    pub(super) fn draw_detail(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, work: &Work<'_>) {
        let Some(row) = self.row(work) else { return };
        let Some(application) = work.application(&row.application) else { return };
        let say = |message: &Message| view.say(message);
        let item = work.package.call.item(&application.item).map(|item| item.title.get(view.language())).unwrap_or_default();
        let mut lines = vec![
            (Role::Title, text::safe_line(application.title.get(view.language()))),
            (Role::Plain, text::safe_line(&application.applicant.name)),
            (Role::Plain, say(&msg!("detail-item", item = text::safe_line(item)))),
            (Role::Plain, say(&row.state.message())),
        ];
        if row.gaps > 0 && !row.state.is_out() {
            lines.push((Role::Warn, say(&msg!("detail-gaps", count = row.gaps))));
        }
        let start = application.narrative.get(view.language()).chars().take(400).collect::<String>();
        lines.push((Role::Muted, text::safe(&start)));
        let wrapped = lines.iter().flat_map(|(role, line)| view.wrap(line, usize::from(area.width)).into_iter().map(|line| (*role, line)));
        for (at, (role, line)) in (0_u16..area.height).zip(wrapped) {
            canvas.line(area, at, &line, view.theme.style(role));
        }
    }
}

/// Id, title and city of an application, as lists show it.
fn describe(view: &View<'_>, work: &Work<'_>, id: &ApplicationId) -> String {
    let Some(application) = work.application(id) else { return id.to_string() };
    let city = work.package.codes.city(&application.applicant.city).map(|city| city.name.get(view.language())).unwrap_or_default();
    format!("{id} {city} {}", text::safe_line(application.title.get(view.language())))
}

/// Mark and meaning of a row.
const fn mark(view: &View<'_>, row: &Row) -> (&'static str, Role) {
    match row.state {
        // The chair asks to look at it again.
        RowState::Complete | RowState::Draft if row.is_asked => ("!", Role::Warn),
        RowState::Submitted => (view.glyphs.done(), Role::Ok),
        RowState::Complete => (view.glyphs.open(), Role::Warn),
        RowState::Undeclared | RowState::Draft => ("", Role::Plain),
        RowState::Recused | RowState::RecusedByOffice | RowState::Declined => (view.glyphs.out(), Role::Muted),
    }
}
