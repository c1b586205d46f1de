//! What an action does on every screen that has no use of its own for it, and why it sometimes cannot.

use crate::{
    domain::text::{Language, Message},
    msg,
    tui::{
        action::Action,
        effect::{Effect, Place},
        screen::Screen,
        settings::Settings,
        view::View,
    },
};

/// What `action` does on every screen that has no use of its own for it; `None` where it means nothing.
#[must_use]
pub fn everywhere(view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
    if let Some(why) = without_work(view, action) {
        return Some(vec![Effect::Refuse(why, msg!("no-work-advice"))]);
    }
    Some(vec![match action {
        Action::Language => {
            let language = match view.language() {
                Language::Zh => Language::En,
                Language::En => Language::Zh,
            };
            Effect::Settings(Box::new(Settings { language, ..view.settings.clone() }))
        }
        Action::Undo => Effect::Undo,
        Action::Redo => Effect::Redo,
        Action::Help => Effect::Go(Place::Help),
        Action::Palette => Effect::Go(Place::Palette),
        Action::Settings => Effect::Go(Place::Settings),
        Action::Journal => Effect::Go(Place::Journal),
        Action::Compare => Effect::Go(if view.table.is_some() { Place::Matrix } else { Place::Compare }),
        Action::Check if view.table.is_some() => Effect::Go(Place::Board),
        Action::Sign if view.table.is_some() => Effect::Go(Place::Members),
        Action::Check | Action::Sign => Effect::Go(Place::Check),
        Action::Save => Effect::Reopen,
        Action::Back => Effect::Back,
        Action::Redraw => Effect::Redraw,
        Action::Quit => Effect::Quit,
        _ => return None,
    }])
}

/// Why `action` cannot be done on `screen` now.
#[must_use]
pub fn why_not(screen: &dyn Screen, view: &View<'_>, action: Action) -> Option<Message> {
    if screen.offers(action) {
        return None;
    }
    screen.why_not(view, action).or_else(|| without_work(view, action))
}

/// Before a package was opened there is nothing to look at, to sign or to take back.
#[must_use]
pub fn without_work(view: &View<'_>, action: Action) -> Option<Message> {
    let needs_work =
        matches!(action, Action::Check | Action::Sign | Action::Compare | Action::Journal | Action::Undo | Action::Redo | Action::Save);
    (needs_work && view.package().is_none()).then(|| msg!("err-no-workspace"))
}
