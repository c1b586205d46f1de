//! What all pages for people share: how a template is filled in, and how text from files reaches it.

use minijinja::{AutoEscape, Environment, Value, context};

use crate::{
    domain::{
        call::Mode,
        hostile,
        text::{Language, Message},
    },
    msg,
};

/// The one style sheet, for paper first of all: black on white, nothing told by colour alone.
const STYLE: &str = include_str!("style.css");

/// The page that `template` makes of `content`, every value escaped, with the one style sheet where it says `style`.
pub(super) fn render(template: &str, content: Value) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let content = context! { style => Value::from_safe_string(STYLE.to_owned()), ..content };
    let rendered = environment.render_str(template, content);
    // The template and its values are ours; were it ever to fail, the page says why instead of being missing.
    rendered.unwrap_or_else(|error| format!("<!doctype html>\n<p>{error}</p>\n")).into_bytes()
}

/// Text from files: hidden characters made visible, line by line. The template engine escapes the rest.
pub(super) fn plain(text: &str) -> String {
    text.lines().map(hostile::visible).collect::<Vec<_>>().join("\n")
}

/// The language of a page, as HTML names it.
pub(super) const fn tag(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    }
}

/// Whether the page counts, in words.
pub(super) fn mode(mode: Mode) -> Message {
    match mode {
        Mode::Official => msg!("sheet-official"),
        Mode::Rehearsal => msg!("sheet-rehearsal"),
    }
}
