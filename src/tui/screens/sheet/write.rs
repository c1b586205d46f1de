//! Texts on a sheet: comments, and why a criterion does not apply. What was written is recorded, or it stays open.

use crate::{
    domain::{
        change::Change,
        desk::Refusal,
        rubric::NotApplicablePolicy,
        sheet::{Cell, Status},
    },
    msg,
    tui::{
        action::Action,
        effect::Effect,
        view::{View, Work},
        widgets::editor::Editor,
    },
};

use super::{SheetScreen, Writing};

impl SheetScreen {
    /// What is recorded of a text.
    pub(super) fn recorded(&self, work: &Work<'_>, writing: &Writing) -> String {
        let sheet = self.sheet(work);
        match writing {
            Writing::Comment(None) => sheet.overall,
            Writing::Comment(Some(id)) => sheet.comment(id).to_owned(),
            Writing::Reason(id) => match sheet.cell(id) {
                Cell::NotApplicable { reason } => reason,
                Cell::Blank | Cell::Scored { .. } => String::new(),
            },
        }
    }

    /// Opens a text, where the sheet may still be written on.
    pub(super) fn open(&mut self, work: &Work<'_>, writing: Writing) {
        if self.sheet(work).status == Status::Submitted {
            self.refuse(&Refusal::Submitted(self.id.clone()));
            return;
        }
        let text = self.recorded(work, &writing);
        self.is_warned = false;
        self.writing = Some((writing, Editor::new(&text)));
    }

    pub(super) fn write(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let effects = self.accept(work).unwrap_or_default();
        let criterion = self.criterion(work).map(|criterion| criterion.id.clone());
        self.open(work, Writing::Comment(criterion));
        effects
    }

    /// Asks why the criterion does not apply, where the rubric allows that at all.
    pub(super) fn not_applicable(&mut self, work: &Work<'_>) {
        let Some(criterion) = self.criterion(work) else { return };
        if criterion.na == NotApplicablePolicy::Forbid {
            self.refuse(&Refusal::NoNotApplicable(criterion.id.clone()));
        } else {
            self.open(work, Writing::Reason(criterion.id.clone()));
        }
    }

    /// What was written and is not recorded, as a change.
    pub(super) fn unrecorded(&self, work: &Work<'_>) -> Option<Change> {
        let (writing, editor) = self.writing.as_ref()?;
        let text = editor.text();
        match writing {
            Writing::Comment(criterion) => work.desk.set_comment(&self.id, criterion.as_ref(), &text),
            // A reason that is still empty is no answer yet.
            Writing::Reason(_) if text.trim().is_empty() => None,
            Writing::Reason(criterion) => work.desk.set_cell(&self.id, criterion, Cell::NotApplicable { reason: text.trim().to_owned() }),
        }
    }

    /// Asks for what was written to be recorded, where the rules allow it.
    pub(super) fn written(&mut self, work: &Work<'_>) -> Vec<Effect> {
        let Some(change) = self.unrecorded(work) else { return Vec::new() };
        match work.desk.admit(work.package, &change) {
            Ok(()) => vec![Effect::Record(change)],
            Err(refusal) => {
                self.refuse(&refusal);
                Vec::new()
            }
        }
    }

    /// Closes the text once it is recorded. What cannot be recorded stays open, with the reason; only a second time throws it away.
    pub(super) fn close(&mut self, work: &Work<'_>, action: Action) -> Vec<Effect> {
        if self.unrecorded(work).is_none() || self.is_warned {
            self.writing = None;
            self.refused = None;
            if action == Action::Next {
                self.at = self.at.saturating_add(1).min(work.package.rubric.asked().count());
            }
            return Vec::new();
        }
        let mut effects = self.written(work);
        if !effects.is_empty() {
            // Comes back here; by then it is recorded, or a second time is needed.
            self.refused = Some((msg!("write-unrecorded"), msg!("write-unrecorded-advice")));
            effects.push(Effect::Act(action));
        }
        self.is_warned = true;
        effects
    }

    pub(super) fn act_writing(&mut self, view: &View<'_>, work: &Work<'_>, action: Action) -> Option<Vec<Effect>> {
        match action {
            Action::Back | Action::Next | Action::Comment => Some(self.close(work, action)),
            Action::PageUp | Action::PageDown => self.reader.act(view, action),
            Action::Undo | Action::Redo if self.unrecorded(work).is_some() => {
                let recorded = self.written(work);
                // Comes back here once it is recorded; what cannot be recorded stays as it is.
                let again = (!recorded.is_empty()).then_some(Effect::Act(action));
                Some(recorded.into_iter().chain(again).collect())
            }
            Action::Undo | Action::Redo => {
                self.is_stale = true;
                None
            }
            // What belongs to the form waits until the text is closed.
            Action::Read | Action::NotApplicable | Action::Clear | Action::Withdraw => {
                Some(vec![Effect::Refuse(msg!("no-such-key"), msg!("no-such-key-advice"))])
            }
            _ => None,
        }
    }
}
