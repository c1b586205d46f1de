//! What became of the bundles that were taken in: one row each, and what to do about those that were refused.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Intake, IntakeLine},
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
    },
};

/// What became of bundles.
pub(super) struct IntakeScreen {
    intake: Intake,
    cursor: Cursor,
}

impl IntakeScreen {
    pub(super) fn new(intake: Intake) -> Self {
        // The first refused one is what the eye is for.
        let at = intake.lines.iter().position(|line| !line.is_good).unwrap_or_default();
        Self { intake, cursor: Cursor::at(at) }
    }
}

fn line(view: &View<'_>, one: &IntakeLine) -> (Role, String) {
    let whose = match (&one.whose, view.table) {
        (Some((code, revision)), Some(table)) => {
            format!("{} {}", table.name(code), view.say(&msg!("intake-revision", revision = revision)))
        }
        _ => text::safe_line(&one.file),
    };
    let (mark, role) = if one.is_good { (view.glyphs.done(), Role::Ok) } else { (view.glyphs.out(), Role::Bad) };
    (role, format!("{} {} {}", text::pad(mark, 3), text::pad(&whose, 22), view.say(&one.verdict)))
}

impl Screen for IntakeScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-intake"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.cursor.act(action, self.intake.lines.len()) {
            return Some(Vec::new());
        }
        (action == Action::Open).then(|| vec![Effect::Back])
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let head = if self.intake.taken {
            (Role::Ok, msg!("intake-taken", count = self.intake.lines.len()))
        } else {
            (Role::Bad, msg!("intake-none", bad = self.intake.lines.iter().filter(|line| !line.is_good).count()))
        };
        let row = rows::wrapped(view, canvas, area, (0, 2), (head.0, &view.say(&head.1)));
        let awaited = table.index.open.awaited.iter().map(|code| table.name(code)).collect::<Vec<_>>().join(" ");
        let rest = if awaited.is_empty() { msg!("bundles-all") } else { msg!("intake-awaited", names = awaited) };
        let row = rows::wrapped(view, canvas, area, (row, 2), (Role::Plain, &view.say(&rest)));
        // The words on the chosen one stand in full below the list.
        let chosen = self.intake.lines.get(self.cursor.at);
        let words = chosen.map(|one| {
            let advice = one.advice.as_ref().map(|advice| view.say(advice)).unwrap_or_default();
            format!("{} {} {advice}", text::safe_line(&one.file), view.say(&one.verdict))
        });
        let list = rows::below(area, row.saturating_add(1));
        let list = Rect { height: list.height.saturating_sub(4), ..list };
        let lines = &self.intake.lines;
        rows::draw(view, canvas, list, &mut self.cursor, lines.len(), |at| {
            lines.get(at).map(|one| line(view, one)).unwrap_or((Role::Plain, String::new()))
        });
        let role = if chosen.is_some_and(|one| one.is_good) { Role::Muted } else { Role::Warn };
        rows::wrapped(view, canvas, area, (area.height.saturating_sub(3), 3), (role, &words.unwrap_or_default()));
    }
}
