//! Overlap of an application with existing bases and with other applications (一(二)3 错位建设). Shown, never scored.

use crate::domain::{
    application::Application,
    ids::{ApplicationId, BaseId},
    package::Package,
    text::Message,
};

/// One overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlap {
    /// With what.
    pub with: Other,
    /// What is the same: city, industry, functions, cost line; one message each.
    pub shared: Vec<Message>,
    /// Strength from 1 (one thing in common) upward; the list is ordered by it.
    pub weight: u32,
}

/// The other side of an overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Other {
    /// An existing base.
    Base(BaseId),
    /// Another application of the call.
    Application(ApplicationId),
}

/// The overlaps of `application`, strongest first.
#[must_use]
pub fn of(package: &Package, application: &Application) -> Vec<Overlap> {
    let _ = (package, application);
    Vec::new()
}
