//! A fault of the program itself: the terminal is put back, what was typed is recorded, and the words can be read.

use std::{fs, path::Path};

use pingyi::{
    domain::{change::Change, table::act::Act, text::Message},
    tui::{
        acts::{Acts, Outcome},
        effect::{Arrival, Intake, Secret, Wish},
        ends::Ends,
        run::{self, Ended},
        settings::Settings,
        table::TableView,
        view::Work,
    },
};
use portable_pty::CommandBuilder;

use super::{CTRL_F, F2, is_put_back};
use crate::support::{pty::Window, screens::World};

/// Where the child writes what was recorded.
const RECORD: &str = "PINGYI_TEST_RECORD";

/// The sample call, in which undoing is broken.
struct Faulty(World);

impl Ends for Faulty {}

impl Acts for Faulty {
    fn work(&self) -> Option<Work<'_>> {
        self.0.work()
    }

    fn table(&self) -> Option<TableView<'_>> {
        self.0.table()
    }

    fn preside(&mut self, code: &str) -> Outcome<Message> {
        self.0.preside(code)
    }

    fn decide(&mut self, act: Act) -> Outcome<Message> {
        self.0.decide(act)
    }

    fn take_in(&mut self, path: &Path) -> Outcome<Intake> {
        self.0.take_in(path)
    }

    fn record(&mut self, change: Change) -> Outcome<Message> {
        let done = self.0.record(change);
        fs::write(std::env::var_os(RECORD).unwrap(), serde_json::to_string(&self.0.desk.entries).unwrap()).unwrap();
        done
    }

    fn undo(&mut self) -> Outcome<Message> {
        panic!("undoing is broken")
    }

    fn redo(&mut self) -> Outcome<Message> {
        self.0.redo()
    }

    fn pledge(&mut self) -> Outcome<Message> {
        self.0.pledge()
    }

    fn look(&mut self, path: &Path) -> Outcome<Arrival> {
        self.0.look(path)
    }

    fn accept(&mut self, code: &str) -> Outcome<Message> {
        self.0.accept(code)
    }

    fn view(&mut self, application: &pingyi::domain::ids::ApplicationId, file: &str) -> Outcome<Message> {
        self.0.view(application, file)
    }

    fn export(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        self.0.export(folder, passphrase)
    }

    fn request(&mut self, wish: &Wish, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        self.0.request(wish, folder, passphrase)
    }

    fn seal(&mut self, folder: &Path, passphrase: &Secret) -> Outcome<Message> {
        self.0.seal(folder, passphrase)
    }

    fn reopen(&mut self) -> Outcome<Message> {
        self.0.reopen()
    }

    fn keep(&mut self, settings: &Settings) -> Outcome<()> {
        self.0.keep(settings)
    }

    fn clock(&self) -> String {
        self.0.clock()
    }
}

/// Plays the program for the test below; does nothing in a plain run.
#[test]
fn plays_a_program_with_a_fault() {
    if std::env::var_os(RECORD).is_none() {
        return;
    }
    let ended = run::run(&mut Faulty(World::sample()), Settings::default(), &[], None).unwrap();
    let Ended::Panicked(words) = ended else { panic!("it ended otherwise: {ended:?}") };
    eprintln!("FAULT {}", words.replace('\n', " AT "));
}

#[test]
fn a_fault_puts_the_terminal_back_records_what_was_typed_and_is_readable() {
    let record = tempfile::NamedTempFile::new().unwrap();
    let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
    command.args(["--exact", "terminal::fault::plays_a_program_with_a_fault", "--nocapture", "--test-threads", "1"]);
    command.env(RECORD, record.path());
    let mut window = Window::open(command, 80, 24);
    window.sees("sx-0013");
    window.settles();
    window.types_and_sees(CTRL_F, "查找");
    window.types("sx-0013");
    window.settles();
    window.types_and_sees("\r", "是否存在应当回避");
    window.types_and_sees("1", "0-8");
    window.types_and_sees(F2, "评语");
    window.types("评审意见");
    std::thread::sleep(std::time::Duration::from_millis(100));
    // Undoing within a text closes nothing; the fault strikes in the middle of it.
    window.types("\u{1b}");
    window.settles();
    window.types(F2);
    window.settles();
    window.types("又一句");
    std::thread::sleep(std::time::Duration::from_millis(100));
    window.types("\u{1a}\u{1a}\u{1a}\u{1a}\u{1a}\u{1a}\u{1a}\u{1a}");
    window.ends();
    let written = window.written();
    is_put_back(&written);
    let fault = written.rfind("FAULT undoing is broken AT ").unwrap_or_else(|| panic!("no words: {written}"));
    assert!(fault > written.rfind(super::LEAVE).unwrap(), "the words stand on the screen that stays");
    assert!(fs::read_to_string(record.path()).unwrap().contains("评审意见"));
}
