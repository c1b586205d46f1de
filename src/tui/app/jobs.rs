//! Steps that take long: begun on a thread of their own, watched on a screen of their own, and what comes of them.

use super::App;
use crate::tui::{
    acts::Outcome,
    effect::Place,
    ends::{Came, Job, News},
};

impl App<'_> {
    /// Begins a step; its screen stays on top until it is over.
    pub(super) fn begin_job(&mut self, job: Job) -> Outcome<()> {
        let (words, can_stop) = (job.words(), job.can_stop());
        self.acts.begin(job)?;
        self.pace = None;
        self.go(Place::Working(words, can_stop));
        Ok(())
    }

    /// Hears what became of the step that goes on.
    pub fn advance(&mut self) {
        while let Some(news) = self.acts.news() {
            match news {
                News::Going(pace) => self.pace = Some(pace),
                News::Done(outcome) => self.end_job(outcome),
            }
        }
    }

    fn end_job(&mut self, outcome: Outcome<Came>) {
        // Its own screen lets no other come on top of it.
        self.back();
        self.pace = None;
        match outcome {
            Err(trouble) => self.refuse(&trouble),
            Ok(Came::Gathered) => self.go(Place::Register),
            Ok(Came::Opened) => self.go(Place::Office),
            Ok(Came::Current(said)) => self.tell(&said),
            Ok(Came::Taken(said)) => {
                self.back();
                self.tell(&said);
            }
            Ok(Came::Planned(tool)) => {
                if !tool.questions().is_empty() {
                    self.back();
                }
                self.go(Place::Plan);
            }
            Ok(Came::Signed(signed)) => {
                self.back();
                self.go(Place::Signed(signed));
            }
        }
    }
}
