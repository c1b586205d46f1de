//! What is wrong with a folder as it would be, apart from what is wrong with it already: an office fills a folder step by step, and no
//! step need mend what an earlier one left.

use std::path::Path;

use crate::{
    domain::finding::{Finding, Severity},
    intake::{self, Problem, source::Folder},
    workflow::tables::overlay::Overlay,
};

/// Problems of a folder as it would be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Those that a step would bring, and everything that is no error.
    pub new: Vec<Problem>,
    /// Errors that the folder has already, and would keep.
    pub open: Vec<Problem>,
}

impl Standing {
    /// Number of errors that a step would bring.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.new.iter().filter(|problem| is_error(problem)).count()
    }
}

const fn is_error(problem: &Problem) -> bool {
    matches!(problem.severity, Severity::Error)
}

/// Checks the folder as it would be. `take` keeps what it can place better than in a file. Where a part is missing without which nothing
/// can be judged, everything counts as new, so that no step is taken blindly.
pub(in crate::workflow) fn standing(folder: &Path, overlay: &Overlay, take: &mut dyn FnMut(&Finding) -> bool) -> Standing {
    let found = match intake::package::assemble(overlay, take) {
        Ok(intake) => intake.notes,
        Err(problems) => return Standing { new: problems, open: Vec::new() },
    };
    if !found.iter().any(is_error) {
        return Standing { new: found, open: Vec::new() };
    }
    let before = match intake::package::assemble(&Folder::new(folder.to_owned()), &mut |_| false) {
        Ok(intake) => intake.notes,
        Err(problems) => problems,
    };
    // A line may move when something is put in above it; what is said of the file stays the same.
    let was_there = |problem: &Problem| before.iter().any(|old| old.file == problem.file && old.what == problem.what);
    let (open, new) = found.into_iter().partition(|problem| is_error(problem) && was_there(problem));
    Standing { new, open }
}
