//! The program: hands the arguments over and ends with the exit code.

use std::{io, process::ExitCode};

fn main() -> ExitCode {
    let exit = pingyi::cli::run(std::env::args_os().collect(), &mut io::stdout().lock(), &mut io::stderr().lock());
    ExitCode::from(exit as u8)
}
