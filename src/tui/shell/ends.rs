//! Office and province: their steps on a thread, and what their screens are shown of them.

use std::{path::Path, sync::Arc};

use super::{
    Shell, office,
    province::{self, Put},
    trouble,
    worker::{Bench, Told, Worker},
    workshop::{self, Held},
};
use crate::{
    domain::{ids::PersonCode, text::Message, time::Moment},
    msg,
    tui::{
        acts::{Outcome, Trouble},
        ends::{Came, Ends, Job, News, Prepared, Register, Sealing, Signed, Waker},
        workshop::Plan,
    },
    workflow::{Here, StepError, home::Home, keys},
};

/// What a step hands back.
pub(super) enum Finished {
    Gathered(Box<Put>, bool),
    Read(Box<Prepared>, Came),
    Signed(Box<Signed>),
    Planned(Box<Held>),
}

/// What lies on the desk while a step goes on.
struct Lying {
    put: Option<Arc<Put>>,
    folder: Option<String>,
    held: Option<Arc<Held>>,
}

/// What lies on the desk of office or province.
pub(super) struct Desk {
    waker: Waker,
    worker: Option<Worker<Finished>>,
    put: Option<Arc<Put>>,
    prepared: Option<Prepared>,
    held: Option<Arc<Held>>,
}

impl Default for Desk {
    fn default() -> Self {
        Self { waker: Arc::new(|| {}), worker: None, put: None, prepared: None, held: None }
    }
}

impl Desk {
    /// Ends what still goes on.
    pub(super) fn finish(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.finish();
        }
    }
}

/// What every step needs of this machine.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) home: Home,
    pub(super) now: Moment,
}

impl Place {
    /// The only key's code, where one cannot be mistaken for another.
    pub(super) fn signer(&self) -> String {
        match keys::list(&self.home).as_deref() {
            Ok([only]) => only.name.to_uppercase(),
            _ => String::new(),
        }
    }

    /// Unlocks the key that is to sign, and signs with it.
    pub(super) fn sign<T>(
        &self,
        sealing: &Sealing,
        step: impl FnOnce(&PersonCode, &keys::Unlocked, &Here<'_>) -> Result<T, StepError>,
    ) -> Outcome<T> {
        let code: PersonCode = sealing.code.parse().map_err(|bad| trouble(&StepError::BadId(bad)))?;
        let key = keys::unlock_typed(&self.home, &code, sealing.passphrase.0.clone()).map_err(|error| trouble(&error))?;
        let mut fill = |_: &mut [u8]| {};
        let here = Here { now: self.now.clone(), entropy: &mut fill };
        step(&code, &key, &here).map_err(|error| trouble(&error))
    }
}

/// What is to be done before anything can be.
fn nothing_here() -> Trouble {
    Trouble { what: msg!("err-nothing-here"), advice: msg!("rec-nothing-here"), unsaved: false }
}

fn run(bench: &mut Bench<Finished>, place: &Place, job: Job, lying: Lying) -> Outcome<Finished> {
    let put = || lying.put.ok_or_else(nothing_here);
    let folder = || lying.folder.ok_or_else(nothing_here);
    let read = |folder: &Path, came| office::read(place, folder).map(|prepared| Finished::Read(Box::new(prepared), came));
    match job {
        Job::Gather(gathering) => province::gather(bench, place, gathering).map(|put| Finished::Gathered(Box::new(put), true)),
        Job::GatherAgain => {
            let gathering = put()?.gathering.clone();
            province::gather(bench, place, gathering).map(|put| Finished::Gathered(Box::new(put), false))
        }
        Job::SignRegister(sealing) => province::sign(bench, place, &*put()?, &sealing).map(|signed| Finished::Signed(Box::new(signed))),
        Job::Open(folder) => read(&folder, Came::Opened),
        Job::Start(folder, kind) => {
            office::start(place, &folder, kind)?;
            read(&folder, Came::Opened)
        }
        Job::Check => read(folder()?.as_ref(), Came::Current(msg!("said-checked"))),
        Job::TakeKeys(path) => {
            let folder = folder()?;
            let said = office::take_keys(place, folder.as_ref(), &path)?;
            read(folder.as_ref(), Came::Taken(said))
        }
        Job::Plan(task) => workshop::plan(place, folder()?.as_ref(), &task).map(|held| Finished::Planned(Box::new(held))),
        Job::TakeIn => {
            let folder = folder()?;
            let said = workshop::take_in(place, folder.as_ref(), &*lying.held.ok_or_else(nothing_here)?)?;
            read(folder.as_ref(), Came::Taken(said))
        }
        Job::Build(sealing) => office::build(place, folder()?.as_ref(), &sealing).map(|signed| Finished::Signed(Box::new(signed))),
    }
}

impl Desk {
    fn keep(&mut self, finished: Finished) -> Came {
        match finished {
            Finished::Gathered(put, is_new) => {
                let said: Message = msg!("said-gathered", count = put.shown.counted);
                self.put = Some(Arc::new(*put));
                if is_new { Came::Gathered } else { Came::Current(said) }
            }
            Finished::Read(prepared, came) => {
                self.prepared = Some(*prepared);
                came
            }
            Finished::Signed(signed) => Came::Signed(signed),
            Finished::Planned(held) => {
                let tool = held.shown.tool;
                self.held = Some(Arc::new(*held));
                Came::Planned(tool)
            }
        }
    }
}

impl Ends for Shell<'_> {
    fn register(&self) -> Option<&Register> {
        self.desk.put.as_ref().map(|put| &put.shown)
    }

    fn office(&self) -> Option<&Prepared> {
        self.desk.prepared.as_ref()
    }

    fn plan(&self) -> Option<&Plan> {
        self.desk.held.as_ref().map(|held| &held.shown)
    }

    fn begin(&mut self, job: Job) -> Outcome<()> {
        self.desk.finish();
        let place = Place { home: self.home.clone(), now: self.senses.now() };
        let folder = self.desk.prepared.as_ref().map(|prepared| prepared.folder.clone());
        let lying = Lying { put: self.desk.put.clone(), folder, held: self.desk.held.clone() };
        self.desk.worker = Some(Worker::begin(&self.desk.waker, move |bench| run(bench, &place, job, lying)));
        Ok(())
    }

    fn news(&mut self) -> Option<News> {
        match self.desk.worker.as_ref()?.news()? {
            Told::Going(pace) => Some(News::Going(pace)),
            Told::Done(outcome) => {
                self.desk.finish();
                Some(News::Done(outcome.map(|finished| self.desk.keep(finished))))
            }
        }
    }

    fn stop(&mut self) {
        if let Some(worker) = &self.desk.worker {
            worker.stop();
        }
    }

    fn listen(&mut self, waker: Waker) {
        self.desk.waker = waker;
    }
}
