//! Languages: the one place where a [`Message`] becomes a sentence.
//!
//! Each language is one file of `id = "text"` with `{placeholders}`. A test holds the files to the same ids and
//! placeholders, to every id that the source names, and to none that it does not.

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use crate::domain::{
    hostile,
    text::{Language, Message, Value},
};

/// A language of the program.
pub struct LanguageFile {
    /// The language.
    pub language: Language,
    /// Tag for `--lang` and settings.
    pub tag: &'static str,
    /// Its own name, readable by those who look for it.
    pub name: &'static str,
    /// The texts, as TOML.
    source: &'static str,
}

/// All languages, in the order in which they are offered.
pub const LANGUAGES: [LanguageFile; 2] = [
    LanguageFile { language: Language::Zh, tag: "zh-CN", name: "中文", source: include_str!("zh-CN.toml") },
    LanguageFile { language: Language::En, tag: "en", name: "English", source: include_str!("en.toml") },
];

/// The language with this tag, in any of the usual spellings (`zh`, `zh_CN.UTF-8`, `en-GB`); `None` for others and for `C`.
#[must_use]
pub fn language_of(tag: &str) -> Option<Language> {
    let first = tag.split(['-', '_', '.']).next().unwrap_or_default();
    LANGUAGES.iter().find(|file| file.tag.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case(first))).map(|file| file.language)
}

/// The sentence of `message` in `language`. Values from outside are made visible where they hold control characters.
#[must_use]
pub fn text(language: Language, message: &Message) -> String {
    let template = table(language).get(message.id).map_or(message.id, String::as_str);
    let mut sentence = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        sentence.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            sentence.push('{');
            rest = after;
            continue;
        };
        sentence.push_str(&value(language, message, name));
        rest = behind;
    }
    sentence.push_str(rest);
    sentence
}

fn value<'a>(language: Language, message: &'a Message, name: &str) -> Cow<'a, str> {
    match message.args.iter().find(|(own, _)| *own == name) {
        Some((_, Value::Plain(plain))) => hostile::visible(plain),
        Some((_, Value::Both(both))) => Cow::Owned(hostile::visible(both.get(language)).into_owned()),
        Some((_, Value::Nested(nested))) => Cow::Owned(text(language, nested)),
        None => Cow::Borrowed(""),
    }
}

/// The text of an id that comes from a table (a layer, a binding, a command), without values.
#[must_use]
pub fn by_id(language: Language, id: &str) -> String {
    table(language).get(id).cloned().unwrap_or_else(|| id.to_owned())
}

/// Whether the languages know `id`; screens and help pages are made from tables of ids.
#[must_use]
pub fn knows(id: &str) -> bool {
    LANGUAGES.iter().all(|file| table(file.language).contains_key(id))
}

fn table(language: Language) -> &'static HashMap<String, String> {
    static TABLES: OnceLock<[HashMap<String, String>; 2]> = OnceLock::new();
    let [zh, en] = TABLES.get_or_init(|| LANGUAGES.each_ref().map(|file| toml::from_str(file.source).unwrap_or_default()));
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
