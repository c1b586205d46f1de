//! The pledge, read and accepted before anything is scored.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::pane::Pane,
    },
};

/// The pledge.
#[derive(Default)]
pub(super) struct Pledge {
    pane: Pane,
}

impl Screen for Pledge {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-pledge"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        match action {
            Action::Open if work.pledged => Some(vec![Effect::Replace(Place::Worklist)]),
            Action::Open => Some(vec![Effect::Pledge, Effect::Replace(Place::Worklist)]),
            action => self.pane.act(action).then(Vec::new),
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        let text = text::safe(work.package.pledge.text.get(view.language()));
        let body = Rect { height: area.height.saturating_sub(2), ..area };
        self.pane.draw(view, canvas, body, vec![(Role::Plain, text)]);
        let asked = if work.pledged { msg!("pledge-accepted") } else { msg!("pledge-accept") };
        canvas.line(area, area.height.saturating_sub(1), &view.say(&asked), view.theme.style(Role::Title));
    }
}
