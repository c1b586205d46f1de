//! Parts that several screens are made of.

pub mod editor;
pub mod field;
pub mod list;
pub mod pane;
pub mod pasted;
pub mod plot;
pub mod popup;
pub mod rows;
