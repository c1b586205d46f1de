//! What the chair's lists need at once, made anew after every act and never while drawing.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::Steadiness;
use crate::{
    domain::{
        consolidate::{
            derivation::{ApplicationResult, Block, ItemResult},
            input::Standing,
        },
        correction::Stage,
        decision::{self, FlagRuling},
        deviation::{DeviationFlag, FlagKey},
        exact::Exact,
        ids::{ApplicationId, ItemId, PersonCode},
        package::Package,
        panel::Role,
        ranking::quota::Breach,
        table::{
            Table,
            act::Removal,
            input::{self, Missing, Submissions},
            open::{self, OpenPoint},
        },
        text::{Explain, Message},
    },
    tui::view::Shelf,
};

/// Figures and lists of the table.
#[derive(Debug, Default)]
pub struct TableIndex {
    /// The present figures of all items, in the order of the notice; none while they cannot be worked out.
    pub results: Vec<ItemResult>,
    /// Why there are no figures, and what to do.
    pub trouble: Option<(Message, Message)>,
    /// Who scores here, those who fell out and those who took a place included, in roster order.
    pub members: Vec<PersonCode>,
    /// How many applications each of these is to read.
    pub assigned: Vec<usize>,
    /// One for each application, by item and number.
    pub cases: Vec<Case>,
    /// Flags, undecided first, the widest spread before the others.
    pub flags: Vec<FlagRow>,
    /// Quotas that the present winners break.
    pub breaches: Vec<Breach>,
    /// Sheets that should be here and are not.
    pub missing: Vec<Missing>,
    /// Everything that keeps the result from being signed, in the order in which a chair settles it.
    pub points: Vec<OpenPoint>,
    /// The same, counted.
    pub open: Open,
    pub(super) shelf: Shelf,
    places: BTreeMap<ApplicationId, usize>,
    flagged: BTreeSet<(ApplicationId, FlagKey)>,
    pub(super) steady: OnceCell<Option<Steadiness>>,
}

/// One application at the table.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its item.
    pub item: ItemId,
    /// Application.
    pub application: ApplicationId,
    /// What each member gave, in the order of [`TableIndex::members`].
    pub seats: Vec<Seat>,
    /// The consolidated total.
    pub total: Option<Exact>,
    /// Distance of the highest from the lowest valid total.
    pub spread: Option<Exact>,
    /// Whether it is scored at all: it passed the formal check.
    pub scored: bool,
}

/// How a member stands to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// Not to read it.
    Elsewhere,
    /// Should have scored it, and no sheet is here.
    Missing,
    /// A valid sheet with this total.
    Valid(Exact),
    /// A sheet that does not count, or a member who stays out.
    Out(Standing),
}

/// One flag and what was decided on it.
#[derive(Debug, Clone)]
pub struct FlagRow {
    /// Application.
    pub application: ApplicationId,
    /// Which flag.
    pub key: FlagKey,
    /// What was found; `None` where the decision made the flag go away, as a void sheet does.
    pub found: Option<DeviationFlag>,
    /// What was decided.
    pub ruling: Option<FlagRuling>,
    /// Spread of the application's totals.
    pub spread: Option<Exact>,
}

impl FlagRow {
    /// Whether the panel has still to decide. A request to score again decides nothing.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.found.is_some() && matches!(self.ruling, None | Some(FlagRuling::ReScore { .. }))
    }
}

/// How much is still open before the result can be signed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Open {
    /// Members whose bundle is not here.
    pub awaited: Vec<PersonCode>,
    /// Flags without a decision.
    pub flags: usize,
    /// Ties that are open where it matters.
    pub ties: usize,
    /// Other blocks: too few sheets, no standard score.
    pub blocks: usize,
    /// Quotas that keep the result from being signed.
    pub quotas: usize,
    /// Scored applications without a complete opinion.
    pub opinions: usize,
    /// Scored applications without the vote that the rubric asks for.
    pub votes: usize,
    /// Members who have said nothing on the report yet.
    pub members: usize,
}

impl TableIndex {
    /// Everything, from the beginning.
    #[must_use]
    pub fn new(package: &Package, table: &Table, given: &Submissions, sha256: &dyn Fn(&[u8]) -> [u8; 32]) -> Self {
        let (results, trouble) = match input::results(package, table, given, sha256) {
            Ok(results) => (results, None),
            Err(trouble) => (Vec::new(), Some((trouble.what(), trouble.advice()))),
        };
        let members = members(package, table, given);
        let reads = |code: &PersonCode| package.assigned_to(code).into_iter().map(|application| &application.id).collect();
        let reading: Vec<BTreeSet<&ApplicationId>> = members.iter().map(reads).collect();
        let assigned = reading.iter().map(BTreeSet::len).collect();
        let cases = cases(package, table, given, &results, (&members, &reading));
        let places = cases.iter().enumerate().map(|(at, case)| (case.application.clone(), at)).collect();
        let missing = input::missing(package, table, given);
        let mut index = Self { results, trouble, members, assigned, cases, missing, shelf: Shelf::new(package), places, ..Self::default() };
        index.flags = index.all_flags(table);
        let found = index.flags.iter().filter(|row| row.found.is_some());
        index.flagged = found.map(|row| (row.application.clone(), row.key.clone())).collect();
        index.breaches = open::breaches(package, &index.results);
        index.points = open::open_points(package, table, given, &index.results);
        index.open = Open::of(&index.points);
        index
    }

    /// The case of `id`.
    #[must_use]
    pub fn case(&self, id: &ApplicationId) -> Option<&Case> {
        self.cases.get(*self.places.get(id)?)
    }

    /// The column of a member.
    #[must_use]
    pub fn column(&self, code: &PersonCode) -> Option<usize> {
        self.members.iter().position(|member| member == code)
    }

    /// Whether this score is one the panel must look at.
    #[must_use]
    pub fn is_flagged(&self, application: &ApplicationId, key: FlagKey) -> bool {
        self.flagged.contains(&(application.clone(), key))
    }

    /// The members who stay out of the case: they leave the room before it is opened (V7).
    pub fn leaving<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = &'a PersonCode> {
        let recused = |(code, seat): (&'a PersonCode, &Seat)| (*seat == Seat::Out(Standing::Recused)).then_some(code);
        self.members.iter().zip(&case.seats).filter_map(recused)
    }

    fn all_flags(&self, table: &Table) -> Vec<FlagRow> {
        let mut rows: Vec<FlagRow> = Vec::new();
        for case in &self.cases {
            let result = self.results.iter().find_map(|item| item.application(&case.application));
            let row = |key: FlagKey, found| {
                let ruling = table.rulings.get(&(case.application.clone(), key.clone())).cloned();
                FlagRow { application: case.application.clone(), key, found, ruling, spread: case.spread }
            };
            let found: Vec<DeviationFlag> = result.into_iter().flat_map(decision::deviations).cloned().collect();
            let gone = table.rulings.keys().filter(|(id, key)| *id == case.application && !found.iter().any(|flag| flag.key() == *key));
            rows.extend(gone.map(|(_, key)| row(key.clone(), None)));
            rows.extend(found.into_iter().map(|flag| row(flag.key(), Some(flag))));
        }
        rows.sort_by_key(|row| (!row.is_open(), std::cmp::Reverse(row.spread)));
        rows
    }
}

/// Everybody who stands to the report: who scores and is not out, and the supervisors.
pub fn signers<'a>(package: &'a Package, table: &'a Table) -> impl Iterator<Item = &'a PersonCode> {
    let supervises = package.roster.people.iter().filter(|person| person.role == Role::Supervisor);
    open::sitting(package, table).chain(supervises).map(|person| &person.code)
}

impl Open {
    fn of(points: &[OpenPoint]) -> Self {
        let mut open = Self::default();
        for point in points {
            let count = match point {
                OpenPoint::Bundle(code) => {
                    open.awaited.push(code.clone());
                    continue;
                }
                OpenPoint::Draft | OpenPoint::Signed => continue,
                OpenPoint::Flag(..) => &mut open.flags,
                OpenPoint::Block(Block::Tie(_)) => &mut open.ties,
                OpenPoint::Block(_) | OpenPoint::Panel(..) | OpenPoint::Quorum { .. } => &mut open.blocks,
                OpenPoint::Quota(_) => &mut open.quotas,
                OpenPoint::Opinion(_) => &mut open.opinions,
                OpenPoint::Vote(_) => &mut open.votes,
                OpenPoint::Member(_) => &mut open.members,
            };
            *count = count.saturating_add(1);
        }
        open
    }

    /// Whether nothing but the signatures of the members is left.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        *self == Self { members: self.members, ..Self::default() }
    }
}

fn members(package: &Package, table: &Table, given: &Submissions) -> Vec<PersonCode> {
    let scoring: BTreeSet<&PersonCode> = package.roster.scoring().map(|person| &person.code).collect();
    let stands_in = |code: &PersonCode| table.removed.values().any(|removal| matches!(removal, Removal::Replaced { by, .. } if by == code));
    let sits = |code: &PersonCode| scoring.contains(code) || stands_in(code) || given.contains_key(code);
    package.roster.people.iter().map(|person| &person.code).filter(|code| sits(code)).cloned().collect()
}

fn cases(
    package: &Package,
    table: &Table,
    given: &Submissions,
    results: &[ItemResult],
    (members, reading): (&[PersonCode], &[BTreeSet<&ApplicationId>]),
) -> Vec<Case> {
    let mut cases = Vec::new();
    for item in &package.call.items {
        let mut ids: Vec<&ApplicationId> = package.applications_of(&item.id).map(|application| &application.id).collect();
        ids.sort();
        let figures = results.iter().find(|result| result.id == item.id);
        for id in ids {
            let result = figures.and_then(|item| item.application(id));
            let seat =
                |(code, own): (&PersonCode, &BTreeSet<&ApplicationId>)| seat(package, table, given, result, id, code, own.contains(id));
            cases.push(Case {
                item: item.id.clone(),
                application: id.clone(),
                seats: members.iter().zip(reading).map(seat).collect(),
                total: result.and_then(|result| result.total.as_ref()).map(|total| total.figure.value()),
                spread: result.and_then(spread),
                scored: package.is_scored(id),
            });
        }
    }
    cases
}

fn seat(
    package: &Package,
    table: &Table,
    given: &Submissions,
    result: Option<&ApplicationResult>,
    id: &ApplicationId,
    code: &PersonCode,
    is_assigned: bool,
) -> Seat {
    let sheet = result.and_then(|result| result.sheets.iter().find(|sheet| sheet.reviewer == *code));
    match sheet {
        Some(sheet) if sheet.counts() => Seat::Valid(sheet.total.value()),
        Some(sheet) => Seat::Out(sheet.standing),
        None if !is_assigned => Seat::Elsewhere,
        None if package.recusal(id, code).is_some() => Seat::Out(Standing::Recused),
        None => match table.removed.get(code) {
            Some(removal) => Seat::Out(removal.standing()),
            None if given.contains_key(code) => Seat::Elsewhere,
            None => Seat::Missing,
        },
    }
}

fn spread(result: &ApplicationResult) -> Option<Exact> {
    let totals = || result.sheets.iter().filter(|sheet| sheet.counts()).map(|sheet| sheet.total.value());
    totals().max()?.minus(totals().min()?).ok()
}

/// Whether bundles still come in.
#[must_use]
pub fn is_open(table: &Table) -> bool {
    table.progress.stage == Stage::Draft
}
