//! All commands by name: Chinese, English, first letters of the Chinese, or the id.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};
use ratatui::layout::Rect;

use crate::{
    domain::text::Language,
    i18n, msg,
    tui::{
        action::{Action, BINDINGS, Binding, Scope},
        effect::{Below, Effect},
        frame::key_words,
        keymap::Key,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::{field::Field, list::Cursor},
    },
};

/// All commands.
pub(super) struct Palette {
    below: Below,
    field: Field,
    cursor: Cursor,
    matcher: Matcher,
}

impl Palette {
    pub(super) fn new(below: Below) -> Self {
        Self { below, field: Field::default(), cursor: Cursor::default(), matcher: Matcher::new(Config::DEFAULT) }
    }

    /// The commands that fit what is typed, best first.
    fn found(&mut self) -> Vec<&'static Binding> {
        let holds = |binding: &&Binding| binding.scope == Scope::Everywhere || self.below.scopes.contains(&binding.scope);
        // Moving about is for keys, not for a list of commands.
        let is_command = |binding: &&Binding| !is_move(binding.action);
        let pattern = Pattern::parse(&self.field.text, CaseMatching::Ignore, Normalization::Smart);
        let mut scored: Vec<(u32, &'static Binding)> = Vec::new();
        for binding in BINDINGS.iter().filter(holds).filter(is_command) {
            let words = (binding.words)();
            let names =
                [i18n::text(Language::Zh, &words), i18n::text(Language::En, &words), binding.pinyin.to_owned(), binding.id.to_owned()];
            let mut buffer = Vec::new();
            let best = names.iter().filter_map(|name| pattern.score(Utf32Str::new(name, &mut buffer), &mut self.matcher)).max();
            if let Some(score) = best {
                scored.push((score, binding));
            }
        }
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        scored.dedup_by_key(|(_, binding)| binding.action);
        scored.into_iter().map(|(_, binding)| binding).collect()
    }

    fn choose(&mut self) -> Vec<Effect> {
        let at = self.cursor.at;
        let action = self.found().get(at).map(|binding| binding.action);
        action.map(|action| vec![Effect::Back, Effect::Act(action)]).unwrap_or_default()
    }
}

const fn is_move(action: Action) -> bool {
    matches!(
        action,
        Action::Up
            | Action::Down
            | Action::Left
            | Action::Right
            | Action::PageUp
            | Action::PageDown
            | Action::First
            | Action::Last
            | Action::Next
            | Action::Previous
            | Action::Toggle
            | Action::Open
            | Action::Palette
    )
}

impl Screen for Palette {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-palette"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        let length = self.found().len();
        if self.cursor.act(action, length) {
            return Some(Vec::new());
        }
        (action == Action::Open).then(|| self.choose())
    }

    fn key(&mut self, _view: &View<'_>, key: Key) -> Option<Vec<Effect>> {
        if let Some(digit) = key.digit().filter(|digit| *digit > 0) {
            let length = self.found().len();
            return self.cursor.act(Action::Row(digit), length).then(|| self.choose());
        }
        if self.field.key(key) {
            self.cursor = Cursor::default();
            return Some(Vec::new());
        }
        None
    }

    fn paste(&mut self, _view: &View<'_>, text: &str) -> Option<Vec<Effect>> {
        self.cursor = Cursor::default();
        Some(self.field.paste(text).effects())
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        canvas.line(area, 0, ":", view.theme.style(Role::Key));
        let found = self.found();
        let list = Rect { y: area.y.saturating_add(2), height: area.height.saturating_sub(2), ..area };
        for (line, at) in (0_u16..).zip(self.cursor.visible(list, found.len())) {
            let Some(binding) = found.get(at) else { continue };
            let number = self.cursor.number(at).map_or_else(String::new, |number| number.to_string());
            let keys = view.keymap.live(&self.below.scopes).find(|(live, _)| live.id == binding.id).and_then(|(_, keys)| keys.first());
            let key = keys.map(|key| key_words(view, key)).unwrap_or_default();
            let cannot = self.below.cannot.iter().find(|(action, _)| *action == binding.action);
            let why = cannot.map(|(_, why)| view.say(why)).unwrap_or_default();
            let content = format!("{number:>2} {} {} {why}", text::pad(&view.say(&(binding.words)()), 24), text::pad(&key, 10));
            let role = match (at == self.cursor.at, cannot) {
                (true, _) => Role::Focus,
                (false, Some(_)) => Role::Muted,
                (false, None) => Role::Plain,
            };
            canvas.bar(list, line, &content, view.theme.style(role));
        }
        let field = Rect { x: area.x.saturating_add(2), width: area.width.saturating_sub(2), height: 1, ..area };
        self.field.draw(view, canvas, field);
    }
}
