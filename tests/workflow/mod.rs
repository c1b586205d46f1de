//! The steps of the real process: what office and reviewers do, and what they are refused.

mod changes;
mod cores;
mod cosign;
mod demo;
mod documents;
mod ends;
mod enrol;
mod evaluation;
mod figures;
mod gather;
mod open;
mod pages;
mod paper;
mod prepare;
mod presiding;
mod request;
mod result;
mod revisions;
mod sample_result;
mod session;
mod start;
mod submit;
mod table;
mod tables;
mod verify;
mod workshop;
