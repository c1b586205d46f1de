//! A package that was looked at: who signed it, to be compared with the meeting notice, and whose work it is.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Arrival, Effect},
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::list::Cursor,
    },
};

/// A package that was looked at.
pub(super) struct ArrivalScreen {
    arrival: Arrival,
    cursor: Cursor,
}

impl ArrivalScreen {
    pub(super) fn new(arrival: Arrival) -> Self {
        Self { arrival, cursor: Cursor::default() }
    }

    fn choose(&self) -> Vec<Effect> {
        let person = self.arrival.people.get(self.cursor.at);
        person.map(|(code, _)| vec![Effect::AcceptPackage(code.clone())]).unwrap_or_default()
    }
}

impl Screen for ArrivalScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-arrival"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.cursor.act(action, self.arrival.people.len()) {
            return Some(if matches!(action, Action::Row(_)) { self.choose() } else { Vec::new() });
        }
        (action == Action::Open).then(|| self.choose())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let style = |role| view.theme.style(role);
        let Arrival { title, revision, applications, office, people } = &self.arrival;
        canvas.line(area, 0, &text::safe_line(title.get(view.language())), style(Role::Title));
        canvas.line(area, 1, &view.say(&msg!("arrival-what", revision = revision, applications = applications)), style(Role::Plain));
        canvas.line(area, 3, &view.say(&msg!("arrival-office")), style(Role::Plain));
        canvas.line(area, 4, &format!("    {office}"), style(Role::Warn));
        canvas.line(area, 5, &view.say(&msg!("arrival-compare")), style(Role::Muted));
        canvas.line(area, 7, &view.say(&msg!("arrival-who")), style(Role::Title));
        let list = Rect { y: area.y.saturating_add(8), height: area.height.saturating_sub(8), ..area };
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, people.len())) {
            let Some((code, name)) = people.get(at) else { continue };
            let number = self.cursor.number(at).map_or_else(String::new, |number| number.to_string());
            let point = if at == self.cursor.at { ">" } else { " " };
            canvas.bar(
                list,
                line,
                &format!("{point}{number:>1} {code} {}", text::safe_line(name)),
                style(if at == self.cursor.at { Role::Focus } else { Role::Plain }),
            );
        }
    }
}
