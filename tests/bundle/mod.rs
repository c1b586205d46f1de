//! Bundles: what is written can be read, and what was changed is refused.

mod attacks;
mod round_trip;
mod signature;
