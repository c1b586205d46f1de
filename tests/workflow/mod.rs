//! The steps of the real process: what office and reviewers do, and what they are refused.

mod cosign;
mod demo;
mod enrol;
mod figures;
mod open;
mod paper;
mod prepare;
mod presiding;
mod request;
mod result;
mod revisions;
mod session;
mod submit;
mod table;
mod verify;
