//! From lines to cells. The way of a sound line asks for no memory; a wrong one is put into words.

use std::{borrow::Cow, io::Read};

use csv::ByteRecord;

use crate::{
    domain::{
        ids::{ApplicationId, PersonCode},
        names::nearest,
        rubric::{NotApplicablePolicy, Rubric},
        text::Message,
    },
    intake::{
        table,
        tally::{
            Listing,
            cells::{CellRule, CellState, Growing},
            found::{Found, Key, Twice},
            heading::{self, Head, Places},
            hundredths,
            names::Names,
        },
    },
    msg,
};

/// A table, or part of one, while it is read.
pub(super) struct Part<'a> {
    file: &'a str,
    rubric: &'a Rubric,
    places: Places,
    rules: Vec<CellRule>,
    criteria: Criteria,
    applications: Names<ApplicationId>,
    reviewers: Names<PersonCode>,
    growing: Growing,
    pub(super) listing: Listing,
    twice: Vec<Twice>,
}

/// What is wrong with one line: in which column, and the two sentences.
type Wrong = (usize, Message, Message);

/// Reads a whole table from the first line to the last. Lines in what is found are offsets in bytes; [`Found::place`] turns them
/// into lines, because only then does it matter.
pub(super) fn read<R: Read>(file: &str, head: Head<R>, rubric: &Rubric) -> Found {
    let mut part = Part::new(file, head.places, rubric);
    let mut source = heading::reader(head.delimiter, head.rest);
    let mut record = ByteRecord::new();
    loop {
        let offset = |position: Option<&csv::Position>| {
            let within = position.map_or(0, csv::Position::byte);
            usize::try_from(head.offset.saturating_add(within)).unwrap_or(usize::MAX)
        };
        match source.read_byte_record(&mut record) {
            Ok(false) => return part.finish(),
            Ok(true) => {
                let offset = offset(record.position());
                if let Err(wrong) = part.row(&record, offset) {
                    let (column, what, advice) = *wrong;
                    part.listing.add(|| table::problem(file, offset, column.saturating_add(1), what, advice));
                }
            }
            Err(error) => {
                let offset = offset(error.position());
                part.listing.add(|| table::problem(file, offset, 1, msg!("err-table-row"), msg!("rec-table-row")));
                return part.finish();
            }
        }
    }
}

impl<'a> Part<'a> {
    pub(super) fn new(file: &'a str, places: Places, rubric: &'a Rubric) -> Self {
        Self {
            file,
            rubric,
            places,
            rules: CellRule::all(rubric),
            criteria: Criteria::of(rubric),
            applications: Names::new(),
            reviewers: Names::new(),
            growing: Growing::new(rubric.criteria.len()),
            listing: Listing::default(),
            twice: Vec::new(),
        }
    }

    /// Takes over what another part read; `false` where a cell stands in both.
    pub(super) fn absorb(&mut self, other: Part<'_>) -> bool {
        if self.growing.sheets.is_empty() {
            (self.applications, self.reviewers, self.growing) = (other.applications, other.reviewers, other.growing);
            return true;
        }
        let applications = self.applications.absorb(other.applications);
        let reviewers = self.reviewers.absorb(other.reviewers);
        self.growing.absorb(&other.growing, &applications, &reviewers)
    }

    /// Takes in one row, which begins at byte `line` of the table.
    pub(super) fn row(&mut self, record: &impl Row, line: usize) -> Result<(), Box<Wrong>> {
        let places = self.places;
        if record.width() != places.width {
            if record.is_blank() {
                return Ok(());
            }
            let what = msg!("err-row-width", found = record.width(), wanted = places.width);
            return Err(wrong(record.width().min(places.width), what, msg!("rec-row-width")));
        }
        let cell = |place: usize| trim(record.cell(place));
        let no_id = |place: usize| wrong(place, msg!("err-not-an-id", found = show(cell(place))), msg!("rec-not-an-id"));
        let number = match self.applications.number(cell(places.application)) {
            Some(number) => number,
            None if record.is_blank() => return Ok(()),
            None => return Err(no_id(places.application)),
        };
        let reviewer = self.reviewers.number(cell(places.reviewer)).ok_or_else(|| no_id(places.reviewer))?;
        let state = places.state.map_or(&[][..], cell);
        let criterion = match (cell(places.criterion), state) {
            (b"", b"recused") => None,
            (name, _) => Some(self.criteria.place(name).ok_or_else(|| self.no_criterion(name))?),
        };
        let first = u64::try_from(line).unwrap_or(u64::MAX);
        let sheet =
            self.growing.sheet(number, reviewer, first).ok_or_else(|| wrong(0, msg!("err-exact-large"), msg!("rec-exact-large")))?;
        let told = self.state(criterion, cell(places.value), state);
        // A wrong cell is told once; it is not missing as well.
        let filled = told.as_ref().map_or(CellState::Wrong, |state| *state);
        if filled == CellState::Recused {
            self.growing.recuse(sheet);
        }
        if let Some(criterion) = criterion
            && !self.growing.fill(sheet, criterion, filled)
        {
            self.listing.total = self.listing.total.saturating_add(1);
            if self.twice.len() < super::MOST_LISTED {
                self.twice.push(Twice { line, sheet, criterion });
            }
        }
        told.map(|_| ())
    }

    /// What a line says of its cell.
    fn state(&self, criterion: Option<usize>, value: &[u8], state: &[u8]) -> Result<CellState, Box<Wrong>> {
        let column = self.places.value;
        let empty = |state: CellState| {
            let what = || msg!("err-value-with-state", found = show(value));
            if value.is_empty() { Ok(state) } else { Err(wrong(column, what(), msg!("rec-value-with-state"))) }
        };
        let place = criterion.and_then(|place| Some((self.rules.get(place)?, self.rubric.criteria.get(place)?)));
        match (state, place) {
            (b"" | b"scored", Some((rule, criterion))) => match hundredths(value) {
                Some(points) if rule.admits(points) => Ok(CellState::Scored(points)),
                Some(points) if points > rule.max || points < rule.min => {
                    let (min, max) = (criterion.min, criterion.max);
                    let what = msg!("err-tally-range", criterion = criterion.id, found = show(value), min = min, max = max);
                    Err(wrong(column, what, msg!("rec-tally-range")))
                }
                Some(_) => {
                    let step = self.rubric.step_of(criterion);
                    let what = msg!("err-tally-step", criterion = criterion.id, found = show(value), step = step);
                    Err(wrong(column, what, msg!("rec-tally-range")))
                }
                None => Err(wrong(column, msg!("err-score-form", found = show(value)), msg!("rec-score-form"))),
            },
            (b"na", Some((rule, criterion))) if rule.na == NotApplicablePolicy::Forbid && !rule.advisory => {
                let what = msg!("err-tally-na", criterion = criterion.id);
                Err(wrong(self.places.state.unwrap_or(column), what, msg!("rec-tally-na")))
            }
            (b"na", Some(_)) => empty(CellState::NotApplicable),
            (b"recused", _) => empty(CellState::Recused),
            _ => Err(wrong(self.places.state.unwrap_or(column), msg!("err-state", found = show(state)), msg!("rec-tally-state"))),
        }
    }

    fn no_criterion(&self, name: &[u8]) -> Box<Wrong> {
        let name = show(name);
        let known = self.rubric.criteria.iter().map(|criterion| criterion.id.as_str());
        let advice = match nearest(&name, known.clone()) {
            Some(near) => msg!("rec-did-you-mean", near = near),
            None => msg!("rec-known-names", names = known.collect::<Vec<_>>().join(" · ")),
        };
        wrong(self.places.criterion, msg!("err-rubric-tie-id", id = name), advice)
    }

    /// The table, with what is wrong with whole sheets.
    pub(super) fn finish(mut self) -> Found {
        let file = self.file;
        for (row, cells) in self.growing.rows() {
            let blank = |state: CellState| matches!(state, CellState::Blank | CellState::Recused);
            let states = || cells.iter().map(|cell| cell.state());
            let names = || {
                let application = usize::try_from(row.application).ok().and_then(|at| self.applications.all.get(at));
                let reviewer = usize::try_from(row.reviewer).ok().and_then(|at| self.reviewers.all.get(at));
                (application.map(ToString::to_string).unwrap_or_default(), reviewer.map(ToString::to_string).unwrap_or_default())
            };
            let line = usize::try_from(row.begin).unwrap_or(usize::MAX);
            if row.recused && states().any(|state| matches!(state, CellState::Scored(_) | CellState::NotApplicable)) {
                self.listing.add(|| {
                    let (application, reviewer) = names();
                    let what = msg!("err-tally-recused", application = application, reviewer = reviewer);
                    table::problem(file, line, 1, what, msg!("rec-tally-recused"))
                });
            }
            let asked = states().zip(&self.rules).zip(&self.rubric.criteria).filter(|((_, rule), _)| !row.recused && !rule.advisory);
            for (_, criterion) in asked.filter(|((state, _), _)| blank(*state)) {
                self.listing.add(|| {
                    let (application, reviewer) = names();
                    let what = msg!("err-sheet-blank", application = application, reviewer = reviewer, criterion = criterion.id);
                    table::problem(file, line, 1, what, msg!("rec-sheet-blank"))
                });
            }
        }
        let keys = self.twice.iter().filter_map(|twice| self.key(twice)).collect();
        let scores = self.growing.finish(self.applications, self.reviewers, self.rubric);
        Found { scores, listing: self.listing, twice: self.twice, keys, column: self.places.criterion.saturating_add(1) }
    }

    fn key(&self, twice: &Twice) -> Option<Key> {
        let row = self.growing.sheets.get(usize::try_from(twice.sheet).ok()?)?;
        let application = self.applications.all.get(usize::try_from(row.application).ok()?)?;
        let reviewer = self.reviewers.all.get(usize::try_from(row.reviewer).ok()?)?;
        Some((application.clone(), reviewer.clone(), self.rubric.criteria.get(twice.criterion)?.id.clone()))
    }
}

/// A row, however it was taken apart.
pub(super) trait Row {
    /// Number of cells.
    fn width(&self) -> usize;

    /// The cell at `place`; empty where the row ends before it.
    fn cell(&self, place: usize) -> &[u8];

    /// Whether nothing stands in any cell.
    fn is_blank(&self) -> bool {
        (0..self.width()).all(|place| trim(self.cell(place)).is_empty())
    }
}

impl Row for ByteRecord {
    fn width(&self) -> usize {
        self.len()
    }

    fn cell(&self, place: usize) -> &[u8] {
        self.get(place).unwrap_or_default()
    }
}

/// Places of criteria by name. The next line mostly has the criterion after the last one.
struct Criteria {
    names: Vec<Vec<u8>>,
    next: usize,
}

impl Criteria {
    fn of(rubric: &Rubric) -> Self {
        Self { names: rubric.criteria.iter().map(|criterion| criterion.id.as_str().as_bytes().to_vec()).collect(), next: 0 }
    }

    fn place(&mut self, name: &[u8]) -> Option<usize> {
        let guess = self.names.get(self.next).is_some_and(|next| next == name);
        let place = if guess { self.next } else { self.names.iter().position(|known| known == name)? };
        self.next = place.checked_add(1).filter(|next| *next < self.names.len()).unwrap_or(0);
        Some(place)
    }
}

fn wrong(column: usize, what: Message, advice: Message) -> Box<Wrong> {
    Box::new((column, what, advice))
}

pub(super) fn show(bytes: &[u8]) -> String {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

pub(super) fn trim(cell: &[u8]) -> &[u8] {
    match (cell.first(), cell.last()) {
        (Some(first), Some(last)) if *first > b' ' && *last > b' ' => cell,
        _ => cell.trim_ascii(),
    }
}
