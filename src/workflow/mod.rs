//! The steps of the real process, one file each. The only place where store, bundle, intake and domain meet.
//!
//! Reading order: [`home`] (where things lie), [`keys`], [`layout`] (which file is which member), [`tables`], [`gather`], [`prepare`]
//! and [`enrol`] (office), [`open`], [`session`], [`attach`] and [`submit`] (reviewer), [`table`], [`collect`], [`documents`],
//! [`conclude`] and [`cosign`] (panel), [`aggregate`] (province), [`verify`], [`report`], [`tally`] and [`agreement`] (anybody), [`demo`]
//! (all of it on the sample call).
//!
//! Nothing here reads a clock or a random source: both come in with [`Here`], so that a run can be repeated byte for byte.

pub mod act;
pub mod aggregate;
pub mod agreement;
pub mod answer;
pub mod attach;
pub mod collect;
pub mod conclude;
pub mod cores;
pub mod cosign;
pub mod demo;
pub mod documents;
pub mod enrol;
pub mod error;
pub mod files;
pub mod gather;
pub mod held;
pub mod home;
pub mod keys;
pub mod layout;
pub mod office;
pub mod open;
pub mod paper;
pub mod prepare;
pub mod report;
pub mod request;
pub mod sample;
pub mod scratch;
pub mod session;
pub mod sheets;
pub mod start;
pub mod submit;
pub mod table;
pub mod tables;
pub mod tabulate;
pub mod tally;
pub mod told;
pub mod verify;

pub use error::StepError;

use crate::domain::time::Moment;

/// What a step must be told about the moment and the machine.
pub struct Here<'a> {
    /// Claimed time.
    pub now: Moment,
    /// Fills a buffer with random bytes.
    pub entropy: &'a mut dyn FnMut(&mut [u8]),
}

impl Here<'_> {
    /// `N` random bytes.
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0_u8; N];
        (self.entropy)(&mut bytes);
        bytes
    }

    /// Random lower-case hexadecimal digits, two for each of `N` bytes.
    pub fn random_hex<const N: usize>(&mut self) -> String {
        self.random::<N>().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
