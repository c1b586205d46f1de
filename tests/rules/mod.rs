//! The rules of review, by worked examples that a chair can read, and by properties.

mod formula;
mod rubric_check;
mod sheet_total;
