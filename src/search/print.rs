//! A query as a line again, in one way of writing: for exports, which say what they were asked for.

use std::fmt::{self, Display};

use crate::search::{
    keys::{self, KeyId},
    query::{Bounds, Expr, Pick, Query, Sort, SortBy, Test},
    scheme::Scheme,
};

impl Query {
    /// The line that asks this. Understanding it again gives the same query.
    #[must_use]
    pub fn line(&self, scheme: &Scheme) -> String {
        let filter = self.filter.iter().map(|filter| filter.line(scheme));
        let sorts = self.sorts.iter().map(|sort| sort.line(scheme));
        let groups = self.groups.iter().map(|group| format!("group:{}", name(group.key)));
        filter.chain(sorts).chain(groups).collect::<Vec<_>>().join(" ")
    }
}

fn name(id: KeyId) -> &'static str {
    keys::key(id).and_then(|key| key.names().next()).unwrap_or_default()
}

impl Sort {
    fn line(&self, scheme: &Scheme) -> String {
        let sign = if self.falling { "-" } else { "" };
        match self.by {
            SortBy::Key(id) => format!("sort:{sign}{}", name(id)),
            SortBy::Score(at) => format!("sort:{sign}c:{}", criterion(scheme, at)),
        }
    }
}

fn criterion(scheme: &Scheme, at: usize) -> &str {
    scheme.criteria.get(at).map_or("", |choice| choice.id.as_str())
}

impl Expr {
    fn line(&self, scheme: &Scheme) -> String {
        match self {
            Self::All(parts) => parts.iter().map(|part| part.within(scheme, matches!(part, Self::Any(_)))).collect::<Vec<_>>().join(" "),
            Self::Any(parts) => parts.iter().map(|part| part.line(scheme)).collect::<Vec<_>>().join(" OR "),
            Self::Not(part) => format!("-{}", part.within(scheme, matches!(**part, Self::All(_) | Self::Any(_)))),
            Self::Part(part) => part.test.line(scheme),
        }
    }

    fn within(&self, scheme: &Scheme, brackets: bool) -> String {
        let line = self.line(scheme);
        if brackets { format!("({line})") } else { line }
    }
}

impl Test {
    fn line(&self, scheme: &Scheme) -> String {
        match self {
            Self::Words(text) => word(text),
            Self::Key(id, picks) => format!("{}:{}", name(*id), joined(picks.iter().map(Pick::line))),
            Self::Score(picks) => {
                let parts = picks.iter().map(|(at, pick)| match pick {
                    Pick::Known(true) => criterion(scheme, *at).to_owned(),
                    Pick::Known(false) => format!("{}=none", criterion(scheme, *at)),
                    Pick::Within(bounds) if bounds.low.is_some() && bounds.high.is_some() => {
                        format!("{}={}", criterion(scheme, *at), bounds)
                    }
                    pick => format!("{}{}", criterion(scheme, *at), pick.line()),
                });
                format!("{}:{}", name(KeyId::Criterion), joined(parts))
            }
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

/// Words outside quotes where nothing in them has a meaning of its own.
fn word(text: &str) -> String {
    let is_plain = !text.is_empty() && text != "或" && !text.starts_with('-') && !text.contains([' ', '(', ')', '"', ':', ',']);
    if is_plain { text.to_owned() } else { format!("\"{text}\"") }
}

impl Pick {
    fn line(&self) -> String {
        match self {
            Self::Known(true) => "any".to_owned(),
            Self::Known(false) => "none".to_owned(),
            Self::Has(text) => format!("\"{text}\""),
            Self::OneOf { typed, .. } => format!("\"{typed}\""),
            Self::Within(bounds) => bounds.to_string(),
            Self::NotApplicable => "=na".to_owned(),
        }
    }
}

impl Display for Bounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = |sign: &'static str, closed: bool| if closed { format!("{sign}=") } else { sign.to_owned() };
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{}", low.at),
            (Some(low), Some(high)) => write!(f, "{}-{}", low.at, high.at),
            (Some(low), None) => write!(f, "{}{}", sign(">", low.closed), low.at),
            (None, Some(high)) => write!(f, "{}{}", sign("<", high.closed), high.at),
            (None, None) => Ok(()),
        }
    }
}
