//! Words: texts that exist in both languages, and messages that have no language yet.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A text for people, in Chinese and in English. Which of the two is binding is said by the rubric's `record`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese text.
    pub zh: String,
    /// English text.
    pub en: String,
}

impl Bilingual {
    /// The text in `language`.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// A language of the program and of the record.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Chinese as written in Mainland China.
    #[default]
    Zh,
    /// English.
    En,
}

impl Language {
    /// The other one of the two.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }
}

/// A sentence without a language: an id that every language file translates, and the values that stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Message {
    /// Key in the language files, for example `err-score-off-step`.
    pub id: &'static str,
    /// Values for the `{placeholders}` of the text.
    pub args: Vec<(&'static str, Value)>,
}

/// A value inside a [`Message`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Value {
    /// Text as it is, the same in every language. It may come from a hostile file: whoever prints it neutralises it.
    Plain(String),
    /// Text that has both languages; the printing language picks one.
    Both(Box<Bilingual>),
    /// A message inside a message.
    Nested(Box<Message>),
}

impl<T: fmt::Display> From<T> for Value {
    fn from(value: T) -> Self {
        Self::Plain(value.to_string())
    }
}

impl Message {
    /// A message without values.
    #[must_use]
    pub const fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same message with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The same message with a text of both languages as one more value.
    #[must_use]
    pub fn with_both(mut self, name: &'static str, value: &Bilingual) -> Self {
        self.args.push((name, Value::Both(Box::new(value.clone()))));
        self
    }

    /// The same message with another message as one more value.
    #[must_use]
    pub fn with_message(mut self, name: &'static str, value: Message) -> Self {
        self.args.push((name, Value::Nested(Box::new(value))));
        self
    }
}

/// Writes a [`Message`]: `msg!("err-score-range", value = v, max = m)`.
///
/// The first argument must be a literal: a test collects all literals and compares them with the language files.
#[macro_export]
macro_rules! msg {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::domain::text::Message::new($id)$(.with(stringify!($name), &$value))*
    };
}

/// What every error and finding can say: what happened (`err-…`), and what to do now (`rec-…`).
pub trait Explain {
    /// What happened, in one sentence.
    fn what(&self) -> Message;
    /// What the person can do now, in one sentence.
    fn advice(&self) -> Message;
}
