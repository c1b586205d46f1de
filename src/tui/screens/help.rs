//! Help: the keys of the screen below, made from the bindings in force.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        frame::key_words,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::pane::{Pane, Paragraph},
    },
};

/// Help on the screen below.
pub(super) struct Help {
    below: Vec<Scope>,
    pane: Pane,
}

impl Help {
    pub(super) fn new(below: Vec<Scope>) -> Self {
        Self { below, pane: Pane::default() }
    }
}

impl Screen for Help {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-help"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.pane.act(action).then(Vec::new)
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let mut lines: Vec<Paragraph> = vec![(Role::Plain, view.say(&msg!("help-intro")))];
        if self.below.contains(&Scope::Sheet) {
            lines.push((Role::Plain, view.say(&msg!("help-sheet"))));
        }
        for (binding, keys) in view.keymap.live(&self.below) {
            let names: Vec<String> = keys.iter().map(|key| key_words(view, key)).collect();
            lines.push((Role::Plain, format!("{} {}", text::pad(&names.join(" / "), 24), view.say(&(binding.words)()))));
        }
        lines.push((Role::Muted, view.say(&msg!("help-trust"))));
        self.pane.draw(view, canvas, area, lines);
    }
}
