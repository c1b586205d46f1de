//! The screens: keys in, changes and pictures out.

mod day;
mod find;
mod keys;
mod looks;
mod trouble;
