//! The office's last part of the demo: what people read of a result, for the file and for the public notice, in every format.

use std::path::Path;

use crate::{
    domain::{text::Message, time::Day},
    msg,
    report::{FORMATS, notice::Publicity},
    workflow::{
        StepError,
        demo::Stage,
        report::{self, Order},
    },
};

/// From the signature to the first day of publicity, and from there to the last, in days.
const UNTIL_PUBLISHED: i64 = 5;
const PUBLISHED: i64 = 4;

impl Stage {
    /// Writes every report on the result into `to`, in the language of record.
    ///
    /// # Errors
    /// The step that failed.
    pub(super) fn report(&self, to: &Path, tell: &mut dyn FnMut(&Message)) -> Result<(), StepError> {
        let basis = report::read(&self.result, Some(&self.trust))?;
        for public in [None, Some(self.publicity())] {
            for format in &FORMATS {
                let order = Order { format, public: public.clone(), language: None, to, replace: false };
                let path = basis.write(order)?.path;
                let message = match public {
                    None => msg!("demo-report", format = format.id, file = path.display()),
                    Some(_) => msg!("demo-report-public", format = format.id, file = path.display()),
                };
                tell(&message);
            }
        }
        Ok(())
    }

    /// What the office says about the publicity, by the demo's clock.
    fn publicity(&self) -> Publicity {
        let day = |days: i64| -> Option<Day> { self.clock.later(days.checked_mul(24 * 3600)?)?.day() };
        Publicity { from: day(UNTIL_PUBLISHED), until: day(UNTIL_PUBLISHED.saturating_add(PUBLISHED)), contact: None }
    }
}
