//! The chair's table: what may come in, what may be decided, and what is left of it.

mod acts;
mod board;
mod collect;
mod draft;
mod open;
mod orders;
mod paper;
mod places;
mod requests;
