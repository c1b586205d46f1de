//! A score sheet beside the application's text: digits and Enter, one criterion after the other.

mod draw;
mod form;

use ratatui::layout::Rect;

use crate::{
    domain::{
        desk::Refusal,
        ids::{ApplicationId, CriterionId},
        number::Points,
        rubric::{Criterion, NotApplicablePolicy},
        sheet::{Cell, Sheet, Status},
        text::{Explain, Message},
    },
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Effect, Place},
        keymap::Key,
        reader::Reader,
        screen::{Canvas, Screen},
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
    /// Whether keys go to the application's text; in a narrow window it then stands in the place of the form.
    is_reading: bool,
    reader: Reader,
    top: usize,
}

impl SheetScreen {
    pub(super) fn new(id: ApplicationId, first: Option<CriterionId>) -> Self {
        let reader = Reader::new(id.clone());
        Self { id, at: 0, first, typed: None, refused: None, writing: None, is_reading: false, reader, top: 0 }
    }

    fn criterion<'a>(&self, work: &Work<'a>) -> Option<&'a Criterion> {
        work.package.rubric.asked().nth(self.at)
    }

    fn sheet(&self, work: &Work<'_>) -> Sheet {
        work.desk.sheet(&self.id)
    }

    /// Goes to the criterion that the place named, once.
    fn settle(&mut self, work: &Work<'_>) {
        if let Some(first) = self.first.take() {
            self.at = work.package.rubric.asked().position(|criterion| criterion.id == first).unwrap_or_default();
        }
    }

    /// Accepts what is typed. `None` where it is refused: the cell keeps what it had, and the words say why.
    fn accept(&mut self, work: &Work<'_>) -> Option<Vec<Effect>> {
        let (Some(typed), Some(criterion)) = (self.typed.take(), self.criterion(work)) else { return Some(Vec::new()) };
        self.refused = None;
        let value: Points = match typed.trim_end_matches('.').parse() {
            Ok(value) => value,
            Err(_) => {
                self.refused = Some((msg!("err-score-form", found = typed), msg!("rec-score-form")));
                return None;
            }
        };
        self.set(work, criterion, Cell::Scored { value })
    }

    /// Asks for a cell to become `cell`, where the rules allow it.
    fn set(&mut self, work: &Work<'_>, criterion: &Criterion, cell: Cell) -> Option<Vec<Effect>> {
        let Some(change) = work.desk.set_cell(&self.id, &criterion.id, cell) else { return Some(Vec::new()) };
        match work.desk.admit(work.package, &change) {
            Ok(()) => Some(vec![Effect::Record(change)]),
            Err(refusal) => {
                self.refuse(&refusal);
                None
            }
        }
    }

    fn refuse(&mut self, refusal: &Refusal) {
        self.refused = Some((refusal.what(), refusal.advice()));
    }

    /// Accepts what is typed and goes to another row; stays where it was refused.
    fn go(&mut self, work: &Work<'_>, to: usize) -> Vec<Effect> {
        match self.accept(work) {
            Some(effects) => {
                self.at = to.min(work.package.rubric.asked().count());
                effects
            }
            None => Vec::new(),
        }
    }

    /// One step more or less than what stands there.
    fn step(&mut self, work: &Work<'_>, up: bool) -> Vec<Effect> {
        let Some(criterion) = self.criterion(work) else { return Vec::new() };
        let step = work.package.rubric.step_of(criterion);
        let now = self.sheet(work).cell(&criterion.id).value().unwrap_or(criterion.min);
        let sum = if up { now.get().checked_add(step.get()) } else { now.get().checked_sub(step.get()) };
        let Some(value) = sum.and_then(|sum| sum.normalize().to_string().parse::<Points>().ok()) else { return Vec::new() };
        self.typed = None;
        self.refused = None;
        self.set(work, criterion, Cell::Scored { value }).unwrap_or_default()
    }

    fn write(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let effects = self.accept(work).unwrap_or_default();
        let sheet = self.sheet(work);
        let criterion = self.criterion(work).map(|criterion| criterion.id.clone());
        let text = criterion.as_ref().map_or(sheet.overall.as_str(), |id| sheet.comment(id));
        self.writing = Some((Writing::Comment(criterion), Editor::new(text)));
        effects
    }

    /// Asks why the criterion does not apply, where the rubric allows that at all.
    fn not_applicable(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let Some(criterion) = self.criterion(work) else { return Vec::new() };
        if criterion.na == NotApplicablePolicy::Forbid {
            self.refuse(&Refusal::NoNotApplicable(criterion.id.clone()));
            return Vec::new();
        }
        let reason = match self.sheet(work).cell(&criterion.id) {
            Cell::NotApplicable { reason } => reason,
            _ => String::new(),
        };
        self.writing = Some((Writing::Reason(criterion.id.clone()), Editor::new(&reason)));
        Vec::new()
    }

    /// What was written, as a change.
    fn written(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let Some((writing, editor)) = self.writing.as_mut() else { return Vec::new() };
        let text = editor.text();
        let change = match writing {
            Writing::Comment(criterion) => work.desk.set_comment(&self.id, criterion.as_ref(), &text),
            // A reason that is still empty is no answer yet.
            Writing::Reason(_) if text.trim().is_empty() => None,
            Writing::Reason(criterion) => work.desk.set_cell(&self.id, criterion, Cell::NotApplicable { reason: text.trim().to_owned() }),
        };
        let Some(change) = change else {
            editor.settle();
            return Vec::new();
        };
        match work.desk.admit(work.package, &change) {
            Ok(()) => {
                editor.settle();
                vec![Effect::Record(change)]
            }
            Err(refusal) => {
                self.refuse(&refusal);
                Vec::new()
            }
        }
    }

    fn act_writing(&mut self, work: &Work<'_>, action: Action) -> Option<Vec<Effect>> {
        match action {
            Action::Back | Action::Next | Action::Comment => {
                let effects = self.written(work);
                let goes_on = action == Action::Next;
                self.writing = None;
                if goes_on {
                    self.at = self.at.saturating_add(1).min(work.package.rubric.asked().count());
                }
                Some(effects)
            }
            Action::Save => Some(self.written(work)),
            Action::PageUp | Action::PageDown => self.reader.act(work, action),
            // Everything else waits until the text is closed, so that no key means two things.
            Action::Undo | Action::Redo | Action::Quit | Action::Redraw | Action::Help => None,
            _ => Some(Vec::new()),
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

    fn hint(&self) -> Option<Message> {
        match (&self.writing, self.is_reading) {
            (Some(_), _) => Some(msg!("hint-writing")),
            (None, true) => Some(msg!("hint-reading")),
            (None, false) => None,
        }
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let work = view.work?;
        self.settle(&work);
        if self.writing.is_some() {
            return self.act_writing(&work, action);
        }
        if self.is_reading {
            if matches!(action, Action::Back | Action::Read) {
                self.is_reading = false;
                return Some(Vec::new());
            }
            if let Some(effects) = self.reader.act(&work, action) {
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
            Action::PageUp | Action::PageDown => self.reader.act(&work, action)?,
            Action::Comment => self.write(&work),
            Action::NotApplicable => self.not_applicable(&work),
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
        if let Some((_, editor)) = self.writing.as_mut() {
            return editor.key(key).then(Vec::new);
        }
        if self.is_reading {
            return None;
        }
        let work = view.work?;
        self.settle(&work);
        self.criterion(&work)?;
        let typed = key.folded().typed();
        match typed {
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

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let (_, editor) = self.writing.as_mut()?;
        editor.paste(text);
        Some(Vec::new())
    }

    fn flush(&mut self, view: &View<'_>) -> Vec<Effect> {
        let is_changed = self.writing.as_ref().is_some_and(|(_, editor)| editor.is_changed());
        match view.work {
            Some(work) if is_changed => self.written(&work),
            _ => Vec::new(),
        }
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
