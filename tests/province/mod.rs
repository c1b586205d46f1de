//! The provincial office: results of many panels, what counts, what is made public, and what follows.

mod engines;
mod merge;
mod record;
mod registers;
mod tables;
mod years;
