//! The provincial office: results of many panels, what counts, what is made public, and what follows.

mod attacks;
mod cells;
mod counts;
mod engines;
mod files;
mod many;
mod merge;
mod mistakes;
mod pages;
mod record;
mod registers;
mod tables;
mod years;
