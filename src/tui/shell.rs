//! The only place where the screens meet the steps of the process. What the chair does is in `table`, what office and
//! province do in `ends`.

mod ends;
mod office;
mod province;
mod table;
mod worker;
mod workshop;

use std::{io::Write, path::Path};

use crate::{
    domain::{
        change::Change,
        ids::{ApplicationId, PersonCode},
        table::act::Act,
        telling,
        text::Message,
        time::Moment,
    },
    msg,
    tui::{
        acts::{Acts, Outcome, Trouble},
        effect::{Arrival, Intake, Secret, Wish},
        settings::Settings,
        table::TableView,
        view::{Index, Work},
    },
    workflow::{
        Here, StepError, answer, attach, files,
        home::Home,
        keys,
        open::{self, Candidate},
        session::{Recorded, Session},
        submit,
        table::TableSession,
    },
};
use table::Presiding;

/// The clock and the chance, which only the command line takes.
pub trait Senses {
    /// The present moment.
    fn now(&self) -> Moment;

    /// Fills a buffer with random bytes.
    fn fill(&mut self, buffer: &mut [u8]);
}

/// Who sits at the screens.
pub enum Seat {
    /// Nobody yet.
    Nobody,
    /// A reviewer at a desk.
    Desk(Session),
    /// The chair at the table.
    Table(TableSession),
}

/// What was looked at and not taken in yet.
enum Looked {
    Package(Box<Candidate>),
    Request(Box<answer::Candidate>),
}

/// The screens' way to files, keys and the store.
pub struct Shell<'a> {
    home: &'a Home,
    senses: &'a mut dyn Senses,
    session: Option<Session>,
    chair: Option<Presiding>,
    index: Index,
    candidate: Option<Looked>,
    desk: ends::Desk,
    outbox: String,
}

impl<'a> Shell<'a> {
    /// A shell for whoever sits here.
    pub fn new(home: &'a Home, senses: &'a mut dyn Senses, seat: Seat) -> Self {
        let (session, chair) = match seat {
            Seat::Nobody => (None, None),
            Seat::Desk(session) => (Some(session), None),
            Seat::Table(session) => (None, Some(Presiding::new(session))),
        };
        let index = session.as_ref().map(|session| Index::new(session.package(), session.desk())).unwrap_or_default();
        let outbox = home.outbox().display().to_string();
        Self { home, senses, session, chair, index, candidate: None, desk: ends::Desk::default(), outbox }
    }

    /// Closes the store.
    ///
    /// # Errors
    /// Why the last backup could not be written; every change is durable all the same.
    pub fn close(mut self) -> Result<(), StepError> {
        self.desk.finish();
        let now = self.senses.now();
        self.session.map_or(Ok(()), |session| session.close(&now))?;
        self.chair.map_or(Ok(()), |chair| chair.close(&now))
    }

    fn session(&mut self) -> Outcome<&mut Session> {
        self.session.as_mut().ok_or_else(|| trouble(&StepError::NoWorkspace))
    }

    /// Does `step`, and makes the lists current.
    fn change(&mut self, step: impl FnOnce(&mut Session, &Moment) -> Result<Recorded, StepError>) -> Outcome<Option<Change>> {
        let now = self.senses.now();
        let recorded = step(self.session()?, &now).map_err(|error| trouble(&error))?;
        let Some(session) = &self.session else { return Ok(None) };
        let done = session.desk().entry(recorded.seq).filter(|_| recorded.changed).map(|entry| entry.change.clone());
        if let Some(id) = done.as_ref().and_then(Change::application) {
            self.index.refresh(session.package(), session.desk(), id);
        }
        Ok(done)
    }
}

impl Shell<'_> {
    fn look_at_request(&mut self, path: &Path) -> Outcome<Arrival> {
        let candidate = answer::look(self.session()?, path).map_err(|error| trouble(&error))?;
        let session = self.session()?;
        let (package, code) = (session.package(), session.reviewer().clone());
        let name = package.roster.person(&code).map(|person| person.name.clone()).unwrap_or_default();
        let asked = candidate.asked().clone();
        let arrival = Arrival {
            title: package.call.title.clone(),
            revision: asked.revision,
            applications: asked.request.lines.len(),
            office: String::new(),
            chairs: Vec::new(),
            people: vec![(code.to_string(), name)],
            request: Some(asked),
        };
        self.candidate = Some(Looked::Request(Box::new(candidate)));
        Ok(arrival)
    }

    fn take_request(&mut self, candidate: answer::Candidate) -> Outcome<Message> {
        let asked = candidate.asked().clone();
        let Some(_new) = self.change(|session, now| candidate.accept(session, now))? else {
            return Ok(msg!("say-request-before", revision = asked.revision));
        };
        self.index = self.session.as_ref().map(|session| Index::new(session.package(), session.desk())).unwrap_or_default();
        Ok(msg!("say-request-open", revision = asked.revision, applications = asked.request.applications()))
    }
}

/// What the screens say of an error: a change that could not be saved is more than a refusal.
fn trouble(error: &StepError) -> Trouble {
    Trouble { unsaved: error.is_unsaved(), ..Trouble::of(error) }
}

impl Acts for Shell<'_> {
    fn work(&self) -> Option<Work<'_>> {
        let session = self.session.as_ref()?;
        Some(Work {
            package: session.package(),
            desk: session.desk(),
            index: &self.index,
            reviewer: session.reviewer(),
            pledged: session.has_pledged(),
            writable: session.store().is_writable(),
            outbox: &self.outbox,
        })
    }

    fn table(&self) -> Option<TableView<'_>> {
        self.chair.as_ref().map(|chair| chair.view(&self.outbox))
    }

    fn preside(&mut self, code: &str) -> Outcome<Message> {
        self.open_table(code)
    }

    fn decide(&mut self, act: Act) -> Outcome<Message> {
        self.record_act(act)
    }

    fn take_in(&mut self, path: &Path) -> Outcome<Intake> {
        self.collect(path)
    }

    fn record(&mut self, change: Change) -> Outcome<Message> {
        let done = self.change(|session, now| session.record(Some(change), now))?;
        Ok(done.map_or(msg!("say-unchanged"), |done| telling::change(&done)))
    }

    fn undo(&mut self) -> Outcome<Message> {
        let nothing = Trouble { what: msg!("nothing-to-undo"), advice: msg!("nothing-to-undo-advice"), unsaved: false };
        let done = match self.chair {
            Some(_) => self.change_table(TableSession::undo)?,
            None => self.change(Session::undo)?,
        };
        let done = done.ok_or(nothing)?;
        Ok(msg!("said-undone").with_message("what", telling::change(&done)))
    }

    fn redo(&mut self) -> Outcome<Message> {
        let nothing = Trouble { what: msg!("nothing-to-redo"), advice: msg!("nothing-to-undo-advice"), unsaved: false };
        let done = match self.chair {
            Some(_) => self.change_table(TableSession::redo)?,
            None => self.change(Session::redo)?,
        };
        let done = done.ok_or(nothing)?;
        Ok(msg!("said-redone").with_message("what", telling::change(&done)))
    }

    fn pledge(&mut self) -> Outcome<Message> {
        self.change(Session::pledge)?;
        Ok(msg!("say-pledged"))
    }

    fn look(&mut self, path: &Path) -> Outcome<Arrival> {
        if answer::is_request(path) {
            return self.look_at_request(path);
        }
        if self.session.is_some() {
            return Err(Trouble { what: msg!("err-work-open"), advice: msg!("rec-work-open"), unsaved: false });
        }
        let candidate = open::look(self.home, path, None).map_err(|error| trouble(&error))?;
        let package = candidate.package();
        let mine = candidate.reviewer(self.home, None).ok();
        let scoring = package.roster.scoring().filter(|person| mine.as_ref().is_none_or(|mine| person.code == *mine));
        let arrival = Arrival {
            title: package.call.title.clone(),
            revision: candidate.passport().revision,
            applications: package.applications.len(),
            office: candidate.office_groups(),
            people: scoring.map(|person| (person.code.to_string(), person.name.clone())).collect(),
            chairs: table::chairs(package, mine.as_ref()),
            request: None,
        };
        self.candidate = Some(Looked::Package(Box::new(candidate)));
        Ok(arrival)
    }

    fn accept(&mut self, code: &str) -> Outcome<Message> {
        let candidate = match self.candidate.take() {
            Some(Looked::Package(candidate)) => candidate,
            Some(Looked::Request(candidate)) => return self.take_request(*candidate),
            None => return Err(trouble(&StepError::NoWorkspace)),
        };
        let code: PersonCode = code.parse().map_err(|bad| trouble(&StepError::BadId(bad)))?;
        let now = self.senses.now();
        let mut fill = |buffer: &mut [u8]| self.senses.fill(buffer);
        let mut here = Here { now, entropy: &mut fill };
        let taken = candidate.accept(self.home, &code, &mut here).map_err(|error| trouble(&error))?;
        let session = Session::write_at(taken.workspace).map_err(|error| trouble(&error))?;
        self.index = Index::new(session.package(), session.desk());
        self.session = Some(session);
        Ok(msg!("said-opened", code = code))
    }

    fn view(&mut self, application: &ApplicationId, file: &str) -> Outcome<Message> {
        let path = match &mut self.chair {
            Some(chair) => chair.lay_out(application, file)?,
            None => attach::lay_out(self.session()?, application, file).map_err(|error| trouble(&error))?,
        };
        let shown = path.display().to_string();
        match opener::open(&path) {
            Ok(()) => Ok(msg!("said-viewing", file = shown)),
            Err(_) => Err(Trouble { what: msg!("err-no-viewer", file = shown), advice: msg!("rec-no-viewer"), unsaved: false }),
        }
    }

    fn export(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        let now = self.senses.now();
        let code = self.session()?.reviewer().clone();
        let key = keys::unlock_typed(self.home, &code, passphrase.0.clone()).map_err(|error| trouble(&error))?;
        let mut fill = |_: &mut [u8]| {};
        let here = Here { now, entropy: &mut fill };
        let exported = submit::export(self.session()?, &key, folder, &here).map_err(|error| trouble(&error))?;
        Ok(msg!("said-exported", revision = exported.revision, file = exported.path.display()))
    }

    fn request(&mut self, wish: &Wish, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        self.ask(wish, folder, passphrase)
    }

    fn seal(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        self.conclude(folder, passphrase)
    }

    fn reopen(&mut self) -> Outcome<Message> {
        if let Some(chair) = &mut self.chair {
            return chair.reopen();
        }
        let session = self.session()?;
        if session.store().is_writable() {
            return Ok(msg!("said-saved-already"));
        }
        session.reopen().map_err(|error| trouble(&error))?;
        self.index = self.session.as_ref().map(|session| Index::new(session.package(), session.desk())).unwrap_or_default();
        Ok(msg!("said-reopened"))
    }

    fn keep(&mut self, settings: &Settings) -> Outcome<()> {
        let path = self.home.settings();
        let failed = |source| trouble(&StepError::io(&path, source));
        self.home.make_private(self.home.root()).map_err(failed)?;
        let text = toml::to_string_pretty(settings).unwrap_or_default();
        files::write_whole(&path, text.as_bytes()).map_err(failed)
    }

    fn clock(&self) -> String {
        self.senses.now().clock().to_owned()
    }
}

/// Writes what happened after a panic: version, kind of fault and place, never scores or comments. `words` end with the place.
///
/// # Errors
/// What the file system reports.
pub fn report_panic(home: &Home, words: &str) -> std::io::Result<std::path::PathBuf> {
    home.make_private(&home.reports())?;
    let mut file = tempfile::Builder::new().prefix("panic-").suffix(".txt").tempfile_in(home.reports())?;
    let (fault, place) = words.rsplit_once('\n').unwrap_or((words, ""));
    writeln!(file, "pingyi {} {}\n{}\n{place}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, unquoted(fault))?;
    file.as_file().sync_all()?;
    file.into_temp_path().keep().map_err(|error| error.error)
}

/// The words of a fault up to where they begin to quote: the library quotes the text it was at work on, and that may be a comment.
fn unquoted(fault: &str) -> &str {
    fault.split(|c: char| !c.is_ascii() || matches!(c, '`' | '\'' | '"' | '\n')).next().unwrap_or_default()
}
