//! A page at the table: what is known in a few lines, and below it a numbered list of what can be done about it.

use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        screen::{Canvas, Screen},
        table::TableView,
        theme::Role,
        view::View,
        widgets::{list::Cursor, pane::Paragraph, rows},
    },
};

/// Rows that the list keeps however much there is to read above it.
const LEAST_CHOICES: usize = 5;

/// One thing that can be done.
pub struct Choice {
    /// In words.
    pub words: Message,
    /// What it asks for.
    pub effect: Effect,
    /// What it means.
    pub role: Role,
}

impl Choice {
    /// A choice that leads to another screen.
    #[must_use]
    pub const fn go(words: Message, place: Place) -> Self {
        Self { words, effect: Effect::Go(place), role: Role::Plain }
    }

    /// A choice that does something at once.
    #[must_use]
    pub const fn does(words: Message, effect: Effect) -> Self {
        Self { words, effect, role: Role::Plain }
    }
}

/// What a page is about.
pub trait Paper {
    /// Its name in the title line.
    fn title(&self, view: &View<'_>) -> String;

    /// What is known, in a few lines of at most so many columns.
    fn heads(&self, view: &View<'_>, table: &TableView<'_>, columns: usize) -> Vec<Paragraph>;

    /// What can be done.
    fn choices(&self, view: &View<'_>, table: &TableView<'_>) -> Vec<Choice>;

    /// What one of the chair's keys leads to.
    fn key(&self, _action: Action) -> Option<Place> {
        None
    }
}

/// A page.
pub struct Page<P> {
    paper: P,
    cursor: Cursor,
}

impl<P: Paper> Page<P> {
    /// The page about `paper`.
    pub fn new(paper: P) -> Self {
        Self { paper, cursor: Cursor::default() }
    }
}

impl<P: Paper> Screen for Page<P> {
    fn title(&self, view: &View<'_>) -> String {
        self.paper.title(view)
    }

    fn scopes(&self) -> &'static [Scope] {
        if self.paper.key(Action::Read).is_some() { &[Scope::Chair, Scope::Lists] } else { &[Scope::Lists] }
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let table = view.table?;
        let choices = self.paper.choices(view, &table);
        let is_moved = self.cursor.act(action, choices.len());
        if is_moved && !matches!(action, Action::Row(_)) {
            return Some(Vec::new());
        }
        if is_moved || action == Action::Open {
            return Some(choices.into_iter().nth(self.cursor.at).map(|choice| vec![choice.effect]).unwrap_or_default());
        }
        self.paper.key(action).map(|place| vec![Effect::Go(place)])
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let columns = usize::from(area.width);
        let choices = self.paper.choices(view, &table);
        let keeps = choices.len().max(1).min(LEAST_CHOICES.max(usize::from(area.height) / 2));
        let room = usize::from(area.height).saturating_sub(keeps).saturating_sub(1);
        let heads = self.paper.heads(view, &table, columns);
        let lines = heads.iter().flat_map(|(role, text)| view.wrap(text, columns).into_iter().map(|line| (*role, line)));
        let mut row = 0_u16;
        for (role, line) in lines.take(room) {
            canvas.line(area, row, &line, view.theme.style(role));
            row = row.saturating_add(1);
        }
        rows::draw(view, canvas, rows::below(area, row.saturating_add(1)), &mut self.cursor, choices.len(), |at| {
            choices.get(at).map(|choice| (choice.role, view.say(&choice.words))).unwrap_or((Role::Plain, String::new()))
        });
    }
}
