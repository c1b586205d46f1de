//! A line in, a query out, or everything that is wrong with the line at once.
//!
//! ```text
//! line   = any                        sort: and group: stand anywhere outside brackets
//! any    = all (("OR" | "或") all)*
//! all    = one*
//! one    = "-" one | "(" any ")" | word | "phrase" | key ":" value ("," value)*
//! ```

use std::{iter::Peekable, vec::IntoIter};

use crate::search::{
    fold::folded,
    keys::{self, Key, KeyId, Kind},
    problem::{Problem, Wrong},
    query::{Expr, Group, Part, Query, Sort, SortBy, Span, Test},
    scan::{Is, Piece, Token, scan},
    scheme::Scheme,
    value::Reader,
};

/// Longest line, in characters.
pub const LONGEST: usize = 1_000;
/// Deepest nesting of brackets and minus signs.
pub const DEEPEST: usize = 30;

/// Understands `text` for what this call and this viewer can ask.
///
/// # Errors
/// Everything that is wrong, from left to right. A key that the viewer may not use is wrong whatever stands after it.
pub fn parse(text: &str, scheme: &Scheme) -> Result<Query, Vec<Problem>> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(vec![Problem { span: Span { start: LONGEST, end: length }, wrong: Wrong::TooLong { most: LONGEST } }]);
    }
    let (tokens, problems) = scan(text);
    let mut query = Query::default();
    let mut reading = Reading { scheme, problems };
    let tokens = reading.set_apart(tokens, &mut query);
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), reading, depth: 0 };
    query.filter = parser.line();
    let mut problems = parser.reading.problems;
    problems.sort_by_key(|problem| problem.span);
    if problems.is_empty() { Ok(query) } else { Err(problems) }
}

/// What is known and what is wrong so far.
struct Reading<'a> {
    scheme: &'a Scheme,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn complain(&mut self, span: Span, wrong: Wrong) {
        self.problems.push(Problem { span, wrong });
    }

    /// The key of this name, where the viewer may use it.
    fn key(&mut self, name: &str, span: Span) -> Option<&'static Key> {
        let span = Span { end: span.start.saturating_add(name.chars().count()), ..span };
        let Some(key) = keys::find(name) else {
            let near = keys::nearest_name(name, self.scheme.usable());
            self.complain(span, Wrong::UnknownKey { found: name.to_owned(), near });
            return None;
        };
        if self.scheme.may_use(key) {
            return Some(key);
        }
        self.complain(span, if key.id == KeyId::Unit { Wrong::Hidden(key) } else { Wrong::NotYours(key) });
        None
    }

    /// Takes sorting and grouping out: they say how the list looks, not what is in it.
    fn set_apart(&mut self, tokens: Vec<Token>, query: &mut Query) -> Vec<Token> {
        let mut kept: Vec<Token> = Vec::new();
        let mut depth = 0_usize;
        for token in tokens {
            match &token.is {
                Is::Open => depth = depth.saturating_add(1),
                Is::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let Some((key, pieces)) = looks(&token) else {
                kept.push(token);
                continue;
            };
            let is_negated = kept.last().is_some_and(|last| last.is == Is::Minus && last.span.end == token.span.start);
            if is_negated {
                kept.pop();
            }
            if is_negated || depth > 0 {
                self.complain(token.span, Wrong::Misplaced(key));
            } else if pieces.is_empty() {
                self.complain(Span { start: token.span.end, ..token.span }, Wrong::NoValue(key));
            } else if key.kind == Kind::Order {
                query.sorts.extend(pieces.iter().filter_map(|piece| self.sort(piece)));
            } else {
                query.groups.extend(pieces.iter().filter_map(|piece| self.group(piece)));
            }
        }
        kept
    }

    fn sort(&mut self, piece: &Piece) -> Option<Sort> {
        let name = piece.text.trim_start_matches('-');
        let falling = name.len() < piece.text.len();
        let plain = name.split_once(':').filter(|(key, _)| keys::find(key).is_some_and(|key| key.id == KeyId::Criterion));
        let by = match (keys::find(name), plain) {
            (Some(key), _) if key.sorts() => SortBy::Key(self.key(name, piece.span).map(|key| key.id)?),
            (_, Some((_, criterion))) => SortBy::Score(self.criterion(criterion, piece.span)?),
            _ => match self.scheme.criteria.iter().position(|choice| choice.id.eq_ignore_ascii_case(name)) {
                Some(at) if keys::key(KeyId::Criterion).is_some_and(|key| self.scheme.may_use(key)) => SortBy::Score(at),
                _ => {
                    let known = self.scheme.usable().filter(|key| key.sorts()).map(Key::shown).collect();
                    self.complain(piece.span, Wrong::CannotSort { found: name.to_owned(), known });
                    return None;
                }
            },
        };
        Some(Sort { span: piece.span, by, falling })
    }

    fn criterion(&mut self, name: &str, span: Span) -> Option<usize> {
        let key = self.key("c", span)?;
        Reader { scheme: self.scheme, problems: &mut self.problems }.criterion(key, &folded(name), span)
    }

    fn group(&mut self, piece: &Piece) -> Option<Group> {
        match keys::find(&piece.text).filter(|key| key.groups()) {
            Some(_) => self.key(&piece.text, piece.span).map(|key| Group { span: piece.span, key: key.id }),
            None => {
                let known = self.scheme.usable().filter(|key| key.groups()).map(Key::shown).collect();
                self.complain(piece.span, Wrong::CannotGroup { found: piece.text.clone(), known });
                None
            }
        }
    }
}

/// The key and the values of a token that says how the list looks.
fn looks(token: &Token) -> Option<(&'static Key, &[Piece])> {
    let Is::Key { name, pieces } = &token.is else { return None };
    keys::find(name).filter(|key| matches!(key.kind, Kind::Order | Kind::Groups)).map(|key| (key, pieces.as_slice()))
}

struct Parser<'a> {
    tokens: Peekable<IntoIter<Token>>,
    reading: Reading<'a>,
    depth: usize,
}

/// Stands for what could not be understood, so that the rest of the line is looked at too. The query is not used then.
fn unknown() -> Expr {
    Expr::All(Vec::new())
}

impl Parser<'_> {
    /// The whole line: what is left after a bracket that closes nothing is looked at too.
    fn line(&mut self) -> Option<Expr> {
        let whole = self.any();
        while let Some(token) = self.tokens.next() {
            self.reading.complain(token.span, Wrong::StrayBracket);
            self.any();
        }
        whole
    }

    fn any(&mut self) -> Option<Expr> {
        let first = self.all();
        let mut sides = Vec::new();
        let mut is_whole = first.is_some();
        sides.extend(first);
        let mut is_choice = false;
        while let Some(or) = self.tokens.next_if(|token| token.is == Is::Or) {
            is_choice = true;
            let next = self.all();
            if !is_whole || next.is_none() {
                self.reading.complain(or.span, Wrong::OneSidedOr);
            }
            is_whole = next.is_some();
            sides.extend(next);
        }
        if is_choice { Some(joined(sides, Expr::Any, flat_any)) } else { sides.pop() }
    }

    fn all(&mut self) -> Option<Expr> {
        let mut parts = Vec::new();
        while self.tokens.peek().is_some_and(|token| !matches!(token.is, Is::Close | Is::Or)) {
            parts.extend(self.one());
        }
        (!parts.is_empty()).then(|| joined(parts, Expr::All, flat_all))
    }

    fn one(&mut self) -> Option<Expr> {
        let Token { span, is } = self.tokens.next()?;
        match is {
            Is::Minus => Some(self.deeper(span, |parser| parser.contrary(span))),
            Is::Open => Some(self.deeper(span, |parser| parser.bracket(span))),
            Is::Words(text) if text.trim().is_empty() => {
                self.reading.complain(span, Wrong::Nothing { sign: "\"\"" });
                Some(unknown())
            }
            Is::Words(text) => Some(Expr::Part(Part { span, test: Test::Words(folded(&text)) })),
            Is::Key { name, pieces } => Some(self.test(&name, &pieces, span).unwrap_or_else(unknown)),
            Is::Close | Is::Or => None,
        }
    }

    fn deeper(&mut self, span: Span, read: impl FnOnce(&mut Self) -> Expr) -> Expr {
        if self.depth >= DEEPEST {
            self.reading.complain(span, Wrong::TooDeep { most: DEEPEST });
            // Nothing behind it can be told apart any more.
            self.tokens = Vec::new().into_iter().peekable();
            return unknown();
        }
        self.depth = self.depth.saturating_add(1);
        let found = read(self);
        self.depth = self.depth.saturating_sub(1);
        found
    }

    /// What follows a minus. A blank after it makes it a dash between words, which is not taken for an exclusion.
    fn contrary(&mut self, minus: Span) -> Expr {
        let follows = self.tokens.peek().is_some_and(|next| next.span.start == minus.end && !matches!(next.is, Is::Close));
        let found = if follows { self.one() } else { None };
        found.map_or_else(
            || {
                self.reading.complain(minus, Wrong::Nothing { sign: "-" });
                unknown()
            },
            |found| Expr::Not(Box::new(found)),
        )
    }

    fn bracket(&mut self, open: Span) -> Expr {
        let inner = self.any();
        let is_shut = self.tokens.next_if(|token| token.is == Is::Close).is_some();
        if !is_shut {
            // A line that was given up inside is not told about its brackets too.
            if !self.reading.problems.iter().any(|problem| matches!(problem.wrong, Wrong::TooDeep { .. })) {
                self.reading.complain(open, Wrong::OpenBracket);
            }
        } else if inner.is_none() {
            self.reading.complain(open, Wrong::Nothing { sign: "()" });
        }
        inner.unwrap_or_else(unknown)
    }

    fn test(&mut self, name: &str, pieces: &[Piece], span: Span) -> Option<Expr> {
        let key = self.reading.key(name, span)?;
        if pieces.is_empty() {
            self.reading.complain(Span { start: span.end, ..span }, Wrong::NoValue(key));
            return None;
        }
        let mut reader = Reader { scheme: self.reading.scheme, problems: &mut self.reading.problems };
        reader.test(key, pieces).map(|test| Expr::Part(Part { span, test }))
    }
}

/// Several parts as one; one part stays itself, and brackets that change nothing fall away.
fn joined(parts: Vec<Expr>, join: fn(Vec<Expr>) -> Expr, flat: fn(Expr) -> Vec<Expr>) -> Expr {
    let mut parts: Vec<Expr> = parts.into_iter().flat_map(flat).collect();
    match (parts.len(), parts.pop()) {
        (1, Some(only)) => only,
        (_, last) => join(parts.into_iter().chain(last).collect()),
    }
}

fn flat_all(part: Expr) -> Vec<Expr> {
    match part {
        Expr::All(parts) => parts,
        part => vec![part],
    }
}

fn flat_any(part: Expr) -> Vec<Expr> {
    match part {
        Expr::Any(parts) => parts,
        part => vec![part],
    }
}
