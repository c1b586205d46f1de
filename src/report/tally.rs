//! What `pingyi tally` prints: one line per application, or one JSON document with every derivation. Both are written as they are
//! made, so that a million applications need no more memory than one.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use crate::domain::{
    consolidate::derivation::ApplicationResult,
    exact::Exact,
    ids::{ApplicationId, ItemId},
    ranking::{Ranked, Ranking},
    result::{ApplicationEntry, Working, outcome_word},
    rubric::Rubric,
};

/// The headings of the table.
pub const HEADINGS: &str = "item,application,n,kept,total,rank,tied,outcome,separated_by";

/// One line of the table.
#[derive(Debug)]
pub struct Line<'a> {
    /// Item.
    pub item: &'a ItemId,
    /// Application.
    pub application: &'a ApplicationId,
    /// Valid sheets.
    pub valid: usize,
    /// Sum of sheet weights after trimming.
    pub kept: Exact,
    /// Total as published; empty where there is none.
    pub total: &'a str,
    /// Its row, where it is ranked.
    pub row: Option<&'a Ranked>,
    /// Word of the outcome.
    pub outcome: &'a str,
}

/// Writes one line of the table. Identifiers and figures hold neither separators nor anything that a spreadsheet takes for a formula.
///
/// # Errors
/// What writing reports.
pub fn line(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    let Line { item, application, valid, kept, total, row, outcome } = line;
    write!(out, "{item},{application},{valid},{kept},{total},")?;
    match row {
        Some(row) => writeln!(out, "{},{},{outcome},{}", row.rank, row.tied, row.apart.step().unwrap_or_default()),
        None => writeln!(out, ",false,{outcome},"),
    }
}

/// An application with its derivation.
#[derive(Serialize)]
struct Explained {
    #[serde(flatten)]
    entry: ApplicationEntry,
    n: usize,
    kept: String,
    derivation: Working,
}

/// A JSON document that grows.
pub struct Document<'a> {
    out: &'a mut dyn Write,
    rubric: &'a Rubric,
    /// Whether something of the same list stands before.
    items: bool,
    applications: bool,
}

impl<'a> Document<'a> {
    /// Begins a document.
    ///
    /// # Errors
    /// What writing reports.
    pub fn begin(out: &'a mut dyn Write, rubric: &'a Rubric) -> io::Result<Self> {
        writeln!(out, "{{\n  \"rubric\": {},\n  \"version\": {},\n  \"items\": [", json!(rubric.id), json!(rubric.version))?;
        Ok(Self { out, rubric, items: false, applications: false })
    }

    /// Begins an item.
    ///
    /// # Errors
    /// What writing reports.
    pub fn item(&mut self, item: &ItemId, ranking: &Ranking) -> io::Result<()> {
        if self.items {
            self.close_item(",")?;
        }
        (self.items, self.applications) = (true, false);
        let (id, outcome) = (json!(item), json!(outcome_word(ranking)));
        write!(self.out, "    {{\n      \"id\": {id},\n      \"outcome\": {outcome},\n      \"applications\": [")
    }

    /// Writes an application of the item that was begun last.
    ///
    /// # Errors
    /// What writing reports.
    pub fn application(&mut self, result: &ApplicationResult, row: Option<&Ranked>) -> io::Result<()> {
        let explained = Explained {
            entry: ApplicationEntry::of(self.rubric, result, row),
            n: result.valid,
            kept: result.kept.to_string(),
            derivation: Working::of(self.rubric, result),
        };
        let text = serde_json::to_string_pretty(&explained).map_err(io::Error::other)?;
        self.out.write_all(if self.applications { b",\n" } else { b"\n" })?;
        self.applications = true;
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                self.out.write_all(b"\n")?;
            }
            write!(self.out, "        {line}")?;
        }
        Ok(())
    }

    /// Ends the document.
    ///
    /// # Errors
    /// What writing reports.
    pub fn end(mut self) -> io::Result<()> {
        if self.items {
            self.close_item("")?;
        }
        writeln!(self.out, "  ]\n}}")
    }

    fn close_item(&mut self, after: &str) -> io::Result<()> {
        let bracket = if self.applications { "\n      ]" } else { "]" };
        writeln!(self.out, "{bracket}\n    }}{after}")
    }
}
