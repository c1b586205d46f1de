//! Cells of a sheet: what is typed is accepted whole or refused with the reason.

use crate::{
    domain::{desk::Refusal, number::Points, rubric::Criterion, sheet::Cell, text::Explain},
    msg,
    tui::{effect::Effect, view::Work},
};

use super::SheetScreen;

impl SheetScreen {
    /// Accepts what is typed. `None` where it is refused: the cell keeps what it had, and the words say why.
    pub(super) fn accept(&mut self, work: &Work<'_>) -> Option<Vec<Effect>> {
        let (Some(typed), Some(criterion)) = (self.typed.take(), self.criterion(work)) else { return Some(Vec::new()) };
        self.refused = None;
        let value: Points = match typed.trim_end_matches('.').parse() {
            Ok(value) => value,
            Err(_) => {
                self.refused = Some((msg!("err-score-form", found = typed), msg!("rec-score-form")));
                return None;
            }
        };
        self.set(work, criterion, Cell::Scored { value })
    }

    /// Asks for a cell to become `cell`, where the rules allow it.
    pub(super) fn set(&mut self, work: &Work<'_>, criterion: &Criterion, cell: Cell) -> Option<Vec<Effect>> {
        let Some(change) = work.desk.set_cell(&self.id, &criterion.id, cell) else { return Some(Vec::new()) };
        match work.desk.admit(work.package, &change) {
            Ok(()) => Some(vec![Effect::Record(change)]),
            Err(refusal) => {
                self.refuse(&refusal);
                None
            }
        }
    }

    pub(super) fn refuse(&mut self, refusal: &Refusal) {
        self.refused = Some((refusal.what(), refusal.advice()));
    }

    /// Accepts what is typed and goes to another row; stays where it was refused.
    pub(super) fn go(&mut self, work: &Work<'_>, to: usize) -> Vec<Effect> {
        match self.accept(work) {
            Some(effects) => {
                self.at = to.min(work.package.rubric.asked().count());
                effects
            }
            None => Vec::new(),
        }
    }

    /// One step more or less than what stands there.
    pub(super) fn step(&mut self, work: &Work<'_>, up: bool) -> Vec<Effect> {
        let Some(criterion) = self.criterion(work) else { return Vec::new() };
        let step = work.package.rubric.step_of(criterion);
        let now = self.sheet(work).cell(&criterion.id).value().unwrap_or(criterion.min);
        let sum = if up { now.get().checked_add(step.get()) } else { now.get().checked_sub(step.get()) };
        let Some(value) = sum.and_then(|sum| sum.normalize().to_string().parse::<Points>().ok()) else { return Vec::new() };
        self.typed = None;
        self.refused = None;
        self.set(work, criterion, Cell::Scored { value }).unwrap_or_default()
    }
}
