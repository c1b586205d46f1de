//! The long table of ratings for `pingyi agreement`: the columns, states and sentences of [`super::tally`], which reads it for a rubric.
//! Here there is none, so criteria and scores are whatever the table says they are.

use std::collections::BTreeMap;

use crate::{
    domain::{
        ids::{ApplicationId, BadId, CriterionId, PersonCode},
        number::Points,
        text::Message,
    },
    intake::{
        Problem,
        table::{self, Row, Table},
        tally,
    },
    msg,
};

/// What one reviewer said of one application: the criteria that stand in the table, `None` for 不适用. Nothing at all where the
/// reviewer stays out of it.
pub type Cells = BTreeMap<CriterionId, Option<Points>>;

/// The sheets of a table.
pub type Sheets = BTreeMap<(ApplicationId, PersonCode), Cells>;

/// What a line says of its sheet.
enum Says {
    Cell(CriterionId, Option<Points>),
    /// From the whole application; the line may name a criterion, as tables do that have a line for every cell.
    Recused(Option<CriterionId>),
}

/// Reads the table.
///
/// # Errors
/// Everything wrong with it: what is no id, no score or no state, a value beside a state that has none, a cell that stands twice, a
/// reviewer who is recused and scores all the same.
pub fn read(file: &str, bytes: &[u8]) -> Result<Sheets, Vec<Problem>> {
    let table = table::read(file, bytes, &tally::columns())?;
    let mut reading = Reading { table: &table, sheets: BTreeMap::new(), seen: BTreeMap::new(), problems: Vec::new() };
    for row in &table.rows {
        reading.row(row);
    }
    let mut problems = reading.problems;
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if problems.is_empty() { Ok(reading.sheets) } else { Err(problems) }
}

/// A table that is being read.
struct Reading<'a> {
    table: &'a Table,
    sheets: Sheets,
    /// Where each cell stands.
    seen: BTreeMap<(ApplicationId, PersonCode), Lines>,
    problems: Vec<Problem>,
}

/// The lines that speak of one sheet.
#[derive(Default)]
struct Lines {
    cells: BTreeMap<CriterionId, usize>,
    recusals: BTreeMap<Option<CriterionId>, usize>,
}

impl Reading<'_> {
    fn row(&mut self, row: &Row) {
        let application = self.id(row, "application");
        let reviewer = self.id(row, "reviewer");
        let says = self.says(row);
        if let (Some(application), Some(reviewer), Some(says)) = (application, reviewer, says) {
            self.put(row, (application, reviewer), says);
        }
    }

    fn put(&mut self, row: &Row, key: (ApplicationId, PersonCode), says: Says) {
        let lines = self.seen.entry(key.clone()).or_default();
        let (application, reviewer) = key.clone();
        let sheet = self.sheets.entry(key).or_default();
        let (twice, both) = match says {
            Says::Recused(criterion) => (lines.recusals.insert(criterion, row.line), !lines.cells.is_empty()),
            Says::Cell(criterion, value) => {
                sheet.insert(criterion.clone(), value);
                (lines.cells.insert(criterion, row.line), !lines.recusals.is_empty())
            }
        };
        if let Some(first) = twice {
            self.complain(row, "criterion", msg!("err-cell-twice", first = first), msg!("rec-cell-twice"));
        } else if both {
            let what = msg!("err-tally-recused", application = application, reviewer = reviewer);
            self.complain(row, "state", what, msg!("rec-tally-recused"));
        }
    }

    fn says(&mut self, row: &Row) -> Option<Says> {
        let (state, value) = (self.table.cell(row, "state").to_owned(), self.table.cell(row, "value").to_owned());
        match state.as_str() {
            "" | "scored" => {
                let criterion = self.id(row, "criterion");
                let points = value.parse().ok();
                if points.is_none() {
                    self.complain(row, "value", msg!("err-score-form", found = value), msg!("rec-score-form"));
                }
                Some(Says::Cell(criterion?, Some(points?)))
            }
            "na" => {
                let criterion = self.id(row, "criterion");
                self.no_value(row, &value)?;
                Some(Says::Cell(criterion?, None))
            }
            "recused" => {
                let criterion = if self.table.cell(row, "criterion").is_empty() { None } else { Some(self.id(row, "criterion")?) };
                self.no_value(row, &value)?;
                Some(Says::Recused(criterion))
            }
            _ => {
                self.complain(row, "state", msg!("err-state", found = state), msg!("rec-tally-state"));
                None
            }
        }
    }

    fn no_value(&mut self, row: &Row, value: &str) -> Option<()> {
        if value.is_empty() {
            return Some(());
        }
        self.complain(row, "value", msg!("err-value-with-state", found = value), msg!("rec-value-with-state"));
        None
    }

    fn id<T: std::str::FromStr<Err = BadId>>(&mut self, row: &Row, column: &str) -> Option<T> {
        let found = self.table.cell(row, column);
        let id = found.parse().ok();
        if id.is_none() {
            self.complain(row, column, msg!("err-not-an-id", found = found), msg!("rec-not-an-id"));
        }
        id
    }

    fn complain(&mut self, row: &Row, column: &str, what: Message, advice: Message) {
        self.problems.push(self.table.problem(row, column, what, advice));
    }
}
