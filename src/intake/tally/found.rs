//! What was read, and in which lines something is wrong with it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    io::Read,
};

use csv::ByteRecord;

use crate::{
    domain::ids::{ApplicationId, CriterionId, PersonCode},
    intake::{
        table,
        tally::{
            Listing,
            cells::Scores,
            heading::{self, Head},
            reader::{show, trim},
        },
    },
    msg,
};

/// A cell that stands twice: the later line, and which cell.
pub(super) struct Twice {
    pub(super) line: usize,
    pub(super) sheet: u32,
    pub(super) criterion: usize,
}

/// What was read, with everything that is wrong with it.
pub(super) struct Found {
    pub(super) scores: Scores,
    pub(super) listing: Listing,
    pub(super) twice: Vec<Twice>,
    /// Application, reviewer and criterion of each cell that stands twice.
    pub(super) keys: Vec<Key>,
    pub(super) column: usize,
}

pub(super) type Key = (ApplicationId, PersonCode, CriterionId);

impl Found {
    /// Puts the cells that stand twice into words; `first` says where each stood first.
    pub(super) fn tell_twice(&mut self, file: &str, first: &BTreeMap<Key, usize>, lines: &BTreeMap<u64, usize>) {
        for (twice, key) in self.twice.iter().zip(&self.keys) {
            let first = first.get(key).map_or(1, |offset| line_at(lines, *offset));
            let what = msg!("err-cell-twice", first = first);
            self.listing.problems.push(table::problem(file, twice.line, self.column, what, msg!("rec-cell-twice")));
        }
        self.listing.problems.sort_by_key(|problem| (problem.line, problem.column));
        self.listing.problems.truncate(super::MOST_LISTED);
    }

    /// All offsets that stand for a line: of problems, of cells that stand twice, and of where those stood first.
    pub(super) fn offsets(&self, first: &BTreeMap<Key, usize>) -> BTreeSet<u64> {
        let problems = self.listing.problems.iter().map(|problem| problem.line);
        let twice = self.twice.iter().map(|twice| twice.line);
        problems.chain(twice).chain(first.values().copied()).filter_map(|offset| u64::try_from(offset).ok()).collect()
    }

    /// Turns offsets into lines.
    pub(super) fn place(&mut self, lines: &BTreeMap<u64, usize>) {
        for problem in &mut self.listing.problems {
            problem.line = line_at(lines, problem.line);
        }
    }
}

fn line_at(lines: &BTreeMap<u64, usize>, offset: usize) -> usize {
    u64::try_from(offset).ok().and_then(|offset| lines.get(&offset)).copied().unwrap_or(1)
}

/// Where the cells that stand twice stood first, in bytes. This is not kept while reading, because it is asked for only here.
pub(super) fn first_offsets<R: Read>(head: Head<R>, found: &Found) -> BTreeMap<Key, usize> {
    let text = |key: &Key| [key.0.to_string(), key.1.to_string(), key.2.to_string()];
    let mut wanted: HashMap<[String; 3], &Key> = found.keys.iter().map(|key| (text(key), key)).collect();
    let mut offsets = BTreeMap::new();
    let (mut source, places) = (heading::reader(head.delimiter, head.rest), head.places);
    let mut record = ByteRecord::new();
    while !wanted.is_empty() && source.read_byte_record(&mut record).unwrap_or(false) {
        let cell = |place: usize| show(trim(record.get(place).unwrap_or_default()));
        if let Some(key) = wanted.remove(&[cell(places.application), cell(places.reviewer), cell(places.criterion)]) {
            let within = record.position().map_or(0, csv::Position::byte);
            offsets.insert(key.clone(), usize::try_from(head.offset.saturating_add(within)).unwrap_or(usize::MAX));
        }
    }
    offsets
}
