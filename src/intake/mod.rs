//! What people prepare becomes the domain's types, or a list of everything that is wrong with it: file, line, column, what was
//! found, what was expected, what to do.
//!
//! The structure of a TOML file is checked against the JSON Schema that is made from the domain's own types, so that the schema
//! an editor completes from and the schema this program insists on cannot drift apart.

pub mod columns;
mod document;
mod lines;
pub mod opinion;
pub mod package;
pub mod problem;
pub mod ratings;
pub mod record;
pub mod rubric;
pub mod schema;
pub mod scores;
pub mod sheets;
pub mod shipped;
pub mod source;
mod structure;
pub mod table;
pub mod tally;
mod tree;

pub use problem::Problem;

use crate::{
    domain::{names, text::Message},
    msg,
};

/// The advice for a word that nobody knows: the nearest that somebody does, or to look at the list.
#[must_use]
pub fn names_nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Message {
    match names::nearest(word, known) {
        Some(near) => msg!("rec-did-you-mean", near = near),
        None => msg!("rec-see-names"),
    }
}
