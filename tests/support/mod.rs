//! Builders and small tools for tests.

pub(crate) mod bundle;
pub(crate) mod cases;
pub(crate) mod chair;
pub(crate) mod ends;
pub(crate) mod faults;
pub(crate) mod hostile;
pub(crate) mod panel;
pub(crate) mod places;
pub(crate) mod powerloss;
pub(crate) mod presiding;
pub(crate) mod pty;
pub(crate) mod registers;
pub(crate) mod rules;
pub(crate) mod screens;
pub(crate) mod small_panel;
pub(crate) mod stage;
pub(crate) mod store;
pub(crate) mod tally;
pub(crate) mod workbook;
pub(crate) mod zip_raw;
