//! The chair's table, open: the package, what was recorded, and the sheets of every bundle that counts. Figures are worked out anew
//! from those sheets whenever they are asked for; nothing is ever stored that could differ from them.

use crate::{
    bundle::{layer::Findings, verified::Verified},
    digest,
    domain::{
        change::{Change, Link},
        consolidate::derivation::ItemResult,
        ids::PersonCode,
        package::Package,
        table::{
            Table,
            act::{Act, Arrived},
            input::{self, Missing, Submission, Submissions},
            open::{OpenPoint, open_points},
        },
        text::Message,
        time::Moment,
    },
    store::{Access, Store},
    workflow::{
        StepError,
        held::Held,
        home::{Home, Workspace},
        paper,
        session::Recorded,
        verify,
    },
};

pub use crate::digest::sha256;

/// A table that is open.
pub struct TableSession {
    workspace: Workspace,
    held: Held,
    store: Store,
    chair: PersonCode,
    given: Submissions,
    notes: Vec<Message>,
}

impl TableSession {
    /// Opens the only table, or the one called `name`.
    ///
    /// # Errors
    /// No table, several without a name, another window has it open, or something of it is damaged.
    pub fn open(home: &Home, name: Option<&str>, access: Access) -> Result<Self, StepError> {
        Self::open_at(choose(home, name)?, access)
    }

    /// Opens the table in this place.
    ///
    /// # Errors
    /// Another window has it open, or something of it is damaged.
    pub fn open_at(workspace: Workspace, access: Access) -> Result<Self, StepError> {
        let (store, report) = Store::open(&workspace.store(), access)?;
        let opening = store.desk().opening.clone().filter(|opening| opening.table);
        let opening = opening.ok_or_else(|| StepError::NotAWorkspace { path: workspace.folder().to_owned() })?;
        let held = Held::load(&workspace.package(&store.desk().package), &store.desk().package)?;
        let mut session = Self { workspace, held, store, chair: opening.reviewer, given: Submissions::new(), notes: report.notes };
        session.read_bundles()?;
        Ok(session)
    }

    /// Opens the table in this place for writing.
    ///
    /// # Errors
    /// As [`TableSession::open_at`].
    pub fn write_at(workspace: Workspace) -> Result<Self, StepError> {
        Self::open_at(workspace, Access::Write)
    }

    /// The package.
    #[must_use]
    pub const fn package(&self) -> &Package {
        self.held.package()
    }

    /// The package with its bytes.
    #[must_use]
    pub const fn held(&self) -> &Held {
        &self.held
    }

    /// The package with its bytes, to read from.
    pub const fn held_mut(&mut self) -> &mut Held {
        &mut self.held
    }

    /// Everything recorded at the table.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.store.desk().table
    }

    /// The store, for exports and checks.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Who presides.
    #[must_use]
    pub const fn chair(&self) -> &PersonCode {
        &self.chair
    }

    /// Where the table lies.
    #[must_use]
    pub const fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The sheets that count, by reviewer.
    #[must_use]
    pub const fn given(&self) -> &Submissions {
        &self.given
    }

    /// What the store had to do or noticed at opening.
    #[must_use]
    pub fn notes(&self) -> &[Message] {
        &self.notes
    }

    /// The present figures of all items, in the order of the notice.
    ///
    /// # Errors
    /// Why they cannot be worked out.
    pub fn results(&self) -> Result<Vec<ItemResult>, StepError> {
        Ok(input::results(self.package(), self.table(), &self.given, &digest::sha256)?)
    }

    /// Everything that keeps the result from being sealed.
    ///
    /// # Errors
    /// Why the figures cannot be worked out.
    pub fn open_points(&self) -> Result<Vec<OpenPoint>, StepError> {
        Ok(open_points(self.package(), self.table(), &self.given, &self.results()?))
    }

    /// Sheets that should be here and are not.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        input::missing(self.package(), self.table(), &self.given)
    }

    /// Records `act`, where the rules admit it and it changes anything. Returns only when it is durable.
    ///
    /// # Errors
    /// The rule that refuses it, or why it could not be saved; the table then shows what is really stored.
    pub fn record(&mut self, act: Act, now: &Moment) -> Result<Recorded, StepError> {
        if let Act::Paper(paper) = &act {
            // The rules know no digest; a wrong one would make the table unreadable for ever.
            paper::check(paper)?;
        }
        let results = if act.rests_on_figures() { self.results()? } else { Vec::new() };
        self.table().admit(self.package(), &results, &act)?;
        if act.is_idle() {
            return Ok(Recorded { seq: self.store.head().seq, changed: false });
        }
        self.append(act, now)
    }

    /// Records what was judged already, such as a bundle that was taken in.
    pub(super) fn append(&mut self, act: Act, now: &Moment) -> Result<Recorded, StepError> {
        let brings = matches!(act, Act::Accept(_) | Act::Paper(_));
        let seq = self.store.append(Change::Table(act), None, now.clone(), self.chair.clone())?;
        if brings {
            self.read_bundles()?;
        }
        Ok(Recorded { seq, changed: true })
    }

    /// The act that [`TableSession::undo`] would make now.
    #[must_use]
    pub fn next_undo(&self) -> Option<Act> {
        match self.store.desk().undo_step() {
            Some((Change::Table(act), _)) => Some(act),
            _ => None,
        }
    }

    /// The act that [`TableSession::redo`] would make now.
    #[must_use]
    pub fn next_redo(&self) -> Option<Act> {
        match self.store.desk().redo_step() {
            Some((Change::Table(act), _)) => Some(act),
            _ => None,
        }
    }

    /// Takes the last act back; `changed` is false when there is none.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn undo(&mut self, now: &Moment) -> Result<Recorded, StepError> {
        let step = self.store.desk().undo_step();
        self.step(step, now)
    }

    /// Does again what was taken back last; `changed` is false when there is nothing.
    ///
    /// # Errors
    /// Why it could not be saved.
    pub fn redo(&mut self, now: &Moment) -> Result<Recorded, StepError> {
        let step = self.store.desk().redo_step();
        self.step(step, now)
    }

    /// Forgets a failed write and tries again, for example after space was freed.
    ///
    /// # Errors
    /// Why the store cannot be opened.
    pub fn reopen(&mut self) -> Result<(), StepError> {
        self.notes = self.store.reopen()?.notes;
        Ok(())
    }

    fn step(&mut self, step: Option<(Change, Link)>, now: &Moment) -> Result<Recorded, StepError> {
        let Some((change, link)) = step else {
            return Ok(Recorded { seq: self.store.head().seq, changed: false });
        };
        let seq = self.store.append(change, Some(link), now.clone(), self.chair.clone())?;
        Ok(Recorded { seq, changed: true })
    }

    /// Closes the store, with a backup where anything happened.
    ///
    /// # Errors
    /// Why the backup could not be written; every recorded act is durable all the same.
    pub fn close(self, now: &Moment) -> Result<(), StepError> {
        Ok(self.store.close(now)?)
    }

    /// Reads the sheets out of every bundle that counts and is not read yet, and those from paper out of the journal. The bytes of a
    /// bundle are those that were verified when it came in.
    fn read_bundles(&mut self) -> Result<(), StepError> {
        let people: Vec<PersonCode> = self.package().roster.people.iter().map(|person| person.code.clone()).collect();
        for code in people {
            if let Some(paper) = self.table().current_paper(&code).cloned() {
                paper::check(&paper)?;
                self.given.insert(code, Submission { desk: paper.desk(), bundle: paper.digest });
                continue;
            }
            let Some(Arrived { digest, .. }) = self.table().current(&code).cloned() else { continue };
            if self.given.get(&code).is_none_or(|submission| submission.bundle != digest) {
                let bundle = Verified::known(&self.workspace.bundle(&digest), &digest).map_err(StepError::NotVerified)?;
                let submission = submission(bundle, &self.held)?;
                self.given.insert(code, submission);
            }
        }
        Ok(())
    }
}

/// The sheets in a score bundle whose content was verified when it came in.
fn submission(mut bundle: Verified, held: &Held) -> Result<Submission, StepError> {
    let bytes = bundle.read(verify::journal::MEMBER)?;
    // What could be found was found when the bundle came in.
    let revision = held.bundle().passport().revision;
    let desk = verify::journal::read(&bytes, bundle.passport(), held.package(), revision, &mut Findings::default());
    let refused = || StepError::NotVerified(Box::new(bundle.report().clone()));
    Ok(Submission { bundle: bundle.digest().to_owned(), desk: desk.ok_or_else(refused)? })
}

/// The table called `name`, or the only one.
fn choose(home: &Home, name: Option<&str>) -> Result<Workspace, StepError> {
    let all = home.workspaces().map_err(|source| StepError::io(home.root(), source))?;
    let tables: Vec<Workspace> = all.into_iter().filter(Workspace::is_table).collect();
    let mut fitting = tables.iter().filter(|table| name.is_none_or(|name| table.name() == name));
    let names = || tables.iter().map(Workspace::name).collect();
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.clone()),
        (Some(_), Some(_)) => Err(StepError::SeveralWorkspaces { names: names() }),
        (None, _) => match name {
            Some(name) if !tables.is_empty() => Err(StepError::NoSuchWorkspace { name: name.to_owned(), names: names() }),
            _ => Err(StepError::NoTable),
        },
    }
}
