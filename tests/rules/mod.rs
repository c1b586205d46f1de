//! The rules of review, by worked examples that a chair can read, and by properties.

mod assign;
mod completeness;
mod desk;
mod formal;
mod formula;
mod load;
mod neighbours;
mod performance;
mod properties;
mod replay;
mod requests;
mod rubric_check;
mod sheet_total;
mod values;
mod worklist;
