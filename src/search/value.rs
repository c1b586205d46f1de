//! What stands after a colon, as the key understands it.

use rust_decimal::Decimal;

use crate::{
    domain::names::nearest,
    search::{
        fold::folded,
        keys::{Key, Kind},
        problem::{Problem, Wrong},
        query::{Bound, Bounds, Pick, Span, Test},
        scan::Piece,
        scheme::{Choice, Scheme},
    },
};

/// Words for "there is one" and "there is none", of every key.
const KNOWN: [(&str, bool); 4] = [("any", true), ("有", true), ("none", false), ("无", false)];
/// Further ones where the question is yes or no.
const ANSWERED: [(&str, bool); 4] = [("yes", true), ("是", true), ("no", false), ("否", false)];
/// Words for "not applicable".
const NOT_APPLICABLE: [&str; 3] = ["na", "n/a", "不适用"];

/// Reads the values of one key.
pub(super) struct Reader<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    /// The test that `pieces` ask of `key`; `None` where they are wrong, which is then said.
    pub(super) fn test(&mut self, key: &'static Key, pieces: &[Piece]) -> Option<Test> {
        if key.kind == Kind::Criterion {
            let picks: Vec<_> = pieces.iter().filter_map(|piece| self.score(key, piece)).collect();
            return (picks.len() == pieces.len()).then_some(Test::Score(picks));
        }
        let picks: Vec<_> = pieces.iter().filter_map(|piece| self.pick(key, piece)).collect();
        (picks.len() == pieces.len()).then_some(Test::Key(key.id, picks))
    }

    fn complain<T>(&mut self, span: Span, wrong: Wrong) -> Option<T> {
        self.problems.push(Problem { span, wrong });
        None
    }

    fn pick(&mut self, key: &'static Key, piece: &Piece) -> Option<Pick> {
        let text = folded(&piece.text);
        if text.trim().is_empty() {
            return self.complain(piece.span, Wrong::NoValue(key));
        }
        if let Some(known) = known(&text, &KNOWN).filter(|_| !piece.quoted) {
            return Some(Pick::Known(known));
        }
        match key.kind {
            Kind::Text => Some(Pick::Has(text)),
            Kind::Number => self.number(key, &text, piece.span).map(Pick::Within),
            Kind::Set if known(&text, &ANSWERED).is_some() => known(&text, &ANSWERED).map(Pick::Known),
            Kind::Set if begins_with_number(&text) => self.number(key, &text, piece.span).map(Pick::Within),
            Kind::Set | Kind::Choice | Kind::Criterion | Kind::Order | Kind::Groups => self.choice(key, text, piece.span),
        }
    }

    fn choice(&mut self, key: &'static Key, typed: String, span: Span) -> Option<Pick> {
        let choices = self.scheme.choices(key.id);
        let which = chosen(choices, &typed);
        if !which.is_empty() {
            return Some(Pick::OneOf { typed, which });
        }
        let near = nearest(&typed, choices.iter().flat_map(Choice::names)).map(str::to_owned);
        let known = choices.iter().map(|choice| choice.shown.clone()).collect();
        self.complain(span, Wrong::UnknownChoice { key, found: typed, near, known })
    }

    /// A criterion, and what is asked of its score: `A1`, `A1>=6`, `A1=3-5`, `A1=无`, `A1=不适用`.
    fn score(&mut self, key: &'static Key, piece: &Piece) -> Option<(usize, Pick)> {
        let text = folded(&piece.text);
        let at = text.find(['<', '>', '=', '≤', '≥', ':']).unwrap_or(text.len());
        let (name, asked) = text.split_at_checked(at)?;
        let criterion = self.criterion(key, name.trim(), piece.span)?;
        let plain = asked.trim_start_matches([':', '=']).trim();
        let pick = match asked {
            "" => Pick::Known(true),
            _ if known(plain, &KNOWN).is_some() => Pick::Known(known(plain, &KNOWN)?),
            _ if NOT_APPLICABLE.contains(&plain) => Pick::NotApplicable,
            _ => Pick::Within(self.number(key, asked.trim_start_matches(':'), piece.span)?),
        };
        Some((criterion, pick))
    }

    pub(super) fn criterion(&mut self, key: &'static Key, name: &str, span: Span) -> Option<usize> {
        let criteria = &self.scheme.criteria;
        let found = criteria.iter().position(|choice| choice.names().any(|own| own == name));
        if found.is_some() {
            return found;
        }
        let near = nearest(name, criteria.iter().map(|choice| choice.id.as_str())).map(str::to_owned);
        let known = criteria.iter().map(|choice| choice.id.as_str().into()).collect();
        self.complain(span, Wrong::UnknownChoice { key, found: name.to_owned(), near, known })
    }

    /// `60`, `=60`, `<60`, `<=60`, `>60`, `>=60`, `60-75`.
    fn number(&mut self, key: &'static Key, text: &str, span: Span) -> Option<Bounds> {
        let (sign, rest) = sign_of(text);
        let rest = rest.trim();
        if rest.is_empty() {
            return self.complain(span, Wrong::NoValue(key));
        }
        let ends = rest.split_once(['-', '~', '至', '到']).filter(|_| matches!(sign, Sign::Is));
        if let Some((from, to)) = ends {
            return match (decimal(from), decimal(to)) {
                (Some(low), Some(high)) if low > high => self.complain(span, Wrong::TurnedRange { right: format!("{high}-{low}") }),
                (Some(low), Some(high)) => Some(Bounds { low: closed(low), high: closed(high) }),
                _ => self.complain(span, Wrong::NotANumber { key, found: rest.to_owned() }),
            };
        }
        match decimal(rest) {
            Some(at) => Some(sign.bounds(at)),
            None => self.complain(span, Wrong::NotANumber { key, found: rest.to_owned() }),
        }
    }
}

fn known(text: &str, words: &[(&str, bool)]) -> Option<bool> {
    words.iter().find(|(word, _)| *word == text).map(|(_, is)| *is)
}

fn begins_with_number(text: &str) -> bool {
    sign_of(text).1.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// The choices that `typed` stands for: those that are called so, 市 or no 市, or else those in whose name it occurs.
fn chosen(choices: &[Choice], typed: &str) -> Vec<usize> {
    let places = |fits: &dyn Fn(&str) -> bool| -> Vec<usize> {
        choices.iter().enumerate().filter(|(_, choice)| choice.names().any(fits)).map(|(at, _)| at).collect()
    };
    let exact = places(&|name| name == typed || Some(name) == typed.strip_suffix('市'));
    if exact.is_empty() { places(&|name| name.contains(typed)) } else { exact }
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Is,
    Below,
    AtMost,
    Above,
    AtLeast,
}

fn sign_of(text: &str) -> (Sign, &str) {
    const SIGNS: [(&str, Sign); 9] = [
        ("<=", Sign::AtMost),
        (">=", Sign::AtLeast),
        ("=<", Sign::AtMost),
        ("=>", Sign::AtLeast),
        ("≤", Sign::AtMost),
        ("≥", Sign::AtLeast),
        ("<", Sign::Below),
        (">", Sign::Above),
        ("=", Sign::Is),
    ];
    let found = SIGNS.iter().find_map(|(sign, is)| text.strip_prefix(sign).map(|rest| (*is, rest)));
    found.unwrap_or((Sign::Is, text))
}

impl Sign {
    const fn bounds(self, at: Decimal) -> Bounds {
        let (open, shut) = (Some(Bound { at, closed: false }), Some(Bound { at, closed: true }));
        match self {
            Self::Is => Bounds { low: shut, high: shut },
            Self::Below => Bounds { low: None, high: open },
            Self::AtMost => Bounds { low: None, high: shut },
            Self::Above => Bounds { low: open, high: None },
            Self::AtLeast => Bounds { low: shut, high: None },
        }
    }
}

const fn closed(at: Decimal) -> Option<Bound> {
    Some(Bound { at, closed: true })
}

/// Plain decimal digits with at most one point. Nothing that is searched for has more digits than a score or a sum of money.
fn decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let is_plain = text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    if is_plain && text.len() <= 20 { Decimal::from_str_exact(text).ok().map(|value| value.normalize()) } else { None }
}
