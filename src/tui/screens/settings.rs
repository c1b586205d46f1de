//! What a person may choose, one row a choice; Enter or the arrows change it.

use ratatui::layout::Rect;

use crate::{
    domain::text::{Language, Message},
    msg,
    tui::{
        action::{Action, Scope},
        effect::Effect,
        screen::{Canvas, Screen},
        settings::{CHARSETS, Charset, Settings, THEMES, ThemeName},
        text,
        theme::Role,
        view::View,
        widgets::list::Cursor,
    },
};

const ROWS: usize = 4;

/// Settings.
#[derive(Default)]
pub(super) struct SettingsScreen {
    cursor: Cursor,
}

impl SettingsScreen {
    fn change(&self, view: &View<'_>) -> Vec<Effect> {
        let mut settings: Settings = view.settings.clone();
        match self.cursor.at {
            0 => {
                settings.language = match settings.language {
                    Language::Zh => Language::En,
                    Language::En => Language::Zh,
                }
            }
            1 => settings.theme = after(&THEMES, settings.theme),
            2 => settings.charset = after(&CHARSETS, settings.charset),
            _ => settings.hints = !settings.hints,
        }
        vec![Effect::Settings(Box::new(settings))]
    }
}

/// The one after `now` in a table, around its end.
fn after<T: Copy + PartialEq>(table: &[T], now: T) -> T {
    let at = table.iter().position(|one| *one == now).unwrap_or_default().saturating_add(1);
    table.get(at).or_else(|| table.first()).copied().unwrap_or(now)
}

fn theme_words(theme: ThemeName) -> Message {
    match theme {
        ThemeName::Auto => msg!("theme-auto"),
        ThemeName::Dark => msg!("theme-dark"),
        ThemeName::Light => msg!("theme-light"),
        ThemeName::HighContrast => msg!("theme-high-contrast"),
        ThemeName::Mono => msg!("theme-mono"),
    }
}

fn charset_words(charset: Charset) -> Message {
    match charset {
        Charset::Auto => msg!("charset-auto"),
        Charset::Unicode => msg!("charset-unicode"),
        Charset::Ascii => msg!("charset-ascii"),
    }
}

impl Screen for SettingsScreen {
    fn title(&self, view: &View<'_>) -> String {
        view.say(&msg!("screen-settings"))
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Lists]
    }

    fn act(&mut self, view: &View<'_>, action: Action) -> Option<Vec<Effect>> {
        if self.cursor.act(action, ROWS) {
            return Some(if matches!(action, Action::Row(_)) { self.change(view) } else { Vec::new() });
        }
        matches!(action, Action::Open | Action::Left | Action::Right | Action::Toggle).then(|| self.change(view))
    }

    fn draw(&mut self, view: &View<'_>, canvas: &mut Canvas<'_>, area: Rect) {
        let settings = view.settings;
        let language = match settings.language {
            Language::Zh => "中文".to_owned(),
            Language::En => "English".to_owned(),
        };
        let on = |yes: bool| view.say(&if yes { msg!("word-yes") } else { msg!("word-no") });
        let rows = [
            (msg!("setting-language"), language),
            (msg!("setting-theme"), view.say(&theme_words(settings.theme))),
            (msg!("setting-charset"), view.say(&charset_words(settings.charset))),
            (msg!("setting-hints"), on(settings.hints)),
        ];
        for (line, at) in (0_u16..).zip(self.cursor.visible(area, rows.len())) {
            let Some((label, value)) = rows.get(at) else { continue };
            let content = format!(" {} {} {value}", at.saturating_add(1), text::pad(&view.say(label), 24));
            canvas.bar(area, line, &content, view.theme.style(if at == self.cursor.at { Role::Focus } else { Role::Plain }));
        }
        canvas.line(area, 6, &view.say(&msg!("settings-hint")), view.theme.style(Role::Muted));
    }
}
