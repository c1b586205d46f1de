//! What can be wrong with a search line, where, and what to do about it.

use crate::{
    domain::text::{Bilingual, Explain, Message, Value},
    msg,
    search::{keys::Key, query::Span},
};

/// One thing that is wrong with a line.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Where.
    pub span: Span,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Debug, Clone)]
pub enum Wrong {
    /// A quote has no other end.
    OpenQuote,
    /// A bracket has no other end.
    OpenBracket,
    /// A bracket closes nothing.
    StrayBracket,
    /// OR has nothing on one side.
    OneSidedOr,
    /// Nothing stands after a minus, in brackets or in quotes.
    Nothing {
        /// The sign.
        sign: &'static str,
    },
    /// There is no such key.
    UnknownKey {
        /// What was typed.
        found: String,
        /// The nearest key that the viewer may use.
        near: Option<&'static str>,
    },
    /// A key of somebody else's.
    NotYours(&'static Key),
    /// The call hides the applicants' names.
    Hidden(&'static Key),
    /// Nothing stands after the colon.
    NoValue(&'static Key),
    /// No number where one belongs.
    NotANumber {
        /// The key.
        key: &'static Key,
        /// What was typed.
        found: String,
    },
    /// A range whose end comes before its beginning.
    TurnedRange {
        /// The range the right way round.
        right: String,
    },
    /// None of the choices.
    UnknownChoice {
        /// The key.
        key: &'static Key,
        /// What was typed.
        found: String,
        /// The nearest choice, where one is near.
        near: Option<String>,
        /// What the choices are called.
        known: Vec<Value>,
    },
    /// Nothing that a list can be sorted by.
    CannotSort {
        /// What was typed.
        found: String,
        /// What can be.
        known: Vec<Bilingual>,
    },
    /// Nothing that a list can be grouped by.
    CannotGroup {
        /// What was typed.
        found: String,
        /// What can be.
        known: Vec<Bilingual>,
    },
    /// Sorting or grouping inside brackets or after a minus.
    Misplaced(&'static Key),
    /// More characters than a line may have.
    TooLong {
        /// How many it may have.
        most: usize,
    },
    /// Brackets and minus signs nested deeper than anybody reads.
    TooDeep {
        /// How deep they may be.
        most: usize,
    },
}

/// Most choices that an advice lists.
const MOST_LISTED: usize = 8;

/// Several names in one sentence.
fn listed(names: impl IntoIterator<Item = Value>) -> Value {
    let names: Vec<Value> = names.into_iter().take(MOST_LISTED).collect();
    let join =
        |whole: Value, next: Value| Value::Nested(Box::new(Message { id: "search-list", args: vec![("one", whole), ("other", next)] }));
    names.into_iter().reduce(join).unwrap_or_else(|| Value::Plain(String::new()))
}

fn both(names: &[Bilingual]) -> Value {
    listed(names.iter().map(|name| Value::Both(Box::new(name.clone()))))
}

impl Problem {
    /// `message` with the column and further values.
    fn at(&self, id: &'static str, args: Vec<(&'static str, Value)>) -> Message {
        let mut all = vec![("column", Value::from(self.span.column()))];
        all.extend(args);
        Message { id, args: all }
    }
}

impl Explain for Problem {
    fn what(&self) -> Message {
        let key = |key: &Key| ("key", key.value());
        let found = |found: &String| ("found", Value::from(found));
        match &self.wrong {
            Wrong::OpenQuote => self.at("err-search-open-quote", vec![]),
            Wrong::OpenBracket => self.at("err-search-open-bracket", vec![]),
            Wrong::StrayBracket => self.at("err-search-stray-bracket", vec![]),
            Wrong::OneSidedOr => self.at("err-search-or", vec![]),
            Wrong::Nothing { sign } => self.at("err-search-nothing", vec![("sign", Value::from(sign))]),
            Wrong::UnknownKey { found: typed, .. } => self.at("err-search-key", vec![found(typed)]),
            Wrong::NotYours(one) => self.at("err-search-not-yours", vec![key(one)]),
            Wrong::Hidden(one) => self.at("err-search-hidden", vec![key(one)]),
            Wrong::NoValue(one) => self.at("err-search-no-value", vec![key(one)]),
            Wrong::NotANumber { key: one, found: typed } => self.at("err-search-number", vec![key(one), found(typed)]),
            Wrong::TurnedRange { .. } => self.at("err-search-range", vec![]),
            Wrong::UnknownChoice { key: one, found: typed, .. } => self.at("err-search-choice", vec![key(one), found(typed)]),
            Wrong::CannotSort { found: typed, .. } => self.at("err-search-sort", vec![found(typed)]),
            Wrong::CannotGroup { found: typed, .. } => self.at("err-search-group", vec![found(typed)]),
            Wrong::Misplaced(one) => self.at("err-search-misplaced", vec![key(one)]),
            Wrong::TooLong { most } => self.at("err-search-too-long", vec![("most", Value::from(most))]),
            Wrong::TooDeep { most } => self.at("err-search-too-deep", vec![("most", Value::from(most))]),
        }
    }

    fn advice(&self) -> Message {
        let one = |id, name, value| Message { id, args: vec![(name, value)] };
        match &self.wrong {
            Wrong::OpenQuote => msg!("rec-search-open-quote"),
            Wrong::OpenBracket => msg!("rec-search-open-bracket"),
            Wrong::StrayBracket => msg!("rec-search-stray-bracket"),
            Wrong::OneSidedOr => msg!("rec-search-or"),
            Wrong::Nothing { .. } => msg!("rec-search-nothing"),
            Wrong::UnknownKey { near: Some(near), .. } => msg!("rec-search-near-key", near = near),
            Wrong::UnknownKey { near: None, .. } => msg!("rec-search-key"),
            Wrong::NotYours(_) => msg!("rec-search-not-yours"),
            Wrong::Hidden(_) => msg!("rec-search-hidden"),
            Wrong::NoValue(key) => one("rec-search-example", "example", key.example_value()),
            Wrong::NotANumber { .. } => msg!("rec-search-number"),
            Wrong::TurnedRange { right } => msg!("rec-did-you-mean", near = right),
            Wrong::UnknownChoice { near: Some(near), .. } => msg!("rec-did-you-mean", near = near),
            Wrong::UnknownChoice { known, .. } if known.is_empty() => msg!("rec-search-none-yet"),
            Wrong::UnknownChoice { known, .. } => one("rec-search-known", "known", listed(known.iter().cloned())),
            Wrong::CannotSort { known, .. } | Wrong::CannotGroup { known, .. } => one("rec-search-known", "known", both(known)),
            Wrong::Misplaced(_) => msg!("rec-search-misplaced"),
            Wrong::TooLong { .. } => msg!("rec-search-too-long"),
            Wrong::TooDeep { .. } => msg!("rec-search-too-deep"),
        }
    }
}
