//! A step that takes long: how far it is, how fast, how long still. No other screen comes on top of it until it is over.

use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        ends::Pace,
        screen::{Canvas, Hint, Screen},
        theme::Role,
        view::View,
        widgets::rows,
    },
};

/// Columns of the bar.
const BAR: usize = 40;

/// A step that goes on.
pub(super) struct Working {
    what: Message,
    can_stop: bool,
    is_stopping: bool,
}

impl Working {
    pub(super) const fn new(what: Message, can_stop: bool) -> Self {
        Self { what, can_stop, is_stopping: false }
    }
}

impl Screen for Working {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&self.what)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const STOP: [Hint; 1] = [(Action::Back, || msg!("popup-cancel"))];
        Some(if self.can_stop { &STOP } else { &[] })
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        match action {
            Action::Back if self.can_stop => {
                self.is_stopping = true;
                Some(vec![Effect::Stop])
            }
            Action::Language | Action::Redraw | Action::Quit => None,
            _ if self.can_stop => Some(vec![Effect::Refuse(msg!("working-busy"), msg!("working-stop-advice"))]),
            _ => Some(vec![Effect::Refuse(msg!("working-busy"), msg!("working-wait-advice"))]),
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let style = |role| view.theme.style(role);
        canvas.line(area, 1, &format!("  {}", view.say(&self.what)), style(Role::Title));
        if let Some(Pace { done, of, rate, left }) = view.pace {
            canvas.line(area, 3, &format!("  {} {done}/{of}", view.glyphs.share(done, of, BAR)), style(Role::Plain));
            let words = msg!("say-pace", rate = rate, seconds = left).with_message("progress", msg!("say-progress", done = done, of = of));
            canvas.line(area, 4, &format!("  {}", view.say(&words)), style(Role::Plain));
        }
        let note = match (self.can_stop, self.is_stopping) {
            (true, true) => msg!("working-stopping"),
            (true, false) => msg!("working-can-stop"),
            (false, _) => msg!("working-wait"),
        };
        let inside = Rect { x: area.x.saturating_add(2), width: area.width.saturating_sub(4), ..area };
        rows::wrapped(view, canvas, inside, (6, 4), (Role::Muted, &view.say(&note)));
    }
}
