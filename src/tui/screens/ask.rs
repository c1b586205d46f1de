//! A form of the panel: a few fields, and one act when they are filled in.

mod act;
mod fields;

use ratatui::layout::Rect;

use crate::{
    domain::text::Message,
    msg,
    tui::{
        action::{Action, Scope},
        effect::{Ask, Effect},
        keymap::Key,
        screen::{Canvas, Hint, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{editor::Editor, field::Field, rows},
    },
};

/// Columns of a label.
const LABEL: usize = 18;

/// A field of the form.
struct Slot {
    label: Message,
    value: Value,
}

/// What stands in a field.
enum Value {
    /// A text of several lines.
    Text(Editor),
    /// One line.
    Line(Field),
    /// One line that nobody sees.
    Secret(Field),
    /// One of several: their words and stable names, and which is chosen.
    Choice(Vec<(Message, String)>, usize),
}

impl Value {
    fn written(&self) -> String {
        match self {
            Self::Text(editor) => editor.text().trim().to_owned(),
            Self::Line(field) => field.text.trim().to_owned(),
            Self::Secret(field) => field.text.clone(),
            Self::Choice(options, at) => options.get(*at).map(|(_, id)| id.clone()).unwrap_or_default(),
        }
    }
}

/// A form.
pub(super) struct AskScreen {
    ask: Ask,
    /// Filled from the table the first time it is seen.
    slots: Option<Vec<Slot>>,
    at: usize,
    /// What stood in the fields at the beginning.
    before: Vec<String>,
    is_warned: bool,
}

impl AskScreen {
    pub(super) const fn new(ask: Ask) -> Self {
        Self { ask, slots: None, at: 0, before: Vec::new(), is_warned: false }
    }

    fn slots(&mut self, view: &View<'_>) -> &mut [Slot] {
        if self.slots.is_none() {
            let slots = view.table.map(|table| fields::slots(&self.ask, &table)).unwrap_or_default();
            self.before = slots.iter().map(|slot| slot.value.written()).collect();
            self.slots = Some(slots);
        }
        self.slots.as_deref_mut().unwrap_or_default()
    }

    fn written(&self) -> Vec<String> {
        self.slots.iter().flatten().map(|slot| slot.value.written()).collect()
    }

    fn is_changed(&self) -> bool {
        self.slots.is_some() && self.written() != self.before
    }

    /// Records what was filled in, and leaves where it was recorded.
    fn finish(&mut self, view: &View<'_>) -> Vec<Effect> {
        self.slots(view);
        let Some(table) = view.table else { return Vec::new() };
        if let Some(request) = act::wish(&self.ask, &self.written()) {
            return vec![request, Effect::Back];
        }
        match act::of(&self.ask, &table, &self.written()) {
            Ok(act) => {
                // Where the rules refuse the act, what follows it is not done and the form stays.
                vec![Effect::Decide(act), Effect::Back]
            }
            Err((what, advice)) => vec![Effect::Refuse(what, advice)],
        }
    }

    fn turn(&mut self, view: &View<'_>, forward: bool) -> Vec<Effect> {
        let last = self.slots(view).len().saturating_sub(1);
        if forward && self.at >= last {
            return self.finish(view);
        }
        self.at = if forward { self.at.saturating_add(1) } else { self.at.saturating_sub(1) };
        Vec::new()
    }

    /// Chooses the option before or after.
    fn choose(&mut self, view: &View<'_>, forward: bool) -> Option<Vec<Effect>> {
        let at = self.at;
        let Value::Choice(options, chosen) = &mut self.slots(view).get_mut(at)?.value else { return None };
        let count = options.len().max(1);
        let step = if forward { 1 } else { count.saturating_sub(1) };
        *chosen = chosen.saturating_add(step).checked_rem(count).unwrap_or_default();
        Some(Vec::new())
    }
}

fn draw_slot(view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect, slot: &Slot, is_chosen: bool) {
    let style = |role| view.theme.style(role);
    let point = if is_chosen { ">" } else { " " };
    // A text stands below its label, which then has the whole line.
    let label = match &slot.value {
        Value::Text(_) => format!("{point}{}", view.say(&slot.label)),
        Value::Line(_) | Value::Secret(_) | Value::Choice(..) => format!("{point}{}", text::pad(&view.say(&slot.label), LABEL)),
    };
    canvas.line(area, 0, &label, style(if is_chosen { Role::Key } else { Role::Plain }));
    let shift = u16::try_from(LABEL.saturating_add(2)).unwrap_or_default();
    let beside = Rect { x: area.x.saturating_add(shift), width: area.width.saturating_sub(shift), height: 1, ..area };
    match &slot.value {
        Value::Text(editor) => {
            let below = rows::below(area, 1);
            let inside = Rect { x: below.x.saturating_add(2), width: below.width.saturating_sub(2), ..below };
            if is_chosen {
                editor.draw(canvas, inside);
            } else {
                rows::wrapped(view, canvas, inside, (0, usize::from(inside.height)), (Role::Plain, &text::safe(&editor.text())));
            }
        }
        Value::Line(field) | Value::Secret(field) if is_chosen => field.draw(view, canvas, beside),
        Value::Secret(field) => canvas.line(beside, 0, &"*".repeat(field.text.chars().count()), style(Role::Plain)),
        Value::Line(field) => canvas.line(beside, 0, &text::safe_line(&field.text), style(Role::Plain)),
        Value::Choice(options, at) => {
            let words = options.get(*at).map(|(words, _)| view.say(words)).unwrap_or_default();
            let words = if is_chosen { format!("< {words} >") } else { words };
            canvas.line(beside, 0, &words, style(if is_chosen { Role::Focus } else { Role::Plain }));
        }
    }
}

impl Screen for AskScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&fields::title(&self.ask))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[]
    }

    fn is_writing(&self) -> bool {
        let slot = self.slots.as_ref().and_then(|slots| slots.get(self.at));
        slot.is_some_and(|slot| matches!(slot.value, Value::Text(_)))
    }

    fn hint(&self) -> Option<&'static [Hint]> {
        const FORM: [Hint; 3] =
            [(Action::Next, || msg!("hint-next-or-done")), (Action::Save, || msg!("hint-record")), (Action::Back, || msg!("key-back"))];
        Some(&FORM)
    }

    fn is_pending(&self, _view: &View<'_>) -> bool {
        self.is_changed()
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        match action {
            Action::Next | Action::Open => Some(self.turn(view, true)),
            Action::Previous => Some(self.turn(view, false)),
            Action::Save => Some(self.finish(view)),
            Action::Back if self.is_changed() && !self.is_warned => {
                self.is_warned = true;
                Some(vec![Effect::Refuse(msg!("ask-kept"), msg!("ask-kept-advice"))])
            }
            _ => None,
        }
    }

    fn key(&mut self, view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        use crossterm::event::KeyCode;
        let at = self.at;
        let is_taken = match &mut self.slots(view).get_mut(at)?.value {
            Value::Text(editor) => editor.key(key),
            Value::Line(field) | Value::Secret(field) => match key.code {
                KeyCode::Up => return Some(self.turn(view, false)),
                KeyCode::Down => return (at.saturating_add(1) < self.slots(view).len()).then(|| self.turn(view, true)),
                _ => field.key(key),
            },
            Value::Choice(..) => {
                return match key.code {
                    KeyCode::Left => self.choose(view, false),
                    KeyCode::Right | KeyCode::Char(' ') => self.choose(view, true),
                    KeyCode::Up => Some(self.turn(view, false)),
                    KeyCode::Down => (at.saturating_add(1) < self.slots(view).len()).then(|| self.turn(view, true)),
                    _ => None,
                };
            }
        };
        if is_taken {
            self.is_warned = false;
        }
        is_taken.then(Vec::new)
    }

    fn paste(&mut self, view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        let at = self.at;
        match &mut self.slots(view).get_mut(at)?.value {
            Value::Text(editor) => Some(editor.paste(text).effects()),
            Value::Line(field) | Value::Secret(field) => Some(field.paste(text).effects()),
            Value::Choice(..) => None,
        }
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(table) = view.table else { return };
        let chosen = self.at;
        self.slots(view);
        let note = fields::note(&self.ask, &table, &self.written());
        let row = rows::wrapped(view, canvas, area, (0, 3), (Role::Muted, &view.say(&note)));
        let slots = self.slots(view);
        let texts = slots.iter().filter(|slot| matches!(slot.value, Value::Text(_))).count();
        let lines = slots.len().saturating_sub(texts);
        let free = usize::from(area.height.saturating_sub(row)).saturating_sub(lines);
        let tall = u16::try_from(free.checked_div(texts).unwrap_or_default()).unwrap_or_default().max(2);
        let mut top = row;
        for (at, slot) in slots.iter().enumerate() {
            let height = if matches!(slot.value, Value::Text(_)) { tall } else { 1 };
            let place = rows::below(area, top);
            draw_slot(view, canvas, Rect { height: place.height.min(height), ..place }, slot, at == chosen);
            top = top.saturating_add(height);
        }
    }
}
