//! Work on many things at once: all cores, in any order, with a word after each, and an end when it is asked for.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use crate::workflow::{StepError, aggregate::AggregateError};

/// How far a piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Things done.
    pub done: usize,
    /// Things in all.
    pub of: usize,
}

impl Progress {
    /// Things a second, and seconds that are left at this pace, after so much time.
    #[must_use]
    pub fn pace(self, taken: Duration) -> (u128, u128) {
        let (done, millis) = (self.done as u128, taken.as_millis().max(1));
        let rate = done.saturating_mul(1000).checked_div(millis).unwrap_or_default();
        let left = self.of.saturating_sub(self.done) as u128;
        (rate, left.saturating_mul(millis).checked_div(done.saturating_mul(1000)).unwrap_or_default())
    }
}

/// How work is watched and ended.
pub struct Watch<'a> {
    /// Told after each thing, in the thread that called.
    pub told: &'a mut dyn FnMut(Progress),
    /// Once true, nothing more is begun.
    pub stop: &'a AtomicBool,
}

/// Work that nobody watches.
pub fn unwatched<T>(work: impl FnOnce(&mut Watch<'_>) -> T) -> T {
    work(&mut Watch { told: &mut |_| {}, stop: &AtomicBool::new(false) })
}

/// Does `work` for each of `things`, as many at once as the machine has cores; `took` gets the place of one and what came of it, in the
/// thread that called and in the order in which they are done.
///
/// # Errors
/// The first failure, after which nothing more is begun; or that it was ended by `watch`.
pub fn each<I: Sync, T: Send>(
    things: &[I],
    watch: &mut Watch<'_>,
    work: &(dyn Fn(&I) -> Result<T, StepError> + Sync),
    took: &mut dyn FnMut(usize, T),
) -> Result<(), StepError> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(things.len().max(1));
    let (next, has_failed, failed) = (AtomicUsize::new(0), AtomicBool::new(false), Mutex::new(None::<StepError>));
    let (sender, receiver) = mpsc::channel();
    let (stop, told) = (watch.stop, &mut *watch.told);
    thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (next, has_failed, failed) = (&next, &has_failed, &failed);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) && !has_failed.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(at) else { break };
                    match work(thing) {
                        // The receiver lives as long as this scope.
                        Ok(done) => drop(sender.send((at, done))),
                        Err(error) => {
                            has_failed.store(true, Ordering::Relaxed);
                            if let Ok(mut failed) = failed.lock() {
                                failed.get_or_insert(error);
                            }
                        }
                    }
                }
            });
        }
        drop(sender);
        for (done, (at, outcome)) in receiver.into_iter().enumerate() {
            took(at, outcome);
            told(Progress { done: done.saturating_add(1), of: things.len() });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_default() {
        return Err(error);
    }
    if stop.load(Ordering::Relaxed) { Err(AggregateError::Interrupted.into()) } else { Ok(()) }
}
