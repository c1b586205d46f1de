//! The reviewer's worklist: one row per assigned application, in reading order.

use rust_decimal::Decimal;

use crate::{
    domain::{
        application::Application,
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        sheet::{Declaration, Sheet, Status},
        shuffle::shuffle,
        text::Message,
        total::sheet_total,
    },
    msg,
};

/// One row of the worklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Application.
    pub application: ApplicationId,
    /// State in one word.
    pub state: RowState,
    /// Running total, in points; `None` where nothing is scored.
    pub running: Option<Decimal>,
    /// Answered criteria.
    pub answered: usize,
    /// Asked criteria.
    pub asked: usize,
    /// Open points that block submission.
    pub gaps: usize,
    /// Whether the chair asks to look at it again, and no bundle that answers was signed yet.
    pub is_asked: bool,
}

/// State of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowState {
    /// The conflict question is open.
    Undeclared,
    /// Nothing or something is scored.
    Draft,
    /// Everything is there; not handed in.
    Complete,
    /// Handed in.
    Submitted,
    /// 回避, by own declaration.
    Recused,
    /// 回避, ordered by the office.
    RecusedByOffice,
    /// Declined.
    Declined,
}

impl RowState {
    /// Stable word for scripts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Undeclared => "undeclared",
            Self::Draft => "draft",
            Self::Complete => "complete",
            Self::Submitted => "submitted",
            Self::Recused => "recused",
            Self::RecusedByOffice => "recused-by-office",
            Self::Declined => "declined",
        }
    }

    /// The state in words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Undeclared => msg!("row-undeclared"),
            Self::Draft => msg!("row-draft"),
            Self::Complete => msg!("row-complete"),
            Self::Submitted => msg!("row-submitted"),
            Self::Recused => msg!("row-recused"),
            Self::RecusedByOffice => msg!("row-recused-by-office"),
            Self::Declined => msg!("row-declined"),
        }
    }

    /// Whether the reviewer stays out of the application.
    #[must_use]
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Recused | Self::RecusedByOffice | Self::Declined)
    }
}

/// How far a reviewer has come, over the whole worklist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Applications on the worklist.
    pub assigned: usize,
    /// Those whose conflict question is open.
    pub undeclared: usize,
    /// Those begun and not complete.
    pub draft: usize,
    /// Those complete and not handed in.
    pub complete: usize,
    /// Those handed in.
    pub submitted: usize,
    /// Those the reviewer stays out of.
    pub out: usize,
    /// Answered criteria of the applications that are not out.
    pub answered: usize,
    /// Asked criteria of the applications that are not out.
    pub asked: usize,
}

impl Progress {
    /// Whether nothing is left to do: every application is handed in or out.
    #[must_use]
    pub const fn is_done(&self) -> bool {
        self.undeclared == 0 && self.draft == 0 && self.complete == 0
    }
}

/// The rows of `reviewer`, in the reading order of the workspace.
#[must_use]
pub fn rows(package: &Package, desk: &Desk) -> Vec<Row> {
    in_order(package, desk).into_iter().filter_map(|application| row_of(package, desk, application)).collect()
}

/// The applications of the worklist, in the reading order of the workspace; none before entry 0.
pub(super) fn in_order<'a>(package: &'a Package, desk: &Desk) -> Vec<&'a Application> {
    let Some(opening) = &desk.opening else { return Vec::new() };
    arranged(package, &opening.reviewer, &opening.order_seed)
}

/// The applications of `reviewer` in reading order: by id, or shuffled by `seed` where the call says so.
///
/// The shuffle depends on nothing but the seed, the reviewer's code and the list, so a restart shows the same order.
#[must_use]
pub fn reading_order(package: &Package, reviewer: &PersonCode, seed: &str) -> Vec<ApplicationId> {
    arranged(package, reviewer, seed).into_iter().map(|application| application.id.clone()).collect()
}

fn arranged<'a>(package: &'a Package, reviewer: &PersonCode, seed: &str) -> Vec<&'a Application> {
    let mut order = package.assigned_to(reviewer);
    if package.call.blind.shuffle_order {
        shuffle(&mut order, &format!("{seed}/{reviewer}"));
    }
    order
}

/// Counts over the rows of [`rows`].
#[must_use]
pub fn progress(package: &Package, desk: &Desk) -> Progress {
    progress_of(&rows(package, desk))
}

/// The progress that these rows show.
#[must_use]
pub fn progress_of(rows: &[Row]) -> Progress {
    rows.iter().fold(Progress::default(), |progress, row| progress.with(row))
}

impl Progress {
    fn with(mut self, row: &Row) -> Self {
        let count = match row.state {
            RowState::Undeclared => &mut self.undeclared,
            RowState::Draft => &mut self.draft,
            RowState::Complete => &mut self.complete,
            RowState::Submitted => &mut self.submitted,
            RowState::Recused | RowState::RecusedByOffice | RowState::Declined => &mut self.out,
        };
        *count = count.saturating_add(1);
        self.assigned = self.assigned.saturating_add(1);
        if !row.state.is_out() {
            self.answered = self.answered.saturating_add(row.answered);
            self.asked = self.asked.saturating_add(row.asked);
        }
        self
    }
}

/// The row of one application; `None` before entry 0.
#[must_use]
pub fn row_of(package: &Package, desk: &Desk, application: &Application) -> Option<Row> {
    let opening = desk.opening.as_ref()?;
    Some(row(package, desk, &opening.reviewer, application))
}

fn row(package: &Package, desk: &Desk, reviewer: &PersonCode, application: &Application) -> Row {
    let sheet = desk.sheet(&application.id);
    let is_recused = package.recusal(&application.id, reviewer).is_some();
    let gaps = if is_recused { 0 } else { desk.blocking(package, &application.id).len() };
    let state = if is_recused { RowState::RecusedByOffice } else { state(&sheet, gaps) };
    let total = sheet_total(&package.rubric, application, &sheet);
    let has_score = sheet.cells.values().any(|cell| cell.value().is_some());
    Row {
        application: application.id.clone(),
        state,
        running: (has_score && !state.is_out()).then_some(total.running),
        answered: total.answered,
        asked: total.asked,
        gaps,
        is_asked: desk.asked_about(&application.id).is_some(),
    }
}

fn state(sheet: &Sheet, gaps: usize) -> RowState {
    match sheet.declaration {
        None => RowState::Undeclared,
        Some(Declaration::Conflict { .. }) => RowState::Recused,
        Some(Declaration::Declined { .. }) => RowState::Declined,
        Some(Declaration::NoConflict) if sheet.status == Status::Submitted => RowState::Submitted,
        Some(Declaration::NoConflict) if gaps == 0 => RowState::Complete,
        Some(Declaration::NoConflict) => RowState::Draft,
    }
}
