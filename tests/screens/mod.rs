//! The screens: keys in, changes and pictures out.

mod acts;
mod advice;
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
mod matrix;
mod meeting;
mod pasting;
mod plot;
mod reading;
mod request;
mod saving;
mod seal;
mod sizes;
mod strangers;
mod trouble;
mod why;
mod widths;
