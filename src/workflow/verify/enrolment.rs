//! Layers 6 to 9 of an enrolment request: it names the key that signed it; the rest is for whoever has the roster.

use std::path::Path;

use crate::{
    bundle::layer::{Findings, LayerId, Report},
    workflow::{StepError, enrol, verify::Subject},
};

pub(super) const MEMBER: &str = "data/enrol.json";

pub(super) fn verify(subject: &Subject<'_>, first: &Report, file: &Path) -> Result<Report, StepError> {
    // An enrolment brings a key that nobody knows yet; whose it is says the sign-in sheet.
    let mut report = subject.inspect(subject.partial().as_ref(), file)?;
    let Some(mut bundle) = subject.content(first, file)? else { return Ok(report) };
    match enrol::content(&mut bundle) {
        Ok(_) => report.enter(LayerId::Content, Findings::default(), true),
        Err(StepError::NotVerified(found)) => {
            for layer in found.layers.into_iter().filter(|layer| layer.id == LayerId::Content) {
                report.replace(layer);
            }
        }
        Err(error) => return Err(error),
    }
    Ok(report)
}
