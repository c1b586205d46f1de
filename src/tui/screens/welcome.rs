//! First of all: both languages, and a package to open.

use std::path::PathBuf;

use ratatui::layout::Rect;

use crate::{
    domain::text::Language,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Form, Place},
        keymap::Key,
        screen::{Canvas, Screen},
        theme::Role,
        view::View,
        widgets::{field::Field, list::Cursor, rows},
    },
};

const ROWS: usize = 7;

/// First of all.
#[derive(Default)]
pub(super) struct Welcome {
    cursor: Cursor,
    path: Option<Field>,
    /// Whether nothing but a file is wanted, so that there is no list to go back to.
    is_direct: bool,
}

impl Welcome {
    /// Nothing but the question where a file lies.
    pub(super) fn asking() -> Self {
        Self { path: Some(Field::default()), is_direct: true, ..Self::default() }
    }

    fn choose(&mut self, view: &View<'_>) -> Vec<Effect> {
        match self.cursor.at {
            0 => {
                self.path = Some(Field::default());
                Vec::new()
            }
            1 => vec![Effect::Go(Place::Fill(Form::Folder))],
            2 => vec![Effect::Go(Place::Fill(Form::NewFolder))],
            3 => vec![Effect::Go(Place::Fill(Form::Gather))],
            4 => {
                let mut settings = view.settings.clone();
                settings.language = match settings.language {
                    Language::Zh => Language::En,
                    Language::En => Language::Zh,
                };
                vec![Effect::Settings(Box::new(settings))]
            }
            5 => vec![Effect::Go(Place::Help)],
            _ => vec![Effect::Quit],
        }
    }
}

impl Screen for Welcome {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&if self.is_direct { msg!("screen-open-file") } else { msg!("screen-welcome") })
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if let Some(path) = &self.path {
            return match action {
                Action::Open => Some(vec![Effect::OpenPackage(PathBuf::from(path.text.trim().trim_matches('"')))]),
                Action::Back if !self.is_direct => {
                    self.path = None;
                    Some(Vec::new())
                }
                _ => None,
            };
        }
        if self.cursor.act(action, ROWS) {
            return Some(if matches!(action, Action::Row(_)) { self.choose(view) } else { Vec::new() });
        }
        (action == Action::Open).then(|| self.choose(view))
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        self.path.as_mut()?.key(key).then(Vec::new)
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        Some(self.path.as_mut()?.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let style = |role| view.theme.style(role);
        canvas.line(area, 1, "  评议 pingyi", style(Role::Title));
        canvas.line(area, 2, &format!("  {}", view.say(&msg!("welcome-what"))), style(Role::Plain));
        let rows = [
            msg!("welcome-open"),
            msg!("welcome-prepare"),
            msg!("welcome-start"),
            msg!("welcome-gather"),
            msg!("welcome-language"),
            msg!("welcome-help"),
            msg!("welcome-quit"),
        ];
        let list = Rect { y: area.y.saturating_add(4), height: if self.is_direct { 0 } else { 7 }, ..area };
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, rows.len())) {
            let Some(words) = rows.get(at) else { continue };
            let point = if at == self.cursor.at { ">" } else { " " };
            let content = format!("{point} {} {}", at.saturating_add(1), view.say(words));
            canvas.bar(list, line, &content, style(if at == self.cursor.at { Role::Focus } else { Role::Plain }));
        }
        if let Some(path) = &self.path {
            let words = if self.is_direct { msg!("open-file-path") } else { msg!("welcome-path") };
            // Below the list.
            let top = if self.is_direct { 9 } else { 11 };
            canvas.line(area, top, &format!("  {}", view.say(&words)), style(Role::Key));
            let below = rows::below(area, top.saturating_add(1));
            let place = Rect { x: area.x.saturating_add(2), width: area.width.saturating_sub(4), height: below.height.min(1), ..below };
            path.draw(view, canvas, place);
        }
    }
}
