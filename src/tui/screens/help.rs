//! Help: the keys of the screen below, made from the bindings in force.

use ratatui::layout::Rect;

use crate::{
    domain::text::Language,
    i18n, msg,
    search::{keys::FORMS, scheme::Scheme},
    tui::{
        action::{Action, Scope},
        effect::{Below, Effect},
        everywhere::without_work,
        frame::key_words,
        screen::{Canvas, Screen},
        text,
        theme::Role,
        view::View,
        widgets::pane::{Pane, Paragraph},
    },
};

/// Help on the screen below.
pub(super) struct Help {
    below: Below,
    pane: Pane,
}

impl Help {
    pub(super) fn new(below: Below) -> Self {
        Self { below, pane: Pane::default() }
    }

    /// Whether the key does something on the screen below: without a review in work there is nothing to take back or to compare.
    fn is_live(&self, view: &View<'_>, action: Action) -> bool {
        without_work(view, action).is_none() || self.below.cannot.iter().all(|(cannot, _)| *cannot != action)
    }
}

impl Screen for Help {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-help"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, _view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        self.pane.act(action).then(Vec::new)
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        // Whoever asks from a search field wants to know how to search; the keys come after it.
        let is_finding = self.below.scopes.contains(&Scope::Finding);
        let mut lines: Vec<Paragraph> = if is_finding { search(view) } else { vec![(Role::Plain, view.say(&msg!("help-intro")))] };
        if self.below.scopes.contains(&Scope::Sheet) {
            lines.push((Role::Plain, view.say(&msg!("help-sheet"))));
        }
        for (binding, keys) in view.keymap.live(&self.below.scopes).filter(|(binding, _)| self.is_live(view, binding.action)) {
            let names: Vec<String> = keys.iter().map(|key| key_words(view, key)).collect();
            lines.push((Role::Plain, format!("{} {}", text::pad(&names.join(" / "), 24), view.say(&(binding.words)()))));
        }
        if view.package().is_some() {
            lines.push((Role::Muted, view.say(&msg!("help-trust"))));
        }
        self.pane.draw(view, canvas, area, lines);
    }
}

/// What can be typed into a search field, made from the table of keys: only what the person may use.
fn search(view: &View<'_>) -> Vec<Paragraph> {
    let pick = |[zh, en]: [&'static str; 2]| match view.language() {
        Language::Zh => zh,
        Language::En => en,
    };
    let mut lines = vec![(Role::Title, view.say(&msg!("help-search")))];
    for form in FORMS {
        lines.push((Role::Plain, format!("{} {}", text::pad(pick(form.example), 26), i18n::by_id(view.language(), form.help))));
    }
    lines.push((Role::Plain, view.say(&msg!("help-search-more"))));
    lines.push((Role::Title, view.say(&msg!("help-search-keys"))));
    let usable = view.work.and_then(|work| work.index.scheme.as_ref()).into_iter().flat_map(Scheme::usable);
    for key in usable {
        let shown = key.shown();
        let names = text::pad(&format!("{}: {}:", shown.get(view.language()), shown.get(view.language().other())), 18);
        let example = text::pad(pick(key.example), 26);
        lines.push((Role::Plain, format!("{names} {example} {}", i18n::by_id(view.language(), key.help))));
    }
    lines.push((Role::Plain, String::new()));
    lines
}
