//! A reviewer's session on one package: what the screens and the `score` commands both do, through the same rules.

use crate::{
    domain::{
        change::{Change, Seq},
        desk::Desk,
        ids::{ApplicationId, PersonCode},
        package::Package,
        sheet::Status,
        text::Message,
        time::Moment,
        worklist::{self, RowState},
    },
    store::{Access, Store},
    workflow::{
        StepError,
        held::Held,
        home::{Home, Workspace},
    },
};

/// A workspace that is open.
pub struct Session {
    workspace: Workspace,
    held: Held,
    store: Store,
    reviewer: PersonCode,
    notes: Vec<Message>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// Number of the entry that is durable; the last one where nothing had to change.
    pub seq: Seq,
    /// Whether anything changed.
    pub changed: bool,
}

impl Session {
    /// Opens the workspace; the only one, or the one called `name`.
    ///
    /// # Errors
    /// No workspace, several without a name, another window has it open, or a damaged store.
    pub fn open(home: &Home, name: Option<&str>, access: Access) -> Result<Self, StepError> {
        Self::open_at(choose(home, name)?, access)
    }

    /// Opens the workspace in this place.
    ///
    /// # Errors
    /// Another window has it open, or a damaged store or package.
    pub fn open_at(workspace: Workspace, access: Access) -> Result<Self, StepError> {
        let (store, report) = Store::open(&workspace.store(), access)?;
        let opening = store
            .desk()
            .opening
            .clone()
            .filter(|opening| !opening.table)
            .ok_or(StepError::NotAWorkspace { path: workspace.folder().to_owned() })?;
        let held = Held::load(&workspace.package(&store.desk().package), &store.desk().package)?;
        Ok(Self { workspace, held, store, reviewer: opening.reviewer, notes: report.notes })
    }

    /// Opens the workspace in this place for writing.
    ///
    /// # Errors
    /// As [`Session::open_at`].
    pub fn write_at(workspace: Workspace) -> Result<Self, StepError> {
        Self::open_at(workspace, Access::Write)
    }

    /// The package.
    #[must_use]
    pub fn package(&self) -> &Package {
        self.held.package()
    }

    /// The package with its bytes.
    #[must_use]
    pub fn held(&self) -> &Held {
        &self.held
    }

    /// Everything recorded.
    #[must_use]
    pub fn desk(&self) -> &Desk {
        self.store.desk()
    }

    /// The store, for exports and checks.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The reviewer.
    #[must_use]
    pub fn reviewer(&self) -> &PersonCode {
        &self.reviewer
    }

    /// Where the workspace lies.
    #[must_use]
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// What the store had to do or noticed at opening.
    #[must_use]
    pub fn notes(&self) -> &[Message] {
        &self.notes
    }

    /// Records `change`, where the rules admit it. Returns only when it is durable.
    ///
    /// # Errors
    /// The rule that refuses it, or why it could not be saved; the desk then shows what is really stored.
    pub fn record(&mut self, change: Option<Change>, now: &Moment) -> Result<Recorded, StepError> {
        let Some(change) = change else { return Ok(self.unchanged()) };
        self.admit(self.desk(), &change)?;
        let seq = self.store.append(change, None, now.clone(), self.reviewer.clone())?;
        Ok(Recorded { seq, changed: true })
    }

    /// Whether `change` is allowed on `desk`: this session's, or a copy of it on which something is tried.
    ///
    /// # Errors
    /// The rule that refuses it.
    pub fn admit(&self, desk: &Desk, change: &Change) -> Result<(), StepError> {
        if !self.has_pledged() && !matches!(change, Change::Pledge { .. }) {
            return Err(StepError::NoPledge);
        }
        Ok(desk.admit(self.package(), change)?)
    }

    /// Whether the pledge in force was accepted (自科基金条例 §21); nothing else is recorded before.
    #[must_use]
    pub fn has_pledged(&self) -> bool {
        self.desk().pledge.as_deref() == Some(self.held.pledge_digest().as_str())
    }

    /// Accepts the pledge.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn pledge(&mut self, now: &Moment) -> Result<Recorded, StepError> {
        let digest = self.held.pledge_digest();
        let change = (!self.has_pledged()).then_some(Change::Pledge { digest });
        self.record(change, now)
    }

    /// Takes the last change back; `changed` is false when there is none.
    ///
    /// # Errors
    /// A rule that now refuses it, or why it could not be saved.
    pub fn undo(&mut self, now: &Moment) -> Result<Recorded, StepError> {
        let step = self.store.desk().undo_step();
        self.step(step, now)
    }

    /// Does again what was taken back last; `changed` is false when there is nothing.
    ///
    /// # Errors
    /// A rule that now refuses it, or why it could not be saved.
    pub fn redo(&mut self, now: &Moment) -> Result<Recorded, StepError> {
        let step = self.store.desk().redo_step();
        self.step(step, now)
    }

    fn step(&mut self, step: Option<(Change, crate::domain::change::Link)>, now: &Moment) -> Result<Recorded, StepError> {
        let Some((change, link)) = step else { return Ok(self.unchanged()) };
        self.admit(self.desk(), &change)?;
        let seq = self.store.append(change, Some(link), now.clone(), self.reviewer.clone())?;
        Ok(Recorded { seq, changed: true })
    }

    fn unchanged(&self) -> Recorded {
        Recorded { seq: self.store.desk().next_seq().saturating_sub(1), changed: false }
    }

    /// Hands in one sheet, or every sheet of the worklist that is not in yet: all of them or none.
    ///
    /// # Errors
    /// The first sheet that is not complete. Or why one could not be saved; those before it are handed in then, and the error says
    /// up to which entry.
    pub fn submit(&mut self, one: Option<&ApplicationId>, now: &Moment) -> Result<usize, StepError> {
        let rows = worklist::rows(self.package(), self.desk());
        let open =
            |state: RowState| !matches!(state, RowState::Submitted | RowState::Recused | RowState::RecusedByOffice | RowState::Declined);
        let ids: Vec<ApplicationId> = match one {
            Some(id) => vec![id.clone()],
            None => rows.into_iter().filter(|row| open(row.state)).map(|row| row.application).collect(),
        };
        for change in ids.iter().filter_map(|id| self.desk().set_status(id, Status::Submitted)) {
            self.admit(self.desk(), &change)?;
        }
        let mut count = 0;
        for id in ids {
            let change = self.desk().set_status(&id, Status::Submitted);
            let seq = self.unchanged().seq;
            let recorded = self.record(change, now).map_err(|cause| match count {
                0 => cause,
                _ => StepError::Stopped { seq, cause: Box::new(cause) },
            })?;
            count += usize::from(recorded.changed);
        }
        Ok(count)
    }

    /// Forgets a failed write and tries again, for example after space was freed.
    ///
    /// # Errors
    /// Why the store cannot be opened.
    pub fn reopen(&mut self) -> Result<(), StepError> {
        self.notes = self.store.reopen()?.notes;
        Ok(())
    }

    /// Closes the store, with a backup where anything happened.
    ///
    /// # Errors
    /// Why the backup could not be written; every recorded change is durable all the same.
    pub fn close(self, now: &Moment) -> Result<(), StepError> {
        Ok(self.store.close(now)?)
    }

    /// The package with its bytes, to read attachments and excerpts from.
    pub(super) const fn held_mut(&mut self) -> &mut Held {
        &mut self.held
    }
}

/// The workspace called `name`, or the only one.
///
/// # Errors
/// None, several, or no such name.
pub fn choose(home: &Home, name: Option<&str>) -> Result<Workspace, StepError> {
    let all = home.workspaces().map_err(|source| StepError::io(home.root(), source))?;
    // A table is meant only where it is named, or where there is nothing else.
    let has_desk = all.iter().any(|workspace| !workspace.is_table());
    let is_meant = |workspace: &&Workspace| match name {
        Some(name) => workspace.name() == name,
        None => !has_desk || !workspace.is_table(),
    };
    let mut matching = all.iter().filter(is_meant);
    match (matching.next(), matching.next()) {
        (Some(only), None) => Ok(only.clone()),
        (Some(_), Some(_)) => Err(StepError::SeveralWorkspaces { names: all.iter().map(Workspace::name).collect() }),
        (None, _) if all.is_empty() => Err(StepError::NoWorkspace),
        (None, _) => {
            Err(StepError::NoSuchWorkspace { name: name.unwrap_or_default().to_owned(), names: all.iter().map(Workspace::name).collect() })
        }
    }
}
