//! What was looked at. Of a package: who signed it, to be compared with the meeting notice, and whose work it is. Of a request of
//! the chair: what is asked.

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
        widgets::{list::Cursor, rows},
    },
};

/// What was looked at.
pub(super) struct ArrivalScreen {
    arrival: Arrival,
    cursor: Cursor,
}

impl ArrivalScreen {
    pub(super) fn new(arrival: Arrival) -> Self {
        Self { arrival, cursor: Cursor::default() }
    }

    /// What stands above the list.
    fn heads(&self, view: &View<'_>) -> Vec<(Role, String)> {
        let Arrival { title, revision, applications, office, request, .. } = &self.arrival;
        let mut heads = vec![(Role::Title, text::safe_line(title.get(view.language())))];
        let Some(asked) = request else {
            heads.extend([
                (Role::Plain, view.say(&msg!("arrival-what", revision = revision, applications = applications))),
                (Role::Plain, view.say(&msg!("arrival-office"))),
                (Role::Warn, format!("    {office}")),
                (Role::Muted, view.say(&msg!("arrival-compare"))),
                (Role::Title, view.say(&msg!("arrival-who"))),
            ]);
            return heads;
        };
        heads.push((Role::Plain, view.say(&msg!("arrival-request", revision = asked.revision))));
        for line in &asked.request.lines {
            let words = msg!("arrival-asked", application = line.application).with_message("what", line.told());
            heads.push((Role::Warn, text::safe_line(&view.say(&words))));
        }
        if let Some(deadline) = &asked.request.deadline {
            heads.push((Role::Plain, view.say(&msg!("say-asked-deadline", time = deadline))));
        }
        heads.push((Role::Title, view.say(&msg!("arrival-take"))));
        heads
    }

    fn choose(&self) -> Vec<Effect> {
        let Arrival { people, chairs, .. } = &self.arrival;
        let effect = match people.get(self.cursor.at) {
            Some((code, _)) => Some(Effect::AcceptPackage(code.clone())),
            None => chairs.get(self.cursor.at.saturating_sub(people.len())).map(|(code, _)| Effect::OpenTable(code.clone())),
        };
        effect.into_iter().collect()
    }

    fn length(&self) -> usize {
        self.arrival.people.len().saturating_add(self.arrival.chairs.len())
    }
}

impl Screen for ArrivalScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&if self.arrival.request.is_some() { msg!("screen-open-file") } else { msg!("screen-arrival") })
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.cursor.act(action, self.length()) {
            return Some(if matches!(action, Action::Row(_)) { self.choose() } else { Vec::new() });
        }
        (action == Action::Open).then(|| self.choose())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let style = |role| view.theme.style(role);
        let Arrival { people, chairs, .. } = &self.arrival;
        let heads = self.heads(view);
        // What is to be compared is read to its end; the longest title leaves room for it and for the list.
        let wrap = |(role, line): &(Role, String)| {
            view.wrap(line, usize::from(area.width)).into_iter().take(3).map(|line| (*role, line)).collect()
        };
        let wrapped: Vec<Vec<(Role, String)>> = heads.iter().map(wrap).collect();
        let is_airy = area.height >= 18;
        let mut row = 0_u16;
        for (at, lines) in wrapped.iter().enumerate() {
            row = row.saturating_add(u16::from(is_airy && (at == 2 || at == wrapped.len().saturating_sub(1))));
            for (role, line) in lines {
                canvas.line(area, row, line, style(*role));
                row = row.saturating_add(1);
            }
        }
        let list = Rect { y: area.y.saturating_add(row), height: area.height.saturating_sub(row), ..area };
        let length = people.len().saturating_add(chairs.len());
        rows::draw(view, canvas, list, &mut self.cursor, length, |at| {
            match (people.get(at), chairs.get(at.saturating_sub(people.len()))) {
                (Some((code, name)), _) => (Role::Plain, format!("{code} {}", text::safe_line(name))),
                (None, Some((code, name))) => (Role::Plain, view.say(&msg!("arrival-chair", code = code, name = text::safe_line(name)))),
                (None, None) => (Role::Plain, String::new()),
            }
        });
    }
}
