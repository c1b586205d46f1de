//! A score sheet beside the application's text: digits and Enter, one criterion after the other.

mod cells;
mod draw;
mod form;
mod write;

use ratatui::layout::Rect;

use crate::{
    domain::{
        ids::{ApplicationId, CriterionId},
        rubric::{Criterion, NotApplicablePolicy},
        sheet::{Cell, Sheet, Status},
        text::Message,
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        reader::Reader,
        screen::{Canvas, Hint, Screen},
        view::{View, Work},
        widgets::editor::Editor,
    },
};

/// Which text is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Writing {
    /// The comment on a criterion; `None` for the whole.
    Comment(Option<CriterionId>),
    /// Why a criterion does not apply.
    Reason(CriterionId),
}

/// A score sheet.
pub(super) struct SheetScreen {
    id: ApplicationId,
    /// Place among the asked criteria; one beyond the last is the comment on the whole.
    at: usize,
    first: Option<CriterionId>,
    /// Digits that are typed and not accepted yet.
    typed: Option<String>,
    /// Why the last value was refused.
    refused: Option<(Message, Message)>,
    writing: Option<(Writing, Editor)>,
    /// Whether what is being written stands in the journal otherwise by now, because something was taken back.
    is_stale: bool,
    /// Whether it was said that closing would throw away what could not be recorded.
    is_warned: bool,
    /// Whether keys go to the application's text; in a narrow window it then stands in the place of the form.
    is_reading: bool,
    reader: Reader,
    top: usize,
}

impl SheetScreen {
    pub(super) fn new(id: ApplicationId, first: Option<CriterionId>) -> Self {
        let reader = Reader::new(id.clone());
        Self {
            id,
            at: 0,
            first,
            typed: None,
            refused: None,
            writing: None,
            is_stale: false,
            is_warned: false,
            is_reading: false,
            reader,
            top: 0,
        }
    }

    fn criterion<'a>(&self, work: &Work<'a>) -> Option<&'a Criterion> {
        work.package.rubric.asked().nth(self.at)
    }

    fn sheet(&self, work: &Work<'_>) -> Sheet {
        work.desk.sheet(&self.id)
    }

    /// Goes to the criterion that the place named, once; and shows what is recorded after something was taken back.
    fn settle(&mut self, work: &Work<'_>) {
        if std::mem::take(&mut self.is_stale)
            && let Some((writing, _)) = self.writing.take()
        {
            let text = self.recorded(work, &writing);
            self.writing = Some((writing, Editor::new(&text)));
        }
        if let Some(first) = self.first.take() {
            self.at = work.package.rubric.asked().position(|criterion| criterion.id == first).unwrap_or_default();
        }
    }

    fn submit(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let Some(mut effects) = self.accept(work) else { return Vec::new() };
        match work.desk.set_status(&self.id, Status::Submitted) {
            Some(change) if work.desk.blocking(work.package, &self.id).is_empty() && effects.is_empty() => {
                effects.extend([Effect::Record(change), Effect::Back]);
            }
            _ => effects.push(Effect::Go(Place::Check)),
        }
        effects
    }
}

impl Screen for SheetScreen {
    fn title(&self, view: &View<'_>) -> String {
        let application = view.work.and_then(|work| work.application(&self.id));
        let title = application.map(|application| crate::tui::text::safe_line(application.title.get(view.language()))).unwrap_or_default();
        format!("{} {title}", self.id)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Sheet, Scope::Lists]
    }

    fn is_writing(&self) -> bool {
        self.writing.is_some()
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const WRITING: [Hint; 4] = [
            (Action::Back, || msg!("hint-done")),
            (Action::Next, || msg!("hint-done-next")),
            (Action::PageDown, || msg!("hint-text")),
            (Action::Undo, || msg!("key-undo")),
        ];
        const READING: [Hint; 3] =
            [(Action::Back, || msg!("hint-to-sheet")), (Action::Next, || msg!("hint-part")), (Action::PageDown, || msg!("hint-page"))];
        match (&self.writing, self.is_reading) {
            (Some(_), _) => Some(&WRITING),
            (None, true) => Some(&READING),
            (None, false) => None,
        }
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.settle(&work);
        if self.writing.is_some() {
            return self.act_writing(view, &work, action);
        }
        if self.is_reading {
            if matches!(action, Action::Back | Action::Read) {
                self.is_reading = false;
                return Some(Vec::new());
            }
            if let Some(effects) = self.reader.act(view, action) {
                return Some(effects);
            }
            self.is_reading = false;
        }
        let last = work.package.rubric.asked().count();
        Some(match action {
            Action::Up | Action::Previous => self.go(&work, self.at.saturating_sub(1)),
            Action::Down | Action::Next => self.go(&work, self.at.saturating_add(1)),
            Action::First => self.go(&work, 0),
            Action::Last => self.go(&work, last),
            Action::Open if self.at == last => self.write(&work),
            Action::Open => self.go(&work, self.at.saturating_add(1)),
            Action::Left => self.step(&work, false),
            Action::Right => self.step(&work, true),
            Action::PageUp | Action::PageDown => self.reader.act(view, action)?,
            Action::Comment => self.write(&work),
            Action::NotApplicable => {
                self.not_applicable(&work);
                Vec::new()
            }
            Action::Clear => {
                self.typed = None;
                self.refused = None;
                self.criterion(&work).and_then(|criterion| self.set(&work, criterion, Cell::Blank)).unwrap_or_default()
            }
            Action::Read => {
                let effects = self.accept(&work)?;
                self.is_reading = true;
                effects
            }
            Action::Sign => self.submit(&work),
            Action::Withdraw => {
                let change = work.desk.set_status(&self.id, Status::Draft);
                change.map(Effect::Record).into_iter().collect()
            }
            Action::Back => {
                let mut effects = self.accept(&work)?;
                effects.push(Effect::Back);
                effects
            }
            Action::Undo | Action::Redo if self.typed.is_some() => {
                self.typed = None;
                Vec::new()
            }
            _ => return None,
        })
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.settle(&work);
        if let Some((_, editor)) = self.writing.as_mut() {
            let is_taken = editor.key(key);
            self.is_warned &= !is_taken;
            return is_taken.then(Vec::new);
        }
        if self.is_reading {
            return None;
        }
        self.criterion(&work)?;
        let typed = key.folded().typed();
        match typed {
            // One decimal separator; a second one and thousands marks are slips of the finger.
            Some('.') if self.typed.as_ref().is_some_and(|typed| typed.contains('.')) => {}
            Some(',') => {}
            Some(c) if c.is_ascii_digit() || c == '.' => {
                self.refused = None;
                self.typed.get_or_insert_default().push(c);
            }
            Some('+') => return Some(self.step(&work, true)),
            Some('-') => return Some(self.step(&work, false)),
            _ if key.code == crossterm::event::KeyCode::Backspace => {
                let digits = self.typed.as_mut()?;
                digits.pop();
                if digits.is_empty() {
                    self.typed = None;
                }
            }
            _ if key.code == crossterm::event::KeyCode::Esc && self.typed.is_some() => self.typed = None,
            _ => return None,
        }
        Some(Vec::new())
    }

    fn paste(&mut self, view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        self.settle(&view.work?);
        let (_, editor) = self.writing.as_mut()?;
        self.is_warned = false;
        Some(editor.paste(text).effects())
    }

    fn flush(&mut self, view: &View<'_>) -> Vec<Effect> {
        let Some(work) = view.work else { return Vec::new() };
        self.settle(&work);
        self.written(&work)
    }

    fn is_pending(&self, view: &View<'_>) -> bool {
        self.typed.is_some() || view.work.is_some_and(|work| self.unrecorded(&work).is_some())
    }

    fn why_not(&self, view: &View<'_>, action: Action) -> Option<Message> {
        let work = view.work?;
        let is_submitted = self.sheet(&work).status == Status::Submitted;
        match action {
            Action::Withdraw if !is_submitted => Some(msg!("why-not-submitted")),
            Action::NotApplicable if self.criterion(&work).is_some_and(|criterion| criterion.na == NotApplicablePolicy::Forbid) => {
                Some(msg!("why-no-na"))
            }
            Action::Clear | Action::NotApplicable if is_submitted => Some(msg!("why-submitted")),
            _ => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(work) = view.work else { return };
        self.settle(&work);
        self.draw_all(view, &work, canvas, area);
    }
}
