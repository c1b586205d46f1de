//! How a command says that it did not do what was asked: what happened, what to do, and with which exit code.

use serde_json::{Value, json};

use crate::{
    bundle::{key::KeyError, layer::Report, passphrase::WeakPassphrase, stage::StageError, trust::TrustError},
    cli::{
        out::{Exit, Out},
        print,
    },
    domain::{
        ids::BadId,
        text::{Explain, Message},
    },
    intake::Problem,
    msg,
    store::StoreError,
    workflow::{StepError, error::Class},
};

/// A command that failed. Nothing was changed.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    what: Message,
    advice: Message,
    details: Details,
}

/// What is printed before the two sentences.
#[derive(Debug)]
enum Details {
    None,
    Problems(Vec<Problem>),
    Report(Box<Report>),
}

impl Failure {
    /// The command line is wrong.
    pub(crate) const fn usage(what: Message, advice: Message) -> Self {
        Self { exit: Exit::Usage, what, advice, details: Details::None }
    }

    /// A file is wrong, or cannot be read.
    pub(crate) const fn bad_input(what: Message, advice: Message) -> Self {
        Self { exit: Exit::BadInput, what, advice, details: Details::None }
    }

    /// Anything that is nobody's fault.
    pub(crate) const fn internal(what: Message, advice: Message) -> Self {
        Self { exit: Exit::Internal, what, advice, details: Details::None }
    }

    /// `{"error": {"exit", "code", "text", "advice", "problems", "findings"}}`, the last two only where there are any.
    fn document(&self) -> Value {
        let mut error = json!({ "exit": self.exit as u8, "code": self.what.id, "text": Out::both(&self.what),
                                "advice": Out::both(&self.advice) });
        let more = match &self.details {
            Details::None => None,
            Details::Problems(problems) => Some(("problems", problems.iter().map(print::problem_json).collect())),
            Details::Report(report) => Some(("findings", print::findings_json(report))),
        };
        if let (Some((name, list)), Some(fields)) = (more, error.as_object_mut()) {
            fields.insert(name.to_owned(), list);
        }
        json!({ "error": error })
    }

    /// Prints both sentences and gives the exit code. Where JSON is wanted, the answer is one document here too.
    pub(crate) fn report(self, out: &mut Out<'_>) -> Exit {
        let printed = match &self.details {
            _ if out.json => out.json(&self.document()),
            Details::None => Ok(()),
            Details::Problems(problems) => print::problems(out, problems),
            Details::Report(report) => print::refused(out, report),
        };
        match printed.and_then(|()| out.complain(&self.what, &self.advice)) {
            Ok(()) => self.exit,
            Err(_) => Exit::Internal,
        }
    }
}

macro_rules! bad_input {
    ($($error:ty),*) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::bad_input(error.what(), error.advice())
            }
        })*
    };
}

bad_input!(KeyError, StageError, TrustError, WeakPassphrase);

impl From<StepError> for Failure {
    fn from(error: StepError) -> Self {
        let (what, advice) = (error.what(), error.advice());
        let exit = match error.class() {
            Class::No => Exit::No,
            Class::Usage => Exit::Usage,
            Class::BadInput => Exit::BadInput,
            Class::Store => Exit::Store,
        };
        let details = match error {
            StepError::Problems(problems) => Details::Problems(problems),
            StepError::Listing(listing) => Details::Problems(listing.problems),
            StepError::NotVerified(report) => Details::Report(report),
            _ => Details::None,
        };
        Self { exit, what, advice, details }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        StepError::from(error).into()
    }
}

impl From<BadId> for Failure {
    fn from(error: BadId) -> Self {
        Self::usage(msg!("err-not-an-id", found = error.found), msg!("rec-not-an-id"))
    }
}

/// Prints what happened and what to do, where a command goes on all the same.
pub(crate) fn tell(out: &mut Out<'_>, error: &StepError) -> std::io::Result<()> {
    out.complain(&error.what(), &error.advice())
}
