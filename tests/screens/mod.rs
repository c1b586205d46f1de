//! The screens: keys in, changes and pictures out.

mod bindings;
mod chair;
mod day;
mod find;
mod form;
mod forms;
mod hints;
mod hostile;
mod keys;
mod looks;
mod pasting;
mod reading;
mod request;
mod saving;
mod sizes;
mod trouble;
mod widths;
