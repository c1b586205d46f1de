//! The program against a second, independent opinion of what it should do.

mod acts;
mod fraction;
mod inspect;
mod numbers;
mod paper;
#[cfg(unix)]
mod secrecy;
pub(crate) mod stage;
mod table;
mod totals;
mod workspace;
