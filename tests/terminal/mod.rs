//! The program in a real terminal, byte by byte: whatever ends it, the terminal is as it was and what was typed is recorded.
#![cfg(unix)]

mod arrival;
mod ends;
mod fault;
mod writes;

use std::path::Path;

use portable_pty::CommandBuilder;

use crate::support::{
    pty::Window,
    stage::{Machine, copy},
};

/// Into the other screen and out of it; pasted text marked and not; the cursor shown.
const ENTER: &str = "\u{1b}[?1049h";
const LEAVE: &str = "\u{1b}[?1049l";
const PASTES: &str = "\u{1b}[?2004h";
const NO_PASTES: &str = "\u{1b}[?2004l";
const CURSOR: &str = "\u{1b}[?25h";
/// Keys as a terminal sends them.
const ESC: &str = "\u{1b}";
const F2: &str = "\u{1b}OQ";
const CTRL_Q: &str = "\u{11}";
const CTRL_F: &str = "\u{6}";

/// A data folder on which R02 has begun and declared nothing yet.
fn begun(home: &Path) {
    let mut machine = Machine::of("R02");
    let session = machine.sits_down();
    session.close(&machine.now()).unwrap();
    copy(&machine.path().join("home"), home);
}

/// The program on a data folder.
fn program(home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_pingyi"));
    command.args(["--home", home.to_str().unwrap(), "--lang", "zh-CN"]);
    command.env("SOURCE_DATE_EPOCH", "1773626400");
    command.env_remove("NO_COLOR");
    command
}

/// The program on the score sheet of `sx-0013`, 80 columns by 24 rows.
fn on_a_sheet(home: &Path) -> Window {
    let mut window = Window::open(program(home), 80, 24);
    window.sees("sx-0013");
    window.settles();
    window.types_and_sees(CTRL_F, "查找");
    window.types("sx-0013");
    window.settles();
    window.types_and_sees("\r", "是否存在应当回避");
    window.types_and_sees("1", "0-8");
    window.settles();
    window
}

/// What the sheet of `sx-0013` says on the command line.
fn sheet(home: &Path) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["--home", home.to_str().unwrap(), "score", "show", "sx-0013"])
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Everything that was switched on is off again.
fn is_put_back(written: &str) {
    let after = |what: &str, before: &str| {
        written.rfind(what).unwrap_or_else(|| panic!("{what:?} was never written")) > written.rfind(before).unwrap()
    };
    assert!(after(LEAVE, ENTER), "the other screen is left");
    assert!(after(NO_PASTES, PASTES), "pastes are as before");
    assert!(after(CURSOR, ENTER), "the cursor is shown");
}
