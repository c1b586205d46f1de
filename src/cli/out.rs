//! What the command line prints: sentences or JSON, to one place, with hostile text made visible.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use serde_json::Value;

use crate::{
    domain::{
        hostile,
        text::{Language, Message},
    },
    i18n,
};

/// How a command ended; the exit codes are part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The answer is "no": verification failed, incomplete, refused by a rule.
    No = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A file is wrong.
    BadInput = 3,
    /// The store is busy or damaged, or could not save.
    Store = 4,
    /// Anything else.
    Internal = 5,
}

/// Standard output and error of one command.
pub(crate) struct Out<'a> {
    /// Language of the sentences.
    pub(crate) language: Language,
    /// JSON instead of sentences.
    pub(crate) json: bool,
    /// Where answers go.
    pub(crate) answers: &'a mut dyn Write,
    /// Where complaints go.
    pub(crate) complaints: &'a mut dyn Write,
}

impl Out<'_> {
    /// Prints one sentence.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn say(&mut self, message: &Message) -> io::Result<()> {
        writeln!(self.answers, "{}", i18n::text(self.language, message))
    }

    /// Prints one line of text as it is, apart from hostile characters.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.answers, "{}", hostile::visible(text))
    }

    /// Prints cells with tabs between them, for programs. A tab inside a cell is written out, so that it cannot look like one more cell.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn cells(&mut self, cells: &[&str]) -> io::Result<()> {
        let cells: Vec<_> = cells.iter().map(|cell| hostile::visible(cell)).collect();
        writeln!(self.answers, "{}", cells.join("\t"))
    }

    /// Prints several lines of text.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn lines(&mut self, text: &str) -> io::Result<()> {
        text.lines().try_for_each(|line| self.line(line))
    }

    /// Prints one JSON document with two-space indent.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn json(&mut self, value: &Value) -> io::Result<()> {
        let text = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
        writeln!(self.answers, "{}", escaped(&text))
    }

    /// Prints what a command did: the document where JSON is wanted, else the sentence.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn tell(&mut self, message: &Message, document: &Value) -> io::Result<()> {
        if self.json { self.json(document) } else { self.say(message) }
    }

    /// Prints a complaint with its advice.
    ///
    /// # Errors
    /// What writing reports.
    pub(crate) fn complain(&mut self, what: &Message, advice: &Message) -> io::Result<()> {
        writeln!(self.complaints, "{}", i18n::text(self.language, what))?;
        writeln!(self.complaints, "  {}", i18n::text(self.language, advice))
    }

    /// The sentence of `message`.
    #[must_use]
    pub(crate) fn text(&self, message: &Message) -> String {
        i18n::text(self.language, message)
    }

    /// The sentence of `message` in both languages, as JSON documents carry it.
    #[must_use]
    pub(crate) fn both(message: &Message) -> Value {
        serde_json::json!({ "zh": i18n::text(Language::Zh, message), "en": i18n::text(Language::En, message) })
    }
}

/// A JSON document whose hostile characters are escapes: it means the same to a program, and does nothing to a terminal. Outside
/// its texts a document that this program prints holds none but line ends.
fn escaped(document: &str) -> String {
    let mut text = String::with_capacity(document.len());
    for c in document.chars() {
        if c == '\n' || !hostile::is_hostile(c) {
            text.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            // Writing to a text cannot fail.
            let _never_fails = write!(text, "\\u{unit:04x}");
        }
    }
    text
}
