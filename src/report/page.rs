//! What all pages for people share: how a template is filled in, and how text from files reaches it.

use minijinja::{AutoEscape, Environment, Value};

use crate::domain::hostile;

/// The page that `template` makes of `content`, every value escaped.
pub(super) fn render(template: &str, content: Value) -> Vec<u8> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    let rendered = environment.render_str(template, content);
    // The template and its values are ours; were it ever to fail, the page says why instead of being missing.
    rendered.unwrap_or_else(|error| format!("<!doctype html>\n<p>{error}</p>\n")).into_bytes()
}

/// Text from files: hidden characters made visible, line by line. The template engine escapes the rest.
pub(super) fn plain(text: &str) -> String {
    text.lines().map(hostile::visible).collect::<Vec<_>>().join("\n")
}
