//! Builders and small tools for tests.

pub(crate) mod rules;
