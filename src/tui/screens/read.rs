//! An application to read, over the whole window.

use ratatui::layout::Rect;

use crate::{
    domain::ids::ApplicationId,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        reader::Reader,
        screen::{Canvas, Screen},
        text,
        view::View,
    },
};

/// An application to read.
pub(super) struct Read {
    id: ApplicationId,
    reader: Reader,
}

impl Read {
    pub(super) fn new(id: ApplicationId) -> Self {
        Self { reader: Reader::new(id.clone()), id }
    }
}

impl Screen for Read {
    fn title(&self, view: &View<'_>) -> String {
        let application = view.application(&self.id);
        let title = application.map(|application| text::safe_line(application.title.get(view.language()))).unwrap_or_default();
        format!("{} {title}", self.id)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.reader.act(view, action)
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        self.reader.draw(view, canvas, area, Vec::new(), true);
    }
}
