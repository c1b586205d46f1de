//! All tests, one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::float_arithmetic,
    clippy::print_stderr,
    missing_docs,
    reason = "a test that fails should stop at once, with its line"
)]

mod attacks;
mod bundle;
mod cli;
mod consolidation;
mod faults;
mod insight;
mod intake;
mod interop;
mod journeys;
mod model;
mod province;
mod report;
mod rules;
mod screens;
mod search;
mod store;
mod support;
mod table;
mod terminal;
mod tidy;
mod workflow;
