//! The long table of scores for `pingyi tally`: millions of lines, one a cell, read once and kept as small whole numbers.
//!
//! Names become numbers when they are first seen; a cell is its hundredths of a point. So ten million cells take forty megabytes, and
//! a line is read without asking for memory. The same strict grammar holds as everywhere: what is not a score is told with file, line
//! and column, and nothing is guessed.

mod cells;
mod found;
mod heading;
mod hundredths;
mod names;
mod quick;
mod reader;

pub use cells::{CellState, Scores, SheetRow};
pub(super) use heading::columns;
pub use hundredths::hundredths;

use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
};

use crate::{
    domain::{
        ids::{ApplicationId, ItemId},
        rubric::Rubric,
        text::Message,
    },
    intake::{
        Problem, lines,
        table::{self, Column},
    },
    msg,
};

/// Most problems that are listed; a table that is wrong in one column is wrong a million times.
pub const MOST_LISTED: usize = 100;

/// What is wrong with a table: the first problems, and how many there are in all.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The first [`MOST_LISTED`], by line.
    pub problems: Vec<Problem>,
    /// All of them.
    pub total: usize,
}

impl Listing {
    /// One more problem; it is only put into words while there is room.
    fn add(&mut self, make: impl FnOnce() -> Problem) {
        self.total = self.total.saturating_add(1);
        if self.problems.len() < MOST_LISTED {
            self.problems.push(make());
        }
    }

    fn one(problem: Problem) -> Self {
        Self { problems: vec![problem], total: 1 }
    }

    fn sorted(mut self) -> Self {
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        self
    }
}

/// Reads the table that `open` gives; it is opened again only to say where something is wrong.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read<R: Read + Send>(file: &str, open: impl Fn() -> std::io::Result<R>, rubric: &Rubric) -> Result<Scores, Listing> {
    let failed = |cause: std::io::Error| {
        Listing::one(table::problem(file, 1, 1, msg!("err-cannot-read", file = file, cause = cause), msg!("rec-cannot-read")))
    };
    let begin = || heading::read(file, open().map_err(failed)?);
    if let Some(scores) = quick::read(file, begin()?, rubric) {
        return Ok(scores);
    }
    let mut found = reader::read(file, begin()?, rubric);
    let first = if found.twice.is_empty() { BTreeMap::new() } else { found::first_offsets(begin()?, &found) };
    let lines = lines::of(open().map_err(failed)?, &found.offsets(&first)).map_err(failed)?;
    found.tell_twice(file, &first, &lines);
    found.place(&lines);
    if found.listing.total == 0 { Ok(found.scores) } else { Err(found.listing.sorted()) }
}

/// The columns of the table of items.
const ITEM_COLUMNS: [Column; 2] = [
    Column { id: "application", also: &["申报编号", "项目编号"], required: true },
    Column { id: "item", also: &["榜题", "榜题编号"], required: true },
];

/// Which item each application answers.
///
/// # Errors
/// Everything that is wrong with the table, and every application of `scores` that it leaves out.
pub fn items(file: &str, bytes: &[u8], scores: &Scores) -> Result<BTreeMap<ItemId, Vec<ApplicationId>>, Listing> {
    let table = table::read(file, bytes, &ITEM_COLUMNS)
        .map_err(|problems| Listing { total: problems.len(), problems: problems.into_iter().take(MOST_LISTED).collect() })?;
    let mut listing = Listing::default();
    let mut seen: HashMap<ApplicationId, usize> = HashMap::new();
    let mut items: BTreeMap<ItemId, Vec<ApplicationId>> = BTreeMap::new();
    for row in &table.rows {
        let bad = |column: &str| -> (Message, Message) { (msg!("err-not-an-id", found = table.cell(row, column)), msg!("rec-not-an-id")) };
        let (application, item) = (table.cell(row, "application").parse::<ApplicationId>(), table.cell(row, "item").parse::<ItemId>());
        match (application, item) {
            (Err(_), _) => listing.add(|| table.problem(row, "application", bad("application").0, bad("application").1)),
            (_, Err(_)) => listing.add(|| table.problem(row, "item", bad("item").0, bad("item").1)),
            (Ok(application), Ok(item)) => match seen.get(&application) {
                Some(first) => {
                    listing.add(|| table.problem(row, "application", msg!("err-cell-twice", first = first), msg!("rec-cell-twice")));
                }
                None => {
                    seen.insert(application.clone(), row.line);
                    items.entry(item).or_default().push(application);
                }
            },
        }
    }
    for application in scores.applications().iter().filter(|id| !seen.contains_key(*id)) {
        let what = || msg!("err-tally-no-item", application = application);
        listing.add(|| table::problem(file, 1, 1, what(), msg!("rec-tally-no-item")));
    }
    if listing.total == 0 { Ok(items) } else { Err(listing.sorted()) }
}
