//! What the screens' program can ask of the world. The shell answers with real files; tests answer from memory.

use std::path::Path;

use crate::{
    domain::{
        change::Change,
        ids::ApplicationId,
        table::act::Act,
        text::{Explain, Message},
    },
    tui::{
        effect::{Arrival, Intake, Secret, Wish},
        ends::Ends,
        settings::Settings,
        table::TableView,
        view::Work,
    },
};

/// Something that did not happen, with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened.
    pub what: Message,
    /// What to do.
    pub advice: Message,
    /// Whether a change could not be saved: the status line says so until it can.
    pub unsaved: bool,
}

impl Trouble {
    /// The trouble that `error` tells of.
    #[must_use]
    pub fn of(error: &dyn Explain) -> Self {
        Self { what: error.what(), advice: error.advice(), unsaved: false }
    }
}

/// What became of something that was asked for.
pub type Outcome<T> = Result<T, Trouble>;

/// What can be asked.
pub trait Acts: Ends {
    /// The work at hand; none before a package was opened.
    fn work(&self) -> Option<Work<'_>>;

    /// The chair's table; none where a reviewer sits.
    fn table(&self) -> Option<TableView<'_>>;

    /// Records a change; the sentence says what, once it is durable.
    ///
    /// # Errors
    /// The rule that refuses it, or that it could not be saved.
    fn record(&mut self, change: Change) -> Outcome<Message>;

    /// Takes the last change back.
    ///
    /// # Errors
    /// That there is none, or that it could not be saved.
    fn undo(&mut self) -> Outcome<Message>;

    /// Does again what was taken back.
    ///
    /// # Errors
    /// That there is nothing, or that it could not be saved.
    fn redo(&mut self) -> Outcome<Message>;

    /// Accepts the pledge.
    ///
    /// # Errors
    /// That it could not be saved.
    fn pledge(&mut self) -> Outcome<Message>;

    /// Looks at the package or the request at `path`.
    ///
    /// # Errors
    /// Why it cannot be taken in.
    fn look(&mut self, path: &Path) -> Outcome<Arrival>;

    /// Takes in what was looked at, for the person with this code.
    ///
    /// # Errors
    /// Why it cannot be taken in.
    fn accept(&mut self, code: &str) -> Outcome<Message>;

    /// Opens the chair's table with the package that was looked at, for the chair or deputy with this code.
    ///
    /// # Errors
    /// Why it cannot be opened.
    fn preside(&mut self, code: &str) -> Outcome<Message>;

    /// Records what the panel decided; the sentence says what, once it is durable.
    ///
    /// # Errors
    /// The rule that refuses it, or that it could not be saved.
    fn decide(&mut self, act: Act) -> Outcome<Message>;

    /// Takes in the score bundles of a file or folder: all of them, or none.
    ///
    /// # Errors
    /// Why they cannot be looked at, or that something could not be saved.
    fn take_in(&mut self, path: &Path) -> Outcome<Intake>;

    /// Opens an attachment in the system's viewer.
    ///
    /// # Errors
    /// That its bytes are not the signed ones, or that there is no viewer.
    fn view(&mut self, application: &ApplicationId, file: &str) -> Outcome<Message>;

    /// Signs and writes the score bundle.
    ///
    /// # Errors
    /// Why not; nothing was signed then.
    fn export(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message>;

    /// Signs a request to score again and writes it.
    ///
    /// # Errors
    /// Why not; nothing was signed then.
    fn request(&mut self, wish: &Wish, folder: &Path, passphrase: &Secret) -> Outcome<Message>;

    /// Signs the result of the panel and writes it; one that was signed already is written once more.
    ///
    /// # Errors
    /// What is still open, or why else not; nothing was signed then.
    fn seal(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message>;

    /// Tries to save again after a failed write.
    ///
    /// # Errors
    /// That it still cannot.
    fn reopen(&mut self) -> Outcome<Message>;

    /// Keeps settings.
    ///
    /// # Errors
    /// Why they could not be written; they hold for this session all the same.
    fn keep(&mut self, settings: &Settings) -> Outcome<()>;

    /// The present time of day, `14:32:05`.
    fn clock(&self) -> String;
}
