//! The search line: words, phrases and keys in, the applications that fit out, in the order and the groups asked for.
//!
//! Reading order: [`keys`] is what can be asked, one table from which help, manual and tests are made; [`scheme`] is what this
//! call and this viewer make of it; [`parse()`] turns a line into a [`query::Query`] or says at which character it is wrong;
//! [`facts`] is what the viewer may see of one application; [`evaluate()`] puts the two together.
//!
//! Nothing here can show what the viewer may not see: a key that is not theirs is an error before any application is looked at,
//! the same for every content, and [`facts::Facts`] do not hold the figure in the first place.

pub mod evaluate;
pub mod facts;
pub mod fold;
pub mod keys;
pub mod parse;
mod print;
pub mod problem;
pub mod query;
mod scan;
pub mod scheme;
mod value;
mod words;

pub use evaluate::evaluate;
pub use parse::parse;
