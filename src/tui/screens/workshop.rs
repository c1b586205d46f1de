//! What can be done to the package folder out of tables and lists.

use ratatui::layout::Rect;

use crate::{
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Place},
        ends::Job,
        screen::{Canvas, Screen},
        theme::Role,
        view::View,
        widgets::{list::Cursor, rows},
        workshop::{TOOLS, Task, Tool},
    },
};

/// The list.
#[derive(Default)]
pub(super) struct Workshop {
    cursor: Cursor,
}

/// Asks what is needed; where nothing is, looks at once.
fn begin(tool: Tool) -> Effect {
    if tool.questions().is_empty() {
        Effect::Begin(Box::new(Job::Plan(Task { tool, answers: Vec::new() })))
    } else {
        Effect::Go(Place::Fill(Form::Tool(tool)))
    }
}

impl Workshop {
    fn chosen(&self) -> Option<Tool> {
        TOOLS.get(self.cursor.at).copied()
    }
}

impl Screen for Workshop {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-workshop"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let is_move = self.cursor.act(action, TOOLS.len());
        match action {
            Action::Open | Action::Row(_) => Some(self.chosen().map(begin).into_iter().collect()),
            _ => is_move.then(Vec::new),
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let row = rows::wrapped(view, canvas, area, (0, 2), (Role::Muted, &view.say(&msg!("workshop-note"))));
        let list = rows::below(area, row.saturating_add(1));
        let length = u16::try_from(TOOLS.len()).unwrap_or(u16::MAX);
        rows::draw(view, canvas, Rect { height: list.height.min(length), ..list }, &mut self.cursor, TOOLS.len(), |at| {
            (Role::Plain, TOOLS.get(at).map(|tool| view.say(&tool.name())).unwrap_or_default())
        });
        let rest = rows::below(list, length.saturating_add(1));
        if let Some(tool) = self.chosen() {
            rows::wrapped(view, canvas, rest, (0, usize::from(rest.height)), (Role::Plain, &view.say(&tool.note())));
        }
    }
}
