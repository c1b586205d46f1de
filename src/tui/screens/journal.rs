//! What happened, newest first.

use ratatui::layout::Rect;

use crate::{
    domain::change::Link,
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::list::Cursor,
    },
};

/// What happened.
#[derive(Default)]
pub(super) struct Journal {
    cursor: Cursor,
}

impl Screen for Journal {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-journal"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let length = view.entries().len();
        self.cursor.act(action, length).then(Vec::new)
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let entries = view.entries();
        let list = Rect { height: area.height.saturating_sub(1), ..area };
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, entries.len())) {
            let Some(entry) = entries.len().checked_sub(at.saturating_add(1)).and_then(|at| entries.get(at)) else { continue };
            let link = entry.link.map(|link| match link {
                Link::Undoes(seq) => view.say(&msg!("say-undoes", seq = seq)),
                Link::Redoes(seq) => view.say(&msg!("say-redoes", seq = seq)),
            });
            let words = text::safe_line(&view.say(&crate::domain::telling::change(&entry.change)));
            let content = format!("{:>5} {} {words} {}", entry.seq, entry.time.clock(), link.unwrap_or_default());
            canvas.bar(list, line, &content, view.theme.style(if at == self.cursor.at { Role::Focus } else { Role::Plain }));
        }
        let head = entries.last().map(|entry| entry.seq).unwrap_or_default();
        canvas.line(area, area.height.saturating_sub(1), &view.say(&msg!("journal-foot", seq = head)), view.theme.style(Role::Muted));
    }
}
