//! What a person may choose; `settings.toml` in the data folder.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::text::Language;

/// Everything a person may choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Language of the screens.
    pub language: Language,
    /// Colours.
    pub theme: ThemeName,
    /// Marks and lines.
    pub charset: Charset,
    /// Whether the hint line is shown.
    pub hints: bool,
    /// Keys per action, in place of the usual ones: `undo = ["ctrl-z", "f11"]`; an empty list takes the keys away.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { language: Language::Zh, theme: ThemeName::Auto, charset: Charset::Auto, hints: true, keys: BTreeMap::new() }
    }
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeName {
    /// The terminal's own, with the fewest accents.
    Auto,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// As much contrast as there is.
    HighContrast,
    /// No colours.
    Mono,
}

/// All themes, in the order in which they are offered.
pub const THEMES: [ThemeName; 5] = [ThemeName::Auto, ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast, ThemeName::Mono];

/// Marks and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charset {
    /// By what the terminal is measured to do.
    Auto,
    /// Line-drawing characters.
    Unicode,
    /// ASCII only.
    Ascii,
}

/// All sets, in the order in which they are offered.
pub const CHARSETS: [Charset; 3] = [Charset::Auto, Charset::Unicode, Charset::Ascii];
