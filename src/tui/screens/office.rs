//! The package folder at a glance: what is wrong, the formal check, who has a key, and the two things that are done with it.

use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Part, Place},
        ends::{Job, Prepared},
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// The package folder at a glance.
#[derive(Default)]
pub(super) struct Office {
    cursor: Cursor,
}

struct Row {
    name: Message,
    state: (Role, Message),
    place: Place,
}

fn problems(prepared: &Prepared) -> (Role, Message) {
    let (all, errors) = (prepared.problems.len(), prepared.errors());
    match (errors, all) {
        (0, 0) => (Role::Ok, msg!("office-sound")),
        (0, notes) => (Role::Ok, msg!("office-notes", notes = notes)),
        (errors, all) => (Role::Bad, msg!("office-errors", errors = errors, notes = all.saturating_sub(errors))),
    }
}

fn formal(prepared: &Prepared) -> (Role, Message) {
    let of = |role: Role| prepared.formal.iter().filter(|one| one.outcome.0 == role).count();
    match (prepared.formal.is_empty(), of(Role::Bad), of(Role::Warn)) {
        (true, ..) => (Role::Muted, msg!("office-formal-later")),
        (false, fail, fix) => {
            let role = if fail > 0 || fix > 0 { Role::Warn } else { Role::Ok };
            (role, msg!("office-formal", all = prepared.formal.len(), pass = of(Role::Ok), fix = fix, fail = fail))
        }
    }
}

fn people(prepared: &Prepared) -> (Role, Message) {
    let (all, here) = (prepared.people.len(), prepared.enrolled());
    (if here == all { Role::Ok } else { Role::Warn }, msg!("office-people", all = all, here = here, open = all.saturating_sub(here)))
}

fn menu(prepared: &Prepared) -> Vec<Row> {
    let row = |name, state, place| Row { name, state, place };
    let sign = if prepared.errors() == 0 { (Role::Plain, msg!("office-sign")) } else { (Role::Muted, msg!("office-sign-later")) };
    vec![
        row(msg!("screen-problems"), problems(prepared), Place::Part(Part::Problems)),
        row(msg!("screen-formal"), formal(prepared), Place::Part(Part::Formal)),
        row(msg!("screen-people"), people(prepared), Place::Part(Part::People)),
        row(msg!("screen-keys"), (Role::Plain, msg!("office-keys")), Place::Fill(Form::Keys)),
        row(msg!("screen-build"), sign, Place::Fill(Form::Build)),
        row(msg!("screen-workshop"), (Role::Plain, msg!("office-workshop")), Place::Workshop),
    ]
}

/// Signing, where nothing keeps the package from it.
fn build(prepared: &Prepared) -> Effect {
    match prepared.errors() {
        0 => Effect::Go(Place::Fill(Form::Build)),
        count => Effect::Refuse(msg!("office-cannot-sign", count = count), msg!("office-cannot-sign-advice")),
    }
}

impl Office {
    fn open(&self, prepared: &Prepared) -> Vec<Effect> {
        let row = menu(prepared).into_iter().nth(self.cursor.at);
        let effect = row.map(|row| if row.place == Place::Fill(Form::Build) { build(prepared) } else { Effect::Go(row.place) });
        effect.into_iter().collect()
    }
}

impl Screen for Office {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-office"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const OFFICE: [Hint; 4] = [
            (Action::Open, || msg!("key-open")),
            (Action::Back, || msg!("key-back")),
            (Action::Check, || msg!("hint-recheck")),
            (Action::Sign, || msg!("key-sign")),
        ];
        Some(&OFFICE)
    }

    fn offers(&self, action: Action) -> bool {
        matches!(action, Action::Check | Action::Sign)
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let prepared = view.office?;
        if self.cursor.act(action, menu(prepared).len()) {
            return Some(if matches!(action, Action::Row(_)) { self.open(prepared) } else { Vec::new() });
        }
        match action {
            Action::Open => Some(self.open(prepared)),
            Action::Check => Some(vec![Effect::Begin(Box::new(Job::Check))]),
            Action::Sign => Some(vec![build(prepared)]),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(prepared) = view.office else { return };
        let title =
            prepared.title.as_ref().map_or_else(|| view.say(&msg!("office-no-title")), |title| title.get(view.language()).to_owned());
        let row = rows::wrapped(view, canvas, area, (0, 2), (Role::Title, &text::safe_line(&title)));
        let row = rows::wrapped(view, canvas, area, (row, 2), (Role::Muted, &text::safe_line(&prepared.folder)));
        let menu = menu(prepared);
        let list = rows::below(area, row.saturating_add(1));
        let length = u16::try_from(menu.len()).unwrap_or(u16::MAX);
        rows::draw(view, canvas, Rect { height: list.height.min(length), ..list }, &mut self.cursor, menu.len(), |at| {
            let Some(row) = menu.get(at) else { return (Role::Plain, String::new()) };
            let mark = match row.state.0 {
                Role::Ok => view.glyphs.done(),
                Role::Warn => view.glyphs.open(),
                Role::Bad => view.glyphs.out(),
                _ => "",
            };
            (row.state.0, format!("{} {} {}", text::pad(&view.say(&row.name), 18), text::pad(mark, 3), view.say(&row.state.1)))
        });
        let rest = rows::below(list, length.saturating_add(1));
        rows::wrapped(view, canvas, rest, (0, 3), (Role::Muted, &view.say(&msg!("office-order"))));
    }
}
