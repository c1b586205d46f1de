//! The rules of a review panel: what a call, a rubric and a score sheet are, and what may be done with them.
//!
//! Everything here is pure. Nothing reads a disk, a clock, a random number or a language, and nothing is a float:
//! the same signed inputs must give the same bytes on every laptop, for ever.
//!
//! Reading order: [`number`] and [`ids`] (what a value can be), [`rubric`], [`call`], [`panel`], [`application`],
//! [`mod@reference`] and [`package`] (what the office prepares), [`sheet`], [`change`] and [`desk`] (what a reviewer does);
//! then the rules over them: [`formal`] and [`load`] (what is let in), [`total`] and [`formula`] (what a sheet comes to), [`completeness`],
//! [`worklist`] and [`compare`] (what is left to do), [`overlap`], [`conflict`], [`mod@draw`], [`assign`] and [`visibility`] (who sits, reads and
//! sees what);
//! then [`exact`], [`consolidate`] and [`ranking`] (from sheets to a result), [`deviation`], [`decision`], [`correction`] and [`request`] (what
//! the panel decides about it), [`mod@result`] (how it is written down).

pub mod application;
pub mod assign;
pub mod call;
pub mod change;
pub mod clause;
pub mod compare;
pub mod completeness;
pub mod conflict;
pub mod consolidate;
pub mod correction;
pub mod decision;
pub mod desk;
pub mod deviation;
pub mod draw;
pub mod exact;
pub mod fields;
pub mod finding;
pub mod formal;
pub mod formula;
pub mod hostile;
pub mod ids;
pub mod load;
pub mod names;
pub mod number;
pub mod overlap;
pub mod package;
pub mod panel;
pub mod ranking;
pub mod reference;
pub mod register;
pub mod request;
pub mod result;
pub mod rubric;
pub mod sheet;
pub mod shuffle;
pub mod table;
pub mod telling;
pub mod text;
pub mod time;
pub mod total;
pub mod visibility;
mod wording;
pub mod worklist;
