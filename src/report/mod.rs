//! Documents for people, made from what was recorded: domain in, bytes out.

pub mod agreement;
mod page;
pub mod register;
pub mod resultpage;
pub mod scoresheet;
pub mod table;
pub mod tables;
pub mod tally;
