//! Colours and marks by meaning. State is always a word or a mark too, never colour alone.

use ratatui::style::{Color, Modifier, Style};

use crate::tui::settings::{Charset, ThemeName};

/// What a piece of text means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    Plain,
    /// Headings.
    Title,
    /// Where the keys go.
    Focus,
    /// Done, sound.
    Ok,
    /// Asks for attention.
    Warn,
    /// Wrong.
    Bad,
    /// Less important.
    Muted,
    /// Names of keys.
    Key,
}

/// All roles.
pub const ROLES: [Role; 8] = [Role::Plain, Role::Title, Role::Focus, Role::Ok, Role::Warn, Role::Bad, Role::Muted, Role::Key];

/// Whether and how colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    name: ThemeName,
    /// Colours are off: only bold, underline and reverse are left.
    mono: bool,
}

impl Theme {
    /// The theme `name`; `mono` where `NO_COLOR` or the terminal asks for it.
    #[must_use]
    pub const fn new(name: ThemeName, mono: bool) -> Self {
        Self { name, mono: mono || matches!(name, ThemeName::Mono) }
    }

    /// How text with this meaning looks. The sixteen colours of the terminal itself, so that its owner's choice of light and dark
    /// stays; blue and yellow stand for good and bad beside the words, because red and green are alike to many.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let modified = match role {
            Role::Plain | Role::Ok => plain,
            Role::Title | Role::Warn => plain.add_modifier(Modifier::BOLD),
            Role::Focus => plain.add_modifier(Modifier::REVERSED),
            Role::Bad => plain.add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED),
            Role::Muted => plain.add_modifier(Modifier::DIM),
            Role::Key => plain.add_modifier(Modifier::BOLD),
        };
        match self.colour(role) {
            Some(colour) if !self.mono => modified.remove_modifier(Modifier::DIM).fg(colour),
            _ => modified,
        }
    }

    const fn colour(self, role: Role) -> Option<Color> {
        match (self.name, role) {
            (_, Role::Plain | Role::Title | Role::Focus) => None,
            (ThemeName::HighContrast, Role::Muted) => None,
            (ThemeName::HighContrast, _) => Some(Color::Yellow),
            (ThemeName::Light, Role::Ok | Role::Key) => Some(Color::Blue),
            (ThemeName::Light, Role::Warn) => Some(Color::Magenta),
            (ThemeName::Light, Role::Bad) => Some(Color::Red),
            (ThemeName::Light, Role::Muted) => Some(Color::DarkGray),
            (_, Role::Ok | Role::Key) => Some(Color::Cyan),
            (_, Role::Warn) => Some(Color::Yellow),
            (_, Role::Bad) => Some(Color::LightRed),
            (ThemeName::Dark, Role::Muted) => Some(Color::Gray),
            (_, Role::Muted) => Some(Color::DarkGray),
        }
    }
}

/// Marks and lines, in a set that every terminal has or in plain ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Plain ASCII only.
    pub ascii: bool,
    /// Whether characters of ambiguous width, line-drawing ones among them, were measured to take one column.
    pub narrow: bool,
}

impl Glyphs {
    /// The set that `charset` asks for. `narrow` says whether line-drawing characters were measured to take one column.
    #[must_use]
    pub const fn new(charset: Charset, narrow: bool) -> Self {
        Self { ascii: matches!(charset, Charset::Ascii) || (matches!(charset, Charset::Auto) && !narrow), narrow }
    }

    /// Between two panes.
    #[must_use]
    pub const fn bar(self) -> &'static str {
        if self.ascii { "|" } else { "│" }
    }

    /// A rule across.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        if self.ascii { "-" } else { "─" }
    }

    /// Done.
    #[must_use]
    pub const fn done(self) -> &'static str {
        if self.ascii { "[x]" } else { "✓" }
    }

    /// To be done.
    #[must_use]
    pub const fn open(self) -> &'static str {
        if self.ascii { "[!]" } else { "!" }
    }

    /// Out.
    #[must_use]
    pub const fn out(self) -> &'static str {
        if self.ascii { "[-]" } else { "✗" }
    }

    /// A share of `whole` as a bar of `columns`.
    #[must_use]
    pub fn share(self, part: usize, whole: usize, columns: usize) -> String {
        let filled = part.saturating_mul(columns).checked_div(whole).unwrap_or_default().min(columns);
        format!("[{}{}]", "#".repeat(filled), ".".repeat(columns.saturating_sub(filled)))
    }
}
