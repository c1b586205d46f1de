//! Own scores side by side, so that like is scored alike.

use ratatui::layout::Rect;

use crate::{
    domain::{
        compare::{self, Order, SortKey, Table, TableCell, TableRow},
        number::fixed,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::{View, Work},
        widgets::list::Cursor,
    },
};

/// Own scores side by side.
#[derive(Default)]
pub(super) struct Compare {
    cursor: Cursor,
    /// The column that sorts: 0 is the reading order, 1 the total, from 2 the criteria.
    column: usize,
    rising: bool,
    table: Option<(usize, bool, usize, Table)>,
}

impl Compare {
    fn table(&mut self, work: &Work<'_>) -> &Table {
        let state = (self.column, self.rising, work.desk.entries.len());
        let is_current = self.table.as_ref().is_some_and(|(column, rising, entries, _)| (*column, *rising, *entries) == state);
        if !is_current {
            let key = match self.column {
                0 => SortKey::Reading,
                1 => SortKey::Total,
                column => {
                    let criterion = work.package.rubric.criteria.get(column.saturating_sub(2));
                    criterion.map_or(SortKey::Reading, |criterion| SortKey::Criterion(criterion.id.clone()))
                }
            };
            let order = if self.rising { Order::Rising } else { Order::Falling };
            let order = if self.column == 0 { Order::Rising } else { order };
            self.table = Some((state.0, state.1, state.2, compare::table(work.package, work.desk, None, &key, order)));
        }
        // The line above has just filled it.
        static EMPTY: Table = Table { criteria: Vec::new(), rows: Vec::new() };
        self.table.as_ref().map_or(&EMPTY, |(.., table)| table)
    }

    fn chosen(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let at = self.cursor.at;
        let id = self.table(work).rows.get(at).map(|row| row.application.clone());
        id.map(|id| vec![Effect::Go(Place::Sheet(id, None))]).unwrap_or_default()
    }
}

fn cell(cell: &TableCell) -> String {
    match cell {
        TableCell::Blank => "-".to_owned(),
        TableCell::Scored(points) => points.to_string(),
        TableCell::Computed(points) => fixed(*points, 1),
        TableCell::NotApplicable => "n/a".to_owned(),
    }
}

fn line(row: &TableRow, first: usize, columns: usize) -> String {
    let total = row.running.map_or_else(String::new, |points| fixed(points, 2));
    let cells: String = row.cells.iter().skip(first).take(columns).map(|one| text::right(&cell(one), 6)).collect();
    format!("{} {}{cells}", text::pad(row.application.as_str(), 10), text::right(&total, 7))
}

impl Screen for Compare {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-compare"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Tables, Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        let length = self.table(&work).rows.len();
        if self.cursor.act(action, length) {
            return Some(if matches!(action, Action::Row(_)) { self.chosen(&work) } else { Vec::new() });
        }
        let last = work.package.rubric.criteria.len().saturating_add(1);
        match action {
            Action::Left => self.column = self.column.saturating_sub(1),
            Action::Right => self.column = self.column.saturating_add(1).min(last),
            Action::Sort => self.rising = !self.rising,
            Action::Open => return Some(self.chosen(&work)),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        let room = usize::from(area.width.saturating_sub(20)) / 6;
        let chosen = self.column.saturating_sub(2);
        let first = chosen.saturating_sub(room.saturating_sub(1));
        let column = self.column;
        let arrow = if self.rising { "+" } else { "-" };
        let mark = |at: usize| if column == at { arrow } else { "" };
        let table = self.table(&work);
        let heads: String = table
            .criteria
            .iter()
            .enumerate()
            .skip(first)
            .take(room)
            .map(|(at, id)| text::right(&format!("{id}{}", mark(at.saturating_add(2))), 6))
            .collect();
        let total = format!("{}{}", view.say(&msg!("compare-total")), mark(1));
        let head = format!(
            "{} {}{heads}",
            text::pad(&format!("{}{}", view.say(&msg!("compare-application")), mark(0)), 10),
            text::right(&total, 7)
        );
        canvas.bar(area, 0, &head, view.theme.style(Role::Title));
        let list = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(2), ..area };
        let length = table.rows.len();
        let visible = self.cursor.visible(list, length);
        for (place, at) in (0_u16..).zip(visible) {
            let Some(row) = self.table(&work).rows.get(at) else { continue };
            let content = line(row, first, room);
            canvas.bar(list, place, &content, view.theme.style(if at == self.cursor.at { Role::Focus } else { Role::Plain }));
        }
        canvas.line(area, area.height.saturating_sub(1), &view.say(&msg!("compare-hint")), view.theme.style(Role::Muted));
    }
}
