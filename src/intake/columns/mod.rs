//! What the columns of a table mean: headings become fields, cells become values, rows become records – each with the cell it came
//! from, so that whatever is wrong later can be told there.

pub mod changes;
pub mod headings;
pub mod options;
pub mod records;
pub mod sheet;
pub mod spec;
mod tree;
mod value;
pub mod words;

pub use headings::{APPLICATIONS, CHANGES, PEOPLE, Records};
pub use options::Options;
pub use records::{Filled, Record};
pub use sheet::Sheet;
pub use words::Words;
