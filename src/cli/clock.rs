//! The clock and the random source: taken here, passed down, and nowhere else.

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};

use crate::{cli::Failure, domain::time::Moment, msg};

/// The present moment, as this machine claims it. `SOURCE_DATE_EPOCH` (seconds) takes its place, so that a run can be repeated.
pub(crate) fn now() -> Result<Moment, Failure> {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok();
    let moment: ZonedDateTime = match &fixed {
        Some(seconds) => {
            let timestamp = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            let bad = || Failure::usage(msg!("err-source-date", found = seconds), msg!("rec-source-date"));
            ZonedDateTime::new(timestamp.ok_or_else(bad)?, TimeZone::UTC)
        }
        None => ZonedDateTime::now(),
    };
    let written = moment.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    written.parse().map_err(|_| match &fixed {
        Some(seconds) => Failure::usage(msg!("err-source-date", found = seconds), msg!("rec-source-date")),
        None => Failure::internal(msg!("err-clock", found = written), msg!("rec-clock")),
    })
}

/// Random bytes of the system, and whether it ever refused to give them.
#[derive(Debug, Default)]
pub(crate) struct Entropy {
    failed: bool,
}

impl Entropy {
    /// Fills `buffer`.
    pub(crate) fn fill(&mut self, buffer: &mut [u8]) {
        self.failed |= getrandom::fill(buffer).is_err();
    }

    /// Whether everything that was asked for was given.
    ///
    /// # Errors
    /// The system has no random numbers; what was made with them must not be used.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.failed { Err(Failure::internal(msg!("err-no-random"), msg!("rec-no-random"))) } else { Ok(()) }
    }
}
