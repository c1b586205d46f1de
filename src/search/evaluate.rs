//! A query over facts: what fits, sorted, in groups. Equal rows keep the order in which they came.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::{
    domain::compare::TableCell,
    search::{
        facts::Facts,
        keys::KeyId,
        query::{Expr, Group, Pick, Query, Sort, SortBy, Test},
    },
};

/// What fits, as it is to be shown. Rows are places in the facts that were searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// Rows without a heading.
    Rows(Vec<usize>),
    /// Groups, in the order of their choices; those without one come last.
    Groups(Vec<Branch>),
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// What it is grouped by.
    pub key: KeyId,
    /// Which choice all of it has; `None` for none.
    pub which: Option<usize>,
    /// How many rows it has.
    pub count: usize,
    /// The rows, or further groups.
    pub below: Tree,
}

/// A line of a list that shows a [`Tree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'a> {
    /// The head of a group, and how deep it is, from 0.
    Head(usize, &'a Branch),
    /// A row.
    Row(usize),
}

/// The rows of `order` that fit `query`, sorted and grouped as it says. `order` is the order without sorting: places in `facts`.
#[must_use]
pub fn evaluate(query: &Query, facts: &[Facts], order: impl IntoIterator<Item = usize>) -> Tree {
    let fits = |at: &usize| facts.get(*at).is_some_and(|facts| query.filter.as_ref().is_none_or(|filter| holds(filter, facts)));
    let mut rows: Vec<usize> = order.into_iter().filter(fits).collect();
    if !query.sorts.is_empty() {
        rows = sorted(&query.sorts, facts, rows);
    }
    grouped(&query.groups, facts, rows)
}

fn grouped(groups: &[Group], facts: &[Facts], rows: Vec<usize>) -> Tree {
    let Some((first, below)) = groups.split_first() else { return Tree::Rows(rows) };
    let choice = |at: &usize| facts.get(*at).and_then(|facts| facts.choice(first.key));
    // `None` would come first by itself.
    let rank = |at: &usize| choice(at).map_or((true, 0), |choice| (false, choice));
    let mut sorted = rows;
    sorted.sort_by_cached_key(rank);
    let branch = |rows: &[usize]| Branch {
        key: first.key,
        which: rows.first().and_then(choice),
        count: rows.len(),
        below: grouped(below, facts, rows.to_vec()),
    };
    Tree::Groups(sorted.chunk_by(|one, other| choice(one) == choice(other)).map(branch).collect())
}

impl Tree {
    /// The lines from top to bottom.
    #[must_use]
    pub fn lines(&self) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        self.write(0, &mut lines);
        lines
    }

    /// The rows from top to bottom.
    #[must_use]
    pub fn rows(&self) -> Vec<usize> {
        let row = |line| if let Line::Row(at) = line { Some(at) } else { None };
        self.lines().into_iter().filter_map(row).collect()
    }

    fn write<'a>(&'a self, depth: usize, lines: &mut Vec<Line<'a>>) {
        match self {
            Self::Rows(rows) => lines.extend(rows.iter().map(|at| Line::Row(*at))),
            Self::Groups(groups) => {
                for branch in groups {
                    lines.push(Line::Head(depth, branch));
                    branch.below.write(depth.saturating_add(1), lines);
                }
            }
        }
    }
}

/// Whether `filter` holds for `facts`.
#[must_use]
pub fn holds(filter: &Expr, facts: &Facts) -> bool {
    match filter {
        Expr::All(parts) => parts.iter().all(|part| holds(part, facts)),
        Expr::Any(parts) => parts.iter().any(|part| holds(part, facts)),
        Expr::Not(part) => !holds(part, facts),
        Expr::Part(part) => fits(&part.test, facts),
    }
}

fn fits(test: &Test, facts: &Facts) -> bool {
    match test {
        Test::Words(text) => facts.words.has(text),
        Test::Score(picks) => picks.iter().any(|(at, pick)| score_fits(pick, facts.score(*at))),
        Test::Key(id, picks) => picks.iter().any(|pick| key_fits(*id, pick, facts)),
    }
}

fn score_fits(pick: &Pick, score: TableCell) -> bool {
    match pick {
        Pick::Known(is) => (score != TableCell::Blank) == *is,
        Pick::NotApplicable => score == TableCell::NotApplicable,
        Pick::Within(bounds) => score.value().is_some_and(|value| bounds.hold(value)),
        Pick::Has(_) | Pick::OneOf { .. } => false,
    }
}

fn key_fits(id: KeyId, pick: &Pick, facts: &Facts) -> bool {
    match pick {
        Pick::Known(is) => is_known(id, facts) == *is,
        Pick::Has(text) => facts.text(id).is_some_and(|own| own.has(text)),
        Pick::OneOf { which, .. } => match facts.set(id) {
            Some(set) => set.iter().any(|at| which.contains(at)),
            None => facts.choice(id).is_some_and(|at| which.contains(&at)),
        },
        Pick::Within(bounds) => number(id, facts).is_some_and(|value| bounds.hold(value)),
        Pick::NotApplicable => false,
    }
}

fn is_known(id: KeyId, facts: &Facts) -> bool {
    match (facts.text(id), facts.set(id)) {
        (Some(text), _) => !text.is_blank(),
        (None, Some(set)) => !set.is_empty(),
        (None, None) => facts.number(id).is_some() || facts.choice(id).is_some(),
    }
}

/// The number of a key, or how many a set has.
fn number(id: KeyId, facts: &Facts) -> Option<Decimal> {
    facts.number(id).or_else(|| facts.set(id).map(|set| set.len().into()))
}

/// What a row is sorted by; all rows of one sorting have the same kind.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value<'a> {
    Place(usize),
    Number(Decimal),
    Text(&'a str),
}

/// Sorts `rows`. The values are looked up once for each row, not once for each comparison.
fn sorted(sorts: &[Sort], facts: &[Facts], rows: Vec<usize>) -> Vec<usize> {
    let values = |at: usize| -> Vec<Option<Value<'_>>> {
        let facts = facts.get(at);
        sorts.iter().map(|sort| facts.and_then(|facts| value(sort.by, facts))).collect()
    };
    let mut keyed: Vec<_> = rows.into_iter().map(|at| (values(at), at)).collect();
    keyed.sort_by(|(one, _), (other, _)| {
        let mut each = sorts.iter().zip(one.iter().zip(other)).map(|(sort, (one, other))| last(sort.falling, one.as_ref(), other.as_ref()));
        each.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
    });
    keyed.into_iter().map(|(_, at)| at).collect()
}

fn value(by: SortBy, facts: &Facts) -> Option<Value<'_>> {
    match by {
        SortBy::Score(at) => facts.score(at).value().map(Value::Number),
        SortBy::Key(id) => match facts.text(id) {
            Some(text) => (!text.is_blank()).then(|| Value::Text(text.as_str())),
            // A key has a choice or a number, never both.
            None => facts.choice(id).map(Value::Place).or_else(|| number(id, facts).map(Value::Number)),
        },
    }
}

/// Compares two values; one that is not there comes last whichever way the rows run.
fn last<T: Ord>(falling: bool, one: Option<T>, other: Option<T>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) if falling => other.cmp(&one),
        (Some(one), Some(other)) => one.cmp(&other),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}
