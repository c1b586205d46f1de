//! The rules of review, by worked examples that a chair can read, and by properties.

mod formal;
mod formula;
mod load;
mod rubric_check;
mod sheet_total;
mod worklist;
