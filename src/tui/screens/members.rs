//! How everybody stands to the report: signed, dissent, refused, absent.

use ratatui::layout::Rect;

use crate::{
    domain::ids::PersonCode,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::{TableView, signers, words},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// The members.
#[derive(Default)]
pub(super) struct Members {
    cursor: Cursor,
}

/// Who stands to the report, then who fell out.
fn people<'a>(table: &TableView<'a>) -> Vec<&'a PersonCode> {
    signers(table.package, table.table()).chain(table.table().removed.keys()).collect()
}

impl Members {
    fn open(&self, table: &TableView<'_>) -> Vec<Effect> {
        people(table).get(self.cursor.at).map(|code| vec![Effect::Go(Place::Member((*code).clone()))]).unwrap_or_default()
    }
}

fn line(view: &View<'_>, table: &TableView<'_>, code: &PersonCode) -> (Role, String) {
    let own = table.table().members.get(code);
    let (mark, role, words) = match (table.table().removed.contains_key(code), own) {
        (true, _) => (view.glyphs.out(), Role::Muted, msg!("member-out")),
        (false, None) => (view.glyphs.open(), Role::Warn, words::signature(None)),
        (false, Some(_)) => (view.glyphs.done(), Role::Plain, words::signature(own)),
    };
    let title = table.person(code).map(|person| text::safe_line(&person.title)).unwrap_or_default();
    (role, format!("{} {} {} {}", text::pad(mark, 3), text::pad(&table.name(code), 16), text::pad(&view.say(&words), 22), title))
}

impl Screen for Members {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-members"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.cursor.act(action, people(&table).len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(&table) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.open(&table)),
            Action::Sign => Some(vec![Effect::Go(Place::Seal)]),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let open = &table.index.open;
        let (role, head) = match (open.members, open.is_decided()) {
            (0, true) => (Role::Ok, msg!("members-all")),
            (left, true) => (Role::Warn, msg!("members-left", count = left)),
            // Whoever signs now signs what is going to change: a change takes the signatures away again.
            (left, false) => (Role::Warn, msg!("members-early", count = left)),
        };
        let row = rows::wrapped(view, canvas, area, (0, 3), (role, &view.say(&head)));
        let people = people(&table);
        rows::draw(view, canvas, rows::below(area, row.saturating_add(1)), &mut self.cursor, people.len(), |at| {
            people.get(at).map(|code| line(view, &table, code)).unwrap_or((Role::Plain, String::new()))
        });
    }
}
