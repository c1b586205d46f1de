//! A step that takes long, on a thread of its own: its news are kept until the screens ask for them, and each one rings.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, Receiver, Sender, TryRecvError},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::trouble;
use crate::{
    tui::{
        acts::Outcome,
        ends::{Pace, Waker},
    },
    workflow::{StepError, aggregate::AggregateError, cores::Progress},
};

/// How often the screen hears how far a step is.
const EVERY: Duration = Duration::from_millis(150);

/// What the thread tells.
pub(super) enum Told<T> {
    Going(Pace),
    Done(Outcome<T>),
}

/// The step.
pub(super) struct Worker<T> {
    told: Receiver<Told<T>>,
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

/// Rings when the thread is over, whatever ended it.
struct Bell(Waker);

impl Drop for Bell {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// What a step has of its thread.
pub(super) struct Bench<T> {
    /// Once true, the step is to end.
    pub(super) stop: Arc<AtomicBool>,
    told: Sender<Told<T>>,
    waker: Waker,
    begun: Instant,
    last: Option<Instant>,
}

impl<T> Bench<T> {
    /// Tells how far the step is, at most every so often.
    pub(super) fn tell(&mut self, progress: Progress) {
        if self.last.is_some_and(|last| last.elapsed() < EVERY) && progress.done < progress.of {
            return;
        }
        self.last = Some(Instant::now());
        let (rate, left) = progress.pace(self.begun.elapsed());
        let pace = Pace { done: progress.done, of: progress.of, rate, left };
        // Nobody hears it where the program is being left.
        let _gone = self.told.send(Told::Going(pace));
        (self.waker)();
    }
}

impl<T: Send + 'static> Worker<T> {
    /// Begins `step`.
    pub(super) fn begin(waker: &Waker, step: impl FnOnce(&mut Bench<T>) -> Outcome<T> + Send + 'static) -> Self {
        let (sender, told) = mpsc::channel();
        let stop = Arc::new(AtomicBool::new(false));
        let mut bench = Bench { stop: Arc::clone(&stop), told: sender, waker: Arc::clone(waker), begun: Instant::now(), last: None };
        let thread = thread::spawn(move || {
            let _bell = Bell(Arc::clone(&bench.waker));
            let done = step(&mut bench);
            let _gone = bench.told.send(Told::Done(done));
        });
        Self { told, stop, thread }
    }

    /// What was told since the last time. A thread that ended without a word was broken off by a fault of ours.
    pub(super) fn news(&self) -> Option<Told<T>> {
        match self.told.try_recv() {
            Ok(told) => Some(told),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Told::Done(Err(trouble(&StepError::Aggregate(AggregateError::Interrupted))))),
        }
    }

    /// Has the step end as soon as it can.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Has it end and waits until it has, so that no half copy stays behind.
    pub(super) fn finish(self) {
        self.stop();
        // A fault in it was told as an interruption.
        let _fault = self.thread.join();
    }
}
