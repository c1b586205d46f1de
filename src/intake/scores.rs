//! The long table of scores: one line a cell. For paper sheets, for work done elsewhere, and for the sample data.

use std::collections::BTreeMap;

use crate::{
    domain::{
        ids::{ApplicationId, CriterionId, PersonCode},
        number::Points,
        panel::{GROUNDS, Ground},
    },
    intake::{
        Problem,
        table::{self, Column, Row, Table},
    },
    msg,
};

/// The columns, in the order in which this program writes them.
pub const COLUMNS: [Column; 7] = [
    Column { id: "application", also: &["申报编号", "项目编号"], required: true },
    Column { id: "reviewer", also: &["评审专家", "专家编号"], required: false },
    Column { id: "criterion", also: &["指标", "指标编号"], required: true },
    Column { id: "value", also: &["分值", "得分"], required: true },
    Column { id: "state", also: &["状态"], required: false },
    Column { id: "reason", also: &["理由", "原因"], required: false },
    Column { id: "comment", also: &["评语", "意见"], required: false },
];

/// The word for the comment on an application as a whole.
pub const OVERALL: &str = "overall";

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    /// Line in the file.
    pub line: usize,
    /// Application.
    pub application: ApplicationId,
    /// Reviewer, where the table says so.
    pub reviewer: Option<PersonCode>,
    /// What it says.
    pub says: Says,
    /// Comment on the same thing; empty when there is none.
    pub comment: String,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// A score.
    Scored(CriterionId, Points),
    /// 不适用, with the reason.
    NotApplicable(CriterionId, String),
    /// Only the comment: on a criterion, or on the whole.
    Comment(Option<CriterionId>),
    /// The reviewer stays out, on this ground.
    Recused(Ground, String),
    /// The reviewer declines.
    Declined(String),
}

/// Reads the table.
///
/// # Errors
/// Everything wrong with it; a cell that stands twice is one, with both lines.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<ScoreLine>, Vec<Problem>> {
    let table = table::read(file, bytes, &COLUMNS)?;
    let mut lines = Vec::new();
    let mut problems = table.strays.clone();
    let mut seen: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    for row in &table.rows {
        match line(&table, row) {
            Ok(line) => lines.push(line),
            Err(found) => problems.push(*found),
        }
        let key =
            (table.cell(row, "application").to_owned(), table.cell(row, "reviewer").to_owned(), table.cell(row, "criterion").to_owned());
        if let Some(first) = seen.insert(key, row.line) {
            problems.push(table.problem(row, "criterion", msg!("err-cell-twice", first = first), msg!("rec-cell-twice")));
        }
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    if problems.is_empty() { Ok(lines) } else { Err(problems) }
}

fn line(table: &Table, row: &Row) -> Result<ScoreLine, Box<Problem>> {
    let id = |column: &str| {
        let found = table.cell(row, column);
        Box::new(table.problem(row, column, msg!("err-not-an-id", found = found), msg!("rec-not-an-id")))
    };
    let application = table.cell(row, "application").parse().map_err(|_| id("application"))?;
    let reviewer = match table.cell(row, "reviewer") {
        "" => None,
        code => Some(code.parse().map_err(|_| id("reviewer"))?),
    };
    let says = says(table, row)?;
    Ok(ScoreLine { line: row.line, application, reviewer, says, comment: table.cell(row, "comment").to_owned() })
}

fn says(table: &Table, row: &Row) -> Result<Says, Box<Problem>> {
    let value = table.cell(row, "value");
    let reason = || table.cell(row, "reason").to_owned();
    let criterion = || {
        let found = table.cell(row, "criterion");
        found.parse().map_err(|_| Box::new(table.problem(row, "criterion", msg!("err-not-an-id", found = found), msg!("rec-not-an-id"))))
    };
    match table.cell(row, "state") {
        "" | "scored" => {
            let points = value.parse();
            let bad = |_| Box::new(table.problem(row, "value", msg!("err-score-form", found = value), msg!("rec-score-form")));
            Ok(Says::Scored(criterion()?, points.map_err(bad)?))
        }
        "na" => Ok(Says::NotApplicable(criterion()?, reason())),
        "comment" if table.cell(row, "criterion") == OVERALL => Ok(Says::Comment(None)),
        "comment" => Ok(Says::Comment(Some(criterion()?))),
        "declined" => Ok(Says::Declined(reason())),
        "recused" => {
            let unknown = || Box::new(table.problem(row, "value", msg!("err-ground", found = value), msg!("rec-ground", words = words())));
            Ok(Says::Recused(ground(value).ok_or_else(unknown)?, reason()))
        }
        other => Err(Box::new(table.problem(row, "state", msg!("err-state", found = other), msg!("rec-state")))),
    }
}

/// The ground that a word names.
#[must_use]
pub fn ground(word: &str) -> Option<Ground> {
    GROUNDS.into_iter().find(|ground| ground_word(*ground) == word)
}

/// The word for a ground in files and on the command line.
#[must_use]
pub const fn ground_word(ground: Ground) -> &'static str {
    match ground {
        Ground::Employment => "employment",
        Ground::Director => "director",
        Ground::Owner => "owner",
        Ground::Kinship => "kinship",
        Ground::SameEntity => "same-entity",
        Ground::OwnApplication => "own-application",
        Ground::Participant => "participant",
        Ground::Other => "other",
    }
}

/// All words for grounds.
#[must_use]
pub fn words() -> String {
    GROUNDS.map(ground_word).join(", ")
}
