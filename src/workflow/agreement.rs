//! How far reviewers agree, from a long table of scores. Needs no data folder, no key and no rubric.
//!
//! With a criterion, a rating is the score on it. Without one, it is the sheet's sum over its criteria, unweighted, because the
//! table knows no rubric; a sheet that lacks a criterion that somebody scored on the same application has no sum, for a part of a
//! sheet beside a whole one would look like a strict reviewer.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use rust_decimal::Decimal;

use crate::{
    domain::ids::{ApplicationId, CriterionId, PersonCode},
    insight::{
        agreement::{self, Line},
        ratings::Ratings,
    },
    intake::ratings::{self, Cells, Sheets},
    workflow::StepError,
};

/// The coefficients of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The criterion; `None` for the sums of the sheets.
    pub criterion: Option<CriterionId>,
    /// Applications in the table.
    pub applications: usize,
    /// Reviewers in the table who rated anything.
    pub reviewers: usize,
    /// All coefficients, in the order of [`agreement::STATISTICS`].
    pub lines: Vec<Line>,
}

/// Reads the table and computes all coefficients.
///
/// # Errors
/// A table that cannot be read, or without that criterion.
pub fn agreement(file: &Path, criterion: Option<CriterionId>) -> Result<Agreement, StepError> {
    let bytes = fs::read(file).map_err(|source| StepError::io(file, source))?;
    let sheets = ratings::read(&file.display().to_string(), &bytes).map_err(StepError::Problems)?;
    if let Some(criterion) = &criterion {
        let known: BTreeSet<&CriterionId> = sheets.values().flat_map(Cells::keys).collect();
        if !known.contains(criterion) {
            let known = known.into_iter().cloned().collect();
            return Err(StepError::NoSuchCriterion { criterion: criterion.clone(), known });
        }
    }
    let ratings = table(&sheets, criterion.as_ref());
    let reviewers = ratings.active().into_iter().filter(|active| *active).count();
    Ok(Agreement { criterion, applications: ratings.rows().len(), reviewers, lines: agreement::agreement(&ratings) })
}

/// Applications by reviewers, each in the order of their ids.
fn table(sheets: &Sheets, criterion: Option<&CriterionId>) -> Ratings {
    let reviewers: BTreeSet<&PersonCode> = sheets.keys().map(|(_, reviewer)| reviewer).collect();
    let mut applications: BTreeMap<&ApplicationId, BTreeMap<&PersonCode, &Cells>> = BTreeMap::new();
    for ((application, reviewer), sheet) in sheets {
        applications.entry(application).or_default().insert(reviewer, sheet);
    }
    let row = |own: &BTreeMap<&PersonCode, &Cells>| {
        let asked: BTreeSet<&CriterionId> = match criterion {
            Some(criterion) => BTreeSet::from([criterion]),
            None => own.values().flat_map(|sheet| sheet.keys()).collect(),
        };
        reviewers.iter().map(|reviewer| own.get(reviewer).and_then(|sheet| rating(sheet, &asked))).collect()
    };
    let rows: Vec<Vec<Option<Decimal>>> = applications.values().map(row).collect();
    // Every row has a cell for every reviewer and points are finite, so this is a table; an empty one estimates nothing.
    Ratings::exact(&rows).unwrap_or_default()
}

/// The sum of what was asked; `None` where one of it is missing, and where nothing was asked because nobody scored the application.
fn rating(sheet: &Cells, asked: &BTreeSet<&CriterionId>) -> Option<Decimal> {
    if asked.is_empty() {
        return None;
    }
    asked.iter().map(|criterion| sheet.get(*criterion).copied().flatten().map(|points| points.get())).sum()
}
