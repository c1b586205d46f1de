//! A question on top of the screen. Cancelling has the focus first, buttons are verbs, and for signing four digits are typed.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    msg,
    tui::{keymap::Key, screen::Canvas, text, theme::Role, view::View},
};

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup {
    /// What, and to what.
    pub title: Message,
    /// What follows from it.
    pub body: Message,
    /// The verb on the button.
    pub verb: Message,
    /// Digits to type before the verb works; empty for none.
    pub code: String,
    typed: String,
    on_verb: bool,
}

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Not yet.
    Open,
    /// No.
    No,
    /// Yes.
    Yes,
}

impl Popup {
    /// A question with these words.
    #[must_use]
    pub const fn new(title: Message, body: Message, verb: Message) -> Self {
        Self { title, body, verb, code: String::new(), typed: String::new(), on_verb: false }
    }

    /// The same question, to be answered by typing `code`.
    #[must_use]
    pub fn with_code(mut self, code: String) -> Self {
        self.code = code;
        self
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Answer {
        match key.code {
            KeyCode::Esc => return Answer::No,
            KeyCode::Enter if !self.code.is_empty() && self.typed == self.code => return Answer::Yes,
            KeyCode::Enter if self.code.is_empty() => return if self.on_verb { Answer::Yes } else { Answer::No },
            KeyCode::Enter => return Answer::Open,
            KeyCode::Backspace => drop(self.typed.pop()),
            KeyCode::Left | KeyCode::Right | KeyCode::Tab | KeyCode::BackTab => self.on_verb = !self.on_verb,
            _ => {}
        }
        if let Some(digit) = key.digit().filter(|_| self.typed.len() < self.code.len()) {
            self.typed.push_str(&digit.to_string());
        }
        Answer::Open
    }

    /// Draws itself over the middle of `area`.
    pub fn draw(&self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let columns = area.width.saturating_sub(4).clamp(10, 64);
        let inner = usize::from(columns.saturating_sub(4));
        let (title, body) = (view.say(&self.title), view.wrap(&view.say(&self.body), inner));
        let rows = u16::try_from(body.len()).unwrap_or(8).min(8).saturating_add(6);
        let place = Rect {
            x: area.x.saturating_add(area.width.saturating_sub(columns) / 2),
            y: area.y.saturating_add(area.height.saturating_sub(rows) / 2),
            width: columns,
            height: rows.min(area.height),
        };
        canvas.clear(place);
        let style = |role| view.theme.style(role);
        let rule = view.glyphs.rule().repeat(usize::from(columns));
        canvas.line(place, 0, &rule, style(Role::Muted));
        canvas.put(place, 2, 1, &title, style(Role::Title));
        for (row, line) in (2_u16..).zip(&body) {
            canvas.put(place, 2, row, line, style(Role::Plain));
        }
        let last = place.height.saturating_sub(2);
        canvas.line(place, last.saturating_add(1), &rule, style(Role::Muted));
        if self.code.is_empty() {
            // The mark tells which button has the focus where no style does.
            let (off, on) = if self.on_verb { (" ", ">") } else { (">", " ") };
            let (cancel, verb) = (format!("{off}{} ", view.say(&msg!("popup-cancel"))), format!("{on}{} ", view.say(&self.verb)));
            let right = u16::try_from(text::width(&cancel)).unwrap_or_default().saturating_add(5);
            canvas.put(place, 2, last, &cancel, style(if self.on_verb { Role::Plain } else { Role::Focus }));
            canvas.put(place, right, last, &verb, style(if self.on_verb { Role::Focus } else { Role::Plain }));
        } else {
            let asked = view.say(&msg!("popup-type", code = self.code, verb = view.say(&self.verb)));
            canvas.put(place, 2, last, &format!("{asked} {}", self.typed), style(Role::Warn));
        }
    }
}
