//! The line in parts: words, phrases, brackets, minus, OR, and keys with what stands after their colon.

use crate::search::{
    fold::fold_char,
    problem::{Problem, Wrong},
    query::Span,
};

/// A part of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) is: Is,
}

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Is {
    Open,
    Close,
    Minus,
    Or,
    Words(String),
    Key { name: String, pieces: Vec<Piece> },
}

/// One of the values after a colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    /// In one width; the case is as typed.
    pub(super) text: String,
    pub(super) quoted: bool,
}

/// The parts of `text`, and what is wrong with its quotes.
pub(super) fn scan(text: &str) -> (Vec<Token>, Vec<Problem>) {
    let mut scanner = Scanner { chars: text.chars().map(fold_char).collect(), at: 0, problems: Vec::new() };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.token() {
        tokens.push(token);
    }
    (tokens, scanner.problems)
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    problems: Vec<Problem>,
}

/// Whether a word ends here.
const fn ends(c: char) -> bool {
    matches!(c, ' ' | '(' | ')' | '"')
}

/// Whether `text` has the form of a key's name; a time such as `10:30` has not.
fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

/// Whether `text` is a comparison whose number may follow after a blank.
fn is_sign(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| matches!(c, '<' | '>' | '=' | '≤' | '≥'))
}

impl Scanner {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn step(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.step();
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        while self.take(' ') {}
    }

    fn since(&self, start: usize) -> Span {
        Span { start, end: self.at }
    }

    fn token(&mut self) -> Option<Token> {
        self.skip_blanks();
        let start = self.at;
        let is = match self.peek()? {
            '(' => self.sign(Is::Open),
            ')' => self.sign(Is::Close),
            '-' => self.sign(Is::Minus),
            '"' => Is::Words(self.quoted().text),
            _ => self.bare(),
        };
        Some(Token { span: self.since(start), is })
    }

    fn sign(&mut self, is: Is) -> Is {
        self.step();
        is
    }

    /// What stands in quotes, to the next quote. There is no way to write a quote inside: folding makes all quotes one.
    fn quoted(&mut self) -> Piece {
        let start = self.at;
        self.step();
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| *c != '"') {
            text.push(c);
            self.step();
        }
        if !self.take('"') {
            self.problems.push(Problem { span: self.since(start), wrong: Wrong::OpenQuote });
        }
        Piece { span: self.since(start), text, quoted: true }
    }

    fn bare(&mut self) -> Is {
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| !ends(*c)) {
            self.step();
            if c == ':' && is_name(&text) {
                return Is::Key { name: text, pieces: self.pieces() };
            }
            text.push(c);
        }
        match text.as_str() {
            "OR" | "或" => Is::Or,
            _ => Is::Words(text),
        }
    }

    /// The values after a colon, with commas between them.
    fn pieces(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        loop {
            let before = self.at;
            self.skip_blanks();
            // A blank after the colon or the comma is forgiven, but another key that follows is no value.
            if self.at > before && self.key_follows() {
                self.at = before;
                break;
            }
            match self.peek() {
                Some('"') => pieces.push(self.quoted()),
                Some(c) if !ends(c) => pieces.extend(self.piece()),
                _ => {
                    self.at = before;
                    break;
                }
            }
            if !self.take(',') {
                break;
            }
        }
        pieces
    }

    /// One value without quotes; `None` between two commas.
    fn piece(&mut self) -> Option<Piece> {
        let start = self.at;
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| *c != ',') {
            if c == ' ' && is_sign(&text) && !self.key_follows_blanks() {
                self.step();
                continue;
            }
            if ends(c) {
                break;
            }
            text.push(c);
            self.step();
        }
        (!text.is_empty()).then(|| Piece { span: self.since(start), text, quoted: false })
    }

    fn key_follows_blanks(&self) -> bool {
        let blanks = self.chars.iter().skip(self.at).take_while(|c| **c == ' ').count();
        self.key_at(self.at.saturating_add(blanks))
    }

    fn key_follows(&self) -> bool {
        self.key_at(self.at)
    }

    /// Whether a key's name and a colon stand at this place.
    fn key_at(&self, at: usize) -> bool {
        let word: String = self.chars.iter().skip(at).take_while(|c| !ends(**c)).collect();
        word.trim_start_matches('-').split_once(':').is_some_and(|(name, _)| is_name(name))
    }
}
