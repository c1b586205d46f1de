//! Bundles: what is written can be read, and what was changed is refused.

mod attacks;
mod authority;
mod bytes;
mod keys;
mod names;
mod round_trip;
mod signature;
mod statement;
mod texts;
mod writing;
