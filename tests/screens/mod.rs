//! The screens: keys in, changes and pictures out.

mod day;
mod keys;
mod looks;
mod trouble;
