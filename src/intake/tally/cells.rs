//! The cells of a table of scores, each four bytes, sheet by sheet.

use std::collections::HashMap;

use super::names::Names;
use crate::domain::{
    consolidate::input::{CellInput, SheetInput, Source, Standing},
    exact::Exact,
    ids::{ApplicationId, PersonCode},
    number::Points,
    rubric::{CriterionKind, NotApplicablePolicy, Rubric},
};

/// One cell as it is kept: hundredths of a point, or one of the marks above all points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed(u32);

impl Packed {
    const BLANK: Self = Self(u32::MAX);
    const NOT_APPLICABLE: Self = Self(u32::MAX - 1);
    const RECUSED: Self = Self(u32::MAX - 2);
    const WRONG: Self = Self(u32::MAX - 3);

    /// The cell as a state.
    pub(super) const fn state(self) -> CellState {
        match self {
            Self::BLANK => CellState::Blank,
            Self::NOT_APPLICABLE => CellState::NotApplicable,
            Self::RECUSED => CellState::Recused,
            Self::WRONG => CellState::Wrong,
            Self(hundredths) => CellState::Scored(hundredths),
        }
    }
}

/// A cell of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellState {
    /// No line.
    Blank,
    /// Hundredths of a point.
    Scored(u32),
    /// 不适用.
    NotApplicable,
    /// A line that says the reviewer stays out.
    Recused,
    /// A line that cannot be read; the table is refused.
    Wrong,
}

impl CellState {
    const fn packed(self) -> Packed {
        match self {
            Self::Blank => Packed::BLANK,
            Self::Scored(hundredths) => Packed(hundredths),
            Self::NotApplicable => Packed::NOT_APPLICABLE,
            Self::Recused => Packed::RECUSED,
            Self::Wrong => Packed::WRONG,
        }
    }
}

/// What a cell of one criterion may say.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellRule {
    pub(super) min: u32,
    pub(super) max: u32,
    /// Nought where any value is on the step.
    pub(super) step: u32,
    pub(super) na: NotApplicablePolicy,
    pub(super) advisory: bool,
}

impl CellRule {
    /// The rules of `rubric`, in its order. A computed criterion comes as the value that was computed elsewhere.
    pub(super) fn all(rubric: &Rubric) -> Vec<Self> {
        let of = |points: Points| super::hundredths(points.to_string().as_bytes()).unwrap_or(u32::MAX);
        let rule = |criterion: &crate::domain::rubric::Criterion| Self {
            min: of(criterion.min),
            max: of(criterion.max),
            step: if criterion.kind == CriterionKind::Formula { 0 } else { of(rubric.step_of(criterion)) },
            na: criterion.na,
            advisory: criterion.advisory,
        };
        rubric.criteria.iter().map(rule).collect()
    }

    /// Whether `value` is one of the values of the criterion.
    pub(super) fn admits(&self, value: u32) -> bool {
        (self.min..=self.max).contains(&value) && value.checked_rem(self.step).unwrap_or(0) == 0
    }
}

/// A sheet of the table.
#[derive(Debug, Clone, Copy)]
pub struct SheetRow {
    /// Number of its application.
    pub application: u32,
    /// Number of its reviewer.
    pub reviewer: u32,
    /// Where its first cell begins, in bytes.
    pub begin: u64,
    /// Whether the reviewer stays out.
    pub recused: bool,
}

/// A table of scores.
#[derive(Debug)]
pub struct Scores {
    applications: Vec<ApplicationId>,
    numbers: HashMap<Box<[u8]>, u32>,
    reviewers: Vec<PersonCode>,
    sheets: Vec<SheetRow>,
    /// `width` cells for each sheet.
    cells: Vec<Packed>,
    policies: Vec<NotApplicablePolicy>,
    /// Sheets by application: where those of each begin in `order`.
    begins: Vec<u32>,
    order: Vec<u32>,
}

/// A table of scores while it is read.
pub(super) struct Growing {
    pub(super) sheets: Vec<SheetRow>,
    pub(super) cells: Vec<Packed>,
    width: usize,
    numbers: HashMap<(u32, u32), u32>,
    last: Option<((u32, u32), u32)>,
}

impl Growing {
    pub(super) fn new(width: usize) -> Self {
        Self { sheets: Vec::new(), cells: Vec::new(), width, numbers: HashMap::new(), last: None }
    }

    /// The number of the sheet of `reviewer` for `application`; `None` beyond four thousand million sheets.
    pub(super) fn sheet(&mut self, application: u32, reviewer: u32, begin: u64) -> Option<u32> {
        let key = (application, reviewer);
        if let Some((last, number)) = self.last
            && last == key
        {
            return Some(number);
        }
        let number = match self.numbers.get(&key) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.sheets.len()).ok()?;
                self.sheets.push(SheetRow { application, reviewer, begin, recused: false });
                self.cells.resize(self.cells.len().checked_add(self.width)?, Packed::BLANK);
                self.numbers.insert(key, number);
                number
            }
        };
        self.last = Some((key, number));
        Some(number)
    }

    pub(super) fn recuse(&mut self, sheet: u32) {
        if let Some(row) = usize::try_from(sheet).ok().and_then(|sheet| self.sheets.get_mut(sheet)) {
            row.recused = true;
        }
    }

    /// Fills a cell; `false` where it is filled already.
    pub(super) fn fill(&mut self, sheet: u32, criterion: usize, state: CellState) -> bool {
        let place = usize::try_from(sheet).ok().and_then(|sheet| sheet.checked_mul(self.width)?.checked_add(criterion));
        match place.and_then(|place| self.cells.get_mut(place)) {
            Some(cell) if *cell == Packed::BLANK => {
                *cell = state.packed();
                true
            }
            _ => false,
        }
    }

    /// Takes over the sheets of another part, whose numbers are these here; `false` where a cell stands in both.
    pub(super) fn absorb(&mut self, other: &Self, applications: &[u32], reviewers: &[u32]) -> bool {
        let number = |numbers: &[u32], old: u32| usize::try_from(old).ok().and_then(|old| numbers.get(old)).copied();
        for (row, cells) in other.rows() {
            let (application, reviewer) = (number(applications, row.application), number(reviewers, row.reviewer));
            let (Some(application), Some(reviewer)) = (application, reviewer) else { return false };
            let Some(sheet) = self.sheet(application, reviewer, row.begin) else { return false };
            if row.recused {
                self.recuse(sheet);
            }
            let filled = cells.iter().enumerate().filter(|(_, cell)| **cell != Packed::BLANK);
            for (criterion, cell) in filled {
                if !self.fill(sheet, criterion, cell.state()) {
                    return false;
                }
            }
        }
        true
    }

    /// The cells of each sheet.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&SheetRow, &[Packed])> {
        self.sheets.iter().zip(self.cells.chunks(self.width.max(1)))
    }

    /// The finished table, with its sheets by application.
    pub(super) fn finish(self, applications: Names<ApplicationId>, reviewers: Names<PersonCode>, rubric: &Rubric) -> Scores {
        let (applications, numbers) = applications.finish();
        let (reviewers, _) = reviewers.finish();
        let mut order: Vec<u32> = (0..u32::try_from(self.sheets.len()).unwrap_or(u32::MAX)).collect();
        let application = |sheet: &u32| usize::try_from(*sheet).ok().and_then(|sheet| self.sheets.get(sheet)).map(|row| row.application);
        order.sort_by_key(application);
        let mut begins = vec![0_u32; applications.len().saturating_add(1)];
        for row in &self.sheets {
            if let Some(count) = usize::try_from(row.application).ok().and_then(|at| begins.get_mut(at.saturating_add(1))) {
                *count = count.saturating_add(1);
            }
        }
        let mut before = 0_u32;
        for begin in &mut begins {
            before = before.saturating_add(*begin);
            *begin = before;
        }
        let policies = rubric.criteria.iter().map(|criterion| criterion.na).collect();
        Scores { applications, numbers, reviewers, sheets: self.sheets, cells: self.cells, policies, begins, order }
    }
}

impl Scores {
    /// Applications, in the order in which they were first seen; a number is a place here.
    #[must_use]
    pub fn applications(&self) -> &[ApplicationId] {
        &self.applications
    }

    /// The number of `application`, where the table has it.
    #[must_use]
    pub fn place(&self, application: &ApplicationId) -> Option<usize> {
        self.numbers.get(application.as_str().as_bytes()).and_then(|number| usize::try_from(*number).ok())
    }

    /// The sheets of the application with this number, as consolidation takes them.
    #[must_use]
    pub fn sheets_of(&self, application: usize) -> Vec<SheetInput> {
        let begin = |at: usize| self.begins.get(at).and_then(|begin| usize::try_from(*begin).ok()).unwrap_or(0);
        let range = begin(application)..begin(application.saturating_add(1));
        let sheets = self.order.get(range).unwrap_or_default();
        sheets.iter().filter_map(|sheet| self.sheet(usize::try_from(*sheet).ok()?)).collect()
    }

    fn sheet(&self, number: usize) -> Option<SheetInput> {
        let row = self.sheets.get(number)?;
        let reviewer = self.reviewers.get(usize::try_from(row.reviewer).ok()?)?.clone();
        let standing = if row.recused { Standing::Recused } else { Standing::Valid };
        let width = self.policies.len();
        let begin = number.checked_mul(width)?;
        let cells = self.cells.get(begin..begin.checked_add(width)?)?;
        let cells = cells.iter().zip(&self.policies).map(|(cell, policy)| input(cell.state(), *policy)).collect();
        Some(SheetInput { reviewer, bundle: String::new(), source: Source::Signed, standing, cells })
    }
}

fn input(state: CellState, policy: NotApplicablePolicy) -> CellInput {
    match (state, policy) {
        (CellState::Scored(hundredths), _) => CellInput::Points(Exact::hundredths(hundredths)),
        (CellState::NotApplicable, NotApplicablePolicy::Zero) => CellInput::Points(Exact::ZERO),
        (CellState::NotApplicable, NotApplicablePolicy::Redistribute) => CellInput::Spread,
        (CellState::NotApplicable | CellState::Blank | CellState::Recused | CellState::Wrong, _) => CellInput::Blank,
    }
}
