//! What people write is read whole or refused whole, with every mistake at its place.

mod folders;
mod noise;
mod package;
mod ratings;
mod rubric;
mod scores;
mod sheets;
mod shipped;
mod tables;
