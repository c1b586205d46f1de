//! The screens. A screen takes an action or a key and returns what it wants done; one place does it; drawing is a value.
//!
//! Reading order: [`action`] and [`keymap`] (keys), [`view`], [`effect`] and [`screen`] (what screens see, want and are),
//! [`screens`], [`frame`], [`app`] (between keys and cells), [`acts`] and [`shell`] (the world), [`run`] (the terminal).

pub mod action;
pub mod acts;
pub mod app;
pub mod effect;
pub mod ends;
pub mod everywhere;
pub mod fields;
pub mod frame;
pub mod keymap;
pub mod paper;
pub mod probe;
pub mod reader;
pub mod record;
pub mod run;
pub mod screen;
pub mod screens;
pub mod settings;
pub mod shell;
pub mod table;
pub mod terminal;
pub mod text;
pub mod theme;
pub mod view;
pub mod widgets;
pub mod workshop;
