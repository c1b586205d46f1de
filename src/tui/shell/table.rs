//! The chair's way to the table: bundles taken in, acts recorded, figures made current after each.

use std::path::{Path, PathBuf};

use super::{Looked, Shell, trouble};
use crate::{
    domain::{
        change::Change,
        ids::{ApplicationId, PersonCode},
        package::Package,
        panel::{Person, Role},
        table::act::Act,
        telling,
        text::Message,
        time::Moment,
    },
    msg,
    tui::{
        acts::{Outcome, Trouble},
        effect::{Intake, IntakeLine, Secret, Wish},
        table::{TableIndex, TableView},
    },
    workflow::{
        Here, StepError, attach,
        collect::{self, Line},
        conclude, keys,
        request::{self, Question},
        session::Recorded,
        table::{self, TableSession},
    },
};

/// The table with its present figures.
pub(super) struct Presiding {
    session: TableSession,
    index: TableIndex,
}

impl Presiding {
    pub(super) fn new(session: TableSession) -> Self {
        let index = index(&session);
        Self { session, index }
    }

    pub(super) fn view<'a>(&'a self, outbox: &'a str) -> TableView<'a> {
        TableView {
            outbox,
            package: self.session.package(),
            desk: self.session.store().desk(),
            given: self.session.given(),
            index: &self.index,
            chair: self.session.chair(),
            writable: self.session.store().is_writable(),
            sha256: table::sha256,
        }
    }

    pub(super) fn close(self, now: &Moment) -> Result<(), StepError> {
        self.session.close(now)
    }

    pub(super) fn lay_out(&mut self, application: &ApplicationId, file: &str) -> Outcome<PathBuf> {
        attach::lay_out_at_table(&mut self.session, application, file).map_err(|error| trouble(&error))
    }

    pub(super) fn reopen(&mut self) -> Outcome<Message> {
        if self.session.store().is_writable() {
            return Ok(msg!("said-saved-already"));
        }
        self.session.reopen().map_err(|error| trouble(&error))?;
        self.index = index(&self.session);
        Ok(msg!("said-reopened"))
    }
}

fn index(session: &TableSession) -> TableIndex {
    TableIndex::new(session.package(), session.table(), session.given(), &table::sha256)
}

/// Who may open the chair's table, code and name; `mine` is whose key lies on this machine, where one does.
pub(super) fn chairs(package: &Package, mine: Option<&PersonCode>) -> Vec<(String, String)> {
    let presides = |person: &&Person| matches!(person.role, Role::Chair | Role::Deputy) && mine.is_none_or(|mine| person.code == *mine);
    package.roster.people.iter().filter(presides).map(|person| (person.code.to_string(), person.name.clone())).collect()
}

impl Shell<'_> {
    fn presiding(&mut self) -> Outcome<&mut Presiding> {
        self.chair.as_mut().ok_or_else(|| trouble(&StepError::NoTable))
    }

    /// Takes `step` at the table, and works the figures out anew.
    pub(super) fn change_table(
        &mut self,
        step: impl FnOnce(&mut TableSession, &Moment) -> Result<Recorded, StepError>,
    ) -> Outcome<Option<Change>> {
        let now = self.senses.now();
        let chair = self.presiding()?;
        let recorded = step(&mut chair.session, &now).map_err(|error| trouble(&error))?;
        chair.index = index(&chair.session);
        let entry = chair.session.store().desk().entry(recorded.seq).filter(|_| recorded.changed);
        Ok(entry.map(|entry| entry.change.clone()))
    }

    pub(super) fn record_act(&mut self, act: Act) -> Outcome<Message> {
        let done = self.change_table(|session, now| session.record(act, now))?;
        Ok(done.map_or(msg!("say-unchanged"), |done| telling::change(&done)))
    }

    pub(super) fn open_table(&mut self, code: &str) -> Outcome<Message> {
        let Some(Looked::Package(candidate)) = self.candidate.take() else { return Err(trouble(&StepError::NoWorkspace)) };
        let code: PersonCode = code.parse().map_err(|bad| trouble(&StepError::BadId(bad)))?;
        let now = self.senses.now();
        let mut fill = |buffer: &mut [u8]| self.senses.fill(buffer);
        let mut here = Here { now, entropy: &mut fill };
        let taken = candidate.accept_at_table(self.home, &code, &mut here).map_err(|error| trouble(&error))?;
        let session = TableSession::write_at(taken.workspace).map_err(|error| trouble(&error))?;
        self.chair = Some(Presiding::new(session));
        Ok(msg!("said-table-open", code = code))
    }

    pub(super) fn ask(&mut self, wish: &Wish, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        let (home, code) = (self.home, self.presiding()?.session.chair().clone());
        let key = keys::unlock_typed(home, &code, passphrase.0.clone()).map_err(|error| trouble(&error))?;
        let mut fill = |_: &mut [u8]| {};
        let here = Here { now: self.senses.now(), entropy: &mut fill };
        let question = Question { reviewer: wish.reviewer.clone(), lines: vec![wish.line.clone()], deadline: None };
        let chair = self.presiding()?;
        let written = request::write(&mut chair.session, question, &key, folder, &here);
        chair.index = index(&chair.session);
        let written = written.map_err(|error| trouble(&error))?;
        Ok(msg!("said-asked", code = wish.reviewer, file = written.path.display()))
    }

    pub(super) fn conclude(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        let (home, code) = (self.home, self.presiding()?.session.chair().clone());
        let key = keys::unlock_typed(home, &code, passphrase.0.clone()).map_err(|error| trouble(&error))?;
        let mut fill = |_: &mut [u8]| {};
        let here = Here { now: self.senses.now(), entropy: &mut fill };
        let chair = self.presiding()?;
        let concluded = conclude::seal(&mut chair.session, &key, folder, &here);
        chair.index = index(&chair.session);
        let concluded = concluded.map_err(|error| trouble(&error))?;
        let people = concluded.awaits.iter().map(|one| one.code.to_string()).collect::<Vec<_>>().join(", ");
        let file = concluded.path.display();
        Ok(if concluded.awaits.is_empty() {
            msg!("said-sealed", file = file)
        } else {
            msg!("said-sealed-awaits", file = file, people = people)
        })
    }

    pub(super) fn collect(&mut self, path: &Path) -> Outcome<Intake> {
        let files = bundles_in(path)?;
        let now = self.senses.now();
        let chair = self.presiding()?;
        let lines = collect::collect(&mut chair.session, &files, false, &now);
        // Even where a file could not be read, an earlier one may be at the table.
        chair.index = index(&chair.session);
        let lines = lines.map_err(|error| trouble(&error))?;
        let taken = lines.iter().all(Line::is_good);
        Ok(Intake { lines: lines.iter().map(line).collect(), taken })
    }
}

/// The file itself, or the score bundles in a folder, by name.
fn bundles_in(path: &Path) -> Outcome<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |source| trouble(&StepError::io(path, source));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("scores-") && name.ends_with(".zip") {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Trouble { what: msg!("err-no-bundles", folder = path.display()), advice: msg!("rec-no-bundles"), unsaved: false });
    }
    Ok(files)
}

fn line(line: &Line) -> IntakeLine {
    IntakeLine {
        file: line.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        whose: line.bundle.as_ref().map(|bundle| (bundle.reviewer.clone(), bundle.revision)),
        is_good: line.is_good(),
        verdict: line.what(),
        advice: line.advice(),
    }
}
