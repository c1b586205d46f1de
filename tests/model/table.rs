//! The table at which the model sits: a real data folder with an open session, and the clerk's paper beside it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use pingyi::{
    bundle::key::SecretKey,
    domain::{desk::Desk, sheet::Status},
    store::{self, Access, StoreError},
    workflow::{StepError, act::Act as Step, home::Home, open, session::Session, submit, verify},
};
use tempfile::TempDir;

use super::{
    acts::{Act, Answer, Tail},
    inspect::{agree, declaration},
    paper::{Outcome, Paper},
    stage::{at, here, lay, package},
};
use crate::support::{
    rules::of,
    stage::{copy, key, office},
};

/// Signing is deterministic, so one unlocked key serves everybody.
static KEY: LazyLock<SecretKey> = LazyLock::new(|| key("R03"));

/// A machine with an open session, and the model beside it.
pub(super) struct Table {
    folders: Vec<TempDir>,
    home: Home,
    session: Option<Session>,
    paper: Paper,
    second: i64,
    backups: Vec<(PathBuf, Paper)>,
    /// The digest of the bundle that lies under each file name where bundles are kept.
    sent: BTreeMap<String, String>,
}

impl Table {
    pub(super) fn laid() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = lay(folder.path());
        let session = Some(Session::open(&home, None, Access::Write).unwrap());
        Self { folders: vec![folder], home, session, paper: Paper::new(), second: 0, backups: Vec::new(), sent: BTreeMap::new() }
    }

    fn session(&mut self) -> &mut Session {
        self.session.as_mut().unwrap()
    }

    fn tick(&mut self) -> i64 {
        self.second += 1;
        self.second
    }

    fn store(&self) -> PathBuf {
        self.home.workspaces().unwrap().remove(0).store()
    }

    fn journal(&self) -> Vec<u8> {
        fs::read(self.store().join("journal")).unwrap()
    }

    /// Does the act, holds what became of it against the model, and says which kind of act it was and how it came out.
    pub(super) fn plays(&mut self, act: &Act) -> (&'static str, Outcome) {
        let before = (self.session().desk().clone(), self.journal());
        let (kind, outcome) = match act {
            Act::Fill(on, spread) => ("fill", self.fills(on, *spread)),
            Act::Export => ("export", self.exports()),
            Act::Open(revision) => ("open", self.opens(*revision)),
            Act::Reopen => {
                self.session().reopen().unwrap();
                ("reopen", Outcome::Nothing)
            }
            Act::Leave => ("leave", self.leaves()),
            Act::Crash(tail) => ("crash", self.crashes(*tail)),
            Act::Backup => ("backup", self.backs_up()),
            Act::Restore(which) => ("restore", self.restores(*which)),
            _ => self.acts(act),
        };
        let after = (self.session().desk().clone(), self.journal());
        match outcome {
            Outcome::Refused | Outcome::Nothing => assert_eq!(after, before, "{act:?} was to change nothing"),
            Outcome::Done if kind == "restore" => {}
            Outcome::Done => {
                assert!(after.0.entries.starts_with(&before.0.entries), "{act:?}: history only grows");
                assert!(after.1.starts_with(&before.1), "{act:?}: the journal only grows");
            }
        }
        agree(&after.0, &self.paper, act);
        (kind, outcome)
    }

    /// One act on a sheet, by program and model.
    fn acts(&mut self, act: &Act) -> (&'static str, Outcome) {
        let second = self.tick();
        let now = at(second);
        let session = self.session.as_mut().unwrap();
        let (kind, recorded) = match *act {
            Act::Set(on, of, value) => ("set", Step::set(on, of, value).and_then(|step| step.perform(session, &now))),
            Act::NotApplicable(on, of, why) => ("na", Step::na(on, of, why.to_owned()).and_then(|step| step.perform(session, &now))),
            Act::Comment(on, of, text) => ("comment", Step::comment(on, of, text.to_owned()).and_then(|step| step.perform(session, &now))),
            Act::Declare(on, answer) => {
                let change = session.desk().set_declaration(&of(on), declaration(answer));
                ("declare", session.record(change, &now))
            }
            Act::Clear(on) => {
                let change = session.desk().clear_sheet(&of(on));
                ("clear", session.record(change, &now))
            }
            Act::Submit(on) => ("submit", Step::Status(of(on), Status::Submitted).perform(session, &now)),
            Act::Withdraw(on) => ("withdraw", Step::Status(of(on), Status::Draft).perform(session, &now)),
            Act::Undo => ("undo", session.undo(&now)),
            Act::Redo => ("redo", session.redo(&now)),
            Act::Pledge => ("pledge", session.pledge(&now)),
            _ => panic!("{act:?} is not an act on a sheet"),
        };
        let found = match recorded {
            Ok(recorded) if recorded.changed => Outcome::Done,
            Ok(_) => Outcome::Nothing,
            Err(StepError::Refused(_) | StepError::NoPledge) => Outcome::Refused,
            Err(other) => panic!("{act:?}: {other:?}"),
        };
        let expected = self.paper.does(act, second);
        assert_eq!(found, expected, "{act:?}: found is left");
        if let Ok(recorded) = recorded {
            assert_eq!(recorded.seq + 1, self.paper.next, "{act:?}: the entry that is durable");
        }
        (kind, found)
    }

    /// A whole sheet, each step held against the model; done where at least one step was.
    fn fills(&mut self, on: &'static str, spread: bool) -> Outcome {
        let mut steps = vec![Act::Declare(on, Answer::Free)];
        let values = [("A1", "8"), ("A2", "12"), ("B1", "15"), ("C1", "16"), ("X1", "4")];
        steps.extend(values.map(|(criterion, value)| Act::Set(on, criterion, value)));
        steps.push(if spread { Act::NotApplicable(on, "B2", "不涉及") } else { Act::Set(on, "B2", "9.5") });
        steps.push(Act::Submit(on));
        steps.iter().map(|step| self.acts(step).1).min().unwrap()
    }

    fn exports(&mut self) -> Outcome {
        let second = self.tick();
        let to = tempfile::tempdir().unwrap();
        let session = self.session.as_mut().unwrap();
        let exported = here(second, |here| submit::export(session, &KEY, to.path(), here));
        if !self.paper.is_ready() {
            assert!(matches!(exported, Err(StepError::NoPledge | StepError::SheetsOpen { .. })), "{exported:?}");
            assert_eq!(fs::read_dir(to.path()).unwrap().count(), 0, "nothing is written where nothing is signed");
            return Outcome::Refused;
        }
        let exported = exported.unwrap();
        let name = exported.path.file_name().unwrap().to_string_lossy().into_owned();
        let kept = self.paper.is_signed().is_some_and(|digest| self.sent.get(&name).is_some_and(|sent| sent == digest));
        assert_eq!(exported.is_new, !kept, "a bundle is signed anew exactly where something happened since the last one");
        if exported.is_new {
            assert_eq!(exported.revision as usize, self.paper.signed.len() + 1);
            self.paper.signs(&exported.digest);
            self.sent.insert(name, exported.digest.clone());
        }
        let report = verify::verify(&exported.path, Some(&office())).unwrap();
        assert!(report.passes(), "{:?}", report.errors().collect::<Vec<_>>());
        assert_eq!(report.digest.as_deref(), Some(exported.digest.as_str()), "the bundle on the stick is the one it is said to be");
        if exported.is_new { Outcome::Done } else { Outcome::Nothing }
    }

    fn opens(&mut self, revision: usize) -> Outcome {
        let second = self.tick();
        self.closes();
        let home = &self.home;
        let taken = here(second, |here| open::look(home, package(revision), Some(&office())).unwrap().accept(home, &of("R03"), here));
        self.starts();
        match taken {
            Ok(taken) if revision == self.paper.revision => {
                assert_eq!(taken.outcome, open::Outcome::Same);
                Outcome::Nothing
            }
            Ok(taken) => {
                assert!(revision > self.paper.revision && taken.outcome == open::Outcome::Revised, "{taken:?}");
                self.paper.takes_in(revision);
                Outcome::Done
            }
            Err(StepError::StalePackage { .. }) => {
                assert!(revision < self.paper.revision);
                Outcome::Refused
            }
            Err(other) => panic!("package {revision}: {other:?}"),
        }
    }

    fn closes(&mut self) {
        let now = at(self.second);
        self.session.take().unwrap().close(&now).unwrap();
    }

    fn starts(&mut self) {
        self.session = Some(Session::open(&self.home, None, Access::Write).unwrap());
    }

    fn leaves(&mut self) -> Outcome {
        self.closes();
        self.starts();
        Outcome::Nothing
    }

    /// What lies on the disk while the session is open is all that is left of it.
    fn crashes(&mut self, tail: Tail) -> Outcome {
        let folder = tempfile::tempdir().unwrap();
        copy(self.home.root(), folder.path());
        drop(self.session.take());
        self.home = Home::new(folder.path().to_owned());
        self.folders.push(folder);
        let journal = self.store().join("journal");
        let whole = fs::read(&journal).unwrap();
        let last = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        match tail {
            Tail::Whole => {}
            Tail::Torn => fs::write(&journal, [&whole[..], &whole[last..last + (whole.len() - last) / 2]].concat()).unwrap(),
            Tail::Lost => fs::write(&journal, &whole[..last]).unwrap(),
        }
        match Session::open(&self.home, None, Access::Write) {
            Ok(session) => self.session = Some(session),
            // The entry was noted elsewhere: what is missing is named, and the entry is not given up.
            Err(StepError::Store(StoreError::Rolled { .. } | StoreError::Damaged { .. })) if tail == Tail::Lost => {
                fs::write(&journal, whole).unwrap();
                self.starts();
            }
            Err(other) => panic!("{tail:?}: {other:?}"),
        }
        Outcome::Nothing
    }

    fn backs_up(&mut self) -> Outcome {
        let place = self.folders[0].path().join("stick");
        fs::create_dir_all(&place).unwrap();
        let info = store::backup(&self.store(), &place).unwrap();
        assert_eq!(info.seq + 1, self.paper.next);
        self.backups.push((info.path, self.paper.clone()));
        Outcome::Nothing
    }

    fn restores(&mut self, which: usize) -> Outcome {
        if self.backups.is_empty() {
            return Outcome::Nothing;
        }
        let (file, paper) = self.backups[which % self.backups.len()].clone();
        self.closes();
        let before = self.journal();
        let plan = store::restore(&self.store(), &file, true).unwrap();
        assert_eq!(plan.needed, before != fs::read(&file).unwrap());
        let kept = |path: &Path| path.is_file() && fs::read(path).unwrap() == before;
        assert!(!plan.needed || plan.aside.iter().any(|path| kept(path)), "what was there is put aside whole: {plan:?}");
        self.paper = paper;
        self.starts();
        if plan.needed { Outcome::Done } else { Outcome::Nothing }
    }

    /// After everything: the program is left, and every way to read what it left says the same.
    pub(super) fn ends_in_order(mut self) {
        self.closes();
        let end = Act::Leave;
        assert!(store::check(&self.store(), &[]).unwrap().sound);
        for access in [Access::Write, Access::Read] {
            let (store, report) = store::Store::open(&self.store(), access).unwrap();
            assert_eq!(report.notes, [], "a session left in good order leaves nothing to mend");
            agree(store.desk(), &self.paper, &end);
        }
        let chain = store::read_chain(&self.journal());
        agree(&Desk::replay(chain.entries).unwrap(), &self.paper, &end);
    }
}
