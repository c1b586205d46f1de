//! A search line that was understood.

use rust_decimal::Decimal;

use crate::search::keys::KeyId;

/// A place in the typed line, in characters from 0; the end is not part of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// First character.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
}

impl Span {
    /// The column of the first character, from 1.
    #[must_use]
    pub const fn column(self) -> usize {
        self.start.saturating_add(1)
    }
}

/// What a line asks for. An empty line asks for everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What must hold; everything fits where there is none.
    pub filter: Option<Expr>,
    /// What the list is sorted by, the most important first.
    pub sorts: Vec<Sort>,
    /// What the list is grouped by, the outermost first.
    pub groups: Vec<Group>,
}

/// What must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All of these.
    All(Vec<Expr>),
    /// At least one of these.
    Any(Vec<Expr>),
    /// The contrary.
    Not(Box<Expr>),
    /// One test.
    Part(Part),
}

/// One test, and where it stands.
#[derive(Debug, Clone)]
pub struct Part {
    /// Where it stands in the line.
    pub span: Span,
    /// The test.
    pub test: Test,
}

/// Where a test stands is not what it asks: two lines that ask the same are equal.
impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.test == other.test
    }
}

impl Eq for Part {}

/// A test of one application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// This folded text stands in number, title, applicant or city.
    Words(String),
    /// One of these holds for the value of a key.
    Key(KeyId, Vec<Pick>),
    /// One of these holds for the own score of a criterion, by its place in the rubric.
    Score(Vec<(usize, Pick)>),
}

/// One thing that is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// There is a value, or there is none.
    Known(bool),
    /// This folded text stands in it.
    Has(String),
    /// It is one of the choices at these places; `typed` is the folded word that stood for them.
    OneOf {
        /// The word.
        typed: String,
        /// Places in the list of choices.
        which: Vec<usize>,
    },
    /// The number lies within; of a set, the number of members.
    Within(Bounds),
    /// The criterion is not applicable.
    NotApplicable,
}

/// A range of exact numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Lower end.
    pub low: Option<Bound>,
    /// Upper end.
    pub high: Option<Bound>,
}

/// An end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The number.
    pub at: Decimal,
    /// Whether the number itself is in.
    pub closed: bool,
}

impl Bounds {
    /// Exactly this number.
    #[must_use]
    pub const fn exactly(at: Decimal) -> Self {
        let end = Some(Bound { at, closed: true });
        Self { low: end, high: end }
    }

    /// Whether `value` lies within.
    #[must_use]
    pub fn hold(&self, value: Decimal) -> bool {
        let above = self.low.is_none_or(|low| value > low.at || (low.closed && value == low.at));
        let below = self.high.is_none_or(|high| value < high.at || (high.closed && value == high.at));
        above && below
    }
}

/// One thing to sort by. Applications without the value come last either way.
#[derive(Debug, Clone)]
pub struct Sort {
    /// Where it stands in the line.
    pub span: Span,
    /// By what.
    pub by: SortBy,
    /// Largest first.
    pub falling: bool,
}

impl PartialEq for Sort {
    fn eq(&self, other: &Self) -> bool {
        (self.by, self.falling) == (other.by, other.falling)
    }
}

impl Eq for Sort {}

/// By what a list is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortBy {
    /// The value of a key.
    Key(KeyId),
    /// The own score of a criterion, by its place in the rubric.
    Score(usize),
}

/// One thing to group by.
#[derive(Debug, Clone)]
pub struct Group {
    /// Where it stands in the line.
    pub span: Span,
    /// The key.
    pub key: KeyId,
}

impl PartialEq for Group {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Group {}
