//! A bundle that was signed: where it lies, its digest, the groups of its key, and what to do with it.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        ends::Signed,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::pane::Pane,
    },
};

/// A bundle that was signed.
pub(super) struct SignedScreen {
    signed: Signed,
    pane: Pane,
}

impl SignedScreen {
    pub(super) fn new(signed: Signed) -> Self {
        Self { signed, pane: Pane::default() }
    }
}

impl Screen for SignedScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-signed"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.pane.act(action) {
            return Some(Vec::new());
        }
        (action == Action::Open).then(|| vec![Effect::Back])
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Signed { file, digest, groups, next } = &self.signed;
        let paragraphs = vec![
            (Role::Ok, view.say(&msg!("signed-done"))),
            (Role::Plain, String::new()),
            (Role::Muted, view.say(&msg!("signed-file"))),
            (Role::Title, text::safe_line(file)),
            (Role::Muted, view.say(&msg!("signed-digest"))),
            (Role::Title, digest.clone()),
            (Role::Muted, view.say(&msg!("signed-key"))),
            (Role::Title, groups.clone()),
            (Role::Plain, String::new()),
            (Role::Plain, view.say(next)),
        ];
        self.pane.draw(view, canvas, area, paragraphs);
    }
}
