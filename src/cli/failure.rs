//! How a command says that it did not do what was asked: what happened, what to do, and with which exit code.

use crate::{
    bundle::{key::KeyError, passphrase::WeakPassphrase, stage::StageError, trust::TrustError},
    cli::out::{Exit, Out},
    domain::text::{Explain, Message},
};

/// A command that failed. Nothing was changed.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    what: Message,
    advice: Message,
}

impl Failure {
    /// The command line is wrong.
    pub(crate) const fn usage(what: Message, advice: Message) -> Self {
        Self { exit: Exit::Usage, what, advice }
    }

    /// A file is wrong, or cannot be read.
    pub(crate) const fn bad_input(what: Message, advice: Message) -> Self {
        Self { exit: Exit::BadInput, what, advice }
    }

    /// Anything that is nobody's fault.
    pub(crate) const fn internal(what: Message, advice: Message) -> Self {
        Self { exit: Exit::Internal, what, advice }
    }

    /// Prints both sentences and gives the exit code.
    pub(crate) fn report(self, out: &mut Out<'_>) -> Exit {
        match out.complain(&self.what, &self.advice) {
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
