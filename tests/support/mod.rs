//! Builders and small tools for tests.

pub mod rules;
