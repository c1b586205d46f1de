//! The long table of ratings for `pingyi agreement`: `application,reviewer,criterion,value[,state,reason]`, one line a cell.

use std::collections::BTreeMap;

use crate::{
    domain::{
        ids::{ApplicationId, BadId, CriterionId, PersonCode},
        number::Points,
        text::Message,
    },
    intake::{
        Problem,
        table::{self, Column, Row, Table},
    },
    msg,
};

/// The columns, in any order.
pub const COLUMNS: [Column; 6] = [
    Column { id: "application", also: &["申报编号", "项目编号"], required: true },
    Column { id: "reviewer", also: &["评审专家", "专家编号"], required: true },
    Column { id: "criterion", also: &["指标", "指标编号"], required: true },
    Column { id: "value", also: &["分值", "得分"], required: true },
    Column { id: "state", also: &["状态"], required: false },
    Column { id: "reason", also: &["理由", "原因"], required: false },
];

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
    let table = table::read(file, bytes, &COLUMNS)?;
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
        let sheet = self.sheets.entry(key).or_default();
        let (twice, against) = match says {
            Says::Recused(criterion) => {
                let scored = lines.cells.values().min().copied();
                (lines.recusals.insert(criterion, row.line), scored.map(|scored| (row.line, scored)))
            }
            Says::Cell(criterion, value) => {
                sheet.insert(criterion.clone(), value);
                let recused = lines.recusals.values().min().copied();
                (lines.cells.insert(criterion, row.line), recused.map(|recused| (recused, row.line)))
            }
        };
        if let Some(first) = twice {
            self.complain(row, "criterion", msg!("err-cell-twice", first = first), msg!("rec-cell-twice"));
        } else if let Some((recused, scored)) = against {
            let what = msg!("err-recused-scored", recused = recused, scored = scored);
            self.complain(row, "state", what, msg!("rec-recused-scored"));
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
                self.no_value(row, &state, &value)?;
                Some(Says::Cell(criterion?, None))
            }
            "recused" => {
                let criterion = if self.table.cell(row, "criterion").is_empty() { None } else { Some(self.id(row, "criterion")?) };
                self.no_value(row, &state, &value)?;
                Some(Says::Recused(criterion))
            }
            _ => {
                self.complain(row, "state", msg!("err-state", found = state), msg!("rec-ratings-state"));
                None
            }
        }
    }

    fn no_value(&mut self, row: &Row, state: &str, value: &str) -> Option<()> {
        if value.is_empty() {
            return Some(());
        }
        self.complain(row, "value", msg!("err-ratings-value", found = value, state = state), msg!("rec-ratings-value"));
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
