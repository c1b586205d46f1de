//! The chair's table at a glance: how far the panel is, whose bundle is here, and what is still open. Every row leads to its screen.

use ratatui::layout::Rect;

use crate::{
    domain::{ids::PersonCode, table::act::Removal, text::Message},
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::TableView,
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// The table at a glance.
#[derive(Default)]
pub(super) struct Board {
    cursor: Cursor,
}

/// One row: its name, what is open there, and where it leads.
struct Row {
    name: Message,
    state: (Role, Message),
    place: Place,
}

/// What is still to be done, or that nothing is.
fn still(count: usize, words: Message) -> (Role, Message) {
    if count == 0 { (Role::Ok, msg!("board-nothing")) } else { (Role::Warn, words) }
}

fn menu(table: &TableView<'_>) -> Vec<Row> {
    let open = &table.index.open;
    let (here, all) = (table.index.members.len().saturating_sub(open.awaited.len()), table.index.members.len());
    let bundles = if open.awaited.is_empty() {
        (Role::Ok, msg!("board-all-here", count = all))
    } else {
        (Role::Warn, msg!("board-awaited", here = here, all = all, codes = list(&open.awaited)))
    };
    let ranks = open.ties.saturating_add(open.blocks).saturating_add(open.quotas);
    let sizes = msg!("board-sizes", applications = table.index.cases.len(), members = all);
    let votes = msg!("board-opinions-votes", opinions = open.opinions, votes = open.votes);
    let opinions = if open.votes == 0 { msg!("board-opinions", count = open.opinions) } else { votes };
    let row = |name, state, place| Row { name, state, place };
    vec![
        row(msg!("screen-bundles"), bundles, Place::Bundles),
        row(msg!("screen-matrix"), (Role::Plain, sizes), Place::Matrix),
        row(msg!("screen-flags"), still(open.flags, msg!("board-flags", count = open.flags)), Place::Flags),
        row(
            msg!("screen-ranking"),
            still(ranks, msg!("board-ranks", ties = open.ties, blocks = open.blocks, quotas = open.quotas)),
            Place::Ranking,
        ),
        row(msg!("screen-opinions"), still(open.opinions.saturating_add(open.votes), opinions), Place::Opinions),
        row(msg!("screen-members"), still(open.members, msg!("board-members", count = open.members)), Place::Members),
        row(msg!("screen-meeting"), (Role::Plain, msg!("board-meeting")), Place::Meeting),
        row(msg!("screen-statistics"), (Role::Muted, msg!("board-advisory")), Place::Statistics),
        row(msg!("screen-map"), (Role::Plain, msg!("board-map")), Place::Map),
        row(msg!("screen-seal"), sealing(table), Place::Seal),
    ]
}

fn sealing(table: &TableView<'_>) -> (Role, Message) {
    match (table.table().progress.stage.is_signed(), table.table().sealed.last(), table.index.points.len()) {
        (true, Some(sealed), _) => (Role::Ok, msg!("board-sealed", revision = sealed.revision)),
        (_, _, 0) => (Role::Ok, msg!("board-ready")),
        (_, _, count) => (Role::Plain, msg!("board-points", count = count)),
    }
}

fn list(codes: &[PersonCode]) -> String {
    codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

impl Board {
    fn open(&self, table: &TableView<'_>) -> Vec<Effect> {
        let row = menu(table).into_iter().nth(self.cursor.at);
        row.map(|row| vec![Effect::Go(row.place)]).unwrap_or_default()
    }
}

/// One member: a bar of the sheets that are here, which revision, or what is missing.
fn member(view: &View<'_>, table: &TableView<'_>, (at, code): (usize, &PersonCode), columns: usize) -> (Role, String) {
    let assigned = table.index.assigned.get(at).copied().unwrap_or_default();
    let missing = table.index.missing.iter().filter(|missing| missing.reviewer == *code).count();
    let bar = view.glyphs.share(assigned.saturating_sub(missing), assigned, 8);
    let (role, state) = match (table.table().removed.get(code), table.table().current(code)) {
        (Some(Removal::Void { .. }), _) => (Role::Muted, msg!("member-void")),
        (Some(Removal::Replaced { by, .. }), _) => (Role::Muted, msg!("member-replaced", by = by)),
        (None, Some(bundle)) => (Role::Plain, msg!("member-here", revision = bundle.revision)),
        (None, None) => (Role::Warn, msg!("member-missing", count = missing)),
    };
    let name = text::pad(&table.name(code), 12);
    (role, text::pad(&format!("{name} {bar} {}", view.say(&state)), columns))
}

fn draw_members(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, table: &TableView<'_>) {
    const COLUMNS: u16 = 39;
    let beside = usize::from((area.width / COLUMNS).max(1));
    let room = usize::from(area.height).saturating_mul(beside);
    for (at, code) in table.index.members.iter().take(room).enumerate() {
        let (row, column) = (at.checked_div(beside).unwrap_or_default(), at.checked_rem(beside).unwrap_or_default());
        let (role, line) = member(view, table, (at, code), usize::from(COLUMNS.saturating_sub(2)));
        let (row, column) = (u16::try_from(row).unwrap_or(u16::MAX), u16::try_from(column).unwrap_or_default().saturating_mul(COLUMNS));
        canvas.put(area, column, row, &line, view.theme.style(role));
    }
}

impl Screen for Board {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-board"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        if self.cursor.act(action, menu(&table).len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(&table) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.open(&table)),
            // What is missing stands here already.
            Action::Check => Some(vec![Effect::Tell(msg!("board-checked"))]),
            Action::Sign => Some(vec![Effect::Go(Place::Seal)]),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let call = &table.package.call;
        let title = call.panel.title.as_ref().unwrap_or(&call.title).get(view.language());
        canvas.line(area, 0, &text::safe_line(title), view.theme.style(Role::Title));
        let stage = msg!("board-stage").with_message("stage", table.table().progress.stage.name());
        let stage = match &table.index.trouble {
            Some((what, advice)) => (Role::Bad, format!("{} {}", view.say(what), view.say(advice))),
            None if table.index.open.is_decided() && table.index.open.members > 0 => {
                (Role::Ok, format!("{} {}", view.say(&stage), view.say(&msg!("board-decided"))))
            }
            None => (Role::Plain, view.say(&stage)),
        };
        canvas.line(area, 1, &stage.1, view.theme.style(stage.0));
        let is_airy = area.height >= 18;
        let top = if is_airy { 3 } else { 2 };
        let menu = menu(&table);
        let length = u16::try_from(menu.len()).unwrap_or(u16::MAX);
        let list = Rect { height: rows::below(area, top).height.min(length), ..rows::below(area, top) };
        rows::draw(view, canvas, list, &mut self.cursor, menu.len(), |at| {
            let Some(row) = menu.get(at) else { return (Role::Plain, String::new()) };
            let mark = if row.state.0 == Role::Warn { view.glyphs.open() } else { "" };
            (row.state.0, format!("{} {} {}", text::pad(&view.say(&row.name), 18), text::pad(mark, 3), view.say(&row.state.1)))
        });
        let rest = rows::below(area, top.saturating_add(length).saturating_add(u16::from(is_airy)));
        if rest.height > 2 {
            canvas.line(rest, 0, &view.say(&msg!("board-who")), view.theme.style(Role::Title));
            draw_members(view, canvas, rows::below(rest, 1), &table);
        } else {
            let (here, all) = (table.index.members.len().saturating_sub(table.index.open.awaited.len()), table.index.members.len());
            canvas.line(rest, 0, &format!("{} {here}/{all}", view.glyphs.share(here, all, 20)), view.theme.style(Role::Muted));
        }
    }
}
