//! `pingyi tally`, the bare calculator: a rubric and a table of scores in, the same consolidation as everywhere out. No store, no keys.
//!
//! Applications are consolidated on all processors and only their figures are kept; a derivation is made again when it is written.

use std::{
    collections::HashMap,
    fs::File,
    io::{self, Write},
    mem,
    num::NonZeroUsize,
    path::Path,
    thread,
};

use crate::{
    domain::{
        consolidate::{
            Plan, Population,
            derivation::ApplicationResult,
            input::{ApplicationInput, ItemInput},
            outcome::Outcome,
            trouble::Trouble,
        },
        deviation,
        exact::Exact,
        ids::{ApplicationId, ItemId},
        ranking::{Ranked, Ranking, Standing},
        rubric::Rubric,
    },
    intake::{
        rubric, shipped,
        tally::{self as scores_table, Scores},
    },
    report::tally as report,
    workflow::StepError,
};

/// How a tally is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One line per application.
    Csv,
    /// One document with every derivation.
    Json,
}

/// The item of a tally without a table of items.
const ALL: &str = "all";

/// Everything that is consolidated, as it was read.
pub struct Tally {
    rubric: Rubric,
    scores: Scores,
    /// Items by id, with their applications by id; and the place of each in the table of scores, where it stands there.
    items: Vec<(ItemId, Vec<Entry>)>,
}

struct Entry {
    id: ApplicationId,
    place: Option<usize>,
}

/// What is kept of a consolidated application.
struct Summary {
    valid: usize,
    kept: Exact,
    /// The total, and with how many places it is written.
    total: Option<(Exact, u32)>,
    outcome: Outcome,
    standing: Option<Standing>,
}

impl Tally {
    /// Reads the rubric (a file, or the name of a shipped one), the scores and the items.
    ///
    /// # Errors
    /// Everything that is wrong with one of the files.
    pub fn read(rubric: &str, scores: &Path, items: Option<&Path>) -> Result<Self, StepError> {
        let rubric = read_rubric(rubric)?;
        let name = scores.display().to_string();
        let scores = scores_table::read(&name, || File::open(scores), &rubric)?;
        let items = match items {
            None => {
                let all = ALL.parse().map_err(StepError::BadId)?;
                vec![(all, entries(scores.applications().to_vec(), &scores))]
            }
            Some(path) => {
                let bytes = std::fs::read(path).map_err(|source| StepError::io(path, source))?;
                let items = scores_table::items(&path.display().to_string(), &bytes, &scores)?;
                items.into_iter().map(|(item, applications)| (item, entries(applications, &scores))).collect()
            }
        };
        Ok(Self { rubric, scores, items })
    }

    /// Consolidates, ranks and prints.
    ///
    /// # Errors
    /// Figures that cannot be computed exactly, and what writing reports.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> Result<(), StepError> {
        let plan = Plan::new(&self.rubric)?;
        let population = plan.population(self.all().map(|entry| self.input(entry)))?;
        let mut summaries = self.summaries(&plan, &population)?;
        let mut out = io::BufWriter::with_capacity(1 << 16, out);
        match format {
            Format::Csv => {
                writeln!(out, "{}", report::HEADINGS)?;
                self.each_item(&plan, &mut summaries, |item, entries, own, ranking| table(&mut out, item, entries, own, ranking))?;
            }
            Format::Json => {
                let mut document = report::Document::begin(&mut out, &self.rubric)?;
                self.each_item(&plan, &mut summaries, |item, entries, _, ranking| {
                    document.item(item, ranking)?;
                    for (place, row) in ordered(entries, ranking) {
                        let Some(entry) = entries.get(place) else { continue };
                        document.application(&self.explained(&plan, &population, entry)?, row)?;
                    }
                    Ok(())
                })?;
                document.end()?;
            }
        }
        Ok(out.flush()?)
    }

    /// Ranks item after item and hands each to `print`.
    fn each_item(
        &self,
        plan: &Plan<'_>,
        summaries: &mut [Summary],
        mut print: impl FnMut(&ItemId, &[Entry], &[Summary], &Ranking) -> Result<(), StepError>,
    ) -> Result<(), StepError> {
        let mut rest = summaries;
        for (item, entries) in &self.items {
            let (own, later) = mem::take(&mut rest).split_at_mut_checked(entries.len()).ok_or(Trouble::NoItem)?;
            let standings = own.iter_mut().filter_map(|summary| summary.standing.take()).collect();
            let ranking = plan.rank(standings, &ItemInput::plain(item.clone(), Vec::new()));
            print(item, entries, own, &ranking)?;
            rest = later;
        }
        Ok(())
    }

    fn all(&self) -> impl Iterator<Item = &Entry> {
        self.items.iter().flat_map(|(_, entries)| entries)
    }

    fn input(&self, entry: &Entry) -> ApplicationInput {
        let sheets = entry.place.map(|place| self.scores.sheets_of(place)).unwrap_or_default();
        ApplicationInput::plain(entry.id.clone(), sheets)
    }

    fn explained(&self, plan: &Plan<'_>, population: &Population, entry: &Entry) -> Result<ApplicationResult, Trouble> {
        let mut result = plan.application(&self.input(entry), population)?;
        result.flags.extend(deviation::flags(plan, &result)?);
        Ok(result)
    }

    /// All applications, in the order of the items, each processor taking an even share.
    fn summaries(&self, plan: &Plan<'_>, population: &Population) -> Result<Vec<Summary>, Trouble> {
        let all: Vec<&Entry> = self.all().collect();
        let workers = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let share = all.len().div_ceil(workers).max(1);
        let work = |part: &[&Entry]| -> Result<Vec<Summary>, Trouble> {
            part.iter().map(|entry| Ok(summary(plan, plan.application(&self.input(entry), population)?))).collect()
        };
        let parts: Vec<Result<Vec<Summary>, Trouble>> = thread::scope(|scope| {
            let running: Vec<_> = all.chunks(share).map(|part| scope.spawn(move || work(part))).collect();
            // A worker that stopped would have said so; its share must not be missing in silence.
            running.into_iter().map(|worker| worker.join().unwrap_or(Err(Trouble::NoItem))).collect()
        });
        let mut summaries = Vec::with_capacity(all.len());
        for part in parts {
            summaries.extend(part?);
        }
        Ok(summaries)
    }
}

fn read_rubric(name: &str) -> Result<Rubric, StepError> {
    let text = match shipped::find(name) {
        Some(shipped) => shipped.text.to_owned(),
        None => std::fs::read_to_string(name).map_err(|source| StepError::io(Path::new(name), source))?,
    };
    rubric::read(name, &text).map(|(rubric, _)| rubric).map_err(StepError::Problems)
}

/// Entries by id, so that the order of the table never matters.
fn entries(mut applications: Vec<ApplicationId>, scores: &Scores) -> Vec<Entry> {
    applications.sort();
    applications.into_iter().map(|id| Entry { place: scores.place(&id), id }).collect()
}

fn summary(plan: &Plan<'_>, result: ApplicationResult) -> Summary {
    let standing = plan.standing(&result);
    let total = result.total.as_ref().map(|line| (line.figure.value(), line.places));
    Summary { valid: result.valid, kept: result.kept, total, outcome: result.outcome, standing }
}

/// The lines of one item.
fn table(out: &mut dyn Write, item: &ItemId, entries: &[Entry], summaries: &[Summary], ranking: &Ranking) -> Result<(), StepError> {
    for (place, row) in ordered(entries, ranking) {
        let (Some(entry), Some(own)) = (entries.get(place), summaries.get(place)) else { continue };
        let total = own.total.map(|(total, places)| total.text(places)).unwrap_or_default();
        let outcome = own.outcome.word();
        let line = report::Line { item, application: &entry.id, valid: own.valid, kept: own.kept, total: &total, row, outcome: &outcome };
        report::line(out, &line)?;
    }
    Ok(())
}

/// Places of the entries as they are printed: ranked ones best first, then the others by id.
fn ordered<'a>(entries: &[Entry], ranking: &'a Ranking) -> Vec<(usize, Option<&'a Ranked>)> {
    let mut found: Vec<(usize, Option<&Ranked>)> = Vec::with_capacity(entries.len());
    let mut ranked = vec![false; entries.len()];
    let places: HashMap<&ApplicationId, usize> = entries.iter().enumerate().map(|(place, entry)| (&entry.id, place)).collect();
    for row in &ranking.rows {
        if let Some(place) = places.get(&row.id).copied() {
            found.push((place, Some(row)));
            if let Some(one) = ranked.get_mut(place) {
                *one = true;
            }
        }
    }
    found.extend(ranked.iter().enumerate().filter(|(_, ranked)| !**ranked).map(|(place, _)| (place, None)));
    found
}
