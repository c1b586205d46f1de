//! Builders and small tools for tests.
