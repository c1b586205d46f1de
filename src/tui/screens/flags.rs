//! Scores the panel must look at: undecided ones first, the widest spread before the others.

use ratatui::layout::Rect;

use crate::{
    domain::table::telling,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::{FlagRow, TableView, words},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// Scores the panel must look at.
#[derive(Default)]
pub(super) struct Flags {
    cursor: Cursor,
}

impl Flags {
    fn chosen<'a>(&self, table: &TableView<'a>) -> Option<&'a FlagRow> {
        table.index.flags.get(self.cursor.at)
    }

    fn open(&self, table: &TableView<'_>) -> Vec<Effect> {
        self.chosen(table).map(|row| vec![Effect::Go(Place::Flag(row.application.clone(), row.key.clone()))]).unwrap_or_default()
    }
}

fn line(view: &View<'_>, row: &FlagRow) -> (Role, String) {
    let (mark, role) = if row.is_open() { (view.glyphs.open(), Role::Warn) } else { (view.glyphs.done(), Role::Plain) };
    let found = row.found.as_ref().map_or_else(|| telling::flag_words(&row.key), |flag| flag.text());
    let state = view.say(&words::ruling(row.ruling.as_ref()));
    let spread = row.spread.map(|spread| spread.to_string()).unwrap_or_default();
    (
        role,
        format!(
            "{} {} {} {} {}",
            text::pad(mark, 3),
            text::pad(&state, 10),
            text::pad(row.application.as_str(), 9),
            text::right(&spread, 5),
            view.say(&found)
        ),
    )
}

impl Screen for Flags {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-flags"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Chair, Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.cursor.act(action, table.index.flags.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(&table) } else { Vec::new() });
        }
        let application = self.chosen(&table).map(|row| row.application.clone());
        match action {
            Action::Open => Some(self.open(&table)),
            Action::Read => Some(application.map(|id| vec![Effect::Go(Place::Case(id))]).unwrap_or_default()),
            Action::Comment => Some(application.map(|id| vec![Effect::Go(Place::Opinion(id))]).unwrap_or_default()),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let flags = &table.index.flags;
        let (role, head) = match (flags.len(), table.index.open.flags) {
            (0, _) => (Role::Ok, msg!("flags-none")),
            (all, 0) => (Role::Ok, msg!("flags-decided", all = all)),
            (all, open) => (Role::Warn, msg!("flags-open", open = open, all = all)),
        };
        let row = rows::wrapped(view, canvas, area, (0, 2), (role, &view.say(&head)));
        if !flags.is_empty() {
            let columns = format!(
                "   {} {} {}",
                text::pad(&view.say(&msg!("flags-state")), 14),
                text::pad(&view.say(&msg!("compare-application")), 9),
                view.say(&msg!("flags-spread"))
            );
            canvas.line(area, row, &columns, view.theme.style(Role::Title));
        }
        let list = rows::below(area, row.saturating_add(1));
        // What was found stands in full below the list, because a row may be too short for it.
        let list = Rect { height: list.height.saturating_sub(3), ..list };
        let found = self.chosen(&table).and_then(|row| row.found.as_ref()).map(|flag| view.say(&flag.text())).unwrap_or_default();
        rows::draw(view, canvas, list, &mut self.cursor, flags.len(), |at| {
            flags.get(at).map(|row| line(view, row)).unwrap_or((Role::Plain, String::new()))
        });
        rows::wrapped(view, canvas, area, (area.height.saturating_sub(2), 2), (Role::Muted, &found));
    }
}
