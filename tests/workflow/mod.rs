//! The steps of the real process: what office and reviewers do, and what they are refused.

mod cosign;
mod demo;
mod documents;
mod enrol;
mod figures;
mod open;
mod pages;
mod prepare;
mod request;
mod result;
mod revisions;
mod sample_result;
mod session;
mod submit;
mod table;
mod verify;
