//! Whether a tree has the structure that a schema asks for: every unknown key, missing key, wrong type, unknown word and
//! malformed number, all at once.

use std::ops::Range;

use serde_json::Value;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::{
    domain::{
        names,
        number::{Amount, BadNumber, Fraction, Percent, Points},
        text::Message,
        time::{Day, Moment},
    },
    intake::{Problem, tree::Tree},
    msg,
};

/// Everything in which `tree` departs from `schema`.
pub(super) fn check(tree: &Tree<'_>, schema: &Value) -> Vec<Problem> {
    let mut walk = Walk { tree, schema, problems: Vec::new() };
    walk.table(tree.root(), 0..0, schema);
    walk.problems
}

struct Walk<'a> {
    tree: &'a Tree<'a>,
    schema: &'a Value,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    fn complain(&mut self, span: Range<usize>, what: Message, advice: Message) {
        self.problems.push(self.tree.problem(span, what, advice));
    }

    /// Follows `$ref`, and takes the part that is not `null` of an optional one.
    fn resolve(&self, schema: &'a Value) -> &'a Value {
        if let Some(path) = schema.get("$ref").and_then(Value::as_str) {
            return self.schema.pointer(path.trim_start_matches('#')).map_or(schema, |target| self.resolve(target));
        }
        let branches = schema.get("anyOf").and_then(Value::as_array);
        let real = branches.and_then(|branches| branches.iter().find(|branch| branch.get("type").and_then(Value::as_str) != Some("null")));
        real.map_or(schema, |branch| self.resolve(branch))
    }

    fn table(&mut self, table: &DeTable<'_>, span: Range<usize>, schema: &'a Value) {
        let schema = self.resolve(schema);
        let known = schema.get("properties").and_then(Value::as_object);
        let open = schema.get("additionalProperties").filter(|rest| rest.is_object());
        for (key, value) in table {
            let name: &str = key.get_ref();
            match (known.and_then(|known| known.get(name)), open) {
                (Some(inner), _) | (None, Some(inner)) => self.value(value, key.span(), inner),
                (None, None) => {
                    let names = known.into_iter().flat_map(|known| known.keys().map(String::as_str));
                    let advice = match names::nearest(name, names) {
                        Some(near) => msg!("rec-did-you-mean", near = near),
                        None => msg!("rec-unknown-key"),
                    };
                    self.complain(key.span(), msg!("err-unknown-key", key = name), advice);
                }
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for name in required.filter(|name| !table.iter().any(|(key, _)| key.get_ref() == name)) {
            self.complain(span.clone(), msg!("err-missing-key", key = name), msg!("rec-missing-key", key = name));
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, key: Range<usize>, schema: &'a Value) {
        let schema = self.resolve(schema);
        let span = value.span();
        match (value.get_ref(), kind_of(schema)) {
            (DeValue::Table(table), "object") => self.table(table, key, schema),
            (DeValue::Array(array), "array") => {
                let Some(items) = schema.get("items") else { return };
                for element in array {
                    self.value(element, element.span(), items);
                }
            }
            (DeValue::String(text), "string") => self.text(text, span, schema),
            (DeValue::Integer(_), "integer") | (DeValue::Boolean(_), "boolean") => {}
            (DeValue::Float(_) | DeValue::Integer(_), "string") if schema.get("format").is_some() => {
                self.complain(span, msg!("err-number-unquoted"), msg!("rec-number-unquoted"));
            }
            (other, wanted) => {
                let what = msg!("err-wrong-type", found = other.type_str(), wanted = wanted);
                self.complain(span, what, msg!("rec-wrong-type", wanted = wanted));
            }
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>, schema: &Value) {
        let words = words_of(schema);
        if !words.is_empty() && !words.contains(&text) {
            let advice = match names::nearest(text, words.iter().copied()) {
                Some(near) => msg!("rec-did-you-mean", near = near),
                None => msg!("rec-one-of", words = words.join(", ")),
            };
            self.complain(span, msg!("err-unknown-word", found = text), advice);
            return;
        }
        if let Some((what, advice)) = schema.get("format").and_then(Value::as_str).and_then(|format| malformed(text, format)) {
            self.complain(span, what, advice);
        }
    }
}

/// `object`, `array`, `string`, `integer` or `boolean`.
fn kind_of(schema: &Value) -> &str {
    let of_list = |kinds: &Value| {
        kinds.as_array().and_then(|kinds| kinds.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")).map(str::to_owned))
    };
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(kinds) => match of_list(kinds).as_deref() {
            Some("integer") => "integer",
            Some("boolean") => "boolean",
            Some("array") => "array",
            Some("object") => "object",
            _ => "string",
        },
        None if schema.get("oneOf").is_some() || schema.get("enum").is_some() || schema.get("const").is_some() => "string",
        None => "object",
    }
}

/// The words that an enumeration allows; empty for any other text.
fn words_of(schema: &Value) -> Vec<&str> {
    let own = schema.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let branches = schema.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let single = branches.clone().filter_map(|branch| branch.get("const").and_then(Value::as_str));
    let several = branches.filter_map(|branch| branch.get("enum").and_then(Value::as_array)).flatten().filter_map(Value::as_str);
    own.chain(single).chain(several).collect()
}

/// Why a text is not of its format, judged by the domain's own grammars.
fn malformed(text: &str, format: &str) -> Option<(Message, Message)> {
    let number = |outcome: Result<(), BadNumber>| {
        outcome.err().map(|why| (msg!("err-not-a-number", found = text).with_message("why", reason(why)), msg!("rec-not-a-number")))
    };
    match format {
        "points" => number(text.parse::<Points>().map(drop)),
        "amount" => number(text.parse::<Amount>().map(drop)),
        "percent" => text.parse::<Percent>().err().map(|_| (msg!("err-not-a-percent", found = text), msg!("rec-not-a-percent"))),
        "fraction" => text.parse::<Fraction>().err().map(|_| (msg!("err-not-a-fraction", found = text), msg!("rec-not-a-fraction"))),
        "day" => text.parse::<Day>().err().map(|_| (msg!("err-not-a-day", found = text), msg!("rec-not-a-day"))),
        "moment" => text.parse::<Moment>().err().map(|_| (msg!("err-not-a-moment", found = text), msg!("rec-not-a-moment"))),
        "id" => text.parse::<crate::domain::ids::CallId>().err().map(|_| (msg!("err-not-an-id", found = text), msg!("rec-not-an-id"))),
        _ => None,
    }
}

/// Why a text is no number, in words.
fn reason(why: BadNumber) -> Message {
    match why {
        BadNumber::Empty => msg!("why-number-empty"),
        BadNumber::Signed => msg!("why-number-signed"),
        BadNumber::Exponent => msg!("why-number-exponent"),
        BadNumber::FullWidth => msg!("why-number-full-width"),
        BadNumber::TooManyDigits => msg!("why-number-too-long"),
        BadNumber::NotDigits => msg!("why-number-not-digits"),
    }
}
