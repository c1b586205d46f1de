//! From lines to cells. The way of a sound line asks for no memory; a wrong one is put into words.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    io::Read,
};

use csv::ByteRecord;

use crate::{
    domain::{
        ids::{ApplicationId, CriterionId, PersonCode},
        names::nearest,
        rubric::{NotApplicablePolicy, Rubric},
        text::Message,
    },
    intake::{
        table,
        tally::{
            Listing,
            batches::{self, line_of},
            cells::{CellRule, CellState, Growing, Scores},
            heading::{self, Places, Source},
            hundredths,
            names::Names,
        },
    },
    msg,
};

/// A table while it is read.
pub(super) struct Reader<'a, R: Read> {
    file: &'a str,
    rubric: &'a Rubric,
    source: Option<Source<R>>,
    places: Places,
    rules: Vec<CellRule>,
    criteria: Criteria,
    applications: Names<ApplicationId>,
    reviewers: Names<PersonCode>,
    growing: Growing,
    listing: Listing,
    twice: Vec<Twice>,
}

/// A cell that stands twice: the later line, and which cell.
pub(super) struct Twice {
    line: usize,
    sheet: u32,
    criterion: usize,
}

/// What was read, with everything that is wrong with it.
pub(super) struct Found {
    pub(super) scores: Scores,
    pub(super) listing: Listing,
    pub(super) twice: Vec<Twice>,
    /// Application, reviewer and criterion of each cell that stands twice.
    keys: Vec<Key>,
    column: usize,
}

type Key = (ApplicationId, PersonCode, CriterionId);

/// What is wrong with one line: in which column, and the two sentences.
type Wrong = (usize, Message, Message);

impl<'a, R: Read + Send> Reader<'a, R> {
    /// Reads the headings.
    pub(super) fn begin(file: &'a str, source: R, rubric: &'a Rubric) -> Result<Self, Listing> {
        let (source, places) = heading::read(file, source)?;
        Ok(Self {
            file,
            rubric,
            source: Some(source),
            places,
            rules: CellRule::all(rubric),
            criteria: Criteria::of(rubric),
            applications: Names::new(),
            reviewers: Names::new(),
            growing: Growing::new(rubric.criteria.len()),
            listing: Listing::default(),
            twice: Vec::new(),
        })
    }

    /// Reads all lines.
    pub(super) fn all(&mut self) {
        let Some(source) = self.source.take() else { return };
        let broken = batches::each(source, |record, line| {
            if let Err(wrong) = self.row(record, line) {
                let (column, what, advice) = *wrong;
                let file = self.file;
                self.listing.add(|| table::problem(file, line, column.saturating_add(1), what, advice));
            }
        });
        if let Some(line) = broken {
            let file = self.file;
            self.listing.add(|| table::problem(file, line, 1, msg!("err-table-row"), msg!("rec-table-row")));
        }
    }

    fn row(&mut self, record: &ByteRecord, line: usize) -> Result<(), Box<Wrong>> {
        let places = self.places;
        if record.len() != places.width {
            if record.iter().all(|cell| trim(cell).is_empty()) {
                return Ok(());
            }
            return Err(wrong(
                record.len().min(places.width),
                msg!("err-row-width", found = record.len(), wanted = places.width),
                msg!("rec-row-width"),
            ));
        }
        let cell = |place: usize| trim(record.get(place).unwrap_or_default());
        let no_id = |place: usize| wrong(place, msg!("err-not-an-id", found = show(cell(place))), msg!("rec-not-an-id"));
        let number = match self.applications.number(cell(places.application)) {
            Some(number) => number,
            None if record.iter().all(|cell| trim(cell).is_empty()) => return Ok(()),
            None => return Err(no_id(places.application)),
        };
        let reviewer = self.reviewers.number(cell(places.reviewer)).ok_or_else(|| no_id(places.reviewer))?;
        let state = places.state.map_or(&[][..], cell);
        let criterion = match (cell(places.criterion), state) {
            (b"", b"recused") => None,
            (name, _) => Some(self.criteria.place(name).ok_or_else(|| self.no_criterion(name))?),
        };
        let filled = self.state(criterion, cell(places.value), state)?;
        let first = u32::try_from(line).unwrap_or(u32::MAX);
        let sheet =
            self.growing.sheet(number, reviewer, first).ok_or_else(|| wrong(0, msg!("err-exact-large"), msg!("rec-exact-large")))?;
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
        Ok(())
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
            let line = usize::try_from(row.line).unwrap_or(usize::MAX);
            if row.recused && !states().all(blank) {
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

impl Found {
    /// Puts the cells that stand twice into words.
    pub(super) fn tell_twice(&mut self, file: &str, first: &BTreeMap<Key, usize>) {
        for (twice, key) in self.twice.iter().zip(&self.keys) {
            let first = first.get(key).copied().unwrap_or(1);
            let what = msg!("err-cell-twice", first = first);
            self.listing.problems.push(table::problem(file, twice.line, self.column, what, msg!("rec-cell-twice")));
        }
        self.listing.problems.sort_by_key(|problem| problem.line);
        self.listing.problems.truncate(super::MOST_LISTED);
    }
}

/// The first lines of the cells that stand twice. Lines are not kept while reading, because they are asked for only here.
pub(super) fn first_lines<R: Read>(file: &str, source: R, found: &Found) -> Result<BTreeMap<Key, usize>, Listing> {
    let (mut source, places) = heading::read(file, source)?;
    let text = |key: &Key| [key.0.to_string(), key.1.to_string(), key.2.to_string()];
    let mut wanted: HashMap<[String; 3], &Key> = found.keys.iter().map(|key| (text(key), key)).collect();
    let mut lines = BTreeMap::new();
    let mut record = ByteRecord::new();
    while !wanted.is_empty() && source.read_byte_record(&mut record).unwrap_or(false) {
        let cell = |place: usize| show(trim(record.get(place).unwrap_or_default()));
        if let Some(key) = wanted.remove(&[cell(places.application), cell(places.reviewer), cell(places.criterion)]) {
            lines.insert(key.clone(), line_of(&record));
        }
    }
    Ok(lines)
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

fn show(bytes: &[u8]) -> String {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}

fn trim(cell: &[u8]) -> &[u8] {
    match (cell.first(), cell.last()) {
        (Some(first), Some(last)) if *first > b' ' && *last > b' ' => cell,
        _ => cell.trim_ascii(),
    }
}
