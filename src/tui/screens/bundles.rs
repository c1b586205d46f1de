//! The bundles at the table: taking more in, closing the intake, and one row for every member.

use std::path::PathBuf;

use ratatui::layout::Rect;

use crate::{
    domain::{
        table::{
            Table,
            act::{Act, Removal},
        },
        text::Message,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        table::{TableView, is_open},
        text,
        theme::Role,
        view::View,
        widgets::{
            field::Field,
            list::Cursor,
            popup::{Answer, Popup},
            rows,
        },
    },
};

/// Rows before those of the members.
const DOINGS: usize = 2;

/// The bundles at the table.
#[derive(Default)]
pub(super) struct Bundles {
    cursor: Cursor,
    path: Option<Field>,
    popup: Option<Popup>,
    is_working: bool,
}

impl Bundles {
    fn choose(&mut self, table: &TableView<'_>) -> Vec<Effect> {
        match self.cursor.at {
            0 => {
                self.path = Some(Field::default());
                Vec::new()
            }
            1 => self.close(table),
            at => {
                let code = table.index.members.get(at.saturating_sub(DOINGS)).cloned();
                code.map(|code| vec![Effect::Go(Place::Member(code))]).unwrap_or_default()
            }
        }
    }

    /// Asks before the intake is closed: that is not taken back.
    fn close(&mut self, table: &TableView<'_>) -> Vec<Effect> {
        if !is_open(table.table()) {
            return vec![Effect::Refuse(msg!("bundles-closed"), msg!("bundles-closed-advice"))];
        }
        let (here, all) = (table.index.members.len().saturating_sub(table.index.open.awaited.len()), table.index.members.len());
        let title = msg!("consolidate-title", here = here, all = all);
        self.popup = Some(Popup::new(title, msg!("consolidate-body"), msg!("consolidate-verb")));
        Vec::new()
    }

    fn take_in(&mut self) -> Vec<Effect> {
        let Some(path) = &self.path else { return Vec::new() };
        let path = PathBuf::from(path.text.trim().trim_matches('"'));
        self.is_working = true;
        vec![Effect::Tell(msg!("bundles-working")), Effect::Then(Box::new(Effect::TakeIn(path)))]
    }
}

/// What is here of one member.
fn state(table: &Table, view: &TableView<'_>, at: usize) -> (Role, Message) {
    let Some(code) = view.index.members.get(at) else { return (Role::Plain, msg!("member-missing", count = 0)) };
    let missing = view.index.missing.iter().filter(|missing| missing.reviewer == *code).count();
    match (table.removed.get(code), table.current(code)) {
        (Some(Removal::Void { .. }), _) => (Role::Muted, msg!("member-void")),
        (Some(Removal::Replaced { by, .. }), _) => (Role::Muted, msg!("member-replaced", by = by)),
        (None, Some(bundle)) => (Role::Ok, msg!("bundles-here", revision = bundle.revision, file = bundle.file)),
        (None, None) => (Role::Warn, msg!("member-missing", count = missing)),
    }
}

impl Screen for Bundles {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-bundles"))
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.path.is_some() || self.popup.is_some() { &[] } else { &[Scope::Lists] }
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const PATH: [Hint; 2] = [(Action::Open, || msg!("hint-take-in")), (Action::Back, || msg!("key-back"))];
        const POPUP: [Hint; 3] =
            [(Action::Next, || msg!("hint-choose")), (Action::Open, || msg!("hint-confirm")), (Action::Back, || msg!("popup-cancel"))];
        match (&self.popup, &self.path) {
            (Some(_), _) => Some(&POPUP),
            (None, Some(_)) => Some(&PATH),
            (None, None) => None,
        }
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.path.is_some() {
            return match action {
                Action::Open => Some(self.take_in()),
                Action::Back => {
                    self.path = None;
                    Some(Vec::new())
                }
                _ => None,
            };
        }
        if self.cursor.act(action, table.index.members.len().saturating_add(DOINGS)) {
            return Some(if matches!(action, Action::Row(_)) { self.choose(&table) } else { Vec::new() });
        }
        (action == Action::Open).then(|| self.choose(&table))
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        self.is_working = false;
        let Some(popup) = &mut self.popup else { return self.path.as_mut()?.key(key).then(Vec::new) };
        match popup.key(key) {
            Answer::Open => Some(Vec::new()),
            Answer::No => {
                self.popup = None;
                Some(Vec::new())
            }
            Answer::Yes => {
                self.popup = None;
                Some(vec![Effect::Decide(Act::Consolidate)])
            }
        }
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        if self.popup.is_some() {
            return None;
        }
        Some(self.path.as_mut()?.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let style = |role| view.theme.style(role);
        let awaited = &table.index.open.awaited;
        let missing = table.index.missing.len();
        let head =
            if awaited.is_empty() { msg!("bundles-all") } else { msg!("bundles-awaited", members = awaited.len(), sheets = missing) };
        canvas.line(area, 0, &view.say(&head), style(if awaited.is_empty() { Role::Ok } else { Role::Warn }));
        let asks = u16::from(self.path.is_some()).saturating_mul(4);
        let list = rows::below(area, 2);
        let list = Rect { height: list.height.saturating_sub(asks), ..list };
        let length = table.index.members.len().saturating_add(DOINGS);
        rows::draw(view, canvas, list, &mut self.cursor, length, |at| match at {
            0 => (Role::Title, view.say(&msg!("bundles-take-in"))),
            1 if is_open(table.table()) => (Role::Title, view.say(&msg!("bundles-consolidate"))),
            1 => (Role::Muted, view.say(&msg!("bundles-closed"))),
            at => {
                let at = at.saturating_sub(DOINGS);
                let (role, words) = state(table.table(), &table, at);
                let name = table.index.members.get(at).map(|code| table.name(code)).unwrap_or_default();
                (role, format!("{} {}", text::pad(&name, 16), view.say(&words)))
            }
        });
        if let Some(path) = &self.path {
            let below = rows::below(area, area.height.saturating_sub(asks));
            canvas.line(below, 1, &view.say(&msg!("bundles-path")), style(Role::Key));
            let place = Rect { x: area.x.saturating_add(2), width: area.width.saturating_sub(4), height: 1, ..rows::below(below, 2) };
            path.draw(view, canvas, place);
            if self.is_working {
                canvas.line(below, 3, &view.say(&msg!("bundles-working")), style(Role::Warn));
            }
        }
        if let Some(popup) = &self.popup {
            popup.draw(view, canvas, area);
        }
    }
}
