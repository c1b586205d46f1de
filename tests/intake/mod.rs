//! What people write is read whole or refused whole, with every mistake at its place.

mod folders;
mod package;
mod rubric;
mod scores;
mod shipped;
