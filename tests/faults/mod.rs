//! The program attacked through its command line, as a power cut, a full disk or a stray hand would: what it called saved is there,
//! what it shows is what was saved, and every refusal has words and changes nothing.
//!
//! A sample runs with every `cargo test`; `just faults` runs all of it.
#![cfg(target_os = "linux")]

mod damage;
mod desk;
mod disk;
mod fail;
mod kill;
mod panel;
mod province;
mod second;
